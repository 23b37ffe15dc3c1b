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
 * fail.  The mean of rates is above exp(y + variance / 2) then, which gives
 * the third cumulant.
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
 * variance than the square of the mean deviation, by as many profiles as this,
 * and there is no skewness.
 */
#define USUAL_EXCESS		0.15
#define USUAL_PROFILES		5

#define LEAST_FREEDOM		3.0
#define MOST_FREEDOM		100.0

/* Halvings of these that find it as exactly as it matters. */
#define FREEDOM_HALVINGS	30

/*
 * Spare posts to one unit of a class' weight.  Its variances would have 2; but
 * those of profiles differ as much again as chance makes them.
 */
#define SPARE_PER_WEIGHT	4

/* Log exposures that the classes of a line are apart, at least. */
#define LEAST_RANGE			1

/* A variance of 0 has no logarithm. */
#define LEAST_VARIANCE		1e-12

/* Below, the mean of log-normal rates is too near their typical one. */
#define LEAST_NORMAL_EXCESS	0.1

/* A point of log variance against log exposure. */
typedef struct SpreadPoint
{
	double		exposure;
	double		log_variance;
	double		weight;			/* inverse variance of that */
} SpreadPoint;

/* What a class says; false if that is nothing. */
static bool
read_point(const BenchmarkClass *c, const Fit *fit, SpreadPoint *point)
{
	double		spare = (double) (c->posts - c->active);
	double		variance;
	double		count;

	if (c->active == 0 || spare < LEAST_SPARE)
		return false;
	point->exposure = benchmark_mean_log(c->exposures, (double) c->weight);
	count = benchmark_mean_log(c->y, (double) c->active_weight) +
		point->exposure;
	variance = wide_to_double(c->within, 2) / LOG_RATE_ONE / spare -
		exp(-count + fit->within / 2);
	if (count < SPREAD_LOG_COUNT || variance <= 0)
		return false;
	point->log_variance = log(variance);
	point->weight = spare / SPARE_PER_WEIGHT;
	return true;
}

/* The line of log variance against log exposure. */
static void
fit_variances(const EngagementBenchmark *b, const Fit *fit, SpreadModel *m)
{
	double		w = 0;
	double		x = 0;
	double		y = 0;
	double		xx = 0;
	double		xy = 0;

	m->lowest = INFINITY;
	m->highest = -INFINITY;
	for (int i = 0; i < BENCHMARK_CLASSES; i++)
	{
		SpreadPoint p;

		if (!read_point(&b->class[i], fit, &p))
			continue;
		w += p.weight;
		x += p.weight * p.exposure;
		y += p.weight * p.log_variance;
		xx += p.weight * p.exposure * p.exposure;
		xy += p.weight * p.exposure * p.log_variance;
		m->lowest = Min(m->lowest, p.exposure);
		m->highest = Max(m->highest, p.exposure);
	}
	m->slope = m->middle = 0;
	m->level = log(Max(fit->within, LEAST_VARIANCE));
	if (w == 0 || b->assumed > 0)
		return;
	m->middle = x / w;
	m->level = y / w;
	xx -= w * m->middle * m->middle;
	xy -= w * m->middle * m->level;
	/* Drawn towards none by how little it is known. */
	if (m->highest - m->lowest > LEAST_RANGE && xy * xy > xx)
		m->slope = xy / xx * (1 - xx / (xy * xy));
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

		excess = ratio * exp(-m->slope * m->slope * size_variance(fit) / 4) -
			1;
	}
	excess = (profiles * excess + USUAL_PROFILES * USUAL_EXCESS) /
		(profiles + USUAL_PROFILES);
	m->freedom = freedom_of_ratio(1 + Max(excess, 0));
}

/*
 * The third cumulant, from how far the log of the mean rate is above the mean
 * log, in units of half the variance; beside that of log-normal rates, whose
 * mean of few posts is below what it tends to.
 */
static void
fit_skewness(const BenchmarkSpread *s, SpreadModel *m)
{
	double		profiles = (double) s->weight / BENCHMARK_WEIGHT_ONE;
	double		variance;
	double		inverse;
	double		normal;
	double		skewness;

	m->skewness = 0;
	if (s->half_variances == 0 || s->variances == 0)
		return;
	variance = (double) s->variances / (double) s->weight / QUOTIENT_ONE;
	inverse = 1 - 2 * (double) s->half_variances / (double) s->variances;
	inverse = Max(0, Min(0.5, inverse));
	normal = (variance - log1p(expm1(variance) * inverse)) /
		(variance * (1 - inverse));
	if (!(normal > LEAST_NORMAL_EXCESS))
		return;
	skewness = 3 / sqrt(variance) *
		((double) s->excess / (double) s->half_variances / normal - 1) *
		profiles / (profiles + USUAL_PROFILES);
	m->skewness = Max(-MOST_SKEWNESS / 2, Min(MOST_SKEWNESS, skewness));
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
	fit_variances(b, fit, model);
	fit_freedom(&b->spread, fit, model);
	fit_skewness(&b->spread, model);
	make_post_means(model->skewness, &model->means);
}

/* usual_variance: that of a profile's log rates, by its posts' exposure */
double
usual_variance(const SpreadModel *model, double log_exposure)
{
	double		x = Max(model->lowest, Min(model->highest, log_exposure));

	return exp(model->level +
			   (model->slope != 0 ? model->slope * (x - model->middle) : 0));
}
