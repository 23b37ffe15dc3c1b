/*-------------------------------------------------------------------------
 *
 * engagement_summary.c
 *		The type engagement_summary: exact sums over posts.
 *
 * A post has a rate, its interactions divided by its exposure.  Exposure is
 * the caller's choice, followers when it was published, reach or views.  A
 * post whose likes, comments or exposure are unknown, or whose exposure is 0,
 * has none and is hidden.  So is one whose figures are absurd, above MAX_RATE,
 * MAX_COUNT or MAX_EXPOSURE: one such row must neither end a report nor drown
 * it.
 *
 * Everything is a sum of integers, so that summaries of the same posts have
 * the same bytes, in whatever order and pieces they were added.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "lib/stringinfo.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/fixed_log.h"
#include "engagement/engagement_summary.h"

/* The sums, in the order of the text form. */
enum
{
	SUM_POSTS, SUM_ZERO, SUM_AVERAGE, SUM_HIDDEN, SUM_EXPOSURE, SUM_LIKES,
	SUM_COMMENTS, SUM_SHARES, SUM_SAVES, SUM_HIDDEN_EXPOSURE, SUM_HIDDEN_LIKES,
	SUM_HIDDEN_COMMENTS, SUM_RATES, SUM_RATE_SQUARES, SUM_LOGS, SUM_LOG_SQUARES
};

#define PIECE(member)		SUM_PIECE(EngagementSummary, member)
#define LOW_HIGH(member)	{PIECE(member), PIECE(member##_high)}

/* A count up to 2^64 has two limbs here, since one is a bigint. */
static const SumField engagement_fields[] = {
	[SUM_POSTS] = {"posts", 1, LOW_HIGH(posts)},
	[SUM_ZERO] = {"zero_posts", 1, {PIECE(zero)}},
	[SUM_AVERAGE] = {"average_posts", 1, {PIECE(average)}},
	[SUM_HIDDEN] = {"hidden_posts", 1, {PIECE(hidden)}},
	[SUM_EXPOSURE] = {"exposure", 2, {PIECE(exposure)}},
	[SUM_LIKES] = {"likes", 2, {PIECE(likes)}},
	[SUM_COMMENTS] = {"comments", 2, {PIECE(comments)}},
	[SUM_SHARES] = {"shares", 1, LOW_HIGH(shares)},
	[SUM_SAVES] = {"saves", 1, LOW_HIGH(saves)},
	[SUM_HIDDEN_EXPOSURE] = {"hidden_exposure", 1,
	{PIECE(hidden_exposure), PIECE(hidden_exposure_middle), PIECE(hidden_exposure_high)}},
	[SUM_HIDDEN_LIKES] = {"hidden_likes", 1, LOW_HIGH(hidden_likes)},
	[SUM_HIDDEN_COMMENTS] = {"hidden_comments", 1, LOW_HIGH(hidden_comments)},
	[SUM_RATES] = {"rates", 2, LOW_HIGH(rates)},
	[SUM_RATE_SQUARES] = {"rate_squares", 3,
	{PIECE(rate_squares[0]), PIECE(rate_squares[1]), PIECE(rate_squares_high)}},
	[SUM_LOGS] = {"logs", 2, LOW_HIGH(logs)},
	[SUM_LOG_SQUARES] = {"log_squares", 2,
	{PIECE(log_squares), PIECE(log_squares_middle), PIECE(log_squares_high)}}
};

static const char *engagement_problem(const void *sums);

StaticAssertDecl(sizeof(EngagementSummary) == 128, "the type's INTERNALLENGTH");

static const SumType engagement_type = {
	.name = "engagement_summary",
	.size = sizeof(EngagementSummary),
	.reserved = 0,
	.fields = engagement_fields,
	.nfields = lengthof(engagement_fields),
	.problem = engagement_problem
};

/* n^2 times the variance of n rates or logarithms; false if it is negative. */
static bool
find_spread(const EngagementSummary *s, uint64 n, int sums, int squares,
			uint64 *spread)
{
	uint64		sum[2];
	uint64		square[3];
	int			limbs;

	sums_get(&engagement_type, s, sums, sum);
	limbs = sums_get(&engagement_type, s, squares, square);
	return sums_spread(spread, n, sum, square, limbs);
}

