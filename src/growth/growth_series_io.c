/*-------------------------------------------------------------------------
 *
 * growth_series_io.c
 *		Text and binary form of growth_series.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/token.h"
#include "growth/growth_series.h"

/* Numbers are shorter. */
#define MAX_NUMBER_LEN		32

/* Numbers with something else after them are no numbers. */
static bool
read_int64(Token token, int64 *number)
{
	char		digits[MAX_NUMBER_LEN];
	char	   *end;

	if (token.len == 0 || token.len >= sizeof(digits) ||
		is_blank(token.str[0]))
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

	if (token.len == 0 || token.len >= sizeof(digits) ||
		is_blank(token.str[0]))
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
	if (before != NULL && growth_compare_observations(before, o) > 0)
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
 *		Text input: {at followers change,...}, where at is in microseconds
 *		since 2000-01-01 UTC and a change of 0 is left out; a mark stands
 *		before it, as in 10000{...}.
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

	s = growth_series_make(count_commas(rest));
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
	SET_VARSIZE(s, growth_series_size(s->count));
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
invalid_series_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s",
					"growth_series"),
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
		invalid_series_binary("The version is unknown.");
	mark = pq_getmsgint64(buf);
	count = pq_getmsgint(buf, 4);
	if (mark < 0)
		invalid_series_binary("The mark is negative.");
	if ((uint64) (buf->len - buf->cursor) !=
		(uint64) count * sizeof(Observation))
		invalid_series_binary("The length is wrong.");
	s = growth_series_make(count);
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
			invalid_series_binary(problem);
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
