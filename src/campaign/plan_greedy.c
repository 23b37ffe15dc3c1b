/*-------------------------------------------------------------------------
 *
 * plan_greedy.c
 *		Which candidates to pick for the most reach within a budget and rules.
 *
 * The reach of a set of picks is monotone and submodular: a pick never takes
 * reach away, and adds the less the more is covered.  Finding the best set is
 * the budgeted maximum coverage problem, which is NP-hard.  The better of two
 * greedy plans, by reach added per fee and by reach added, reaches at least
 * (1 - 1/e) / 2 of the optimum (Khuller, Moss, Naor 1999; Leskovec et al.
 * 2007), where a budget is all there is.  That is the worst case.  Usually the
 * plan is much closer, and then made better, within a limit of effort, in two
 * ways: starting from every candidate, and every pair, instead of the greedy
 * choice; and exchanging a pick for what a greedy choice makes of its fee.
 *
 * The greedy choice is lazy (Minoux 1978): what a candidate added earlier is
 * the most it can add now, so it is computed again only when the candidate
 * comes to the top of the queue.
 *
 * For the same reason no plan reaches more than the picks of any run, and what
 * the others add to them at most, as much of them as the budget pays for, the
 * last one in part: the bound of every plan.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/binaryheap.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "campaign/campaign_plan.h"

/* What a greedy choice looks at. */
typedef enum Greed
{
	BY_REACH_PER_FEE,
	BY_REACH,
	BY_WORTH					/* of those reached often enough, per fee */
} Greed;

/*
 * The search for better plans looks up one hash for every so many of the
 * candidates', beside the effort that it is given.
 */
#define SEARCH_EFFORT_SHARE		64

/* What starting a run costs for each candidate, in such looks. */
#define RUN_EFFORT				16

/* The part of the effort that may go into the bound. */
#define BOUND_EFFORT_PART		4

/* Candidates up to which it is lowered on the way of a run. */
#define BOUND_OFTEN				1000

/* What is free costs this where fees divide. */
#define COST_LEAST				1e-9

/* What sums of gains may be off, relatively. */
#define BOUND_ROUNDING			1e-12

/* The search, and the run under way. */
typedef struct Search
{
	PlanProblem *problem;
	Candidate  *candidates;
	int			count;
	Reached    *reached;
	PlanLimits	limits;
	int64		effort;			/* hashes that may still be looked up */
	CampaignPlan *best;			/* its reach is -1 as long as there is none */
	float8		bound;
	int			nseed;			/* picks that each run must start with */
	Candidate **seed;

	Greed		greed;
	CampaignPlan *plan;			/* what is picked so far */
	float8		potential;		/* the sum of their gains */
	binaryheap *queue;
	struct Offer *offers;		/* room for one of each candidate */
} Search;

/* What a candidate adds at most, for its fee. */
typedef struct Offer
{
	float8		gain;
	float8		cost;
} Offer;

static CampaignPlan *
plan_create(int count)
{
	CampaignPlan *plan = palloc0(sizeof(CampaignPlan));

	plan->picks = MemoryContextAllocHuge(CurrentMemoryContext,
										 ((Size) count + 1) * sizeof(Candidate *));
	plan->added = MemoryContextAllocHuge(CurrentMemoryContext,
										 ((Size) count + 1) * sizeof(float8));
	plan->spent = int64_to_numeric(0);
	return plan;
}

/* Who is the greater choice?  One that is free, then by greed. */
static float8
attraction(const Search *search, const Candidate *candidate)
{
	if (candidate->gain <= 0)
		return 0;
	if (candidate->cost <= 0)
		return get_float8_infinity();
	return search->greed == BY_REACH ? candidate->gain :
		candidate->gain / candidate->cost;
}

/*
 * The order of the queue.  Candidates stand in an order of their own, by id,
 * which settles ties.
 */
