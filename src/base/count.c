/*-------------------------------------------------------------------------
 *
 * count.c
 *		Counts that were read, and counts that can't be.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/compat.h"
#include "base/count.h"

/* What to do about it, for an errhint. */
const char *
count_problem_hint(CountProblem problem)
{
	switch (problem)
	{
		case COUNT_OK:
			break;
		case COUNT_SYNTAX:
			return "Write a count as 48500000, 48,500,000, 48.500.000 or 48.5M; K, M and B are understood.";
		case COUNT_NEGATIVE:
			return "A count is never negative; store an unknown one as NULL.";
		case COUNT_GROUPING:
			return "A separator groups thousands: exactly three digits follow each one.";
		case COUNT_AMBIGUOUS:
			return "One separator before three digits could group thousands or mark decimals: leave it out, or write other decimals.";
		case COUNT_TWO_MEANINGS:
			return "\"mil\" is a thousand in Spanish and Portuguese, and a million in English: write K or M.";
		case COUNT_FRACTION:
			return "A count is whole: use at most 3 decimals with K, 6 with M, 9 with B.";
		case COUNT_OVERFLOW:
			return "The largest count is 9223372036854775807.";
	}
	return NULL;
}

/*
 * count_check
 *		Refuse a negative count, which is somebody's mark for "unknown".
 *
 * what names the argument in the message.
 */
void
count_check(int64 count, const char *what)
{
	if (likely(count >= 0))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must not be negative: " INT64_FORMAT, what, count),
			 count == -1 ?
			 errhint("Store an unknown or hidden count as NULL; where -1 stands for one, write nullif(%s, -1).", what) :
			 errhint("Store an unknown or hidden count as NULL.")));
}

PG_FUNCTION_INFO_V1(parse_count);

/*
 * parse_count(text) -> bigint
 *		The count that a text like '48.5M' or '1,234,567' stands for; what it
 *		counts may follow.
 *
 * NULL for NULL.  Whatever is not a count is an error, 22P02, or 22003 past
 * bigint.
 */
Datum
parse_count(PG_FUNCTION_ARGS)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	int64		count;
	CountProblem problem = count_parse(VARDATA_ANY(str),
									   VARSIZE_ANY_EXHDR(str),
									   true, &count);

	if (problem == COUNT_OVERFLOW)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("count \"%s\" is out of range for type bigint",
						text_to_cstring(str)),
				 errhint("%s", count_problem_hint(problem))));
	if (problem != COUNT_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid count: \"%s\"", text_to_cstring(str)),
				 errdetail("%s", count_problem_hint(problem)),
				 errhint("try_parse_count() gives NULL for what is not a count.")));
	PG_RETURN_INT64(count);
}

PG_FUNCTION_INFO_V1(try_parse_count);

/*
 * try_parse_count(text) -> bigint
 *		As parse_count, but NULL for whatever is not a count: 'N/A', '',
 *		'hidden'.
 */
Datum
try_parse_count(PG_FUNCTION_ARGS)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	int64		count;

	if (count_parse(VARDATA_ANY(str), VARSIZE_ANY_EXHDR(str), true, &count) !=
		COUNT_OK)
		PG_RETURN_NULL();
	PG_RETURN_INT64(count);
}
