/*-------------------------------------------------------------------------
 *
 * forecast_spread.c
 *		How much the posts of one profile differ, for forecasts.
 *
 * Profiles differ in that: the variance of a profile's log rates is s^2 * d /
 * a chi-square variable with d degrees of freedom (Smyth 2004).  What is usual
 * depends on the exposure, which the benchmark's classes tell, and d on how
 * much larger the mean variance is than the square of the mean deviation.
 *
 * Log rates are skewed, since posts that go viral do so by more than others
 * fail, and more so where exposures are small.  The log of the mean of rates
 * is above y + variance / 2 then, which gives the third cumulant.
 *
 * How far the mean of very many posts is above a typical one is not left to
 * the tails of a distribution that was fitted to something else: the mean of n
 * rates over exp(y) is exp(lift (1 - 1/n)) on average.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/forecast/forecast_spread.h"

/* Spare posts that a class must have. */
#define LEAST_SPARE			10

/*
 * Where few profiles say it, the freedom is what is usual, .15 more mean
 * variance than the square of the mean deviation, by as many profiles as this.
 */
#define USUAL_EXCESS		0.15
#define USUAL_PROFILES		5

/*
 * Variances of what spare posts say, times their number: of a log variance,
 * since those of profiles differ as much as chance makes them; of a skewness;
 * and of a surplus.  Of cohorts, skewness and surplus are 0 with these
 * variances.
 */
#define LOG_VARIANCE_NOISE	4.0
#define SKEWNESS_NOISE		10.0
#define SURPLUS_NOISE		2.0
#define SKEWNESS_VARIANCE	0.25
#define SURPLUS_VARIANCE	0.04

/* Of log rates, the part that is not luck is at least this. */
#define LEAST_RELIABILITY	0.3

#define LEAST_FREEDOM		3.0
#define MOST_FREEDOM		100.0

/* What there is a line of. */
typedef enum SpreadFigure
{
	LOG_VARIANCE,
	SKEWNESS,
	SURPLUS
} SpreadFigure;

#define SPREAD_FIGURES		3

/* Halvings of these that find it as exactly as it matters. */
#define FREEDOM_HALVINGS	30

/* Log exposures that the classes of a line are apart, at least. */
#define LEAST_RANGE			1

/* A variance of 0 has no logarithm. */
#define LEAST_VARIANCE		1e-12

/* Below, the mean of log-normal rates is too near their typical one. */
#define LEAST_NORMAL		0.05

/* What a class says, at its exposure. */
typedef struct SpreadPoint
{
	double		exposure;
	double		spare;			/* posts */
	double		figure[SPREAD_FIGURES];
} SpreadPoint;

typedef struct SpreadPoints
{
	int			n;
	SpreadPoint at[BENCHMARK_CLASSES];
} SpreadPoints;

/*
 * Skewness and surplus of a class whose log rates, counted, have a variance.
 * The log of the mean of n log-normal rates is about half of the variance less
 * half of log1p(expm1(variance) / n) above their mean log; what it is above
 * that is the third cumulant's, a sixth of it.
 */
static void
read_shape(const BenchmarkClass *c, double variance, SpreadPoint *point)
{
	double		weight = (double) c->ratio_weight;
	double		inverse = (double) c->ratio_posts / weight / QUOTIENT_ONE;
	double		spare = 1 - inverse;
	double		excess = (double) c->excess / weight / QUOTIENT_ONE;
	double		normal = (variance - log1p(expm1(variance) * inverse)) / 2;
	double		skewness = 0;

	if (normal > LEAST_NORMAL * variance * spare)
		skewness = 3 / sqrt(variance) * (excess / normal - 1);
	point->figure[SKEWNESS] = Max(-MOST_SKEWNESS,
								  Min(2 * MOST_SKEWNESS, skewness));
	point->figure[SURPLUS] = log((double) c->ratios / weight / QUOTIENT_ONE) /
		spare - variance / 2;
}

/* What a class says; false if that is nothing. */
static bool
read_point(const BenchmarkClass *c, const Fit *fit, SpreadPoint *point)
{
	double		spare = (double) (c->posts - c->active);
	double		counted;
	double		variance;
	double		count;

	if (c->ratio_weight == 0 || spare < LEAST_SPARE)
		return false;
	point->exposure = benchmark_mean_log(c->exposures, (double) c->weight);
	point->spare = spare;
	count = benchmark_mean_log(c->y, (double) c->active_weight) +
		point->exposure;
	counted = wide_to_double(c->within, 2) / LOG_RATE_ONE / spare;
	variance = counted - exp(-count + fit->within / 2);
	if (count < SPREAD_LOG_COUNT || variance <= 0)
		return false;
	point->figure[LOG_VARIANCE] = log(variance);
	read_shape(c, counted, point);
	return true;
}

