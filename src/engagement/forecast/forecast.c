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

#include "base/compat.h"
#include "base/count.h"
#include "base/quantile.h"
#include "base/result.h"
#include "engagement/forecast/forecast.h"
#include "engagement/forecast/forecast_outlook.h"

/* No tail is smaller: the normal quantile of less is that of rounding. */
#define LEAST_TAIL			1e-15

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
	tails->probability = Max((1 - confidence) / 2, LEAST_TAIL);
	tails->z = -normal_quantile(tails->probability);
}

/* make_forecast: the row */
Datum
make_forecast(TupleDesc desc, const Forecast *forecast)
{
	Datum		values[FORECAST_COLUMNS];
	bool		nulls[FORECAST_COLUMNS] = {false};

	values[0] = Float8GetDatum(forecast->low);
	values[1] = Float8GetDatum(forecast->median);
	values[2] = Float8GetDatum(forecast->high);
	values[3] = Float8GetDatum(forecast->mean);
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

/* Counts from 0 on, with the chance to be at most there. */
typedef struct CountWalk
{
	int			n;
	double		at[OUTLOOK_PLACES + 1]; /* what may be expected */
	double		chance[OUTLOOK_PLACES + 1]; /* of that, and of this count */
	double		below;
	int			count;
} CountWalk;

/*
 * How many of Poisson's deviations a count is above what is expected at most,
 * and so many more where hardly anything is expected.
 */
#define FURTHEST			8
#define LEAST_ROOM			12

/* What is expected beyond this leads to no small count. */
#define MANY_COUNTS			(10 * FEW_COUNTS)

static void
start_walk(const Places *places, CountWalk *walk)
{
	walk->n = 0;
	walk->below = 0;
	walk->count = 0;
	for (int i = 0; i < places->n; i++)
	{
		if (places->at[i] > MANY_COUNTS)
			continue;
		walk->at[walk->n] = places->at[i];
		walk->chance[walk->n] = places->chance[i] * exp(-places->at[i]);
		walk->below += walk->chance[walk->n++];
	}
	/* An even number of places. */
	walk->at[walk->n] = walk->chance[walk->n] = 0;
	walk->n += walk->n % 2;
}

/*
 * The least count, from where the walk is, that as many are not above.  Places
 * are too few to tell tails that are very long or thin, but no count is far
 * above the quantile of what is expected.
 */
static double
walk_to(CountWalk *walk, double probability, double log_quantile)
{
	double		expected = exp(log_quantile);
	double		most = expected + FURTHEST * sqrt(expected) + LEAST_ROOM;

	while (walk->below < probability && walk->count + 1 < most)
	{
		double		part = 1.0 / ++walk->count;
		double		odd = 0;

		/* Two sums, since each addition waits for the last one. */
		for (int i = 0; i + 1 < walk->n; i += 2)
		{
			walk->below += walk->chance[i] *= walk->at[i] * part;
			odd += walk->chance[i + 1] *= walk->at[i + 1] * part;
		}
		walk->below += odd;
	}
	return walk->count;
}

/*
 * What a count is below with a probability.  The count is Poisson's around
 * what is expected; where that is large, it adds 1 / count to the variance of
 * its logarithm.
 */
static double
count_quantile(CountWalk *walk, double log_median, double log_quantile,
			   double probability, double z)
{
	double		off = log_quantile - log_median;

	if (log_quantile < log(FEW_COUNTS))
		return walk_to(walk, probability, log_quantile);
	off = sqrt(off * off + z * z * exp(-log_quantile));
	return rint(exp(Min(log_median + copysign(off, z), MOST_LOG)));
}

/*
 * count_range
 *		A range of what will be counted, from one of the log of what is
 *		expected, whose bounds are in order.  The places are read only if
 *		the lower one is of few counts.
 */
void
count_range(const Places *places, const LogRange *range, const Tails *tails,
			Forecast *f)
{
	double		tail = tails->probability;
	CountWalk	walk;

	if (range->low < log(FEW_COUNTS))
		start_walk(places, &walk);
	f->low = count_quantile(&walk, range->median, range->low, tail, -tails->z);
	f->median = count_quantile(&walk, range->median, range->median, 0.5, 0);
	f->high = count_quantile(&walk, range->median, range->high, 1 - tail,
							 tails->z);
	f->low = Min(f->low, f->median);
	f->high = Max(f->high, f->median);
}

PG_FUNCTION_INFO_V1(engagement_benchmark_forecast);

/*
 * forecast(engagement_benchmark, engagement_summary, followers bigint, posts
 *		integer, confidence float8) -> engagement_forecast
 *
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
	ForecastCache *cache;
	Outlook		outlook;
	Places		places;
	LogRange	range;
	Forecast	forecast;

	count_check(followers, "followers");
	forecast_posts_check(posts);
	confidence_check(confidence);
	if (followers == 0)
		PG_RETURN_NULL();
	cache = get_forecast_cache(fcinfo, PG_GETARG_BENCHMARK(0));
	if (!cache->cohort.known ||
		!find_outlook(cache, PG_GETARG_ENGAGEMENT_SUMMARY(1), followers, posts,
					  &outlook))
		PG_RETURN_NULL();
	if (cache->tails.confidence != confidence)
		forecast_tails(confidence, &cache->tails);
	outlook_range(&outlook, &cache->tails, &range);
	forecast.mean = outlook.mean;
	places.n = 0;
	if (range.low < log(FEW_COUNTS))
		outlook_steps(&outlook, &places);
	count_range(&places, &range, &cache->tails, &forecast);
	PG_RETURN_DATUM(make_forecast(result_descriptor_kept(fcinfo,
														 FORECAST_COLUMNS,
														 &cache->desc),
								  &forecast));
}
