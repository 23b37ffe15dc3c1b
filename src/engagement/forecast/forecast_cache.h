/*-------------------------------------------------------------------------
 *
 * forecast_cache.h
 *		What forecasts keep from one call of a function to the next.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FORECAST_CACHE_H
#define INFLUENCER_FORECAST_CACHE_H

#include "access/tupdesc.h"

#include "engagement/benchmark/fit_cache.h"
#include "engagement/forecast/forecast_spread.h"

/* What is outside of a range, on each side: its probability, and its z. */
typedef struct Tails
{
	double		confidence;
	double		probability;
	double		z;
} Tails;

typedef struct ForecastCache
{
	FitCache	cohort;
	uint64		spread_fits;	/* the number of the fit that spread is of */
	SpreadModel spread;
	TupleDesc	desc;			/* of the function's result */
	Tails		tails;			/* of its last confidence */
} ForecastCache;

extern ForecastCache *get_forecast_cache(FunctionCallInfo fcinfo,
										 const EngagementBenchmark *b);

#endif							/* INFLUENCER_FORECAST_CACHE_H */
