/*-------------------------------------------------------------------------
 *
 * forecast_cache.c
 *		What forecasts keep from one call of a function to the next.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "engagement/forecast/forecast_cache.h"

/*
 * get_forecast_cache
 *		The function's cache, with the fit of a benchmark and with how much the
 *		posts of its profiles differ.
 */
ForecastCache *
get_forecast_cache(FunctionCallInfo fcinfo, const EngagementBenchmark *b)
{
	ForecastCache *cache = (ForecastCache *)
		get_fit_cache(fcinfo, sizeof(ForecastCache), b);

	if (cache->spread_fits != cache->cohort.fits && cache->cohort.known)
	{
		fit_spread(b, &cache->cohort.fit, &cache->spread);
		cache->spread_fits = cache->cohort.fits;
	}
	return cache;
}
