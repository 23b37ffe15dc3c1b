/*-------------------------------------------------------------------------
 *
 * sponsored.h
 *		Words and tags by which posts are disclosed as paid.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAPTION_SPONSORED_H
#define INFLUENCER_CAPTION_SPONSORED_H

/* An indicator is a phrase as phrase.c reads it. */
typedef struct SponsoredIndicator
{
	const char *indicator;
	const char *language;		/* ISO 639-1 */
	const char *authority;		/* whose rule or advice names it */
} SponsoredIndicator;

extern const SponsoredIndicator sponsored_indicator_list[];
extern const int sponsored_indicator_count;

#endif							/* INFLUENCER_CAPTION_SPONSORED_H */
