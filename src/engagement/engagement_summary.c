/*-------------------------------------------------------------------------
 *
 * engagement_summary.c
 *		The type engagement_summary: exact sums over posts.
 *
 * A post has a rate, its interactions divided by its exposure.  Exposure is
 * the caller's choice, followers when it was published, reach or views.  A post
 * whose likes, comments or exposure are unknown, or whose exposure is 0, has
 * none and is counted as hidden only.  So is one whose rate is absurd, above
 * MAX_RATE: one such row must neither end a report nor drown it.
 *
 * Everything is a sum of integers, so that summaries of the same posts have the
 * same bytes, in whatever order and pieces they were added.
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

/* The sums, in the order of the text form. */
enum
{
	SUM_POSTS, SUM_HIDDEN, SUM_EXPOSURE, SUM_LIKES, SUM_COMMENTS, SUM_SHARES,
	SUM_SAVES, SUM_RATES, SUM_RATE_SQUARES, SUM_LOGS, SUM_LOG_SQUARES
};

#define PIECE(member)		SUM_PIECE(EngagementSummary, member)
#define LOW_HIGH(member)	{PIECE(member), PIECE(member##_high)}

static const SumField engagement_fields[] = {
	[SUM_POSTS] = {"posts", 1, LOW_HIGH(posts)},
	[SUM_HIDDEN] = {"hidden_posts", 1, LOW_HIGH(hidden)},
	[SUM_EXPOSURE] = {"exposure", 2, LOW_HIGH(exposure)},
	[SUM_LIKES] = {"likes", 2, LOW_HIGH(likes)},
	[SUM_COMMENTS] = {"comments", 2, LOW_HIGH(comments)},
	[SUM_SHARES] = {"shares", 2, LOW_HIGH(shares)},
	[SUM_SAVES] = {"saves", 2, LOW_HIGH(saves)},
	[SUM_RATES] = {"rates", 2,
	{PIECE(rates), PIECE(rates_middle), PIECE(rates_high)}},
	[SUM_RATE_SQUARES] = {"rate_squares", 3,
	{PIECE(rate_squares[0]), PIECE(rate_squares[1]), PIECE(rate_squares[2])}},
	[SUM_LOGS] = {"logs", 2, LOW_HIGH(logs)},
	[SUM_LOG_SQUARES] = {"log_squares", 2,
	{PIECE(log_squares[0]), PIECE(log_squares[1])}}
};

static const char *engagement_problem(const void *sums);

StaticAssertDecl(sizeof(EngagementSummary) == 128, "the type's INTERNALLENGTH");

static const SumType engagement_type = {
	.name = "engagement_summary",
	.size = sizeof(EngagementSummary),
	.reserved = 1,
	.fields = engagement_fields,
	.nfields = lengthof(engagement_fields),
	.problem = engagement_problem
};

/* posts^2 times the variance of the rates; false if it is negative. */
static bool
rate_spread(const EngagementSummary *s, uint64 *spread)
{
	uint64		sum[2];
	uint64		squares[3];

	sums_get(&engagement_type, s, SUM_RATES, sum);
	sums_get(&engagement_type, s, SUM_RATE_SQUARES, squares);
	return sums_spread(spread, engagement_posts(s), sum, squares, 3);
}

/* The same for the logarithms. */
static bool
log_spread(const EngagementSummary *s, uint64 *spread)
{
	uint64		sum[2];
	uint64		squares[2];

	sums_get(&engagement_type, s, SUM_LOGS, sum);
	sums_get(&engagement_type, s, SUM_LOG_SQUARES, squares);
	return sums_spread(spread, engagement_posts(s), sum, squares, 2);
}

/* A sum as a double. */
static double
sum_value(const EngagementSummary *s, int field)
{
	uint64		sum[SUMS_MAX_LIMBS];
	int			limbs = sums_get(&engagement_type, s, field, sum);

	return wide_to_double(sum, limbs);
}

