/*-------------------------------------------------------------------------
 *
 * benchmark.c
 *		The type engagement_benchmark: what engagement is normal at a size, and
 *		which profiles are better than that beyond luck.
 *
 * For profile i with n posts, x is the logarithm of its followers and y the
 * mean logarithm of its posts' rates.  The model is
 *
 *		y = a + b x + u + e,	u ~ N(0, T),	e ~ N(0, S / n)
 *
 * where u is the profile's own and e is luck: the variance component model of
 * Fay and Herriot (JASA 1979), with
 *
 *		S = squared deviations within profiles / sum of (n - 1)
 *		a, b by least squares, each profile once
 *		T = max(0, residual variance - S * mean of 1/n)
 *
 * A benchmark holds the sums that these come from, exactly: what each profile
 * adds is rounded once, to a fixed point, and the rest is integers.  So the
 * benchmark of the same profiles has the same bytes, in whatever order and
 * pieces they were added.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/fixed_log.h"
#include "engagement/engagement_summary.h"

/*
 * Exact sums over profiles.  x and y are logarithms as fixed_log.h has them,
 * with its offset; everything else is in units of 2^-40 as well.
 */
typedef struct EngagementBenchmark
{
	uint8		version;
	uint8		reserved[7];	/* zero */
	uint64		profiles;
	uint64		spare;			/* of posts - 1 */
	uint64		inverse[2];		/* of 1 / posts */
	uint64		x[2];
	uint64		y[2];
	uint64		xx[2];
	uint64		xy[2];
	uint64		yy[2];
	uint64		within[2];		/* squared deviations within profiles */
} EngagementBenchmark;

#define PIECE(member)		SUM_PIECE(EngagementBenchmark, member)
#define TWO_LIMBS(member)	2, {PIECE(member[0]), PIECE(member[1])}

/* The sums, in the order of the text form. */
static const SumField benchmark_fields[] = {
	{"profiles", 1, {PIECE(profiles)}},
	{"spare_posts", 1, {PIECE(spare)}},
	{"inverse_posts", TWO_LIMBS(inverse)},
	{"sizes", TWO_LIMBS(x)},
	{"rates", TWO_LIMBS(y)},
	{"size_squares", TWO_LIMBS(xx)},
	{"products", TWO_LIMBS(xy)},
	{"rate_squares", TWO_LIMBS(yy)},
	{"within", TWO_LIMBS(within)}
};

static const char *benchmark_problem(const void *sums);

StaticAssertDecl(sizeof(EngagementBenchmark) == 136, "the type's INTERNALLENGTH");

static const SumType benchmark_type = {
	.name = "engagement_benchmark",
	.size = sizeof(EngagementBenchmark),
	.reserved = 7,
	.fields = benchmark_fields,
	.nfields = lengthof(benchmark_fields),
	.problem = benchmark_problem
};

#define PG_GETARG_BENCHMARK(n)	((EngagementBenchmark *) PG_GETARG_POINTER(n))

/* Logarithms of followers are from 0 to below this. */
#define MAX_LOG_FOLLOWERS	44

/*
 * Follower counts whose logarithms have a smaller standard deviation are all
 * the same: below a millionth, rounding would make the slope.
 */
#define MIN_SIZE_DEVIATION	0.000001

/* n^2 times the variances and the covariance of x and y, exactly. */
typedef struct Moments
{
	uint64		xx[4];
	uint64		yy[4];
	uint64		xy[4];			/* its absolute value */
	bool		falling;		/* xy is negative */
	uint64		residual[8];	/* xx * yy - xy^2 */
} Moments;

/* False if the sums can't be those of pairs. */
static bool
find_moments(const EngagementBenchmark *b, Moments *m)
{
	uint64		other[8] = {0};

	if (!sums_spread(m->xx, b->profiles, b->x, b->xx, 2) ||
		!sums_spread(m->yy, b->profiles, b->y, b->yy, 2))
		return false;

	memset(m->xy, 0, sizeof(m->xy));
	wide_mul(m->xy, b->xy, 2, &b->profiles, 1);
	wide_mul(other, b->x, 2, b->y, 2);
	m->falling = wide_compare(m->xy, other, 4) < 0;
	if (m->falling)
	{
		wide_subtract(other, m->xy, 4);
		memcpy(m->xy, other, sizeof(m->xy));
	}
	else
		wide_subtract(m->xy, other, 4);

	wide_mul(m->residual, m->xx, 4, m->yy, 4);
	wide_mul(other, m->xy, 4, m->xy, 4);
	return !wide_subtract(m->residual, other, 8);
}

