/*-------------------------------------------------------------------------
 *
 * benchmark.h
 *		The type engagement_benchmark.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_BENCHMARK_H
#define INFLUENCER_BENCHMARK_H

#include "engagement/summary/engagement_summary.h"

/*
 * Profiles are summed up by class of the mean exposure of their posts, 64 and
 * less, then up to 8 times as much, and so on: where exposures are small, so
 * are counts, and what they say must be corrected.
 */
#define BENCHMARK_CLASSES	8

/*
 * A profile with n posts has the weight n / (n + 3), in units of 1/256.  That
 * is near the best weight, 1 / (T + S / n), for whatever S and T it turns out
 * to be.  Quotients are in units of 2^-16.  The mean rate of a profile's posts
 * that have interactions is above exp(y) by a factor of 1 to MOST_RATIO.
 */
#define BENCHMARK_WEIGHT_ONE	256
#define WEIGHT_POSTS		3
#define QUOTIENT_ONE		65536.0
#define MOST_RATIO			64
#define MOST_LOG_RATIO		(6 * M_LN2)

/*
 * Follower counts whose logarithms have a smaller standard deviation are all
 * the same: below a millionth, rounding would make the slope.
 */
#define MIN_SIZE_DEVIATION	0.000001

/*
 * How much posts differ counts where they have interactions enough, by the
 * logarithm of the mean: e^3 are 20.
 */
#define SPREAD_LOG_COUNT	3

/*
 * Exact sums over the profiles of a class.  Logarithms are those of
 * engagement_summary.h.  Active are the profiles that have a post with
 * interactions; n are the posts with a rate, n1 those with a logarithm.
 */
typedef struct BenchmarkClass
{
	/* of all profiles */
	uint64		profiles;
	uint64		zeros;			/* posts without interactions */
	uint64		weight;			/* w */
	uint64		squares;		/* w^2 */
	uint64		square_posts;	/* w^2 / n */
	uint64		exposures[2];	/* w log exposure */
	uint64		sizes[2];		/* w x; x is log followers */

	/* of active profiles */
	uint64		active;
	uint64		posts;			/* n1 */
	uint64		hits;			/* w n1 / n */
	uint64		active_weight;	/* w */
	uint64		active_squares; /* w^2 */
	uint64		active_square_posts;	/* w^2 / n1 */
	uint64		active_posts;	/* w / n1 */
	uint64		hit_rates[2];	/* w n1 / n y; y is the mean log rate */
	uint64		x[2];			/* w x */
	uint64		y[2];
	uint64		xx[2];
	uint64		xy[2];
	uint64		yy[2];
	uint64		within[2];		/* squared deviations within profiles */

	/* of those with two posts and plenty of interactions */
	uint64		ratio_weight;	/* w */
	uint64		ratio_posts;	/* w / n1 */
	uint64		excess;			/* w log r; r is the mean rate / exp(y) */
	uint64		ratios;			/* w r */
	uint64		ratio_y[2];		/* w y */
	uint64		ratio_rates[2]; /* w r y */
} BenchmarkClass;

/*
 * The same for profiles known by averages, whose y is the log of the mean
 * rate.
 */
typedef struct BenchmarkAverages
{
	uint64		profiles;
	uint64		weight;			/* w */
	uint64		squares;		/* w^2 */
	uint64		square_posts;	/* w^2 / n */
	uint64		inverse;		/* w / n */
	uint64		inverse_squares;	/* w / n^2 */
	uint64		counts;			/* w / interactions */
	uint64		x[2];			/* w x */
	uint64		y[2];
	uint64		xx[2];
	uint64		xy[2];
	uint64		yy[2];
	uint64		inverse_x[2];	/* w / n x */
	uint64		inverse_y[2];
} BenchmarkAverages;

/*
 * How much the spread within profiles differs between them, for forecasts,
 * over those with two posts and plenty of interactions; s^2 is the sample
 * variance of a profile's log rates.
 */
typedef struct BenchmarkSpread
{
	uint64		weight;			/* w */
	uint64		deviations;		/* w s, unbiased */
	uint64		variances;		/* w s^2 */
} BenchmarkSpread;

typedef struct EngagementBenchmark
{
	uint8		version;
	uint8		reserved[7];	/* zero */
	uint64		profiles;
	uint64		assumed;		/* what assume_within() was told: once, */
	uint64		assumed_within; /* and the variance */
	BenchmarkSpread spread;
	BenchmarkAverages averages;
	BenchmarkClass class[BENCHMARK_CLASSES];
} EngagementBenchmark;

#define PG_GETARG_BENCHMARK(n)	((EngagementBenchmark *) PG_GETARG_POINTER(n))

/* A sum of logarithms over the weight of all, as a mean. */
static inline double
benchmark_mean_log(const uint64 *sum, double weight)
{
	return log_rate_value(wide_to_double(sum, 2) / weight);
}

#endif							/* INFLUENCER_BENCHMARK_H */
