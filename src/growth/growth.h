/*-------------------------------------------------------------------------
 *
 * growth.h
 *		The type growth_summary.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_GROWTH_H
#define INFLUENCER_GROWTH_H

#include "base/exact_sums.h"

/*
 * Observations of a follower count over time: the first, the last, and exact
 * sums for a regression of the logarithm of followers on time.
 *
 * Times are microseconds since the earliest timestamp, so that none is
 * negative, and logarithms are those of fixed_log.h.  All but the number of
 * observations is over those of 1 follower and more.
 *
 * 128 bytes are what palloc() has a size for; with 2^32 observations at most,
 * no sum passes its limbs.
 */
typedef struct GrowthSummary
{
	uint8		version;
	uint8		reserved[7];	/* zero */
	uint32		observations;
	uint32		positive;		/* of 1 follower and more */
	uint64		first_at;
	uint64		first;			/* followers then */
	uint64		last_at;
	uint64		last;
	uint64		times[2];
	uint64		time_squares[3];
	uint64		logs[2];
	uint64		products[3];	/* of time and logarithm */
} GrowthSummary;

#define PG_GETARG_GROWTH(n)	((GrowthSummary *) PG_GETARG_POINTER(n))

/* The limbs of the two sides of the regression. */
#define REGRESSION_LIMBS	4

extern const SumType growth_summary_type;

#endif							/* INFLUENCER_GROWTH_H */
