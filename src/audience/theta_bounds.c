/*-------------------------------------------------------------------------
 *
 * theta_bounds.c
 *		Bounds of the number of members behind a sketch.
 *
 * Each member is retained with probability theta, so n retained hashes are n
 * successes in an unknown number N of trials.  The lower bound is the largest
 * N that would give n or more with probability at most delta, the upper one
 * the smallest that would give n or less with at most delta; delta is the
 * share of a normal distribution beyond so many standard deviations.
 *
 * As in DataSketches, these are exact where few hashes stand for few members,
 * and approximated with the normal distribution, with a correction for
 * continuity, elsewhere.  With few hashes for many members N is nearly the
 * mean of a Poisson distribution divided by theta: there, the number of
 * deviations is the one that makes the approximation right for that
 * distribution.  DataSketches reads this number from a table; here it is
 * computed, and agrees to three digits and more.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "audience/theta.h"
#include "base/compat.h"

/* From so many hashes on, the approximation needs no correction. */
#define MANY				120

/* Below so many members, they are counted one by one. */
#define COUNTABLE			360.0

/* Theta so close to 1 that nearly every member is retained. */
#define NEARLY_ALL			(1 - 1e-5)

/*
 * The share of a normal distribution beyond so many deviations, on one side.
 */
static double
tail_share(double deviations)
{
	return 0.5 * erfc(deviations / sqrt(2.0));
}

/* The probability of fewer than n events when mean are expected; n <= 121. */
static double
poisson_below(int n, double mean)
{
	double		term = exp(-mean);
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		sum += term;
		term *= mean / (i + 1);
	}
	return sum;
}

/*
 * How far above n the mean of n events is sought, in its deviations and for
 * small n, and how exactly, relative to it.
 */
#define MEAN_DEVIATIONS		10
#define MEAN_MARGIN			50
#define MEAN_PRECISION		1e-12

/* The mean at which fewer than n events have the given probability. */
static double
poisson_mean(int n, double probability)
{
	double		low = 0;
	double		high = n + MEAN_DEVIATIONS * sqrt((double) n) + MEAN_MARGIN;

	while (high - low > MEAN_PRECISION * high)
	{
		double		middle = (low + high) / 2;

		if (poisson_below(n, middle) > probability)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

/*
 * The number x of members whose expected sample is n and lies the given
 * number of deviations (positive: below x) away: (x - n/theta)^2 =
 * deviations^2 x (1 - theta)/theta.
 */
static double
normal_bound(double n, double theta, double deviations)
{
	double		center = n / theta;
	double		b = deviations * sqrt((1 - theta) / theta);

	return center + b * b / 2 + b / 2 * sqrt(b * b + 4 * center);
}

/*
 * The largest number of trials that give n or more successes with at most
 * the given probability.
 */
static double
trials_at_most(int n, double theta, double probability)
{
	double		trials = n;
	double		term = pow(theta, n);	/* the n-th success comes last */
	double		sum = term;

	while (sum <= probability)
	{
		term *= (1 - theta) * trials / (trials + 1 - n);
		sum += term;
		trials++;
	}
	return trials - 1;
}

/*
 * The smallest number of trials that give n or more successes with at least
 * the given probability.
 */
static double
trials_at_least(int n, double theta, double probability)
{
	double		trials = n;
	double		term = pow(theta, n);
	double		sum = term;

	while (sum < probability && term > 0)
	{
		term *= (1 - theta) * trials / (trials + 1 - n);
		sum += term;
		trials++;
	}
	return trials;
}

static double
raw_lower_bound(int n, double theta, double deviations)
{
	double		delta = tail_share(deviations);

	if (n == 0)
		return 0;
	if (n == 1)
		return floor(log1p(-delta) / log1p(-theta));
	if (n > MANY)
		return normal_bound(n - 0.5, theta, -deviations) - 0.5;
	if (theta > NEARLY_ALL)
		return n;
	if (theta < n / COUNTABLE)
	{
		double		mean = poisson_mean(n, 1 - delta);

		return normal_bound(n - 0.5, theta, -(n - 0.5 - mean) / sqrt(mean)) -
			0.5;
	}
	return trials_at_most(n, theta, delta);
}

static double
raw_upper_bound(int n, double theta, double deviations)
{
	double		delta = tail_share(deviations);

	if (n == 0)
		return ceil(log(delta) / log1p(-theta));
	if (n > MANY)
		return normal_bound(n + 0.5, theta, deviations) + 0.5;
	if (theta > NEARLY_ALL)
		return n + 1;
	if (theta < n / COUNTABLE)
	{
		double		mean = poisson_mean(n + 1, delta);

		return normal_bound(n + 0.5, theta, (mean - n - 0.5) / sqrt(mean)) +
			0.5;
	}
	return trials_at_least(n + 1, theta, 1 - delta);
}

/*
 * theta_lower_bound
 *		The number of members that count retained hashes stand for at least.
 *
 * At least the retained ones, at most the estimate.
 */
double
theta_lower_bound(int count, uint64 theta, double deviations)
{
	double		fraction = theta_fraction(theta);

	if (fraction >= 1)
		return count;
	return Min(count / fraction,
			   Max(count, raw_lower_bound(count, fraction, deviations)));
}

/* theta_upper_bound: the number of members at most; at least the estimate */
double
theta_upper_bound(int count, uint64 theta, double deviations)
{
	double		fraction = theta_fraction(theta);

	if (fraction >= 1)
		return count;
	return Max(count / fraction,
			   raw_upper_bound(count, fraction, deviations));
}