/* Why sums can't be those of profiles; NULL if they can. */
static const char *
benchmark_problem(const void *sums)
{
	const EngagementBenchmark *b = sums;
	EngagementBenchmark none = {.version = b->version};
	Moments		moments;

	if (b->profiles == 0)
		return memcmp(b, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no profiles are not 0.";
	if (!sums_mean_within(b->x, b->profiles, FIXED_LOG(0), FIXED_LOG(MAX_LOG_FOLLOWERS)))
		return "The logarithms of followers are out of range.";
	if (!sums_mean_within(b->y, b->profiles, FIXED_LOG(MIN_LOG_RATE), FIXED_LOG(MAX_LOG_RATE)))
		return "The logarithms are not those of rates.";
	if (!sums_mean_within(b->inverse, b->profiles, 0, UINT64CONST(1) << FIXED_LOG_BITS))
		return "There are profiles with less than one post.";
	if (b->spare == 0 && !wide_is_zero(b->within, 2))
		return "There are deviations within profiles, but no posts for them.";
	if (!find_moments(b, &moments) ||
		(b->profiles == 1 && !(wide_is_zero(moments.xx, 4) && wide_is_zero(moments.yy, 4))))
		return "The sums of squares do not fit the sums.";
	return NULL;
}

/* Add a profile with posts and followers. */
static void
add_profile(EngagementBenchmark *b, const EngagementSummary *e, int64 followers)
{
	uint64		x = fixed_log((double) followers);
	uint64		mean[2];
	uint64		within[2];
	bool		overflow;

	wide_from_double(mean, engagement_mean_fixed_log(e));
	wide_from_double(within, engagement_log_squares(e) * FIXED_LOG_ONE);
	overflow = b->profiles++ >= PG_INT64_MAX;
	b->spare += engagement_posts(e) - 1;
	overflow |= b->spare > PG_INT64_MAX;
	overflow |= wide_add_limb(b->inverse, 2, (UINT64CONST(1) << FIXED_LOG_BITS) / engagement_posts(e));
	overflow |= wide_add_limb(b->x, 2, x);
	overflow |= wide_add_limb(b->y, 2, mean[0]);
	overflow |= wide_add_product(b->xx, x, x);
	overflow |= wide_add_product(b->xy, x, mean[0]);
	overflow |= wide_add_product(b->yy, mean[0], mean[0]);
	overflow |= wide_add(b->within, within, 2);
	if (overflow)
		sums_overflow(&benchmark_type);
}

/*
 * The second and third argument, a profile; false for one that is no part of a
 * cohort: without posts or followers, or nothing is known about it.
 */
static bool
read_profile(FunctionCallInfo fcinfo, const EngagementSummary **e, int64 *followers)
{
	*e = PG_ARGISNULL(1) ? NULL : PG_GETARG_ENGAGEMENT_SUMMARY(1);
	*followers = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT64(2);
	count_check(*followers, "followers");
	return *e != NULL && engagement_posts(*e) > 0 && *followers > 0;
}

PG_FUNCTION_INFO_V1(benchmark_accum);

/*
 * benchmark_accum(engagement_benchmark, engagement_summary, followers bigint)
 *		The benchmark with one profile more.
 *
 * A profile whose summary is NULL or has no usable post, or whose followers are
 * NULL or 0, is left out.  Negative followers are an error, 22023.
 */
Datum
benchmark_accum(PG_FUNCTION_ARGS)
{
	EngagementBenchmark *state =
		(EngagementBenchmark *) sums_state(fcinfo, &benchmark_type);
	const EngagementSummary *e;
	int64		followers;

	if (read_profile(fcinfo, &e, &followers))
		add_profile(state, e, followers);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(benchmark_accum_inv);

/* benchmark_accum_inv: the inverse, for frames that move */
Datum
benchmark_accum_inv(PG_FUNCTION_ARGS)
{
	Sums	   *state = sums_state(fcinfo, &benchmark_type);
	EngagementBenchmark one = {.version = SUMS_VERSION};
	const EngagementSummary *e;
	int64		followers;

	if (read_profile(fcinfo, &e, &followers))
	{
		add_profile(&one, e, followers);
		sums_remove(&benchmark_type, state, &one);
	}
	PG_RETURN_POINTER(state);
}

EXACT_SUMS_FUNCTIONS(engagement_benchmark, benchmark_type);
EXACT_SUMS_ADD(engagement_benchmark, benchmark_type);
EXACT_SUMS_SUBTRACT(engagement_benchmark, benchmark_type);

/* The model, as far as a cohort tells it. */
typedef struct Fit
{
	double		profiles;		/* at least 1, or there is no fit */
	double		size;			/* mean of x */
	double		rate;			/* mean of y */
	double		slope;			/* b; 0 without a line */
	double		size_spread;	/* squared deviations of x; 0 without a line */
	double		freedom;		/* profiles less those that fix the line */
	double		residual;		/* variance of y around the line */
	double		within;			/* S */
	double		between;		/* T */
	double		between_mean;	/* mean of what T may be; never 0 by chance */
	bool		has_residual;
	bool		has_within;
	bool		has_between;
} Fit;

/* Fit the line, if there are 3 profiles and followers that differ. */
static void
fit_line(const EngagementBenchmark *b, Fit *fit)
{
	double		scale = fit->profiles * FIXED_LOG_ONE * FIXED_LOG_ONE;
	double		squares;
	Moments		moments;

	find_moments(b, &moments);
	fit->freedom = fit->profiles - 1;
	squares = wide_to_double(moments.yy, 4) / scale;
	fit->size_spread = wide_to_double(moments.xx, 4) / scale;
	if (fit->profiles < 3 ||
		sqrt(fit->size_spread / fit->profiles) < MIN_SIZE_DEVIATION)
		fit->size_spread = 0;
	else
	{
		double		spread = wide_to_double(moments.xx, 4);

		fit->freedom = fit->profiles - 2;
		fit->slope = wide_to_double(moments.xy, 4) / spread;
		if (moments.falling)
			fit->slope = -fit->slope;
		squares = wide_to_double(moments.residual, 8) / spread / scale;
	}
	fit->has_residual = fit->freedom > 0;
	if (fit->has_residual)
		fit->residual = squares / fit->freedom;
}

/*
 * The mean of a normal variable that is known to be positive.
 *
 * T is uncertain.  Where profiles differ less than luck, its estimate is often
 * 0, which says that T is small, not that profiles don't differ: bounds that
 * took it for known would be too narrow.  This is the mean of T's posterior
 * with a flat prior, in the normal approximation (Morris, JASA 1983).
 */
static double
truncated_mean(double mean, double deviation)
{
	double		z;

	if (deviation <= 0)
		return Max(mean, 0);
	z = mean / deviation;
	if (z < -10)				/* its limit, before erfc() ends up at 0 */
		return -deviation / z;
	return mean + deviation * exp(-z * z / 2) /
		(sqrt(2 * M_PI) * 0.5 * erfc(-z * M_SQRT1_2));
}

/* False for an empty benchmark. */
static bool
fit_benchmark(const EngagementBenchmark *b, Fit *fit)
{
	memset(fit, 0, sizeof(Fit));
	if (b->profiles == 0)
		return false;
	fit->profiles = (double) b->profiles;
	fit->size = fixed_log_value(wide_to_double(b->x, 2) / fit->profiles);
	fit->rate = fixed_log_value(wide_to_double(b->y, 2) / fit->profiles);
	fit_line(b, fit);
	fit->has_within = b->spare > 0;
	if (fit->has_within)
		fit->within = wide_to_double(b->within, 2) / FIXED_LOG_ONE / (double) b->spare;
	fit->has_between = fit->has_residual && fit->has_within;
	if (fit->has_between)
	{
		double		luck = fit->within * wide_to_double(b->inverse, 2) /
			FIXED_LOG_ONE / fit->profiles;

		fit->between = Max(0.0, fit->residual - luck);
		fit->between_mean = truncated_mean(fit->residual - luck,
										   fit->residual * sqrt(2 / fit->freedom));
	}
	return true;
}

/* What is expected of a number of followers, as a logarithm. */
static double
expected_log(const Fit *fit, int64 followers)
{
	double		x = fixed_log_value((double) fixed_log((double) followers));

	return fit->rate + fit->slope * (x - fit->size);
}

/* The variance of what is expected, from the error of a and b. */
static double
expected_variance(const Fit *fit, int64 followers)
{
	double		x = fixed_log_value((double) fixed_log((double) followers));
	double		off = x - fit->size;

	return fit->residual * (1 / fit->profiles +
							(fit->size_spread > 0 ? off * off / fit->size_spread : 0));
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

PG_FUNCTION_INFO_V1(engagement_benchmark_profiles);
PG_FUNCTION_INFO_V1(engagement_benchmark_slope);
PG_FUNCTION_INFO_V1(engagement_benchmark_between_stddev);
PG_FUNCTION_INFO_V1(engagement_benchmark_within_stddev);
PG_FUNCTION_INFO_V1(engagement_benchmark_expected_rate);

/* profiles(engagement_benchmark) -> bigint: with posts and followers */
Datum
engagement_benchmark_profiles(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_BENCHMARK(0)->profiles);
}

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
	Fit			fit;

	if (!fit_benchmark(PG_GETARG_BENCHMARK(0), &fit))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(fit.slope);
}

/*
 * between_stddev(engagement_benchmark) -> float8
 *		The square root of T: how much profiles of one size differ, luck removed.
 *
 * 0 if luck explains all; NULL if the residual variance or S is not known.
 */
Datum
engagement_benchmark_between_stddev(PG_FUNCTION_ARGS)
{
	Fit			fit;

	if (!fit_benchmark(PG_GETARG_BENCHMARK(0), &fit) || !fit.has_between)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sqrt(fit.between));
}