/* Why sums can't be those of posts; NULL if they can. */
static const char *
engagement_problem(const void *sums)
{
	const EngagementSummary *s = sums;
	EngagementSummary none = {.version = s->version,.hidden = s->hidden,.hidden_high = s->hidden_high};
	uint64		posts[2] = {engagement_posts(s), 0};
	uint64		exposure[2];
	uint64		logs[2];
	uint64		spread[4];

	if (posts[0] == 0)
		return memcmp(s, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no posts are not 0.";
	sums_get(&engagement_type, s, SUM_EXPOSURE, exposure);
	if (wide_compare(exposure, posts, 2) < 0)
		return "The exposure is less than 1 per post.";
	sums_get(&engagement_type, s, SUM_LOGS, logs);
	if (!sums_mean_within(logs, posts[0], FIXED_LOG(MIN_LOG_RATE),
						  FIXED_LOG(MAX_LOG_RATE)))
		return "The logarithms are not those of rates.";
	if (!rate_spread(s, spread) || (posts[0] == 1 && !wide_is_zero(spread, 4)) ||
		!log_spread(s, spread) || (posts[0] == 1 && !wide_is_zero(spread, 4)))
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

/* The counts from the second argument on: likes, comments, exposure. */
static inline Post
read_post(FunctionCallInfo fcinfo)
{
	Post		post = {0};
	int			unknown = 0;

	if (PG_ARGISNULL(1))
		unknown++;
	else
		post.likes = PG_GETARG_INT64(1);
	if (PG_ARGISNULL(2))
		unknown++;
	else
		post.comments = PG_GETARG_INT64(2);
	if (PG_ARGISNULL(3))
		unknown++;
	else
		post.exposure = PG_GETARG_INT64(3);
	check_post(&post);
	post.kind = unknown == 3 ? NO_POST :
		unknown > 0 || post.exposure == 0 ? HIDDEN_POST : USABLE_POST;
	return post;
}

/* The same for likes, comments, exposure, shares, saves. */
static inline Post
read_post_all(FunctionCallInfo fcinfo)
{
	int64		counts[5];
	int			unknown = 0;
	Post		post;

	for (int i = 0; i < 5; i++)
	{
		counts[i] = PG_ARGISNULL(i + 1) ? 0 : PG_GETARG_INT64(i + 1);
		unknown += PG_ARGISNULL(i + 1);
	}
	post.likes = counts[0];
	post.comments = counts[1];
	post.exposure = counts[2];
	post.shares = counts[3];
	post.saves = counts[4];
	check_post(&post);
	if (unknown == 5)
		post.kind = NO_POST;
	else if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
			 post.exposure == 0)
		post.kind = HIDDEN_POST;
	else
		post.kind = USABLE_POST;
	return post;
}

/* Add to a sum whatever it takes; true if it does not fit.  Rarely needed. */
static pg_noinline bool
add_wide(EngagementSummary *s, int field, const uint64 *x, int limbs)
{
	uint64		sum[SUMS_MAX_LIMBS];
	uint64		part[SUMS_MAX_LIMBS] = {0};
	int			width = sums_get(&engagement_type, s, field, sum);

	memcpy(part, x, limbs * sizeof(uint64));
	return wide_add(sum, part, width) ||
		!sums_set(&engagement_type, s, field, sum);
}

/* Add to a sum whose lowest limb is *low; true if it does not fit. */
static inline bool
add_limb(EngagementSummary *s, int field, uint64 *low, uint64 x)
{
	if (unlikely(*low + x < x))
		return add_wide(s, field, &x, 1);
	*low += x;
	return false;
}

/* Add a rate and its square. */
static inline bool
add_rate(EngagementSummary *s, double rate)
{
	uint64		fixed[2];

	wide_from_double(fixed, rate * RATE_ONE);
	if (unlikely(fixed[1] != 0))
	{
		uint64		all[4];

		wide_mul(all, fixed, 2, fixed, 2);
		return add_wide(s, SUM_RATES, fixed, 2) ||
			add_wide(s, SUM_RATE_SQUARES, all, 3);
	}
	return (wide_add_product(s->rate_squares, fixed[0], fixed[0]) &&
			unlikely(++s->rate_squares[2] == 0)) ||
		add_limb(s, SUM_RATES, &s->rates, fixed[0]);
}

/* Add the logarithm of a rate and its square. */
static inline bool
add_log(EngagementSummary *s, double rate)
{
	uint64		fixed = fixed_log(rate);

	return wide_add_product(s->log_squares, fixed, fixed) ||
		add_limb(s, SUM_LOGS, &s->logs, fixed);
}

/* Count a post; true if that does not fit. */
static inline bool
count_post(uint32 *low, uint16 *high)
{
	return unlikely(++*low == 0) && ++*high == 0;
}

/* Add a post.  Error 22003 if that can't be held exactly. */
static inline void
add_post(EngagementSummary *s, const Post *post)
{
	double		interactions = (double) post->likes + (double) post->comments +
		(double) post->shares + (double) post->saves;
	double		exposure = (double) post->exposure;
	bool		overflow;

	if (unlikely(post->kind != USABLE_POST || interactions > exposure * MAX_RATE))
	{
		if (post->kind != NO_POST && count_post(&s->hidden, &s->hidden_high))
			sums_overflow(&engagement_type);
		return;
	}
	overflow = count_post(&s->posts, &s->posts_high);
	overflow |= add_limb(s, SUM_EXPOSURE, &s->exposure, post->exposure);
	overflow |= add_limb(s, SUM_LIKES, &s->likes, post->likes);
	overflow |= add_limb(s, SUM_COMMENTS, &s->comments, post->comments);
	overflow |= add_rate(s, interactions / exposure);
	overflow |= add_log(s, (interactions + 0.5) / exposure);
	if ((post->shares | post->saves) != 0)
	{
		overflow |= add_limb(s, SUM_SHARES, &s->shares, post->shares);
		overflow |= add_limb(s, SUM_SAVES, &s->saves, post->saves);
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

PG_FUNCTION_INFO_V1(engagement_accum);

/*
 * engagement_accum(engagement_summary, likes, comments, exposure)
 *		The summary with one post more.
 *
 * All three NULL is no post.  A NULL count or an exposure of 0 makes a hidden
 * post, and so does a rate above MAX_RATE.  A negative count is an error,
 * 22023; a sum past its range is 22003.
 */
Datum
engagement_accum(PG_FUNCTION_ARGS)
{
	EngagementSummary *state =
		(EngagementSummary *) sums_state(fcinfo, &engagement_type);
	Post		post = read_post(fcinfo);

	add_post(state, &post);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(engagement_accum_inv);

/* engagement_accum_inv: the inverse, for frames that move */
Datum
engagement_accum_inv(PG_FUNCTION_ARGS)
{
	EngagementSummary *state =
		(EngagementSummary *) sums_state(fcinfo, &engagement_type);
	Post		post = read_post(fcinfo);

	remove_post(state, &post);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(engagement_accum_all);

/*
 * engagement_accum(engagement_summary, likes, comments, exposure, shares, saves)
 *		The summary with one post more.
 *
 * All five NULL is no post; NULL shares or saves alone count 0; otherwise as
 * above.
 */
Datum
engagement_accum_all(PG_FUNCTION_ARGS)
{
	EngagementSummary *state =
		(EngagementSummary *) sums_state(fcinfo, &engagement_type);
	Post		post = read_post_all(fcinfo);

	add_post(state, &post);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(engagement_accum_all_inv);

/* engagement_accum_inv, with shares and saves: the inverse */
Datum
engagement_accum_all_inv(PG_FUNCTION_ARGS)
{
	EngagementSummary *state =
		(EngagementSummary *) sums_state(fcinfo, &engagement_type);
	Post		post = read_post_all(fcinfo);

	remove_post(state, &post);
	PG_RETURN_POINTER(state);
}

EXACT_SUMS_FUNCTIONS(engagement_summary, engagement_type);
EXACT_SUMS_ADD(engagement_summary, engagement_type);
EXACT_SUMS_SUBTRACT(engagement_summary, engagement_type);

/* Exact counts.  NULL for NULL; error 22003 past bigint. */

PG_FUNCTION_INFO_V1(engagement_summary_posts);
PG_FUNCTION_INFO_V1(engagement_summary_hidden_posts);
PG_FUNCTION_INFO_V1(engagement_summary_likes);
PG_FUNCTION_INFO_V1(engagement_summary_comments);
PG_FUNCTION_INFO_V1(engagement_summary_shares);
PG_FUNCTION_INFO_V1(engagement_summary_saves);
PG_FUNCTION_INFO_V1(engagement_summary_exposure);
PG_FUNCTION_INFO_V1(engagement_summary_interactions);

/* posts(engagement_summary) -> bigint: usable posts */
Datum
engagement_summary_posts(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_POSTS));
}

/* hidden_posts(engagement_summary) -> bigint: posts without a rate */
Datum
engagement_summary_hidden_posts(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_HIDDEN));
}

/* likes(engagement_summary) -> bigint: of usable posts, as all that follow */
Datum
engagement_summary_likes(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_LIKES));
}