/* Can n rates or logarithms have these sums? */
static bool
can_be(const EngagementSummary *s, uint64 n, int sums, int squares)
{
	uint64		sum[2];
	uint64		square[3];
	uint64		spread[4];
	int			limbs;

	sums_get(&engagement_type, s, sums, sum);
	limbs = sums_get(&engagement_type, s, squares, square);
	if (n == 0)
		return wide_is_zero(sum, 2) && wide_is_zero(square, limbs);
	return sums_spread(spread, n, sum, square, limbs) &&
		(n > 1 || wide_is_zero(spread, 4));
}

/* A sum as a double. */
static double
sum_value(const EngagementSummary *s, int field)
{
	uint64		sum[SUMS_MAX_LIMBS];
	int			limbs = sums_get(&engagement_type, s, field, sum);

	return wide_to_double(sum, limbs);
}

/* Sums over no usable posts are those of the hidden ones. */
static bool
only_hidden(const EngagementSummary *s)
{
	EngagementSummary none = {.version = s->version,.hidden = s->hidden};

	none.hidden_exposure = s->hidden_exposure;
	none.hidden_exposure_middle = s->hidden_exposure_middle;
	none.hidden_exposure_high = s->hidden_exposure_high;
	none.hidden_likes = s->hidden_likes;
	none.hidden_likes_high = s->hidden_likes_high;
	none.hidden_comments = s->hidden_comments;
	none.hidden_comments_high = s->hidden_comments_high;
	return memcmp(s, &none, sizeof(none)) == 0;
}

/* Why sums can't be those of posts; NULL if they can. */
static const char *
engagement_problem(const void *sums)
{
	const EngagementSummary *s = sums;
	uint64		logs[2];

	if (s->hidden == 0 &&
		(s->hidden_exposure | s->hidden_exposure_middle | s->hidden_exposure_high |
		 s->hidden_likes | s->hidden_likes_high |
		 s->hidden_comments | s->hidden_comments_high) != 0)
		return "Sums over no hidden posts are not 0.";
	if (engagement_posts(s) == 0)
		return only_hidden(s) ? NULL : "Sums over no posts are not 0.";
	if ((uint64) s->zero + s->average > engagement_posts(s))
		return "There are more posts of a kind than posts.";
	if (s->exposure < engagement_posts(s))
		return "The exposure is less than 1 per post.";
	sums_get(&engagement_type, s, SUM_LOGS, logs);
	if (!sums_mean_within(logs, engagement_logged(s), LOG_RATE(MIN_LOG_RATE),
						  LOG_RATE(MAX_LOG_RATE)))
		return "The logarithms are not those of rates.";
	if (!can_be(s, engagement_posts(s), SUM_RATES, SUM_RATE_SQUARES) ||
		!can_be(s, engagement_logged(s), SUM_LOGS, SUM_LOG_SQUARES))
		return "The sums of squares do not fit the sums.";
	return NULL;
}

/* One post: its counts, 0 where they are unknown, and what they are worth. */
typedef struct Post
{
	enum
	{
		NO_POST,				/* everything is unknown: an outer join's row */
		HIDDEN_POST,
		USABLE_POST
	}			kind;
	int64		likes;
	int64		comments;
	int64		shares;
	int64		saves;
	int64		exposure;
} Post;

/* Refuse negative counts; what is unknown is 0 here. */
static inline void
check_post(const Post *post)
{
	if (likely((post->likes | post->comments | post->shares | post->saves |
				post->exposure) >= 0))
		return;
	count_check(post->likes, "likes");
	count_check(post->comments, "comments");
	count_check(post->shares, "shares");
	count_check(post->saves, "saves");
	count_check(post->exposure, "exposure");
}

/* A count of a post, bigint or integer; 0 where it is unknown. */
static inline int64
read_count(FunctionCallInfo fcinfo, int n, bool integers)
{
	if (PG_ARGISNULL(n))
		return 0;
	return integers ? PG_GETARG_INT32(n) : PG_GETARG_INT64(n);
}

/* The counts from the second argument on: likes, comments, exposure. */
static inline Post
read_post(FunctionCallInfo fcinfo, bool integers)
{
	int			unknown = PG_ARGISNULL(1) + PG_ARGISNULL(2) + PG_ARGISNULL(3);
	Post		post = {0};

	post.likes = read_count(fcinfo, 1, integers);
	post.comments = read_count(fcinfo, 2, integers);
	post.exposure = read_count(fcinfo, 3, integers);
	check_post(&post);
	post.kind = unknown == 3 ? NO_POST :
		unknown > 0 || post.exposure == 0 ? HIDDEN_POST : USABLE_POST;
	return post;
}

