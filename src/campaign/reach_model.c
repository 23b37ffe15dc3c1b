/*-------------------------------------------------------------------------
 *
 * reach_model.c
 *		How audiences overlap where only their sizes are known.
 *
 * By chance, the share of a population that no audience of the shares p1, p2,
 * ... reaches is (1 - p1) (1 - p2) ... (Sainsbury).  Audiences of a niche
 * share more: who follows one profile is likely to follow another.  So let
 * everybody have an activity Z, a gamma variate of mean 1 and shape 1/theta,
 * which multiplies the rates at which the audiences reach him: the share that
 * is missed by i is E exp(-Z rate_i) = (1 + theta rate_i)^(-1/theta) = 1 -
 * p_i, and with the terms x_i = theta rate_i = (1 - p_i)^-theta - 1
 *
 *		missed by all = (1 + x1 + x2 + ...)^(-1/theta)
 *
 * This is the gamma frailty model of survival analysis (Clayton 1978), and of
 * exposure distributions in media planning, where the negative binomial is its
 * case of many small equal audiences (Goodhardt, Ehrenberg 1969).  Theta is
 * the one at which the mean common share of pairs is the one that is known.
 * It is 0 for chance, and the larger, the more the audiences are the same
 * people.
 *
 * Audiences may also share less than by chance: then a part of the population
 * keeps apart, each of its people in as few audiences as can be, and the rest
 * is met by chance.  That, too, has the right sizes, and the right mean of
 * pairs.
 *
 * Either way, what an audience adds depends on one or two sums over those that
 * are there, and never grows with them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "campaign/reach_model.h"

/* Where theta is looked for; beyond, audiences are as good as nested. */
#define THETA_LEAST			1e-7
#define THETA_MOST			1e5
#define THETA_STEPS			64

/* Logarithms of terms up to which no scale is needed. */
#define PLAIN_LOG			300.0

/* Pairs are formed of so many audiences at most, each for others near it. */
#define FIT_CLASSES			128

/* Figures that people give are rounded: what they may be off. */
#define ROUNDING			1e-9

/*
 * Spacing of nodes over log Z; the error falls as exp(-pi^2 / spacing).  Where
 * that is narrow, they are so close, and go so far, in its deviations.
 */
#define NODE_SPACING		0.25
#define DEVIATION_SPACING	0.5
#define NODE_DEVIATIONS		12

/* exp(-this) is nothing. */
#define NEGLIGIBLE			40.0

/* Audiences of about the same size, as one that comes several times. */
typedef struct SizeClass
{
	float8		share;
	float8		number;
} SizeClass;

/* reach_model_init: audiences overlap by chance */
void
reach_model_init(ReachModel *model)
{
	model->theta = 0;
	model->apart = 0;
	model->scale = 0;
}

/* log (1 + term), where the term is not scaled */
static float8
log_term(const ReachModel *model, float8 share)
{
	return -log1p(-share) * (model->theta > 0 ? model->theta : 1);
}

/*
 * reach_model_term
 *		What an audience adds to ReachSums.terms; infinite if it is the whole
 *		population.
 */
float8
reach_model_term(const ReachModel *model, float8 share)
{
	float8		log_one_more = log_term(model, share);

	if (model->theta <= 0)
		return log_one_more;
	return model->scale > 0 ? exp(log_one_more - model->scale) :
		expm1(log_one_more);
}

/* The share that is reached, by the sum of the terms. */
static float8
share_by_terms(const ReachModel *model, float8 terms)
{
	if (model->theta <= 0)
		return -expm1(-terms);
	if (model->scale <= 0)
		return -expm1(-log1p(terms) / model->theta);
	return -expm1(-(log(exp(-model->scale) + terms) + model->scale) /
				  model->theta);
}

/* reach_model_share: the share that some audiences reach, each once */
float8
reach_model_share(const ReachModel *model, const ReachSums *sums)
{
	return (1 - model->apart) * share_by_terms(model, sums->terms) +
		model->apart * Min(sums->shares, 1);
}

/* The common share of two audiences. */
static float8
pair_share(const ReachModel *model, float8 a, float8 b)
{
	float8		terms = reach_model_term(model, a) +
		reach_model_term(model, b);

	return a + b - share_by_terms(model, terms);
}

/* Scale the terms if one of them would be too large. */
static void
set_theta(ReachModel *model, float8 theta, float8 largest_share)
{
	float8		log_one_more;

	model->theta = theta;
	log_one_more = log_term(model, largest_share);
	model->scale = log_one_more > PLAIN_LOG ? log_one_more : 0;
}

