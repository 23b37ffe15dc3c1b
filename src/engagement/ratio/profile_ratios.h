/*-------------------------------------------------------------------------
 *
 * profile_ratios.h
 *		The type profile_ratios: each profile's ratio of two rates, the state
 *		and result of common_rate_ratio().
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PROFILE_RATIOS_H
#define INFLUENCER_PROFILE_RATIOS_H

#include "base/growing_array.h"

/* Ratios are in order by logarithm, then by variance. */
typedef struct ProfileRatio
{
	double		log_ratio;
	double		variance;		/* of log_ratio, positive */
} ProfileRatio;

/* The note is the number of profiles whose ratio or variance is unknown. */
extern GrowingArray *profile_ratios_sorted(Datum datum);

static inline const ProfileRatio *
profile_ratios_of(const GrowingArray *ratios)
{
	return (const ProfileRatio *) ratios->elements;
}

#endif							/* INFLUENCER_PROFILE_RATIOS_H */
