/*-------------------------------------------------------------------------
 *
 * written_count.c
 *		Counts as people and platforms write them: 48.5M, 1,234,567, 12,5 Tsd.
 *
 * A count is whole and not negative.  Written out, it has no decimals, so a
 * separator can only group thousands: 10.000 is ten thousand, whatever the
 * writer's country.  Abbreviated, it may have decimals: 48.5M.  One separator
 * before three digits is then read as those who use the abbreviation write,
 * and refused where they differ: guessing wrong is a factor of a thousand.
 *
 * All of it is decided on UTF-8, so that a text means the same in a database
 * of any encoding.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "common/int.h"
#include "mb/pg_wchar.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/token.h"

/* More groups of digits than bigint can hold, leading zeros aside. */
#define MAX_GROUPS		16

/* No count that is not ASCII is longer, in bytes. */
#define MAX_WIDE_LENGTH	200

/* The Arabic decimal mark, which never groups, in a plain text. */
#define DECIMAL_MARK	'\x1f'

/* What one separator before three digits is. */
typedef enum ThreeDigits
{
	GROUPING,
	DECIMALS,
	UNCLEAR
} ThreeDigits;

/* An abbreviation. */
typedef struct Suffix
{
	const char *word;			/* in UTF-8; ASCII letters in any case */
	int			power;			/* of ten; 0 for a word of two meanings */
	bool		dotted;			/* may have a point behind it */
	ThreeDigits point;
	ThreeDigits comma;
} Suffix;

/* None ends with another one. */
static const Suffix suffixes[] = {
	{"thousand", 3, false, DECIMALS, UNCLEAR},
	{"million", 6, false, DECIMALS, UNCLEAR},
	{"billion", 9, false, DECIMALS, UNCLEAR},
	{"bn", 9, false, DECIMALS, UNCLEAR},
	{"k", 3, false, DECIMALS, UNCLEAR},
	{"m", 6, false, DECIMALS, UNCLEAR},
	{"b", 9, false, DECIMALS, UNCLEAR},
	/* India: always a point */
	{"lakh", 5, false, DECIMALS, GROUPING},
	{"lakhs", 5, false, DECIMALS, GROUPING},
	{"crore", 7, false, DECIMALS, GROUPING},
	{"crores", 7, false, DECIMALS, GROUPING},
	/* German; Swiss decimals have a point */
	{"tsd", 3, true, UNCLEAR, DECIMALS},
	{"mio", 6, true, UNCLEAR, DECIMALS},
	{"mrd", 9, true, UNCLEAR, DECIMALS},
	/* French, Italian, Dutch, Polish */
	{"md", 9, false, UNCLEAR, DECIMALS},
	{"mln", 6, true, UNCLEAR, DECIMALS},
	{"mld", 9, true, UNCLEAR, DECIMALS},
	{"mlrd", 9, true, UNCLEAR, DECIMALS},
	/* a thousand in Spanish and Portuguese, a million in English */
	{"mil", 0, false, UNCLEAR, UNCLEAR},
	/* Russian: tys, mln, mlrd */
	{"\xD1\x82\xD1\x8B\xD1\x81", 3, true, UNCLEAR, DECIMALS},
	{"\xD0\xBC\xD0\xBB\xD0\xBD", 6, true, UNCLEAR, DECIMALS},
	{"\xD0\xBC\xD0\xBB\xD1\x80\xD0\xB4", 9, true, UNCLEAR, DECIMALS},
	/* Arabic: alf, milyun, milyar */
	{"\xD8\xA3\xD9\x84\xD9\x81", 3, false, UNCLEAR, UNCLEAR},
	{"\xD9\x85\xD9\x84\xD9\x8A\xD9\x88\xD9\x86", 6, false, UNCLEAR, UNCLEAR},
	{"\xD9\x85\xD9\x84\xD9\x8A\xD8\xA7\xD8\xB1", 9, false, UNCLEAR, UNCLEAR},
	/* Chinese, Japanese, Korean: a thousand, 10^4, 10^8 */
	{"\xE5\x8D\x83", 3, false, DECIMALS, GROUPING},
	{"\xEC\xB2\x9C", 3, false, DECIMALS, GROUPING},
	{"\xE4\xB8\x87", 4, false, DECIMALS, GROUPING},
	{"\xE8\x90\xAC", 4, false, DECIMALS, GROUPING},
	{"\xEB\xA7\x8C", 4, false, DECIMALS, GROUPING},
	{"\xE4\xBA\xBF", 8, false, DECIMALS, GROUPING},
	{"\xE5\x84\x84", 8, false, DECIMALS, GROUPING},
	{"\xEC\x96\xB5", 8, false, DECIMALS, GROUPING},
};