/*
 * within_stddev(engagement_benchmark) -> float8
 *		The square root of S: how much the posts of one profile differ.
 *
 * NULL if no profile has two posts.
 */
Datum
engagement_benchmark_within_stddev(PG_FUNCTION_ARGS)
{
	Fit			fit;

	if (!fit_benchmark(PG_GETARG_BENCHMARK(0), &fit) || !fit.has_within)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sqrt(fit.within));
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
	Fit			fit;

	count_check(followers, "followers");
	if (followers == 0 || !fit_benchmark(PG_GETARG_BENCHMARK(0), &fit))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(expected_log(&fit, followers)));
}

/* What is known about the log rate of one profile. */
typedef struct Estimate
{
	Fit			fit;
	double		expected;		/* a + b x */
	double		expected_variance;
	double		luck;			/* S / n; with no posts it does not matter */
	double		above;			/* y - (a + b x); 0 without posts */
	double		weight;			/* of above: T / (T + S / n) */
	bool		has_posts;
} Estimate;

/* The weight of a profile's own rate.  If posts never differ, one says all. */
static double
own_weight(double between, double luck)
{
	return luck > 0 ? between / (between + luck) : 1;
}

/*
 * Estimate the profile that the arguments after the benchmark describe.  False
 * if that can't be done: an empty cohort, no followers, or posts whose luck
 * can't be told from merit because the cohort does not tell S and T.
 */