/* comments(engagement_summary) -> bigint */
Datum
engagement_summary_comments(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_COMMENTS));
}

/* shares(engagement_summary) -> bigint */
Datum
engagement_summary_shares(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_SHARES));
}

/* saves(engagement_summary) -> bigint */
Datum
engagement_summary_saves(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_SAVES));
}

/* exposure(engagement_summary) -> bigint: followers, reach or views, summed */
Datum
engagement_summary_exposure(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(sums_bigint(&engagement_type, PG_GETARG_POINTER(0), SUM_EXPOSURE));
}

/* Likes, comments, shares and saves. */
static void
add_interactions(const EngagementSummary *s, uint64 *sum)
{
	memset(sum, 0, 3 * sizeof(uint64));
	for (int field = SUM_LIKES; field <= SUM_SAVES; field++)
	{
		uint64		part[3] = {0};

		sums_get(&engagement_type, s, field, part);
		wide_add(sum, part, 3);
	}
}

/* interactions(engagement_summary) -> bigint: likes, comments, shares and saves */
Datum
engagement_summary_interactions(PG_FUNCTION_ARGS)
{
	uint64		sum[3];

	add_interactions(PG_GETARG_ENGAGEMENT_SUMMARY(0), sum);
	if (sum[0] > PG_INT64_MAX || !wide_is_zero(sum + 1, 2))
		sums_bigint_overflow("interactions");
	PG_RETURN_INT64((int64) sum[0]);
}

