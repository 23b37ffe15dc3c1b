/*-------------------------------------------------------------------------
 *
 * poisson_log.c
 *		Logarithms of counts that are Poisson around a log-normal mean.
 *
 * A post of a profile with log rate theta has interactions that are Poisson
 * with mean exposure * exp(theta + e), e normal.  Where that is large, the
 * logarithm of the count is normal too.  Where it is small, many counts are 0,
 * and the mean and variance of the logarithms of the others bend: this is what
 * they are then, by a sum over e of what is tabulated for the Poisson
 * distribution alone.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/normal_nodes.h"
#include "engagement/benchmark/poisson_log.h"

/* Means beyond this are not told apart: their counts have no noise. */
#define MOST_LOG_MEAN		50.0

/* Rounding leaves no variance below this, which others divide by. */
#define LEAST_VARIANCE		1e-9

/* What is expected of a Poisson count with mean exp(log_mean). */
static CountMoments
poisson_moments(double log_mean)
{
	double		place = (log_mean - POISSON_LOG_FIRST) * POISSON_LOG_STEPS;
	double		mean = exp(Min(log_mean, MOST_LOG_MEAN));
	CountMoments m;

	m.none = exp(-mean);
	m.some = -expm1(-mean);
	if (place < 0)
	{
		const PoissonLogEntry *least = &poisson_log_table[0];
		double		part = exp(log_mean - POISSON_LOG_FIRST);

		/* Nearly all counts are 1, and the more so the lower the mean. */
		m.mean = log(1 + HALF_COUNT) +
			(least->mean - log(1 + HALF_COUNT)) * part;
		m.variance = least->variance * part;
	}
	else if (place < POISSON_LOG_ENTRIES - 1)
	{
		const PoissonLogEntry *e = &poisson_log_table[(int) place];
		double		part = place - floor(place);

		m.mean = e[0].mean + part * (e[1].mean - e[0].mean);
		m.variance = e[0].variance + part * (e[1].variance - e[0].variance);
	}
	else
	{
		m.mean = log_mean;
		m.variance = 1 / mean;
	}
	return m;
}

/*
 * count_moments
 *		What is expected of a count that is Poisson with mean exp(l), l normal
 *		with mean log_mean and the variance.
 */
CountMoments
count_moments(double log_mean, double variance)
{
	double		deviation = sqrt(variance);
	double		some = 0;
	double		sum = 0;
	double		squares = 0;
	CountMoments all;

	all.none = 0;
	for (int i = 0; i < (int) lengthof(normal_node_15); i++)
	{
		CountMoments m = poisson_moments(log_mean +
										 deviation * normal_node_15[i]);
		double		weight = normal_weight_15[i] * m.some;

		all.none += normal_weight_15[i] * m.none;
		some += weight;
		sum += weight * m.mean;
		squares += weight * (m.variance + m.mean * m.mean);
	}
	all.some = some;
	some = Max(some, LEAST_CHANCE);
	all.mean = sum / some;
	all.variance = Max(squares / some - all.mean * all.mean,
					   LEAST_VARIANCE);
	return all;
}
