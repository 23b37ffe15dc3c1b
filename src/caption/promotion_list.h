/*-------------------------------------------------------------------------
 *
 * promotion_list.h
 *		Words by which comments promote something of their writer's.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAPTION_PROMOTION_LIST_H
#define INFLUENCER_CAPTION_PROMOTION_LIST_H

extern const char *const promotion_phrases[];
extern const int promotion_phrase_count;

#endif							/* INFLUENCER_CAPTION_PROMOTION_LIST_H */
