/*-------------------------------------------------------------------------
 *
 * ranking.c
 *		What engagement is normal at a size, and which profiles are better than
 *		that beyond luck.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/quantile.h"
#include "engagement/benchmark/fit_cache.h"
#include "engagement/benchmark/shrinkage.h"

/* The fit of the first argument; NULL for an empty benchmark. */
static Fit *
get_fit(FunctionCallInfo fcinfo)
{
	FitCache   *cache = get_fit_cache(fcinfo, sizeof(FitCache),
									  PG_GETARG_BENCHMARK(0));

	return cache->known ? &cache->fit : NULL;
}

/*
 * The rate that a logarithm stands for.  A line may lead anywhere for follower
 * counts far from the cohort's, but never to a rate that no post can have.
 */
static double
rate_of_log(double log_rate)
{
	return exp(Max(MIN_LOG_RATE, Min(MAX_LOG_RATE, log_rate)));
}

/* The profile that the arguments describe; false for an unknown one. */
static Fit *
get_posterior(FunctionCallInfo fcinfo, Posterior *p)
{
	int64		followers = PG_GETARG_INT64(2);
	Fit		   *fit;

	count_check(followers, "followers");
	fit = followers == 0 ? NULL : get_fit(fcinfo);
	if (fit == NULL)
		return NULL;
	if (!find_posterior(fit, PG_GETARG_ENGAGEMENT_SUMMARY(1), followers, p) &&
		p->has_posts)
		return NULL;
	return fit;
}

PG_FUNCTION_INFO_V1(engagement_benchmark_slope);
PG_FUNCTION_INFO_V1(engagement_benchmark_between_stddev);
PG_FUNCTION_INFO_V1(engagement_benchmark_within_stddev);
PG_FUNCTION_INFO_V1(engagement_benchmark_expected_rate);

/*
 * slope(engagement_benchmark) -> float8
 *		b: the change of the log rate per unit of log followers.
 *
 * 0 for fewer than 3 profiles or followers that do not differ; NULL for an
 * empty cohort.
 */
Datum
engagement_benchmark_slope(PG_FUNCTION_ARGS)
{
	Fit		   *fit = get_fit(fcinfo);

	if (fit == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(fit->slope);
}

/*
 * between_stddev(engagement_benchmark) -> float8
 *		The square root of T: how much profiles of one size differ, luck
 *		removed.
 *
 * 0 if luck explains all; NULL if it can't be told from luck.
 */
Datum
engagement_benchmark_between_stddev(PG_FUNCTION_ARGS)
{
	Fit		   *fit = get_fit(fcinfo);

	if (fit == NULL || !fit->has_between)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sqrt(fit->between));
}

/*
 * within_stddev(engagement_benchmark) -> float8
 *		The square root of S: how much the posts of one profile differ.
 *
 * NULL if no profile has two posts and nothing was assumed.
 */
Datum
engagement_benchmark_within_stddev(PG_FUNCTION_ARGS)
{
	Fit		   *fit = get_fit(fcinfo);

	if (fit == NULL || !fit->has_within)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sqrt(fit->within));
}

/*
 * expected_rate(engagement_benchmark, followers bigint) -> float8
 *		exp(a + b x), as a fraction.
 *
 * NULL for 0 followers or an empty cohort; negative followers are an error,
 * 22023.
 */
Datum
engagement_benchmark_expected_rate(PG_FUNCTION_ARGS)
{
	int64		followers = PG_GETARG_INT64(1);
	Fit		   *fit;

	count_check(followers, "followers");
	fit = followers == 0 ? NULL : get_fit(fcinfo);
	if (fit == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(expected_log(fit, log((double) followers))));
}

PG_FUNCTION_INFO_V1(engagement_benchmark_shrunk_rate);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_low);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_high);
PG_FUNCTION_INFO_V1(engagement_benchmark_lift);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_percentile);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_z);

/*
 * shrunk_rate(engagement_benchmark, engagement_summary, followers bigint)
 *		-> float8
 *
 *		exp of the mean of what the profile's log rate may be, as a fraction.
 *
 * The expected rate for a profile without usable posts.  Like all that follow:
 * NULL for a NULL, 0 followers, an empty cohort, or posts where the cohort
 * does not tell luck from merit (one profile, or one post each); negative
 * followers are an error, 22023.
 */
