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

#include "engagement/benchmark/fit_cache.h"

/*
 * get_fit_cache
 *		The function's cache, with the fit of a benchmark.
 *
 * The cache takes size bytes: what the function keeps behind it is zero at
 * first, and then stays.
 */
FitCache *
get_fit_cache(FunctionCallInfo fcinfo, Size size, const EngagementBenchmark *b)
{
	FitCache   *cache = fcinfo->flinfo->fn_extra;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, size);
	if (!cache->valid ||
		memcmp(&cache->benchmark, b, sizeof(EngagementBenchmark)) != 0)
	{
		cache->valid = false;
		cache->known = fit_benchmark(b, &cache->fit);
		memcpy(&cache->benchmark, b, sizeof(EngagementBenchmark));
		cache->fits++;
		cache->valid = true;
	}
	return cache;
}