/* What all classes say. */
static void
read_points(const EngagementBenchmark *b, const Fit *fit, SpreadPoints *points)
{
	points->n = 0;
	for (int i = 0; i < BENCHMARK_CLASSES && b->assumed == 0; i++)
		points->n += read_point(&b->class[i], fit, &points->at[points->n]);
}

/* Where the lines are. */
static void
find_middle(const SpreadPoints *points, SpreadModel *m)
{
	double		weight = 0;
	double		sum = 0;

	m->lowest = INFINITY;
	m->highest = -INFINITY;
	for (int i = 0; i < points->n; i++)
	{
		const SpreadPoint *p = &points->at[i];

		weight += p->spare;
		sum += p->spare * p->exposure;
		m->lowest = Min(m->lowest, p->exposure);
		m->highest = Max(m->highest, p->exposure);
	}
	m->middle = weight > 0 ? sum / weight : 0;
}

/*
 * A line through what classes say, with noise / spare for the variance of
 * that.  Its slope is drawn towards none by how little it is known.
 */
static SpreadLine
fit_line(const SpreadPoints *points, const SpreadModel *m,
		 SpreadFigure figure, double noise)
{
	SpreadLine	line = {0, 0};
	double		w = 0;
	double		xx = 0;
	double		xy = 0;

	for (int i = 0; i < points->n; i++)
	{
		const SpreadPoint *p = &points->at[i];
		double		x = p->exposure - m->middle;
		double		y = p->figure[figure];
		double		weight = p->spare / noise;

		w += weight;
		line.level += weight * y;
		xx += weight * x * x;
		xy += weight * x * y;
	}
	if (w > 0)
		line.level /= w;
	if (m->highest - m->lowest > LEAST_RANGE && xy * xy > xx)
		line.slope = xy / xx * (1 - xx / (xy * xy));
	return line;
}

/* A line whose level is about 0 with a variance, before it is seen. */
static SpreadLine
shrunk_line(const SpreadPoints *points, const SpreadModel *m,
			SpreadFigure figure, double noise, double variance)
{
	SpreadLine	line = fit_line(points, m, figure, noise);
	double		spare = 0;

	for (int i = 0; i < points->n; i++)
		spare += points->at[i].spare;
	line.level *= spare / (spare + noise / variance);
	return line;
}

/* For a line of ratios to their mean on log rates, within classes. */
typedef struct RateSums
{
	double		spare;			/* posts */
	double		weight;
	double		squares;		/* of log rates, and what luck is of them */
	double		luck;
	double		products;
} RateSums;

/*
 * Add a class.  Of skewed rates, a sample with a large mean log has a large
 * ratio, too: that is no difference between profiles.
 */
static void
add_rates(RateSums *sums, const BenchmarkClass *c, const Fit *fit,
		  double third_cumulant)
{
	double		weight = (double) c->ratio_weight;
	double		inverse = (double) c->ratio_posts / weight / QUOTIENT_ONE;
	double		off = wide_to_double(c->ratio_rates, 2) / (double) c->ratios -
		wide_to_double(c->ratio_y, 2) / weight;
	uint64		squares[4];

	sums_spread(squares, c->active_weight, c->y, c->yy, 2);
	sums->spare += (double) (c->posts - c->active);
	sums->weight += weight;
	sums->squares += wide_to_double(squares, 4) /
		((double) c->active_weight * (double) c->active_weight) * weight /
		(LOG_RATE_ONE * LOG_RATE_ONE);
	sums->luck += fit->within * weight * inverse;
	sums->products += weight * (off / LOG_RATE_ONE -
								third_cumulant / 2 * inverse * (1 - inverse));
}

/*
 * What a surplus is more where the rate is above what is expected: less, as a
 * rule, since posts that are seen by all can't go viral.  By a profile's true
 * rate, that is more than by what its posts say.
 */
static void
fit_rates(const EngagementBenchmark *b, const Fit *fit, SpreadModel *m)
{
	RateSums	sums = {0};
	SpreadPoint point;
	double		slope;
	double		noise;

	m->surplus_by_rate = 0;
	for (int i = 0; i < BENCHMARK_CLASSES && b->assumed == 0; i++)
	{
		if (read_point(&b->class[i], fit, &point))
			add_rates(&sums, &b->class[i], fit,
					  usual_skewness(m, point.exposure) *
					  pow(usual_variance(m, point.exposure), 1.5));
	}
	if (!(sums.squares > 0 && sums.weight > 0))
		return;
	slope = sums.products / sums.squares;
	noise = SURPLUS_NOISE / sums.spare * sums.weight / sums.squares;
	if (slope * slope > noise)
		m->surplus_by_rate = slope * (1 - noise / (slope * slope)) /
			Max(LEAST_RELIABILITY, 1 - sums.luck / sums.squares);
}

