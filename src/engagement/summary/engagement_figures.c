/*-------------------------------------------------------------------------
 *
 * engagement_figures.c
 *		What a summary says: counts, rates, json.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"

#include "base/compat.h"
#include "engagement/summary/engagement_sums.h"

/* n^2 times the variance of n rates or logarithms; false if it is negative. */
static bool
find_spread(const EngagementSummary *s, uint64 n, int sums, int squares,
			uint64 *spread)
{
	uint64		sum[2];
	uint64		square[3];
	int			limbs;

	sums_get(&engagement_summary_type, s, sums, sum);
	limbs = sums_get(&engagement_summary_type, s, squares, square);
	return sums_spread(spread, n, sum, square, limbs);
}

/* A sum as a double. */
static double
sum_value(const EngagementSummary *s, int field)
{
	uint64		sum[SUMS_MAX_LIMBS];
	int			limbs = sums_get(&engagement_summary_type, s, field, sum);

	return wide_to_double(sum, limbs);
}

/* Add one of a summary's sums to a sum of 3 limbs. */
static void
add_field(const EngagementSummary *s, int field, uint64 *sum)
{
	uint64		part[3] = {0};

	sums_get(&engagement_summary_type, s, field, part);
	wide_add(sum, part, 3);
}

/* A sum of 3 limbs as bigint; error 22003 if it is past that. */
static Datum
return_bigint(const uint64 *sum, const char *name)
{
	if (sum[0] > PG_INT64_MAX || !wide_is_zero(sum + 1, 2))
		sums_bigint_overflow(name);
	PG_RETURN_INT64((int64) sum[0]);
}

