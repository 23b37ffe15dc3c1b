/*-------------------------------------------------------------------------
 *
 * plan_limits.c
 *		What the picks of a plan may be: the budget, and the rules for groups.
 *
 * Money and numbers only run short, so a candidate that is not allowed need
 * not be asked again.  Where groups must have some picks, a candidate is
 * allowed only if what is left then pays for the cheapest that are
 * missing.  Finding those is simple where everybody is in one such group: the
 * cheapest ones.  In several it is as hard as covering a set; then the
 * cheapest, and those that help most groups for their fee, are tried.
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
#include "base/numeric.h"
#include "campaign/campaign_plan.h"

/* What sums of doubles may be off. */
#define ROUNDING			1e-9

/* Sets that are tried before a search for any that obeys is given up. */
#define FIND_STEPS			100000

/* A set of candidates that is put together to complete a plan. */
typedef struct Completion
{
	const PlanLimits *limits;
	int		   *count;			/* of picks in each group, these included */
	float8	   *group_left;
	float8		left;
	int			missing;
	Candidate **chosen;
	int			nchosen;
	int			steps;			/* that a search may take yet */
} Completion;

/* Is there enough left to pay a candidate?  Exactly, where it is close. */
static bool
can_pay(const Candidate *candidate, Numeric left, float8 left_roughly)
{
	if (candidate->cost < left_roughly * (1 - ROUNDING))
		return true;
	if (candidate->cost > left_roughly * (1 + ROUNDING))
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
											(Size) problem->count * sizeof(Candidate *));
	limits->chosen = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) problem->count + 2) * sizeof(Candidate *));
	for (int i = 0; i < problem->count; i++)
	{
		int			n = needed_groups(problem, &problem->candidates[i]);

		if (n > 0)
			limits->useful[limits->nuseful++] = &problem->candidates[i];
		limits->overlapping |= n > 1;
	}
	qsort(limits->useful, limits->nuseful, sizeof(Candidate *), compare_costs);
}

/* limits_init: for a budget */
void
limits_init(PlanLimits *limits, const PlanProblem *problem, Numeric budget)
{
	memset(limits, 0, sizeof(*limits));
	limits->problem = problem;
	limits->budget = budget;
	limits->budget_roughly = numeric_to_double(budget);
	limits->numbers = AllocSetContextCreate(CurrentMemoryContext, "campaign plan",
											ALLOCSET_SMALL_SIZES);
	limits->picked = palloc((problem->ngroups + 1) * sizeof(int));
	limits->group_left = palloc((problem->ngroups + 1) * sizeof(Numeric));
	limits->group_left_roughly = palloc((problem->ngroups + 1) * sizeof(float8));
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
								 ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	return DatumGetNumeric(DirectFunctionCall2(numeric_mul,
											   NumericGetDatum(budget), factor));
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

		limits->missing -= limits->picked[g] < limits->problem->groups[g].least;
		limits->picked[g]++;
		if (limits->group_left[g] == NULL)
			continue;
		limits->group_left[g] = numeric_minus(limits->group_left[g], candidate->fee);
		limits->group_left_roughly[g] = numeric_to_double(limits->group_left[g]);
	}
	MemoryContextSwitchTo(old);
}

/* Whether a candidate may be added to a completion, and helps. */
static bool
completes(const Completion *completion, const Candidate *candidate)
{
	const PlanGroup *groups = completion->limits->problem->groups;
	bool		helps = false;

	if (candidate->cost > completion->left * (1 + ROUNDING))
		return false;
	for (int i = 0; i < candidate->ngroups; i++)
	{
		int			g = candidate->groups[i];

		if (completion->count[g] >= groups[g].most ||
			candidate->cost > completion->group_left[g] * (1 + ROUNDING))
			return false;
		helps |= completion->count[g] < groups[g].least;
	}
	return helps;
}

/* Add a candidate to a completion; by -1, take it away again. */
static void
complete_with(Completion *completion, Candidate *candidate, int by)
{
	const PlanGroup *groups = completion->limits->problem->groups;

	for (int i = 0; i < candidate->ngroups; i++)
	{
		int			g = candidate->groups[i];

		if (by < 0)
			completion->count[g]--;
		completion->missing -= by * (completion->count[g] < groups[g].least);
		if (by > 0)
			completion->count[g]++;
		completion->group_left[g] -= by * candidate->cost;
	}
	completion->left -= by * candidate->cost;
	if (by > 0)
		completion->chosen[completion->nchosen++] = candidate;
	else
		completion->nchosen--;
}

static bool
is_chosen(const Completion *completion, const Candidate *candidate)
{
	for (int i = 0; i < completion->nchosen; i++)
	{
		if (completion->chosen[i] == candidate)
			return true;
	}
	return false;
}

/* A completion that goes on from what is picked. */
static void
start_completion(Completion *completion, const PlanLimits *limits)
{
	int			ngroups = limits->problem->ngroups;

	completion->limits = limits;
	completion->count = palloc((ngroups + 1) * sizeof(int));
	completion->group_left = palloc((ngroups + 1) * sizeof(float8));
	memcpy(completion->count, limits->picked, ngroups * sizeof(int));
	memcpy(completion->group_left, limits->group_left_roughly,
		   ngroups * sizeof(float8));
	completion->left = limits->left_roughly;
	completion->missing = limits->missing;
	completion->chosen = limits->chosen;
	completion->nchosen = 0;
}

