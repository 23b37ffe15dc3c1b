/*-------------------------------------------------------------------------
 *
 * forecast_outlook.c
 *		What the next posts of a profile will bring.
 *
 * What is known of the profile's log rate, and how far the mean of its next
 * posts may be from that.  The variance of its posts is known as far as its
 * own posts and its cohort tell it, which makes tails like Student's.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/normal_nodes.h"
#include "base/quantile.h"
#include "engagement/benchmark/shrinkage.h"
#include "engagement/forecast/forecast_outlook.h"

StaticAssertDecl(lengthof(normal_node_5) == OUTLOOK_PARTS &&
				 lengthof(normal_node_7) == PART_PLACES, "the nodes");

/* Where no slope is known, sizes that were not seen have one like this. */
#define USUAL_SLOPE			0.2

/*
 * Log rates have heavier tails than normal ones, so that a sample tells their
 * variance less well: this part of its degrees of freedom, which is 1 / (1 +
 * k / 2) with an excess kurtosis k of 1.3.
 */
#define TAIL_FREEDOM		0.6

/*
 * Where a quantile's probability is right to this part, one step more makes it
 * right to its square or so.
 */
#define QUANTILE_PRECISION	0.01
#define MAX_ITERATIONS		50

/* How near a quantile of the logarithm is found, at least. */
#define LOG_PRECISION		1e-6

/* Keeps quotients finite: no part is as narrow, or bends as much. */
#define LEAST_DEVIATION		1e-9
#define LEAST_STRETCH		1e-3

/*
 * A profile's own mean rate over its typical one counts as its spare posts
 * among so many more.
 */
#define USUAL_LIFT_POSTS	16

#define MOST_NUMBER			1e26	/* as MOST_LOG */

/* No variance is more than 1 / LEAST_ROOT^3 = 4.6 times the usual one. */
#define LEAST_ROOT			0.6

/* What is known of a profile before its next posts. */
typedef struct Prospect
{
	double		rate;			/* log rate, and its variance */
	double		rate_variance;
	double		variance;		/* of posts' log rates */
	double		freedom;		/* how well that is known */
	double		skewness;		/* of posts' log rates */
	double		rise;			/* of the log rate with that variance */
	double		lift;			/* mean rate over the typical one */
	/* Its own posts, if they have plenty of interactions, else 0: */
	double		posts;
	double		noise;			/* variance of their logs by counting */
	double		above;			/* mean log rate, less what is expected */
	double		prior;			/* variance of what is expected */
} Prospect;

/*
 * What own posts say of the log rate if their variance is this: how much of
 * what they are above is the profile's, and with which variance.
 */
static double
own_share(const Prospect *p, double variance, double *rate_variance)
{
	double		luck = (variance + p->noise) / p->posts;
	double		share = p->prior / (p->prior + luck);

	*rate_variance = share * luck;
	return share;
}

/*
 * The variance of what is expected of a size.  Beyond two deviations of the
 * cohort's, on both sides, nobody knows whether the line goes on.
 */
static double
size_uncertainty(const Fit *fit, double x)
{
	double		reach = fit->mean_size - fit->smallest;
	double		beyond = Max(0, fabs(x - fit->mean_size) - reach) *
		Max(USUAL_SLOPE, fabs(fit->slope));

	return expected_variance(fit, x) + beyond * beyond;
}

/*
 * How far mean rates are above typical ones: what is usual, and what the
 * profile's own mean is above that of as many posts, by credibility (Buhlmann
 * 1967).  A mean is not told by the variance: where that is large, it is by
 * posts that fail as much as by some that go viral.
 */
static double
own_lift(const EngagementSummary *e, double usual)
{
	double		n = (double) engagement_logged(e);
	double		ratio = log(engagement_logged_rate(e)) -
		engagement_mean_log(e);

	return exp(usual) + (n - 1) / (n - 1 + USUAL_LIFT_POSTS) *
		(exp(Min(ratio, MOST_LOG_RATIO)) - exp(usual * (1 - 1 / n)));
}

/*
 * Where log rates are skewed, a sample with a large variance has a large mean,
 * too: how far the log rate is off, by how far the sample's variance is from
 * what is believed.  No more than a deviation.
 */
static double
sample_shift(const Prospect *p, double sample)
{
	double		believed = p->variance * p->freedom / (p->freedom - 2);
	double		most = sqrt(p->rate_variance);

	return Max(-most, Min(most, p->rise * (believed - sample)));
}

/* A profile whose posts have plenty of interactions. */
static void
from_own_posts(const ForecastCache *cache, const EngagementSummary *e,
			   double x, double exposure, Prospect *p)
{
	const Fit  *fit = &cache->cohort.fit;
	double		n = (double) engagement_logged(e);
	double		y = engagement_mean_log(e);
	double		usual = p->variance * p->freedom;
	double		sample = 0;
	double		own = (n - 1) * TAIL_FREEDOM;
	double		share;

	p->posts = n;
	p->noise = exp(-y - exposure + fit->within / 2);
	p->above = y - expected_log(fit, x);
	p->prior = fit->between_mean + size_uncertainty(fit, x);
	if (n > 1)
	{
		sample = Max(0, engagement_log_squares(e) / (n - 1) - p->noise);
		p->freedom += own;
		p->variance = (usual + own * sample) / p->freedom;
	}
	share = own_share(p, p->variance, &p->rate_variance);
	p->rate = expected_log(fit, x) + share * p->above;
	if (p->variance > 0)
		p->rise = share * own * p->skewness / (2 * n * sqrt(p->variance));
	if (n > 1)
		p->rate += sample_shift(p, sample);
	p->lift = own_lift(e, usual_lift(&cache->spread, exposure,
									 share * p->above));
}