/* What may be counted, after a blank; also with an s. */
static const char *const nouns[] = {
	"follower", "subscriber", "fan", "view", "play", "like", "comment",
	"share", "save", "repost", "post",
};

/* Characters that stand for those of ASCII. */
static const struct
{
	uint32		first;
	uint32		count;
	char		plain;			/* that of the first one */
}			wide_characters[] =

{
	{0x00A0, 1, ' '},			/* no-break space */
	{0x0660, 10, '0'},			/* Arabic-Indic digits */
	{0x066B, 1, DECIMAL_MARK},	/* Arabic decimal separator */
	{0x066C, 1, '\''},			/* Arabic thousands separator */
	{0x06F0, 10, '0'},			/* Persian and Urdu digits */
	{0x0966, 10, '0'},			/* Devanagari digits */
	{0x2007, 1, ' '},			/* figure space */
	{0x2009, 1, ' '},			/* thin space */
	{0x2019, 1, '\''},			/* right single quotation mark */
	{0x202F, 1, ' '},			/* narrow no-break space */
	{0x2212, 1, '-'},			/* minus sign */
	{0x2248, 1, '~'},			/* almost equal to */
	{0x3000, 1, ' '},			/* ideographic space */
	{0xFF01, 94, '!'},			/* full-width forms of all of ASCII */
};

/* A count taken apart: groups of digits, and the separators between them. */
typedef struct WrittenCount
{
	int			ngroups;
	const char *digits[MAX_GROUPS]; /* where each group starts */
	int			ndigits[MAX_GROUPS];
	char		separator[MAX_GROUPS];	/* the one after the group */
	int			ndecimals;		/* digits after the decimal mark, if any */
	const char *decimals;
	const Suffix *suffix;		/* NULL for none */
} WrittenCount;

/* plain text */

/*
 * The character of two or three bytes in UTF-8 at p; *len is 0 if there is
 * none, which is so for ASCII as well.
 */
