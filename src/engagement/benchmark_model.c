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

#include "base/compat.h"
#include "engagement/benchmark_model.h"
#include "engagement/poisson_log.h"

/* Rounds, and how many of them may tell anew which classes have few. */
#define MAX_ROUNDS			16
#define JUDGE_ROUNDS		8
#define ROUND_PRECISION		1e-10

/* A class has few interactions if more posts than this would have none. */
#define FEW_ZEROS			0.01

/* Where S can't be known, it is this for the line; it is not shown. */
#define USUAL_WITHIN		0.8

/* From this T on its prior falls, as a power of T. */
#define LARGE_BETWEEN		9.0
#define PRIOR_FALL			3.0

/* The variance of log exposures that are uniform over a factor of 8. */
#define CLASS_VARIANCE		0.36

/*
 * Follower counts whose logarithms have a smaller standard deviation are all
 * the same: below a millionth, rounding would make the slope.
 */
#define MIN_SIZE_DEVIATION	0.000001

/* A class, or the profiles known by averages, as numbers. */
typedef struct Cell
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
} Cell;

#define CELLS				(BENCHMARK_CLASSES + 1)
#define AVERAGES			BENCHMARK_CLASSES

typedef struct Model
{
	Fit		   *fit;
	const EngagementBenchmark *b;
	Cell		cell[CELLS];
	Cell		many;			/* all cells that have plenty, as one */
	double		scale;			/* from its weights to inverse variances */
} Model;

/* A sum of two limbs over a weight, as a mean logarithm. */
static double
mean_log(const uint64 *sum, double weight)
{
	return log_rate_value(wide_to_double(sum, 2) / weight);
}

/* sum w (x - mean)^2, exactly before it is rounded once */
static double
centered_squares(uint64 weight, const uint64 *sum, const uint64 *squares)
{
	uint64		spread[4];

	sums_spread(spread, weight, sum, squares, 2);
	return wide_to_double(spread, 4) / (double) weight / (LOG_RATE_ONE * LOG_RATE_ONE);
}

