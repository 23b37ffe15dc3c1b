/*-------------------------------------------------------------------------
 *
 * poisson_log.h
 *		Logarithms of counts that are Poisson around a log-normal mean.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_POISSON_LOG_H
#define INFLUENCER_POISSON_LOG_H

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

/* What is expected of a count. */
typedef struct CountMoments
{
	double		none;			/* chance of 0 */
	double		some;			/* 1 - none */
	double		mean;			/* of log(count + 1/2) where it is not 0 */
	double		variance;
} CountMoments;

/* Nodes of Gauss and Hermite: a standard normal variable in 15 places. */
#define NORMAL_NODES			15

extern const double normal_node[NORMAL_NODES];
extern const double normal_node_weight[NORMAL_NODES];

extern CountMoments count_moments(double log_mean, double variance);

#endif							/* INFLUENCER_POISSON_LOG_H */
