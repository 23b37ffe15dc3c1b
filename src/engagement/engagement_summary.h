/*-------------------------------------------------------------------------
 *
 * engagement_summary.h
 *		The type engagement_summary.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_ENGAGEMENT_SUMMARY_H
#define INFLUENCER_ENGAGEMENT_SUMMARY_H

#include "base/exact_sums.h"

/*
 * Exact sums over posts.
 *
 * Rates are in units of 2^-60, which a double of .004 and more is a multiple
 * of; 10^8 of them up to 5 * 10^6 fit.  Logarithms are those of fixed_log.h.
 * Squares are those of the fixed-point numbers, so that no variance is ever
 * negative.
 *
 * With a state per profile, memory is what an aggregate waits for: so these are
 * 128 bytes, what palloc() has a size for; what every post changes comes first,
 * and what only a carry changes is cut short and stands last.
 */
typedef struct EngagementSummary
{
	uint8		version;
	uint8		reserved;		/* zero */
	uint16		posts_high;
	uint32		posts;			/* usable ones */
	uint64		exposure;
	uint64		likes;
	uint64		comments;
	uint64		logs;			/* of log((interactions + 1/2) / exposure) */
	uint64		log_squares[2];
	uint64		rates;			/* of interactions / exposure */
	uint64		rate_squares[3];
	uint64		shares;
	uint64		saves;
	uint32		hidden;			/* posts that are not usable */
	uint16		hidden_high;
	uint16		logs_high;
	uint32		rates_middle;
	uint16		rates_high;
	uint16		exposure_high;
	uint16		likes_high;
	uint16		comments_high;
	uint16		shares_high;
	uint16		saves_high;
} EngagementSummary;

#define RATE_ONE			1152921504606846976.0	/* 2^60 */

/*
 * No post has a billion interactions per follower: larger rates would need
 * wider sums, and make all others vanish in them.
 */
#define MAX_RATE			1073741824.0	/* 2^30 */

/*
 * Between these are the logarithms, before the offset, of all rates that
 * bigint counts can make: (1/2) / 2^63 to MAX_RATE.
 */
#define MIN_LOG_RATE		(-45)
#define MAX_LOG_RATE		21

#define DatumGetEngagementSummary(X)		((EngagementSummary *) DatumGetPointer(X))
#define PG_GETARG_ENGAGEMENT_SUMMARY(n)		DatumGetEngagementSummary(PG_GETARG_DATUM(n))

/* How many posts are usable. */
static inline uint64
engagement_posts(const EngagementSummary *summary)
{
	return (uint64) summary->posts_high << 32 | summary->posts;
}

extern double engagement_mean_fixed_log(const EngagementSummary *summary);
extern double engagement_mean_log(const EngagementSummary *summary);
extern double engagement_log_squares(const EngagementSummary *summary);

#endif							/* INFLUENCER_ENGAGEMENT_SUMMARY_H */
