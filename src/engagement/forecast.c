/*-------------------------------------------------------------------------
 *
 * forecast.c
 *		What the next posts of a profile will bring, as a range.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "base/compat.h"
#include "base/count.h"
#include "engagement/forecast.h"
#include "engagement/outlook.h"
#include "engagement/quantile.h"

/* More posts than this are no campaign. */
#define MOST_POSTS			1000000

/* forecast_posts_check: error 22023 for a number of posts that is none */
void
forecast_posts_check(int32 posts)
{
	if (posts < 1 || posts > MOST_POSTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("posts to forecast must be between 1 and %d: %d",
						MOST_POSTS, posts)));
}

/* forecast_tails: what is outside of a range; a tail can't be too small */
void
forecast_tails(double confidence, Tails *tails)
{
	tails->confidence = confidence;
	tails->probability = Max((1 - confidence) / 2, 1e-15);
	tails->z = -normal_quantile(tails->probability);
}

/* forecast_desc: the row type of a function that returns a forecast */
TupleDesc
forecast_desc(FunctionCallInfo fcinfo)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	return BlessTupleDesc(desc);
}

/* make_forecast: the row */
Datum
make_forecast(TupleDesc desc, const Forecast *forecast)
{
	Datum		values[4];
	bool		nulls[4] = {false};

	values[0] = Float8GetDatum(forecast->low);
	values[1] = Float8GetDatum(forecast->median);
	values[2] = Float8GetDatum(forecast->high);
	values[3] = Float8GetDatum(forecast->mean);
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

/* The least count that as many are not above. */
static double
small_quantile(const Places *places, double probability)
{
	double		chance[OUTLOOK_PLACES];
	double		below = 0;
	int			k = 0;

	for (int i = 0; i < places->n; i++)
	{
		chance[i] = places->chance[i] * exp(-places->at[i]);
		below += chance[i];
	}
	while (below < probability && k < 100 * FEW_COUNTS)
	{
		k++;
		for (int i = 0; i < places->n; i++)
		{
			chance[i] *= places->at[i] / k;
			below += chance[i];
		}
	}
	return k;
}

/*
 * What a count is below with a probability.  The count is Poisson's around what
 * is expected; where that is large, it adds 1 / count to the variance of its
 * logarithm.
 */
static double
count_quantile(const Places *places, double log_median, double log_quantile,
			   double probability, double z)
{
	double		off = log_quantile - log_median;

	if (log_quantile < log(FEW_COUNTS))
		return small_quantile(places, probability);
	off = sqrt(off * off + z * z * exp(-log_quantile));
	return rint(exp(Min(log_median + copysign(off, z), MOST_LOG)));
}

/*
 * count_range
 *		A range of what will be counted, from one of the log of what is
 *		expected.
 */
void
count_range(const Places *places, const LogRange *range, const Tails *tails,
			Forecast *f)
{
	double		tail = tails->probability;

	f->median = count_quantile(places, range->median, range->median, 0.5, 0);
	f->low = count_quantile(places, range->median, range->low, tail, -tails->z);
	f->high = count_quantile(places, range->median, range->high, 1 - tail, tails->z);
	f->low = Min(f->low, f->median);
	f->high = Max(f->high, f->median);
}

/* What the function's row is, and the tails of its last confidence. */
static void
prepare_call(FunctionCallInfo fcinfo, FitCache *cache, double confidence)
{
	if (cache->desc == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		cache->desc = forecast_desc(fcinfo);
		MemoryContextSwitchTo(old);
	}
	if (cache->tails.confidence != confidence)
		forecast_tails(confidence, &cache->tails);
}

PG_FUNCTION_INFO_V1(engagement_benchmark_forecast);

/*
 * forecast(engagement_benchmark, engagement_summary, followers bigint, posts integer, confidence float8) -> engagement_forecast
 *		Interactions of the profile's next posts together: two bounds that hold
 *		them with the given probability, their median and their mean.
 *
 * Of a profile without usable posts, those of its size.  NULL for a NULL, 0
 * followers, an empty cohort, or one that does not tell luck from merit.
 * Negative followers, posts that are not between 1 and 1000000, and a
 * confidence that is not between 0 and 1 are errors, 22023.
 */
Datum
engagement_benchmark_forecast(PG_FUNCTION_ARGS)
{
	int64		followers = PG_GETARG_INT64(2);
	int32		posts = PG_GETARG_INT32(3);
	double		confidence = PG_GETARG_FLOAT8(4);
	FitCache   *cache;
	Outlook		outlook;
	Places		places;
	LogRange	range;
	Forecast	forecast;

	count_check(followers, "followers");
	forecast_posts_check(posts);
	confidence_check(confidence);
	if (followers == 0)
		PG_RETURN_NULL();
	cache = get_spread_cache(fcinfo, PG_GETARG_BENCHMARK(0));
	if (!cache->known ||
		!find_outlook(cache, PG_GETARG_ENGAGEMENT_SUMMARY(1), followers, posts, &outlook))
		PG_RETURN_NULL();
	prepare_call(fcinfo, cache, confidence);
	outlook_places(&outlook, &places);
	outlook_range(&outlook, &cache->tails, &range);
	forecast.mean = places_mean(&places);
	if (range.low < log(FEW_COUNTS))
		outlook_steps(&outlook, &places);
	count_range(&places, &range, &cache->tails, &forecast);
	PG_RETURN_DATUM(make_forecast(cache->desc, &forecast));
}
