/*-------------------------------------------------------------------------
 *
 * shrinkage_bound.c
 *		Bounds of what is known of one profile's log rate: quantiles of
 *		mixtures and of steps.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/quantile.h"
#include "engagement/benchmark/shrinkage.h"

/*
 * A quantile of a mixture is sought as far as this many times that of one
 * normal variable with its variance, which a part with a small probability
 * may need.
 */
#define FURTHEST			20

/* Halving alone makes that far smaller than the logarithms' precision. */
#define MAX_ITERATIONS		60
#define LOG_PRECISION		1e-12

/* Of a probability, relative to it. */
#define PRECISION			1e-10

/*
 * The probability to be below x, and its derivative, of a mixture; with side
 * -1, that of what is mirrored at 0.
 */
static double
mixture_below(const Posterior *p, int side, double x, double *density)
{
	double		below = 0;

	*density = 0;
	for (int i = 0; i < p->n; i++)
	{
		double		off = x - side * p->at[i];
		double		z;

		if (p->deviation[i] <= 0)
		{
			below += off >= 0 ? p->chance[i] : 0;
			continue;
		}
		z = off / p->deviation[i];
		below += p->chance[i] * normal_below(z);
		*density += p->chance[i] * exp(-z * z / 2) / p->deviation[i];
	}
	*density /= sqrt(2 * M_PI);
	return below;
}

/*
 * The quantile of a mixture, by Newton's method within bounds that close in.
 */
static double
mixture_quantile(const Posterior *p, int side, double probability)
{
	double		deviation = sqrt(p->variance);
	double		z = normal_quantile(probability);
	double		low = side * p->mean + Min(z - 1, -2) * FURTHEST * deviation;
	double		high = side * p->mean + Max(z + 1, 2) * FURTHEST * deviation;
	double		x = side * p->mean + z * deviation;

	for (int i = 0; i < MAX_ITERATIONS && high - low > LOG_PRECISION; i++)
	{
		double		density;
		double		off = mixture_below(p, side, x, &density) - probability;

		if (off > 0)
			high = x;
		else
			low = x;
		if (fabs(off) < PRECISION * probability)
			break;
		x -= density > 0 ? off / density : INFINITY;
		if (!(x > low && x < high))
			x = (low + high) / 2;
	}
	return side * x;
}

/* The quantile of steps: between places, probabilities are linear. */
static double
step_quantile(const Posterior *p, int side, double probability)
{
	double		below = 0;		/* of the place's middle */
	double		last = 0;

	for (int i = 0; i < p->n; i++)
	{
		int			at = side > 0 ? i : p->n - 1 - i;

		below += p->chance[at] / 2;
		if (below >= probability)
		{
			double		part = (probability - last) / (below - last);

			return i == 0 ? p->at[at] :
				p->at[at - side] + part * (p->at[at] - p->at[at - side]);
		}
		last = below;
		below += p->chance[at] / 2;
	}
	return p->at[side > 0 ? p->n - 1 : 0];
}

/*
 * posterior_bound
 *		What the profile's log rate is below (side 1) or above (side -1) with a
 *		probability, which may be very small.
 */
double
posterior_bound(const Posterior *p, int side, double probability)
{
	if (p->variance <= 0)
		return p->mean;
	return p->steps ? step_quantile(p, side, probability) :
		mixture_quantile(p, side, probability);
}
