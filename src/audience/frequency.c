/*-------------------------------------------------------------------------
 *
 * frequency.c
 *		The type reach_frequency: how many people were reached how often.
 *
 * As text, {1=2,2=2,3=1}: two people once, two twice, one three times; of a
 * sample, {1=2,2=2,3=1} theta 4611686018427387904 with the part of 2^63 - 1
 * that it is.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "audience/frequency.h"
#include "audience/theta.h"
#include "base/compat.h"
#include "base/invalid.h"

/* A value, to read. */
typedef struct FrequencyView
{
	double		theta;			/* a fraction */
	int			count;
	const char *entries;
} FrequencyView;

static void
frequency_view(const struct varlena *frequency, FrequencyView *view)
{
	view->theta = theta_fraction(frequency_get64(VARDATA_ANY(frequency)));
	view->entries = VARDATA_ANY(frequency) + FREQUENCY_HEADER_SIZE;
	view->count =
		(int) ((VARSIZE_ANY_EXHDR(frequency) - FREQUENCY_HEADER_SIZE) /
			   FREQUENCY_ENTRY_SIZE);
}

static uint32
entry_times(const FrequencyView *view, int i)
{
	return frequency_get32(view->entries + (size_t) i * FREQUENCY_ENTRY_SIZE);
}

static double
entry_people(const FrequencyView *view, int i)
{
	return (double) frequency_get64(view->entries +
									(size_t) i * FREQUENCY_ENTRY_SIZE + 4);
}

/* People of the sample, and how often they were reached together. */
static void
sums_from(const FrequencyView *view, int times, double *people,
		  double *reached)
{
	*people = *reached = 0;
	for (int i = 0; i < view->count; i++)
	{
		if (entry_times(view, i) < (uint32) times)
			continue;
		*people += entry_people(view, i);
		*reached += entry_people(view, i) * entry_times(view, i);
	}
}

PG_FUNCTION_INFO_V1(frequency_reach_at);

/*
 * reach_at(reach_frequency, k integer) -> float8
 *		How many people were reached at least k times; exact while the
 *		audiences are.
 *
 * Error 22023 for k below 1.
 */
Datum
frequency_reach_at(PG_FUNCTION_ARGS)
{
	FrequencyView view;
	int			k = PG_GETARG_INT32(1);
	double		people;
	double		reached;

	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 1: %d", k)));
	frequency_view(PG_GETARG_VARLENA_PP(0), &view);
	sums_from(&view, k, &people, &reached);
	PG_RETURN_FLOAT8(people / view.theta);
}

PG_FUNCTION_INFO_V1(frequency_average);

/*
 * average_frequency(reach_frequency) -> float8
 *		How often those who were reached were, on average; NULL if nobody was.
 */
