/*-------------------------------------------------------------------------
 *
 * growth_series.c
 *		The type growth_series: observations of a follower count, and the
 *		aggregates that append to it.
 *
 * An aggregate appends to its state in place, and gets one with twice the room
 * when it is full; whoever else sees a state, as the send function in a
 * distributed query, makes the stored form of it, whose observations are
 * sorted.  So the bytes do not depend on the order of rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/count.h"
#include "growth/growth_series.h"

/*
 * The sizes of growing states: up to 4096 bytes each has four times the room
 * of the one before, since most of the cost of a state is its moves; then
 * twice.
 */
#define FIRST_SIZE			256
#define QUADRUPLED_SIZE		4096

#define ST_SORT sort_observations
#define ST_ELEMENT_TYPE Observation
#define ST_COMPARE(a, b) growth_compare_observations(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* The bytes of a series.  Error 54000 past what a value can hold. */
Size
growth_series_size(uint64 count)
{
	if (count >
		(MaxAllocSize - offsetof(GrowthSeries, observations)) /
		sizeof(Observation))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many observations of one profile"),
				 errdetail("The observations of a series are limited to 1 GB, 24 bytes each."),
				 errhint("Use GROUP BY for a series per profile, or one observation a day.")));
	return offsetof(GrowthSeries, observations) + count * sizeof(Observation);
}

/* An empty series, with room for so many observations. */
GrowthSeries *
growth_series_make(uint64 capacity)
{
	Size		size = growth_series_size(capacity);
	GrowthSeries *s = palloc(size);

	memset(s, 0, offsetof(GrowthSeries, observations));
	SET_VARSIZE(s, size);
	s->version = SERIES_VERSION;
	return s;
}

/* A growing copy with room for so many more. */
static GrowthSeries *
grow_series(const GrowthSeries *s, uint64 more)
{
	Size		needed = growth_series_size((uint64) s->count + more);
	Size		size = FIRST_SIZE;
	Size		capacity;
	GrowthSeries *larger;

	while (size < needed)
		size *= size < QUADRUPLED_SIZE ? 4 : 2;
	size = Min(size, MaxAllocSize);
	capacity = (size - offsetof(GrowthSeries, observations)) /
		sizeof(Observation);
	larger = growth_series_make(capacity);
	larger->growing = true;
	larger->unsorted = s->unsorted;
	larger->count = s->count;
	larger->capacity = (uint32) capacity;
	larger->mark = s->mark;
	memcpy(larger->observations, s->observations,
		   s->count * sizeof(Observation));
	return larger;
}

/*
 * The first argument as the state to change, with room for so many more; NULL,
 * in an aggregate without INITCOND, is the empty one.  Only an aggregate's own
 * may be changed, so calls from elsewhere are refused.
 */
static GrowthSeries *
get_series_state(FunctionCallInfo fcinfo, uint64 more)
{
	GrowthSeries *s;

	aggregate_context(fcinfo);
	if (unlikely(PG_ARGISNULL(0)))
		return grow_series(growth_series_make(0), more);
	s = (GrowthSeries *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (likely(s->growing && s->capacity - s->count >= more))
		return s;
	return grow_series(s, more);
}

/* Append an observation; there is room. */
static inline void
append_observation(GrowthSeries *s, const Observation *o)
{
	if (s->count > 0 &&
		growth_compare_observations(&s->observations[s->count - 1], o) > 0)
		s->unsorted = true;
	s->observations[s->count++] = *o;
}

/* An observation of the second and third argument. */
static Observation
get_observation(FunctionCallInfo fcinfo)
{
	Observation o = {PG_GETARG_TIMESTAMPTZ(1), PG_GETARG_INT64(2), 0};

	if (TIMESTAMP_NOT_FINITE(o.at))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time of an observation must be finite"),
				 errhint("Store an unknown time as NULL: such rows are left out.")));
	count_check(o.followers, "followers");
	return o;
}

PG_FUNCTION_INFO_V1(growth_series_accum);

