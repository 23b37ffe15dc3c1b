/*-------------------------------------------------------------------------
 *
 * growth_series.c
 *		The type growth_series: observations of a follower count.
 *
 * An aggregate appends to its state in place, and gets one with twice the room
 * when it is full; whoever else sees a state, as the send function in a
 * distributed query, makes the stored form of it, whose observations are
 * sorted. So the bytes do not depend on the order of rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/count.h"
#include "base/token.h"
#include "growth/growth_series.h"

#define SERIES_VERSION		1

/*
 * The sizes of growing states: up to 4096 bytes each has four times the room
 * of the one before, since most of the cost of a state is its moves; then
 * twice.
 */
#define FIRST_SIZE			256
#define QUADRUPLED_SIZE		4096

/* Numbers are shorter. */
#define MAX_NUMBER_LEN		32

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

/* Error 54000 past what a value can hold. */
static Size
series_size(uint64 count)
{
	if (count > (MaxAllocSize - offsetof(GrowthSeries, observations)) / sizeof(Observation))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many observations of one profile"),
				 errdetail("The observations of a series are limited to 1 GB, 24 bytes each."),
				 errhint("Use GROUP BY for a series per profile, or one observation a day.")));
	return offsetof(GrowthSeries, observations) + count * sizeof(Observation);
}

static GrowthSeries *
make_series(uint64 capacity)
{
	Size		size = series_size(capacity);
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
	Size		needed = series_size((uint64) s->count + more);
	Size		size = FIRST_SIZE;
	Size		capacity;
	GrowthSeries *larger;

	while (size < needed)
		size *= size < QUADRUPLED_SIZE ? 4 : 2;
	size = Min(size, MaxAllocSize);
	capacity = (size - offsetof(GrowthSeries, observations)) / sizeof(Observation);
	larger = make_series(capacity);
	larger->growing = true;
	larger->unsorted = s->unsorted;
	larger->count = s->count;
	larger->capacity = (uint32) capacity;
	larger->mark = s->mark;
	memcpy(larger->observations, s->observations, s->count * sizeof(Observation));
	return larger;
}

/*
 * The first argument as the state to change, with room for so many more.  Only
 * an aggregate's own may be changed, so calls from elsewhere are refused.
 */
static GrowthSeries *
get_state(FunctionCallInfo fcinfo, uint64 more)
{
	GrowthSeries *s;

	aggregate_context(fcinfo);
	s = (GrowthSeries *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (likely(s->growing && s->capacity - s->count >= more))
		return s;
	return grow_series(s, more);
}

/* Append an observation; there is room. */
static inline void
append(GrowthSeries *s, const Observation *o)
{
	if (s->count > 0 &&
		compare_observations(&s->observations[s->count - 1], o) > 0)
		s->unsorted = true;
	s->observations[s->count++] = *o;
}

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
	GrowthSeries *s = get_state(fcinfo, 1);
	Observation o = get_observation(fcinfo);

	append(s, &o);
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
	GrowthSeries *s = get_state(fcinfo, 1);
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
	append(s, &o);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(growth_series_accum_mark);

/* Error 22023: two marks in one aggregate. */
static void
check_mark(const GrowthSeries *s, int64 mark)
{
	if (s->mark != 0 && s->mark != mark)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mark must be the same for all rows"),
				 errdetail("There are " INT64_FORMAT " and " INT64_FORMAT ".", s->mark, mark),
				 errhint("Several marks are several calls, or a GROUP BY.")));
}

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
	GrowthSeries *s = get_state(fcinfo, 1);
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
	append(s, &o);
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
	const GrowthSeries *other = (GrowthSeries *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	GrowthSeries *s = get_state(fcinfo, other->count);

	if (other->mark != 0)
	{
		check_mark(s, other->mark);
		s->mark = other->mark;
	}
	s->unsorted |= other->unsorted;
	for (uint32 i = 0; i < other->count; i++)
		append(s, &other->observations[i]);
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
	sorted = make_series(s->count);
	sorted->count = s->count;
	sorted->mark = s->mark;
	memcpy(sorted->observations, s->observations, s->count * sizeof(Observation));
	if (s->unsorted)
		sort_observations(sorted->observations, sorted->count);
	return sorted;
}

