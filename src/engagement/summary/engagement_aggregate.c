/*-------------------------------------------------------------------------
 *
 * engagement_aggregate.c
 *		Posts are added to a summary and taken off it: engagement(), and its
 *		frames that move.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/count.h"
#include "engagement/summary/engagement_sums.h"

/* One post: its counts, 0 where they are unknown, and what they are worth. */
typedef struct Post
{
	enum
	{
		NO_POST,				/* all is unknown: an outer join's row */
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
	int			width = sums_get(&engagement_summary_type, s, field, sum);

	return wide_add_limb(sum, width, x) ||
		!sums_set(&engagement_summary_type, s, field, sum);
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
add_times(EngagementSummary *s, int field, const uint64 *x, int limbs,
		  uint64 n)
{
	uint64		sum[SUMS_MAX_LIMBS];
	uint64		part[SUMS_MAX_LIMBS + 2] = {0};
	int			width = sums_get(&engagement_summary_type, s, field, sum);

	wide_mul(part, x, limbs, &n, 1);
	return !wide_is_zero(part + width, SUMS_MAX_LIMBS + 2 - width) ||
		wide_add(sum, part, width) ||
		!sums_set(&engagement_summary_type, s, field, sum);
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
void
engagement_add_hidden(EngagementSummary *s, uint32 n, uint64 likes,
					  uint64 comments,
					  uint64 exposure)
{
	bool		overflow = add_count(&s->hidden, n);

	if (exposure <= (uint64) n * MAX_EXPOSURE)
		overflow |= add_wide(s, SUM_HIDDEN_EXPOSURE, exposure);
	if (likes <= (uint64) n * MAX_COUNT)
		overflow |= add_short(&s->hidden_likes, &s->hidden_likes_high, likes);
	if (comments <= (uint64) n * MAX_COUNT)
		overflow |= add_short(&s->hidden_comments, &s->hidden_comments_high,
							  comments);
	if (overflow)
		sums_overflow(&engagement_summary_type);
}

/* Can posts have these figures, on average? */
static inline bool
can_be_posts(double interactions, double exposure, double n)
{
	return interactions <= exposure * MAX_RATE &&
		interactions <= n * MAX_COUNT && exposure <= n * MAX_EXPOSURE;
}

/* Add posts that are known by their average, to a summary that is empty. */
void
engagement_add_average(EngagementSummary *s, uint32 n, const uint64 *totals,
					   uint64 exposure)
{
	double		interactions = (double) totals[0] + (double) totals[1] +
		(double) totals[2] + (double) totals[3];
	bool		overflow;

	if (!can_be_posts(interactions, (double) exposure, n))
	{
		engagement_add_hidden(s, n, totals[0], totals[1], exposure);
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
		sums_overflow(&engagement_summary_type);
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
			engagement_add_hidden(s, 1, post->likes, post->comments,
								  post->exposure);
		return;
	}
	overflow = count_posts(s, 1);
	overflow |= add_limb(s, SUM_EXPOSURE, &s->exposure, post->exposure);
	overflow |= add_limb(s, SUM_LIKES, &s->likes, post->likes);
	overflow |= add_limb(s, SUM_COMMENTS, &s->comments, post->comments);
	if (likely(interactions > 0))
	{
		overflow |= add_rates(s, interactions / exposure, 1);
		overflow |= add_log(s, (interactions + HALF_COUNT) / exposure);
	}
	else
		overflow |= add_count(&s->zero, 1);
	if ((post->shares | post->saves) != 0)
	{
		overflow |= add_short(&s->shares, &s->shares_high, post->shares);
		overflow |= add_short(&s->saves, &s->saves_high, post->saves);
	}
	if (unlikely(overflow))
		sums_overflow(&engagement_summary_type);
}

/* Take a post away that was added.  Error 22023 if it can't have been. */
static void
remove_post(EngagementSummary *s, const Post *post)
{
	EngagementSummary one = {.version = SUMS_VERSION};

	add_post(&one, post);
	sums_remove(&engagement_summary_type, s, &one);
}

/*
 * engagement_accum(engagement_summary, likes, comments, exposure [, shares,
 * saves])
 *		The summary with one post more; counts are bigint or integer.
 *
 * All of them NULL is no post.  NULL likes, comments or exposure, or an
 * exposure of 0, make a hidden post, and so do absurd figures; NULL shares or
 * saves count 0.  A negative count is an error, 22023; a sum past its range is
 * 22003.  The inverse, for frames that move, takes a post away.
 */
#define ENGAGEMENT_ACCUM(name, read, integers) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	EngagementSummary *state = \
		(EngagementSummary *) sums_state(fcinfo, &engagement_summary_type); \
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
		(EngagementSummary *) sums_state(fcinfo, &engagement_summary_type); \
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
