/*-------------------------------------------------------------------------
 *
 * benchmark_model_internal.h
 *		What the files that fit the model of a benchmark share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_BENCHMARK_MODEL_INTERNAL_H
#define INFLUENCER_BENCHMARK_MODEL_INTERNAL_H

#include "engagement/benchmark/benchmark_model.h"

/* A class, or the profiles known by averages, as numbers. */
typedef struct BenchmarkCell
{
	/* of all profiles, by weight */
	double		profiles;
	double		weight;
	double		squares;
	double		square_posts;
	double		hits;			/* share of posts with interactions */
	double		size;			/* mean x */
	double		exposure;		/* mean log exposure */
	double		hit_count;		/* mean log count of posts with interactions */
	double		zeros;			/* posts */
	double		posts;

	/* of active profiles */
	double		active;
	double		w;
	double		ww;
	double		x;				/* mean */
	double		y;
	double		xx;				/* weighted squares around the mean */
	double		xy;
	double		yy;
	double		luck;			/* sum of w times what luck adds, in units of
								 * S */
	double		luck_squares;	/* of w^2 times that */
	double		noise;			/* of w times the counts' own variance */
	double		within;
	double		spare;
	bool		few;
} BenchmarkCell;

#define BENCHMARK_CELLS		(BENCHMARK_CLASSES + 1)
#define AVERAGES			BENCHMARK_CLASSES

typedef struct BenchmarkModel
{
	Fit		   *fit;
	const EngagementBenchmark *b;
	BenchmarkCell cell[BENCHMARK_CELLS];
	BenchmarkCell many;			/* all cells that have plenty, as one */
	double		scale;			/* from its weights to inverse variances */
} BenchmarkModel;

/* Derivatives by the log mean count are taken over this to both sides. */
#define LOG_COUNT_STEP		0.05

/* Keeps quotients finite; variances and informations that count are larger. */
#define NEARLY_ZERO			1e-12

/* benchmark_cells.c */
extern void benchmark_read_class(const BenchmarkClass *c, BenchmarkCell *cell);
extern void benchmark_read_averages(const BenchmarkAverages *a, double within,
									BenchmarkCell *cell);
extern void benchmark_merge_cell(BenchmarkCell *all, const BenchmarkCell *c);

/* benchmark_line.c */
extern double benchmark_class_count(const Fit *fit, const BenchmarkCell *c);
extern double benchmark_class_variance(const Fit *fit, const BenchmarkCell *c);
extern void benchmark_fit_line(BenchmarkModel *m);

/* benchmark_variances.c */
extern void benchmark_fit_within(BenchmarkModel *m);
extern void benchmark_fit_between(BenchmarkModel *m);

/* benchmark_draws.c */
extern void benchmark_fit_draws(Fit *fit, bool assumed);

#endif							/* INFLUENCER_BENCHMARK_MODEL_INTERNAL_H */
