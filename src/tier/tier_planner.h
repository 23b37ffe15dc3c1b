/*-------------------------------------------------------------------------
 *
 * tier_planner.h
 *		What stands in an expression over tiers, and what it is rewritten to.
 *
 * What is found in a tree is checked to be what its function takes: it was
 * written by others.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_TIER_PLANNER_H
#define INFLUENCER_TIER_PLANNER_H

#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"

#include "tier/tier.h"

/* A set of tiers: bit i stands for the tier at place i of the ladder. */
typedef uint8 TierSet;

#define TIER_SET_NONE			((TierSet) 0)
#define TIER_SET_AT(index)		((TierSet) (1 << (index)))
#define TIER_SET_ALL			((TierSet) ((1 << TIER_COUNT) - 1))
#define TIER_SET_HAS(set, index) (((set) & TIER_SET_AT(index)) != 0)

/*
 * A comparison function of tier: whether a tier that is below, equal to or
 * above the one on its right satisfies it; and PostgreSQL's own estimators for
 * such a comparison.
 */
typedef struct TierComparison
{
	PGFunction	function;
	bool		below;
	bool		equal;
	bool		above;
	PGFunction	restriction;
	PGFunction	join;
} TierComparison;

/* tier(counted [, scheme]) */
typedef struct TierCall
{
	Expr	   *counted;		/* without a cast from a smaller integer */
	Expr	   *scheme;			/* NULL for the default */
	const TierScheme *known;	/* the scheme, if it is known now */
	Oid			type;			/* of the call: tier */
	Oid			schema;			/* of its function */
} TierCall;

/* tier_match.c */
extern PGFunction tier_function_address(Oid funcid);
extern const TierComparison *tier_find_comparison(Oid funcid);
extern TierComparison tier_commuted(const TierComparison *comparison);
extern bool tier_match_call(Node *node, TierCall *call);
extern bool tier_match_constant(Node *node, int *index);
extern const TierScheme *tier_constant_scheme(Node *node);
extern bool tier_match_in_tiers(List *args, Expr **counted,
								const TierScheme **scheme);
extern bool tier_match_array(Node *node, TierSet *set, bool *has_null,
							 bool *is_empty);

/* tier_condition.c */
extern Expr *tier_constant_bound(Expr *counted, int strategy, int64 bound);
extern Expr *tier_condition(Expr *counted, TierSet set,
							const TierScheme *scheme);
extern Expr *tier_parameter_condition(const TierComparison *comparison,
									  const TierCall *call, Expr *parameter);

/* tier_query.c */
extern bool tier_stands_over_groups(PlannerInfo *root, List *args);
extern bool tier_is_partition_key(PlannerInfo *root, const TierCall *call);

/* tier_selectivity.c */
extern bool tier_estimate_in_tiers(SupportRequestSelectivity *request);

#endif							/* INFLUENCER_TIER_PLANNER_H */
