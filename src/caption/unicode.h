/*-------------------------------------------------------------------------
 *
 * unicode.h
 *		Characters of UTF-8: their class, and how they are compared.
 *
 * What a caption means must not depend on the locale, nor on the server's
 * version, so that the properties are our own table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_UNICODE_H
#define INFLUENCER_UNICODE_H

#define CHAR_CLASS_BITS		3

typedef enum CharClass
{
	CHAR_SIGN,					/* whatever is nothing of the following */
	CHAR_LETTER,				/* general category L */
	CHAR_MARK,					/* M: accents, variation selectors, keycaps */
	CHAR_DIGIT,					/* Nd */
	CHAR_JOINER,				/* signs that hashtags may hold, but for _ */
	CHAR_BLANK,					/* Z, Cf and the spaces of ASCII */
	CHAR_EMOJI					/* Emoji, Extended_Pictographic */
} CharClass;

/* Characters from first to before end are of a class. */
typedef struct CharRange
{
	uint32		first;
	uint32		end;
	CharClass	class;
} CharRange;

typedef struct FoldedChar
{
	uint16		from;
	uint16		to;
} FoldedChar;

/* unicode_table.c */
extern const uint32 char_class_starts[];
extern const int char_class_ranges;
extern const FoldedChar folded_chars[];
extern const int folded_chars_count;

#define VARIATION_TEXT		0xFE0E
#define VARIATION_EMOJI		0xFE0F
#define KEYCAP				0x20E3
#define REPLACEMENT_CHAR	0xFFFD

extern CharRange char_range(uint32 c);
extern uint32 fold_char(uint32 c);

/*
 * The character at p, and its length in bytes.  Bytes that are no UTF-8, which
 * only a database without an encoding can hold, are one sign each.
 */
static inline int
utf8_decode(const char *p, const char *end, uint32 *c)
{
	const unsigned char *s = (const unsigned char *) p;
	int			len = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 :
		s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;

	*c = REPLACEMENT_CHAR;
	if (len == 0 || len > end - p)
		return 1;
	for (int i = 1; i < len; i++)
	{
		if ((s[i] & 0xC0) != 0x80)
			return 1;
	}
	if (len == 1)
		*c = s[0];
	else if (len == 2)
		*c = (s[0] & 0x1F) << 6 | (s[1] & 0x3F);
	else if (len == 3)
		*c = (s[0] & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F);
	else
		*c = (s[0] & 0x07) << 18 | (s[1] & 0x3F) << 12 | (s[2] & 0x3F) << 6 |
			(s[3] & 0x3F);
	return len;
}

/* The start of the character before p; p if there is none. */
static inline const char *
utf8_before(const char *start, const char *p)
{
	const char *before = p;

	do
	{
		if (before == start)
			return before;
		before--;
	} while (((unsigned char) *before & 0xC0) == 0x80 && p - before < 4);
	return before;
}

static inline bool
ascii_is_digit(uint32 c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_letter(uint32 c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
ascii_is_alnum(uint32 c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* Latin letters with accents, as twitter-text draws their line. */
static inline bool
is_latin_accent(uint32 c)
{
	return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
		(c >= 0x253 && c <= 0x272 &&
		 (c <= 0x254 || c == 0x256 || c == 0x257 || c == 0x259 || c == 0x25B ||
		  c == 0x263 || c == 0x268 || c == 0x26F || c == 0x272)) ||
		c == 0x289 || c == 0x28B || c == 0x2BB ||
		(c >= 0x300 && c <= 0x36F) || (c >= 0x1E00 && c <= 0x1EFF);
}

#endif							/* INFLUENCER_UNICODE_H */
