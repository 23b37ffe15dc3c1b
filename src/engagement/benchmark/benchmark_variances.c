/*-------------------------------------------------------------------------
 *
 * benchmark_variances.c
 *		The variances of a benchmark: S within profiles and T between them.
 *
 * Both come from sums of squares, by what these are on average for an S and T.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/normal_nodes.h"
#include "engagement/benchmark/benchmark_model_internal.h"
#include "engagement/benchmark/poisson_log.h"

/* The derivative by S is taken over this part of it. */
#define WITHIN_STEP			0.1

/*
 * How the variance of the logarithms rises with S, where counts are few: by
 * about 1 where they tell S, so that a larger slope is the error of a
 * difference; and below the other bound, what they tell would be noise.
 */
#define STEEPEST_WITHIN_SLOPE		1.2
#define TELLING_WITHIN_SLOPE			0.15

/*
 * Where the mean logarithm rises by less than this part of theta, it hardly
 * depends on it, and does not tell T; see doc/statistics.md.
 */
#define TELLING_MEAN_SLOPE			0.35

/* A line of its own and a square left need more profiles in a class. */
#define CLASS_PROFILES		3

/*
 * The variance of the log counts of one profile's posts that have
 * interactions, averaged over the profiles of a class.
 */
static double
mean_variance(const Fit *fit, const BenchmarkCell *c, double within)
{
	double		deviation = sqrt(benchmark_class_variance(fit, c) -
								 fit->within);
	double		sum = 0;
	double		all = 0;

	for (int i = 0; i < (int) lengthof(normal_node_5); i++)
	{
		CountMoments m = count_moments(benchmark_class_count(fit, c) +
									   deviation * normal_node_5[i], within);

		sum += normal_weight_5[i] * m.some * m.variance;
		all += normal_weight_5[i] * m.some;
	}
	return sum / Max(all, LEAST_CHANCE);
}

/* What counts add to the variance of their logarithms where they are many. */
static double
count_noise(const Fit *fit, const BenchmarkCell *c)
{
	return exp(-benchmark_class_count(fit, c) +
			   (fit->between + fit->within) / 2);
}

/* S, from the squares within profiles of all classes. */
void
benchmark_fit_within(BenchmarkModel *m)
{
	Fit		   *fit = m->fit;
	double		off = 0;
	double		information = 0;

	fit->within_freedom = 0;
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		const BenchmarkCell *c = &m->cell[i];
		double		expected = fit->within;
		double		slope = 1;
		double		part = 1;

		if (c->spare <= 0)
			continue;
		if (c->few)
		{
			double		step = WITHIN_STEP * Max(fit->within, LEAST_WITHIN);

			expected = mean_variance(fit, c, fit->within);
			slope = (mean_variance(fit, c, fit->within + step) - expected) /
				step;
			slope = Max(0, Min(STEEPEST_WITHIN_SLOPE, slope));
			if (slope < TELLING_WITHIN_SLOPE)
				continue;
			part = fit->within / expected;
		}
		else
			expected += count_noise(fit, c);
		off += slope * part * part * (c->within - c->spare * expected);
		information += c->spare * slope * slope * part * part;
		fit->within_freedom += c->spare * slope * slope * part * part;
	}
	if (information > 0)
		fit->within = Max(0, fit->within + off / information);
}

/* How many of the two parameters of a line the cells with plenty determine. */
static double
line_parameters(const BenchmarkModel *m)
{
	return (m->fit->size_information > 0 ? 2 : 1) *
		m->many.w * m->scale / m->fit->information;
}

/* Add to the residual square sum that T comes from. */
static void
add_residual(Fit *fit, double part, double residual, double slope,
			 const BenchmarkCell *c, double parameters)
{
	double		between = c->w - parameters * c->ww / c->w;
	double		within = c->luck - parameters * c->luck_squares / c->w;

	if (between <= 0)
		return;
	fit->residual += part * residual;
	fit->between_part += part * slope * slope * between;
	fit->within_part += part * Max(within, 0);
	fit->freedom += part * part * (c->active - parameters);
}

/* Squares of y around the line, of all profiles that have plenty. */
static void
many_residual(BenchmarkModel *m)
{
	const BenchmarkCell *c = &m->many;
	double		off = c->y - expected_log(m->fit, c->x);
	double		residual = c->yy - 2 * m->fit->slope * c->xy +
		m->fit->slope * m->fit->slope * c->xx + c->w * off * off;
	double		noise = c->noise;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		if (!m->cell[i].few && m->cell[i].active > 0)
			noise += m->cell[i].luck * count_noise(m->fit, &m->cell[i]);
	}
	add_residual(m->fit, 1, Max(residual - noise, 0), 1, c,
				 line_parameters(m));
}

/* Squares of y around the regression within a class that has few. */
static void
few_residual(Fit *fit, const BenchmarkCell *c)
{
	double		at = benchmark_class_count(fit, c);
	double		slope = (count_moments(at + LOG_COUNT_STEP, fit->within).mean -
						 count_moments(at - LOG_COUNT_STEP,
									   fit->within).mean) /
		(2 * LOG_COUNT_STEP);
	double		variance = count_moments(at, fit->within).variance;
	double		residual = c->yy;
	double		luck;

	if (slope < TELLING_MEAN_SLOPE)
		return;
	if (c->xx > 0)
		residual -= c->xy * c->xy / c->xx;
	luck = c->luck - 2 * c->luck_squares / c->w;
	residual -= (variance - fit->within) * luck;
	add_residual(fit, slope * slope, residual, slope, c, 2);
}

/* T: what the residuals are more than luck. */
void
benchmark_fit_between(BenchmarkModel *m)
{
	Fit		   *fit = m->fit;

	fit->residual = fit->between_part = fit->within_part = fit->freedom = 0;
	if (m->many.active > 0)
		many_residual(m);
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		if (m->cell[i].few && m->cell[i].active > CLASS_PROFILES)
			few_residual(fit, &m->cell[i]);
	}
	fit->residual = Max(fit->residual, 0);
	if (fit->between_part > 0)
		fit->between = Max(0, fit->residual - fit->within * fit->within_part) /
			fit->between_part;
}