/*
 * The mean log rate, in fixed point; only for a summary that has posts, as what
 * follows.
 */
double
engagement_mean_fixed_log(const EngagementSummary *summary)
{
	return sum_value(summary, SUM_LOGS) / (double) engagement_posts(summary);
}

/* The mean log rate. */
double
engagement_mean_log(const EngagementSummary *summary)
{
	return fixed_log_value(engagement_mean_fixed_log(summary));
}

/* The sum of the squared deviations of the log rates from their mean. */
double
engagement_log_squares(const EngagementSummary *summary)
{
	uint64		spread[4];

	log_spread(summary, spread);
	return wide_to_double(spread, 4) / (double) engagement_posts(summary) /
		(FIXED_LOG_ONE * FIXED_LOG_ONE);
}

/* Figures of a summary: false where they are not known. */

static bool
pooled_rate(const EngagementSummary *s, double *rate)
{
	uint64		sum[3];

	add_interactions(s, sum);
	*rate = wide_to_double(sum, 3) / sum_value(s, SUM_EXPOSURE);
	return engagement_posts(s) > 0;
}

static bool
mean_rate(const EngagementSummary *s, double *rate)
{
	*rate = sum_value(s, SUM_RATES) / (double) engagement_posts(s) / RATE_ONE;
	return engagement_posts(s) > 0;
}

static bool
rate_stddev(const EngagementSummary *s, double *deviation)
{
	uint64		spread[4];
	double		n = (double) engagement_posts(s);

	if (engagement_posts(s) < 2)
		return false;
	rate_spread(s, spread);
	*deviation = sqrt(wide_to_double(spread, 4) / n / (n - 1)) / RATE_ONE;
	return true;
}

static bool
typical_rate(const EngagementSummary *s, double *rate)
{
	if (engagement_posts(s) == 0)
		return false;
	*rate = exp(engagement_mean_log(s));
	return true;
}

static bool
comment_share(const EngagementSummary *s, double *share)
{
	uint64		sum[3];

	add_interactions(s, sum);
	*share = sum_value(s, SUM_COMMENTS) / wide_to_double(sum, 3);
	return !wide_is_zero(sum, 3);
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
 *		The mean of the posts' rates, as a fraction; NULL without a usable post.
 */
Datum
engagement_summary_mean_rate(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, mean_rate);
}

/*
 * rate_stddev(engagement_summary) -> float8
 *		The sample standard deviation of the posts' rates, as a fraction; NULL
 *		for fewer than two usable posts.
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
 *		NULL without a usable post.
 *
 * The geometric mean: one viral post hardly moves it.  The half lets a post
 * without interactions have a logarithm (Cox 1955, the empirical logit).
 */
Datum
engagement_summary_typical_rate(PG_FUNCTION_ARGS)
{
	return return_figure(fcinfo, typical_rate);
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

	for (int field = SUM_POSTS; field <= SUM_SAVES; field++)
	{
		int			limbs = sums_get(&engagement_type, s, field, sum);

		appendStringInfo(buf, "\"%s\": ", engagement_fields[field].name);
		sums_print(buf, sum, limbs);
		appendStringInfoString(buf, ", ");
	}
	add_interactions(s, sum);
	appendStringInfoString(buf, "\"interactions\": ");
	sums_print(buf, sum, 3);
	json_figure(buf, "pooled_rate", s, pooled_rate);
	json_figure(buf, "mean_rate", s, mean_rate);
	json_figure(buf, "rate_stddev", s, rate_stddev);
	json_figure(buf, "typical_rate", s, typical_rate);
	json_figure(buf, "comment_share", s, comment_share);
}

PG_FUNCTION_INFO_V1(engagement_summary_to_json);
PG_FUNCTION_INFO_V1(engagement_summary_to_jsonb);

/*
 * engagement_summary -> json
 *		The figures of a summary under the names of their functions, for people
 *		and other programs; unknown ones are null.
 *
 * No count is past its range here.  The logarithms' spread is left out, so
 * there is no way back.
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