static int
compare_attraction(Datum a, Datum b, void *arg)
{
	const Candidate *x = (const Candidate *) DatumGetPointer(a);
	const Candidate *y = (const Candidate *) DatumGetPointer(b);
	float8		x_attraction = attraction(arg, x);
	float8		y_attraction = attraction(arg, y);

	if (x_attraction != y_attraction)
		return x_attraction < y_attraction ? -1 : 1;
	if (x->gain != y->gain)
		return x->gain < y->gain ? -1 : 1;
	return x < y ? 1 : (x > y ? -1 : 0);
}

/*
 * Find out what a candidate would add now.  An estimate from a smaller sample
 * may be larger than the one before; it can't add more, all the same.
 */
static void
refresh_gain(Search *search, Candidate *candidate)
{
	if (candidate->gain_round == search->plan->npicks)
		return;
	search->effort -= reached_effort(search->reached, candidate);
	candidate->gain = Min(candidate->gain,
						  reached_gain(search->reached, candidate));
	candidate->gain_round = search->plan->npicks;
}

/* Pick a candidate whose gain is known. */
static void
pick(Search *search, Candidate *candidate)
{
	CampaignPlan *plan = search->plan;
	float8		worth = search->reached->often == 1 ? candidate->gain :
		reached_worth(search->reached, candidate);

	plan->picks[plan->npicks] = candidate;
	plan->added[plan->npicks] = worth;
	plan->npicks++;
	plan->reach += worth;
	search->potential += candidate->gain;
	candidate->taken = true;
	reached_add(search->reached, candidate);
	search->effort -= reached_effort(search->reached, candidate);
	limits_take(&search->limits, candidate);
}

/* Pick one that is known to be allowed. */
static void
pick_again(Search *search, Candidate *candidate)
{
	refresh_gain(search, candidate);
	pick(search, candidate);
}

/* Pick one, if it is allowed. */
static void
pick_first(Search *search, Candidate *candidate)
{
	if (!candidate->taken && limits_allow(&search->limits, candidate))
		pick_again(search, candidate);
}

/* Pick nobody. */
static void
clear_run(Search *search, Greed greed)
{
	CHECK_FOR_INTERRUPTS();
	search->effort -= (int64) search->count * RUN_EFFORT;
	search->greed = greed;
	search->plan->npicks = 0;
	search->plan->reach = 0;
	search->potential = 0;
	reached_clear(search->reached);
	limits_clear(&search->limits);
	for (int i = 0; i < search->count; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		candidate->gain = candidate->reach * candidate->weight /
			search->reached->often;
		candidate->gain_round = 0;
		candidate->taken = false;
	}
}

/* Pick nobody, but those that a run must start with. */
static void
start_run(Search *search, Greed greed)
{
	clear_run(search, greed);
	for (int i = 0; i < search->nseed; i++)
		pick_again(search, search->seed[i]);
}

static int
compare_offers(const void *a, const void *b)
{
	const Offer *x = a;
	const Offer *y = b;
	float8		x_rate = x->gain * y->cost;
	float8		y_rate = y->gain * x->cost;

	if (x_rate != y_rate)
		return x_rate > y_rate ? -1 : 1;
	return float8_cmp_internal(y->gain, x->gain);
}

/* What the offers add for a budget at most, the last one in part. */
static float8
fill_budget(Offer *offers, int count, float8 budget)
{
	float8		sum = 0;

	qsort(offers, count, sizeof(Offer), compare_offers);
	for (int i = 0; i < count; i++)
	{
		if (offers[i].cost > budget)
			return sum + offers[i].gain * (budget / offers[i].cost);
		sum += offers[i].gain;
		budget -= offers[i].cost;
	}
	return sum;
}

static int
compare_gains(const void *a, const void *b)
{
	return float8_cmp_internal(((const Offer *) b)->gain, ((const Offer *) a)->gain);
}

/* How many picks there may be. */
static int
most_picks(const Search *search)
{
	const PlanProblem *problem = search->problem;

	return problem->ngroups > 0 && problem->rules.ngroups > 0 &&
		problem->rules.groups[0].name == NULL ? problem->groups[0].most : PG_INT32_MAX;
}

