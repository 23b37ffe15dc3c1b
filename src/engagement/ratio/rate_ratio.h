/*-------------------------------------------------------------------------
 *
 * rate_ratio.h
 *		The rate of some posts against that of others, as a logarithm.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_RATE_RATIO_H
#define INFLUENCER_RATE_RATIO_H

#include "engagement/summary/engagement_summary.h"

typedef struct RateRatio
{
	double		log_ratio;
	double		variance;
	double		freedom;		/* 0: the variance is not known */
} RateRatio;

/* The bounds of a ratio's logarithm: what is shown is never 0 or infinite. */
#define MAX_LOG_RATIO	100.0

extern bool rate_ratio_find(const EngagementSummary *ea,
							const EngagementSummary *eb,
							RateRatio *r);
extern double rate_ratio_shown(double log_ratio);

#endif							/* INFLUENCER_RATE_RATIO_H */
