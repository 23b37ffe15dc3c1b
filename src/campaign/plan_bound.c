/*-------------------------------------------------------------------------
 *
 * plan_bound.c
 *		What no plan reaches more than.
 *
 * A pick adds the less the more is covered, so no plan reaches more than the
 * picks of any run, and what the others add to them at most, as much of them
 * as the budget pays for, the last one in part: the bound of every plan.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"

#include "base/compat.h"
#include "campaign/plan_search.h"

/* What sums of gains may be off, relatively. */
#define BOUND_ROUNDING			1e-12

static inline int
compare_offers(const Offer *x, const Offer *y)
{
	float8		x_rate = x->gain * y->cost;
	float8		y_rate = y->gain * x->cost;

	if (x_rate != y_rate)
		return x_rate > y_rate ? -1 : 1;
	return float8_cmp_internal(y->gain, x->gain);
}

#define ST_SORT sort_offers
#define ST_ELEMENT_TYPE Offer
#define ST_COMPARE(a, b) compare_offers(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_gains
#define ST_ELEMENT_TYPE Offer
#define ST_COMPARE(a, b) float8_cmp_internal((b)->gain, (a)->gain)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* What the offers add for a budget at most, the last one in part. */
static float8
fill_budget(Offer *offers, int count, float8 budget)
{
	float8		sum = 0;

	sort_offers(offers, count);
	for (int i = 0; i < count; i++)
	{
		if (offers[i].cost > budget)
			return sum + offers[i].gain * (budget / offers[i].cost);
		sum += offers[i].gain;
		budget -= offers[i].cost;
	}
	return sum;
}

/* How many picks there may be. */
static int
most_picks(const PlanSearch *search)
{
	const PlanProblem *problem = search->problem;

	return problem->ngroups > 0 && problem->rules.ngroups > 0 &&
		problem->rules.groups[0].name == NULL ? problem->groups[0].most :
		PG_INT32_MAX;
}

/* Take a bound that is lower; it is rounded up, or to whole people. */
static void
take_bound(PlanSearch *search, float8 bound)
{
	float8		whole = rint(bound);

	if (fabs(bound - whole) <= BOUND_ROUNDING * bound)
		bound = whole;
	else
		bound *= 1 + BOUND_ROUNDING;
	search->bound = Min(search->bound, bound);
}

/*
 * search_lower_bound
 *		Lower the bound to what is reached, and what all others add to it at
 *		most.
 */
void
search_lower_bound(PlanSearch *search)
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
		sort_gains(search->offers, n);
		for (int i = 0; i < most; i++)
			sum += search->offers[i].gain;
		take_bound(search, search->potential + sum);
	}
	sum = fill_budget(search->offers, n, search->limits.budget_roughly);
	take_bound(search, search->potential + sum);
}
