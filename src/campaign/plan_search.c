/*-------------------------------------------------------------------------
 *
 * plan_search.c
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
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "campaign/plan_search.h"

/*
 * The search for better plans looks up one hash for every so many of the
 * candidates', beside the effort that it is given.
 */
#define SEARCH_EFFORT_SHARE		64

/* The part of the effort that may go into the bound. */
#define BOUND_EFFORT_PART		4

/* Pick nobody, but those that a run must start with. */
static void
start_run(PlanSearch *search, Greed greed)
{
	search_clear_run(search, greed);
	for (int i = 0; i < search->nseed; i++)
		search_pick_again(search, search->seed[i]);
}

/* Pick one, if it is allowed. */
static void
pick_first(PlanSearch *search, Candidate *candidate)
{
	if (!candidate->taken && limits_allow(&search->limits, candidate))
		search_pick_again(search, candidate);
}

static bool
finish_run(PlanSearch *search)
{
	search_pick_greedily(search, false);
	search_pick_needed(search);
	return search_keep_best(search);
}

/* A greedy plan that starts with one or two candidates. */
static void
try_start(PlanSearch *search, Candidate *one, Candidate *two)
{
	start_run(search, BY_REACH_PER_FEE);
	pick_first(search, one);
	if (two != NULL)
		pick_first(search, two);
	finish_run(search);
}

/* Start with every candidate, then with every pair. */
static void
try_starts(PlanSearch *search)
{
	for (int i = 0; i < search->count && search->effort > 0; i++)
		try_start(search, &search->candidates[i], NULL);
	for (int i = 0; i < search->count; i++)
	{
		for (int j = i + 1; j < search->count && search->effort > 0; j++)
			try_start(search, &search->candidates[i], &search->candidates[j]);
	}
}

/*
 * Find out what everybody adds now, if that is cheap enough: those whom the
 * bound rests on, the first by their gains, are among all of them.
 */
static void
refresh_all(PlanSearch *search, int64 *effort)
{
	int64		needed = 0;

	for (int i = 0; i < search->count && needed <= *effort; i++)
		needed += reached_effort(search->reached, &search->candidates[i]);
	if (needed > *effort)
		return;
	*effort -= needed;
	for (int i = 0; i < search->count; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		if (!candidate->taken && candidate->gain > 0)
			search_refresh_gain(search, candidate);
	}
}

/* The two greedy plans, which lower the bound as well. */
static void
try_greedy(PlanSearch *search)
{
	int64		effort = search->effort / BOUND_EFFORT_PART;

	for (int greed = 0; greed < 2; greed++)
	{
		start_run(search, greed == 0 ? BY_REACH : BY_REACH_PER_FEE);
		if (search->nseed == 0)
			search_lower_bound(search);
		search_pick_greedily(search, true);
		search_pick_needed(search);
		refresh_all(search, &effort);
		search_lower_bound(search);
		search_keep_best(search);
	}
}

/* Bring the picks of the best plan into the order of reach per fee. */
static void
put_in_order(PlanSearch *search)
{
	CampaignPlan *best = search->best;

	search_clear_run(search, BY_REACH_PER_FEE);
	for (int i = 0; i < search->count; i++)
		search->candidates[i].taken = true;
	for (int i = 0; i < best->npicks; i++)
		best->picks[i]->taken = false;
	search_pick_greedily(search, false);
	for (int i = 0; i < best->npicks; i++)
	{
		if (!best->picks[i]->taken)
			search_pick_again(search, best->picks[i]);
	}
	search->plan->spent = best->spent;
	search->best = search->plan;
}

static CampaignPlan *
plan_create(int count)
{
	CampaignPlan *plan = palloc0(sizeof(CampaignPlan));

	plan->picks = MemoryContextAllocHuge(CurrentMemoryContext,
										 ((Size) count + 1) *
										 sizeof(Candidate *));
	plan->added = MemoryContextAllocHuge(CurrentMemoryContext,
										 ((Size) count + 1) * sizeof(float8));
	plan->spent = int64_to_numeric(0);
	return plan;
}

/*
 * Prepare the search.  If rules ask for some picks, and the simple ways to
 * find them fail, all runs start with picks that were found the hard
 * way.  Returns what is wrong with the rules, or NULL.
 */
static char *
start_search(PlanSearch *search, PlanProblem *problem, Numeric budget)
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
										search_compare, search);
	search->offers = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) problem->count + 1) *
											sizeof(Offer));
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
	PlanSearch	search;
	int64		hashes = 0;

	*impossible = start_search(&search, problem, budget);
	if (*impossible != NULL)
		return NULL;
	for (int i = 0; i < problem->count; i++)
		hashes += problem->candidates[i].audience.count;
	effort += (int64) (hashes / SEARCH_EFFORT_SHARE *
					   (effort / (float8) SEARCH_EFFORT));
	search.effort = effort;
	try_greedy(&search);
	search.effort = effort;
	if (search.best->reach < 0)
	{
		*impossible = limits_problem(&search.limits);
		return NULL;
	}
	search_exchange(&search);
	try_starts(&search);
	search_exchange(&search);
	search_exchange_two(&search);
	put_in_order(&search);
	search.best->bound = Max(search.bound, search.best->reach);
	return search.best;
}
