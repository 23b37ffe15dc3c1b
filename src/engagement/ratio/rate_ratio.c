/*-------------------------------------------------------------------------
 *
 * rate_ratio.c
 *		The rate of some posts against that of others: sponsored and organic,
 *		reels and photos, this quarter's and the last one's.
 *
 * Where both have plenty of interactions, the ratio is that of typical rates,
 * and posts without interactions are lost ones.  Where one has few, or is
 * known by averages, it is that of pooled rates.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/compat.h"
#include "base/quantile.h"
#include "engagement/ratio/rate_ratio.h"

/* From so many posts on both sides, each has a variance of its own. */
#define OWN_VARIANCE_POSTS	10

/*
 * A sample's variance relative to its mean is mostly too small where rates are
 * as skewed as those of posts are: what is more than Poisson's is taken times
 * this, which bounds of log-normal rates need to hold.
 */
#define SKEWNESS			1.4

/* One side of a ratio. */
typedef struct RatioSide
{
	double		log_rate;
	double		posts;
	double		spread;			/* of log rates, or of rates relative to the
								 * mean */
	double		count;			/* interactions, with the half */
} RatioSide;

/* Are logarithms what to compare? */
static bool
is_told_by_logs(const EngagementSummary *e)
{
	return e->average == 0 && engagement_logged(e) > 0 &&
		exp(engagement_mean_log(e)) * engagement_mean_exposure(e) >
		FEW_INTERACTIONS;
}

static RatioSide
log_side(const EngagementSummary *e)
{
	RatioSide	side;

	side.log_rate = engagement_mean_log(e);
	side.posts = (double) engagement_logged(e);
	side.spread = engagement_log_squares(e);
	side.count = exp(side.log_rate) * engagement_mean_exposure(e) * side.posts;
	return side;
}

/* Pooled rates; the half makes the logarithm of a small count unbiased. */
static RatioSide
pooled_side(const EngagementSummary *e)
{
	double		mean = engagement_mean_rate(e);
	RatioSide	side;

	side.count = engagement_interactions(e) + HALF_COUNT;
	side.log_rate = log(side.count / (double) e->exposure);
	side.posts = (double) engagement_posts(e);
	side.spread = 0;
	if (side.posts > 1 && mean > 0)
	{
		double		spare = side.posts - 1;
		double		spread = spare * engagement_rate_variance(e) /
			(mean * mean);
		double		poisson = spare * side.posts / side.count;

		side.spread = spread + (SKEWNESS - 1) * Max(0, spread - poisson);
	}
	return side;
}

/* The variances of both sides' log rates, from the spread of their posts. */
static void
combine_sides(RateRatio *r, const RatioSide *a, const RatioSide *b)
{
	double		freedom = a->posts + b->posts - 2;
	double		pooled = freedom > 0 ? (a->spread + b->spread) / freedom : 0;
	double		va = pooled / a->posts;
	double		vb = pooled / b->posts;

	if (Min(a->posts, b->posts) >= OWN_VARIANCE_POSTS)
	{
		/* Satterthwaite (1946) */
		va = a->spread / (a->posts - 1) / a->posts;
		vb = b->spread / (b->posts - 1) / b->posts;
		if (va + vb > 0)
			freedom = (va + vb) * (va + vb) /
				(va * va / (a->posts - 1) + vb * vb / (b->posts - 1));
	}
	/* No counts vary less than Poisson's. */
	r->variance = Max(va, 1 / a->count) + Max(vb, 1 / b->count);
	r->freedom = freedom;
}

/*
 * The logarithm of a mean of n rates is below that of what they tend to, by
 * half of its variance; what small counts add to it has been taken care of.
 */
static double
mean_bias(const RatioSide *s, double spread)
{
	return log1p(Max(0, spread - s->posts / s->count) / s->posts) / 2;
}

/*
 * rate_ratio_find
 *		The rate of a against that of b; false if there is nothing to compare.
 */
bool
rate_ratio_find(const EngagementSummary *ea, const EngagementSummary *eb,
				RateRatio *r)
{
	bool		logs = is_told_by_logs(ea) && is_told_by_logs(eb);
	RatioSide	a;
	RatioSide	b;

	if (engagement_posts(ea) == 0 || engagement_posts(eb) == 0)
		return false;
	a = logs ? log_side(ea) : pooled_side(ea);
	b = logs ? log_side(eb) : pooled_side(eb);
	combine_sides(r, &a, &b);
	r->log_ratio = a.log_rate - b.log_rate;
	if (ea->average > 0 || eb->average > 0)
		r->freedom = 0;
	else if (!logs && a.posts + b.posts > 2)
	{
		double		spread = (a.spread + b.spread) / (a.posts + b.posts - 2);

		r->log_ratio += mean_bias(&a, spread) - mean_bias(&b, spread);
	}
	return true;
}

/* rate_ratio_shown: the ratio of a logarithm, within what can be shown */
double
rate_ratio_shown(double log_ratio)
{
	return exp(Max(-MAX_LOG_RATIO, Min(MAX_LOG_RATIO, log_ratio)));
}

static bool
ratio_of_arguments(FunctionCallInfo fcinfo, RateRatio *r)
{
	return rate_ratio_find(PG_GETARG_ENGAGEMENT_SUMMARY(0),
						   PG_GETARG_ENGAGEMENT_SUMMARY(1), r);
}

PG_FUNCTION_INFO_V1(rate_ratio);
PG_FUNCTION_INFO_V1(rate_ratio_low);
PG_FUNCTION_INFO_V1(rate_ratio_high);

/*
 * rate_ratio(a engagement_summary, b engagement_summary) -> float8
 *		How many times the rate of b is that of a; NULL without usable posts on
 *		either side.
 */
Datum
rate_ratio(PG_FUNCTION_ARGS)
{
	RateRatio	r;

	if (!ratio_of_arguments(fcinfo, &r))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(exp(r.log_ratio));
}

/* A bound at a two-sided confidence; side is -1 or 1. */
static Datum
ratio_bound(FunctionCallInfo fcinfo, int side)
{
	double		confidence = PG_GETARG_FLOAT8(2);
	double		quantile;
	RateRatio	r;

	confidence_check(confidence);
	if (!ratio_of_arguments(fcinfo, &r) || r.freedom <= 0)
		PG_RETURN_NULL();
	quantile = -student_quantile((1 - confidence) / 2, r.freedom);
	PG_RETURN_FLOAT8(rate_ratio_shown(r.log_ratio +
									  side * quantile * sqrt(r.variance)));
}

/*
 * rate_ratio_low(a engagement_summary, b engagement_summary, confidence
 *		float8) -> float8
 *
 *		The lower of two bounds that hold the ratio of the long-run rates with
 *		the given probability.
 *
 * Posts of both are taken to differ as much, up to 9 on a side.  NULL also for
 * one post each, and for averages.  A confidence that is not between 0 and 1
 * is an error, 22023.
 */
Datum
rate_ratio_low(PG_FUNCTION_ARGS)
{
	return ratio_bound(fcinfo, -1);
}

/* rate_ratio_high: the upper bound; see rate_ratio_low */
Datum
rate_ratio_high(PG_FUNCTION_ARGS)
{
	return ratio_bound(fcinfo, 1);
}
