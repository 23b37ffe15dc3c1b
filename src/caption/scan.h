/*-------------------------------------------------------------------------
 *
 * scan.h
 *		Captions as tokens: words, tags, mentions, addresses, signs.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAPTION_SCAN_H
#define INFLUENCER_CAPTION_SCAN_H

#include "caption/caption_text.h"
#include "caption/unicode.h"

typedef enum CaptionToken
{
	CAPTION_END,
	CAPTION_WORD,				/* letters, digits and what joins them */
	CAPTION_TAG,				/* #tag; str is what follows the sign */
	CAPTION_MENTION,			/* @name; str is what follows the sign */
	CAPTION_ADDRESS,			/* an address of the web, of e-mail, or of a
								 * list of X's (@name/list) */
	CAPTION_EMOJI,				/* one, or a part of one */
	CAPTION_SIGN,				/* one character */
	CAPTION_BLANK,				/* blanks in a line */
	CAPTION_LINE				/* the end of a line */
} CaptionToken;

/* A caption being read, and the token that was read last. */
typedef struct CaptionScan
{
	const char *start;
	const char *end;
	const char *next;			/* what follows the token */
	const char *tag_end;		/* where the last tag ended */
	const char *mention_end;	/* where the last mention ended */
	const char *no_domain;		/* no address without a scheme starts before */
	const char *no_mail;		/* no e-mail address starts before */
	const char *run_end;		/* of the last word that may be an address */
	CharRange	range;			/* that of the last character looked up */

	CaptionToken token;
	const char *str;			/* of the token */
	size_t		len;
	uint32		c;				/* the character of a sign or emoji */
	bool		ascii;			/* a word is ASCII; else unknown */
} CaptionScan;

static inline CharClass
scan_class(CaptionScan *scan, uint32 c)
{
	if (c < scan->range.first || c >= scan->range.end)
		scan->range = char_range(c);
	return scan->range.class;
}

/* What follows a word's first letter. */
static inline bool
is_word_class(CharClass class)
{
	return class >= CHAR_LETTER && class <= CHAR_JOINER;
}

extern void caption_scan_start(CaptionScan *scan, CaptionText caption);
extern CaptionToken caption_scan_next(CaptionScan *scan);
extern void caption_scan_skip(CaptionScan *scan, const char *p);

/* scan_tag.c, scan_address.c: the end of what starts at p; NULL if nothing. */
extern const char *scan_tag(CaptionScan *scan, const char *p,
							const char **name);
extern const char *scan_mention(CaptionScan *scan, const char *p,
								const char **name, bool *list);
extern const char *scan_address(CaptionScan *scan, const char *p);

#endif							/* INFLUENCER_CAPTION_SCAN_H */
