/*-------------------------------------------------------------------------
 *
 * plan_complete.c
 *		Who else must be picked, so that all groups have what they must.
 *
 * Where everybody is in one such group, the cheapest will do.  In several it
 * is as hard as covering a set; then the cheapest, and those that help most
 * groups for their fee, are tried, and in the end all ways, up to a number of
 * steps.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "base/compat.h"
#include "campaign/campaign_plan.h"

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

/* Whether a candidate may be added to a completion, and helps. */
static bool
completes(const Completion *completion, const Candidate *candidate)
{
	const PlanGroup *groups = completion->limits->problem->groups;
	bool		helps = false;

	if (candidate->cost > completion->left * (1 + COST_ROUNDING))
		return false;
	for (int i = 0; i < candidate->ngroups; i++)
	{
		int			g = candidate->groups[i];

		if (completion->count[g] >= groups[g].most ||
			candidate->cost > completion->group_left[g] * (1 + COST_ROUNDING))
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
		n += completion->count[candidate->groups[i]] <
			groups[candidate->groups[i]].least;
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
 *		Choose who else must be picked after the next, which may be NULL, so
 *		that all groups have what they must; they are limits->chosen, the next
 *		first.
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
		if (!candidate_in_group(candidate, group) ||
			!completes(completion, candidate) ||
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
 *		Choose any picks that obey all rules, before anything is picked; they
 *		are limits->chosen.
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
							palloc((limits->nuseful + 1) *
								   sizeof(Candidate *)), 0);
	*nchosen = completion.nchosen;
	*proved = completion.steps >= 0;
	return found;
}
