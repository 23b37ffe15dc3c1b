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

typedef struct ProfileRatio
{
	double		log_ratio;
	double		variance;		/* of log_ratio, positive */
} ProfileRatio;

/*
 * The stored form has no room for more, and its ratios are in order, by
 * logarithm, then by variance.  While an aggregate runs, they are in the order
 * in which they came.
 */
typedef struct ProfileRatios
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	bool		growing;
	bool		unsorted;
	uint8		reserved;		/* zero */
	uint32		count;
	uint32		capacity;		/* of a growing one, else 0 */
	int64		left_out;		/* profiles whose ratio or variance is unknown */
	ProfileRatio ratios[FLEXIBLE_ARRAY_MEMBER];
} ProfileRatios;

extern ProfileRatios *profile_ratios_sorted(Datum datum);

#endif							/* INFLUENCER_PROFILE_RATIOS_H */