/* input and output */

/* Numbers with something else after them are no numbers. */
static bool
read_int64(Token token, int64 *number)
{
	char		digits[MAX_NUMBER_LEN];
	char	   *end;

	if (token.len == 0 || token.len >= sizeof(digits) || is_blank(token.str[0]))
		return false;
	memcpy(digits, token.str, token.len);
	digits[token.len] = '\0';
	errno = 0;
	*number = strtoi64(digits, &end, 10);
	return errno == 0 && *end == '\0';
}

static bool
read_float8(Token token, double *number)
{
	char		digits[MAX_NUMBER_LEN];
	char	   *end;

	if (token.len == 0 || token.len >= sizeof(digits) || is_blank(token.str[0]))
		return false;
	memcpy(digits, token.str, token.len);
	digits[token.len] = '\0';
	errno = 0;
	*number = strtod(digits, &end) + 0.0;
	return *end == '\0';
}

/* What is wrong with an observation that was read, or NULL. */
static const char *
observation_problem(const Observation *o, const Observation *before)
{
	if (TIMESTAMP_NOT_FINITE(o->at) || !IS_VALID_TIMESTAMP(o->at))
		return "A time is past the range of timestamps.";
	if (o->followers < 0)
		return "A count is negative.";
	if (!(o->cohort_change > -1) || isinf(o->cohort_change))
		return "A change of the cohort is not above -1 and finite.";
	if (before != NULL && compare_observations(before, o) > 0)
		return "The observations are not in order.";
	return NULL;
}

/* Read "at followers" or "at followers change". */
static bool
read_observation(Token text, Observation *o)
{
	bool		more;

	o->cohort_change = 0;
	return read_int64(token_cut(&text, ' ', &more), &o->at) && more &&
		read_int64(token_cut(&text, ' ', &more), &o->followers) &&
		(!more || read_float8(text, &o->cohort_change));
}

/* Read what stands in the braces; NULL, or what is wrong. */
static const char *
read_observations(Token rest, GrowthSeries *s)
{
	bool		more = rest.len > 0;

	while (more)
	{
		Observation *o = &s->observations[s->count];
		const char *problem;

		CHECK_FOR_INTERRUPTS();
		if (!read_observation(token_cut(&rest, ',', &more), o))
			return "An observation is its microseconds, followers and, unless 0, the cohort's change.";
		problem = observation_problem(o, s->count > 0 ? o - 1 : NULL);
		if (problem != NULL)
			return problem;
		s->count++;
	}
	return NULL;
}

/* How many observations there can be in a text. */
static uint64
count_commas(Token text)
{
	uint64		count = 1;

	for (size_t i = 0; i < text.len; i++)
		count += text.str[i] == ',';

	return count;
}

PG_FUNCTION_INFO_V1(growth_series_in);

/*
 * growth_series_in
 *		Text input: {at followers change,...}, where at is in microseconds since
 *		2000-01-01 UTC and a change of 0 is left out; a mark stands before it, as
 *		in 10000{...}.
 *
 * Error 22P02, soft where the server has soft errors; 54000 past 1 GB.
 */
Datum
growth_series_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Token		rest = token_trim(token_of(input, strlen(input)));
	const char *problem = "A series is {}, or observations in braces.";
	GrowthSeries *s;
	bool		found;
	Token		mark = token_cut(&rest, '{', &found);

	s = make_series(count_commas(rest));
	if (found && rest.len > 0 && rest.str[rest.len - 1] == '}')
	{
		rest.len--;
		problem = read_observations(token_trim(rest), s);
		if (problem == NULL && mark.len > 0 &&
			(!read_int64(mark, &s->mark) || s->mark < 1))
			problem = "The mark is not a count.";
	}
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"growth_series", input),
				 errdetail("%s", problem)));
	SET_VARSIZE(s, series_size(s->count));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(growth_series_out);