/* The mean common share of pairs. */
static float8
mean_pair_share(const ReachModel *model, const SizeClass *classes, int count)
{
	float8		sum = 0;
	float8		pairs = 0;

	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = i; j < count; j++)
		{
			float8		number = i == j ?
				classes[i].number * (classes[i].number - 1) / 2 :
				classes[i].number * classes[j].number;

			sum += number *
				pair_share(model, classes[i].share, classes[j].share);
			pairs += number;
		}
	}
	return sum / pairs;
}

#define ST_SORT sort_shares
#define ST_ELEMENT_TYPE float8
#define ST_COMPARE(a, b) float8_cmp_internal(*(a), *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* Sorted shares as classes of a mean share each; returns how many. */
static int
make_classes(const float8 *sorted, int count, SizeClass *classes)
{
	int			nclasses = Min(count, FIT_CLASSES);

	for (int i = 0; i < nclasses; i++)
	{
		int			from = (int) ((int64) count * i / nclasses);
		int			to = (int) ((int64) count * (i + 1) / nclasses);
		float8		sum = 0;

		for (int j = from; j < to; j++)
		{
			check_interrupts(j);
			sum += sorted[j];
		}
		classes[i].number = to - from;
		classes[i].share = sum / (to - from);
	}
	return nclasses;
}

/* The largest share below 1 among sorted ones. */
static float8
largest_part(const float8 *sorted, int count)
{
	while (count > 0 && sorted[count - 1] >= 1)
		count--;
	return count > 0 ? sorted[count - 1] : 0;
}

/* Find the theta of a mean common share above that of chance. */
static void
fit_theta(ReachModel *model, const float8 *sorted, int count,
		  float8 mean_common)
{
	SizeClass	classes[FIT_CLASSES];
	int			nclasses = make_classes(sorted, count, classes);
	float8		largest = largest_part(sorted, count);
	float8		low = log(THETA_LEAST);
	float8		high = log(THETA_MOST);

	for (int i = 0; i < THETA_STEPS; i++)
	{
		set_theta(model, exp((low + high) / 2), largest);
		if (mean_pair_share(model, classes, nclasses) < mean_common)
			low = (low + high) / 2;
		else
			high = (low + high) / 2;
	}
	set_theta(model, exp((low + high) / 2), largest);
}

/*
 * The mean common share of pairs: the least possible, by chance, and the most.
 * It is least when everybody is in as few audiences, or one more.
 */
static void
possible_pairs(const float8 *sorted, int count, float8 *least, float8 *chance,
			   float8 *most)
{
	float8		pairs = (float8) count * (count - 1) / 2;
	float8		sum = 0;
	float8		squares = 0;
	float8		smaller = 0;
	float8		whole;

	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		sum += sorted[i];
		squares += sorted[i] * sorted[i];
		smaller += sorted[i] * (count - 1 - i);
	}
	whole = floor(sum);
	*least = (whole * sum - whole * (whole + 1) / 2) / pairs;
	*chance = (sum * sum - squares) / 2 / pairs;
	*most = smaller / pairs;
	*least = Max(Min(*least, *chance), 0);
}

/*
 * reach_model_fit
 *		The model whose mean common share of pairs is mean_common.
 *
 * A mean that is less than possible is taken as the least: a guess, or a few
 * candidates of many.  Returns false if it is more than the mean of the
 * smaller of each two, *most, or negative or NaN: that is a mistake.  Without
 * pairs there is nothing to fit.
 */
bool
reach_model_fit(ReachModel *model, const float8 *shares, int count,
				float8 mean_common, float8 *least, float8 *most)
{
	float8	   *sorted;
	float8		chance;

	reach_model_init(model);
	*least = 0;
	*most = count == 1 ? shares[0] : get_float8_infinity();
	if (count < 2)
		return mean_common >= 0 && mean_common <= *most * (1 + ROUNDING);
	sorted = MemoryContextAllocHuge(CurrentMemoryContext,
									count * sizeof(float8));
	memcpy(sorted, shares, count * sizeof(float8));
	sort_shares(sorted, count);
	possible_pairs(sorted, count, least, &chance, most);
	if (!(mean_common >= 0 && mean_common <= *most * (1 + ROUNDING)))
		return false;
	if (mean_common > chance)
		fit_theta(model, sorted, count, mean_common);
	else if (chance > *least)
		model->apart = Min((chance - mean_common) / (chance - *least), 1);
	pfree(sorted);
	return true;
}

/* The logarithm of the density of log Z, and what it is multiplied by. */
static float8
log_density(float8 shape, float8 log_z)
{
	return shape * log(shape) - lgamma(shape) + shape * (log_z - exp(log_z));
}

/* Nodes over log Z: where they start, how far apart they are, how many. */
static int
place_nodes(float8 shape, float8 log_terms, float8 *first, float8 *spacing)
{
	float8		width = NODE_DEVIATIONS / sqrt(shape);
	float8		low = -Min(NEGLIGIBLE / shape + width,
						   NEGLIGIBLE + Max(log_terms, 0));
	float8		high = Min(width, log(NEGLIGIBLE)) + log1p(NEGLIGIBLE / shape);

	*spacing = Min(NODE_SPACING, DEVIATION_SPACING / sqrt(shape));
	*first = low;
	return (int) ceil((high - low) / *spacing) + 1;
}

