/*-------------------------------------------------------------------------
 *
 * benchmark_line.c
 *		The line of a benchmark: the log rate by log followers.
 *
 * Profiles of classes that have plenty of interactions are fitted as they are,
 * each of the other classes is a point.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "engagement/benchmark/benchmark_model_internal.h"
#include "engagement/benchmark/poisson_log.h"

/* The variance of log exposures that are uniform over a factor of 8. */
#define CLASS_VARIANCE		0.36

/*
 * Where the mean logarithm changes by less than this part of the log mean
 * count, nearly all counts are 1, and it tells nothing.
 */
#define LEAST_MEAN_SLOPE			0.001

/* Posts with interactions that a class without any has: see class_point(). */
#define HALF_A_POST			0.5

/* The furthest that a round moves a class: derivatives hold near by only. */
#define MAX_OFF				2.0

/* A line goes through any two profiles: their slope tells nothing. */
#define LINE_PROFILES		3

/* Where a class is by the line: the log mean count of its posts. */
double
benchmark_class_count(const Fit *fit, const BenchmarkCell *c)
{
	return expected_log(fit, c->size) + c->exposure;
}

/*
 * The variance of the log mean counts of a class' posts.  Exposures vary as
 * followers do, but not more than the class is wide.
 */
double
benchmark_class_variance(const Fit *fit, const BenchmarkCell *c)
{
	double		sizes = c->w > 0 ? c->xx / c->w : 0;
	double		rise = 1 + fit->slope;

	return fit->between + fit->within +
		rise * rise * Min(sizes, CLASS_VARIANCE);
}

/* A point that a class gives for the line. */
typedef struct Point
{
	double		y;
	double		information;
} Point;

/*
 * Where a class with few interactions is: what its share of posts with
 * interactions and the mean logarithm of their counts say beside what was
 * expected, by their derivatives; each with its information of one post.
 * Where no post has any, half a post would have: the rate that is most likely
 * then, 0, has no logarithm.
 */
static Point
class_point(const Fit *fit, const BenchmarkCell *c)
{
	double		variance = benchmark_class_variance(fit, c);
	double		at = benchmark_class_count(fit, c);
	CountMoments low = count_moments(at - LOG_COUNT_STEP, variance);
	CountMoments mid = count_moments(at, variance);
	CountMoments high = count_moments(at + LOG_COUNT_STEP, variance);
	double		kept = 1 - fit->lost;
	double		share = kept * mid.some;
	double		share_slope = kept * (high.some - low.some) /
		(2 * LOG_COUNT_STEP);
	double		mean_slope = (high.mean - low.mean) / (2 * LOG_COUNT_STEP);
	double		share_info = share_slope * share_slope /
		Max(share * (1 - share), NEARLY_ZERO);
	double		mean_info = 0;
	double		off = 0;
	double		posts = c->squares / c->square_posts;
	double		profiles = c->weight * c->weight / c->squares;
	double		hits = Max(c->hits, HALF_A_POST / (profiles * posts + 1));
	Point		point;

	if (c->active > 0 && mean_slope > LEAST_MEAN_SLOPE)
	{
		mean_info = share * mean_slope * mean_slope / mid.variance;
		off = mean_info * (c->hit_count - mid.mean) / mean_slope;
	}
	if (share_info > 0)
		off += share_info * (hits - share) / share_slope;
	off /= Max(share_info + mean_info, NEARLY_ZERO);
	off = Max(-MAX_OFF, Min(MAX_OFF, off));
	point.y = at + off - c->exposure;
	point.information = profiles /
		(fit->between +
		 1 / Max(posts * (share_info + mean_info), NEARLY_ZERO));
	return point;
}

/*
 * Fit the line to all profiles that have plenty, and a point per other class.
 */
void
benchmark_fit_line(BenchmarkModel *m)
{
	Fit		   *fit = m->fit;
	BenchmarkCell points = {0};
	double		variance;

	memset(&m->many, 0, sizeof(BenchmarkCell));
	for (int i = 0; i < BENCHMARK_CELLS; i++)
	{
		if (!m->cell[i].few)
			benchmark_merge_cell(&m->many, &m->cell[i]);
	}
	/* There may be none. */
	variance = m->many.ww * fit->between + m->many.luck_squares * fit->within;
	m->scale = m->many.w > 0 ?
		m->many.w / Max(variance, NEARLY_ZERO * m->many.ww) : 0;
	points = m->many;
	points.w *= m->scale;
	points.xx *= m->scale;
	points.xy *= m->scale;
	for (int i = 0; i < BENCHMARK_CELLS; i++)
	{
		BenchmarkCell c = {0};
		Point		point;

		if (!m->cell[i].few)
			continue;
		point = class_point(fit, &m->cell[i]);
		c.w = point.information;
		c.x = m->cell[i].size;
		c.y = point.y;
		benchmark_merge_cell(&points, &c);
	}
	fit->size = points.x;
	fit->rate = points.y;
	fit->information = points.w;
	fit->size_information = fit->slope = 0;
	if (fit->profiles >= LINE_PROFILES &&
		points.xx > points.w * MIN_SIZE_DEVIATION * MIN_SIZE_DEVIATION)
	{
		fit->size_information = points.xx;
		fit->slope = points.xy / points.xx;
	}
}

/* What is expected of a size, as a logarithm. */
double
expected_log(const Fit *fit, double log_followers)
{
	return fit->rate +
		fit->slope * (Max(log_followers, fit->smallest) - fit->size);
}

/* The variance of what is expected, from the error of the line. */
double
expected_variance(const Fit *fit, double log_followers)
{
	double		off = Max(log_followers, fit->smallest) - fit->size;

	return 1 / fit->information +
		(fit->size_information > 0 ? off * off / fit->size_information : 0);
}