/* Text output: see growth_series_in. */
Datum
growth_series_out(PG_FUNCTION_ARGS)
{
	const GrowthSeries *s = growth_series_sorted(PG_GETARG_DATUM(0));
	StringInfoData buf;

	initStringInfo(&buf);
	if (s->mark != 0)
		appendStringInfo(&buf, INT64_FORMAT, s->mark);
	appendStringInfoChar(&buf, '{');
	for (uint32 i = 0; i < s->count; i++)
	{
		const Observation *o = &s->observations[i];

		CHECK_FOR_INTERRUPTS();
		appendStringInfo(&buf, "%s" INT64_FORMAT " " INT64_FORMAT,
						 i > 0 ? "," : "", o->at, o->followers);
		if (o->cohort_change != 0)
		{
			char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

			double_to_shortest_decimal_buf(o->cohort_change, number);
			appendStringInfo(&buf, " %s", number);
		}
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

static void
invalid_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s", "growth_series"),
			 errdetail("%s", detail)));
}

PG_FUNCTION_INFO_V1(growth_series_recv);

/*
 * growth_series_recv
 *		Binary input: the version, the mark, the number of observations in four
 *		bytes, and of each its microseconds, followers and the cohort's change,
 *		as big-endian 64-bit numbers.
 *
 * Error 22P03 for another version or length, or observations that can't be.
 */
Datum
growth_series_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	GrowthSeries *s;
	int64		mark;
	uint32		count;

	if (pq_getmsgbyte(buf) != SERIES_VERSION)
		invalid_binary("The version is unknown.");
	mark = pq_getmsgint64(buf);
	count = pq_getmsgint(buf, 4);
	if (mark < 0)
		invalid_binary("The mark is negative.");
	if ((uint64) (buf->len - buf->cursor) != (uint64) count * sizeof(Observation))
		invalid_binary("The length is wrong.");
	s = make_series(count);
	s->mark = mark;
	for (; s->count < count; s->count++)
	{
		Observation *o = &s->observations[s->count];
		const char *problem;

		CHECK_FOR_INTERRUPTS();
		o->at = pq_getmsgint64(buf);
		o->followers = pq_getmsgint64(buf);
		o->cohort_change = pq_getmsgfloat8(buf) + 0.0;
		problem = observation_problem(o, s->count > 0 ? o - 1 : NULL);
		if (problem != NULL)
			invalid_binary(problem);
	}
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(growth_series_send);

/* Binary output: see growth_series_recv. */
Datum
growth_series_send(PG_FUNCTION_ARGS)
{
	const GrowthSeries *s = growth_series_sorted(PG_GETARG_DATUM(0));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, s->version);
	pq_sendint64(&buf, s->mark);
	pq_sendint32(&buf, s->count);
	for (uint32 i = 0; i < s->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(&buf, s->observations[i].at);
		pq_sendint64(&buf, s->observations[i].followers);
		pq_sendfloat8(&buf, s->observations[i].cohort_change);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* when a mark was passed */

PG_FUNCTION_INFO_V1(growth_crossed_at);

/*
 * crossed_at(observed_at, followers, mark) -> timestamptz, final function
 *		When a count first reached a mark from below.
 *
 * Between the last observation below and the first that is not, the count is
 * taken to grow by a constant rate.  Observations of 0 are left out, and of
 * several at one instant the largest counts.  NULL if the mark was not
 * reached, or if the first observation had it already.
 */
Datum
growth_crossed_at(PG_FUNCTION_ARGS)
{
	const GrowthSeries *s = growth_series_sorted(PG_GETARG_DATUM(0));
	const Observation *below = NULL;

	for (uint32 i = 0; i < s->count; i++)
	{
		const Observation *o = &s->observations[i];
		double		part;

		if (o->followers == 0 ||
			(i + 1 < s->count && s->observations[i + 1].at == o->at))
			continue;
		if (o->followers < s->mark)
		{
			below = o;
			continue;
		}
		if (below == NULL)
			PG_RETURN_NULL();
		part = log((double) s->mark / (double) below->followers) /
			log((double) o->followers / (double) below->followers);
		if (!(part < 1))		/* counts that are one double */
			PG_RETURN_TIMESTAMPTZ(o->at);
		part *= (double) o->at - (double) below->at;
		/* between any two timestamps is more than an int64 holds */
		PG_RETURN_TIMESTAMPTZ((int64) ((uint64) below->at + (uint64) rint(part)));
	}
	PG_RETURN_NULL();
}