Datum
engagement_benchmark_shrunk_rate(PG_FUNCTION_ARGS)
{
	Posterior	p;

	if (get_posterior(fcinfo, &p) == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(p.mean));
}

/*
 * A bound of the rate at a two-sided confidence: 1 is the lower one, -1 the
 * upper.
 */
static Datum
rate_bound(FunctionCallInfo fcinfo, int side)
{
	double		confidence = PG_GETARG_FLOAT8(3);
	Posterior	p;

	confidence_check(confidence);
	if (get_posterior(fcinfo, &p) == NULL || p.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(posterior_bound(&p, side,
												 (1 - confidence) / 2)));
}

/*
 * rate_low(engagement_benchmark, engagement_summary, followers bigint,
 *		confidence float8) -> float8
 *
 *		The lower of two bounds that hold the profile's long-run typical rate
 *		with the given probability, as a fraction.  A single post is often
 *		outside.
 *
 * NULL also for a profile without posts in a cohort that does not tell T.  A
 * confidence that is not between 0 and 1 is an error, 22023.
 */
Datum
engagement_benchmark_rate_low(PG_FUNCTION_ARGS)
{
	return rate_bound(fcinfo, 1);
}

/* rate_high: the upper bound; see rate_low */
Datum
engagement_benchmark_rate_high(PG_FUNCTION_ARGS)
{
	return rate_bound(fcinfo, -1);
}

/*
 * lift(engagement_benchmark, engagement_summary, followers bigint) -> float8
 *		The shrunk rate divided by the expected rate; NULL also without posts.
 */
Datum
engagement_benchmark_lift(PG_FUNCTION_ARGS)
{
	Posterior	p;

	if (get_posterior(fcinfo, &p) == NULL || !p.has_posts)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(p.mean) / rate_of_log(p.expected));
}

/* The probability that the profile is above a random one of its size. */
static double
percentile(const Fit *fit, const Posterior *p)
{
	double		above = p->mean - p->expected;
	double		variance = fit->between + p->variance;

	return variance <= EQUAL_LOGS ? certain_below(above) :
		normal_below(above / sqrt(variance));
}

/*
 * rate_percentile(engagement_benchmark, engagement_summary, followers bigint)
 *		-> float8
 *
 *		The probability that the profile's typical rate is above that of a
 *		random profile of its size.
 *
 * The random profile's is N(0, T) around the expected rate, and the profile's
 * own is about normal, so their difference is.  NULL also without posts.  In a
 * cohort where nothing differs, any difference is certain: 0 or 1.
 */
Datum
engagement_benchmark_rate_percentile(PG_FUNCTION_ARGS)
{
	Posterior	p;
	Fit		   *fit = get_posterior(fcinfo, &p);

	if (fit == NULL || !p.has_posts)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(percentile(fit, &p));
}

/*
 * rate_z(engagement_benchmark, engagement_summary, followers bigint) -> float8
 *		(y - (a + b x)) / sqrt(T + luck + the variance of a + b x).
 *
 * How many standard deviations the posts are off what is expected of a profile
 * of this size with this many posts: far below 0 for bought followers, far
 * above for bought likes.  A member of a small cohort must be left out of it,
 * or it hides itself: see leave_out().  NULL also without posts, or if nothing
 * varies.
 */
Datum
engagement_benchmark_rate_z(PG_FUNCTION_ARGS)
{
	Posterior	p;
	Fit		   *fit = get_posterior(fcinfo, &p);
	double		variance;

	if (fit == NULL || !p.has_posts)
		PG_RETURN_NULL();
	variance = fit->between + p.luck +
		expected_variance(fit, log((double) PG_GETARG_INT64(2)));
	if (variance <= EQUAL_LOGS)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((p.own - p.expected) / sqrt(variance));
}

