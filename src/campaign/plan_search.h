/*-------------------------------------------------------------------------
 *
 * plan_search.h
 *		The search for a plan, and the run that is under way.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PLAN_SEARCH_H
#define INFLUENCER_PLAN_SEARCH_H

#include "lib/binaryheap.h"

#include "campaign/campaign_plan.h"

/* What a greedy choice looks at. */
typedef enum Greed
{
	BY_REACH_PER_FEE,
	BY_REACH,
	BY_WORTH					/* of those reached often enough, per fee */
} Greed;

/* What a candidate adds at most, for its fee. */
typedef struct Offer
{
	float8		gain;
	float8		cost;
} Offer;

/* The search, and the run under way. */
typedef struct PlanSearch
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
	Offer	   *offers;			/* room for one of each candidate */
} PlanSearch;

/* plan_bound.c */
extern void search_lower_bound(PlanSearch *search);

/* plan_greedy.c */
extern int	search_compare(Datum a, Datum b, void *arg);
extern void search_refresh_gain(PlanSearch *search, Candidate *candidate);
extern void search_pick(PlanSearch *search, Candidate *candidate);
extern void search_pick_again(PlanSearch *search, Candidate *candidate);
extern void search_clear_run(PlanSearch *search, Greed greed);
extern void search_pick_greedily(PlanSearch *search, bool bounding);
extern void search_pick_needed(PlanSearch *search);
extern bool search_keep_best(PlanSearch *search);

/* plan_exchange.c */
extern void search_exchange(PlanSearch *search);
extern void search_exchange_two(PlanSearch *search);

#endif							/* INFLUENCER_PLAN_SEARCH_H */
