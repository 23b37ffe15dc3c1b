/*-------------------------------------------------------------------------
 *
 * asks.c
 *		Does a caption ask its readers something?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/compat.h"
#include "caption/scan.h"

/* How the sentence that is being read has ended so far. */
typedef enum Ending
{
	ENDING_NONE,
	ENDING_DOT,
	ENDING_DOTS,				/* after which it may go on */
	ENDING_HARD
} Ending;

/* Reading the sentences of a caption. */
typedef struct Questions
{
	CaptionScan scan;
	bool		has_words;		/* beside tags and addresses */
	Ending		ending;
	bool		opened;			/* the last token opened a bracket */
	bool		greek;			/* the last token was a word in Greek */
	bool		pending;		/* what follows the question mark? */
	bool		adjacent;		/* no blank yet */
	bool		glued;			/* nothing yet, and the mark is ASCII's */
	bool		quoted;			/* the end of a quotation */
	bool		any;			/* a sentence was a question */
	bool		last;			/* the last sentence with words is one */
} Questions;

static bool
is_question_mark(uint32 c)
{
	switch (c)
	{
		case '?':
		case 0xFF1F:			/* fullwidth */
		case 0x061F:			/* Arabic */
		case 0x037E:			/* Greek */
		case 0x055E:			/* Armenian */
		case 0x1367:			/* Ethiopic */
		case 0x203D:			/* interrobang */
		case 0x2047:			/* two marks as one character */
		case 0x2048:
		case 0x2049:
		case 0x2753:			/* the emoji, red and white */
		case 0x2754:
		case 0x2E2E:			/* reversed */
		case 0xFE16:			/* for vertical text, and small */
		case 0xFE56:
			return true;
		default:
			return false;
	}
}

static bool
ends_sentence(uint32 c)
{
	return c == '.' || c == '!' || c == 0x3002 || c == 0xFF01 || c == 0xFF0E ||
		c == 0x0964 || c == 0x06D4 || is_question_mark(c);
}

static bool
is_closing_quote(uint32 c)
{
	return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) ||
		c == 0xAB ||
		c == 0xBB || c == 0x203A || c == 0x300D || c == 0x300F;
}

static bool
is_opening_bracket(uint32 c)
{
	return c == '(' || c == '[' || c == '{' || c == 0xFF08;
}

static bool
is_greek(uint32 c)
{
	return (c >= 0x370 && c <= 0x3FF) || (c >= 0x1F00 && c <= 0x1FFF);
}

/* Does a word start with a small letter, of ASCII or with an accent? */
static bool
starts_small(uint32 c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0x24F && c != 0xF7);
}

/*
 * The question that was read is one, unless what follows says otherwise: the
 * sentence goes on after a quotation, as in "why?" he said, or the mark is
 * inside of a word, as in watch?v=1.
 */
static void
settle(Questions *q, uint32 word)
{
	bool		small = starts_small(word);

	if (!q->pending)
		return;
	q->pending = false;
	if (!(q->quoted && small) &&
		!(q->glued && (small || ascii_is_digit(word))))
	{
		q->any = true;
		q->last = true;
	}
}

/* The last character of the token. */
static uint32
last_char(CaptionScan *scan)
{
	const char *end = scan->str + scan->len;
	uint32		c;

	utf8_decode(utf8_before(scan->str, end), end, &c);
	return c;
}

static void
read_word(Questions *q)
{
	uint32		c;

	utf8_decode(q->scan.str, q->scan.end, &c);
	settle(q, c);
	q->last = false;
	q->has_words = true;
	q->ending = ENDING_NONE;
	q->opened = false;
	q->greek = is_greek(last_char(&q->scan));
}

static void
read_ending(Questions *q, uint32 c)
{
	if (c == '.' && q->ending == ENDING_NONE)
		q->ending = ENDING_DOT;
	else if (c == '.' || c == 0x2026)	/* an ellipsis */
		q->ending = Max(q->ending, ENDING_DOTS);
	else
		q->ending = ENDING_HARD;
}

/*
 * A question mark asks if words came before it in its sentence; not as (?),
 * and not ??? after nothing but signs.
 */
static void
read_sign(Questions *q)
{
	uint32		c = q->scan.c;
	bool		asks = is_question_mark(c) || (c == ';' && q->greek);

	if (asks && q->has_words && !q->opened)
	{
		q->pending = true;
		q->adjacent = true;
		q->glued = c == '?';
		q->quoted = false;
	}
	else
	{
		q->glued = false;
		q->quoted = q->quoted || (q->adjacent && is_closing_quote(c));
	}
	if (asks || ends_sentence(c))
		read_ending(q, c);
	q->opened = is_opening_bracket(c) || (q->opened && asks);
	q->greek = false;
}

static void
read_blank(Questions *q)
{
	q->adjacent = false;
	q->glued = false;
	q->greek = false;
	if (q->ending == ENDING_DOT || q->ending == ENDING_HARD)
	{
		q->has_words = false;
		q->ending = ENDING_NONE;
	}
}

