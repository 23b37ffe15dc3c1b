/*-------------------------------------------------------------------------
 *
 * campaign_plan.h
 *		Planning a campaign: candidates, what is covered, and plans.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAMPAIGN_PLAN_H
#define INFLUENCER_CAMPAIGN_PLAN_H

#include "utils/numeric.h"

#include "audience/audience.h"

/* A profile that could be picked. */
typedef struct Candidate
{
	Datum		id;				/* a bigint or a text */
	Numeric		fee;
	float8		cost;			/* the fee, roughly */
	float8		weight;			/* relevant share of the audience, above 0, to 1 */
	AudienceView audience;

	/* of the run under way */
	float8		gain;			/* reach it would add: at most, or exactly */
	int			gain_round;		/* picks that gain takes into account */
	bool		taken;			/* picked, or not to be picked */
} Candidate;

/*
 * The people that the picks of a run reach: their hashes, and the largest
 * weight of a pick that reaches them.  A hash table with linear probing.
 */
typedef struct Cover
{
	uint64	   *slots;			/* a hash, 0 where free, then its weight, if any */
	int			words;			/* of a slot: 1 if all weights are the same */
	uint64		mask;			/* slots - 1; their number is a power of two */
	int			shift;			/* 64 - log2 of their number */
	uint64		used;
	uint64		theta;			/* the smallest of the picks */
} Cover;

extern void cover_init(Cover *cover, bool weighted);
extern void cover_clear(Cover *cover);
extern void cover_add(Cover *cover, const Candidate *pick);
extern float8 cover_gain(const Cover *cover, const Candidate *candidate);
extern int	cover_effort(const Cover *cover, const Candidate *candidate);

/* Some picks, in order. */
typedef struct CampaignPlan
{
	int			npicks;
	Candidate **picks;
	float8	   *added;			/* reach that each adds to those before it */
	float8		reach;			/* the sum of these */
	Numeric		spent;
} CampaignPlan;

extern CampaignPlan *campaign_best_plan(Candidate *candidates, int count,
										Numeric budget);

#endif							/* INFLUENCER_CAMPAIGN_PLAN_H */
