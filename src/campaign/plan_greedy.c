/*-------------------------------------------------------------------------
 *
 * plan_greedy.c
 *		One run of the search for a plan: picks, greedily.
 *
 * The greedy choice is lazy (Minoux 1978): what a candidate added earlier is
 * the most it can add now, so it is computed again only when the candidate
 * comes to the top of the queue.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "campaign/plan_search.h"

/* What starting a run costs for each candidate, in hashes looked up. */
#define RUN_EFFORT				16

/* What sums of reach may be off, relatively. */
#define REACH_ROUNDING			1e-12

/* Candidates up to which the bound is lowered on the way of a run. */
#define BOUND_OFTEN				1000

/* Who is the greater choice?  One that is free, then by greed. */
static float8
attraction(const PlanSearch *search, const Candidate *candidate)
{
	if (candidate->gain <= 0)
		return 0;
	if (candidate->cost <= 0)
		return get_float8_infinity();
	return search->greed == BY_REACH ? candidate->gain :
		candidate->gain / candidate->cost;
}

/*
 * search_compare
 *		The order of the queue.  Candidates stand in an order of their own, by
 *		id, which settles ties.
 */
int
search_compare(Datum a, Datum b, void *arg)
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
 * search_refresh_gain
 *		Find out what a candidate would add now.  An estimate from a smaller
 *		sample may be larger than the one before; it can't add more, all the
 *		same.
 */
void
search_refresh_gain(PlanSearch *search, Candidate *candidate)
{
	if (candidate->gain_round == search->plan->npicks)
		return;
	search->effort -= reached_effort(search->reached, candidate);
	candidate->gain = Min(candidate->gain,
						  reached_gain(search->reached, candidate));
	candidate->gain_round = search->plan->npicks;
}

/* search_pick: pick a candidate whose gain is known */
void
search_pick(PlanSearch *search, Candidate *candidate)
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

/* search_pick_again: pick one that is known to be allowed */
void
search_pick_again(PlanSearch *search, Candidate *candidate)
{
	search_refresh_gain(search, candidate);
	search_pick(search, candidate);
}

/* search_clear_run: pick nobody */
void
search_clear_run(PlanSearch *search, Greed greed)
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

/*
 * search_pick_greedily
 *		Pick greedily what is not taken, as long as something adds reach or is
 *		needed.  With bounding, lower the bound on the way.
 */
void
search_pick_greedily(PlanSearch *search, bool bounding)
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
		Candidate  *first =
			(Candidate *) DatumGetPointer(binaryheap_first(queue));

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
			search_refresh_gain(search, first);
			binaryheap_replace_first(queue, PointerGetDatum(first));
			continue;
		}
		binaryheap_remove_first(queue);
		if (!limits_allow(&search->limits, first))
			continue;
		search_pick(search, first);
		if (bounding &&
			(search->plan->npicks & (search->plan->npicks - 1)) == 0 &&
			search->count <= BOUND_OFTEN)
			search_lower_bound(search);
	}
}

/* search_pick_needed: pick who is still needed, the cheapest that will do */
void
search_pick_needed(PlanSearch *search)
{
	int			nchosen;

	if (search->limits.missing == 0 ||
		!limits_complete(&search->limits, NULL, &nchosen))
		return;
	for (int i = 0; i < nchosen; i++)
	{
		Candidate  *candidate = search->limits.chosen[i];

		search_pick_again(search, candidate);
	}
}

/*
 * search_keep_best
 *		Keep the plan of this run if it obeys the rules and is the best so far:
 *		the one that reaches more, or as many for less.
 */
bool
search_keep_best(PlanSearch *search)
{
	CampaignPlan *plan = search->plan;
	float8		least = search->best->reach * (1 + REACH_ROUNDING);

	if (search->limits.missing > 0 || plan->reach < search->best->reach ||
		(plan->reach <= least && search->best->reach >= 0 &&
		 numeric_compare(search->limits.spent, search->best->spent) >= 0))
		return false;
	for (int i = 0; i < search->count; i++)
	{
		search->candidates[i].best_gain = search->candidates[i].gain;
		search->candidates[i].best_round = search->candidates[i].gain_round;
	}
	plan->spent = DatumGetNumericCopy(NumericGetDatum(search->limits.spent));
	search->plan = search->best;
	search->best = plan;
	return true;
}