/* The lines over log exposure. */
static void
fit_lines(const EngagementBenchmark *b, const Fit *fit, SpreadModel *m)
{
	SpreadPoints points;

	read_points(b, fit, &points);
	find_middle(&points, m);
	m->log_variance = fit_line(&points, m, LOG_VARIANCE, LOG_VARIANCE_NOISE);
	if (points.n == 0)
		m->log_variance.level = log(Max(fit->within, LEAST_VARIANCE));
	m->skewness = shrunk_line(&points, m, SKEWNESS, SKEWNESS_NOISE,
							  SKEWNESS_VARIANCE);
	m->surplus = shrunk_line(&points, m, SURPLUS, SURPLUS_NOISE,
							 SURPLUS_VARIANCE);
}

/* E(s^2) / E(s)^2, for d degrees of freedom */
static double
variance_ratio(double d)
{
	return exp(log(d / (d - 2)) - log(d / 2) -
			   2 * (lgamma((d - 1) / 2) - lgamma(d / 2)));
}

/* The degrees of freedom that a ratio above 1 stands for. */
static double
freedom_of_ratio(double ratio)
{
	double		low = LEAST_FREEDOM;
	double		high = MOST_FREEDOM;

	for (int i = 0; i < FREEDOM_HALVINGS; i++)
	{
		double		d = (low + high) / 2;

		if (variance_ratio(d) > ratio)
			low = d;
		else
			high = d;
	}
	return (low + high) / 2;
}

/* The variance of the cohort's log followers. */
static double
size_variance(const Fit *fit)
{
	double		deviation = (fit->mean_size - fit->smallest) / 2;

	return deviation * deviation;
}

/* How much profiles differ, apart from what their exposures explain. */
static void
fit_freedom(const BenchmarkSpread *s, const Fit *fit, SpreadModel *m)
{
	double		profiles = (double) s->weight / BENCHMARK_WEIGHT_ONE;
	double		excess = 0;

	if (s->deviations > 0)
	{
		double		mean = (double) s->deviations / (double) s->weight;
		double		ratio = (double) s->variances / (double) s->weight /
			(mean * mean) * QUOTIENT_ONE;

		excess = ratio * exp(-m->log_variance.slope * m->log_variance.slope *
							 size_variance(fit) / 4) -
			1;
	}
	excess = (profiles * excess + USUAL_PROFILES * USUAL_EXCESS) /
		(profiles + USUAL_PROFILES);
	m->freedom = freedom_of_ratio(1 + Max(excess, 0));
}

/* The mean log exposure of posts, less that of followers. */
static double
exposure_share(const EngagementBenchmark *b)
{
	double		sum = 0;
	double		sizes = 0;
	double		weight = 0;

	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		const BenchmarkClass *c = &b->class[i];

		double		w = (double) c->weight;

		if (w == 0)
			continue;
		weight += w;
		sum += w * benchmark_mean_log(c->exposures, w);
		sizes += w * benchmark_mean_log(c->sizes, w);
	}
	return weight > 0 ? (sum - sizes) / weight : 0;
}

/*
 * fit_spread
 *		What a cohort says of how the posts of its profiles differ.
 */
void
fit_spread(const EngagementBenchmark *b, const Fit *fit, SpreadModel *model)
{
	model->exposure = exposure_share(b);
	fit_lines(b, fit, model);
	fit_rates(b, fit, model);
	fit_freedom(&b->spread, fit, model);
	start_post_means(usual_skewness(model, -INFINITY),
					 usual_skewness(model, INFINITY), &model->means);
}

/* Where a line is, within the exposures that it was seen at. */
static double
line_at(const SpreadModel *model, const SpreadLine *line, double log_exposure)
{
	double		x = Max(model->lowest, Min(model->highest, log_exposure));

	return line->level +
		(line->slope != 0 ? line->slope * (x - model->middle) : 0);
}

/* usual_variance: that of a profile's log rates, by its posts' exposure */
double
usual_variance(const SpreadModel *model, double log_exposure)
{
	return exp(line_at(model, &model->log_variance, log_exposure));
}

/* usual_skewness: the same of their skewness */
double
usual_skewness(const SpreadModel *model, double log_exposure)
{
	double		skewness = line_at(model, &model->skewness, log_exposure);

	return Max(-MOST_SKEWNESS / 2, Min(MOST_SKEWNESS, skewness));
}

/*
 * usual_lift
 *		How far the log of the mean rate of very many posts is above their
 *		mean log rate, if that is above what is expected.
 */
double
usual_lift(const SpreadModel *model, double log_exposure, double above)
{
	double		lift = usual_variance(model, log_exposure) / 2 +
		line_at(model, &model->surplus, log_exposure) +
		model->surplus_by_rate * above;

	return Max(0, Min(MOST_LOG_RATIO, lift));
}
