/*-------------------------------------------------------------------------
 *
 * campaign_state.h
 *		The state of campaign_plan(): rows of candidates.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAMPAIGN_STATE_H
#define INFLUENCER_CAMPAIGN_STATE_H

#include "access/tupdesc.h"
#include "utils/array.h"

#include "campaign/campaign_plan.h"

/*
 * The columns of campaign_candidate.  A float8 travels as the bits of a
 * bigint: as text, it would depend on extra_float_digits.
 */
enum CandidateColumn
{
	CANDIDATE_ID,
	CANDIDATE_FEE,
	CANDIDATE_AUDIENCE,			/* NULL in a plan by numbers */
	CANDIDATE_REACH,			/* bits; NULL in a plan by sketches */
	CANDIDATE_WEIGHT,			/* bits */
	CANDIDATE_POPULATION,		/* bits; NULL in a plan by sketches */
	CANDIDATE_MEAN_COMMON,		/* bits; NULL: by chance */
	CANDIDATE_MARKET,			/* NULL: there is one */
	CANDIDATE_GROUPS,			/* NULL: none */
	CANDIDATE_BUDGETS,
	CANDIDATE_RULES,			/* NULL: none */
	CANDIDATE_COLUMNS
};

extern TupleDesc campaign_row_columns(Oid type, int columns);
extern bool campaign_read_state(Datum state, PlanProblem *problem,
								Numeric **budgets, int *nbudgets, Oid *id_type);
extern void campaign_check_budget(Numeric budget);
extern int	campaign_check_budgets(ArrayType *array, Numeric **budgets);
extern void campaign_check_fee(Numeric fee);
extern void campaign_check_weight(float8 weight);
extern void campaign_check_reach(float8 reach, float8 population);

#endif							/* INFLUENCER_CAMPAIGN_STATE_H */
