/*-------------------------------------------------------------------------
 *
 * plan_report.c
 *		What the picks of a plan reach, told apart from why they were picked.
 *
 * The best of a thousand samples are those with the luckiest errors, so what
 * picks reach by the hashes that they were chosen by is too much.  They are
 * chosen by one half of the hashes, and the other half does not know of that.
 *
 * The people whose hashes were chosen by are there, all the same: n of them, a
 * part of theta / 2 of all.  The rest of the people, a part of 1 - theta / 2,
 * is told by the other half, m hashes of a part of theta / 2.  So the number
 * told is n + m (1 - theta / 2) / (theta / 2): a mean of what the halves tell,
 * n / (theta / 2) and m / (theta / 2), with the weights theta / 2 and 1 -
 * theta / 2.  With these, its error does not depend on that of the half chosen
 * by, and there is none where theta is 1.
 *
 * All hashes together tell what each pick adds with less error, and too much:
 * so these figures are made smaller in proportion, until their sum is the one
 * that is told.  Exact sketches, whose own reach has no error, are made
 * smaller apart.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "campaign/campaign_plan.h"

/* Standard deviations that the bounds of a plan's reach are apart from it. */
#define DEVIATIONS			2

/* What the picks add by some hashes. */
typedef struct Telling
{
	float8	   *added;
	float8	   *variance;
} Telling;

static int
is_sampled(const Candidate *candidate)
{
	return candidate->audience.theta != THETA_MAX;
}

/* The weight of the half chosen by, of a theta. */
static float8
weight_of_chosen(uint64 theta)
{
	return theta_fraction(theta) / 2;
}

/* The own reach of a pick, told. */
static float8
own_reach(const Candidate *pick)
{
	float8		weight = weight_of_chosen(pick->audience.theta);

	return weight * cover_own_reach(SIDE_CHOOSE, &pick->audience) +
		(1 - weight) * cover_own_reach(SIDE_TELL, &pick->audience);
}

/* What the picks of a plan add by the hashes of a side, in their order. */
static void
tell(const PlanProblem *problem, const CampaignPlan *plan, Side side,
	 Telling *telling)
{
	const Cover *like = problem->reached.cover;
	uint64		hashes = 0;
	Cover		cover;

	for (int i = 0; i < plan->npicks; i++)
		hashes += plan->picks[i]->audience.count;
	telling->added = palloc((plan->npicks + 1) * sizeof(float8));
	telling->variance = palloc((plan->npicks + 1) * sizeof(float8));
	cover_init(&cover, like->kind, like->often, side);
	cover_reserve(&cover, side == SIDE_BOTH ? hashes : hashes / 2);
	for (int i = 0; i < plan->npicks; i++)
	{
		Candidate  *pick = plan->picks[i];
		float8		chosen_by = pick->reach;
		float8		weight = like->kind == COVER_WEIGHTED ? 1 : pick->weight;
		float8		variance;

		pick->reach = side == SIDE_BOTH ?
			cover_own_reach(side, &pick->audience) : own_reach(pick);
		telling->added[i] = cover_worth(&cover, pick, &variance) * weight;
		telling->variance[i] = variance * square(weight);
		cover_add(&cover, pick);
		pick->reach = chosen_by;
	}
	pfree(cover.slots);
}

/* Put what both halves tell together, into the first. */
static void
tell_by_halves(const PlanProblem *problem, const CampaignPlan *plan,
			   Telling *telling)
{
	Telling		chosen;
	uint64		theta = THETA_MAX;

	tell(problem, plan, SIDE_TELL, telling);
	tell(problem, plan, SIDE_CHOOSE, &chosen);
	for (int i = 0; i < plan->npicks; i++)
	{
		float8		weight;

		theta = Min(theta, plan->picks[i]->audience.theta);
		weight = weight_of_chosen(theta);
		telling->added[i] = weight * chosen.added[i] +
			(1 - weight) * telling->added[i];
	}
}

/* The sums over exact picks and over sampled ones. */
static void
sum_by_kind(const CampaignPlan *plan, const Telling *telling, float8 *sums)
{
	sums[0] = sums[1] = 0;
	for (int i = 0; i < plan->npicks; i++)
		sums[is_sampled(plan->picks[i])] += telling->added[i];
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
	float8		all_sums[2];
	float8		other_sums[2];
	float8		told = 0;
	float8		variance = 0;

	sum_by_kind(plan, all, all_sums);
	sum_by_kind(plan, other, other_sums);
	plan->reach = 0;
	for (int i = 0; i < plan->npicks; i++)
	{
		int			kind = is_sampled(plan->picks[i]);
		float8		margin;

		plan->added[i] = all->added[i] *
			reduction(all_sums[kind], other_sums[kind]);
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
 *		Replace what the picks of a plan add by what is told of them, and set
 *		the bounds of their sums.
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
	tell_by_halves(problem, plan, &other);
	set_reach(plan, &all, &other);
	plan->bound = Max(plan->bound, plan->high[plan->npicks - 1]);
}