/* The same, with shares and saves. */
static inline Post
read_post_all(FunctionCallInfo fcinfo, bool integers)
{
	Post		post = read_post(fcinfo, integers);

	post.shares = read_count(fcinfo, 4, integers);
	post.saves = read_count(fcinfo, 5, integers);
	check_post(&post);
	if (post.kind == NO_POST && !(PG_ARGISNULL(4) && PG_ARGISNULL(5)))
		post.kind = HIDDEN_POST;
	return post;
}

/* Add to a sum whatever it takes; true if it does not fit.  Rarely needed. */
static pg_noinline bool
add_wide(EngagementSummary *s, int field, uint64 x)
{
	uint64		sum[SUMS_MAX_LIMBS];
	int			width = sums_get(&engagement_type, s, field, sum);

	return wide_add_limb(sum, width, x) ||
		!sums_set(&engagement_type, s, field, sum);
}

/* Add to a sum whose lowest limb is *low; true if it does not fit. */
static inline bool
add_limb(EngagementSummary *s, int field, uint64 *low, uint64 x)
{
	if (unlikely(*low + x < x))
		return add_wide(s, field, x);
	*low += x;
	return false;
}

/* Add an integer of some limbs, n times. */
static pg_noinline bool
add_times(EngagementSummary *s, int field, const uint64 *x, int limbs, uint64 n)
{
	uint64		sum[SUMS_MAX_LIMBS];
	uint64		part[SUMS_MAX_LIMBS + 2] = {0};
	int			width = sums_get(&engagement_type, s, field, sum);

	wide_mul(part, x, limbs, &n, 1);
	return !wide_is_zero(part + width, SUMS_MAX_LIMBS + 2 - width) ||
		wide_add(sum, part, width) ||
		!sums_set(&engagement_type, s, field, sum);
}

/* Add a rate and its square, n times. */
static inline bool
add_rates(EngagementSummary *s, double rate, uint64 n)
{
	uint64		fixed[2];
	uint64		square[4];

	wide_from_double(fixed, rate * RATE_ONE);
	if (likely(fixed[1] == 0 && n == 1))
		return (wide_add_product(s->rate_squares, fixed[0], fixed[0]) &&
				++s->rate_squares_high == 0) ||
			add_limb(s, SUM_RATES, &s->rates, fixed[0]);
	wide_mul(square, fixed, 2, fixed, 2);
	return add_times(s, SUM_RATES, fixed, 2, n) ||
		add_times(s, SUM_RATE_SQUARES, square, 4, n);
}

/* Add the logarithm of a rate and its square. */
static inline bool
add_log(EngagementSummary *s, double rate)
{
	uint64		fixed = log_rate(rate);
	uint64		squares[2];

	squares[0] = s->log_squares;
	squares[1] = (uint64) s->log_squares_high << 32 | s->log_squares_middle;
	wide_add_product(squares, fixed, fixed);
	s->log_squares = squares[0];
	s->log_squares_middle = (uint32) squares[1];
	s->log_squares_high = (uint16) (squares[1] >> 32);
	return squares[1] >> 48 != 0 || add_limb(s, SUM_LOGS, &s->logs, fixed);
}

/* Count usable posts; true if that does not fit. */
static inline bool
count_posts(EngagementSummary *s, uint32 n)
{
	s->posts += n;
	return unlikely(s->posts < n) && ++s->posts_high == 0;
}

/* Add to a count of 32 bits; true if that does not fit. */
static inline bool
add_count(uint32 *count, uint32 n)
{
	*count += n;
	return *count < n;
}

/* Add to a sum of 48 bits; true if it does not fit. */
static inline bool
add_short(uint32 *low, uint16 *high, uint64 x)
{
	uint64		sum = ((uint64) *high << 32 | *low) + x;

	*low = (uint32) sum;
	*high = (uint16) (sum >> 32);
	return sum >> 48 != 0;
}

