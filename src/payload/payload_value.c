/*-------------------------------------------------------------------------
 *
 * payload_value.c
 *		Values of a payload as values of columns.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/payload_reader.h"

/*
 * payload_wrong
 *		Note that something is wrong at a path below the element; false.
 */
bool
payload_wrong(PayloadReader *r, int sqlstate, const char *path,
			  const char *problem)
{
	r->problem.sqlstate = sqlstate;
	r->problem.detail = psprintf("\"%s\" %s.", json_place_text(r->place, path),
								 problem);
	r->problem.hint = NULL;
	r->problem.answer = false;
	return false;
}

static bool
wrong_value_kind(PayloadReader *r, const char *path, const JsonbValue *value,
				 const char *expected)
{
	return payload_wrong(r, ERRCODE_INVALID_PARAMETER_VALUE, path,
						 psprintf("is %s, not %s", json_kind(value),
								  expected));
}

/*
 * Read a decimal number as a whole one.  Digits after the point may be zeros
 * only.
 */
static bool
whole_number(PayloadReader *r, const char *path, const char *str, int len,
			 int64 *result)
{
	bool		negative = len > 0 && str[0] == '-';
	int			start = negative ? 1 : 0;
	int			i = start;

	*result = 0;
	for (; i < len && str[i] >= '0' && str[i] <= '9'; i++)
	{
		if (pg_mul_s64_overflow(*result, 10, result) ||
			pg_add_s64_overflow(*result, str[i] - '0', result))
			return payload_wrong(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, path,
								 "is out of range");
	}
	if (i > start && i < len && str[i] == '.')
	{
		for (i++; i < len && str[i] == '0'; i++)
			;
		if (i < len && str[i] >= '1' && str[i] <= '9')
			return payload_wrong(r, ERRCODE_INVALID_PARAMETER_VALUE, path,
								 "is not a whole number");
	}
	if (i == start || i < len)
		return payload_wrong(r, ERRCODE_INVALID_PARAMETER_VALUE, path,
							 "is not a number");
	if (negative)
		*result = -*result;
	return true;
}

/* Digits that can't overflow, which nearly all counts are. */
static inline bool
few_digits(const char *str, int len, int64 *result)
{
	int64		value = 0;

	if (len < 1 || len > 18)
		return false;
	for (int i = 0; i < len; i++)
	{
		unsigned int digit = (unsigned char) str[i] - '0';

		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*result = value;
	return true;
}

/* A number, or a string of one. */
static bool
number_value(PayloadReader *r, const char *path, const JsonbValue *value,
			 const char *expected,
			 int64 *result)
{
	char	   *decimal;

	if (value->type == jbvString)
		return few_digits(value->val.string.val, value->val.string.len,
						  result) ||
			whole_number(r, path, value->val.string.val,
						 value->val.string.len, result);
	if (value->type != jbvNumeric)
		return wrong_value_kind(r, path, value, expected);
	if (numeric_small_count(value->val.numeric, result))
		return true;
	decimal = numeric_to_decimal(value->val.numeric);
	return whole_number(r, path, decimal, (int) strlen(decimal), result);
}

/*
 * payload_count
 *		A count; hidden is set where the shape has a number for that.
 */
bool
payload_count(PayloadReader *r, const char *path, const JsonbValue *value,
			  bool *hidden, int64 *result)
{
	if (!number_value(r, path, value, "a number", result))
		return false;
	*hidden = r->shape->has_hidden && *result == r->shape->hidden;
	if (*result < 0 && !*hidden)
		return payload_wrong(r, ERRCODE_INVALID_PARAMETER_VALUE, path,
							 "is negative");
	return true;
}

/* A string, up to a mark, or a number as it is written. */
static bool
text_value(PayloadReader *r, const Source *source, const char *path,
		   const JsonbValue *value,
		   Datum *result)
{
	int			len;
	const char *mark = NULL;

	if (value->type == jbvNumeric)
	{
		*result = CStringGetTextDatum(numeric_to_decimal(value->val.numeric));
		return true;
	}
	if (value->type != jbvString)
		return wrong_value_kind(r, path, value, "a string");
	len = value->val.string.len;
	if (source->before != NULL)
		mark = strstr(pnstrdup(value->val.string.val, len), source->before);
	if (mark != NULL)
		len -= (int) strlen(mark);
	*result = PointerGetDatum(cstring_to_text_with_len(value->val.string.val,
													   len));
	return true;
}

static const char *
time_form_wanted(TimeForm form)
{
	if (form == TIME_FORM_CTIME)
		return "is not a time as Fri Apr 05 07:56:32 +0000 2019";
	if (form == TIME_FORM_ISO_UTC)
		return "is not a time of ISO 8601";
	return "is not a time of ISO 8601 with a zone";
}

static bool
time_value(PayloadReader *r, const Source *source, const char *path,
		   const JsonbValue *value,
		   Datum *result)
{
	TimestampTz time = 0;
	TimeProblem problem;

	if (source->time_form == TIME_FORM_EPOCH ||
		source->time_form == TIME_FORM_EPOCH_MS)
	{
		int64		number;

		if (!number_value(r, path, value, "a time", &number))
		{
			if (r->problem.sqlstate == ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				r->problem.sqlstate = ERRCODE_DATETIME_VALUE_OUT_OF_RANGE;
			return false;
		}
		problem = epoch_time(number, source->time_form == TIME_FORM_EPOCH_MS,
							 &time);
	}
	else if (value->type != jbvString)
		return wrong_value_kind(r, path, value, "a time");
	else if (source->time_form == TIME_FORM_CTIME)
		problem = ctime_time(value->val.string.val, value->val.string.len,
							 &time);
	else
		problem = iso_time(value->val.string.val, value->val.string.len,
						   source->time_form == TIME_FORM_ISO_UTC, &time);
	*result = TimestampTzGetDatum(time);
	if (problem == TIME_WRONG_FORM)
		return payload_wrong(r, ERRCODE_INVALID_DATETIME_FORMAT, path,
							 time_form_wanted(source->time_form));
	if (problem == TIME_OUT_OF_RANGE)
		return payload_wrong(r, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, path,
							 "is out of range");
	return true;
}

static bool
flag_value(PayloadReader *r, const char *path, const JsonbValue *value,
		   Datum *result)
{
	if (value->type != jbvBool)
		return wrong_value_kind(r, path, value, "a boolean");
	*result = BoolGetDatum(value->val.boolean);
	return true;
}

/*
 * payload_value
 *		A text, a time or a flag, in CurrentMemoryContext.
 */
bool
payload_value(PayloadReader *r, ColumnKind kind, const Source *source,
			  const char *path,
			  const JsonbValue *value, Datum *result)
{
	if (kind == COLUMN_TIME)
		return time_value(r, source, path, value, result);
	if (kind == COLUMN_FLAG)
		return flag_value(r, path, value, result);
	return text_value(r, source, path, value, result);
}
