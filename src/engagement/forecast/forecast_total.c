/*-------------------------------------------------------------------------
 *
 * forecast_total.c
 *		The sum of what several profiles will bring.
 *
 * Sums of numbers with heavy tails have no moments to go by, but their Laplace
 * transforms are finite, and a product of those of the numbers.  What the sum
 * is comes from three places of it (Mehta, Wu, Molisch and Zhang 2007, who
 * take two for log-normal numbers): the distribution of the logarithm with a
 * mean, deviation and skewness that has this transform there.  One is found
 * about the middle, which is good from there up, and one below.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/benchmark/poisson_log.h"
#include "engagement/forecast/forecast_total.h"

/* Minus the logarithm of the transform where the places are. */
#define UPPER_CHANCE		1.0
#define LOWER_CHANCE		4.5

#define LOG_4				(2 * M_LN2)

/* Parameters: the mean, the log of the deviation, and the skewness. */
#define PARAMETERS			3

/* Where the search starts: the log of the deviation. */
#define FIRST_LOG_DEVIATION	(-M_LN2)

/*
 * It ends after so many steps, or when the squares of the errors are this
 * small; a step is taken in parts, each a third of the last, while they lead
 * away, down to the least.
 */
#define MAX_STEPS			20
#define ERROR_PRECISION		1e-14
#define PART_OF_STEP		3
#define LEAST_PART			0.01

/* Where no chance is left, exp(-place) - 1 is nearly -1. */
#define LEAST_SUM			(-1 + 1e-16)

/* Derivatives are taken over this; what keeps their squares invertible. */
#define DERIVATIVE_STEP		1e-4
#define DAMPING				1e-10

static const double least_parameter[PARAMETERS] = {-100, -7, -MOST_SKEWNESS};
static const double most_parameter[PARAMETERS] = {100, 1.8, MOST_SKEWNESS};
static const double longest_step[PARAMETERS] = {2, 0.7, 0.7};

/*
 * log_chances
 *		Minus the log Laplace transform of one profile, at all scales.
 *
 * exp(-u) - 1 is kept for each place, and from it comes exp(-4u) - 1.
 */
void
log_chances(const Places *places, double *chance)
{
	double		below[OUTLOOK_PLACES];
	double		last = 0;

	for (int i = 0; i < places->n; i++)
		below[i] = expm1(-ldexp(places->at[i], 2 * FIRST_SCALE));
	for (int scale = 0; scale < TOTAL_SCALES; scale++)
	{
		double		sum = 0;

		for (int i = 0; i < places->n; i++)
		{
			sum += places->chance[i] * below[i];
			below[i] *= 2 + below[i];
			below[i] *= 2 + below[i];
		}
		/* Rounding does not make them fall. */
		if (last < MOST_LOG_CHANCE)
			last = Max(last, -log1p(Max(sum, expm1(-MOST_LOG_CHANCE))));
		chance[scale] = last;
	}
}

/* Three places of the transform of a sum, and how far parameters are off. */
typedef struct Search
{
	double		log_scale;		/* of the first; each is 4 times the last */
	double		log_chance[PARAMETERS];
	const double *step_chance;
} Search;

static void
find_errors(const Search *s, const double *parameter, double *error)
{
	double		place[NORMAL_STEPS];
	double		deviation = exp(parameter[1]);

	for (int i = 0; i < NORMAL_STEPS; i++)
		place[i] = exp(Min(MOST_LOG, s->log_scale + parameter[0] +
						   deviation * skewed(NORMAL_STEP(i), parameter[2])));
	for (int j = 0; j < PARAMETERS; j++)
	{
		double		sum = 0;

		for (int i = 0; i < NORMAL_STEPS; i++)
		{
			sum += s->step_chance[i] * expm1(-place[i]);
			place[i] *= 4;
		}
		error[j] = log(Max(-log1p(Max(sum, LEAST_SUM)), LEAST_CHANCE)) -
			s->log_chance[j];
	}
}

static double
square_sum(const double *x)
{
	return x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
}

/* Solve a x = b, b becoming x, by elimination; a is positive definite. */
static void
solve_equations(double a[PARAMETERS][PARAMETERS], double *b)
{
	for (int i = 0; i < PARAMETERS; i++)
	{
		for (int j = i + 1; j < PARAMETERS; j++)
		{
			double		factor = a[j][i] / a[i][i];

			for (int k = i; k < PARAMETERS; k++)
				a[j][k] -= factor * a[i][k];
			b[j] -= factor * b[i];
		}
	}
	for (int i = PARAMETERS - 1; i >= 0; i--)
	{
		for (int k = i + 1; k < PARAMETERS; k++)
			b[i] -= a[i][k] * b[k];
		b[i] /= a[i][i];
	}
}

