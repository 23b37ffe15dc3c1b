/*-------------------------------------------------------------------------
 *
 * campaign_plan.h
 *		Planning a campaign: candidates, who is reached, rules, and plans.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAMPAIGN_PLAN_H
#define INFLUENCER_CAMPAIGN_PLAN_H

#include "utils/numeric.h"

#include "audience/audience.h"
#include "campaign/plan_rules.h"
#include "campaign/reach_model.h"

/* A profile that could be picked. */
typedef struct Candidate
{
	Datum		id;				/* a bigint, a text or a uuid */
	Numeric		fee;
	float8		cost;			/* the fee, roughly */
	float8		weight;			/* relevant share of the audience, above 0, to
								 * 1 */
	AudienceView audience;		/* of a plan by sketches */
	float8		reach;			/* its own; of sketches, as the run sees it */
	int			market;			/* of a plan by numbers: its population, */
	float8		share;			/* the share of it that is reached, */
	float8		term;			/* and what the model makes of that */
	int			ngroups;
	int		   *groups;			/* those of PlanProblem that it is in */

	/* of the run under way */
	float8		gain;			/* what it would add: at most, or exactly */
	int			gain_round;		/* picks that gain takes into account */
	bool		taken;			/* picked, or not to be picked */

	/* of the run of the best plan */
	float8		best_gain;
	int			best_round;
} Candidate;

/*
 * Hashes that are looked at.  Where sketches are samples, picks are chosen by
 * the one half of the hashes, and what they reach is told by the other: those
 * chosen for the errors of the one have none of that in the other.
 */
typedef enum Side
{
	SIDE_TELL,					/* even hashes */
	SIDE_CHOOSE,				/* odd ones */
	SIDE_BOTH
} Side;

/* What is known of somebody who is reached. */
typedef struct CoverSlot
{
	uint64		hash;			/* 0 where the slot is free */
	union
	{
		int			level;		/* of the pick with the largest theta */
		int			times;		/* how many picks reach him */
		float8		weight;		/* the largest of a pick */
	}			known;
} CoverSlot;

/* What a slot knows. */
typedef enum CoverKind
{
	COVER_PLAIN,
	COVER_WEIGHTED,
	COVER_TIMES
} CoverKind;

/* Thetas of picks are rounded down to one of these. */
#define COVER_LEVELS		256

/*
 * The people that the picks of a run reach, by the hashes of their sketches: a
 * table with linear probing.
 */
typedef struct Cover
{
	CoverKind	kind;
	Side		side;
	int			often;			/* of COVER_TIMES: so often counts */
	CoverSlot  *slots;
	uint64		mask;			/* slots - 1; their number is a power of two */
	int			shift;			/* 64 - log2 of their number */
	uint64		used;
	uint64		theta;			/* the smallest of the picks */
	bool		levels[COVER_LEVELS];	/* which the picks have */
} Cover;

extern void cover_init(Cover *cover, CoverKind kind, int often, Side side);
extern void cover_clear(Cover *cover);
extern void cover_reserve(Cover *cover, uint64 more);
extern void cover_add(Cover *cover, const Candidate *pick);
extern float8 cover_gain(const Cover *cover, const Candidate *candidate);
extern float8 cover_worth(const Cover *cover, const Candidate *candidate,
						  float8 *variance);
extern int	cover_effort(const Cover *cover, const Candidate *candidate);
extern float8 cover_own_reach(Side side, const AudienceView *view);

static inline float8
square(float8 x)
{
	return x * x;
}

/* A population, of which candidates reach a share. */
typedef struct Market
{
	text	   *name;			/* NULL: the only one without */
	float8		population;
	bool		fitted;			/* mean_common is known */
	float8		mean_common;
	int			count;			/* candidates in it */
	float8	   *shares;
	ReachModel	model;
	ReachSums	sums;
	ReachTimes	times;			/* if often > 1 */
} Market;