static uint32
wide_character(const unsigned char *p, size_t left, size_t *len)
{
	*len = 0;
	if (left >= 2 && (p[0] & 0xE0) == 0xC0)
	{
		*len = 2;
		return (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if (left >= 3 && (p[0] & 0xF0) == 0xE0)
	{
		*len = 3;
		return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	}
	return 0;
}

/* The character of ASCII that a wide one stands for; 0 for another one. */
static char
plain_character(uint32 wide)
{
	for (size_t i = 0; i < lengthof(wide_characters); i++)
	{
		if (wide - wide_characters[i].first < wide_characters[i].count)
			return wide_characters[i].plain +
				(wide - wide_characters[i].first);
	}
	return 0;
}

/* Replace what stands for ASCII by it, in place, in UTF-8. */
static void
make_plain(char *str, size_t *len)
{
	size_t		to = 0;

	for (size_t from = 0; from < *len;)
	{
		size_t		width;
		char		plain =
			plain_character(wide_character((unsigned char *) str + from,
										   *len - from,
										   &width));

		if (width > 0 && plain != 0)
		{
			str[to++] = plain;
			from += width;
		}
		else
			str[to++] = str[from++];
	}
	*len = to;
}

/*
 * Put the text into buf, of size bytes, in UTF-8; false if it can't be.  A
 * database of no encoding is taken to hold UTF-8.
 */
static bool
to_utf8(Token token, char *buf, size_t size, size_t *len)
{
	int			encoding = GetDatabaseEncoding();
	Oid			proc;

	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
	{
		memcpy(buf, token.str, token.len);
		*len = token.len;
		return true;
	}
	proc = FindDefaultConversionProc(encoding, PG_UTF8);
	if (!OidIsValid(proc) ||
		pg_do_encoding_conversion_buf(proc, encoding, PG_UTF8,
									  (unsigned char *) token.str, token.len,
									  (unsigned char *) buf, size, true) !=
		(int) token.len)
		return false;
	*len = strlen(buf);
	return true;
}

static bool
is_ascii(Token token)
{
	for (size_t i = 0; i < token.len; i++)
	{
		check_interrupts(i);
		if (IS_HIGHBIT_SET(token.str[i]))
			return false;
	}
	return true;
}

/* pieces of a count */

/* The separator at *p, or 0 if there is none; *p moves past it. */
static char
read_separator(const char **p)
{
	char		c = **p;

	if (c != '.' && c != ',' && c != '\'' && c != ' ' && c != '_' &&
		c != DECIMAL_MARK)
		return 0;
	(*p)++;
	return c;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Take a word in lower case off the end of a token, if it is there in any case
 * of ASCII letters.
 */
static bool
take_word(Token *token, const char *word)
{
	size_t		len = strlen(word);
	const char *end;

	if (token->len < len)
		return false;
	end = token->str + token->len - len;
	for (size_t i = 0; i < len; i++)
	{
		if (pg_ascii_tolower((unsigned char) end[i]) !=
			(unsigned char) word[i])
			return false;
	}
	token->len -= len;
	return true;
}

/* Take the abbreviation off, if there is one. */
static const Suffix *
take_suffix(Token *token)
{
	Token		without_point = *token;
	bool		point = take_word(&without_point, ".");

	for (size_t i = 0; i < lengthof(suffixes); i++)
	{
		Token		rest = point &&
			suffixes[i].dotted ? without_point : *token;

		if (take_word(&rest, suffixes[i].word))
		{
			*token = token_trim(rest);
			return &suffixes[i];
		}
	}
	return NULL;
}

/* Take off what is counted, if it is there: "20K views". */
static void
take_noun(Token *token)
{
	for (size_t i = 0; i < lengthof(nouns); i++)
	{
		Token		rest = *token;

		(void) take_word(&rest, "s");
		if (take_word(&rest, nouns[i]) && rest.len > 0 &&
			is_blank(rest.str[rest.len - 1]))
		{
			*token = token_trim(rest);
			return;
		}
	}
}

/* Take off what says that a count is not exact: "~5k", "10k+". */
static void
take_vagueness(Token *token)
{
	if (take_word(token, "+"))
		*token = token_trim(*token);
	else if (token->len > 0 && token->str[0] == '~')
		*token = token_trim(token_of(token->str + 1, token->len - 1));
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
		{
			check_interrupts(p - start);
			p++;
		}
		if (p == start || w->ngroups == MAX_GROUPS)
			return COUNT_SYNTAX;
		w->digits[w->ngroups] = start;
		w->ndigits[w->ngroups] = p - start;
		w->separator[w->ngroups] = 0;
		w->ngroups++;
		if (p == end)
			return COUNT_OK;
		w->separator[w->ngroups - 1] = read_separator(&p);
		if (w->separator[w->ngroups - 1] == 0 || p == end)
			return COUNT_SYNTAX;
	}
}

/* What the last separator of an abbreviated count is. */
static ThreeDigits
last_separator(const WrittenCount *w)
{
	int			last = w->ngroups - 1;
	char		mark = w->separator[last - 1];

	if (mark == DECIMAL_MARK)
		return DECIMALS;
	if ((mark != '.' && mark != ',') ||
		(last > 1 && w->separator[last - 2] == mark))
		return GROUPING;
	if (last > 1 || w->ndigits[last] != 3)
		return DECIMALS;
	return mark == '.' ? w->suffix->point : w->suffix->comma;
}

/*
 * An abbreviated count may have decimals: after the last separator, if that is
 * a mark that stands only once.
 */
static CountProblem
take_decimals(WrittenCount *w)
{
	int			last = w->ngroups - 1;

	w->ndecimals = 0;
	if (w->suffix == NULL || last == 0)
		return COUNT_OK;
	switch (last_separator(w))
	{
		case GROUPING:
			return COUNT_OK;
		case UNCLEAR:
			return COUNT_AMBIGUOUS;
		case DECIMALS:
			break;
	}
	w->ndecimals = w->ndigits[last];
	w->decimals = w->digits[last];
	w->ngroups = last;
	return COUNT_OK;
}

/* Groups as in India: 1,23,456 and 12,34,56,789. */
static bool
is_indian(const WrittenCount *w)
{
	int			last = w->ngroups - 1;

	if (last < 2 || w->ndigits[0] > 2 || w->ndigits[last] != 3)
		return false;
	for (int i = 0; i < last; i++)
	{
		if (w->separator[i] != ',' || (i > 0 && w->ndigits[i] != 2))
			return false;
	}
	return true;
}

/* What groups must group by three, and in one way, or as in India. */
static CountProblem
check_grouping(const WrittenCount *w)
{
	if (is_indian(w))
		return COUNT_OK;
	if (w->ngroups > 1 && w->ndigits[0] > 3)
		return COUNT_GROUPING;
	for (int i = 1; i < w->ngroups; i++)
	{
		if (w->ndigits[i] != 3 || w->separator[i - 1] != w->separator[0] ||
			w->separator[0] == DECIMAL_MARK)
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
	int			power = w->suffix != NULL ? w->suffix->power : 0;

	*count = 0;
	for (int i = 0; i < w->ngroups; i++)
	{
		for (int j = 0; j < w->ndigits[i]; j++)
		{
			check_interrupts(j);
			if (!append_digit(count, w->digits[i][j]))
				return COUNT_OVERFLOW;
		}
	}
	for (int i = 0; i < Max(power, w->ndecimals); i++)
	{
		char		digit = i < w->ndecimals ? w->decimals[i] : '0';

		check_interrupts(i);
		if (i >= power && digit != '0')
			return COUNT_FRACTION;
		if (i < power && !append_digit(count, digit))
			return COUNT_OVERFLOW;
	}
	return COUNT_OK;
}

/* Read a trimmed count of plain text. */
static CountProblem
parse_plain(Token token, int64 *count)
{
	WrittenCount w;
	CountProblem problem;

	w.suffix = take_suffix(&token);
	if (token.len > 1 && token.str[0] == '-' && is_digit(token.str[1]))
		return COUNT_NEGATIVE;
	problem = split_groups(token.str, token.str + token.len, &w);
	if (problem == COUNT_OK && w.suffix != NULL && w.suffix->power == 0)
		problem = COUNT_TWO_MEANINGS;
	if (problem == COUNT_OK)
		problem = take_decimals(&w);
	if (problem == COUNT_OK)
		problem = check_grouping(&w);
	if (problem == COUNT_OK)
		problem = assemble(&w, count);
	return problem;
}

/*
 * count_parse
 *		Read a written count of len bytes, in the encoding of the database.
 *
 * If loose, what is counted may follow, and the count may say that it is not
 * exact: "~5k followers", "10k+".  *count is defined only if COUNT_OK is
 * returned.
 */
CountProblem
count_parse(const char *str, size_t len, bool loose, int64 *count)
{
	Token		token = token_of(str, len);
	char		buf[MAX_WIDE_LENGTH * MAX_CONVERSION_GROWTH + 1];

	if (memchr(str, DECIMAL_MARK, len) != NULL)
		return COUNT_SYNTAX;
	if (!is_ascii(token))
	{
		if (len > MAX_WIDE_LENGTH ||
			!to_utf8(token, buf, sizeof(buf), &token.len))
			return COUNT_SYNTAX;
		token.str = buf;
		make_plain(buf, &token.len);
	}
	token = token_trim(token);
	if (loose)
	{
		take_noun(&token);
		take_vagueness(&token);
	}
	return parse_plain(token, count);
}
