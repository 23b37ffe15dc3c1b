/*-------------------------------------------------------------------------
 *
 * plan_exchange.c
 *		Plans made better by exchanging picks.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "base/compat.h"
#include "campaign/plan_search.h"

/* What is free costs this where fees divide. */
#define COST_LEAST				1e-9

/*
 * Who makes most people reached often enough, per fee; NULL if nobody does.
 * That is no lazy choice: such a gain may grow with every pick.
 */
static Candidate *
most_worth(PlanSearch *search)
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
		search->effort -= search->limits.missing > 0 ? search->limits.nuseful :
			0;
		if (!limits_allow(&search->limits, candidate))
			continue;
		most = worth;
		best = candidate;
	}
	return best;
}

/* Pick those, as long as there are some. */
static void
pick_by_worth(PlanSearch *search)
{
	Candidate  *best;

	while ((best = most_worth(search)) != NULL)
		search_pick_again(search, best);
}

/* Pick one that was given up, if it adds anything. */
static void
take_back(PlanSearch *search, Candidate *candidate)
{
	candidate->taken = false;
	if (!limits_allow(&search->limits, candidate))
		return;
	search_refresh_gain(search, candidate);
	if (candidate->gain > 0)
		search_pick(search, candidate);
}

/*
 * What a candidate added to the first so many picks of the best plan, or to
 * fewer, is the most that it adds to them and others: where it is known, it
 * need not be found out again.  These picks are picked again, in their order,
 * before any other.
 */
static void
recall_gains(PlanSearch *search, int npicks)
{
	for (int i = 0; i < search->count; i++)
	{
		Candidate  *candidate = &search->candidates[i];

		if (candidate->best_round <= npicks)
		{
			candidate->gain = candidate->best_gain;
			candidate->gain_round = candidate->best_round;
		}
	}
}

/*
 * Give up one pick of the best plan, or two, and spend their fees greedily
 * otherwise; then they may come back, if there is enough left.  The second is
 * the first where there is one.
 */
static bool
try_exchange(PlanSearch *search, int first, int second, Greed greed)
{
	const CampaignPlan *best = search->best;
	Candidate  *given_up[2];

	given_up[0] = best->picks[first];
	given_up[1] = best->picks[second];
	search_clear_run(search, greed);
	given_up[0]->taken = given_up[1]->taken = true;
	recall_gains(search, Min(first, second));
	for (int i = 0; i < best->npicks; i++)
	{
		if (i != first && i != second)
			search_pick_again(search, best->picks[i]);
	}
	if (greed == BY_WORTH)
		pick_by_worth(search);
	search_pick_greedily(search, false);
	take_back(search, given_up[0]);
	if (first != second)
		take_back(search, given_up[1]);
	search_pick_needed(search);
	return search_keep_best(search);
}

/* Exchange one or two picks in every greedy way. */
static bool
exchange_helps(PlanSearch *search, int first, int second)
{
	for (Greed greed = BY_REACH_PER_FEE; greed <= BY_WORTH; greed++)
	{
		if (search->effort > 0 &&
			(greed != BY_WORTH || search->reached->often > 1) &&
			try_exchange(search, first, second, greed))
			return true;
	}
	return false;
}

/*
 * search_exchange
 *		Exchange picks of the best plan as long as that helps, beginning with
 *		the last ones, which add the least for their fees.
 */
void
search_exchange(PlanSearch *search)
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

/* search_exchange_two: the same of two picks at once */
void
search_exchange_two(PlanSearch *search)
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