static bool
estimate_profile(FunctionCallInfo fcinfo, Estimate *est)
{
	const EngagementSummary *e = PG_GETARG_ENGAGEMENT_SUMMARY(1);
	int64		followers = PG_GETARG_INT64(2);

	count_check(followers, "followers");
	memset(est, 0, sizeof(Estimate));
	if (followers == 0 || !fit_benchmark(PG_GETARG_BENCHMARK(0), &est->fit))
		return false;
	est->expected = expected_log(&est->fit, followers);
	est->expected_variance = expected_variance(&est->fit, followers);
	est->has_posts = engagement_posts(e) > 0;
	if (est->has_posts)
	{
		est->above = engagement_mean_log(e) - est->expected;
		est->luck = est->fit.within / (double) engagement_posts(e);
		est->weight = own_weight(est->fit.between, est->luck);
	}
	return est->fit.has_between || !est->has_posts;
}

/* The posterior mean of the log rate. */
static double
shrunk_log(const Estimate *est)
{
	return est->expected + est->weight * est->above;
}

/*
 * The mean squared error of the shrunk log rate: that of u and the line as far
 * as the profile's own posts don't outweigh it, and that of these posts.  With
 * a T that is known, the parts without the line add up to (1 - w) T, the
 * posterior variance.
 */
