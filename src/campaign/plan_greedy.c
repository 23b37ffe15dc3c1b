/*-------------------------------------------------------------------------
 *
 * plan_greedy.c
 *		Which candidates to pick for the most reach within a budget.
 *
 * The reach of a set of picks is monotone and submodular: a pick never takes
 * reach away, and adds the less the more is covered.  Finding the best set is
 * the budgeted maximum coverage problem, which is NP-hard.  The better of two
 * greedy plans, by reach added per fee and by reach added, reaches at least
 * (1 - 1/e) / 2 of the optimum (Khuller, Moss, Naor 1999; Leskovec et al.
 * 2007).  That is the worst case.  Usually the plan is much closer, and then
 * made better, within a limit of effort, in two ways: starting from every
 * candidate, and every pair, instead of the greedy choice; and exchanging a
 * pick for what a greedy choice makes of its fee.
 *
 * The greedy choice is lazy (Minoux 1978): what a candidate added earlier is
 * the most it can add now, so it is computed again only when the candidate
 * comes to the top of the queue.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

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
	BY_REACH
} Greed;

/*
 * Hashes that the search for better plans looks up at most, beside one for
 * every so many of the candidates'.
 */
#define SEARCH_EFFORT			2000000
#define SEARCH_EFFORT_SHARE		32

/* What starting a run costs for each candidate, in such looks. */
#define RUN_EFFORT				16

/* The search, and the run under way. */
typedef struct Search
{
	Candidate  *candidates;
	int			count;
	Numeric		budget;
	int64		effort;			/* hashes that may still be looked up */
	CampaignPlan *best;

	Greed		greed;
	Cover		cover;
	CampaignPlan *plan;			/* what is picked so far */
	Numeric		left;			/* of the budget */
	float8		left_roughly;
	binaryheap *queue;
	MemoryContext numbers;		/* the numerics of the run */
} Search;

static CampaignPlan *
plan_create(int count)
{
	CampaignPlan *plan = palloc(sizeof(CampaignPlan));

	plan->npicks = 0;
	plan->picks = palloc((count + 1) * sizeof(Candidate *));
	plan->added = palloc((count + 1) * sizeof(float8));
	plan->reach = 0;
	plan->spent = int64_to_numeric(0);
	return plan;
}

