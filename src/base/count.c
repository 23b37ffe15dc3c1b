/*-------------------------------------------------------------------------
 *
 * count.c
 *		Counts as people write them: 48.5M, 29.4K, 1,234,567, 10.000, 2B.
 *
 * A count is whole and not negative.  Written out, it has no decimals, so a
 * separator can only group thousands: 10.000 is ten thousand, whatever the
 * writer's country.  Abbreviated with K, M or B, it may have decimals: 48.5M.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/token.h"

/* More groups of three digits than bigint can hold, leading zeros aside. */
#define MAX_GROUPS		16

/* A count taken apart: groups of digits, and the separators between them. */
typedef struct WrittenCount
{
	int			ngroups;
	const char *digits[MAX_GROUPS]; /* where each group starts */
	int			ndigits[MAX_GROUPS];
	char		separator[MAX_GROUPS];	/* the one after the group */
	int			ndecimals;		/* digits after the decimal mark, if any */
	const char *decimals;
	int			power;			/* of ten, from the suffix; 0 for none */
} WrittenCount;

/* Spaces and apostrophes beyond ASCII that group thousands. */
static const struct
{
	const char *bytes;
	char		means;
}			wide_separators[] =
{
	{"\xC2\xA0", ' '},			/* no-break space */
	{"\xE2\x80\xAF", ' '},		/* narrow no-break space */
	{"\xE2\x80\x89", ' '},		/* thin space */
	{"\xE2\x80\x99", '\''},		/* right single quotation mark */
};

/*
 * The separator at *p, as one byte, or 0 if there is none; *p moves past it.
 */
