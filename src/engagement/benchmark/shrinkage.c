/*-------------------------------------------------------------------------
 *
 * shrinkage.c
 *		What is known of one profile's log rate: its cohort as a prior, its
 *		posts as evidence.
 *
 * Where posts have plenty of interactions, their mean log rate is normal
 * around the profile's, with variance (S + 1/count) / n1, and so is the
 * posterior for any S and T: a mixture over what S and T may be.  Where they
 * have few, it is worked out in places, by the quasi-likelihood of
 * benchmark_fit_counts().
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "engagement/benchmark/poisson_log.h"
#include "engagement/benchmark/shrinkage.h"

/*
 * A profile whose posts were all lost, because it hides them, has no evidence
 * against it: this is the share of profiles that lose so large a part of their
 * posts.
 */
#define HIDING_PROFILES		0.02
#define HIDDEN_PART			0.5

/*
 * Counts are plenty if they are e so many deviations below their geometric
 * mean, too: then 1 % of posts at most have none by chance, for an S from .1
 * on.
 */
#define PLENTY_LOG_COUNT	1.0
#define PLENTY_DEVIATIONS	2.2

/*
 * The logarithm of a mean of log-normal rates varies less than the mean does,
 * relative to it: by about this part where posts are few and S is usual.  In
 * simulations, it is .7 for three posts and an S of 1, .8 for one of .64.
 */
#define POOLED_LOG_PART		0.75

/*
 * Places of a posterior: first over all that can be, which is so many
 * deviations to both sides, then where it is.
 */
#define COARSE_STEPS		19
#define FINE_STEPS			33
#define WIDEST				4.5

/* How often it is narrowed at most, while that takes it to a part of this. */
#define NARROWING_ROUNDS	3
#define NARROWING_WORTH		3

/* Log probabilities this far below the best one do not matter. */
#define NEGLIGIBLE			14.0

/* What a summary says, as numbers. */
typedef struct Evidence
{
	double		n1;
	double		zeros;
	double		count;			/* mean log count of posts with interactions */
	double		exposure;		/* log of the mean */
} Evidence;

static Evidence
read_evidence(const EngagementSummary *e)
{
	Evidence	ev = {0};

	ev.exposure = log(engagement_mean_exposure(e));
	ev.n1 = (double) engagement_logged(e);
	ev.zeros = e->zero;
	if (ev.n1 > 0)
		ev.count = engagement_mean_log(e) + ev.exposure;
	return ev;
}

/*
 * Are counts so many that a post without interactions can only be a lost one?
 * Where the profile is far above what is expected, half of the way counts.
 */
static bool
evidence_has_plenty(const Fit *fit, const Evidence *ev, double expected)
{
	double		count = Min(ev->count,
							(ev->count + expected + ev->exposure) / 2);

	return ev->n1 > 0 &&
		count > PLENTY_LOG_COUNT + PLENTY_DEVIATIONS * sqrt(fit->within);
}

/* Mean and variance of a mixture. */
static void
summarise(Posterior *p)
{
	double		mean = 0;
	double		squares = 0;

	for (int i = 0; i < p->n; i++)
		mean += p->chance[i] * p->at[i];
	for (int i = 0; i < p->n; i++)
	{
		double		off = p->at[i] - mean;

		squares += p->chance[i] *
			(p->deviation[i] * p->deviation[i] + off * off);
	}
	p->mean = mean;
	p->variance = squares;
}

/* Without posts: what profiles of the size are. */
static void
prior_only(const Fit *fit, double line, Posterior *p)
{
	p->n = fit->draws;
	for (int i = 0; i < fit->draws; i++)
	{
		p->at[i] = p->expected;
		p->deviation[i] = sqrt(fit->draw[i].between + line);
		p->chance[i] = fit->draw[i].chance;
	}
	summarise(p);
	p->mean = p->expected;
}

/* Evidence that is normal, for one S. */
typedef struct Own
{
	double		y;
	double		luck;
} Own;

/* Posts with plenty of interactions. */
static Own
own_posts(const Evidence *ev, double within, double usual_within)
{
	Own			own;

	own.y = ev->count - ev->exposure;
	own.luck = (within + exp(-ev->count + usual_within / 2)) / ev->n1;
	return own;
}

/* Posts known by average: see benchmark_read_averages(). */
static Own
own_average(const EngagementSummary *e, double within)
{
	double		interactions = engagement_interactions(e) + HALF_COUNT;
	double		s = log1p(expm1(within) / (double) engagement_posts(e));
	Own			own;

	own.y = log(interactions / (double) e->exposure) - within / 2 + s / 2;
	own.luck = s + 1 / interactions;
	return own;
}