static double
shrunk_variance(const Estimate *est)
{
	double		own = est->weight;
	double		rest = 1 - own;

	return rest * rest * (est->fit.between_mean + est->expected_variance) +
		own * own * est->luck;
}

/*
 * normal_quantile
 *		The z that a standard normal variable is below with probability p.
 *
 * The starting point is 26.2.23 of Abramowitz and Stegun, right to 4.5e-4,
 * and three steps of Halley's method make it as exact as erfc() is.
 */
static double
normal_quantile(double p)
{
	double		tail = Min(p, 1 - p);
	double		t = sqrt(-2 * log(tail));
	double		z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
		(1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));

	for (int i = 0; i < 3; i++)
	{
		double		error = 0.5 * erfc(z * M_SQRT1_2) - tail;
		double		step = error * sqrt(2 * M_PI) * exp(z * z / 2);

		z += step / (1 + z * step / 2);
	}
	return p < 0.5 ? -z : z;
}

/*
 * student_quantile
 *		The same for Student's distribution, which is wider.
 *
 * For one and two degrees of freedom there are closed forms.  For more, it is
 * the expansion 26.7.5 of Abramowitz and Stegun: for 90 % and three degrees
 * .3 % short, and better for more.
 */
static double
student_quantile(double p, double freedom)
{
	double		z = normal_quantile(p);
	double		z2 = z * z;
	double		f = 1 / freedom;

	if (freedom == 1)
		return -1 / tan(M_PI * p);
	if (freedom == 2)
		return (2 * p - 1) / sqrt(2 * p * (1 - p));
	return z * (1 + f * ((z2 + 1) / 4 +
						 f * (((5 * z2 + 16) * z2 + 3) / 96 +
							  f * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384)));
}

/*
 * A bound of the log rate, at a two-sided confidence; side is -1 or 1.
 *
 * T comes from the profiles' residuals, and has the error that their number
 * leaves: with few profiles, the bounds are wider.
 */
static Datum
rate_bound(FunctionCallInfo fcinfo, int side)
{
	double		confidence = PG_GETARG_FLOAT8(3);
	Estimate	est;

	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be between 0 and 1: %g", confidence),
				 errhint("Write 90 %% as 0.9.")));
	if (!estimate_profile(fcinfo, &est) || !est.fit.has_between)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(shrunk_log(&est) -
								 side * sqrt(shrunk_variance(&est)) *
								 student_quantile((1 - confidence) / 2, est.fit.freedom)));
}

PG_FUNCTION_INFO_V1(engagement_benchmark_shrunk_rate);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_low);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_high);
PG_FUNCTION_INFO_V1(engagement_benchmark_lift);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_percentile);
PG_FUNCTION_INFO_V1(engagement_benchmark_rate_z);

/*
 * shrunk_rate(engagement_benchmark, engagement_summary, followers bigint) -> float8
 *		exp(w y + (1 - w) (a + b x)) with w = T / (T + S / n), as a fraction.
 *
 * The expected rate for a profile without usable posts.  Like all that follow:
 * NULL for a NULL, 0 followers, an empty cohort, or posts where the cohort does
 * not tell luck from merit (one profile, or one post each); negative followers
 * are an error, 22023.
 */
