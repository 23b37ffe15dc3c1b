/*-------------------------------------------------------------------------
 *
 * growth_series.h
 *		The type growth_series: observations of a follower count, the state of
 *		the aggregates that need them in the order of time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_GROWTH_SERIES_H
#define INFLUENCER_GROWTH_SERIES_H

#include "datatype/timestamp.h"

#include "base/growing_array.h"

/*
 * An element of a series.  They are in order by time, of one time by
 * followers, then by the cohort's change.
 */
typedef struct Observation
{
	TimestampTz at;
	int64		followers;
	double		cohort_change;	/* since the one before; 0 where not given */
} Observation;

/* The note of a series is the mark of crossed_at(); 0 for none. */
extern GrowingArray *growth_series_sorted(Datum datum);

static inline const Observation *
growth_series_observations(const GrowingArray *series)
{
	return (const Observation *) series->elements;
}

#endif							/* INFLUENCER_GROWTH_SERIES_H */
