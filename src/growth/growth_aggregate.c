/*-------------------------------------------------------------------------
 *
 * growth_aggregate.c
 *		Observations and parts of a profile's time put together: growth(), +
 *		and sum() of summaries.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/fixed_log.h"
#include "base/interrupt.h"
#include "growth/growth.h"

/* Let an observation be the first, the last, or both. */
static void
note_ends(GrowthSummary *g, uint64 at, uint64 followers)
{
	bool		alone = g->positive == 0;

	if (alone || at < g->first_at ||
		(at == g->first_at && followers > g->first))
	{
		g->first_at = at;
		g->first = followers;
	}
	if (alone || at > g->last_at || (at == g->last_at && followers > g->last))
	{
		g->last_at = at;
		g->last = followers;
	}
}

/* Add an observation to the sums of the regression. */
static void
add_to_regression(GrowthSummary *g, uint64 at, uint64 followers)
{
	uint64		log = fixed_log((double) followers);
	uint64		product[3] = {0};

	g->positive++;
	wide_add_limb(g->times, 2, at);
	wide_add_limb(g->logs, 2, log);
	product[0] = wide_mul_limb(at, at, &product[1]);
	wide_add(g->time_squares, product, 3);
	product[0] = wide_mul_limb(at, log, &product[1]);
	wide_add(g->products, product, 3);
}

PG_FUNCTION_INFO_V1(growth_accum);

/*
 * growth_accum
 *		Transition function of growth(observed_at, followers).
 *
 * Strict: a row without a time or a count is left out.  Error 22008 for an
 * infinite time, or one in the last 6,712 years of the range; 22023 for a
 * negative count; 22003 for more than 2^32 - 1 observations.
 */
Datum
growth_accum(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = (GrowthSummary *) sums_state(fcinfo,
													&growth_summary_type);
	Timestamp	observed_at = PG_GETARG_TIMESTAMPTZ(1);
	int64		followers = PG_GETARG_INT64(2);
	uint64		at;

	if (TIMESTAMP_NOT_FINITE(observed_at) ||
		observed_at > PG_INT64_MAX + MIN_TIMESTAMP)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time of an observation is out of range"),
				 errhint("Store an unknown time as NULL: such rows are left out.")));
	count_check(followers, "followers");
	if (g->observations == PG_UINT32_MAX)
		sums_overflow(&growth_summary_type);

	g->observations++;
	if (followers == 0)
		PG_RETURN_POINTER(g);
	at = (uint64) (observed_at - MIN_TIMESTAMP);
	note_ends(g, at, (uint64) followers);
	add_to_regression(g, at, (uint64) followers);
	PG_RETURN_POINTER(g);
}

/* Add the observations of another summary, exactly. */
static void
add_summary(GrowthSummary *g, const GrowthSummary *other)
{
	if (other->observations > PG_UINT32_MAX - g->observations)
		sums_overflow(&growth_summary_type);
	g->observations += other->observations;
	if (other->positive == 0)
		return;
	note_ends(g, other->first_at, other->first);
	g->positive += other->positive;
	note_ends(g, other->last_at, other->last);
	wide_add(g->times, other->times, 2);
	wide_add(g->time_squares, other->time_squares, 3);
	wide_add(g->logs, other->logs, 2);
	wide_add(g->products, other->products, 3);
}

PG_FUNCTION_INFO_V1(growth_summary_combine);

/*
 * growth_summary_combine
 *		Combine function of growth(observed_at, followers): the summary of the
 *		observations of both, exact in any order.
 *
 * Error 22003 for more than 2^32 - 1 observations.
 */
Datum
growth_summary_combine(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = (GrowthSummary *) sums_state(fcinfo,
													&growth_summary_type);

	add_summary(g, PG_GETARG_GROWTH(1));
	PG_RETURN_POINTER(g);
}

static const char *
time_text(uint64 at)
{
	return pstrdup(timestamptz_to_str((TimestampTz) at + MIN_TIMESTAMP));
}

/*
 * Error 22023 if the second summary starts before the first one ends, or then
 * with another count: they are not parts of one profile's time.
 */
static void
check_parts(const GrowthSummary *first, const GrowthSummary *second)
{
	if (first->positive == 0 || second->positive == 0 ||
		first->last_at < second->first_at ||
		(first->last_at == second->first_at && first->last == second->first))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("growth summaries overlap in time"),
			 errdetail("One has observations to %s, another one from %s on.",
					   time_text(first->last_at), time_text(second->first_at)),
			 errhint("Parts of one profile's time can be added. For the growth of several profiles together, add up their followers first: growth(day, sum(followers)) over the days.")));
}

PG_FUNCTION_INFO_V1(growth_summary_add);

/*
 * growth_summary + growth_summary
 *		The summary of the observations of both, which follow one another in
 *		time.
 *
 * NULL for NULL.  Error 22023 if they overlap in time, 22003 for more than
 * 2^32 - 1 observations.
 */
Datum
growth_summary_add(PG_FUNCTION_ARGS)
{
	const GrowthSummary *a = PG_GETARG_GROWTH(0);
	const GrowthSummary *b = PG_GETARG_GROWTH(1);
	GrowthSummary *g = palloc(sizeof(GrowthSummary));

	if (a->first_at < b->first_at ||
		(a->first_at == b->first_at && a->last_at < b->last_at))
		check_parts(a, b);
	else
		check_parts(b, a);
	*g = *a;
	add_summary(g, b);
	PG_RETURN_POINTER(g);
}

/*
 * By their time; those that are one instant come before those that start then.
 */
static int
compare_parts(const void *x, const void *y)
{
	const GrowthSummary *a =
		(const GrowthSummary *) DatumGetPointer(*(const Datum *) x);
	const GrowthSummary *b =
		(const GrowthSummary *) DatumGetPointer(*(const Datum *) y);

	if (a->first_at != b->first_at)
		return a->first_at < b->first_at ? -1 : 1;
	return a->last_at < b->last_at ? -1 : a->last_at > b->last_at;
}

/*
 * The summaries of an array that have an observation of followers, in order.
 */
static int
sort_parts(Datum *parts, const bool *nulls, int n)
{
	int			kept = 0;

	for (int i = 0; i < n; i++)
	{
		if (!nulls[i] &&
			((GrowthSummary *) DatumGetPointer(parts[i]))->positive > 0)
			parts[kept++] = parts[i];
	}
	sort_interruptible(parts, kept, sizeof(Datum), compare_parts);
	return kept;
}

PG_FUNCTION_INFO_V1(growth_summary_sum);

/*
 * sum(growth_summary), final function
 *		The summary of the observations of all, which are parts of one
 *		profile's time, in any order; NULLs are left out.
 *
 * Error 22023 if two overlap in time, 22003 for more than 2^32 - 1
 * observations.
 */
Datum
growth_summary_sum(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	GrowthSummary *g = palloc0(sizeof(GrowthSummary));
	Datum	   *parts;
	bool	   *nulls;
	int			n;

	g->version = SUMS_VERSION;
	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(GrowthSummary), false,
					  TYPALIGN_DOUBLE, &parts, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!nulls[i])
			add_summary(g, (GrowthSummary *) DatumGetPointer(parts[i]));
	}
	n = sort_parts(parts, nulls, n);
	for (int i = 1; i < n; i++)
	{
		check_interrupts(i);
		check_parts((GrowthSummary *) DatumGetPointer(parts[i - 1]),
					(GrowthSummary *) DatumGetPointer(parts[i]));
	}
	PG_RETURN_POINTER(g);
}