Datum
engagement_benchmark_shrunk_rate(PG_FUNCTION_ARGS)
{
	Estimate	est;

	if (!estimate_profile(fcinfo, &est))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(shrunk_log(&est)));
}

/*
 * rate_low(engagement_benchmark, engagement_summary, followers bigint, confidence float8) -> float8
 *		The lower of two bounds that hold the profile's typical rate with the
 *		given probability, as a fraction.
 *
 * NULL also for a profile without posts in a cohort that does not tell T.  A
 * confidence that is not between 0 and 1 is an error, 22023.
 */
Datum
engagement_benchmark_rate_low(PG_FUNCTION_ARGS)
{
	return rate_bound(fcinfo, -1);
}

/* rate_high: the upper bound; see rate_low */
Datum
engagement_benchmark_rate_high(PG_FUNCTION_ARGS)
{
	return rate_bound(fcinfo, 1);
}

/*
 * lift(engagement_benchmark, engagement_summary, followers bigint) -> float8
 *		The shrunk rate divided by the expected rate; 1 without posts.
 */
Datum
engagement_benchmark_lift(PG_FUNCTION_ARGS)
{
	Estimate	est;

	if (!estimate_profile(fcinfo, &est))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_of_log(shrunk_log(&est)) / rate_of_log(est.expected));
}

/* Logarithms that are nearer than this are equal but for rounding. */
#define EQUAL_LOGS			(1.0 / FIXED_LOG_ONE)

/* The percentile where nothing varies: a profile is below, at or above all. */
static double
certain_percentile(double above)
{
	if (fabs(above) <= EQUAL_LOGS)
		return 0.5;
	return above > 0 ? 1 : 0;
}

/*
 * rate_percentile(engagement_benchmark, engagement_summary, followers bigint) -> float8
 *		The probability that the profile's typical rate is above that of a random
 *		profile of its size.
 *
 * The random profile's is N(0, T) around the expected rate and the profile's
 * own its posterior, so their difference is normal too.  One half without posts,
 * or if luck explains all.  In a cohort where neither posts nor profiles differ,
 * any difference is certain: 0 or 1.
 */
Datum
engagement_benchmark_rate_percentile(PG_FUNCTION_ARGS)
{
	Estimate	est;
	double		variance;

	if (!estimate_profile(fcinfo, &est))
		PG_RETURN_NULL();
	variance = est.fit.between * (2 - est.weight);
	if (variance <= 0)
		PG_RETURN_FLOAT8(certain_percentile(est.weight * est.above));
	PG_RETURN_FLOAT8(0.5 * erfc(-est.weight * est.above / sqrt(2 * variance)));
}

/*
 * rate_z(engagement_benchmark, engagement_summary, followers bigint) -> float8
 *		(y - (a + b x)) / sqrt(T + S / n + the variance of a + b x).
 *
 * How many standard deviations the posts are off what is expected of a profile
 * of this size with this many posts: far below 0 for bought followers, far
 * above for bought likes.  NULL also without posts, or if nothing varies.
 */
Datum
engagement_benchmark_rate_z(PG_FUNCTION_ARGS)
{
	Estimate	est;
	double		variance;

	if (!estimate_profile(fcinfo, &est) || !est.has_posts)
		PG_RETURN_NULL();
	variance = est.fit.between + est.luck + est.expected_variance;
	if (variance <= 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(est.above / sqrt(variance));
}

/*
 * Figures by the names of their functions, with the typical rate and the
 * typical followers that the line goes through; null for what is not known.
 */
static void
write_figures(StringInfo buf, const void *sums)
{
	const EngagementBenchmark *b = sums;
	Fit			fit;
	bool		known = fit_benchmark(b, &fit);

	appendStringInfo(buf, "\"profiles\": " UINT64_FORMAT, b->profiles);
	sums_json_number(buf, "typical_followers", known, rint(exp(fit.size)));
	sums_json_number(buf, "typical_rate", known, exp(fit.rate));
	sums_json_number(buf, "slope", known, fit.slope);
	sums_json_number(buf, "between_stddev", fit.has_between, sqrt(fit.between));
	sums_json_number(buf, "within_stddev", fit.has_within, sqrt(fit.within));
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
