/*-------------------------------------------------------------------------
 *
 * benchmark_model.h
 *		What the sums of a cohort say: the model, fitted.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_BENCHMARK_MODEL_H
#define INFLUENCER_BENCHMARK_MODEL_H

#include "engagement/benchmark/benchmark.h"

/* What S and T may be: pairs of them, each with its probability. */
#define MAX_DRAWS			144

typedef struct Draw
{
	double		within;
	double		between;
	double		chance;
} Draw;

/*
 * Functions of the log mean count, in steps of 1/4: from where one post in
 * 8,000 has an interaction, e^-9, to counts that have no noise, e^9.
 */
#define COUNT_FIRST			(-9.0)
#define COUNT_LAST			9.0
#define COUNT_PER_LOG		4.0
#define COUNT_STEPS			73

/*
 * The least S that small counts are read with: less would not show beside
 * the noise of counts, and the quasi-likelihood divides by it.
 */
#define LEAST_WITHIN		0.02

typedef struct CountStep
{
	double		zero;			/* log of the chance of a post without
								 * interactions */
	double		hit;			/* that of a post with some */
	double		score;			/* quasi-likelihood of these: n1 (y score -
								 * offset) */
	double		offset;
} CountStep;

/*
 * The log density of how far a profile is off, by deviations from -5 to 5 in
 * steps of 1/4.
 */
#define PRIOR_FIRST			(-5.0)
#define PRIOR_PER_DEVIATION	4.0
#define PRIOR_STEPS			41

typedef struct Fit
{
	double		profiles;		/* at least 1, or there is no fit */
	double		size;			/* x and y of a point on the line */
	double		rate;
	double		slope;
	double		smallest;		/* x below which the line goes on flat */
	double		information;	/* inverse variance of that point's y */
	double		size_information;	/* that of the slope; 0 without a line */
	double		within;			/* S */
	double		between;		/* T */
	double		lost;			/* share of posts that lost interactions */
	double		lost_posts;		/* posts that it rests on */
	double		within_freedom; /* squares that S rests on */

	/* a residual square sum, T * between_part + S * within_part on average */
	double		residual;
	double		between_part;
	double		within_part;
	double		freedom;		/* of the residual square sum */
	double		mean_size;		/* of the cohort */
	double		mean_rate;
	bool		has_within;
	bool		has_between;

	/* what T may be, for posts that are known; see benchmark_fit_draws() */
	int			draws;
	Draw		draw[MAX_DRAWS];
	double		between_mean;	/* of T over the draws */

	/* for small counts; see benchmark_fit_counts() */
	bool		has_counts;
	CountStep	count[COUNT_STEPS];
	double		prior[PRIOR_STEPS];
} Fit;

extern bool fit_benchmark(const EngagementBenchmark *b, Fit *fit);
extern void benchmark_fit_counts(Fit *fit);
extern double expected_log(const Fit *fit, double log_followers);
extern double expected_variance(const Fit *fit, double log_followers);

#endif							/* INFLUENCER_BENCHMARK_MODEL_H */