/* sum w (x - mean x) (y - mean y), the same way */
static double
centered_products(uint64 weight, const uint64 *x, const uint64 *y, const uint64 *xy)
{
	uint64		product[4] = {0};
	uint64		other[4];
	double		sign = 1;

	wide_mul(product, xy, 2, &weight, 1);
	wide_mul(other, x, 2, y, 2);
	if (wide_compare(product, other, 4) < 0)
	{
		wide_subtract(other, product, 4);
		memcpy(product, other, sizeof(product));
		sign = -1;
	}
	else
		wide_subtract(product, other, 4);
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
#define SQUARE(sum)			((double) (sum) / BENCHMARK_WEIGHT_ONE / BENCHMARK_WEIGHT_ONE)

/* The active profiles of a class. */
static void
read_active(const BenchmarkClass *c, Cell *cell)
{
	double		w = (double) c->active_weight;

	cell->active = (double) c->active;
	cell->w = WEIGHT(c->active_weight);
	cell->ww = SQUARE(c->active_squares);
	cell->luck = WEIGHT(c->active_posts) / QUOTIENT_ONE;
	cell->luck_squares = SQUARE(c->active_square_posts) / QUOTIENT_ONE;
	cell->x = mean_log(c->x, w);
	cell->y = mean_log(c->y, w);
	cell->xx = centered_squares(c->active_weight, c->x, c->xx) / BENCHMARK_WEIGHT_ONE;
	cell->yy = centered_squares(c->active_weight, c->y, c->yy) / BENCHMARK_WEIGHT_ONE;
	cell->xy = possible_products(centered_products(c->active_weight, c->x, c->y, c->xy) / BENCHMARK_WEIGHT_ONE,
								 cell->xx, cell->yy);
	cell->within = wide_to_double(c->within, 2) / LOG_RATE_ONE;
	cell->spare = (double) (c->posts - c->active);
	cell->posts = (double) c->posts;
	if (c->hits > 0)
		cell->hit_count = mean_log(c->hit_rates, (double) c->hits) + cell->exposure;
}

static void
read_class(const BenchmarkClass *c, Cell *cell)
{
	memset(cell, 0, sizeof(Cell));
	if (c->profiles == 0)
		return;
	cell->profiles = (double) c->profiles;
	cell->weight = WEIGHT(c->weight);
	cell->squares = SQUARE(c->squares);
	cell->square_posts = SQUARE(c->square_posts) / QUOTIENT_ONE;
	cell->hits = WEIGHT(c->hits) / QUOTIENT_ONE / cell->weight;
	cell->size = mean_log(c->sizes, (double) c->weight);
	cell->exposure = mean_log(c->exposures, (double) c->weight);
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
static void
read_averages(const BenchmarkAverages *a, double within, Cell *cell)
{
	double		w = (double) a->weight;
	double		inverse;
	double		inverse_squares;
	double		d;

	memset(cell, 0, sizeof(Cell));
	if (a->profiles == 0)
		return;
	cell->profiles = cell->active = (double) a->profiles;
	cell->weight = cell->w = WEIGHT(a->weight);
	cell->ww = cell->squares = SQUARE(a->squares);
	inverse = (double) a->inverse / QUOTIENT_ONE / w;
	inverse_squares = (double) a->inverse_squares / QUOTIENT_ONE / w;
	d = log1p(expm1(within) * inverse) / Max(inverse, 1e-12);
	cell->luck = cell->w * inverse * (within > 0 ? d / within : 1);
	cell->luck_squares = SQUARE(a->square_posts) / QUOTIENT_ONE *
		(within > 0 ? d / within : 1);
	cell->noise = WEIGHT(a->counts) / QUOTIENT_ONE;
	cell->x = cell->size = mean_log(a->x, w);
	cell->y = mean_log(a->y, w) - within / 2 + d / 2 * inverse;
	cell->xx = centered_squares(a->weight, a->x, a->xx) / BENCHMARK_WEIGHT_ONE;
	cell->yy = centered_squares(a->weight, a->y, a->yy) / BENCHMARK_WEIGHT_ONE;
	cell->xy = centered_products(a->weight, a->x, a->y, a->xy) / BENCHMARK_WEIGHT_ONE;
	if (a->inverse > 0)
	{
		/* What d / 2 / n adds to y varies with n. */
		double		n = (double) a->inverse;
		double		x_off = mean_log(a->inverse_x, n) - cell->x;
		double		y_off = mean_log(a->inverse_y, n) - mean_log(a->y, w);
		double		nn = Max(0, inverse_squares - inverse * inverse);

		cell->xy += d / 2 * cell->w * inverse * x_off;
		cell->yy += d * cell->w * inverse * y_off + d * d / 4 * cell->w * nn;
		cell->yy = Max(cell->yy, 0);
	}
	cell->xy = possible_products(cell->xy, cell->xx, cell->yy);
}

/* Add a cell's moments to those of another, around their common mean. */
static void
merge_cell(Cell *all, const Cell *c)
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

/* Where a class is by the line: the log mean count of its posts. */
static double
class_count(const Fit *fit, const Cell *c)
{
	return expected_log(fit, c->size) + c->exposure;
}

/*
 * The variance of the log mean counts of a class' posts.  Exposures vary as
 * followers do, but not more than the class is wide.
 */
static double
class_variance(const Fit *fit, const Cell *c)
{
	double		sizes = c->w > 0 ? c->xx / c->w : 0;
	double		rise = 1 + fit->slope;

	return fit->between + fit->within + rise * rise * Min(sizes, CLASS_VARIANCE);
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
class_point(const Fit *fit, const Cell *c)
{
	static const double step = 0.05;
	double		variance = class_variance(fit, c);
	double		at = class_count(fit, c);
	CountMoments low = count_moments(at - step, variance);
	CountMoments mid = count_moments(at, variance);
	CountMoments high = count_moments(at + step, variance);
	double		kept = 1 - fit->lost;
	double		share = kept * mid.some;
	double		share_slope = kept * (high.some - low.some) / (2 * step);
	double		mean_slope = (high.mean - low.mean) / (2 * step);
	double		share_info = share_slope * share_slope / Max(share * (1 - share), 1e-12);
	double		mean_info = 0;
	double		off = 0;
	double		posts = c->squares / c->square_posts;
	double		profiles = c->weight * c->weight / c->squares;
	double		hits = Max(c->hits, 0.5 / (profiles * posts + 1));
	Point		point;

	if (c->active > 0 && mean_slope > 0.001)
	{
		mean_info = share * mean_slope * mean_slope / mid.variance;
		off = mean_info * (c->hit_count - mid.mean) / mean_slope;
	}
	if (share_info > 0)
		off += share_info * (hits - share) / share_slope;
	off /= Max(share_info + mean_info, 1e-12);
	off = Max(-2, Min(2, off));
	point.y = at + off - c->exposure;
	point.information = profiles /
		(fit->between + 1 / Max(posts * (share_info + mean_info), 1e-12));
	return point;
}

/*
 * Fit the line to all profiles that have plenty, and a point per other class.
 */
static void
fit_line(Model *m)
{
	Fit		   *fit = m->fit;
	Cell		points = {0};
	double		variance;

	memset(&m->many, 0, sizeof(Cell));
	for (int i = 0; i < CELLS; i++)
	{
		if (!m->cell[i].few)
			merge_cell(&m->many, &m->cell[i]);
	}
	/* There may be none. */
	variance = m->many.ww * fit->between + m->many.luck_squares * fit->within;
	m->scale = m->many.w > 0 ? m->many.w / Max(variance, 1e-12 * m->many.ww) : 0;
	points = m->many;
	points.w *= m->scale;
	points.xx *= m->scale;
	points.xy *= m->scale;
	for (int i = 0; i < CELLS; i++)
	{
		Cell		c = {0};
		Point		point;

		if (!m->cell[i].few)
			continue;
		point = class_point(fit, &m->cell[i]);
		c.w = point.information;
		c.x = m->cell[i].size;
		c.y = point.y;
		merge_cell(&points, &c);
	}
	fit->size = points.x;
	fit->rate = points.y;
	fit->information = points.w;
	fit->size_information = fit->slope = 0;
	if (fit->profiles >= 3 &&
		points.xx > points.w * MIN_SIZE_DEVIATION * MIN_SIZE_DEVIATION)
	{
		fit->size_information = points.xx;
		fit->slope = points.xy / points.xx;
	}
}

/* Tell which classes have few interactions. */
static void
judge_classes(Model *m)
{
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		Cell	   *c = &m->cell[i];

		c->few = c->profiles > 0 &&
			count_moments(class_count(m->fit, c), class_variance(m->fit, c)).none > FEW_ZEROS;
	}
}

/* The share of posts that are lost, from classes that have plenty. */
static void
fit_lost(Model *m)
{
	double		zeros = 0;
	double		posts = 0;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		const Cell *c = &m->cell[i];

		if (c->few || c->profiles == 0)
			continue;
		if (c->zeros > 0)
			zeros += c->zeros - (c->zeros + c->posts) *
				count_moments(class_count(m->fit, c), class_variance(m->fit, c)).none;
		posts += c->zeros + c->posts;
	}
	m->fit->lost = posts > 0 ? Max(0, Min(0.9, zeros / posts)) : 0;
	m->fit->lost_posts = posts;
}

/*
 * The variance of the log counts of one profile's posts that have
 * interactions, averaged over the profiles of a class.
 */
static double
mean_variance(const Fit *fit, const Cell *c, double within)
{
	static const double node[] = {-2.8569700138728, -1.3556261799742659, 0, 1.3556261799742659, 2.8569700138728};
	static const double weight[] = {0.011257411327720691, 0.2220759220056126, 0.53333333333333333, 0.2220759220056126, 0.011257411327720691};
	double		deviation = sqrt(class_variance(fit, c) - fit->within);
	double		sum = 0;
	double		all = 0;

	for (int i = 0; i < (int) lengthof(node); i++)
	{
		CountMoments m = count_moments(class_count(fit, c) + deviation * node[i], within);

		sum += weight[i] * m.some * m.variance;
		all += weight[i] * m.some;
	}
	return sum / Max(all, 1e-300);
}

/* What counts add to the variance of their logarithms where they are many. */
static double
count_noise(const Fit *fit, const Cell *c)
{
	return exp(-class_count(fit, c) + (fit->between + fit->within) / 2);
}

/* S, from the squares within profiles of all classes. */
static void
fit_within(Model *m)
{
	Fit		   *fit = m->fit;
	double		off = 0;
	double		information = 0;

	fit->within_freedom = 0;
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		const Cell *c = &m->cell[i];
		double		expected = fit->within;
		double		slope = 1;
		double		part = 1;

		if (c->spare <= 0)
			continue;
		if (c->few)
		{
			double		step = 0.1 * Max(fit->within, 0.02);

			expected = mean_variance(fit, c, fit->within);
			slope = (mean_variance(fit, c, fit->within + step) - expected) / step;
			slope = Max(0, Min(1.2, slope));
			if (slope < 0.15)
				continue;
			part = fit->within / expected;
		}
		else
			expected += count_noise(fit, c);
		off += slope * part * part * (c->within - c->spare * expected);
		information += c->spare * slope * slope * part * part;
		fit->within_freedom += c->spare * slope * slope * part * part;
	}
	if (information > 0)
		fit->within = Max(0, fit->within + off / information);
}