/* What is known of the profile; false if the cohort does not tell. */
static bool
find_prospect(ForecastCache *cache, const EngagementSummary *e, double x,
			  int64 followers, double exposure, Prospect *p)
{
	Fit		   *fit = &cache->cohort.fit;
	double		freedom = cache->spread.freedom;
	Posterior	posterior;

	if (!fit->has_between)
		return false;
	/* usual_variance() is the mean, above the variance to shrink to. */
	p->freedom = freedom;
	p->variance = usual_variance(&cache->spread, exposure) * (freedom - 2) /
		freedom;
	p->skewness = usual_skewness(&cache->spread, exposure);
	p->rise = p->posts = 0;
	if (posts_have_plenty(fit, e, expected_log(fit, x)))
	{
		from_own_posts(cache, e, x, exposure, p);
		return true;
	}
	find_posterior(fit, e, followers, &posterior);
	p->rate = posterior.mean;
	p->lift = exp(usual_lift(&cache->spread, exposure,
							 posterior.mean - posterior.expected));
	p->rate_variance = posterior.variance;
	if (!posterior.has_posts)
		p->rate_variance += size_uncertainty(fit, x) -
			expected_variance(fit, x);
	return true;
}

/*
 * What the variance may be, by Wilson and Hilferty's (1931) cube root of a
 * chi-square variable.
 */
static void
possible_variances(const Prospect *p, double *variance)
{
	double		part = 2 / (9 * p->freedom);

	for (int i = 0; i < OUTLOOK_PARTS; i++)
	{
		double		root = Max(LEAST_ROOT,
							   1 - part + normal_node_5[i] * sqrt(part));

		variance[i] = p->variance / (root * root * root);
	}
}

/*
 * The log rate, and its variance, of a part.  Where its posts differ more,
 * they tell the rate less well.
 */
static double
part_rate(const Prospect *p, double variance, double *rate_variance)
{
	double		usual;

	*rate_variance = p->rate_variance;
	if (p->posts == 0)
		return p->rate;
	return p->rate + p->above *
		(own_share(p, variance, rate_variance) -
		 own_share(p, p->variance, &usual));
}

/*
 * The parts.  With the variance, the log rate is wrong, too: rise says how
 * much.
 */
static void
make_parts(ForecastCache *cache, const Prospect *p, double posts, Outlook *o)
{
	double		variance[OUTLOOK_PARTS];
	double		mean = 0;
	double		squares = 0;
	double		rise = p->rise;

	possible_variances(p, variance);
	for (int i = 0; i < OUTLOOK_PARTS; i++)
		mean += normal_weight_5[i] * variance[i];
	for (int i = 0; i < OUTLOOK_PARTS; i++)
		squares += normal_weight_5[i] * (variance[i] - mean) *
			(variance[i] - mean);
	/* It explains half of the uncertainty of the log rate at most. */
	if (rise * rise * squares > p->rate_variance / 2)
		rise = copysign(sqrt(p->rate_variance / 2 / squares), rise);
	for (int i = 0; i < OUTLOOK_PARTS; i++)
	{
		Moments		m = mean_of_posts(&cache->spread.means, sqrt(variance[i]),
									  p->skewness, posts);
		double		part = m.deviation * m.deviation;
		double		rate_variance;
		double		rate = part_rate(p, variance[i], &rate_variance);
		double		all = part +
			Max(rate_variance / 2, rate_variance - rise * rise * squares);
		double		deviation = sqrt(all);

		o->chance[i] = normal_weight_5[i];
		o->part[i].mean = rate + rise * (variance[i] - mean) + m.mean;
		o->part[i].deviation = deviation;
		o->part[i].skewness = all > 0 ?
			m.skewness * part * m.deviation / (all * deviation) : 0;
	}
}

/*
 * find_outlook
 *		What is expected of the next posts together.
 *
 * False where shrunk_rate() of a profile with posts is NULL.  The posts'
 * exposure is that of the profile's posts, or without any, what is usual for
 * its followers.
 */
bool
find_outlook(ForecastCache *cache, const EngagementSummary *e, int64 followers,
			 int32 posts, Outlook *outlook)
{
	double		x = log((double) followers);
	double		exposure = engagement_posts(e) > 0 ?
		log(engagement_mean_exposure(e)) : x + cache->spread.exposure;
	Prospect	p;

	if (!find_prospect(cache, e, x, followers, exposure, &p))
		return false;
	p.rate += exposure + log((double) posts);
	make_parts(cache, &p, posts, outlook);
	outlook->mean = p.lift * exp(Min(p.rate + p.rate_variance / 2, MOST_LOG));
	return true;
}

