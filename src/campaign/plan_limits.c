/*-------------------------------------------------------------------------
 *
 * plan_limits.c
 *		What the picks of a plan may be: the budget, and the rules for groups.
 *
 * Money and numbers only run short, so a candidate that is not allowed need
 * not be asked again.  Where groups must have some picks, a candidate is
 * allowed only if what is left then pays for the cheapest that are
 * missing: see plan_complete.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "base/numeric.h"
#include "campaign/campaign_plan.h"

/* Is there enough left to pay a candidate?  Exactly, where it is close. */
static bool
can_pay(const Candidate *candidate, Numeric left, float8 left_roughly)
{
	if (candidate->cost < left_roughly * (1 - COST_ROUNDING))
		return true;
	if (candidate->cost > left_roughly * (1 + COST_ROUNDING))
		return false;
	return numeric_compare(candidate->fee, left) <= 0;
}

static int
compare_costs(const void *a, const void *b)
{
	const Candidate *x = *(Candidate *const *) a;
	const Candidate *y = *(Candidate *const *) b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return x < y ? -1 : (x > y ? 1 : 0);
}

/* In how many groups that must have some is a candidate? */
static int
needed_groups(const PlanProblem *problem, const Candidate *candidate)
{
	int			n = 0;

	for (int i = 0; i < candidate->ngroups; i++)
		n += problem->groups[candidate->groups[i]].least > 0;
	return n;
}

static void
collect_useful(PlanLimits *limits)
{
	const PlanProblem *problem = limits->problem;
	bool		any = false;

	for (int i = 0; i < problem->ngroups; i++)
		any |= problem->groups[i].least > 0;
	if (!any)
		return;
	limits->useful = MemoryContextAllocHuge(CurrentMemoryContext,
											(Size) problem->count *
											sizeof(Candidate *));
	limits->chosen = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) problem->count + 2) *
											sizeof(Candidate *));
	for (int i = 0; i < problem->count; i++)
	{
		int			n = needed_groups(problem, &problem->candidates[i]);

		if (n > 0)
			limits->useful[limits->nuseful++] = &problem->candidates[i];
		limits->overlapping |= n > 1;
	}
	sort_interruptible(limits->useful, limits->nuseful, sizeof(Candidate *),
					   compare_costs);
}

/* limits_init: for a budget */
void
limits_init(PlanLimits *limits, const PlanProblem *problem, Numeric budget)
{
	memset(limits, 0, sizeof(*limits));
	limits->problem = problem;
	limits->budget = budget;
	limits->budget_roughly = numeric_to_double(budget);
	limits->numbers = AllocSetContextCreate(CurrentMemoryContext,
											"campaign plan",
											ALLOCSET_SMALL_SIZES);
	limits->picked = palloc((problem->ngroups + 1) * sizeof(int));
	limits->group_left = palloc((problem->ngroups + 1) * sizeof(Numeric));
	limits->group_left_roughly = palloc((problem->ngroups + 1) *
										sizeof(float8));
	collect_useful(limits);
}

/* A share of the budget, exactly; of an infinite one all, but of nothing. */
static Numeric
budget_share(Numeric budget, float8 share)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	Datum		factor;

	if (share == 0)
		return int64_to_numeric(0);
	double_to_shortest_decimal_buf(share, digits);
	factor = DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
								 ObjectIdGetDatum(InvalidOid),
								 Int32GetDatum(-1));
	return DatumGetNumeric(DirectFunctionCall2(numeric_mul,
											   NumericGetDatum(budget),
											   factor));
}

/* limits_clear: nothing is picked */
void
limits_clear(PlanLimits *limits)
{
	const PlanProblem *problem = limits->problem;
	MemoryContext old;

	MemoryContextReset(limits->numbers);
	old = MemoryContextSwitchTo(limits->numbers);
	limits->spent = int64_to_numeric(0);
	limits->left = limits->budget;
	limits->left_roughly = limits->budget_roughly;
	limits->missing = 0;
	for (int i = 0; i < problem->ngroups; i++)
	{
		const PlanGroup *group = &problem->groups[i];

		limits->picked[i] = 0;
		limits->missing += Min(group->least, group->members);
		limits->group_left[i] = group->fee_share < 1 ?
			budget_share(limits->budget, group->fee_share) : NULL;
		limits->group_left_roughly[i] = group->fee_share < 1 ?
			numeric_to_double(limits->group_left[i]) : get_float8_infinity();
	}
	MemoryContextSwitchTo(old);
}

