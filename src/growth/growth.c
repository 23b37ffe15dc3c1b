/*-------------------------------------------------------------------------
 *
 * growth.c
 *		The type growth_summary: how a follower count grows, by time.
 *
 * Observations come in any order and at any distance; all figures are by time,
 * not by rows.  Of several counts at one instant the largest is taken as the
 * first or the last, since platforms round down; the trend has them all.  An
 * observation of 0 followers is what a platform answers when it has no answer:
 * it is counted, and has no part in anything else.
 *
 * A summary is of one profile.  Parts of it are put together exactly; those of
 * several profiles would make a growth from the first one's count to the last
 * one's, which is nobody's, and are refused where their times tell.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/fixed_log.h"
#include "growth/growth.h"

static const char *growth_problem(const void *sums);

StaticAssertDecl(sizeof(GrowthSummary) == 128 &&
				 offsetof(GrowthSummary, products) == 104, "the stored form");

static const SumField growth_fields[] = {
	{"observations", 1, {SUM_PIECE(GrowthSummary, observations)}},
	{"positive", 1, {SUM_PIECE(GrowthSummary, positive)}},
	{"first_at", 1, {SUM_PIECE(GrowthSummary, first_at)}},
	{"first", 1, {SUM_PIECE(GrowthSummary, first)}},
	{"last_at", 1, {SUM_PIECE(GrowthSummary, last_at)}},
	{"last", 1, {SUM_PIECE(GrowthSummary, last)}},
	{"times", 2, SUM_PIECES_2(GrowthSummary, times)},
	{"time_squares", 3, SUM_PIECES_3(GrowthSummary, time_squares)},
	{"logs", 2, SUM_PIECES_2(GrowthSummary, logs)},
	{"products", 3, SUM_PIECES_3(GrowthSummary, products)}
};

const SumType growth_summary_type = {
	.name = "growth_summary",
	.size = sizeof(GrowthSummary),
	.reserved = sizeof(((GrowthSummary *) 0)->reserved),
	.fields = growth_fields,
	.nfields = lengthof(growth_fields),
	.problem = growth_problem
};

/* Can a sum, of 3 limbs, be one of n products of numbers up to a and b? */
static bool
products_within(const uint64 *sum, uint64 n, uint64 a, uint64 b)
{
	uint64		largest[2];
	uint64		limit[3];

	largest[0] = wide_mul_limb(a, b, &largest[1]);
	wide_mul(limit, largest, 2, &n, 1);
	return wide_compare(sum, limit, 3) <= 0;
}

/*
 * What is wrong with sums that were read, or NULL.  What passes can be added
 * without a carry out of any sum, and the result passes too.
 */
static const char *
growth_problem(const void *sums)
{
	const GrowthSummary *g = sums;
	GrowthSummary none = {.version = g->version};
	uint64		spread[REGRESSION_LIMBS];

	if (g->positive > g->observations)
		return "There are more positive observations than observations.";
	none.observations = g->observations;
	if (g->positive == 0)
		return memcmp(g, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no followers are not 0.";
	if (g->first == 0 || g->last == 0)
		return "The first or the last observation has no followers.";
	if (g->first_at > g->last_at ||
		(g->first_at == g->last_at && g->first != g->last))
		return "The first observation is after the last.";
	if (g->last_at > (uint64) PG_INT64_MAX ||
		!IS_VALID_TIMESTAMP((int64) g->last_at + MIN_TIMESTAMP))
		return "An observation is past the range of timestamps.";
	if (!sums_mean_within(g->times, g->positive, g->first_at, g->last_at))
		return "The times are not between the first and the last.";
	if (!sums_spread(spread, g->positive, g->times, g->time_squares, 3))
		return "Squares of the times are too small for their sum.";
	if (!sums_mean_within(g->logs, g->positive, FIXED_LOG(0),
						  FIXED_LOG(MAX_LOG_FOLLOWERS)))
		return "The logarithms are not those of followers.";
	if (!products_within(g->time_squares, g->positive, g->last_at,
						 g->last_at) ||
		!products_within(g->products, g->positive, g->last_at,
						 FIXED_LOG(MAX_LOG_FOLLOWERS)))
		return "Squares or products are too large for their factors.";
	return NULL;
}

EXACT_SUMS_FUNCTIONS(growth_summary, growth_summary_type);