/* Complete with the cheapest that help, beside the next. */
static void
complete_by_cost(Completion *completion, const Candidate *next)
{
	const PlanLimits *limits = completion->limits;

	for (int i = 0; i < limits->nuseful && completion->missing > 0; i++)
	{
		Candidate  *candidate = limits->useful[i];

		if (!candidate->taken && candidate != next &&
			completes(completion, candidate))
			complete_with(completion, candidate, 1);
	}
}

/* How many groups a candidate helps. */
static int
help(const Completion *completion, const Candidate *candidate)
{
	const PlanGroup *groups = completion->limits->problem->groups;
	int			n = 0;

	for (int i = 0; i < candidate->ngroups; i++)
		n += completion->count[candidate->groups[i]] < groups[candidate->groups[i]].least;
	return n;
}

/* Complete with those that help most groups for their fee. */
static void
complete_by_help(Completion *completion)
{
	const PlanLimits *limits = completion->limits;

	while (completion->missing > 0)
	{
		Candidate  *best = NULL;
		float8		best_cost = 0;

		for (int i = 0; i < limits->nuseful; i++)
		{
			Candidate  *candidate = limits->useful[i];
			float8		cost;

			CHECK_FOR_INTERRUPTS();
			if (candidate->taken || !completes(completion, candidate) ||
				is_chosen(completion, candidate))
				continue;
			cost = candidate->cost / help(completion, candidate);
			if (best == NULL || cost < best_cost)
			{
				best = candidate;
				best_cost = cost;
			}
		}
		if (best == NULL)
			return;
		complete_with(completion, best, 1);
	}
}

/*
 * limits_complete
 *		Choose who else must be picked after the next, which may be NULL, so that
 *		all groups have what they must; they are limits->chosen, the next first.
 *
 * Returns false if nobody was found; there may be some all the same.
 */
bool
limits_complete(const PlanLimits *limits, const Candidate *next, int *nchosen)
{
	Completion	completion;

	for (int way = 0; way <= (limits->overlapping ? 1 : 0); way++)
	{
		bool		complete;

		start_completion(&completion, limits);
		if (next != NULL)
			complete_with(&completion, unconstify(Candidate *, next), 1);
		if (way == 0)
			complete_by_cost(&completion, next);
		else
			complete_by_help(&completion);
		*nchosen = completion.nchosen;
		complete = completion.missing == 0;
		pfree(completion.count);
		pfree(completion.group_left);
		if (complete)
			return true;
	}
	return false;
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

/* The group that misses some and has the fewest to choose from. */
static int
tightest_group(const Completion *completion)
{
	const PlanProblem *problem = completion->limits->problem;
	int			tightest = -1;

	for (int i = 0; i < problem->ngroups; i++)
	{
		if (completion->count[i] < problem->groups[i].least &&
			(tightest < 0 ||
			 problem->groups[i].members < problem->groups[tightest].members))
			tightest = i;
	}
	return tightest;
}

static bool
is_in_group(const Candidate *candidate, int group)
{
	for (int i = 0; i < candidate->ngroups; i++)
	{
		if (candidate->groups[i] == group)
			return true;
	}
	return false;
}

/* Try all ways to complete, as long as there are steps left. */
static bool
find_completion(Completion *completion, const Candidate **barred, int nbarred)
{
	const PlanLimits *limits = completion->limits;
	int			group;

	if (completion->missing == 0)
		return true;
	check_stack_depth();
	group = tightest_group(completion);
	for (int i = 0; i < limits->nuseful; i++)
	{
		Candidate  *candidate = limits->useful[i];
		bool		tried = false;

		CHECK_FOR_INTERRUPTS();
		if (!is_in_group(candidate, group) || !completes(completion, candidate) ||
			is_chosen(completion, candidate))
			continue;
		for (int j = 0; j < nbarred && !tried; j++)
			tried = barred[j] == candidate;
		if (tried)
			continue;
		if (--completion->steps < 0)
			return false;
		complete_with(completion, candidate, 1);
		if (find_completion(completion, barred, nbarred))
			return true;
		complete_with(completion, candidate, -1);
		barred[nbarred++] = candidate;	/* all sets with it were tried */
	}
	return false;
}

/*
 * limits_find
 *		Choose any picks that obey all rules, before anything is picked; they are
 *		limits->chosen.
 *
 * Returns false if nobody was found; *proved says that there are none.
 */
bool
limits_find(PlanLimits *limits, int *nchosen, bool *proved)
{
	Completion	completion;
	bool		found;

	*proved = true;
	limits_clear(limits);
	if (limits_complete(limits, NULL, nchosen))
		return true;
	start_completion(&completion, limits);
	completion.steps = FIND_STEPS;
	found = find_completion(&completion,
							palloc((limits->nuseful + 1) * sizeof(Candidate *)), 0);
	*nchosen = completion.nchosen;
	*proved = completion.steps >= 0;
	return found;
}

/* What the cheapest that a group must have cost; -1 if it has not as many. */
static float8
least_cost(const PlanLimits *limits, int group)
{
	int			number = limits->problem->groups[group].least;
	float8		cost = 0;

	for (int i = 0; i < limits->nuseful && number > 0; i++)
	{
		if (!is_in_group(limits->useful[i], group))
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
	if (cost > share * (1 + ROUNDING))
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
