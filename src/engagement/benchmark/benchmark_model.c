/*-------------------------------------------------------------------------
 *
 * benchmark_model.c
 *		What the sums of a cohort say: the model, fitted.
 *
 * A profile with x log followers has the log rate theta = a + b x + u, u with
 * variance T between profiles.  A post of exposure f is lost, and stored with
 * no interactions, with probability pi; otherwise its interactions are Poisson
 * with mean f exp(theta + e), e with variance S within profiles.
 *
 * Where a class of profiles has plenty of interactions, y, the mean log rate
 * of a profile's n1 posts that have some, is theta with variance S / n1, and
 * posts without are lost ones.  This is the variance component model of Fay
 * and Herriot (JASA 1979), and its a, b, S and T are found by moments with the
 * weights that the sums were made with (DerSimonian and Kacker 2007).
 *
 * Where a class has few, the share of posts with interactions and the mean of
 * their logarithms tell where the class is: both are functions of theta that
 * count_moments() knows.  Each class so gives a point of the line, and less of
 * S and T, the less the logarithms depend on them.
 *
 * All these depend on each other, so they are found in some rounds.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/benchmark/benchmark_model_internal.h"
#include "engagement/benchmark/poisson_log.h"

/* Rounds, and how many of them may tell anew which classes have few. */
#define MAX_ROUNDS			16
#define JUDGE_ROUNDS		8
#define ROUND_PRECISION		1e-10

/* A class has few interactions if more posts than this would have none. */
#define FEW_ZEROS			0.01

/* Where S can't be known, it is this for the line; it is not shown. */
#define USUAL_WITHIN		0.8

/* What T is taken for in the first round, which only its result replaces. */
#define USUAL_BETWEEN		0.5

/* No cohort has lost more: with a share of 1, nothing could be seen. */
#define MOST_LOST			0.9

/* Of log followers, below their mean: see find_smallest(). */
#define BELIEVED_DEVIATIONS	2

/* The share of a class' posts that have no interactions by chance. */
static double
expected_none(const Fit *fit, const BenchmarkCell *c)
{
	return count_moments(benchmark_class_count(fit, c),
						 benchmark_class_variance(fit, c)).none;
}

/* Tell which classes have few interactions. */
static void
judge_classes(BenchmarkModel *m)
{
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		BenchmarkCell *c = &m->cell[i];

		c->few = c->profiles > 0 &&
			expected_none(m->fit, c) > FEW_ZEROS;
	}
}

/* The share of posts that are lost, from classes that have plenty. */
static void
fit_lost(BenchmarkModel *m)
{
	double		zeros = 0;
	double		posts = 0;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		const BenchmarkCell *c = &m->cell[i];

		if (c->few || c->profiles == 0)
			continue;
		if (c->zeros > 0)
			zeros += c->zeros - (c->zeros + c->posts) *
				expected_none(m->fit, c);
		posts += c->zeros + c->posts;
	}
	m->fit->lost = posts > 0 ? Max(0, Min(MOST_LOST, zeros / posts)) : 0;
	m->fit->lost_posts = posts;
}

/* Before anything is known: all classes have plenty. */
static void
start_model(BenchmarkModel *m)
{
	Fit		   *fit = m->fit;
	double		within = 0;
	double		spare = 0;
	double		weight = 0;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		benchmark_read_class(&m->b->class[i], &m->cell[i]);
		within += m->cell[i].within;
		spare += m->cell[i].spare;
	}
	fit->has_within = spare > 0 || m->b->assumed > 0;
	fit->within = spare > 0 ? within / spare : USUAL_WITHIN;
	if (m->b->assumed > 0)
		fit->within = (double) m->b->assumed_within / (double) m->b->assumed /
			LOG_RATE_ONE;
	fit->between = USUAL_BETWEEN;
	benchmark_read_averages(&m->b->averages, fit->within, &m->cell[AVERAGES]);
	for (int i = 0; i < BENCHMARK_CELLS; i++)
	{
		fit->mean_size += m->cell[i].weight * m->cell[i].size;
		weight += m->cell[i].weight;
	}
	fit->mean_size /= weight;
}

/*
 * The line is only believed from two standard deviations below the cohort's
 * mean size on.  Below, counts are so small that they can say nothing against
 * it, and a line that falls would put the smallest profile first.
 */
static void
find_smallest(BenchmarkModel *m)
{
	Fit		   *fit = m->fit;
	double		squares = 0;
	double		weight = 0;

	for (int i = 0; i < BENCHMARK_CELLS; i++)
	{
		const BenchmarkCell *c = &m->cell[i];
		double		off = c->size - fit->mean_size;

		if (c->weight > 0)
			squares += c->weight * off * off + c->xx;
		weight += c->weight;
	}
	fit->smallest = fit->mean_size -
		BELIEVED_DEVIATIONS * sqrt(squares / weight);
}

/* One round; true if nothing changes any more. */
static bool
fit_round(BenchmarkModel *m, int round)
{
	Fit		   *fit = m->fit;
	double		rate = fit->rate;
	double		within = fit->within;
	double		between = fit->between;

	benchmark_fit_line(m);
	if (round < JUDGE_ROUNDS)
		judge_classes(m);
	fit_lost(m);
	if (m->b->assumed == 0)
		benchmark_fit_within(m);
	benchmark_read_averages(&m->b->averages, fit->within, &m->cell[AVERAGES]);
	benchmark_fit_between(m);
	return round > 1 && fabs(fit->rate - rate) < ROUND_PRECISION &&
		fabs(fit->within - within) < ROUND_PRECISION &&
		fabs(fit->between - between) < ROUND_PRECISION;
}

/*
 * Sums that pass for those of profiles may still be none, if somebody made
 * them up: what they say is unknown then.
 */
static bool
is_sane(const Fit *fit)
{
	double		sum = fit->rate + fit->slope + fit->size + fit->smallest +
		fit->within + fit->between + fit->mean_size + fit->mean_rate +
		1 / fit->information + fit->size_information + fit->lost +
		fit->within_freedom + (fit->has_between ? fit->between_mean : 0);

	return isfinite(sum) && fit->information > 0 &&
		(!fit->has_between || fit->draws > 0);
}

/*
 * fit_benchmark
 *		Fit the model; false for an empty benchmark.
 */
bool
fit_benchmark(const EngagementBenchmark *b, Fit *fit)
{
	BenchmarkModel m = {.fit = fit,.b = b};

	memset(fit, 0, sizeof(Fit));
	if (b->profiles == 0)
		return false;
	fit->profiles = (double) b->profiles;
	fit->smallest = -INFINITY;
	start_model(&m);
	for (int round = 0; round < MAX_ROUNDS && !fit_round(&m, round); round++)
		;
	find_smallest(&m);
	fit->mean_rate = expected_log(fit, fit->mean_size);
	fit->has_between = fit->has_within && fit->between_part > 0 &&
		fit->freedom > 0;
	if (fit->has_between)
		benchmark_fit_draws(fit, b->assumed > 0);
	return is_sane(fit);
}
