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

#include "base/compat.h"
#include "engagement/summary/engagement_sums.h"

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
		{PIECE(hidden_exposure), PIECE(hidden_exposure_middle),
	PIECE(hidden_exposure_high)}},
	[SUM_HIDDEN_LIKES] = {"hidden_likes", 1, LOW_HIGH(hidden_likes)},
	[SUM_HIDDEN_COMMENTS] = {"hidden_comments", 1, LOW_HIGH(hidden_comments)},
	[SUM_RATES] = {"rates", 2, LOW_HIGH(rates)},
	[SUM_RATE_SQUARES] = {"rate_squares", 3,
		{PIECE(rate_squares[0]), PIECE(rate_squares[1]),
	PIECE(rate_squares_high)}},
	[SUM_LOGS] = {"logs", 2, LOW_HIGH(logs)},
	[SUM_LOG_SQUARES] = {"log_squares", 2,
	{PIECE(log_squares), PIECE(log_squares_middle), PIECE(log_squares_high)}}
};

static const char *engagement_problem(const void *sums);

StaticAssertDecl(sizeof(EngagementSummary) == 128,
				 "the type's INTERNALLENGTH");

const SumType engagement_summary_type = {
	.name = "engagement_summary",
	.size = sizeof(EngagementSummary),
	.reserved = 0,
	.fields = engagement_fields,
	.nfields = lengthof(engagement_fields),
	.problem = engagement_problem
};

/* Can n rates or logarithms have these sums? */
static bool
squares_fit_sums(const EngagementSummary *s, uint64 n, int sums, int squares)
{
	uint64		sum[2];
	uint64		square[3];
	uint64		spread[4];
	int			limbs;

	sums_get(&engagement_summary_type, s, sums, sum);
	limbs = sums_get(&engagement_summary_type, s, squares, square);
	if (n == 0)
		return wide_is_zero(sum, 2) && wide_is_zero(square, limbs);
	return sums_spread(spread, n, sum, square, limbs) &&
		(n > 1 || wide_is_zero(spread, 4));
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
		(s->hidden_exposure | s->hidden_exposure_middle |
		 s->hidden_exposure_high |
		 s->hidden_likes | s->hidden_likes_high |
		 s->hidden_comments | s->hidden_comments_high) != 0)
		return "Sums over no hidden posts are not 0.";
	if (engagement_posts(s) == 0)
		return only_hidden(s) ? NULL : "Sums over no posts are not 0.";
	if ((uint64) s->zero + s->average > engagement_posts(s))
		return "There are more posts of a kind than posts.";
	if (s->exposure < engagement_posts(s))
		return "The exposure is less than 1 per post.";
	sums_get(&engagement_summary_type, s, SUM_LOGS, logs);
	if (!sums_mean_within(logs, engagement_logged(s), LOG_RATE(MIN_LOG_RATE),
						  LOG_RATE(MAX_LOG_RATE)))
		return "The logarithms are not those of rates.";
	if (!squares_fit_sums(s, engagement_posts(s), SUM_RATES,
						  SUM_RATE_SQUARES) ||
		!squares_fit_sums(s, engagement_logged(s), SUM_LOGS, SUM_LOG_SQUARES))
		return "The sums of squares do not fit the sums.";
	return NULL;
}

EXACT_SUMS_FUNCTIONS(engagement_summary, engagement_summary_type);
EXACT_SUMS_ADD(engagement_summary, engagement_summary_type);
EXACT_SUMS_SUBTRACT(engagement_summary, engagement_summary_type);