/* Take a bound that is lower; it is rounded up, or to whole people. */
static void
take_bound(Search *search, float8 bound)
{
	float8		whole = rint(bound);

	if (fabs(bound - whole) <= BOUND_ROUNDING * bound)
		bound = whole;
	else
		bound *= 1 + BOUND_ROUNDING;
	search->bound = Min(search->bound, bound);
}

/*
 * Lower the bound to what is reached, and what all others add to it at most.
 */
static void
lower_bound(Search *search)
{
	int			n = 0;
	int			most = most_picks(search);
	float8		sum = 0;

	for (int i = 0; i < search->count; i++)
	{
		const Candidate *candidate = &search->candidates[i];

		if (candidate->taken || candidate->gain <= 0)
			continue;
		search->offers[n].gain = candidate->gain;
		search->offers[n++].cost = candidate->cost;
	}
	if (n > most)
	{
		qsort(search->offers, n, sizeof(Offer), compare_gains);
		for (int i = 0; i < most; i++)
			sum += search->offers[i].gain;
		take_bound(search, search->potential + sum);
	}
	sum = fill_budget(search->offers, n, search->limits.budget_roughly);
	take_bound(search, search->potential + sum);
}

/* Find out what everybody adds now, if that is cheap enough. */
static void
refresh_all(Search *search, int64 *effort)
{
	for (int i = 0; i < search->count && *effort > 0; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		if (candidate->taken || candidate->gain <= 0)
			continue;
		*effort -= reached_effort(search->reached, candidate);
		refresh_gain(search, candidate);
	}
}

/*
 * Pick greedily what is not taken, as long as something adds reach or is
 * needed. With bounding, lower the bound on the way.
 */
static void
pick_greedily(Search *search, bool bounding)
{
	binaryheap *queue = search->queue;

	binaryheap_reset(queue);
	for (int i = 0; i < search->count; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		if (!candidate->taken && limits_affordable(&search->limits, candidate))
			binaryheap_add_unordered(queue, PointerGetDatum(candidate));
	}
	binaryheap_build(queue);
	while (!binaryheap_empty(queue))
	{
		Candidate  *first = (Candidate *) DatumGetPointer(binaryheap_first(queue));

		CHECK_FOR_INTERRUPTS();
		if (first->gain <= 0)
			break;
		if (!limits_affordable(&search->limits, first))
		{
			binaryheap_remove_first(queue);
			continue;
		}
		if (first->gain_round < search->plan->npicks)
		{
			refresh_gain(search, first);
			binaryheap_replace_first(queue, PointerGetDatum(first));
			continue;
		}
		binaryheap_remove_first(queue);
		if (!limits_allow(&search->limits, first))
			continue;
		pick(search, first);
		if (bounding &&
			(search->plan->npicks & (search->plan->npicks - 1)) == 0 &&
			search->count <= BOUND_OFTEN)
			lower_bound(search);
	}
}

/* Pick who is still needed: the cheapest that will do. */
static void
pick_needed(Search *search)
{
	int			nchosen;

	if (search->limits.missing == 0 ||
		!limits_complete(&search->limits, NULL, &nchosen))
		return;
	for (int i = 0; i < nchosen; i++)
	{
		Candidate  *candidate = search->limits.chosen[i];

		pick_again(search, candidate);
	}
}

/*
 * Keep the plan of this run if it obeys the rules and is the best so far: the
 * one that reaches more, or as many for less.
 */
static bool
keep_best(Search *search)
{
	CampaignPlan *plan = search->plan;
	float8		least = search->best->reach * (1 + 1e-12);

	if (search->limits.missing > 0 || plan->reach < search->best->reach ||
		(plan->reach <= least && search->best->reach >= 0 &&
		 numeric_compare(search->limits.spent, search->best->spent) >= 0))
		return false;
	plan->spent = DatumGetNumericCopy(NumericGetDatum(search->limits.spent));
	search->plan = search->best;
	search->best = plan;
	return true;
}

static bool
finish_run(Search *search)
{
	pick_greedily(search, false);
	pick_needed(search);
	return keep_best(search);
}

