/*-------------------------------------------------------------------------
 *
 * engagement_sums.h
 *		What the files of engagement_summary share: its sums by number, and
 *		adding to them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_ENGAGEMENT_SUMS_H
#define INFLUENCER_ENGAGEMENT_SUMS_H

#include "engagement/summary/engagement_summary.h"

/* The sums, in the order of the text form. */
typedef enum EngagementSum
{
	SUM_POSTS, SUM_ZERO, SUM_AVERAGE, SUM_HIDDEN, SUM_EXPOSURE, SUM_LIKES,
	SUM_COMMENTS, SUM_SHARES, SUM_SAVES, SUM_HIDDEN_EXPOSURE, SUM_HIDDEN_LIKES,
	SUM_HIDDEN_COMMENTS, SUM_RATES, SUM_RATE_SQUARES, SUM_LOGS, SUM_LOG_SQUARES
} EngagementSum;

extern const SumType engagement_summary_type;

extern void engagement_add_hidden(EngagementSummary *s, uint32 n, uint64 likes,
								  uint64 comments, uint64 exposure);
extern void engagement_add_average(EngagementSummary *s, uint32 n,
								   const uint64 *totals, uint64 exposure);

#endif							/* INFLUENCER_ENGAGEMENT_SUMS_H */
