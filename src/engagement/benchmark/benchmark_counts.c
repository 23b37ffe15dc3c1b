/*-------------------------------------------------------------------------
 *
 * benchmark_counts.c
 *		Tables of a fit, for profiles whose posts have few interactions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/benchmark/benchmark_model_internal.h"
#include "engagement/benchmark/poisson_log.h"

/*
 * The share of lost posts, before any are seen: as if one in 200 were, known
 * from 20 posts.  Without it, one lost post would be impossible in a cohort
 * that has none.
 */
#define PRIOR_LOST			0.1
#define PRIOR_LOST_POSTS	20

/* What is added to each T, of their mean: a T of 0 has no density. */
#define LEAST_BETWEEN		1e-3

/* The log mean count of a step of Fit.count, and the density of Fit.prior. */
#define COUNT_AT(i)			((i) / COUNT_PER_LOG + COUNT_FIRST)
#define PRIOR_AT(i)			((i) / PRIOR_PER_DEVIATION + PRIOR_FIRST)

/*
 * benchmark_fit_counts
 *		What posts with few interactions say of their profile.
 *
 * With mu the log mean count: a post has none with the probability lost +
 * (1 - lost) P(0), and the logarithms of the others are as likely as the
 * integral of (y - m) / v over m says, with m and v their mean and variance as
 * functions of mu (Wedderburn, Biometrika 1974: quasi-likelihood).
 */
void
benchmark_fit_counts(Fit *fit)
{
	double		within = Max(fit->within, LEAST_WITHIN);
	double		lost = (fit->lost * fit->lost_posts + PRIOR_LOST) /
		(fit->lost_posts + PRIOR_LOST_POSTS);
	CountMoments before = {0};

	for (int i = 0; i < COUNT_STEPS; i++)
	{
		CountMoments m = count_moments(COUNT_AT(i), within);
		CountStep  *step = &fit->count[i];

		step->zero = log(lost + (1 - lost) * m.none);
		step->hit = log((1 - lost) * Max(m.some, LEAST_CHANCE));
		step->score = step->offset = 0;
		if (i > 0)
		{
			double		score = (m.mean - before.mean) * 2 /
				(m.variance + before.variance);

			step->score = step[-1].score + score;
			step->offset = step[-1].offset +
				score * (m.mean + before.mean) / 2;
		}
		before = m;
	}
	for (int i = 0; i < PRIOR_STEPS; i++)
	{
		double		u2 = PRIOR_AT(i) * PRIOR_AT(i) * fit->between_mean;
		double		density = 0;

		for (int j = 0; j < fit->draws; j++)
		{
			double		variance = fit->draw[j].between +
				LEAST_BETWEEN * fit->between_mean;

			density += fit->draw[j].chance * exp(-u2 / 2 / variance) /
				sqrt(variance);
		}
		fit->prior[i] = log(Max(density, LEAST_CHANCE));
	}
	fit->has_counts = true;
}
