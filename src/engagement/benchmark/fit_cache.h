/*-------------------------------------------------------------------------
 *
 * fit_cache.h
 *		A benchmark's fit, kept from one call of a function to the next.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FIT_CACHE_H
#define INFLUENCER_FIT_CACHE_H

#include "access/tupdesc.h"

#include "engagement/benchmark/benchmark_model.h"
#include "engagement/forecast/forecast_spread.h"

/* What is outside of a range, on each side: its probability, and its z. */
typedef struct Tails
{
	double		confidence;
	double		probability;
	double		z;
} Tails;

typedef struct FitCache
{
	bool		valid;
	bool		known;			/* the benchmark is not empty */
	bool		has_spread;		/* what forecasts need is there, too */
	EngagementBenchmark benchmark;
	Fit			fit;
	SpreadModel spread;
	TupleDesc	desc;			/* of the function's result */
	Tails		tails;			/* of its last confidence */
} FitCache;

extern FitCache *get_fit_cache(FunctionCallInfo fcinfo,
							   const EngagementBenchmark *b);
extern FitCache *get_spread_cache(FunctionCallInfo fcinfo,
								  const EngagementBenchmark *b);

#endif							/* INFLUENCER_FIT_CACHE_H */
