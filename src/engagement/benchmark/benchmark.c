/*-------------------------------------------------------------------------
 *
 * benchmark.c
 *		The type engagement_benchmark: exact sums over the profiles of a
 *		cohort.
 *
 * What each profile adds is rounded once, to a fixed point, and the rest is
 * integers.  So the benchmark of the same profiles has the same bytes, in
 * whatever order and pieces they were added.  What the sums say is worked out
 * when they are read: see benchmark_model.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/compat.h"
#include "base/count.h"
#include "base/fixed_log.h"
#include "engagement/benchmark/benchmark.h"
#include "engagement/benchmark/poisson_log.h"

#define PIECE(member)		SUM_PIECE(EngagementBenchmark, member)
#define ONE_LIMB(name, member)	{name, 1, {PIECE(member)}}
#define TWO_LIMBS(name, member)	{name, 2, {PIECE(member[0]), PIECE(member[1])}}

/* The sums of a class; their names end in its number. */
#define CLASS_SUMS(n) \
	ONE_LIMB("profiles_" #n, class[n].profiles), \
	ONE_LIMB("zeros_" #n, class[n].zeros), \
	ONE_LIMB("weight_" #n, class[n].weight), \
	ONE_LIMB("squares_" #n, class[n].squares), \
	ONE_LIMB("square_posts_" #n, class[n].square_posts), \
	TWO_LIMBS("exposures_" #n, class[n].exposures), \
	TWO_LIMBS("sizes_" #n, class[n].sizes), \
	ONE_LIMB("active_" #n, class[n].active), \
	ONE_LIMB("posts_" #n, class[n].posts), \
	ONE_LIMB("hits_" #n, class[n].hits), \
	ONE_LIMB("active_weight_" #n, class[n].active_weight), \
	ONE_LIMB("active_squares_" #n, class[n].active_squares), \
	ONE_LIMB("active_square_posts_" #n, class[n].active_square_posts), \
	ONE_LIMB("active_posts_" #n, class[n].active_posts), \
	TWO_LIMBS("hit_rates_" #n, class[n].hit_rates), \
	TWO_LIMBS("x_" #n, class[n].x), \
	TWO_LIMBS("y_" #n, class[n].y), \
	TWO_LIMBS("xx_" #n, class[n].xx), \
	TWO_LIMBS("xy_" #n, class[n].xy), \
	TWO_LIMBS("yy_" #n, class[n].yy), \
	TWO_LIMBS("within_" #n, class[n].within), \
	ONE_LIMB("ratio_weight_" #n, class[n].ratio_weight), \
	ONE_LIMB("ratio_posts_" #n, class[n].ratio_posts), \
	ONE_LIMB("excess_" #n, class[n].excess), \
	ONE_LIMB("ratios_" #n, class[n].ratios), \
	TWO_LIMBS("ratio_y_" #n, class[n].ratio_y), \
	TWO_LIMBS("ratio_rates_" #n, class[n].ratio_rates)

/* The sums, in the order of the text form. */
static const SumField benchmark_fields[] = {
	ONE_LIMB("profiles", profiles),
	ONE_LIMB("assumed", assumed),
	ONE_LIMB("assumed_within", assumed_within),
	ONE_LIMB("spread_weight", spread.weight),
	ONE_LIMB("spread_deviations", spread.deviations),
	ONE_LIMB("spread_variances", spread.variances),
	ONE_LIMB("average_profiles", averages.profiles),
	ONE_LIMB("average_weight", averages.weight),
	ONE_LIMB("average_squares", averages.squares),
	ONE_LIMB("average_square_posts", averages.square_posts),
	ONE_LIMB("average_inverse", averages.inverse),
	ONE_LIMB("average_inverse_squares", averages.inverse_squares),
	ONE_LIMB("average_counts", averages.counts),
	TWO_LIMBS("average_x", averages.x),
	TWO_LIMBS("average_y", averages.y),
	TWO_LIMBS("average_xx", averages.xx),
	TWO_LIMBS("average_xy", averages.xy),
	TWO_LIMBS("average_yy", averages.yy),
	TWO_LIMBS("average_inverse_x", averages.inverse_x),
	TWO_LIMBS("average_inverse_y", averages.inverse_y),
	CLASS_SUMS(0), CLASS_SUMS(1), CLASS_SUMS(2), CLASS_SUMS(3),
	CLASS_SUMS(4), CLASS_SUMS(5), CLASS_SUMS(6), CLASS_SUMS(7)
};

static const char *benchmark_problem(const void *sums);

StaticAssertDecl(sizeof(EngagementBenchmark) == 2656,
				 "the type's INTERNALLENGTH");
StaticAssertDecl(BENCHMARK_CLASSES == 8, "the classes in benchmark_fields");

static const SumType benchmark_type = {
	.name = "engagement_benchmark",
	.size = sizeof(EngagementBenchmark),
	.reserved = 7,
	.fields = benchmark_fields,
	.nfields = lengthof(benchmark_fields),
	.problem = benchmark_problem
};

/*
 * Can sums of logarithms and their squares be those of numbers with a weight?
 */
static bool
can_be_logs(uint64 weight, const uint64 *sum, const uint64 *squares,
			uint64 low, uint64 high)
{
	uint64		spread[4];

	return sums_mean_within(sum, weight, low, high) &&
		(squares == NULL || sums_spread(spread, weight, sum, squares, 2));
}

/* The same for x and y of profiles. */
static bool
can_be_log_pairs(uint64 weight, const uint64 *x, const uint64 *xx,
				 const uint64 *y,
				 const uint64 *yy)
{
	return can_be_logs(weight, x, xx, LOG_RATE(0),
					   LOG_RATE(MAX_LOG_FOLLOWERS)) &&
		can_be_logs(weight, y, yy, LOG_RATE(MIN_LOG_RATE),
					LOG_RATE(MAX_LOG_RATE));
}

/* Is n a sum of weights of so many profiles? */
static bool
is_weight(uint64 weight, uint64 profiles)
{
	return weight >= profiles * (BENCHMARK_WEIGHT_ONE / (1 + WEIGHT_POSTS)) &&
		weight / BENCHMARK_WEIGHT_ONE <= profiles;
}

/* Can sums be those of ratios from 1 to the largest, of active profiles? */
static bool
can_be_ratios(const BenchmarkClass *c)
{
	uint64		least = c->ratios / (uint64) QUOTIENT_ONE;
	uint64		weight = c->ratio_weight;
	const uint64 low = LOG_RATE(MIN_LOG_RATE);
	const uint64 high = LOG_RATE(MAX_LOG_RATE);

	return weight <= c->active_weight && least >= weight &&
		least / MOST_RATIO <= weight &&
		c->ratio_posts / (uint64) QUOTIENT_ONE <= weight / 2 &&
		(double) c->excess / QUOTIENT_ONE <=
		MOST_LOG_RATIO * (double) weight &&
		can_be_logs(weight, c->ratio_y, NULL, low, high) &&
		can_be_logs(c->ratios, c->ratio_rates, NULL, low, high);
}

/* Why sums can't be those of the active profiles of a class. */
static const char *
active_problem(const BenchmarkClass *c)
{
	static const BenchmarkClass none = {0};

	if (c->active == 0)
		return memcmp(&c->active, &none.active,
					  sizeof(none) - offsetof(BenchmarkClass, active)) == 0 ?
			NULL :
			"Sums over no active profiles are not 0.";
	if (c->active > c->profiles || c->posts < c->active ||
		!is_weight(c->active_weight, c->active) ||
		c->hits / (uint64) QUOTIENT_ONE > c->weight)
		return "The counts do not fit each other.";
	if (!can_be_log_pairs(c->active_weight, c->x, c->xx, c->y, c->yy))
		return "The sums are not those of logarithms.";
	if (!can_be_ratios(c))
		return "The sums are not those of mean rates over typical ones.";
	if (c->posts == c->active && !wide_is_zero(c->within, 2))
		return "There are deviations within profiles, but no posts for them.";
	return NULL;
}

/* Why sums can't be those of a class; NULL if they can. */
static const char *
class_problem(const BenchmarkClass *c)
{
	static const BenchmarkClass none = {0};

	if (c->profiles == 0)
		return memcmp(c, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no profiles are not 0.";
	if (!is_weight(c->weight, c->profiles))
		return "The weights do not fit the profiles.";
	if (!can_be_logs(c->weight, c->sizes, NULL, LOG_RATE(0),
					 LOG_RATE(MAX_LOG_FOLLOWERS)) ||
		!can_be_logs(c->weight, c->exposures, NULL, LOG_RATE(0),
					 LOG_RATE(MAX_LOG_FOLLOWERS)))
		return "The sums are not those of logarithms.";
	return active_problem(c);
}

/* The same for profiles that are known by averages. */
static const char *
averages_problem(const BenchmarkAverages *a)
{
	static const BenchmarkAverages none = {0};

	if (a->profiles == 0)
		return memcmp(a, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no averages are not 0.";
	if (!is_weight(a->weight, a->profiles) ||
		!can_be_log_pairs(a->weight, a->x, a->xx, a->y, a->yy))
		return "The sums are not those of averages.";
	return NULL;
}

/* Why sums can't be those of profiles; NULL if they can. */
static const char *
benchmark_problem(const void *sums)
{
	const EngagementBenchmark *b = sums;
	const char *problem = averages_problem(&b->averages);
	uint64		profiles = b->averages.profiles;

	for (int i = 0; i < BENCHMARK_CLASSES && problem == NULL; i++)
	{
		problem = class_problem(&b->class[i]);
		profiles += b->class[i].profiles;
	}
	if (problem == NULL && profiles != b->profiles)
		problem = "The profiles are not those of the classes.";
	if (problem == NULL && b->assumed == 0 && b->assumed_within != 0)
		problem = "There is an assumed deviation that nobody assumed.";
	return problem;
}

/* The integer next to a number that is not negative. */
static inline uint64
rounded(double x)
{
	return (uint64) (int64) (x + 0.5);
}

/* The weight of a profile with n posts. */
static inline uint64
profile_weight(uint64 n)
{
	return (BENCHMARK_WEIGHT_ONE * n + (n + WEIGHT_POSTS) / 2) /
		(n + WEIGHT_POSTS);
}

/* x / n in units of 2^-16 */
static inline uint64
quotient(uint64 x, uint64 n)
{
	return rounded((double) x * QUOTIENT_ONE / (double) n);
}

/* sum += a * b * c, where a * b is below 2^64 */
static inline bool
add_cubic(uint64 *sum, uint64 a, uint64 b, uint64 c)
{
	return wide_add_product(sum, a * b, c);
}

/* The class of a mean exposure: each goes over three powers of two. */
static inline int
exposure_class(double exposure)
{
	int			class = (ilogb(exposure) - 3) / 3;

	return Max(0, Min(BENCHMARK_CLASSES - 1, class));
}

/* The parts of a standard deviation that an estimate from n squares is. */
static double
deviation_bias(uint64 n)
{
	static const double bias[] = {
		1, .7978846, .8862269, .9213177, .9399856, .9515329, .9593688,
		.9650305, .9693107
	};

	return n < lengthof(bias) ? bias[n] : 1 - 0.25 / (double) n;
}

/* Has a profile two posts, and plenty of interactions? */
static bool
tells_spread(const EngagementSummary *e, double mean)
{
	uint64		rate = log_rate(engagement_mean_exposure(e));

	return engagement_logged(e) > 1 &&
		mean + (double) rate >=
		(SPREAD_LOG_COUNT + 2 * FIXED_LOG_OFFSET) * LOG_RATE_ONE;
}

/* Add how a profile's posts spread. */
static void
add_spread(BenchmarkSpread *s, const EngagementSummary *e, uint64 weight,
		   double squares)
{
	uint64		spare = engagement_logged(e) - 1;
	double		variance = squares / (double) spare;

	s->weight += weight;
	s->deviations += weight *
		rounded(sqrt(variance) / deviation_bias(spare) * QUOTIENT_ONE);
	s->variances += weight * rounded(variance * QUOTIENT_ONE);
}

/*
 * Add how far the mean rate of a profile's posts with interactions is above
 * their typical one; true if it does not fit.
 */
static bool
add_ratio(BenchmarkClass *c, const EngagementSummary *e, uint64 w,
		  double mean)
{
	double		most = MOST_LOG_RATIO * LOG_RATE_ONE;
	double		excess = (double) log_rate(engagement_logged_rate(e)) - mean;
	uint64		fixed = rounded(Max(0, Min(excess, most)));
	uint64		ratio = w * fixed_exp(fixed);
	uint64		y = rounded(mean);

	c->ratio_weight += w;
	c->ratio_posts += quotient(w, engagement_logged(e));
	c->excess += w * (fixed >> 16);
	c->ratios += ratio;
	return wide_add_product(c->ratio_y, w, y) ||
		wide_add_product(c->ratio_rates, ratio, y) ||
		c->ratios > PG_INT64_MAX;
}

/* Add the part of a profile that has logarithms; true if it does not fit. */
static bool
add_active(BenchmarkClass *c, const EngagementSummary *e, uint64 w, uint64 x,
		   double mean, double squares)
{
	uint64		n1 = engagement_logged(e);
	uint64		y = rounded(mean);
	uint64		hits = quotient(w * n1, engagement_posts(e));
	uint64		within[2];
	bool		overflow;

	wide_from_double(within, squares * LOG_RATE_ONE);
	c->active++;
	c->hits += hits;
	c->active_weight += w;
	c->active_squares += w * w;
	c->active_square_posts += quotient(w * w, n1);
	c->active_posts += quotient(w, n1);
	overflow = wide_add_product(c->hit_rates, hits, y);
	overflow |= wide_add_product(c->x, w, x);
	overflow |= wide_add_product(c->y, w, y);
	overflow |= add_cubic(c->xx, w, x, x);
	overflow |= add_cubic(c->xy, w, x, y);
	overflow |= add_cubic(c->yy, w, y, y);
	return wide_add(c->within, within, 2) || overflow;
}

/* Add a profile whose posts are known. */
static bool
add_posts(EngagementBenchmark *b, const EngagementSummary *e, uint64 x)
{
	double		exposure = engagement_mean_exposure(e);
	BenchmarkClass *c = &b->class[exposure_class(exposure)];
	uint64		n = engagement_posts(e);
	uint64		w = profile_weight(n);
	bool		overflow;

	c->profiles++;
	c->posts += engagement_logged(e);
	c->zeros += e->zero;
	c->weight += w;
	c->squares += w * w;
	c->square_posts += quotient(w * w, n);
	overflow = wide_add_product(c->exposures, w, log_rate(exposure));
	overflow |= wide_add_product(c->sizes, w, x);
	if (engagement_logged(e) > 0)
	{
		double		mean = engagement_mean_fixed_log(e);
		double		squares = engagement_log_squares(e);

		overflow |= add_active(c, e, w, x, mean, squares);
		if (tells_spread(e, mean))
		{
			add_spread(&b->spread, e, w, squares);
			overflow |= add_ratio(c, e, w, mean);
		}
	}
	return overflow || c->posts > PG_INT64_MAX;
}

/* Add a profile of which some posts are known by average only. */
static bool
add_averages(BenchmarkAverages *a, const EngagementSummary *e, uint64 x)
{
	uint64		n = engagement_posts(e);
	uint64		w = profile_weight(n);
	double		interactions = engagement_interactions(e) + HALF_COUNT;
	uint64		y = log_rate(interactions / (double) e->exposure);
	uint64		inverse = quotient(w, n);
	bool		overflow;

	a->profiles++;
	a->weight += w;
	a->squares += w * w;
	a->square_posts += quotient(w * w, n);
	a->inverse += inverse;
	a->inverse_squares += quotient(w, n * n);
	a->counts += rounded((double) w * QUOTIENT_ONE / interactions);
	overflow = wide_add_product(a->x, w, x);
	overflow |= wide_add_product(a->y, w, y);
	overflow |= add_cubic(a->xx, w, x, x);
	overflow |= add_cubic(a->xy, w, x, y);
	overflow |= add_cubic(a->yy, w, y, y);
	overflow |= wide_add_product(a->inverse_x, inverse, x);
	return wide_add_product(a->inverse_y, inverse, y) || overflow;
}

/* Add a profile with posts and followers. */
static void
add_profile(EngagementBenchmark *b, const EngagementSummary *e,
			int64 followers)
{
	uint64		x = log_rate((double) followers);
	bool		overflow = b->profiles++ >= PG_INT64_MAX;

	if (e->average > 0)
		overflow |= add_averages(&b->averages, e, x);
	else
		overflow |= add_posts(b, e, x);
	if (overflow)
		sums_overflow(&benchmark_type);
}

/* Is it a profile of a cohort, with posts and followers? */
static bool
is_profile(const EngagementSummary *e, int64 followers)
{
	count_check(followers, "followers");
	return e != NULL && engagement_posts(e) > 0 && followers > 0;
}

/* Arguments of an aggregate, a profile; false if it is none. */
static bool
read_profile(FunctionCallInfo fcinfo, const EngagementSummary **e,
			 int64 *followers)
{
	*e = PG_ARGISNULL(1) ? NULL : PG_GETARG_ENGAGEMENT_SUMMARY(1);
	*followers = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT64(2);
	return is_profile(*e, *followers);
}

PG_FUNCTION_INFO_V1(benchmark_accum);

/*
 * benchmark_accum(engagement_benchmark, engagement_summary, followers bigint)
 *		The benchmark with one profile more.
 *
 * A profile whose summary is NULL or has no usable post, or whose followers
 * are NULL or 0, is left out.  Negative followers are an error, 22023.
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

/* Take a profile away that was added.  Error 22023 if it can't have been. */
static void
remove_profile(void *state, const EngagementSummary *e, int64 followers)
{
	EngagementBenchmark one = {.version = SUMS_VERSION};

	add_profile(&one, e, followers);
	sums_remove(&benchmark_type, state, &one);
}

PG_FUNCTION_INFO_V1(benchmark_accum_inv);

/* benchmark_accum_inv: the inverse, for frames that move */
Datum
benchmark_accum_inv(PG_FUNCTION_ARGS)
{
	Sums	   *state = sums_state(fcinfo, &benchmark_type);
	const EngagementSummary *e;
	int64		followers;

	if (read_profile(fcinfo, &e, &followers))
		remove_profile(state, e, followers);
	PG_RETURN_POINTER(state);
}

EXACT_SUMS_FUNCTIONS(engagement_benchmark, benchmark_type);
EXACT_SUMS_ADD(engagement_benchmark, benchmark_type);
EXACT_SUMS_SUBTRACT(engagement_benchmark, benchmark_type);

static EngagementBenchmark *
copy_benchmark(const EngagementBenchmark *b)
{
	EngagementBenchmark *copy = palloc(sizeof(EngagementBenchmark));

	memcpy(copy, b, sizeof(EngagementBenchmark));
	return copy;
}

PG_FUNCTION_INFO_V1(benchmark_leave_out);

/*
 * leave_out(engagement_benchmark, engagement_summary, followers bigint)
 *		-> engagement_benchmark
 *
 *		The cohort without one of its profiles, exactly.
 *
 * The cohort itself if the profile is none, without posts or followers.  Error
 * 22023 if the cohort can't contain it, and for negative followers.
 */
Datum
benchmark_leave_out(PG_FUNCTION_ARGS)
{
	EngagementBenchmark *b = copy_benchmark(PG_GETARG_BENCHMARK(0));
	const EngagementSummary *e = PG_GETARG_ENGAGEMENT_SUMMARY(1);
	int64		followers = PG_GETARG_INT64(2);

	if (is_profile(e, followers))
		remove_profile(b, e, followers);
	PG_RETURN_POINTER(b);
}

/* No posts differ more: e^10 is a factor of 22,000. */
#define MOST_ASSUMED		10

PG_FUNCTION_INFO_V1(benchmark_assume_within);

/*
 * assume_within(engagement_benchmark, stddev float8) -> engagement_benchmark
 *		The cohort with a within_stddev that is known from elsewhere.
 *
 * Error 22023 if it is not between 0 and 10.
 */
Datum
benchmark_assume_within(PG_FUNCTION_ARGS)
{
	EngagementBenchmark *b = copy_benchmark(PG_GETARG_BENCHMARK(0));
	double		deviation = PG_GETARG_FLOAT8(1);

	if (!(deviation >= 0 && deviation <= MOST_ASSUMED))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("standard deviation of log rates must be between 0 and %d: %g",
						MOST_ASSUMED, deviation),
				 errhint("within_stddev() of a cohort whose posts are known tells it; 0.9 is usual.")));
	b->assumed = 1;
	b->assumed_within = rounded(deviation * deviation * LOG_RATE_ONE);
	PG_RETURN_POINTER(b);
}

PG_FUNCTION_INFO_V1(engagement_benchmark_profiles);

/* profiles(engagement_benchmark) -> bigint: with posts and followers */
Datum
engagement_benchmark_profiles(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_BENCHMARK(0)->profiles);
}