/* A greedy plan that starts with one or two candidates. */
static void
try_start(Search *search, Candidate *one, Candidate *two)
{
	start_run(search, BY_REACH_PER_FEE);
	pick_first(search, one);
	if (two != NULL)
		pick_first(search, two);
	finish_run(search);
}

/*
 * Who makes most people reached often enough, per fee; NULL if nobody does.
 * That is no lazy choice: such a gain may grow with every pick.
 */
static Candidate *
most_worth(Search *search)
{
	Candidate  *best = NULL;
	float8		most = 0;

	for (int i = 0; i < search->count && search->effort > 0; i++)
	{
		Candidate  *candidate = &search->candidates[i];
		float8		worth;

		CHECK_FOR_INTERRUPTS();
		if (candidate->taken || !limits_affordable(&search->limits, candidate))
			continue;
		search->effort -= reached_effort(search->reached, candidate);
		worth = reached_worth(search->reached, candidate) /
			Max(candidate->cost, COST_LEAST);
		if (worth <= most)
			continue;
		search->effort -= search->limits.missing > 0 ? search->limits.nuseful : 0;
		if (!limits_allow(&search->limits, candidate))
			continue;
		most = worth;
		best = candidate;
	}
	return best;
}

/* Pick those, as long as there are some. */
static void
pick_by_worth(Search *search)
{
	Candidate  *best;

	while ((best = most_worth(search)) != NULL)
		pick_again(search, best);
}

/* Pick one that was given up, if it adds anything. */
static void
take_back(Search *search, Candidate *candidate)
{
	candidate->taken = false;
	if (!limits_allow(&search->limits, candidate))
		return;
	refresh_gain(search, candidate);
	if (candidate->gain > 0)
		pick(search, candidate);
}

/*
 * Give up one pick of the best plan, or two, and spend their fees greedily
 * otherwise; then they may come back, if there is enough left.  The second is
 * the first where there is one.
 */
static bool
try_exchange(Search *search, int first, int second, Greed greed)
{
	const CampaignPlan *best = search->best;
	Candidate  *given_up[2];

	given_up[0] = best->picks[first];
	given_up[1] = best->picks[second];
	clear_run(search, greed);
	given_up[0]->taken = given_up[1]->taken = true;
	for (int i = 0; i < best->npicks; i++)
	{
		if (i != first && i != second)
			pick_again(search, best->picks[i]);
	}
	if (greed == BY_WORTH)
		pick_by_worth(search);
	pick_greedily(search, false);
	for (int i = 0; i <= (first != second ? 1 : 0); i++)
		take_back(search, given_up[i]);
	pick_needed(search);
	return keep_best(search);
}

/* Exchange one or two picks in every greedy way. */
static bool
exchange_helps(Search *search, int first, int second)
{
	return try_exchange(search, first, second, BY_REACH_PER_FEE) ||
		try_exchange(search, first, second, BY_REACH) ||
		(search->reached->often > 1 &&
		 try_exchange(search, first, second, BY_WORTH));
}

/*
 * Exchange picks as long as that helps, beginning with the last ones, which
 * add the least for their fees.
 */
static void
try_exchanges(Search *search)
{
	int			i = search->best->npicks - 1;

	while (i >= 0 && search->effort > 0)
	{
		if (exchange_helps(search, i, i))
			i = search->best->npicks - 1;
		else
			i--;
	}
}

/* The same of two picks at once. */
static void
try_double_exchanges(Search *search)
{
	int			i = search->best->npicks - 1;
	int			j = i - 1;

	while (i > 0 && search->effort > 0)
	{
		if (exchange_helps(search, i, j))
		{
			i = search->best->npicks - 1;
			j = i;
		}
		if (--j < 0)
			j = --i - 1;
	}
}

/* Start with every candidate, then with every pair. */
static void
try_starts(Search *search)
{
	for (int i = 0; i < search->count && search->effort > 0; i++)
		try_start(search, &search->candidates[i], NULL);
	for (int i = 0; i < search->count; i++)
	{
		for (int j = i + 1; j < search->count && search->effort > 0; j++)
			try_start(search, &search->candidates[i], &search->candidates[j]);
	}
}

