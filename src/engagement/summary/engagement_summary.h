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
#include "base/fixed_log.h"

/*
 * Exact sums over posts.
 *
 * A post is usable if it has a rate, and hidden otherwise.  Of the usable
 * ones, some have no interactions and some are known by their average only;
 * both have no logarithm.  What is known of hidden posts is kept apart, so
 * that rates have denominators of their own.
 *
 * Rates are in units of 2^-60, which a double of .004 and more is a multiple
 * of, logarithms in units of 2^-32 with the offset of fixed_log.h.  Squares
 * are those of the fixed-point numbers, so that no variance is ever negative.
 *
 * With a state per profile, memory is what an aggregate waits for: so these
 * are 128 bytes, what palloc() has a size for; what every post changes comes
 * first, and sums are cut short to what they need.
 */
typedef struct EngagementSummary
{
	uint8		version;
	uint8		posts_high;
	uint8		logs_high;
	uint8		hidden_exposure_high;
	uint32		posts;			/* usable ones */
	uint64		exposure;
	uint64		likes;
	uint64		comments;
	uint64		logs;			/* of log((interactions + 1/2) / exposure) */
	uint64		log_squares;
	uint64		rates;			/* of interactions / exposure */
	uint32		log_squares_middle;
	uint32		rates_high;
	uint64		rate_squares[2];
	uint32		rate_squares_high;
	uint32		zero;			/* usable posts without interactions */
	uint32		shares;
	uint32		saves;
	uint32		hidden;			/* posts that are not usable */
	uint32		average;		/* usable posts known by average only */
	uint32		hidden_exposure;
	uint32		hidden_likes;
	uint32		hidden_comments;
	uint16		log_squares_high;
	uint16		shares_high;
	uint16		saves_high;
	uint16		hidden_exposure_middle;
	uint16		hidden_likes_high;
	uint16		hidden_comments_high;
} EngagementSummary;

#define RATE_ONE			1152921504606846976.0	/* 2^60 */
#define LOG_RATE_ONE		4294967296.0	/* 2^32 */

/*
 * The fixed-point number of a whole logarithm, and of that of a number: that
 * of fixed_log.h with so many bits less.
 */
#define LOG_RATE_SHIFT		8
#define LOG_RATE(x)			(FIXED_LOG(x) >> LOG_RATE_SHIFT)

static inline uint64
log_rate(double rate)
{
	return (fixed_log(rate) + (1 << (LOG_RATE_SHIFT - 1))) >> LOG_RATE_SHIFT;
}

/* The logarithm that a fixed-point number stands for. */
static inline double
log_rate_value(double fixed)
{
	return fixed / LOG_RATE_ONE - FIXED_LOG_OFFSET;
}

/*
 * What is added to a count before its logarithm is taken: that makes it nearly
 * unbiased where counts are small (Cox 1955).
 */
#define HALF_COUNT			0.5

/*
 * No post has 65,536 interactions per follower, 10^12 likes or comments, or an
 * exposure above 10^14: larger figures would need wider sums, and make all
 * others vanish in them.
 */
#define MAX_RATE			65536.0
#define MAX_COUNT			INT64CONST(1000000000000)
#define MAX_EXPOSURE		INT64CONST(100000000000000)

/*
 * Between these are the logarithms, before the offset, of all rates that
 * bigint counts can make: (1/2) / 2^63 to MAX_RATE + 1/2.
 */
#define MIN_LOG_RATE		(-45)
#define MAX_LOG_RATE		12

/*
 * Up to this geometric mean of the others' interactions, a post without any is
 * one that had none; above, it is one whose figures were lost.
 */
#define FEW_INTERACTIONS	10.0

#define PG_GETARG_ENGAGEMENT_SUMMARY(n) \
	((EngagementSummary *) PG_GETARG_POINTER(n))

/* How many posts are usable. */
static inline uint64
engagement_posts(const EngagementSummary *summary)
{
	return (uint64) summary->posts_high << 32 | summary->posts;
}

/* How many have a logarithm. */
static inline uint64
engagement_logged(const EngagementSummary *summary)
{
	return engagement_posts(summary) - summary->zero - summary->average;
}

extern double engagement_interactions(const EngagementSummary *summary);
extern double engagement_mean_exposure(const EngagementSummary *summary);
extern bool engagement_typical_rate(const EngagementSummary *s, double *rate);
extern double engagement_mean_rate(const EngagementSummary *summary);
extern double engagement_logged_rate(const EngagementSummary *summary);
extern double engagement_mean_fixed_log(const EngagementSummary *summary);
extern double engagement_mean_log(const EngagementSummary *summary);
extern double engagement_log_squares(const EngagementSummary *summary);
extern double engagement_rate_variance(const EngagementSummary *summary);

#endif							/* INFLUENCER_ENGAGEMENT_SUMMARY_H */