/*
 * The mixture: for each S and T, the own log rate has the weight w = T / (T +
 * luck), and the variance is w luck, and that of the line as far as it counts.
 */
static void
mix(const Fit *fit, const EngagementSummary *e, const Evidence *ev,
	double line, Posterior *p)
{
	Own			own = {0};
	double		within = -1;

	p->n = fit->draws;
	for (int i = 0; i < fit->draws; i++)
	{
		const Draw *d = &fit->draw[i];
		double		w;

		if (d->within != within)
		{
			within = d->within;
			own = e->average > 0 ? own_average(e, within) :
				own_posts(ev, within, fit->within);
		}
		w = own.luck > 0 ? d->between / (d->between + own.luck) : 1;
		p->at[i] = p->expected + w * (own.y - p->expected);
		p->deviation[i] = sqrt(w * own.luck + (1 - w) * (1 - w) * line);
		p->chance[i] = d->chance;
	}
	summarise(p);
}

/* The place of x in a table, within it, and the part of the step after it. */
static inline int
table_place(double x, int steps, double *part)
{
	int			i = 0;

	if (x >= steps - 1)
		i = steps - 2;
	else if (x > 0)				/* not NaN */
		i = (int) x;
	*part = x - i;
	return i;
}

/* A place in Fit.count: four steps around it, and their weights. */
typedef struct Place
{
	const CountStep *step;
	double		weight[4];
} Place;

/*
 * The place of a log mean count, by a cubic through four steps: with lines
 * between two, what is most likely would always be a step, and with hundreds
 * of posts that is known better than steps are wide.  Below the first, it goes
 * on straight.
 */
static Place
count_place(const Fit *fit, double mu)
{
	double		x = (Min(mu, COUNT_LAST) - COUNT_FIRST) * COUNT_PER_LOG;
	int			i = x > 1 ? Min((int) x, COUNT_STEPS - 3) : 1;
	double		p = x - i;
	Place		place = {.step = &fit->count[i - 1]};

	if (x < 0)
	{
		place.weight[0] = 1 - x;
		place.weight[1] = x;
		return place;
	}
	place.weight[0] = -p * (p - 1) * (p - 2) / 6;
	place.weight[1] = (p + 1) * (p - 1) * (p - 2) / 2;
	place.weight[2] = -(p + 1) * p * (p - 2) / 2;
	place.weight[3] = (p + 1) * p * (p - 1) / 6;
	return place;
}

/* A member of the steps there. */
#define COUNT_VALUE(place, member) \
	((place)->weight[0] * (place)->step[0].member + \
	 (place)->weight[1] * (place)->step[1].member + \
	 (place)->weight[2] * (place)->step[2].member + \
	 (place)->weight[3] * (place)->step[3].member)

/* The log likelihood of posts with few interactions, at a log mean count. */
static double
log_likelihood(const Fit *fit, const Evidence *ev, double mu)
{
	Place		place = count_place(fit, mu);
	double		hit = COUNT_VALUE(&place, hit);
	double		score = COUNT_VALUE(&place, score);
	double		offset = COUNT_VALUE(&place, offset);
	double		log_chance = ev->n1 * hit;

	if (mu > COUNT_LAST)
	{
		double		within = Max(fit->within, LEAST_WITHIN);

		score += (mu - COUNT_LAST) / within;
		offset += (mu - COUNT_LAST) * (mu + COUNT_LAST) / 2 / within;
	}
	if (mu < COUNT_FIRST)		/* score and offset do not bend any more */
		score = offset = 0;
	if (ev->zeros > 0)
	{
		double		zero = mu > COUNT_FIRST ? COUNT_VALUE(&place, zero) :
			fit->count[0].zero;
		double		real = log_chance + ev->zeros * Min(zero, 0);
		double		hiding = log(HIDING_PROFILES) +
			(ev->n1 + ev->zeros) * log(HIDDEN_PART) +
			ev->n1 * (hit - fit->count[COUNT_STEPS - 1].hit);
		double		more = Max(real, hiding);

		log_chance = more + log1p(exp(Min(real, hiding) - more));
	}
	return log_chance + ev->n1 * (ev->count * score - offset);
}

/* The log of the prior's density, at a deviation from what is expected. */
static double
log_prior(const Fit *fit, double z)
{
	double		part;
	int			i = table_place((z - PRIOR_FIRST) * PRIOR_PER_DEVIATION,
								PRIOR_STEPS, &part);

	return fit->prior[i] + part * (fit->prior[i + 1] - fit->prior[i]);
}

