/*-------------------------------------------------------------------------
 *
 * engagement.h
 *		The type engagement_summary.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_ENGAGEMENT_H
#define INFLUENCER_ENGAGEMENT_H

#include "sums.h"

/*
 * Exact sums over posts.
 *
 * Rates are in units of 2^-60, which a double of .004 and more is a multiple
 * of, and which a rate of 2^65, bigint's largest counts over an exposure of 1,
 * still fits: seven such posts, or 10^8 with a rate of 10^12.  Logarithms are
 * those of fixed_log.h.  Squares are those of the fixed-point numbers, so that
 * no variance is ever negative.
 *
 * What every post changes comes first, and the limbs that only a carry changes
 * last: with a state per profile, memory is what an aggregate waits for.
 */
typedef struct EngagementSummary
{
	SumsHeader	header;
	uint64		posts;			/* usable ones */
	uint64		exposure;
	uint64		likes;
	uint64		comments;
	uint64		logs;			/* of log((interactions + 1/2) / exposure) */
	uint64		log_squares[2];
	uint64		rates;			/* of interactions / exposure */
	uint64		rate_squares[2];
	uint64		hidden;			/* posts that are not usable */
	uint64		shares;
	uint64		saves;
	uint64		exposure_high;
	uint64		likes_high;
	uint64		comments_high;
	uint64		logs_high;
	uint64		rates_high;
	uint64		rate_squares_high[2];
	uint64		shares_high;
	uint64		saves_high;
} EngagementSummary;

#define RATE_ONE			1152921504606846976.0	/* 2^60 */

/*
 * Between these are the logarithms, before the offset, of all rates that
 * bigint counts can make: (1/2) / 2^63 to 2^65.
 */
#define MIN_LOG_RATE		(-45)
#define MAX_LOG_RATE		46

#define DatumGetEngagementSummary(X)		((EngagementSummary *) DatumGetPointer(X))
#define PG_GETARG_ENGAGEMENT_SUMMARY(n)		DatumGetEngagementSummary(PG_GETARG_DATUM(n))

extern double engagement_mean_fixed_log(const EngagementSummary *summary);
extern double engagement_mean_log(const EngagementSummary *summary);
extern double engagement_log_squares(const EngagementSummary *summary);

#endif							/* INFLUENCER_ENGAGEMENT_H */
