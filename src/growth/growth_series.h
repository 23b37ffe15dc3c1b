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

#define SERIES_VERSION		1

typedef struct Observation
{
	TimestampTz at;
	int64		followers;
	double		cohort_change;	/* since the one before; 0 where not given */
} Observation;

/*
 * The stored form has no room for more, and its observations are in order: by
 * time, of one time by followers, then by the cohort's change.  While an
 * aggregate runs, they are in the order in which they came.
 */
typedef struct GrowthSeries
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	bool		growing;
	bool		unsorted;
	uint8		reserved;		/* zero */
	uint32		count;
	uint32		capacity;		/* of a growing one, else 0 */
	int64		mark;			/* of crossed_at(); 0 for none */
	Observation observations[FLEXIBLE_ARRAY_MEMBER];
} GrowthSeries;

extern Size growth_series_size(uint64 count);
extern GrowthSeries *growth_series_make(uint64 capacity);
extern GrowthSeries *growth_series_sorted(Datum datum);

/* The order of the stored form. */
static inline int
growth_compare_observations(const Observation *a, const Observation *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->followers != b->followers)
		return a->followers < b->followers ? -1 : 1;
	return a->cohort_change < b->cohort_change ? -1 :
		a->cohort_change > b->cohort_change;
}

#endif							/* INFLUENCER_GROWTH_SERIES_H */