/* Append what the profile's posts show: how many they are, and their rate. */
static void
explain_posts(StringInfo buf, const EngagementSummary *e)
{
	uint64		posts = engagement_posts(e);
	double		rate;

	appendStringInfo(buf, UINT64_FORMAT " post%s", posts,
					 posts == 1 ? "" : "s");
	if (e->zero > 0)
		appendStringInfo(buf, ", %u without interactions", e->zero);
	if (e->hidden > 0)
		appendStringInfo(buf, ", %u more hidden", e->hidden);
	if (engagement_typical_rate(e, &rate))
		appendStringInfo(buf, "; typical rate %.3g %%", 100 * rate);
	else if (posts > 0)
		appendStringInfo(buf, "; mean rate %.3g %%",
						 100 * engagement_mean_rate(e));
}

/* What is on each side of the bounds that an explanation tells, of 90 %. */
#define SHOWN_TAIL			0.05

/* Append what is believed of the profile, and how sure that is. */
static void
explain_belief(StringInfo buf, const Fit *fit, const Posterior *p)
{
	if (p->n == 0)
	{
		appendStringInfoString(buf,
							   "; luck and merit can't be told apart in this cohort");
		return;
	}
	appendStringInfo(buf,
					 "; believed %.3g %%, with 90 %% confidence %.3g to %.3g %%",
					 100 * rate_of_log(p->mean),
					 100 * rate_of_log(posterior_bound(p, 1, SHOWN_TAIL)),
					 100 * rate_of_log(posterior_bound(p, -1, SHOWN_TAIL)));
	if (p->has_posts)
		appendStringInfo(buf, "; above %.0f %% of profiles of its size",
						 100 * percentile(fit, p));
}

PG_FUNCTION_INFO_V1(engagement_benchmark_rate_explanation);

/*
 * rate_explanation(engagement_benchmark, engagement_summary, followers bigint)
 *		-> text
 *
 *		One line for a client: what the posts show, what the size explains,
 *		what is believed and how sure, with the numbers of the other functions.
 *
 * NULL for a NULL, 0 followers or an empty cohort; negative followers are an
 * error, 22023.
 */
Datum
engagement_benchmark_rate_explanation(PG_FUNCTION_ARGS)
{
	const EngagementSummary *e = PG_GETARG_ENGAGEMENT_SUMMARY(1);
	int64		followers = PG_GETARG_INT64(2);
	StringInfoData buf;
	Posterior	p;
	Fit		   *fit;

	count_check(followers, "followers");
	fit = followers == 0 ? NULL : get_fit(fcinfo);
	if (fit == NULL)
		PG_RETURN_NULL();
	find_posterior(fit, e, followers, &p);
	initStringInfo(&buf);
	explain_posts(&buf, e);
	appendStringInfo(&buf, "; expected at " INT64_FORMAT " followers %.3g %%",
					 followers, 100 * rate_of_log(p.expected));
	explain_belief(&buf, fit, &p);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}

/*
 * Figures by the names of their functions, with the typical rate and the
 * typical followers that the line goes through, and the share of posts that
 * seem lost; null for what is not known.
 */
static void
write_figures(StringInfo buf, const void *sums)
{
	const EngagementBenchmark *b = sums;
	Fit			fit;
	bool		known = fit_benchmark(b, &fit);

	appendStringInfo(buf, "\"profiles\": " UINT64_FORMAT, b->profiles);
	sums_json_number(buf, "typical_followers", known,
					 rint(exp(fit.mean_size)));
	sums_json_number(buf, "typical_rate", known, rate_of_log(fit.mean_rate));
	sums_json_number(buf, "slope", known, fit.slope);
	sums_json_number(buf, "between_stddev", known && fit.has_between,
					 sqrt(fit.between));
	sums_json_number(buf, "within_stddev", known && fit.has_within,
					 sqrt(fit.within));
	sums_json_number(buf, "lost_share", known && fit.lost_posts > 0, fit.lost);
}

PG_FUNCTION_INFO_V1(engagement_benchmark_to_json);
PG_FUNCTION_INFO_V1(engagement_benchmark_to_jsonb);

/*
 * engagement_benchmark -> json
 *		The figures of a cohort, for people and other programs.
 */
Datum
engagement_benchmark_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* engagement_benchmark -> jsonb: the same */
Datum
engagement_benchmark_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