/* Bring the picks of the best plan into the order of reach per fee. */
static void
put_in_order(Search *search)
{
	CampaignPlan *best = search->best;

	clear_run(search, BY_REACH_PER_FEE);
	for (int i = 0; i < search->count; i++)
		search->candidates[i].taken = true;
	for (int i = 0; i < best->npicks; i++)
		best->picks[i]->taken = false;
	pick_greedily(search, false);
	for (int i = 0; i < best->npicks; i++)
	{
		if (!best->picks[i]->taken)
			pick_again(search, best->picks[i]);
	}
	search->plan->spent = best->spent;
	search->best = search->plan;
}

/* The two greedy plans, which lower the bound as well. */
static void
try_greedy(Search *search)
{
	int64		effort = search->effort / BOUND_EFFORT_PART;

	for (int greed = 0; greed < 2; greed++)
	{
		start_run(search, greed == 0 ? BY_REACH : BY_REACH_PER_FEE);
		if (search->nseed == 0)
			lower_bound(search);
		pick_greedily(search, true);
		pick_needed(search);
		refresh_all(search, &effort);
		lower_bound(search);
		keep_best(search);
	}
}

/*
 * Prepare the search.  If rules ask for some picks, and the simple ways to
 * find them fail, all runs start with picks that were found the hard
 * way.  Returns what is wrong with the rules, or NULL.
 */
static char *
start_search(Search *search, PlanProblem *problem, Numeric budget)
{
	int			nchosen;
	bool		proved;

	memset(search, 0, sizeof(*search));
	search->problem = problem;
	search->candidates = problem->candidates;
	search->count = problem->count;
	search->reached = &problem->reached;
	search->best = plan_create(problem->count);
	search->best->reach = -1;
	search->plan = plan_create(problem->count);
	search->bound = get_float8_infinity();
	search->queue = binaryheap_allocate(Max(problem->count, 1),
										compare_attraction, search);
	search->offers = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) problem->count + 1) * sizeof(Offer));
	for (int i = 0; i < problem->count; i++)
		problem->candidates[i].taken = false;
	limits_init(&search->limits, problem, budget);
	for (int i = 0; i < problem->ngroups; i++)
	{
		if (problem->groups[i].least > problem->groups[i].members)
		{
			limits_clear(&search->limits);
			return limits_problem(&search->limits);
		}
	}
	limits_clear(&search->limits);
	if (search->limits.missing == 0 ||
		limits_complete(&search->limits, NULL, &nchosen))
		return NULL;
	if (!limits_find(&search->limits, &nchosen, &proved))
		return limits_problem(&search->limits);
	search->nseed = nchosen;
	search->seed = palloc((nchosen + 1) * sizeof(Candidate *));
	memcpy(search->seed, search->limits.chosen, nchosen * sizeof(Candidate *));
	return NULL;
}

/*
 * campaign_best_plan
 *		The picks of the most weighted reach within a budget and rules.
 *
 * Looks up about effort hashes to make greedy plans better.  Where rules can't
 * be obeyed, returns NULL, and *impossible says why.
 */
CampaignPlan *
campaign_best_plan(PlanProblem *problem, Numeric budget, int64 effort,
				   char **impossible)
{
	Search		search;

	*impossible = start_search(&search, problem, budget);
	if (*impossible != NULL)
		return NULL;
	for (int i = 0; i < problem->count; i++)
		effort += problem->candidates[i].audience.count / SEARCH_EFFORT_SHARE *
			(effort / (float8) SEARCH_EFFORT);
	search.effort = effort;
	try_greedy(&search);
	search.effort = effort;
	if (search.best->reach < 0)
	{
		*impossible = limits_problem(&search.limits);
		return NULL;
	}
	try_exchanges(&search);
	try_starts(&search);
	try_exchanges(&search);
	try_double_exchanges(&search);
	put_in_order(&search);
	search.best->bound = Max(search.bound, search.best->reach);
	return search.best;
}
