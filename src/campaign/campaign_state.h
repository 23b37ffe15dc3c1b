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
	CANDIDATE_REACH,			/* bits; of a sketch that is a sample, by the
								 * hashes that picks are chosen by */
	CANDIDATE_WEIGHT,			/* bits */
	CANDIDATE_POPULATION,		/* bits; NULL in a plan by sketches */
	CANDIDATE_MEAN_COMMON,		/* bits; NULL: by chance */
	CANDIDATE_MARKET,			/* NULL: there is one */
	CANDIDATE_GROUPS,			/* NULL: none */
	CANDIDATE_BUDGETS,
	CANDIDATE_RULES,			/* NULL: none */
	CANDIDATE_COLUMNS
};

/* What the row of a candidate says of its market. */
typedef struct MarketRow
{
	text	   *name;			/* NULL: the only one without */
	float8		population;
	bool		fitted;			/* mean_common is known */
	float8		mean_common;
} MarketRow;

/* campaign_state.c */
extern bool campaign_read_state(Datum state, PlanProblem *problem,
								Numeric **budgets, int *nbudgets,
								Oid *id_type);
extern void campaign_fail_null(void);

/* campaign_check.c */
extern int	campaign_check_budgets(ArrayType *array, Numeric **budgets);
extern void campaign_check_fee(Numeric fee);
extern void campaign_check_weight(float8 weight);
extern void campaign_check_reach(float8 reach, float8 population);
extern void campaign_check_mean_common(float8 mean_common);
extern void campaign_check_same(bool same, const char *what);
extern bool campaign_same_bytes(const void *a, const void *b);

/* plan_markets.c */
extern void plan_make_markets(PlanProblem *problem, const MarketRow *rows);
extern void plan_prepare_markets(PlanProblem *problem);

/* plan_groups.c */
extern void plan_make_groups(PlanProblem *problem, const text *rules_text,
							 ArrayType *const *labels, Oid id_type);
extern void plan_leave_groups(PlanProblem *problem,
							  const Candidate *candidate);

/* plan_order.c */
extern void plan_sort_candidates(PlanProblem *problem, Oid id_type);

#endif							/* INFLUENCER_CAMPAIGN_STATE_H */