/* Is there enough left to pay a candidate?  Exactly, where it is close. */
static bool
can_pay(const Search *search, const Candidate *candidate)
{
	if (candidate->cost < search->left_roughly * (1 - 1e-9))
		return true;
	if (candidate->cost > search->left_roughly * (1 + 1e-9))
		return false;
	return numeric_compare(candidate->fee, search->left) <= 0;
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

/* Find out what a candidate would add now. */
static void
refresh_gain(Search *search, Candidate *candidate)
{
	if (candidate->gain_round == search->plan->npicks)
		return;
	search->effort -= cover_effort(&search->cover, candidate);
	candidate->gain = cover_gain(&search->cover, candidate);
	candidate->gain_round = search->plan->npicks;
}

/* Set what is spent, and with that what is left. */
static void
set_spent(Search *search, Numeric spent)
{
	search->plan->spent = spent;
	search->left = numeric_minus(search->budget, spent);
	search->left_roughly = numeric_to_double(search->left);
}

/* Pick a candidate whose gain is known. */
static void
pick(Search *search, Candidate *candidate)
{
	CampaignPlan *plan = search->plan;
	MemoryContext old;

	plan->picks[plan->npicks] = candidate;
	plan->added[plan->npicks] = candidate->gain;
	plan->npicks++;
	plan->reach += candidate->gain;
	candidate->taken = true;
	cover_add(&search->cover, candidate);
	search->effort -= candidate->audience.count;
	old = MemoryContextSwitchTo(search->numbers);
	set_spent(search, numeric_plus(plan->spent, candidate->fee));
	MemoryContextSwitchTo(old);
}

/* Pick nobody. */
static void
start_run(Search *search, Greed greed)
{
	MemoryContext old;

	CHECK_FOR_INTERRUPTS();
	search->effort -= (int64) search->count * RUN_EFFORT;
	search->greed = greed;
	cover_clear(&search->cover);
	search->plan->npicks = 0;
	search->plan->reach = 0;
	MemoryContextReset(search->numbers);
	old = MemoryContextSwitchTo(search->numbers);
	set_spent(search, int64_to_numeric(0));
	MemoryContextSwitchTo(old);
	for (int i = 0; i < search->count; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		candidate->gain = audience_estimate(&candidate->audience) * candidate->weight;
		candidate->gain_round = 0;
		candidate->taken = false;
	}
}

/* Pick one, if it can be paid. */
static void
pick_first(Search *search, Candidate *candidate)
{
	if (candidate->taken || !can_pay(search, candidate))
		return;
	refresh_gain(search, candidate);
	pick(search, candidate);
}

/* Pick greedily what is not taken, as long as something adds reach. */
static void
pick_greedily(Search *search)
{
	binaryheap *queue = search->queue;

	binaryheap_reset(queue);
	for (int i = 0; i < search->count; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		if (!candidate->taken && can_pay(search, candidate))
			binaryheap_add_unordered(queue, PointerGetDatum(candidate));
	}
	binaryheap_build(queue);
	while (!binaryheap_empty(queue))
	{
		Candidate  *first = (Candidate *) DatumGetPointer(binaryheap_first(queue));

		CHECK_FOR_INTERRUPTS();
		if (first->gain <= 0)
			break;
		if (!can_pay(search, first))
			binaryheap_remove_first(queue);
		else if (first->gain_round < search->plan->npicks)
		{
			refresh_gain(search, first);
			binaryheap_replace_first(queue, PointerGetDatum(first));
		}
		else
		{
			pick(search, first);
			binaryheap_remove_first(queue);
		}
	}
}

/*
 * Keep the plan of this run if it is the best so far: the one that reaches
 * more, or as many for less.
 */
static bool
keep_best(Search *search)
{
	CampaignPlan *plan = search->plan;
	float8		least = search->best->reach * (1 + 1e-12);

	if (plan->reach < search->best->reach ||
		(plan->reach <= least &&
		 numeric_compare(plan->spent, search->best->spent) >= 0))
		return false;
	plan->spent = DatumGetNumericCopy(NumericGetDatum(plan->spent));
	search->plan = search->best;
	search->best = plan;
	return true;
}

/* A greedy plan that starts with one or two candidates. */
static void
try_start(Search *search, Candidate *one, Candidate *two)
{
	start_run(search, BY_REACH_PER_FEE);
	pick_first(search, one);
	if (two != NULL)
		pick_first(search, two);
	pick_greedily(search);
	keep_best(search);
}

/*
 * Give up one pick of the best plan and spend its fee greedily otherwise; then
 * the pick may come back, if there is enough left.
 */
static bool
try_exchange(Search *search, int given_up, Greed greed)
{
	const CampaignPlan *best = search->best;
	Candidate  *candidate = best->picks[given_up];

	start_run(search, greed);
	for (int i = 0; i < best->npicks; i++)
	{
		if (i != given_up)
			pick_first(search, best->picks[i]);
	}
	candidate->taken = true;
	pick_greedily(search);
	candidate->taken = false;
	if (can_pay(search, candidate))
	{
		refresh_gain(search, candidate);
		if (candidate->gain > 0)
			pick(search, candidate);
	}
	return keep_best(search);
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
		if (try_exchange(search, i, BY_REACH_PER_FEE) ||
			try_exchange(search, i, BY_REACH))
			i = search->best->npicks - 1;
		else
			i--;
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

	start_run(search, BY_REACH_PER_FEE);
	for (int i = 0; i < search->count; i++)
		search->candidates[i].taken = true;
	for (int i = 0; i < best->npicks; i++)
		best->picks[i]->taken = false;
	pick_greedily(search);
	search->best = search->plan;
}

static bool
weights_differ(const Candidate *candidates, int count)
{
	for (int i = 1; i < count; i++)
	{
		if (candidates[i].weight != candidates[0].weight)
			return true;
	}
	return false;
}

/*
 * campaign_best_plan
 *		The picks of the most weighted reach within a budget.
 *
 * The candidates must be in an order that does not depend on how they came.
 */
CampaignPlan *
campaign_best_plan(Candidate *candidates, int count, Numeric budget)
{
	Search		search = {
		.candidates = candidates,
		.count = count,
		.budget = budget,
		.effort = SEARCH_EFFORT,
		.best = plan_create(count),
		.plan = plan_create(count)
	};

	if (count == 0)
		return search.best;
	search.numbers = AllocSetContextCreate(CurrentMemoryContext,
										   "campaign plan",
										   ALLOCSET_SMALL_SIZES);
	search.queue = binaryheap_allocate(count, compare_attraction, &search);
	cover_init(&search.cover, weights_differ(candidates, count));

	start_run(&search, BY_REACH);
	pick_greedily(&search);
	keep_best(&search);
	start_run(&search, BY_REACH_PER_FEE);
	pick_greedily(&search);
	keep_best(&search);

	search.effort = SEARCH_EFFORT;
	for (int i = 0; i < count; i++)
		search.effort += candidates[i].audience.count / SEARCH_EFFORT_SHARE;
	try_exchanges(&search);
	try_starts(&search);
	try_exchanges(&search);
	put_in_order(&search);
	return search.best;
}