/* Exact counts.  NULL for NULL; error 22003 past bigint. */
#define ENGAGEMENT_COUNT(name, usable, hidden) \
PG_FUNCTION_INFO_V1(engagement_summary_##name); \
Datum \
engagement_summary_##name(PG_FUNCTION_ARGS) \
{ \
	uint64		sum[3] = {0}; \
\
	add_field(PG_GETARG_ENGAGEMENT_SUMMARY(0), usable, sum); \
	if ((hidden) != (usable)) \
		add_field(PG_GETARG_ENGAGEMENT_SUMMARY(0), hidden, sum); \
	return return_bigint(sum, #name); \
} \
extern int	no_such_variable

/* usable posts; those of them without interactions; those without a rate */
ENGAGEMENT_COUNT(posts, SUM_POSTS, SUM_POSTS);
ENGAGEMENT_COUNT(zero_posts, SUM_ZERO, SUM_ZERO);
ENGAGEMENT_COUNT(hidden_posts, SUM_HIDDEN, SUM_HIDDEN);

/* sums over all posts where they are known */
ENGAGEMENT_COUNT(likes, SUM_LIKES, SUM_HIDDEN_LIKES);
ENGAGEMENT_COUNT(comments, SUM_COMMENTS, SUM_HIDDEN_COMMENTS);
ENGAGEMENT_COUNT(exposure, SUM_EXPOSURE, SUM_HIDDEN_EXPOSURE);

/* sums over usable posts */
ENGAGEMENT_COUNT(shares, SUM_SHARES, SUM_SHARES);
ENGAGEMENT_COUNT(saves, SUM_SAVES, SUM_SAVES);

/* Likes, comments, shares and saves of the usable posts. */
static void
usable_interactions(const EngagementSummary *s, uint64 *sum)
{
	memset(sum, 0, 3 * sizeof(uint64));
	for (int field = SUM_LIKES; field <= SUM_SAVES; field++)
		add_field(s, field, sum);
}

/* The same of all posts, where they are known. */
static void
all_interactions(const EngagementSummary *s, uint64 *sum)
{
	usable_interactions(s, sum);
	add_field(s, SUM_HIDDEN_LIKES, sum);
	add_field(s, SUM_HIDDEN_COMMENTS, sum);
}

PG_FUNCTION_INFO_V1(engagement_summary_interactions);

/*
 * interactions(engagement_summary) -> bigint: likes, comments, shares and
 * saves
 */
Datum
engagement_summary_interactions(PG_FUNCTION_ARGS)
{
	uint64		sum[3];

	all_interactions(PG_GETARG_ENGAGEMENT_SUMMARY(0), sum);
	return return_bigint(sum, "interactions");
}

/* Interactions of the usable posts. */
double
engagement_interactions(const EngagementSummary *summary)
{
	uint64		sum[3];

	usable_interactions(summary, sum);
	return wide_to_double(sum, 3);
}

/*
 * The mean of what usable posts are relative to; only for a summary that has
 * some, as what follows.
 */
double
engagement_mean_exposure(const EngagementSummary *summary)
{
	return (double) summary->exposure / (double) engagement_posts(summary);
}

/* The mean of the posts' rates. */
double
engagement_mean_rate(const EngagementSummary *summary)
{
	return sum_value(summary, SUM_RATES) / (double) engagement_posts(summary) /
		RATE_ONE;
}

/* The mean rate of those that have a logarithm; there must be one. */
double
engagement_logged_rate(const EngagementSummary *summary)
{
	return sum_value(summary, SUM_RATES) /
		(double) engagement_logged(summary) / RATE_ONE;
}

/* The sample variance of the posts' rates; two posts at least. */
double
engagement_rate_variance(const EngagementSummary *summary)
{
	double		n = (double) engagement_posts(summary);
	uint64		spread[4];

	find_spread(summary, engagement_posts(summary), SUM_RATES,
				SUM_RATE_SQUARES, spread);
	return wide_to_double(spread, 4) / n / (n - 1) / (RATE_ONE * RATE_ONE);
}

/*
 * The mean log rate, in fixed point; only for a summary that has posts with
 * logarithms, as what follows.
 */
double
engagement_mean_fixed_log(const EngagementSummary *summary)
{
	return sum_value(summary, SUM_LOGS) / (double) engagement_logged(summary);
}

/* The mean log rate. */
double
engagement_mean_log(const EngagementSummary *summary)
{
	return log_rate_value(engagement_mean_fixed_log(summary));
}

/* The sum of the squared deviations of the log rates from their mean. */
double
engagement_log_squares(const EngagementSummary *summary)
{
	uint64		spread[4];

	find_spread(summary, engagement_logged(summary), SUM_LOGS, SUM_LOG_SQUARES,
				spread);
	return wide_to_double(spread, 4) / (double) engagement_logged(summary) /
		(LOG_RATE_ONE * LOG_RATE_ONE);
}

/* Figures of a summary: false where they are not known. */

static bool
pooled_rate(const EngagementSummary *s, double *rate)
{
	*rate = engagement_interactions(s) / (double) s->exposure;
	return engagement_posts(s) > 0;
}

static bool
mean_rate(const EngagementSummary *s, double *rate)
{
	*rate = engagement_mean_rate(s);
	return engagement_posts(s) > 0;
}

static bool
rate_stddev(const EngagementSummary *s, double *deviation)
{
	if (engagement_posts(s) < 2 || s->average > 0)
		return false;
	*deviation = sqrt(engagement_rate_variance(s));
	return true;
}

/* The mean log rate with posts without interactions among the others. */
static double
mean_log_with_zeros(const EngagementSummary *s)
{
	double		logged = (double) engagement_logged(s);
	double		zero = log(HALF_COUNT / engagement_mean_exposure(s));

	return (engagement_mean_log(s) * logged + zero * s->zero) /
		(logged + s->zero);
}

/* False without posts, and where some are known by average only. */
bool
engagement_typical_rate(const EngagementSummary *s, double *rate)
{
	*rate = 0;
	if (engagement_posts(s) == 0 || s->average > 0)
		return false;
	if (engagement_logged(s) > 0)
	{
		*rate = exp(engagement_mean_log(s));
		if (s->zero > 0 &&
			*rate * engagement_mean_exposure(s) <= FEW_INTERACTIONS)
			*rate = exp(mean_log_with_zeros(s));
	}
	return true;
}

static bool
comment_share(const EngagementSummary *s, double *share)
{
	double		interactions = engagement_interactions(s);

	*share = (double) s->comments / interactions;
	return interactions > 0;
}

typedef bool (*Figure) (const EngagementSummary *s, double *value);

static Datum
return_figure(FunctionCallInfo fcinfo, Figure figure)
{
	double		value;

	if (!figure(PG_GETARG_ENGAGEMENT_SUMMARY(0), &value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

PG_FUNCTION_INFO_V1(engagement_summary_pooled_rate);
PG_FUNCTION_INFO_V1(engagement_summary_mean_rate);
PG_FUNCTION_INFO_V1(engagement_summary_rate_stddev);
PG_FUNCTION_INFO_V1(engagement_summary_typical_rate);
PG_FUNCTION_INFO_V1(engagement_summary_comment_share);

/*
 * pooled_rate(engagement_summary) -> float8
 *		Interactions / exposure of all posts together, as a fraction; NULL
 *		without a usable post.
 */
Datum
engagement_summary_pooled_rate(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, pooled_rate);
}

/*
 * mean_rate(engagement_summary) -> float8
 *		The mean of the posts' rates, as a fraction; NULL without a usable
 *		post.
 */
Datum
engagement_summary_mean_rate(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, mean_rate);
}

/*
 * rate_stddev(engagement_summary) -> float8
 *		The sample standard deviation of the posts' rates, as a fraction; NULL
 *		for fewer than two usable posts, and if some are known by average only.
 *
 * From exact sums of squares: never below 0, and right for rates that are
 * nearly equal.
 */
Datum
engagement_summary_rate_stddev(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, rate_stddev);
}

/*
 * typical_rate(engagement_summary) -> float8
 *		exp of the mean of log((interactions + 1/2) / exposure), as a fraction;
 *		NULL without a usable post, and if some are known by average only.
 *
 * The geometric mean: one viral post hardly moves it.  The half makes the
 * logarithm of a small count nearly unbiased (Cox 1955, the empirical logit).
 * Posts without interactions are left out where the others have many, since
 * these were lost, and counted where they have few; 0 if there are no others.
 */
Datum
engagement_summary_typical_rate(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, engagement_typical_rate);
}

/*
 * comment_share(engagement_summary) -> float8
 *		Comments / interactions, as a fraction; NULL without interactions.
 */
Datum
engagement_summary_comment_share(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, comment_share);
}