/* The step of Gauss and Newton from parameters with some error. */
static void
find_step(const Search *s, const double *parameter, const double *error,
		  double *step)
{
	double		slope[PARAMETERS][PARAMETERS];
	double		square[PARAMETERS][PARAMETERS] = {{0}};

	for (int i = 0; i < PARAMETERS; i++)
	{
		double		moved[PARAMETERS];

		memcpy(moved, parameter, sizeof(moved));
		moved[i] += DERIVATIVE_STEP;
		find_errors(s, moved, slope[i]);
		for (int j = 0; j < PARAMETERS; j++)
			slope[i][j] = (slope[i][j] - error[j]) / DERIVATIVE_STEP;
	}
	for (int i = 0; i < PARAMETERS; i++)
	{
		step[i] = 0;
		for (int j = 0; j < PARAMETERS; j++)
		{
			step[i] -= slope[i][j] * error[j];
			for (int k = 0; k < PARAMETERS; k++)
				square[i][j] += slope[i][k] * slope[j][k];
		}
		square[i][i] += DAMPING;
	}
	solve_equations(square, step);
	for (int i = 0; i < PARAMETERS; i++)
		step[i] = Max(-longest_step[i], Min(longest_step[i], step[i]));
}

/* Go along a step as far as that is good; false if it is not at all. */
static bool
take_step(const Search *s, double *parameter, double *error,
		  const double *step)
{
	for (double part = 1; part > LEAST_PART; part /= PART_OF_STEP)
	{
		double		moved[PARAMETERS];
		double		moved_error[PARAMETERS];

		for (int i = 0; i < PARAMETERS; i++)
			moved[i] = Max(least_parameter[i],
						   Min(most_parameter[i],
							   parameter[i] + part * step[i]));
		find_errors(s, moved, moved_error);
		if (square_sum(moved_error) < square_sum(error))
		{
			memcpy(parameter, moved, sizeof(moved));
			memcpy(error, moved_error, sizeof(moved_error));
			return true;
		}
	}
	return false;
}

/* The scale, not the first or last, where the transform is nearest. */
static int
nearest_scale(const double *chance, double wanted)
{
	int			best = 1;

	for (int i = 2; i < TOTAL_SCALES - 1; i++)
	{
		if (fabs(log(Max(chance[i], LEAST_CHANCE) / wanted)) <
			fabs(log(Max(chance[best], LEAST_CHANCE) / wanted)))
			best = i;
	}
	return best;
}

/* The distribution that has the transform about a place. */
static Moments
match(const double *chance, double wanted)
{
	int			middle = nearest_scale(chance, wanted);
	double		parameter[PARAMETERS];
	double		error[PARAMETERS];
	Search		s;
	Moments		m;

	s.step_chance = normal_steps();
	s.log_scale = LOG_4 * (middle - 1 + FIRST_SCALE);
	for (int i = 0; i < PARAMETERS; i++)
		s.log_chance[i] = log(Max(chance[middle - 1 + i], LEAST_CHANCE));
	parameter[0] = Max(least_parameter[0],
					   s.log_chance[1] - s.log_scale - LOG_4);
	parameter[1] = FIRST_LOG_DEVIATION;
	parameter[2] = 0;
	find_errors(&s, parameter, error);
	for (int i = 0; i < MAX_STEPS && square_sum(error) > ERROR_PRECISION; i++)
	{
		double		step[PARAMETERS];

		find_step(&s, parameter, error, step);
		if (!take_step(&s, parameter, error, step))
			break;
	}
	m.mean = parameter[0];
	m.deviation = exp(parameter[1]);
	m.skewness = parameter[2];
	return m;
}

/* find_total: how a sum is distributed, by its transform */
void
find_total(const double *chance, Total *total)
{
	total->upper = match(chance, UPPER_CHANCE);
	total->lower = match(chance, LOWER_CHANCE);
}

/* The place where a normal distribution is at z. */
static double
moments_place(const Moments *m, double z)
{
	return m->mean + m->deviation * skewed(z, m->skewness);
}

/* total_range: a median and two bounds of the log of the sum */
void
total_range(const Total *total, const Tails *tails, LogRange *range)
{
	range->median = moments_place(&total->upper, 0);
	range->low = Min(range->median, moments_place(&total->lower, -tails->z));
	range->high = Max(range->median, moments_place(&total->upper, tails->z));
}

/* total_places: the sum as places, for counts that are small */
void
total_places(const Total *total, Places *places)
{
	const double *chance = normal_steps();

	places->n = NORMAL_STEPS;
	for (int i = 0; i < NORMAL_STEPS; i++)
	{
		const Moments *m = 2 * i < NORMAL_STEPS - 1 ? &total->lower :
			&total->upper;

		places->chance[i] = chance[i];
		places->at[i] = exp(Min(moments_place(m, NORMAL_STEP(i)), MOST_LOG));
	}
}
