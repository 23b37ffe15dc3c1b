/*-------------------------------------------------------------------------
 *
 * growth_series.c
 *		The type growth_series: observations of a follower count, and the
 *		aggregates that append to it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/count.h"
#include "growth/growth_series.h"

/* The order of the stored form. */
static inline int
compare_observations(const Observation *a, const Observation *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->followers != b->followers)
		return a->followers < b->followers ? -1 : 1;
	return a->cohort_change < b->cohort_change ? -1 :
		a->cohort_change > b->cohort_change;
}

#define ST_SORT sort_observations
#define ST_ELEMENT_TYPE Observation
#define ST_COMPARE(a, b) compare_observations(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* the elements of a GrowingType */

static int
series_compare(const void *a, const void *b)
{
	return compare_observations(a, b);
}

static void
series_sort(void *observations, size_t count)
{
	sort_observations(observations, count);
}

static const char *
series_problem(const void *observation)
{
	const Observation *o = observation;

	if (TIMESTAMP_NOT_FINITE(o->at) || !IS_VALID_TIMESTAMP(o->at))
		return "A time is past the range of timestamps.";
	if (o->followers < 0)
		return "A count is negative.";
	if (!(o->cohort_change > -1) || isinf(o->cohort_change))
		return "A change of the cohort is not above -1 and finite.";
	return NULL;
}

/* Read "at followers" or "at followers change". */
static bool
series_read(Token text, void *observation)
{
	Observation *o = observation;
	bool		more;

	o->cohort_change = 0;
	return token_int64(token_cut(&text, ' ', &more), &o->at) && more &&
		token_int64(token_cut(&text, ' ', &more), &o->followers) &&
		(!more || token_float8(text, &o->cohort_change));
}

static void
series_print(StringInfo buf, const void *observation)
{
	const Observation *o = observation;

	appendStringInfo(buf, INT64_FORMAT " " INT64_FORMAT, o->at, o->followers);
	if (o->cohort_change != 0)
	{
		char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(o->cohort_change, number);
		appendStringInfo(buf, " %s", number);
	}
}

static void
series_receive(StringInfo buf, void *observation)
{
	Observation *o = observation;

	o->at = pq_getmsgint64(buf);
	o->followers = pq_getmsgint64(buf);
	o->cohort_change = pq_getmsgfloat8(buf) + 0.0;	/* no -0 */
}

static void
series_send(StringInfo buf, const void *observation)
{
	const Observation *o = observation;

	pq_sendint64(buf, o->at);
	pq_sendint64(buf, o->followers);
	pq_sendfloat8(buf, o->cohort_change);
}

/* Its note is the mark of crossed_at(). */
static const GrowingType growth_series_type = {
	.name = "growth_series",
	.size = sizeof(Observation),
	.compare = series_compare,
	.sort = series_sort,
	.problem = series_problem,
	.read = series_read,
	.print = series_print,
	.receive = series_receive,
	.send = series_send,
	.least_note = 1,
	.too_many = "too many observations of one profile",
	.too_many_detail = "The observations of a series are limited to 1 GB, 24 bytes each.",
	.too_many_hint = "Use GROUP BY for a series per profile, or one observation a day.",
	.wrong_form = "A series is {}, or observations in braces.",
	.wrong_element = "An observation is its microseconds, followers and, unless 0, the cohort's change.",
	.wrong_order = "The observations are not in order.",
	.wrong_note = "The mark is not a count.",
	.negative_note = "The mark is negative.",
};

/*
 * growth_series_sorted
 *		The stored form of a value, which stays as it is.
 */
GrowingArray *
growth_series_sorted(Datum datum)
{
	return growing_sorted(&growth_series_type, datum);
}

/*
 * As text, {at followers change,...}, where at is in microseconds since
 * 2000-01-01 UTC and a change of 0 is left out; a mark stands before it, as in
 * 10000{...}.  In binary, these three as big-endian 64-bit numbers.
 */
GROWING_FUNCTIONS(growth_series, growth_series_type);

/* aggregates */

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
	GrowingArray *s = growing_state(fcinfo, &growth_series_type, 1);
	Observation o = get_observation(fcinfo);

	growing_append(&growth_series_type, s, &o);
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
	GrowingArray *s = growing_state(fcinfo, &growth_series_type, 1);
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
	growing_append(&growth_series_type, s, &o);
	PG_RETURN_POINTER(s);
}

/* Error 22023: two marks in one aggregate. */
static void
check_mark(const GrowingArray *s, int64 mark)
{
	if (s->note != 0 && s->note != mark)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mark must be the same for all rows"),
				 errdetail("There are " INT64_FORMAT " and " INT64_FORMAT ".",
						   s->note, mark),
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
	GrowingArray *s = growing_state(fcinfo, &growth_series_type, 1);
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
	s->note = mark;
	growing_append(&growth_series_type, s, &o);
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
	const GrowingArray *other =
		(GrowingArray *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	GrowingArray *s = growing_state(fcinfo, &growth_series_type,
									other->count);

	if (other->note != 0)
	{
		check_mark(s, other->note);
		s->note = other->note;
	}
	growing_append_all(&growth_series_type, s, other);
	PG_RETURN_POINTER(s);
}