/* Add hidden posts, and what is known of them, if it can be. */
static void
add_hidden(EngagementSummary *s, uint32 n, uint64 likes, uint64 comments,
		   uint64 exposure)
{
	bool		overflow = add_count(&s->hidden, n);

	if (exposure <= (uint64) n * MAX_EXPOSURE)
		overflow |= add_wide(s, SUM_HIDDEN_EXPOSURE, exposure);
	if (likes <= (uint64) n * MAX_COUNT)
		overflow |= add_short(&s->hidden_likes, &s->hidden_likes_high, likes);
	if (comments <= (uint64) n * MAX_COUNT)
		overflow |= add_short(&s->hidden_comments, &s->hidden_comments_high, comments);
	if (overflow)
		sums_overflow(&engagement_type);
}

/* Can posts have these figures, on average? */
static inline bool
can_be_posts(double interactions, double exposure, double n)
{
	return interactions <= exposure * MAX_RATE &&
		interactions <= n * MAX_COUNT && exposure <= n * MAX_EXPOSURE;
}

/* Add a post.  Error 22003 if that can't be held exactly. */
static inline void
add_post(EngagementSummary *s, const Post *post)
{
	double		interactions = (double) post->likes + (double) post->comments +
		(double) post->shares + (double) post->saves;
	double		exposure = (double) post->exposure;
	bool		overflow;

	if (unlikely(post->kind != USABLE_POST ||
				 !can_be_posts(interactions, exposure, 1)))
	{
		if (post->kind != NO_POST)
			add_hidden(s, 1, post->likes, post->comments, post->exposure);
		return;
	}
	overflow = count_posts(s, 1);
	overflow |= add_limb(s, SUM_EXPOSURE, &s->exposure, post->exposure);
	overflow |= add_limb(s, SUM_LIKES, &s->likes, post->likes);
	overflow |= add_limb(s, SUM_COMMENTS, &s->comments, post->comments);
	if (likely(interactions > 0))
	{
		overflow |= add_rates(s, interactions / exposure, 1);
		overflow |= add_log(s, (interactions + 0.5) / exposure);
	}
	else
		overflow |= add_count(&s->zero, 1);
	if ((post->shares | post->saves) != 0)
	{
		overflow |= add_short(&s->shares, &s->shares_high, post->shares);
		overflow |= add_short(&s->saves, &s->saves_high, post->saves);
	}
	if (unlikely(overflow))
		sums_overflow(&engagement_type);
}

/* Take a post away that was added.  Error 22023 if it can't have been. */
static void
remove_post(EngagementSummary *s, const Post *post)
{
	EngagementSummary one = {.version = SUMS_VERSION};

	add_post(&one, post);
	sums_remove(&engagement_type, s, &one);
}

/*
 * engagement_accum(engagement_summary, likes, comments, exposure [, shares,
 * saves])
 *		The summary with one post more; counts are bigint or integer.
 *
 * All of them NULL is no post.  NULL likes, comments or exposure, or an exposure
 * of 0, make a hidden post, and so do absurd figures; NULL shares or
 * saves count 0.  A negative count is an error, 22023; a sum past its range is
 * 22003.  The inverse, for frames that move, takes a post away.
 */
#define ENGAGEMENT_ACCUM(name, read, integers) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	EngagementSummary *state = \
		(EngagementSummary *) sums_state(fcinfo, &engagement_type); \
	Post		post = read(fcinfo, integers); \
\
	add_post(state, &post); \
	PG_RETURN_POINTER(state); \
} \
\
PG_FUNCTION_INFO_V1(name##_inv); \
Datum \
name##_inv(PG_FUNCTION_ARGS) \
{ \
	EngagementSummary *state = \
		(EngagementSummary *) sums_state(fcinfo, &engagement_type); \
	Post		post = read(fcinfo, integers); \
\
	remove_post(state, &post); \
	PG_RETURN_POINTER(state); \
} \
extern int	no_such_variable

ENGAGEMENT_ACCUM(engagement_accum, read_post, false);
ENGAGEMENT_ACCUM(engagement_accum_all, read_post_all, false);
ENGAGEMENT_ACCUM(engagement_accum_integer, read_post, true);
ENGAGEMENT_ACCUM(engagement_accum_all_integer, read_post_all, true);

/* A sum of posts from their average.  Error 22023 if it can be none. */
static uint64
average_total(FunctionCallInfo fcinfo, int n, int32 posts, const char *what)
{
	double		average;
	double		total;

	if (PG_ARGISNULL(n))
		return 0;
	average = PG_GETARG_FLOAT8(n);
	if (!(average >= 0) || isinf(average))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("average %s must be a finite number, 0 or more: %g",
						what, average),
				 errhint("Store an unknown average as NULL.")));
	total = rint(average * posts);
	if (total >= 9223372036854775808.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of %d posts are out of range for type bigint",
						what, posts)));
	return (uint64) total;
}