/*
 * reach_times_init
 *		Nobody is reached; who is reached often times will count.
 *
 * shares are those of all audiences that may come.
 */
void
reach_times_init(ReachTimes *times, const ReachModel *model,
				 const float8 *shares, int count, int often)
{
	float8		shape = model->theta > 0 ? 1 / model->theta : 1;
	float8		terms = 0;
	float8		first = 0;
	float8		spacing = 0;
	uint64		size;

	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		terms += shares[i] < 1 ? reach_model_term(model, shares[i]) : 0;
	}
	times->often = often;
	times->last = Max(Min(often, count), 1);
	times->nodes = model->theta > 0 ?
		place_nodes(shape, log(terms * shape + DBL_MIN) + model->scale, &first,
					&spacing) : 1;
	times->rate = palloc(times->nodes * sizeof(float8));
	times->weight = palloc(times->nodes * sizeof(float8));
	size = (uint64) times->nodes * (times->last + 1) * sizeof(float8);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many audiences to be reached %d times", often),
				 errdetail("What is known of how often people are reached is limited to 1 GB.")));
	times->times = palloc(size);
	for (int i = 0; i < times->nodes; i++)
	{
		float8		log_z = first + i * spacing;

		times->rate[i] = log_z;
		times->weight[i] = model->theta > 0 ?
			exp(log_density(shape, log_z)) * spacing : 1;
	}
	reach_times_clear(times);
}

/* How often the people of a node are reached. */
static inline float8 *
node_times(const ReachTimes *times, int node)
{
	return times->times + (Size) node * (times->last + 1);
}

/* reach_times_clear: nobody is reached again */
void
reach_times_clear(ReachTimes *times)
{
	memset(times->times, 0,
		   (Size) times->nodes * (times->last + 1) * sizeof(float8));
	for (int i = 0; i < times->nodes; i++)
		*node_times(times, i) = 1;
	times->shares = 0;
}

/* How probable it is that an audience has somebody of a node. */
static float8
node_share(const ReachTimes *times, const ReachModel *model, float8 share,
		   int node)
{
	float8		log_one_more;

	if (model->theta <= 0 || share >= 1)
		return share;
	log_one_more = log_term(model, share);
	if (log_one_more < 1)
		return -expm1(-expm1(log_one_more) / model->theta *
					  exp(times->rate[node]));
	return -expm1(-exp(log_one_more + log1p(-exp(-log_one_more)) -
					   log(model->theta) + times->rate[node]));
}

/* reach_times_add: one more audience */
void
reach_times_add(ReachTimes *times, const ReachModel *model, float8 share)
{
	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < times->nodes; i++)
	{
		float8	   *p = node_times(times, i);
		float8		hit = node_share(times, model, share, i);

		p[times->last] += p[times->last - 1] * hit;
		for (int j = times->last - 1; j > 0; j--)
			p[j] += (p[j - 1] - p[j]) * hit;
		p[0] -= p[0] * hit;
	}
	times->shares += share;
}

/* Who is reached often enough where all keep apart. */
static float8
apart_share(const ReachTimes *times, float8 shares)
{
	return Max(Min(shares - (times->often - 1), 1), 0);
}

/*
 * reach_times_gain: how many more one more audience would reach often enough
 */
float8
reach_times_gain(const ReachTimes *times, const ReachModel *model,
				 float8 share)
{
	float8		gain = 0;

	for (int i = 0; i < times->nodes && times->often - 1 <= times->last; i++)
		gain += times->weight[i] * node_times(times, i)[times->often - 1] *
			node_share(times, model, share, i);
	return (1 - model->apart) * gain +
		model->apart * (apart_share(times, times->shares + share) -
						apart_share(times, times->shares));
}

/*
 * reach_times_nearer
 *		The same, where everybody who is not reached often enough, and would be
 *		reached once more, counts as 1/often.
 */
float8
reach_times_nearer(const ReachTimes *times, const ReachModel *model,
				   float8 share)
{
	float8		gain = 0;

	for (int i = 0; i < times->nodes; i++)
	{
		const float8 *p = node_times(times, i);
		float8		not_yet = 0;

		for (int j = 0; j <= Min(times->last, times->often - 1); j++)
			not_yet += p[j];
		gain += times->weight[i] * not_yet *
			node_share(times, model, share, i);
	}
	return ((1 - model->apart) * gain +
			model->apart * (Min(times->shares + share, times->often) -
							Min(times->shares, times->often))) / times->often;
}
