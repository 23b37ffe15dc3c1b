/*-------------------------------------------------------------------------
 *
 * fit_cache.h
 *		A benchmark's fit, kept from one call of a function to the next.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FIT_CACHE_H
#define INFLUENCER_FIT_CACHE_H

#include "fmgr.h"

#include "engagement/benchmark/benchmark_model.h"

/* A function may keep more behind it. */
typedef struct FitCache
{
	bool		valid;
	bool		known;			/* the benchmark is not empty */
	uint64		fits;			/* how many there were */
	EngagementBenchmark benchmark;
	Fit			fit;
} FitCache;

extern FitCache *get_fit_cache(FunctionCallInfo fcinfo, Size size,
							   const EngagementBenchmark *b);

#endif							/* INFLUENCER_FIT_CACHE_H */
