/*-------------------------------------------------------------------------
 *
 * forecast_total.h
 *		The sum of what several profiles will bring.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FORECAST_TOTAL_H
#define INFLUENCER_FORECAST_TOTAL_H

#include "engagement/forecast/forecast_mean.h"
#include "engagement/forecast/forecast_outlook.h"

/*
 * The chance that an exponential variable is above s times the sum is the
 * product of those of all profiles: its Laplace transform.  It is kept for s
 * that are powers of 4, from 4^-30 on, as minus its logarithm.
 */
#define TOTAL_SCALES		34
#define FIRST_SCALE			(-30)

/* What one profile adds at most: beyond, its sum is far above 1/s. */
#define MOST_LOG_CHANCE		30.0

/* How the logarithm of the sum is distributed, below its median and above. */
typedef struct Total
{
	Moments		lower;
	Moments		upper;
} Total;

extern void log_chances(const Places *places, double *chance);
extern void find_total(const double *chance, Total *total);
extern void total_range(const Total *total, const Tails *tails,
						LogRange *range);
extern void total_places(const Total *total, Places *places);

#endif							/* INFLUENCER_FORECAST_TOTAL_H */
