/*-------------------------------------------------------------------------
 *
 * benchmark_draws.c
 *		What S and T of a benchmark may be.
 *
 * The squares within profiles are S times a chi-square variable, and the
 * residuals' are T * between_part + S * within_part times another.  So each
 * pair of S and T has a likelihood; times a prior, they are probabilities.
 * Pairs are taken on a grid that follows the likelihood.  Where the sums tell
 * S and T well, all pairs are much the same; where they don't, bounds that are
 * averages over them are as wide as they must be.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/benchmark/benchmark_model_internal.h"
#include "engagement/benchmark/poisson_log.h"

/* From this T on its prior falls, as a power of T. */
#define LARGE_BETWEEN		9.0
#define PRIOR_FALL			3.0

/*
 * The grid, in standard deviations of the logarithm of a mean square: close
 * where the likelihood is high, and wider up than down, as its tail is.
 *
 * For T, where luck explains the residuals: what the total may be above luck.
 */
static const double between_above[] = {
	0, 0.12, 0.3, 0.55, 0.85, 1.25, 1.8, 2.6, 4, 6
};

/* Where it does not: what the total may be around what was seen. */
static const double between_around[] = {
	-3, -2.2, -1.5, -1, -0.5, 0, 0.5, 1, 1.6, 2.4, 3.4, 5, 7
};

/* And from 0 to the first T of these, in parts of it. */
static const double between_near_zero[] = {0, 0.1, 0.3, 0.6};

/* For S: where it is known, where it is not, and where it hardly is. */
static const double within_one[] = {0};
static const double within_some[] = {-2.2, -1.1, 0, 1.1, 2.2, 3.3};
static const double within_few[] = {
	-1.5, -0.8, 0, 0.8, 1.6, 2.6, 3.8, 5.2
};

/*
 * With more squares, S is taken for known: its standard deviation is below
 * 7 %, sqrt(2 / 400).  With fewer than the other number, above 50 %,
 * sqrt(2 / 8), the grid goes further.
 */
#define KNOWN_FREEDOM		400
#define LITTLE_FREEDOM		8

/* What is taken where S rests on less than a square. */
#define LEAST_FREEDOM		0.5

/* The least total that a likelihood is computed for, of what was seen. */
#define LEAST_RATIO			1e-6

/* Pairs whose chance is less, of that of the best one, are left out. */
#define NEGLIGIBLE_CHANCE	1e-4

/* The width that a place of a grid stands for. */
static double
grid_width(const double *at, int n, int i)
{
	if (n == 1)
		return 1;
	return (at[Min(i + 1, n - 1)] - at[Max(i - 1, 0)]) / 2;
}

/* The places of T for an S, from 0 up; their number. */
static int
between_grid(const Fit *fit, double luck, double total, double *between)
{
	double		unit = sqrt(2 / Max(fit->freedom, 1));
	double		first = 0;
	int			n = 0;

	if (luck >= total)
	{
		for (int i = 0; i < (int) lengthof(between_above); i++)
			between[n++] = luck * expm1(unit * between_above[i]);
		return n;
	}
	for (int i = (int) lengthof(between_around) - 1; i >= 0; i--)
	{
		double		t = total * exp(unit * between_around[i]) - luck;

		if (t > 0)
			first = t;
	}
	for (int i = 0; i < (int) lengthof(between_near_zero); i++)
		between[n++] = first * between_near_zero[i];
	for (int i = 0; i < (int) lengthof(between_around); i++)
	{
		double		t = total * exp(unit * between_around[i]) - luck;

		if (t > 0)
			between[n++] = t;
	}
	return n;
}

/*
 * The logarithm of the prior of T: flat where profiles differ by what is
 * usual, and falling above.  Few profiles leave T free to be so large that one
 * without interactions could be believed to have any rate, however small.
 */
static double
log_between_prior(double between)
{
	return -PRIOR_FALL * log1p(between / LARGE_BETWEEN);
}

/* Add the pairs of one S, with the logarithm of their probability. */
static void
add_draws(Fit *fit, double within, double log_chance)
{
	double		luck = within * fit->within_part / fit->between_part;
	double		total = Max(fit->residual / fit->between_part, NEARLY_ZERO);
	double		half = Max(fit->freedom, 1) / 2;
	double		between[MAX_DRAWS];
	int			n = between_grid(fit, luck, total, between);

	for (int i = 0; i < n && fit->draws < MAX_DRAWS; i++)
	{
		/* A variance of 0 is as improbable as can be, if there is a rest. */
		double		ratio = Max((between[i] + luck) / total, LEAST_RATIO);
		Draw	   *draw = &fit->draw[fit->draws++];

		draw->within = within;
		draw->between = between[i];
		draw->chance = log_chance - half * (log(ratio) + 1 / ratio) +
			log_between_prior(between[i]) +
			log(Max(grid_width(between, n, i), LEAST_CHANCE));
	}
}

/* From logarithms to probabilities; what is improbable is left out. */
static void
normalise_draws(Fit *fit)
{
	double		largest = -INFINITY;
	double		sum = 0;
	int			n = 0;

	for (int i = 0; i < fit->draws; i++)
		largest = Max(largest, fit->draw[i].chance);
	for (int i = 0; i < fit->draws; i++)
	{
		Draw		draw = fit->draw[i];

		draw.chance = exp(draw.chance - largest);
		if (draw.chance < NEGLIGIBLE_CHANCE)
			continue;
		sum += draw.chance;
		fit->draw[n++] = draw;
	}
	fit->draws = n;
	fit->between_mean = 0;
	for (int i = 0; i < n; i++)
	{
		fit->draw[i].chance /= sum;
		fit->between_mean += fit->draw[i].chance * fit->draw[i].between;
	}
}

/* The pairs of S and T; an S that was assumed is the only one. */
void
benchmark_fit_draws(Fit *fit, bool assumed)
{
	double		freedom = Max(fit->within_freedom, LEAST_FREEDOM);
	double		unit = sqrt(2 / freedom);
	const double *at = within_one;
	int			n = lengthof(within_one);

	if (!assumed && fit->within > 0 && freedom <= KNOWN_FREEDOM)
	{
		at = freedom < LITTLE_FREEDOM ? within_few : within_some;
		n = freedom < LITTLE_FREEDOM ? lengthof(within_few) :
			lengthof(within_some);
	}
	fit->draws = 0;
	for (int i = 0; i < n; i++)
	{
		double		z = unit * at[i];

		add_draws(fit, fit->within * exp(z),
				  z - freedom / 2 * (z + exp(-z)) +
				  log(grid_width(at, n, i)));
	}
	normalise_draws(fit);
}