static void
json_figure(StringInfo buf, const char *key, const EngagementSummary *s,
			Figure figure)
{
	double		value = 0;
	bool		known = figure(s, &value);

	sums_json_number(buf, key, known, value);
}

/* Figures by the names of their functions; null for what is not known. */
static void
write_figures(StringInfo buf, const void *sums)
{
	const EngagementSummary *s = sums;
	uint64		sum[3];

	for (int field = SUM_POSTS; field <= SUM_HIDDEN_COMMENTS; field++)
	{
		int			limbs = sums_get(&engagement_summary_type, s, field, sum);

		appendStringInfo(buf, "\"%s\": ",
						 engagement_summary_type.fields[field].name);
		sums_print(buf, sum, limbs);
		appendStringInfoString(buf, ", ");
	}
	all_interactions(s, sum);
	appendStringInfoString(buf, "\"interactions\": ");
	sums_print(buf, sum, 3);
	json_figure(buf, "pooled_rate", s, pooled_rate);
	json_figure(buf, "mean_rate", s, mean_rate);
	json_figure(buf, "rate_stddev", s, rate_stddev);
	json_figure(buf, "typical_rate", s, engagement_typical_rate);
	json_figure(buf, "comment_share", s, comment_share);
}

PG_FUNCTION_INFO_V1(engagement_summary_to_json);
PG_FUNCTION_INFO_V1(engagement_summary_to_jsonb);

/*
 * engagement_summary -> json
 *		The figures of a summary under the names of their functions, for people
 *		and other programs; unknown ones are null.
 *
 * No count is past its range here: likes, comments and exposure are those of
 * posts with a rate, beside those of hidden ones.  The logarithms' spread is
 * left out, so there is no way back.
 */
Datum
engagement_summary_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* engagement_summary -> jsonb: the same */
Datum
engagement_summary_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