/* How many of the two parameters of a line the cells with plenty determine. */
static double
line_parameters(const Model *m)
{
	return (m->fit->size_information > 0 ? 2 : 1) *
		m->many.w * m->scale / m->fit->information;
}

/* Add to the residual square sum that T comes from. */
static void
add_residual(Fit *fit, double part, double residual, double slope,
			 const Cell *c, double parameters)
{
	double		between = c->w - parameters * c->ww / c->w;
	double		within = c->luck - parameters * c->luck_squares / c->w;

	if (between <= 0)
		return;
	fit->residual += part * residual;
	fit->between_part += part * slope * slope * between;
	fit->within_part += part * Max(within, 0);
	fit->freedom += part * part * (c->active - parameters);
}

/* Squares of y around the line, of all profiles that have plenty. */
static void
many_residual(Model *m)
{
	const Cell *c = &m->many;
	double		off = c->y - expected_log(m->fit, c->x);
	double		residual = c->yy - 2 * m->fit->slope * c->xy +
		m->fit->slope * m->fit->slope * c->xx + c->w * off * off;
	double		noise = c->noise;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		if (!m->cell[i].few && m->cell[i].active > 0)
			noise += m->cell[i].luck * count_noise(m->fit, &m->cell[i]);
	}
	add_residual(m->fit, 1, Max(residual - noise, 0), 1, c, line_parameters(m));
}