/* limits_take: a pick, which must be allowed */
void
limits_take(PlanLimits *limits, const Candidate *candidate)
{
	MemoryContext old = MemoryContextSwitchTo(limits->numbers);

	limits->spent = numeric_plus(limits->spent, candidate->fee);
	limits->left = numeric_minus(limits->budget, limits->spent);
	limits->left_roughly = numeric_to_double(limits->left);
	for (int i = 0; i < candidate->ngroups; i++)
	{
		int			g = candidate->groups[i];

		limits->missing -= limits->picked[g] <
			limits->problem->groups[g].least;
		limits->picked[g]++;
		if (limits->group_left[g] == NULL)
			continue;
		limits->group_left[g] = numeric_minus(limits->group_left[g],
											  candidate->fee);
		limits->group_left_roughly[g] =
			numeric_to_double(limits->group_left[g]);
	}
	MemoryContextSwitchTo(old);
}

/*
 * limits_affordable: whether the budget and the groups have room for a
 * candidate
 */
bool
limits_affordable(const PlanLimits *limits, const Candidate *candidate)
{
	const PlanGroup *groups = limits->problem->groups;

	if (!can_pay(candidate, limits->left, limits->left_roughly))
		return false;
	for (int i = 0; i < candidate->ngroups; i++)
	{
		int			g = candidate->groups[i];

		if (limits->picked[g] >= groups[g].most ||
			(limits->group_left[g] != NULL &&
			 !can_pay(candidate, limits->group_left[g],
					  limits->group_left_roughly[g])))
			return false;
	}
	return true;
}

/* limits_allow: whether a candidate can be picked next */
bool
limits_allow(const PlanLimits *limits, const Candidate *candidate)
{
	int			nchosen;

	return limits_affordable(limits, candidate) &&
		(limits->missing == 0 || limits_complete(limits, candidate, &nchosen));
}

/* What the cheapest that a group must have cost; -1 if it has not as many. */
static float8
least_cost(const PlanLimits *limits, int group)
{
	int			number = limits->problem->groups[group].least;
	float8		cost = 0;

	for (int i = 0; i < limits->nuseful && number > 0; i++)
	{
		if (!candidate_in_group(limits->useful[i], group))
			continue;
		cost += limits->useful[i]->cost;
		number--;
	}
	return number > 0 ? -1 : cost;
}

/* What is wrong with a group alone; NULL if nothing is. */
static char *
group_problem(const PlanLimits *limits, int g)
{
	const PlanGroup *group = &limits->problem->groups[g];
	float8		cost = least_cost(limits, g);
	float8		share = group->fee_share < 1 ? limits->group_left_roughly[g] :
		limits->budget_roughly;

	if (cost < 0 && group->is_id)
		return psprintf("%s must be picked, and is not among the candidates that can be paid.",
						group->name);
	if (cost < 0)
		return psprintf("There must be at least %d %s, and the candidates that can be paid have %d.",
						group->least, group->name, group->members);
	if (cost > share * (1 + COST_ROUNDING))
		return psprintf("There must be at least %d %s, and the cheapest cost %.15g; %.15g may be spent.",
						group->least, group->name, cost, share);
	return NULL;
}

/* The rules that ask for picks, as a list. */
static char *
needed_list(const PlanProblem *problem)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < problem->ngroups; i++)
	{
		const PlanGroup *group = &problem->groups[i];

		if (group->least == 0)
			continue;
		appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", group->name);
		if (!group->is_id)
			appendStringInfo(&list, " >= %d", group->least);
	}
	return list.data;
}

/*
 * limits_problem: which rules can't be obeyed, where limits_find() found
 * nobody
 */
char *
limits_problem(const PlanLimits *limits)
{
	for (int i = 0; i < limits->problem->ngroups; i++)
	{
		char	   *problem = group_problem(limits, i);

		if (problem != NULL)
			return problem;
	}
	return psprintf("Each of these can be met, but not all of them within the budget and the other rules: %s.",
					needed_list(limits->problem));
}
