/*-------------------------------------------------------------------------
 *
 * scan.c
 *		Captions as tokens: words, tags, mentions, addresses, signs.
 *
 * One reader for all that is asked of captions, so that what is a tag to one
 * function is no word to another.  Each byte is looked at a bounded number of
 * times, whatever the text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "caption/scan.h"

/* What ASCII characters start. */
typedef enum Start
{
	START_SIGN,
	START_WORD,
	START_BLANK,
	START_LINE,
	START_TAG,
	START_MENTION
} Start;

void
caption_scan_start(CaptionScan *scan, CaptionText caption)
{
	memset(scan, 0, sizeof(CaptionScan));
	scan->start = caption.str;
	scan->end = caption.str + caption.len;
	scan->next = scan->start;
	scan->tag_end = scan->start;
	scan->mention_end = scan->start;
	scan->no_domain = scan->start;
	scan->no_mail = scan->start;
	scan->run_end = scan->start;
}

static Start
ascii_start(unsigned char c)
{
	if (ascii_is_alnum(c))
		return START_WORD;
	switch (c)
	{
		case ' ':
		case '\t':
			return START_BLANK;
		case '\n':
		case '\r':
		case '\v':
		case '\f':
			return START_LINE;
		case '#':
			return START_TAG;
		case '@':
			return START_MENTION;
		default:
			return START_SIGN;
	}
}

static Start
char_start(CaptionScan *scan, uint32 c)
{
	if (c < 0x80)
		return ascii_start(c);
	if (c == 0xFF03)			/* fullwidth # */
		return START_TAG;
	if (c == 0xFF20)			/* fullwidth @ */
		return START_MENTION;
	if (c == 0x2028 || c == 0x2029 || c == 0x85)
		return START_LINE;
	switch (scan_class(scan, c))
	{
		case CHAR_LETTER:
		case CHAR_DIGIT:
			return START_WORD;
		case CHAR_BLANK:
			return START_BLANK;
		default:
			return START_SIGN;
	}
}

static CaptionToken
found(CaptionScan *scan, CaptionToken token, const char *str, const char *end)
{
	scan->token = token;
	scan->str = str;
	scan->len = end - str;
	scan->next = end;
	return token;
}

/* 1, # or * with the keycap around it; p is after the character. */
static const char *
keycap_end(const char *p, const char *end)
{
	uint32		c;
	int			len;

	if (p == end || !IS_HIGHBIT_SET(*p))
		return NULL;
	len = utf8_decode(p, end, &c);
	if (c == VARIATION_EMOJI && p + len < end)
	{
		p += len;
		len = utf8_decode(p, end, &c);
	}
	return c == KEYCAP ? p + len : NULL;
}

static CaptionToken
next_sign(CaptionScan *scan, const char *p, const char *after, uint32 c)
{
	const char *keycap = NULL;
	CharClass	class = scan_class(scan, c);

	if (c == '#' || c == '*')
		keycap = keycap_end(after, scan->end);
	scan->c = c;
	if (keycap != NULL)
		return found(scan, CAPTION_EMOJI, p, keycap);
	return found(scan, class == CHAR_EMOJI ? CAPTION_EMOJI : CAPTION_SIGN, p,
				 after);
}

static CaptionToken
next_tag(CaptionScan *scan, const char *p, const char *after, uint32 c)
{
	const char *name;
	const char *end = scan_tag(scan, p, &name);

	if (end == NULL)
		return next_sign(scan, p, after, c);
	scan->tag_end = end;
	return found(scan, CAPTION_TAG, name, end);
}

static CaptionToken
next_mention(CaptionScan *scan, const char *p, const char *after, uint32 c)
{
	const char *name;
	bool		list;
	const char *end = scan_mention(scan, p, &name, &list);

	if (end == NULL)
		return next_sign(scan, p, after, c);
	scan->mention_end = end;
	return found(scan, list ? CAPTION_ADDRESS : CAPTION_MENTION, name, end);
}

static CaptionToken
next_blank(CaptionScan *scan, const char *p, const char *after)
{
	while (after < scan->end)
	{
		uint32		c;
		int			len = utf8_decode(after, scan->end, &c);

		if (char_start(scan, c) != START_BLANK)
			break;
		after += len;
	}
	return found(scan, CAPTION_BLANK, p, after);
}

/*
 * The end of a word of ASCII that is plainly nothing else: no address, and no
 * word that goes on in another script.  NULL if that takes a closer look.
 */
static const char *
plain_word_end(const char *p, const char *end)
{
	while (p < end && (ascii_is_alnum(*p) || *p == '_'))
		p++;
	if (p == end || *p == ' ')
		return p;
	switch (*p)
	{
		case '.':
			return p + 1 == end || p[1] == ' ' ? p : NULL;
		case ':':
		case '@':
		case '-':
		case '+':
		case '%':
			return NULL;
		default:
			return IS_HIGHBIT_SET(*p) ? NULL : p;
	}
}

/*
 * A word ends before an address: none of the scripts that are written without
 * spaces puts one there.  It starts where ASCII does.
 */
static CaptionToken
next_word(CaptionScan *scan, const char *p)
{
	const char *q = plain_word_end(p, scan->end);
	bool		was_ascii = false;

	scan->ascii = q != NULL && q > p;
	if (scan->ascii)
		return found(scan, CAPTION_WORD, p, q);
	q = p;
	for (uint64 step = 0; q < scan->end; step++)
	{
		uint32		c;
		int			len = utf8_decode(q, scan->end, &c);
		bool		ascii = c < 0x80;

		check_interrupts(step);
		if (ascii ? !ascii_is_alnum(c) && c != '_' :
			!is_word_class(scan_class(scan, c)))
			break;
		if (ascii && !was_ascii)
		{
			const char *address = scan_address(scan, q);

			if (address != NULL && q == p)
				return found(scan, CAPTION_ADDRESS, p, address);
			if (address != NULL)
				break;
		}
		was_ascii = ascii;
		q += len;
	}
	return found(scan, CAPTION_WORD, p, q);
}

/*
 * caption_scan_skip
 *		Go on from the blank before p, or from its line's start.
 *
 * Blanks and ends of lines of ASCII end every token, so that what comes then
 * is what it would be anyway.
 */
void
caption_scan_skip(CaptionScan *scan, const char *p)
{
	while (p > scan->next && (unsigned char) p[-1] > ' ')
		p--;
	scan->next = Max(p, scan->next);
}

/*
 * caption_scan_next
 *		Read the next token.
 */
CaptionToken
caption_scan_next(CaptionScan *scan)
{
	const char *p = scan->next;
	const char *after;
	const char *keycap;
	uint32		c;

	CHECK_FOR_INTERRUPTS();
	if (p == scan->end)
		return found(scan, CAPTION_END, p, p);
	after = p + utf8_decode(p, scan->end, &c);
	switch (char_start(scan, c))
	{
		case START_WORD:
			keycap = ascii_is_digit(c) ? keycap_end(after, scan->end) : NULL;
			scan->c = c;
			if (keycap != NULL)
				return found(scan, CAPTION_EMOJI, p, keycap);
			return next_word(scan, p);
		case START_BLANK:
			return next_blank(scan, p, after);
		case START_LINE:
			return found(scan, CAPTION_LINE, p, after);
		case START_TAG:
			return next_tag(scan, p, after, c);
		case START_MENTION:
			return next_mention(scan, p, after, c);
		case START_SIGN:
			break;
	}
	return next_sign(scan, p, after, c);
}