static char
read_separator(const char **p, const char *end)
{
	char		c = **p;

	if (c == '.' || c == ',' || c == '\'' || c == ' ' || c == '_')
	{
		(*p)++;
		return c;
	}
	if (GetDatabaseEncoding() != PG_UTF8)
		return 0;
	for (size_t i = 0; i < lengthof(wide_separators); i++)
	{
		size_t		len = strlen(wide_separators[i].bytes);

		if ((size_t) (end - *p) >= len &&
			memcmp(*p, wide_separators[i].bytes, len) == 0)
		{
			*p += len;
			return wide_separators[i].means;
		}
	}
	return 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The power of ten that a suffix stands for; 0 if it is none. */
static int
suffix_power(char c)
{
	switch (pg_ascii_toupper((unsigned char) c))
	{
		case 'K':
			return 3;
		case 'M':
			return 6;
		case 'B':
			return 9;
		default:
			return 0;
	}
}

/* Take the suffix off, and return the power of ten that it stands for. */
static int
take_suffix(Token *token)
{
	int			power = token->len > 0 ?
		suffix_power(token->str[token->len - 1]) : 0;

	if (power > 0)
	{
		token->len--;
		*token = token_trim(*token);
	}
	return power;
}

/* Split the digits into groups. */
static CountProblem
split_groups(const char *p, const char *end, WrittenCount *w)
{
	w->ngroups = 0;
	for (;;)
	{
		const char *start = p;

		while (p < end && is_digit(*p))
			p++;
		if (p == start || w->ngroups == MAX_GROUPS)
			return COUNT_SYNTAX;
		w->digits[w->ngroups] = start;
		w->ndigits[w->ngroups] = p - start;
		w->separator[w->ngroups] = 0;
		w->ngroups++;
		if (p == end)
			return COUNT_OK;
		w->separator[w->ngroups - 1] = read_separator(&p, end);
		if (w->separator[w->ngroups - 1] == 0 || p == end)
			return COUNT_SYNTAX;
	}
}

/*
 * An abbreviated count may have decimals: then the last separator is a point
 * or a comma that stands only once.  One comma before three digits could be
 * either, and guessing wrong is a factor of a thousand.
 */
static CountProblem
take_decimals(WrittenCount *w)
{
	int			last = w->ngroups - 1;
	char		mark;

	w->ndecimals = 0;
	if (w->power == 0 || last == 0)
		return COUNT_OK;
	mark = w->separator[last - 1];
	if ((mark != '.' && mark != ',') ||
		(last > 1 && w->separator[last - 2] == mark))
		return COUNT_OK;
	if (mark == ',' && last == 1 && w->ndigits[last] == 3)
		return COUNT_AMBIGUOUS;
	w->ndecimals = w->ndigits[last];
	w->decimals = w->digits[last];
	w->ngroups = last;
	return COUNT_OK;
}

/* What groups must group by three, and in one way. */
static CountProblem
check_grouping(const WrittenCount *w)
{
	if (w->ngroups > 1 && w->ndigits[0] > 3)
		return COUNT_GROUPING;
	for (int i = 1; i < w->ngroups; i++)
	{
		if (w->ndigits[i] != 3 || w->separator[i - 1] != w->separator[0])
			return COUNT_GROUPING;
	}
	return COUNT_OK;
}

/* Append a digit; false past bigint. */
static bool
append_digit(int64 *count, char digit)
{
	return !pg_mul_s64_overflow(*count, 10, count) &&
		!pg_add_s64_overflow(*count, digit - '0', count);
}

/* The number itself. */
static CountProblem
assemble(const WrittenCount *w, int64 *count)
{
	*count = 0;
	for (int i = 0; i < w->ngroups; i++)
	{
		for (int j = 0; j < w->ndigits[i]; j++)
		{
			if (!append_digit(count, w->digits[i][j]))
				return COUNT_OVERFLOW;
		}
	}
	for (int i = 0; i < Max(w->power, w->ndecimals); i++)
	{
		char		digit = i < w->ndecimals ? w->decimals[i] : '0';

		if (i >= w->power && digit != '0')
			return COUNT_FRACTION;
		if (i < w->power && !append_digit(count, digit))
			return COUNT_OVERFLOW;
	}
	return COUNT_OK;
}

/*
 * count_parse
 *		Read a written count of len bytes.
 *
 * *count is defined only if COUNT_OK is returned.
 */
CountProblem
count_parse(const char *str, size_t len, int64 *count)
{
	Token		token = token_trim((Token) {str, len});
	WrittenCount w;
	CountProblem problem;

	w.power = take_suffix(&token);
	if (token.len > 1 && token.str[0] == '-' && is_digit(token.str[1]))
		return COUNT_NEGATIVE;
	problem = split_groups(token.str, token.str + token.len, &w);
	if (problem == COUNT_OK)
		problem = take_decimals(&w);
	if (problem == COUNT_OK)
		problem = check_grouping(&w);
	if (problem == COUNT_OK)
		problem = assemble(&w, count);
	return problem;
}

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
			return "The comma could group thousands or mark decimals: write 1234K or 1.234K.";
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
	if (unlikely(count < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative: " INT64_FORMAT, what, count),
				 errhint("Store an unknown or hidden count as NULL.")));
}

PG_FUNCTION_INFO_V1(parse_count);

/*
 * parse_count(text) -> bigint
 *		The count that a text like '48.5M' or '1,234,567' stands for.
 *
 * NULL for NULL.  Whatever is not a count is an error, 22P02, or 22003 past
 * bigint.
 */
Datum
parse_count(PG_FUNCTION_ARGS)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	int64		count;
	CountProblem problem = count_parse(VARDATA_ANY(str), VARSIZE_ANY_EXHDR(str),
									   &count);

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
 *		As parse_count, but NULL for whatever is not a count: 'N/A', '', 'hidden'.
 */
Datum
try_parse_count(PG_FUNCTION_ARGS)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	int64		count;

	if (count_parse(VARDATA_ANY(str), VARSIZE_ANY_EXHDR(str), &count) != COUNT_OK)
		PG_RETURN_NULL();
	PG_RETURN_INT64(count);
}