/*
 * growth_series_accum(growth_series, observed_at, followers)
 *		Transition function of growth_anomalies(observed_at, followers).
 *
 * Strict: a row without a time or a count is left out.  Error 22008 for an
 * infinite time, 22023 for a negative count, 54000 past 1 GB.
 */
Datum
growth_series_accum(PG_FUNCTION_ARGS)
{
	GrowthSeries *s = get_series_state(fcinfo, 1);
	Observation o = get_observation(fcinfo);

	append_observation(s, &o);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(growth_series_accum_cohort);

/*
 * growth_series_accum(growth_series, observed_at, followers, cohort_change)
 *		Transition function of growth_anomalies(observed_at, followers,
 *		cohort_change).
 *
 * A row without a time or a count is left out; a change that is NULL is not
 * known and counts as none.  Errors as above, and 22023 for a change of -1 or
 * less, or one that is not finite.
 */
Datum
growth_series_accum_cohort(PG_FUNCTION_ARGS)
{
	GrowthSeries *s = get_series_state(fcinfo, 1);
	Observation o;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_POINTER(s);
	o = get_observation(fcinfo);
	if (!PG_ARGISNULL(3))
		o.cohort_change = PG_GETARG_FLOAT8(3) + 0.0;	/* no -0 */
	if (!(o.cohort_change > -1) || isinf(o.cohort_change))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("change of the cohort must be above -1 and finite"),
				 errdetail("It is a fraction: 0.01 is a growth by 1 %%, -0.025 a loss of 2.5 %%.")));
	append_observation(s, &o);
	PG_RETURN_POINTER(s);
}

/* Error 22023: two marks in one aggregate. */
static void
check_mark(const GrowthSeries *s, int64 mark)
{
	if (s->mark != 0 && s->mark != mark)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mark must be the same for all rows"),
				 errdetail("There are " INT64_FORMAT " and " INT64_FORMAT ".",
						   s->mark, mark),
				 errhint("Several marks are several calls, or a GROUP BY.")));
}

PG_FUNCTION_INFO_V1(growth_series_accum_mark);

/*
 * growth_series_accum_mark(growth_series, observed_at, followers, mark)
 *		Transition function of crossed_at(observed_at, followers, mark).
 *
 * A row without a time or a count is left out.  Errors as above, 22004 for a
 * mark that is NULL, and 22023 for one of less than 1, or another one than
 * before.
 */
Datum
growth_series_accum_mark(PG_FUNCTION_ARGS)
{
	GrowthSeries *s = get_series_state(fcinfo, 1);
	Observation o;
	int64		mark;

	aggregate_parameter_given(fcinfo, 3, "mark");
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_POINTER(s);
	o = get_observation(fcinfo);
	mark = PG_GETARG_INT64(3);
	if (mark < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mark must be at least 1")));
	check_mark(s, mark);
	s->mark = mark;
	append_observation(s, &o);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(growth_series_combine);

/*
 * growth_series_combine
 *		Combine function of all: the observations of both.
 *
 * Error 54000 past 1 GB, 22023 for different marks.
 */
Datum
growth_series_combine(PG_FUNCTION_ARGS)
{
	const GrowthSeries *other =
		(GrowthSeries *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	GrowthSeries *s = get_series_state(fcinfo, other->count);

	if (other->mark != 0)
	{
		check_mark(s, other->mark);
		s->mark = other->mark;
	}
	s->unsorted |= other->unsorted;
	for (uint32 i = 0; i < other->count; i++)
		append_observation(s, &other->observations[i]);
	PG_RETURN_POINTER(s);
}

/*
 * growth_series_sorted
 *		The stored form of a value, which stays as it is.
 */
GrowthSeries *
growth_series_sorted(Datum datum)
{
	GrowthSeries *s = (GrowthSeries *) PG_DETOAST_DATUM(datum);
	GrowthSeries *sorted;

	if (!s->growing)
		return s;
	sorted = growth_series_make(s->count);
	sorted->count = s->count;
	sorted->mark = s->mark;
	memcpy(sorted->observations, s->observations,
		   s->count * sizeof(Observation));
	if (s->unsorted)
		sort_observations(sorted->observations, sorted->count);
	return sorted;
}
