/*-------------------------------------------------------------------------
 *
 * poisson_log.h
 *		Logarithms of counts that are Poisson around a log-normal mean.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_POISSON_LOG_H
#define INFLUENCER_POISSON_LOG_H

#include "engagement/summary/engagement_summary.h"

/* The table goes from POISSON_LOG_FIRST on, in steps of 1/4. */
#define POISSON_LOG_ENTRIES		49
#define POISSON_LOG_FIRST		(-6.0)
#define POISSON_LOG_STEPS		4.0

typedef struct PoissonLogEntry
{
	double		mean;
	double		variance;
} PoissonLogEntry;

extern const PoissonLogEntry poisson_log_table[POISSON_LOG_ENTRIES];

/* Keeps the logarithms of chances finite: doubles go on below. */
#define LEAST_CHANCE			1e-300

/* What is expected of a count. */
typedef struct CountMoments
{
	double		none;			/* chance of 0 */
	double		some;			/* 1 - none */
	double		mean;			/* of log(count + HALF_COUNT) where it is not
								 * 0 */
	double		variance;
} CountMoments;

extern CountMoments count_moments(double log_mean, double variance);

#endif							/* INFLUENCER_POISSON_LOG_H */