/* Squares of y around the regression within a class that has few. */
static void
few_residual(Fit *fit, const Cell *c)
{
	static const double step = 0.05;
	double		at = class_count(fit, c);
	double		slope = (count_moments(at + step, fit->within).mean -
						 count_moments(at - step, fit->within).mean) / (2 * step);
	double		variance = count_moments(at, fit->within).variance;
	double		residual = c->yy;
	double		luck;

	/* Where y hardly depends on theta, it does not tell T. */
	if (slope < 0.35)
		return;
	if (c->xx > 0)
		residual -= c->xy * c->xy / c->xx;
	luck = c->luck - 2 * c->luck_squares / c->w;
	residual -= (variance - fit->within) * luck;
	add_residual(fit, slope * slope, residual, slope, c, 2);
}

/* T: what the residuals are more than luck. */
static void
fit_between(Model *m)
{
	Fit		   *fit = m->fit;

	fit->residual = fit->between_part = fit->within_part = fit->freedom = 0;
	if (m->many.active > 0)
		many_residual(m);
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		if (m->cell[i].few && m->cell[i].active > 3)
			few_residual(fit, &m->cell[i]);
	}
	fit->residual = Max(fit->residual, 0);
	if (fit->between_part > 0)
		fit->between = Max(0, fit->residual - fit->within * fit->within_part) /
			fit->between_part;
}

/* Before anything is known: all classes have plenty. */
static void
start(Model *m)
{
	Fit		   *fit = m->fit;
	double		within = 0;
	double		spare = 0;
	double		weight = 0;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		read_class(&m->b->class[i], &m->cell[i]);
		within += m->cell[i].within;
		spare += m->cell[i].spare;
	}
	fit->has_within = spare > 0 || m->b->assumed > 0;
	fit->within = spare > 0 ? within / spare : USUAL_WITHIN;
	if (m->b->assumed > 0)
		fit->within = (double) m->b->assumed_within / (double) m->b->assumed / LOG_RATE_ONE;
	fit->between = 0.5;
	read_averages(&m->b->averages, fit->within, &m->cell[AVERAGES]);
	for (int i = 0; i < CELLS; i++)
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
find_smallest(Model *m)
{
	Fit		   *fit = m->fit;
	double		squares = 0;
	double		weight = 0;

	for (int i = 0; i < CELLS; i++)
	{
		const Cell *c = &m->cell[i];
		double		off = c->size - fit->mean_size;

		if (c->weight > 0)
			squares += c->weight * off * off + c->xx;
		weight += c->weight;
	}
	fit->smallest = fit->mean_size - 2 * sqrt(squares / weight);
}

