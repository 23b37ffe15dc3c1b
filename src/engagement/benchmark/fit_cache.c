/*-------------------------------------------------------------------------
 *
 * fit_cache.c
 *		A benchmark's fit, kept from one call of a function to the next.
 *
 * The model is fitted once per benchmark that a query has, and not per
 * profile.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "engagement/benchmark/fit_cache.h"

/* The cache of a function, of this benchmark or of none yet. */
static FitCache *
find_cache(FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FitCache));
	return fcinfo->flinfo->fn_extra;
}

/*
 * get_fit_cache
 *		The function's cache, with the fit of a benchmark.
 */
FitCache *
get_fit_cache(FunctionCallInfo fcinfo, const EngagementBenchmark *b)
{
	FitCache   *cache = find_cache(fcinfo);

	if (!cache->valid ||
		memcmp(&cache->benchmark, b, sizeof(EngagementBenchmark)) != 0)
	{
		cache->valid = cache->has_spread = false;
		cache->known = fit_benchmark(b, &cache->fit);
		memcpy(&cache->benchmark, b, sizeof(EngagementBenchmark));
		cache->valid = true;
	}
	return cache;
}

/*
 * get_spread_cache
 *		The same, with how much the posts of its profiles differ.
 */
FitCache *
get_spread_cache(FunctionCallInfo fcinfo, const EngagementBenchmark *b)
{
	FitCache   *cache = get_fit_cache(fcinfo, b);

	if (!cache->has_spread && cache->known)
	{
		fit_spread(b, &cache->fit, &cache->spread);
		cache->has_spread = true;
	}
	return cache;
}
