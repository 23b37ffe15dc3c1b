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

#include "engagement/benchmark/poisson_log.h"

const double normal_node[NORMAL_NODES] = {
	-6.363947888829839,
	-5.190093591304781,
	-4.196207711269015,
	-3.289082424398766,
	-2.432436827009758,
	-1.60671006902873,
	-0.799129068324548,
	0,
	0.799129068324548,
	1.60671006902873,
	2.432436827009758,
	3.289082424398766,
	4.196207711269015,
	5.190093591304781,
	6.363947888829839
};

const double normal_node_weight[NORMAL_NODES] = {
	8.589649899633252e-10,
	5.975419597920599e-07,
	5.642146405189029e-05,
	0.001567357503549956,
	0.01736577449213762,
	0.08941779539984437,
	0.2324622936097323,
	0.3182595182595181,
	0.2324622936097323,
	0.08941779539984437,
	0.01736577449213762,
	0.001567357503549956,
	5.642146405189029e-05,
	5.975419597920599e-07,
	8.589649899633252e-10
};

/* The same for a Poisson count with mean exp(log_mean). */
static CountMoments
poisson_moments(double log_mean)
{
	double		place = (log_mean - POISSON_LOG_FIRST) * POISSON_LOG_STEPS;
	double		mean = exp(Min(log_mean, 50.0));
	CountMoments m;

	m.none = exp(-mean);
	m.some = -expm1(-mean);
	if (place < 0)
	{
		const PoissonLogEntry *least = &poisson_log_table[0];
		double		part = exp(log_mean - POISSON_LOG_FIRST);

		/* Nearly all counts are 1, and the more so the lower the mean. */
		m.mean = log(1.5) + (least->mean - log(1.5)) * part;
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
	for (int i = 0; i < NORMAL_NODES; i++)
	{
		CountMoments m = poisson_moments(log_mean +
										 deviation * normal_node[i]);
		double		weight = normal_node_weight[i] * m.some;

		all.none += normal_node_weight[i] * m.none;
		some += weight;
		sum += weight * m.mean;
		squares += weight * (m.variance + m.mean * m.mean);
	}
	all.some = some;
	some = Max(some, 1e-300);
	all.mean = sum / some;
	all.variance = Max(squares / some - all.mean * all.mean, 1e-9);
	return all;
}