/* One round; true if nothing changes any more. */
static bool
fit_round(Model *m, int round)
{
	Fit		   *fit = m->fit;
	double		rate = fit->rate;
	double		within = fit->within;
	double		between = fit->between;

	fit_line(m);
	if (round < JUDGE_ROUNDS)
		judge_classes(m);
	fit_lost(m);
	if (m->b->assumed == 0)
		fit_within(m);
	read_averages(&m->b->averages, fit->within, &m->cell[AVERAGES]);
	fit_between(m);
	return round > 1 && fabs(fit->rate - rate) < ROUND_PRECISION &&
		fabs(fit->within - within) < ROUND_PRECISION &&
		fabs(fit->between - between) < ROUND_PRECISION;
}

/*
 * What S and T may be.
 *
 * The squares within profiles are S times a chi-square variable, and the
 * residuals' are T * between_part + S * within_part times another.  So each
 * pair of S and T has a likelihood; times a prior that is flat in S and T,
 * they are probabilities.  Pairs are taken on a grid that follows the
 * likelihood.  Where the sums tell S and T well, all pairs are much the same;
 * where they don't, bounds that are averages over them are as wide as they
 * must be.
 */

typedef struct Grid
{
	const double *at;
	int			n;
} Grid;

/* The width that a place of a grid stands for. */
static double
grid_width(const double *at, int n, int i)
{
	if (n == 1)
		return 1;
	return (at[Min(i + 1, n - 1)] - at[Max(i - 1, 0)]) / 2;
}

/* The places of T for an S, from 0 up; their number. */
static int
between_grid(const Fit *fit, double luck, double total, double *between)
{
	static const double above[] = {0, 0.12, 0.3, 0.55, 0.85, 1.25, 1.8, 2.6, 4, 6};
	static const double around[] = {-3, -2.2, -1.5, -1, -0.5, 0, 0.5, 1, 1.6, 2.4, 3.4, 5, 7};
	static const double near_zero[] = {0, 0.1, 0.3, 0.6};
	double		unit = sqrt(2 / Max(fit->freedom, 1));
	double		first = 0;
	int			n = 0;

	if (luck >= total)
	{
		for (int i = 0; i < (int) lengthof(above); i++)
			between[n++] = luck * expm1(unit * above[i]);
		return n;
	}
	for (int i = (int) lengthof(around) - 1; i >= 0; i--)
	{
		double		t = total * exp(unit * around[i]) - luck;

		if (t > 0)
			first = t;
	}
	for (int i = 0; i < (int) lengthof(near_zero); i++)
		between[n++] = first * near_zero[i];
	for (int i = 0; i < (int) lengthof(around); i++)
	{
		double		t = total * exp(unit * around[i]) - luck;

		if (t > 0)
			between[n++] = t;
	}
	return n;
}

/*
 * The logarithm of the prior of T: flat where profiles differ by what is
 * usual, and falling above.  Few profiles leave T free to be so large that one
 * without interactions could be believed to have any rate, however small.
 */
static double
log_between_prior(double between)
{
	return -PRIOR_FALL * log1p(between / LARGE_BETWEEN);
}

/* Add the pairs of one S, with the logarithm of their probability. */
static void
add_draws(Fit *fit, double within, double log_chance)
{
	double		luck = within * fit->within_part / fit->between_part;
	double		total = Max(fit->residual / fit->between_part, 1e-12);
	double		half = Max(fit->freedom, 1) / 2;
	double		between[MAX_DRAWS];
	int			n = between_grid(fit, luck, total, between);

	for (int i = 0; i < n && fit->draws < MAX_DRAWS; i++)
	{
		/* A variance of 0 is as improbable as can be, where there is a rest. */
		double		ratio = Max((between[i] + luck) / total, 1e-6);
		Draw	   *draw = &fit->draw[fit->draws++];

		draw->within = within;
		draw->between = between[i];
		draw->chance = log_chance - half * (log(ratio) + 1 / ratio) +
			log_between_prior(between[i]) +
			log(Max(grid_width(between, n, i), 1e-300));
	}
}