/* Log probabilities in steps from low to high; the largest is returned. */
static double
evaluate(const Fit *fit, const Evidence *ev, double deviation, double low,
		 double high, int steps, Posterior *p)
{
	double		largest = -INFINITY;

	p->n = steps;
	for (int i = 0; i < steps; i++)
	{
		double		u = low + (high - low) * i / (steps - 1);

		p->at[i] = p->expected + u;
		p->deviation[i] = 0;
		p->chance[i] = log_prior(fit, u / deviation) +
			log_likelihood(fit, ev, p->at[i] + ev->exposure);
		largest = Max(largest, p->chance[i]);
	}
	return largest;
}

/*
 * Where log probabilities matter, give or take a step, relative to expected.
 */
static void
narrow(const Posterior *p, double largest, double *low, double *high)
{
	int			first = 0;
	int			last = p->n - 1;

	while (p->chance[first] < largest - NEGLIGIBLE)
		first++;
	while (p->chance[last] < largest - NEGLIGIBLE)
		last--;
	*low = p->at[Max(first - 1, 0)] - p->expected;
	*high = p->at[Min(last + 1, p->n - 1)] - p->expected;
}

/* The posterior of a profile whose posts have few interactions. */
static void
step_through(Fit *fit, const Evidence *ev, double line, Posterior *p)
{
	double		deviation = sqrt(fit->between_mean + line);
	double		low = -WIDEST * deviation;
	double		high = WIDEST * deviation;
	double		largest;
	double		sum = 0;

	if (!fit->has_counts)
		benchmark_fit_counts(fit);
	/* Each round takes the width to a tenth at best. */
	for (int i = 0; i < NARROWING_ROUNDS; i++)
	{
		double		width = high - low;

		largest = evaluate(fit, ev, deviation, low, high, COARSE_STEPS, p);
		narrow(p, largest, &low, &high);
		if (high - low > width / NARROWING_WORTH)
			break;
	}
	largest = evaluate(fit, ev, deviation, low, high, FINE_STEPS, p);
	for (int i = 0; i < p->n; i++)
		sum += p->chance[i] = exp(p->chance[i] - largest);
	for (int i = 0; i < p->n; i++)
		p->chance[i] /= sum;
	p->steps = true;
	summarise(p);
}

/* What posts with few interactions say alone, for a score. */
static Own
own_few(const Fit *fit, const EngagementSummary *e)
{
	double		n = (double) engagement_posts(e);
	double		interactions = engagement_interactions(e) + HALF_COUNT;
	Own			own;

	own.y = log(interactions / (double) e->exposure) -
		fit->within / 2 * (1 - 1 / n);
	own.luck = POOLED_LOG_PART * expm1(fit->within) / n + 1 / interactions;
	return own;
}

/*
 * posts_have_plenty
 *		Do a profile's posts tell its log rate by their mean logarithm?
 *
 * Not those known by averages, which have none.
 */
bool
posts_have_plenty(const Fit *fit, const EngagementSummary *e, double expected)
{
	Evidence	ev;

	if (e->average > 0 || engagement_logged(e) == 0)
		return false;
	ev = read_evidence(e);
	return evidence_has_plenty(fit, &ev, expected);
}

/*
 * find_posterior
 *		What is known of a profile's log rate.
 *
 * False if that can't be told: no followers, or luck and merit can't be told
 * apart because the cohort does not tell S and T; what is expected is known
 * then.
 */
bool
find_posterior(Fit *fit, const EngagementSummary *e, int64 followers,
			   Posterior *p)
{
	double		x = log((double) followers);
	double		line = expected_variance(fit, x);
	Evidence	ev;
	Own			own;

	p->expected = p->mean = expected_log(fit, x);
	p->variance = 0;
	p->has_posts = engagement_posts(e) > 0;
	p->steps = false;
	p->n = 0;
	if (!fit->has_between)
		return false;
	if (!p->has_posts)
	{
		prior_only(fit, line, p);
		return true;
	}
	ev = read_evidence(e);
	if (e->average > 0)
		own = own_average(e, fit->within);
	else if (evidence_has_plenty(fit, &ev, p->expected))
		own = own_posts(&ev, fit->within, fit->within);
	else
	{
		step_through(fit, &ev, line, p);
		own = own_few(fit, e);
		p->own = own.y;
		p->luck = own.luck;
		return true;
	}
	mix(fit, e, &ev, line, p);
	p->own = own.y;
	p->luck = own.luck;
	return true;
}
