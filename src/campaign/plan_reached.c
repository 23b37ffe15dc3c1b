/*-------------------------------------------------------------------------
 *
 * plan_reached.c
 *		Whom the picks of a campaign reach: by sketches, or by numbers.
 *
 * By numbers, a candidate reaches a share of its market's population, and a
 * model says what the picks of a market reach together; people of two markets
 * are different people.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "campaign/campaign_plan.h"

/* What looking at a model costs, in looks at a hash. */
#define MODEL_EFFORT		8

/* reached_clear: nobody is reached */
void
reached_clear(Reached *reached)
{
	if (reached->cover != NULL)
		cover_clear(reached->cover);
	for (int i = 0; i < reached->nmarkets; i++)
	{
		memset(&reached->markets[i].sums, 0, sizeof(ReachSums));
		if (reached->often > 1)
			reach_times_clear(&reached->markets[i].times);
	}
}

static void
market_add(const Reached *reached, const Candidate *pick)
{
	Market	   *market = &reached->markets[pick->market];

	market->sums.shares += pick->share;
	market->sums.terms += pick->term;
	if (reached->often > 1)
		reach_times_add(&market->times, &market->model, pick->share);
}

/* reached_add: the people of a pick */
void
reached_add(Reached *reached, const Candidate *pick)
{
	if (reached->cover != NULL)
		cover_add(reached->cover, pick);
	else
		market_add(reached, pick);
}

/*
 * What a candidate adds to those who are reached once, never more than it has.
 */
static float8
market_worth(const Market *market, const Candidate *candidate)
{
	ReachSums	sums = market->sums;
	float8		before = reach_model_share(&market->model, &sums);

	sums.shares += candidate->share;
	sums.terms += candidate->term;
	return Min(Max(reach_model_share(&market->model, &sums) - before, 0) *
			   market->population, candidate->reach);
}

/*
 * reached_worth
 *		How many more people a candidate would reach, by weight, as often as
 *		counts.
 */
float8
reached_worth(const Reached *reached, const Candidate *candidate)
{
	const Market *market;
	float8		variance;

	if (reached->cover != NULL)
		return cover_worth(reached->cover, candidate, &variance) *
			(reached->cover->kind == COVER_WEIGHTED ? 1 : candidate->weight);
	market = &reached->markets[candidate->market];
	if (reached->often == 1)
		return market_worth(market, candidate);
	return reach_times_gain(&market->times, &market->model, candidate->share) *
		market->population;
}

/*
 * reached_gain
 *		What a candidate is chosen by: how many more people it would reach;
 *		where they must be reached several times, those whom it would bring
 *		nearer to that count as well, in parts.
 *
 * This sum never grows when others are picked, and is at least as large as the
 * number of those who are reached often enough.
 */
float8
reached_gain(const Reached *reached, const Candidate *candidate)
{
	const Market *market;

	if (reached->often == 1)
		return reached_worth(reached, candidate);
	if (reached->cover != NULL)
		return cover_gain(reached->cover, candidate) * candidate->weight;
	market = &reached->markets[candidate->market];
	return reach_times_nearer(&market->times, &market->model,
							  candidate->share) *
		market->population;
}

/* reached_effort: what that costs, in hashes looked up */
int
reached_effort(const Reached *reached, const Candidate *candidate)
{
	return reached->cover != NULL ?
		cover_effort(reached->cover, candidate) :
		MODEL_EFFORT * reached->often;
}