/* From logarithms to probabilities; what is improbable is left out. */
static void
normalise_draws(Fit *fit)
{
	double		largest = -INFINITY;
	double		sum = 0;
	int			n = 0;

	for (int i = 0; i < fit->draws; i++)
		largest = Max(largest, fit->draw[i].chance);
	for (int i = 0; i < fit->draws; i++)
	{
		Draw		draw = fit->draw[i];

		draw.chance = exp(draw.chance - largest);
		if (draw.chance < 1e-4)
			continue;
		sum += draw.chance;
		fit->draw[n++] = draw;
	}
	fit->draws = n;
	fit->between_mean = 0;
	for (int i = 0; i < n; i++)
	{
		fit->draw[i].chance /= sum;
		fit->between_mean += fit->draw[i].chance * fit->draw[i].between;
	}
}

static void
fit_draws(Fit *fit, bool assumed)
{
	static const double one[] = {0};
	static const double some[] = {-2.2, -1.1, 0, 1.1, 2.2, 3.3};
	static const double few[] = {-1.5, -0.8, 0, 0.8, 1.6, 2.6, 3.8, 5.2};
	double		freedom = Max(fit->within_freedom, 0.5);
	double		unit = sqrt(2 / freedom);
	const double *at = one;
	int			n = lengthof(one);

	if (!assumed && fit->within > 0 && freedom <= 400)
	{
		at = freedom < 8 ? few : some;
		n = freedom < 8 ? lengthof(few) : lengthof(some);
	}
	fit->draws = 0;
	for (int i = 0; i < n; i++)
	{
		double		z = unit * at[i];

		add_draws(fit, fit->within * exp(z),
				  z - freedom / 2 * (z + exp(-z)) +
				  log(grid_width(at, n, i)));
	}
	normalise_draws(fit);
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
	Model		m = {.fit = fit,.b = b};

	memset(fit, 0, sizeof(Fit));
	if (b->profiles == 0)
		return false;
	fit->profiles = (double) b->profiles;
	fit->smallest = -INFINITY;
	start(&m);
	for (int round = 0; round < MAX_ROUNDS && !fit_round(&m, round); round++)
		;
	find_smallest(&m);
	fit->mean_rate = expected_log(fit, fit->mean_size);
	fit->has_between = fit->has_within && fit->between_part > 0 && fit->freedom > 0;
	if (fit->has_between)
		fit_draws(fit, b->assumed > 0);
	return is_sane(fit);
}

/* The log mean count of a step of Fit.count, and the density of Fit.prior. */
#define COUNT_AT(i)			((i) / 4.0 - 9)
#define PRIOR_AT(i)			((i) / 4.0 - 5)

/*
 * fit_counts
 *		What posts with few interactions say of their profile.
 *
 * With mu the log mean count: a post has none with the probability lost +
 * (1 - lost) P(0), and the logarithms of the others are as likely as the
 * integral of (y - m) / v over m says, with m and v their mean and variance as
 * functions of mu (Wedderburn, Biometrika 1974: quasi-likelihood).
 */
void
fit_counts(Fit *fit)
{
	double		within = Max(fit->within, 0.02);
	double		lost = (fit->lost * fit->lost_posts + 0.1) / (fit->lost_posts + 20);
	CountMoments before = {0};

	for (int i = 0; i < COUNT_STEPS; i++)
	{
		CountMoments m = count_moments(COUNT_AT(i), within);
		CountStep  *step = &fit->count[i];

		step->zero = log(lost + (1 - lost) * m.none);
		step->hit = log((1 - lost) * Max(m.some, 1e-300));
		step->score = step->offset = 0;
		if (i > 0)
		{
			double		score = (m.mean - before.mean) * 2 / (m.variance + before.variance);

			step->score = step[-1].score + score;
			step->offset = step[-1].offset + score * (m.mean + before.mean) / 2;
		}
		before = m;
	}
	for (int i = 0; i < PRIOR_STEPS; i++)
	{
		double		u2 = PRIOR_AT(i) * PRIOR_AT(i) * fit->between_mean;
		double		density = 0;

		for (int j = 0; j < fit->draws; j++)
		{
			double		variance = fit->draw[j].between + 1e-3 * fit->between_mean;

			density += fit->draw[j].chance * exp(-u2 / 2 / variance) / sqrt(variance);
		}
		fit->prior[i] = log(Max(density, 1e-300));
	}
	fit->has_counts = true;
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
