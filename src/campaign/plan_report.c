/*-------------------------------------------------------------------------
 *
 * plan_report.c
 *		What the picks of a plan reach, told apart from why they were picked.
 *
 * The best of a thousand samples are those with the luckiest errors, so what
 * picks reach by the hashes that they were chosen by is too much.  They are
 * chosen by one half of the hashes, and the other half does not know of that.
 * All hashes together tell what each pick adds with less error, and too much,
 * half of the excess of those chosen by: so these figures are made smaller in
 * proportion, until their sum is that of the other half.  Exact sketches, whose
 * own reach has no error, are made smaller apart.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "campaign/campaign_plan.h"

/* Standard deviations that the bounds of a plan's reach are apart from it. */
#define DEVIATIONS			2

/* What the picks reach by the hashes of a side; sampled ones are [1]. */
typedef struct Telling
{
	float8	   *added;
	float8	   *variance;
	float8		sum[2];
} Telling;

static int
is_sampled(const Candidate *candidate)
{
	return candidate->audience.theta != THETA_MAX;
}

/* Tell what the picks of a plan add, in their order. */
static void
tell(const PlanProblem *problem, const CampaignPlan *plan, Side side,
	 Telling *telling)
{
	const Cover *like = problem->reached.cover;
	Cover		cover;

	memset(telling, 0, sizeof(*telling));
	telling->added = palloc((plan->npicks + 1) * sizeof(float8));
	telling->variance = palloc((plan->npicks + 1) * sizeof(float8));
	cover_init(&cover, like->kind, like->often, side);
	for (int i = 0; i < plan->npicks; i++)
	{
		Candidate  *pick = plan->picks[i];
		float8		chosen_by = pick->reach;
		float8		weight = like->kind == COVER_WEIGHTED ? 1 : pick->weight;
		float8		variance;

		pick->reach = cover_own_reach(side, pick);
		telling->added[i] = cover_worth(&cover, pick, &variance) * weight;
		telling->sum[is_sampled(pick)] += telling->added[i];
		telling->variance[i] = variance * square(weight);
		cover_add(&cover, pick);
		pick->reach = chosen_by;
	}
	pfree(cover.slots);
}

/* What a sum is to be multiplied by to be no more than another. */
static float8
reduction(float8 sum, float8 other)
{
	return other < sum ? other / sum : 1;
}

/* Set what the picks add, and bounds of their sums. */
static void
set_reach(CampaignPlan *plan, const Telling *all, const Telling *other)
{
	float8		told = 0;
	float8		variance = 0;

	plan->reach = 0;
	for (int i = 0; i < plan->npicks; i++)
	{
		int			kind = is_sampled(plan->picks[i]);
		float8		margin;

		plan->added[i] = all->added[i] * reduction(all->sum[kind], other->sum[kind]);
		plan->reach += plan->added[i];
		told += other->added[i];
		variance += other->variance[i];
		margin = DEVIATIONS * sqrt(variance);
		plan->low[i] = Max(Min(told - margin, plan->reach), 0);
		plan->high[i] = Max(told + margin, plan->reach);
	}
}

/*
 * campaign_report
 *		Replace what the picks of a plan add by what is told of them, and set the
 *		bounds of their sums.
 */
void
campaign_report(const PlanProblem *problem, CampaignPlan *plan)
{
	bool		sampled = false;
	float8		reach = 0;
	Telling		all;
	Telling		other;

	plan->low = palloc((plan->npicks + 1) * sizeof(float8));
	plan->high = palloc((plan->npicks + 1) * sizeof(float8));
	for (int i = 0; i < plan->npicks; i++)
	{
		reach += plan->added[i];
		plan->low[i] = plan->high[i] = reach;
		sampled |= is_sampled(plan->picks[i]);
	}
	if (!sampled)
		return;
	tell(problem, plan, SIDE_BOTH, &all);
	tell(problem, plan, SIDE_TELL, &other);
	set_reach(plan, &all, &other);
	plan->bound = Max(plan->bound, plan->high[plan->npicks - 1]);
}
