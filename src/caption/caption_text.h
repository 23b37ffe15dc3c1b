/*-------------------------------------------------------------------------
 *
 * caption_text.h
 *		A text of the database as UTF-8, and back.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAPTION_TEXT_H
#define INFLUENCER_CAPTION_TEXT_H

#include "lib/stringinfo.h"

/* UTF-8 bytes: those of the text itself, or converted ones. */
typedef struct CaptionText
{
	const char *str;
	size_t		len;
} CaptionText;

/* A string of ours, which is UTF-8. */
static inline CaptionText
caption_literal(const char *str)
{
	CaptionText result = {str, strlen(str)};

	return result;
}

extern CaptionText caption_text(const text *t);
extern text *caption_to_text(const char *str, size_t len);
extern bool caption_is_representable(const char *str);

#endif							/* INFLUENCER_CAPTION_TEXT_H */