/* The probability to be below x, and its density. */
static double
outlook_below(const Outlook *o, double x, double *density)
{
	double		below = 0;

	*density = 0;
	for (int i = 0; i < OUTLOOK_PARTS; i++)
	{
		const Moments *m = &o->part[i];
		double		unit = Max(m->deviation, LEAST_DEVIATION);
		double		z = unskewed((x - m->mean) / unit, m->skewness);
		double		stretch = 1 + m->skewness * z / 3;

		below += o->chance[i] * normal_below(z);
		if (stretch > LEAST_STRETCH)
			*density += o->chance[i] * exp(-z * z / 2) / (unit * stretch);
	}
	*density /= sqrt(2 * M_PI);
	return below;
}

/* Where the normal quantile z is. */
static double
outlook_quantile(const Outlook *o, double probability, double z)
{
	const Moments *usual = &o->part[OUTLOOK_PARTS / 2];
	double		x = usual->mean +
		usual->deviation * skewed(z, usual->skewness);
	double		low = -INFINITY;
	double		high = INFINITY;

	for (int i = 0; i < MAX_ITERATIONS && high - low > LOG_PRECISION; i++)
	{
		double		density;
		double		off = outlook_below(o, x, &density) - probability;
		double		step = density > 0 ? -off / density : INFINITY;

		if (fabs(off) < QUANTILE_PRECISION * Min(probability, 1 - probability))
			return fabs(step) < usual->deviation ? x + step : x;
		if (off > 0)
			high = x;
		else
			low = x;
		/* No step is longer than two deviations, or leaves the bounds. */
		if (!(fabs(step) < 2 * usual->deviation))
			step = copysign(2 * usual->deviation, -off);
		x += step;
		if (x <= low || x >= high)
			x = (low + high) / 2;
	}
	return x;
}

/* outlook_range: a median and two bounds of the logarithm, in order */
void
outlook_range(const Outlook *outlook, const Tails *tails, LogRange *range)
{
	range->median = outlook_quantile(outlook, 0.5, 0);
	range->low = outlook_quantile(outlook, tails->probability, -tails->z);
	range->high = outlook_quantile(outlook, 1 - tails->probability, tails->z);
	range->low = Min(range->low, range->median);
	range->high = Max(range->high, range->median);
}

/* outlook_places: the numbers, no more logarithms */
void
outlook_places(const Outlook *o, Places *places)
{
	places->n = 0;
	for (int i = 0; i < OUTLOOK_PARTS; i++)
	{
		const Moments *m = &o->part[i];

		for (int j = 0; j < PART_PLACES; j++)
		{
			double		at = m->mean +
				m->deviation * skewed(normal_node_7[j], m->skewness);

			places->at[places->n] = exp(Min(at, MOST_LOG));
			places->chance[places->n++] = o->chance[i] * normal_weight_7[j];
		}
	}
}

/* normal_steps: how probable each step of a normal distribution is */
const double *
normal_steps(void)
{
	static double chance[NORMAL_STEPS];
	double		step[NORMAL_STEPS];
	double		sum = 0;

	if (chance[0] > 0)
		return chance;
	for (int i = 0; i < NORMAL_STEPS; i++)
		sum += step[i] = exp(-NORMAL_STEP(i) * NORMAL_STEP(i) / 2);
	for (int i = 0; i < NORMAL_STEPS; i++)
		chance[i] = step[i] / sum;
	return chance;
}

/*
 * The steps of a part on one side of its middle: skewed() is a parabola, so
 * that from step to step the factor grows by a factor.
 */
static void
part_steps(const Moments *m, int side, double *at)
{
	double		step = side * NORMAL_STEP_WIDTH;
	double		bend = m->deviation * m->skewness / 3 * step * step;
	double		factor = exp(m->deviation * step + bend / 2);
	double		growth = exp(bend);

	for (int i = 1; i <= (NORMAL_STEPS - 1) / 2; i++)
	{
		bool		ends = m->skewness * step * i < -3;

		at[side * i] = ends ? at[side * (i - 1)] :
			Min(at[side * (i - 1)] * factor, MOST_NUMBER);
		factor *= growth;
	}
}

/* outlook_steps: the same in small steps, which small counts don't show */
void
outlook_steps(const Outlook *o, Places *places)
{
	const double *chance = normal_steps();

	places->n = 0;
	for (int i = 0; i < OUTLOOK_PARTS; i++)
	{
		const Moments *m = &o->part[i];
		double	   *at = &places->at[places->n];
		double		middle = m->mean + m->deviation * skewed(0, m->skewness);

		at[(NORMAL_STEPS - 1) / 2] = exp(Min(middle, MOST_LOG));
		part_steps(m, -1, at + (NORMAL_STEPS - 1) / 2);
		part_steps(m, 1, at + (NORMAL_STEPS - 1) / 2);
		for (int j = 0; j < NORMAL_STEPS; j++)
			places->chance[places->n++] = o->chance[i] * chance[j];
	}
}
