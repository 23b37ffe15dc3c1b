/*-------------------------------------------------------------------------
 *
 * scan_tag.c
 *		Where hashtags and mentions start and end.
 *
 * By the rules of twitter-text 3.1 (github.com/twitter/twitter-text, js/src:
 * validHashtag, validMentionOrList and what they are made of), which are the
 * only published ones with tests, and what Instagram adds: names with dots.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "caption/scan.h"

/* Instagram's longest name; those of X, TikTok and YouTube are not longer. */
#define MAX_NAME		30

/* What follows the first letter of a list's name, at most. */
#define MAX_LIST		24

static bool
is_hash_sign(uint32 c)
{
	return c == '#' || c == 0xFF03;
}

static bool
is_at_sign(uint32 c)
{
	return c == '@' || c == 0xFF20;
}

static bool
is_name_char(uint32 c)
{
	return ascii_is_alnum(c) || c == '_';
}

static bool
is_tag_char(CaptionScan *scan, uint32 c)
{
	if (c < 0x80)
		return is_name_char(c);
	return is_word_class(scan_class(scan, c));
}

/* A tag needs one letter or mark; but a variation selector says nothing. */
static bool
is_tag_letter(CaptionScan *scan, uint32 c)
{
	if (c < 0x80)
		return ascii_is_letter(c);
	if (c == VARIATION_TEXT || c == VARIATION_EMOJI || c == KEYCAP)
		return false;
	return scan_class(scan, c) == CHAR_LETTER ||
		scan_class(scan, c) == CHAR_MARK;
}

/* The character at p, 0 at the end. */
static uint32
char_at(const char *p, const char *end)
{
	uint32		c = 0;

	if (p < end)
		utf8_decode(p, end, &c);
	return c;
}

/* The character before p, which is not the first one. */
static uint32
char_before(CaptionScan *scan, const char *p)
{
	return char_at(utf8_before(scan->start, p), p);
}

/* https:// and its like make an address of what looked like a name. */
static bool
at_scheme_end(const char *p, const char *end)
{
	return end - p >= 3 && memcmp(p, "://", 3) == 0;
}

/* May a hash sign at p start a tag? */
static bool
at_tag_boundary(CaptionScan *scan, const char *p)
{
	uint32		before;

	if (p == scan->start)
		return true;
	if (p == scan->tag_end)
		return false;
	before = char_before(scan, p);
	return before == VARIATION_TEXT || before == VARIATION_EMOJI ||
		(before != '&' && !is_tag_char(scan, before));
}

/*
 * scan_tag
 *		The end of a hashtag whose sign is at p, NULL if there is none.
 *
 * *name is where its text starts.  What looks like one but is followed by
 * another sign, or is the scheme of an address, is no tag and starts none.
 */
const char *
scan_tag(CaptionScan *scan, const char *p, const char **name)
{
	bool		has_letter = false;
	uint32		c;

	if (!at_tag_boundary(scan, p))
		return NULL;
	p += utf8_decode(p, scan->end, &c);
	*name = p;
	c = char_at(p, scan->end);
	if (c == VARIATION_EMOJI || c == KEYCAP)
		return NULL;
	for (uint64 step = 0; p < scan->end; step++)
	{
		int			len = utf8_decode(p, scan->end, &c);

		check_interrupts(step);
		if (!is_tag_char(scan, c))
			break;
		has_letter = has_letter || is_tag_letter(scan, c);
		p += len;
	}
	if (!has_letter)
		return NULL;
	if (is_hash_sign(char_at(p, scan->end)) || at_scheme_end(p, scan->end))
	{
		scan->tag_end = p;
		return NULL;
	}
	return p;
}

/* Does "RT" stand before p, which quotes on X do without a space? */
static bool
after_retweet(CaptionScan *scan, const char *p)
{
	const char *start;
	uint32		c;

	if (p - scan->mention_end < 2 ||
		(p[-1] != 't' && p[-1] != 'T') || (p[-2] != 'r' && p[-2] != 'R'))
		return false;
	start = p - 2;
	if (start == scan->start)
		return true;
	if (start == scan->mention_end)
		return false;
	c = char_before(scan, start);
	return !is_name_char(c) && c != '+' && c != '~' && c != '.' && c != '-';
}

/* May an at sign at p start a mention? */
static bool
at_mention_boundary(CaptionScan *scan, const char *p)
{
	uint32		c;

	if (p == scan->start)
		return true;
	if (p == scan->mention_end)
		return false;
	c = char_before(scan, p);
	if (is_name_char(c))
		return after_retweet(scan, p);
	return !is_at_sign(c) &&
		(c == 0 || c > 0x7F || strchr("!#$%&*", c) == NULL);
}

/* The end of a name at p: words with single dots between them. */
static const char *
name_end(const char *p, const char *end)
{
	while (p < end)
	{
		bool		dot = *p == '.' && p + 1 < end && is_name_char(p[1]);

		if (!dot && !is_name_char(*p))
			break;
		p += dot ? 2 : 1;
	}
	return p;
}

/*
 * The end of the "/list-name" at p that follows a name; p if there is none.
 * Only X has lists, and no dots in names.
 */
static const char *
list_end(const char *name, const char *p, const char *end)
{
	const char *q = p + 2;

	if (end - p < 2 || p[0] != '/' || !ascii_is_letter(p[1]) ||
		memchr(name, '.', p - name) != NULL)
		return p;
	while (q < end && q - p < 2 + MAX_LIST && (is_name_char(*q) || *q == '-'))
		q++;
	return q;
}

/*
 * scan_mention
 *		The end of a mention whose sign is at p, NULL if there is none.
 *
 * *name is where the name starts; *list, whether a list of that user's is
 * meant.  What is followed by another sign (an e-mail address), an accented
 * letter (no name has any) or by :// is no mention.
 */
const char *
scan_mention(CaptionScan *scan, const char *p, const char **name, bool *list)
{
	const char *end;
	uint32		c;

	if (!at_mention_boundary(scan, p))
		return NULL;
	p += utf8_decode(p, scan->end, &c);
	*name = p;
	if (!is_name_char(char_at(p, scan->end)))
		return NULL;
	p = name_end(p, scan->end);
	if (p - *name > MAX_NAME)
		return NULL;
	end = list_end(*name, p, scan->end);
	*list = end > p;
	c = char_at(end, scan->end);
	if (is_at_sign(c) || is_latin_accent(c) || at_scheme_end(end, scan->end))
	{
		scan->mention_end = end;
		return NULL;
	}
	return end;
}