/* Add posts that are known by their average. */
static void
add_average(EngagementSummary *s, uint32 n, const uint64 *totals, uint64 exposure)
{
	double		interactions = (double) totals[0] + (double) totals[1] +
		(double) totals[2] + (double) totals[3];
	bool		overflow;

	if (!can_be_posts(interactions, (double) exposure, n))
	{
		add_hidden(s, n, totals[0], totals[1], exposure);
		return;
	}
	overflow = count_posts(s, n) | add_count(&s->average, n);
	s->exposure = exposure;
	s->likes = totals[0];
	s->comments = totals[1];
	overflow |= add_short(&s->shares, &s->shares_high, totals[2]);
	overflow |= add_short(&s->saves, &s->saves_high, totals[3]);
	overflow |= add_rates(s, interactions / (double) exposure, n);
	if (overflow)
		sums_overflow(&engagement_type);
}

PG_FUNCTION_INFO_V1(engagement_from_averages);

/*
 * engagement_from_averages(posts integer, likes, comments float8, exposure
 * bigint
 *							[, shares, saves float8]) -> engagement_summary
 *		The summary of posts of which only averages are known.
 *
 * Their sums are rounded to whole numbers.  The spread of such posts is not
 * known.  NULL for NULL posts; NULL likes, comments or exposure, or an
 * exposure of 0, make hidden posts, NULL shares or saves count 0.  Less than
 * one post, a negative exposure, and an average that is negative, NaN or
 * infinite are errors, 22023; sums past bigint are 22003.
 */
Datum
engagement_from_averages(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"likes", "comments", "shares", "saves"};
	EngagementSummary *s = palloc0(sizeof(EngagementSummary));
	int32		posts = PG_ARGISNULL(0) ? 1 : PG_GETARG_INT32(0);
	int64		exposure = PG_ARGISNULL(3) ? 0 : PG_GETARG_INT64(3);
	int64		total;
	uint64		totals[4];

	if (posts < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an average needs at least one post: %d", posts),
				 errhint("Leave profiles without posts out, or give NULL.")));
	count_check(exposure, "exposure");
	for (int i = 0; i < 4; i++)
		totals[i] = average_total(fcinfo, i < 2 ? i + 1 : i + 2, posts, names[i]);
	if (pg_mul_s64_overflow(exposure, posts, &total))
		sums_overflow(&engagement_type);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	s->version = SUMS_VERSION;
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || exposure == 0)
		add_hidden(s, posts, totals[0], totals[1], total);
	else
		add_average(s, posts, totals, total);
	PG_RETURN_POINTER(s);
}

EXACT_SUMS_FUNCTIONS(engagement_summary, engagement_type);
EXACT_SUMS_ADD(engagement_summary, engagement_type);
EXACT_SUMS_SUBTRACT(engagement_summary, engagement_type);

/* Add one of a summary's sums to a sum of 3 limbs. */
static void
add_field(const EngagementSummary *s, int field, uint64 *sum)
{
	uint64		part[3] = {0};

	sums_get(&engagement_type, s, field, part);
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
	return sum_value(summary, SUM_RATES) / (double) engagement_posts(summary) / RATE_ONE;
}

/* The sample variance of the posts' rates; two posts at least. */
double
engagement_rate_variance(const EngagementSummary *summary)
{
	double		n = (double) engagement_posts(summary);
	uint64		spread[4];

	find_spread(summary, engagement_posts(summary), SUM_RATES, SUM_RATE_SQUARES, spread);
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

	find_spread(summary, engagement_logged(summary), SUM_LOGS, SUM_LOG_SQUARES, spread);
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
	double		zero = log(0.5 / engagement_mean_exposure(s));

	return (engagement_mean_log(s) * logged + zero * s->zero) / (logged + s->zero);
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
		if (s->zero > 0 && *rate * engagement_mean_exposure(s) <= FEW_INTERACTIONS)
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
json_figure(StringInfo buf, const char *key, const EngagementSummary *s, Figure figure)
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
		int			limbs = sums_get(&engagement_type, s, field, sum);

		appendStringInfo(buf, "\"%s\": ", engagement_fields[field].name);
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
