/*-------------------------------------------------------------------------
 *
 * benchmark_cells.c
 *		The sums of a benchmark as numbers: a cell for each class of profiles,
 *		and one for those known by averages.
 *
 * Differences that doubles would lose are taken of the integers.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/benchmark/benchmark_model_internal.h"

/* sum w (x - mean)^2, exactly before it is rounded once */
static double
centered_squares(uint64 weight, const uint64 *sum, const uint64 *squares)
{
	uint64		spread[4];

	sums_spread(spread, weight, sum, squares, 2);
	return wide_to_double(spread, 4) / (double) weight /
		(LOG_RATE_ONE * LOG_RATE_ONE);
}

/* sum w (x - mean x) (y - mean y), the same way */
static double
centered_products(uint64 weight, const uint64 *x, const uint64 *y,
				  const uint64 *xy)
{
	uint64		product[4];
	double		sign = sums_cospread(product, weight, x, y, xy, 2) ? -1 : 1;

	return sign * wide_to_double(product, 4) / (double) weight /
		(LOG_RATE_ONE * LOG_RATE_ONE);
}

/* No covariance is larger than the variances allow. */
static double
possible_products(double xy, double xx, double yy)
{
	double		largest = sqrt(xx * yy);

	return Max(-largest, Min(largest, xy));
}

/* Weights and quotients as they are meant. */
#define WEIGHT(sum)			((double) (sum) / BENCHMARK_WEIGHT_ONE)
#define SQUARE(sum)			(WEIGHT(sum) / BENCHMARK_WEIGHT_ONE)

/* The active profiles of a class. */
static void
read_active(const BenchmarkClass *c, BenchmarkCell *cell)
{
	double		w = (double) c->active_weight;

	cell->active = (double) c->active;
	cell->w = WEIGHT(c->active_weight);
	cell->ww = SQUARE(c->active_squares);
	cell->luck = WEIGHT(c->active_posts) / QUOTIENT_ONE;
	cell->luck_squares = SQUARE(c->active_square_posts) / QUOTIENT_ONE;
	cell->x = benchmark_mean_log(c->x, w);
	cell->y = benchmark_mean_log(c->y, w);
	cell->xx = centered_squares(c->active_weight, c->x, c->xx) /
		BENCHMARK_WEIGHT_ONE;
	cell->yy = centered_squares(c->active_weight, c->y, c->yy) /
		BENCHMARK_WEIGHT_ONE;
	cell->xy =
		possible_products(centered_products(c->active_weight, c->x, c->y,
											c->xy) / BENCHMARK_WEIGHT_ONE,
						  cell->xx, cell->yy);
	cell->within = wide_to_double(c->within, 2) / LOG_RATE_ONE;
	cell->spare = (double) (c->posts - c->active);
	cell->posts = (double) c->posts;
	if (c->hits > 0)
		cell->hit_count = benchmark_mean_log(c->hit_rates, (double) c->hits) +
			cell->exposure;
}

/* A class of profiles. */
void
benchmark_read_class(const BenchmarkClass *c, BenchmarkCell *cell)
{
	memset(cell, 0, sizeof(BenchmarkCell));
	if (c->profiles == 0)
		return;
	cell->profiles = (double) c->profiles;
	cell->weight = WEIGHT(c->weight);
	cell->squares = SQUARE(c->squares);
	cell->square_posts = SQUARE(c->square_posts) / QUOTIENT_ONE;
	cell->hits = WEIGHT(c->hits) / QUOTIENT_ONE / cell->weight;
	cell->size = benchmark_mean_log(c->sizes, (double) c->weight);
	cell->exposure = benchmark_mean_log(c->exposures, (double) c->weight);
	cell->zeros = (double) c->zeros;
	if (c->active > 0)
		read_active(c, cell);
}

/*
 * The profiles known by averages.  The mean of n log-normal rates is itself
 * about log-normal, with the variance s = log(1 + (exp(S) - 1) / n) and, as a
 * logarithm, S/2 - s/2 above theta (Fenton 1960).  s is d / n here, with the
 * d that is right for the usual n.
 */
void
benchmark_read_averages(const BenchmarkAverages *a, double within,
						BenchmarkCell *cell)
{
	double		w = (double) a->weight;
	double		inverse;
	double		inverse_squares;
	double		d;

	memset(cell, 0, sizeof(BenchmarkCell));
	if (a->profiles == 0)
		return;
	cell->profiles = cell->active = (double) a->profiles;
	cell->weight = cell->w = WEIGHT(a->weight);
	cell->ww = cell->squares = SQUARE(a->squares);
	inverse = (double) a->inverse / QUOTIENT_ONE / w;
	inverse_squares = (double) a->inverse_squares / QUOTIENT_ONE / w;
	d = log1p(expm1(within) * inverse) / Max(inverse, NEARLY_ZERO);
	cell->luck = cell->w * inverse * (within > 0 ? d / within : 1);
	cell->luck_squares = SQUARE(a->square_posts) / QUOTIENT_ONE *
		(within > 0 ? d / within : 1);
	cell->noise = WEIGHT(a->counts) / QUOTIENT_ONE;
	cell->x = cell->size = benchmark_mean_log(a->x, w);
	cell->y = benchmark_mean_log(a->y, w) - within / 2 + d / 2 * inverse;
	cell->xx = centered_squares(a->weight, a->x, a->xx) / BENCHMARK_WEIGHT_ONE;
	cell->yy = centered_squares(a->weight, a->y, a->yy) / BENCHMARK_WEIGHT_ONE;
	cell->xy = centered_products(a->weight, a->x, a->y, a->xy) /
		BENCHMARK_WEIGHT_ONE;
	if (a->inverse > 0)
	{
		/* What d / 2 / n adds to y varies with n. */
		double		n = (double) a->inverse;
		double		x_off = benchmark_mean_log(a->inverse_x, n) - cell->x;
		double		y_off = benchmark_mean_log(a->inverse_y, n) -
			benchmark_mean_log(a->y, w);
		double		nn = Max(0, inverse_squares - inverse * inverse);

		cell->xy += d / 2 * cell->w * inverse * x_off;
		cell->yy += d * cell->w * inverse * y_off + d * d / 4 * cell->w * nn;
		cell->yy = Max(cell->yy, 0);
	}
	cell->xy = possible_products(cell->xy, cell->xx, cell->yy);
}

/* Add a cell's moments to those of another, around their common mean. */
void
benchmark_merge_cell(BenchmarkCell *all, const BenchmarkCell *c)
{
	double		w = all->w + c->w;
	double		part;
	double		dx = c->x - all->x;
	double		dy = c->y - all->y;

	if (c->w <= 0)
		return;
	part = all->w * c->w / w;
	all->xx += c->xx + part * dx * dx;
	all->xy += c->xy + part * dx * dy;
	all->yy += c->yy + part * dy * dy;
	all->x += dx * c->w / w;
	all->y += dy * c->w / w;
	all->w = w;
	all->ww += c->ww;
	all->active += c->active;
	all->luck += c->luck;
	all->luck_squares += c->luck_squares;
	all->noise += c->noise;
}