/* Whom the picks of a run reach. */
typedef struct Reached
{
	int			often;			/* who counts is reached so often */
	Cover	   *cover;			/* of a plan by sketches */
	int			nmarkets;
	Market	   *markets;		/* of a plan by numbers */
} Reached;

extern void reached_clear(Reached *reached);
extern void reached_add(Reached *reached, const Candidate *pick);
extern float8 reached_gain(const Reached *reached, const Candidate *candidate);
extern float8 reached_worth(const Reached *reached,
							const Candidate *candidate);
extern int	reached_effort(const Reached *reached, const Candidate *candidate);

/* Candidates of whom a plan must have some, and not too many. */
typedef struct PlanGroup
{
	const char *name;			/* for errors */
	int			least;
	int			most;
	float8		fee_share;		/* of the budget; 1: all */
	int			members;
	const Candidate *last_member;	/* that joined */
	bool		is_id;			/* somebody who must be picked */
} PlanGroup;

/* What is to be planned. */
typedef struct PlanProblem
{
	Candidate  *candidates;		/* in an order that does not depend on the
								 * rows' */
	int			count;
	Reached		reached;
	PlanRules	rules;
	PlanGroup  *groups;
	int			ngroups;
} PlanProblem;

/* Some picks, in order. */
typedef struct CampaignPlan
{
	int			npicks;
	Candidate **picks;
	float8	   *added;			/* reach that each adds to those before it */
	float8		reach;			/* the sum of these */
	Numeric		spent;
	float8		bound;			/* no plan reaches more */
	float8	   *low;			/* bounds of what they reach up to each, by
								 * the */
	float8	   *high;			/* sketches' errors */
} CampaignPlan;

/* What sums of costs may be off, relatively. */
#define COST_ROUNDING		1e-9

/* Whether a candidate is in a group of PlanProblem. */
static inline bool
candidate_in_group(const Candidate *candidate, int group)
{
	for (int i = 0; i < candidate->ngroups; i++)
	{
		if (candidate->groups[i] == group)
			return true;
	}
	return false;
}

/* plan_limits.c */
typedef struct PlanLimits
{
	const PlanProblem *problem;
	Numeric		budget;
	float8		budget_roughly;
	MemoryContext numbers;		/* the numerics of the run */

	Numeric		spent;
	Numeric		left;
	float8		left_roughly;
	int		   *picked;			/* of each group */
	Numeric    *group_left;		/* what its share of the budget leaves; or
								 * NULL */
	float8	   *group_left_roughly;
	int			missing;		/* picks that groups still need, added up */
	Candidate **useful;			/* in a group with a least number, by fee */
	int			nuseful;
	bool		overlapping;	/* some are in two such groups */
	Candidate **chosen;			/* room for those that complete a plan */
} PlanLimits;

extern void limits_init(PlanLimits *limits, const PlanProblem *problem,
						Numeric budget);
extern void limits_clear(PlanLimits *limits);
extern bool limits_affordable(const PlanLimits *limits,
							  const Candidate *candidate);
extern bool limits_allow(const PlanLimits *limits, const Candidate *candidate);
extern void limits_take(PlanLimits *limits, const Candidate *candidate);
extern char *limits_problem(const PlanLimits *limits);

/* plan_complete.c */
extern bool limits_complete(const PlanLimits *limits, const Candidate *next,
							int *nchosen);
extern bool limits_find(PlanLimits *limits, int *nchosen, bool *proved);

/* plan_search.c */
extern CampaignPlan *campaign_best_plan(PlanProblem *problem, Numeric budget,
										int64 effort, char **impossible);

/* plan_report.c */
extern void campaign_report(const PlanProblem *problem, CampaignPlan *plan);

/* Looks at hashes that make a plan better, for campaign_best_plan(). */
#define SEARCH_EFFORT			1000000

#endif							/* INFLUENCER_CAMPAIGN_PLAN_H */