/* Tags, mentions, addresses and emoji are no words of a sentence. */
static void
read_other(Questions *q)
{
	settle(q, 0);
	q->opened = false;
	q->greek = false;
}

static void
read_line(Questions *q)
{
	read_other(q);
	q->has_words = false;
	q->ending = ENDING_NONE;
}

static void
read_token(Questions *q)
{
	switch (q->scan.token)
	{
		case CAPTION_WORD:
			read_word(q);
			break;
		case CAPTION_EMOJI:
			if (is_question_mark(q->scan.c))
				read_sign(q);
			else
				read_other(q);
			break;
		case CAPTION_SIGN:
			read_sign(q);
			break;
		case CAPTION_BLANK:
			read_blank(q);
			break;
		case CAPTION_LINE:
			read_line(q);
			break;
		default:
			read_other(q);
			break;
	}
}

/* May this be the first byte of a question mark? */
static inline bool
may_start_question_mark(unsigned char c)
{
	if (c < 0x80)
		return c == '?' || c == ';';
	return c == 0xEF || c == 0xE2 || c == 0xCD || c == 0xD5 || c == 0xD8 ||
		c == 0xE1;
}

/*
 * Does a question mark start at p?  A semicolon may be one, after a letter of
 * Greek.
 */
static inline bool
at_question_mark(const char *start, const char *p, const char *end)
{
	uint32		c;

	if (!may_start_question_mark((unsigned char) *p))
		return false;
	if (*p == ';')
		return p > start && IS_HIGHBIT_SET(p[-1]);
	utf8_decode(p, end, &c);
	return is_question_mark(c);
}

/* Are the eight bytes at p ASCII? */
static bool
eight_are_ascii(const char *p)
{
	uint64		bytes;

	memcpy(&bytes, p, sizeof(bytes));
	return (bytes & UINT64CONST(0x8080808080808080)) == 0;
}

/*
 * The first question mark, the end if there is none.  Most captions have none,
 * so that what can't be one is passed eight bytes at a time.
 */
static const char *
first_question_mark(const char *start, const char *end)
{
	const char *ascii = memchr(start, '?', end - start);
	const char *p = start;

	if (ascii != NULL)
		end = ascii;
	while (p < end)
	{
		const char *stop = p + Min(8, end - p);

		if (end - p >= 8 && eight_are_ascii(p))
		{
			p = stop;
			continue;
		}
		/* up to an ASCII character: a semicolon needs the one before it */
		for (; p < stop || (p < end && IS_HIGHBIT_SET(p[-1])); p++)
		{
			if (at_question_mark(start, p, end))
				return p;
		}
	}
	return end;
}

/* The last one, of which there is one. */
static const char *
last_question_mark(const char *start, const char *end)
{
	const char *p = end - 1;

	while (p > start && !at_question_mark(start, p, end))
		p--;
	return p;
}

/*
 * A place before p where a sentence starts: that of the text, or after the end
 * of a line, or after a blank behind a full stop.
 */
static const char *
sentence_start(const char *start, const char *p)
{
	for (; p > start; p--)
	{
		if (p[-1] == '\n')
			return p;
		if (p - start >= 3 && p[-1] == ' ' &&
			(p[-2] == '!' || p[-2] == '.') && p[-3] != '.')
			return p;
	}
	return start;
}

/*
 * Read a caption up to its first question, or its last sentences: from where
 * the one with the first question mark, or the last, starts.
 */
static void
read_questions(Questions *q, CaptionText caption, bool last)
{
	const char *end = caption.str + caption.len;
	const char *mark = first_question_mark(caption.str, end);

	memset(q, 0, sizeof(Questions));
	if (mark == end)
		return;
	if (last)
		mark = last_question_mark(caption.str, end);
	caption_scan_start(&q->scan, caption);
	caption_scan_skip(&q->scan, sentence_start(caption.str, mark));
	while (caption_scan_next(&q->scan) != CAPTION_END && (last || !q->any))
		read_token(q);
	settle(q, 0);
}

PG_FUNCTION_INFO_V1(asks);

/*
 * asks(caption text) -> boolean
 *		Whether a sentence ends in a question mark, of whatever script.
 *
 * NULL for NULL.  What stands in an address or a tag does not count, nor a
 * mark without words before it in its sentence, nor the question of a
 * quotation in a sentence that goes on.
 */
Datum
asks(PG_FUNCTION_ARGS)
{
	Questions	q;

	read_questions(&q, caption_text(PG_GETARG_TEXT_PP(0)), false);
	PG_RETURN_BOOL(q.any);
}

PG_FUNCTION_INFO_V1(ends_asking);

/*
 * ends_asking(caption text) -> boolean
 *		Whether the last sentence is a question, whatever tags, mentions,
 *		addresses and signs follow it.
 *
 * NULL for NULL.  A question is what it is to asks().
 */
Datum
ends_asking(PG_FUNCTION_ARGS)
{
	Questions	q;

	read_questions(&q, caption_text(PG_GETARG_TEXT_PP(0)), true);
	PG_RETURN_BOOL(q.last);
}