Datum
frequency_average(PG_FUNCTION_ARGS)
{
	FrequencyView view;
	double		people;
	double		reached;

	frequency_view(PG_GETARG_VARLENA_PP(0), &view);
	sums_from(&view, 1, &people, &reached);
	if (people == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(reached / people);
}

PG_FUNCTION_INFO_V1(frequency_gross_reach);

/*
 * gross_reach(reach_frequency) -> float8
 *		The audiences added up: everybody as often as reached.
 */
Datum
frequency_gross_reach(PG_FUNCTION_ARGS)
{
	FrequencyView view;
	double		people;
	double		reached;

	frequency_view(PG_GETARG_VARLENA_PP(0), &view);
	sums_from(&view, 1, &people, &reached);
	PG_RETURN_FLOAT8(reached / view.theta);
}

/* What is wrong with the bytes of a value; NULL: nothing. */
static const char *
check_frequency(const char *bytes, size_t len)
{
	uint32		previous = 0;

	if (len < FREQUENCY_HEADER_SIZE ||
		(len - FREQUENCY_HEADER_SIZE) % FREQUENCY_ENTRY_SIZE != 0)
		return "The length is that of no frequency.";
	if (frequency_get64(bytes) == 0 || frequency_get64(bytes) > THETA_MAX)
		return "Theta is not between 1 and 2^63 - 1.";
	for (size_t i = FREQUENCY_HEADER_SIZE; i < len; i += FREQUENCY_ENTRY_SIZE)
	{
		uint32		times = frequency_get32(bytes + i);
		uint64		people = frequency_get64(bytes + i + 4);

		if (times <= previous || times > PG_INT32_MAX)
			return "How often is not ascending from 1.";
		if (people == 0 || people > PG_INT64_MAX)
			return "The people who were reached so often are none, or too many.";
		previous = times;
	}
	return NULL;
}

/* Read a number, at most a maximum. */
static bool
read_number(const char **at, uint64 most, uint64 *number)
{
	if (!isdigit((unsigned char) **at))
		return false;
	for (*number = 0; isdigit((unsigned char) **at); (*at)++)
	{
		uint64		digit = **at - '0';

		if (*number > (most - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return true;
}

/* Read {1=2,2=2} into bytes. */
static bool
read_entries(const char **at, StringInfo bytes)
{
	uint64		times;
	uint64		people;
	char		entry[FREQUENCY_ENTRY_SIZE];

	if (*(*at)++ != '{')
		return false;
	if (**at == '}')
		return (*at)++ != NULL;
	for (;;)
	{
		if (!read_number(at, PG_INT32_MAX, &times) || *(*at)++ != '=' ||
			!read_number(at, PG_INT64_MAX, &people))
			return false;
		frequency_put32(entry, (uint32) times);
		frequency_put64(entry + 4, people);
		appendBinaryStringInfo(bytes, entry, FREQUENCY_ENTRY_SIZE);
		if (**at == '}')
			return (*at)++ != NULL;
		if (*(*at)++ != ',')
			return false;
	}
}

/* Read a whole text into bytes. */
static bool
read_frequency(const char *at, StringInfo bytes)
{
	static const char word[] = " theta ";
	uint64		theta = THETA_MAX;
	char		header[FREQUENCY_HEADER_SIZE] = {0};

	appendBinaryStringInfo(bytes, header, FREQUENCY_HEADER_SIZE);
	if (!read_entries(&at, bytes))
		return false;
	if (strncmp(at, word, strlen(word)) == 0)
	{
		at += strlen(word);
		if (!read_number(&at, THETA_MAX, &theta))
			return false;
	}
	frequency_put64(bytes->data, theta);
	return *at == '\0';
}

/* frequency_value: the value, of either type, that has these bytes */
struct varlena *
frequency_value(const void *bytes, size_t len)
{
	struct varlena *result = palloc(VARHDRSZ + len);

	SET_VARSIZE(result, VARHDRSZ + len);
	memcpy(VARDATA(result), bytes, len);
	return result;
}

PG_FUNCTION_INFO_V1(reach_frequency_in);

/* reach_frequency_in: error 22P02, perhaps soft */
Datum
reach_frequency_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	StringInfoData bytes;
	const char *problem =
		"Write it as {1=2,2=2,3=1}: two people once, two twice, one three times.";

	initStringInfo(&bytes);
	if (read_frequency(str, &bytes))
		problem = check_frequency(bytes.data, bytes.len);
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input for type %s: \"%s\"", "reach_frequency",
						str),
				 errdetail("%s", problem)));
	PG_RETURN_POINTER(frequency_value(bytes.data, bytes.len));
}

PG_FUNCTION_INFO_V1(reach_frequency_out);

/* reach_frequency_out: the text */
Datum
reach_frequency_out(PG_FUNCTION_ARGS)
{
	struct varlena *frequency = PG_GETARG_VARLENA_PP(0);
	uint64		theta = frequency_get64(VARDATA_ANY(frequency));
	FrequencyView view;
	StringInfoData text;

	frequency_view(frequency, &view);
	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	for (int i = 0; i < view.count; i++)
		appendStringInfo(&text, "%s%u=" UINT64_FORMAT, i > 0 ? "," : "",
						 entry_times(&view, i),
						 frequency_get64(view.entries +
										 (size_t) i * FREQUENCY_ENTRY_SIZE +
										 4));
	appendStringInfoChar(&text, '}');
	if (theta != THETA_MAX)
		appendStringInfo(&text, " theta " UINT64_FORMAT, theta);
	PG_RETURN_CSTRING(text.data);
}

/*
 * frequency_recv
 *		Binary input of either type: the bytes as they are.
 *
 * Error 22P03 for what the type's check refuses.
 */
Datum
frequency_recv(FunctionCallInfo fcinfo, const char *type, FrequencyCheck check)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len = buf->len - buf->cursor;
	const char *bytes = pq_getmsgbytes(buf, len);
	const char *problem = check(bytes, len);

	if (problem != NULL)
		invalid_binary(type, problem);
	PG_RETURN_POINTER(frequency_value(bytes, len));
}

PG_FUNCTION_INFO_V1(reach_frequency_recv);

/* reach_frequency_recv: the bytes; error 22P03 */
Datum
reach_frequency_recv(PG_FUNCTION_ARGS)
{
	return frequency_recv(fcinfo, "reach_frequency", check_frequency);
}

PG_FUNCTION_INFO_V1(reach_frequency_send);

/* reach_frequency_send: the bytes */
Datum
reach_frequency_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(PG_GETARG_BYTEA_P_COPY(0));
}
