/*-------------------------------------------------------------------------
 *
 * tier_selectivity.c
 *		How many rows a condition on a tier selects.
 *
 * A condition that can't be rewritten to a range of counts (IN, IS DISTINCT
 * FROM, a join on a tier) is estimated from the shares of the tiers among the
 * rows of either side: those of tier(x) from the statistics of x, those of a
 * column of tiers from its own.  PostgreSQL's estimators would find no
 * statistics of tier(x) and guess half a percent.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "optimizer/plancat.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"

#include "base/compat.h"
#include "tier/tier_planner.h"

/* A tier that nothing is known of is this one with so much chance. */
#define DEFAULT_TIER_SHARE		(1.0 / 6.0)

/* How many tiers there are in an array that nothing is known of. */
#define DEFAULT_TIER_COUNT		2

/* The shares of the tiers among rows. */
typedef struct TierShares
{
	bool		known;			/* else share[] is not set */
	bool		ordinary;		/* statistics of tiers themselves tell them */
	double		rows_apart;		/* so many rows have a tier each; else 0 */
	double		some;			/* of rows that have a tier at all */
	double		share[TIER_COUNT];
} TierShares;

/* The share of rows whose statistics say NULL. */
static double
null_share(VariableStatData *vardata)
{
	return ((Form_pg_statistic) GETSTRUCT(vardata->statsTuple))->stanullfrac;
}

/* Add to each of some values its share, or the same share to each. */
static void
add_values(TierShares *shares, const AttStatsSlot *slot, double same)
{
	for (int i = 0; i < slot->nvalues; i++)
	{
		int			index = tier_index(DatumGetTier(slot->values[i]));

		if (index >= 0)
			shares->share[index] += slot->nnumbers > i ?
				slot->numbers[i] : same;
	}
}

/* The share of all tiers together. */
static double
sum_shares(const TierShares *shares)
{
	double		sum = 0;

	for (int i = 0; i < TIER_COUNT; i++)
		sum += shares->share[i];
	return sum;
}

/*
 * The shares of an expression of tiers by its own statistics: the most common
 * values, and a histogram of the others, which are few.
 */
static void
read_own_statistics(VariableStatData *vardata, TierShares *shares)
{
	AttStatsSlot slot;

	shares->ordinary = true;
	shares->some = 1.0 - null_share(vardata);
	if (get_attstatsslot(&slot, vardata->statsTuple, STATISTIC_KIND_MCV,
						 InvalidOid,
						 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
	{
		add_values(shares, &slot, 0);
		free_attstatsslot(&slot);
	}
	if (get_attstatsslot(&slot, vardata->statsTuple, STATISTIC_KIND_HISTOGRAM,
						 InvalidOid, ATTSTATSSLOT_VALUES))
	{
		add_values(shares, &slot,
				   Max(shares->some - sum_shares(shares), 0) / slot.nvalues);
		free_attstatsslot(&slot);
	}
	shares->known = sum_shares(shares) > 0;
}

/* The share of rows in which counted is at most a bound. */
static double
share_up_to(PlannerInfo *root, Expr *counted, int64 bound, double all,
			int varRelid)
{
	OpExpr	   *condition;

	if (bound == PG_INT64_MAX)
		return all;
	condition = (OpExpr *)
		tier_constant_bound(counted, BTLessEqualStrategyNumber, bound);
	if (condition == NULL)
		return all;
	return restriction_selectivity(root, condition->opno, condition->args,
								   InvalidOid, varRelid);
}

/*
 * The shares of tier(counted, scheme) by the statistics of what is counted;
 * false if it has none.
 */
static bool
read_count_statistics(PlannerInfo *root, const TierCall *call, int varRelid,
					  TierShares *shares)
{
	VariableStatData vardata;
	double		below = 0;

	examine_variable(root, (Node *) call->counted, varRelid, &vardata);
	shares->known = HeapTupleIsValid(vardata.statsTuple);
	if (shares->known)
		shares->some = 1.0 - null_share(&vardata);
	ReleaseVariableStats(vardata);
	if (!shares->known)
		return false;
	for (int i = 0; i < TIER_COUNT; i++)
	{
		TierBand	band;
		double		upto;

		if (!tier_band(call->known, tier_at(i), &band))
			continue;
		upto = share_up_to(root, call->counted, band.last, shares->some,
						   varRelid);
		shares->share[i] = Max(upto - below, 0);
		below = Max(upto, below);
	}
	return true;
}

/* The shares of an expression of tiers that is no constant. */
static void
read_statistics(PlannerInfo *root, Node *node, int varRelid, Oid function,
				TierShares *shares)
{
	VariableStatData vardata;
	TierCall	call;

	examine_variable(root, node, varRelid, &vardata);
	shares->ordinary = vardata.isunique;
	if (vardata.isunique && vardata.rel != NULL)
		shares->rows_apart = Max(vardata.rel->tuples, 1);
	if (HeapTupleIsValid(vardata.statsTuple) &&
		statistic_proc_security_check(&vardata, function))
		read_own_statistics(&vardata, shares);
	ReleaseVariableStats(vardata);
	if (shares->ordinary || !tier_match_call(node, &call))
		return;
	if (call.scheme != NULL)
	{
		Node	   *scheme = estimate_expression_value(root,
													   (Node *) call.scheme);

		call.known = tier_constant_scheme(scheme);
	}
	if (call.known != NULL)
		read_count_statistics(root, &call, varRelid, shares);
}

/*
 * The shares of one side of a comparison, whose function says what of the
 * statistics may be seen.  Gives whether it is a constant.
 */
static bool
read_side(PlannerInfo *root, Node *node, int varRelid, Oid function,
		  TierShares *shares)
{
	int			index;

	memset(shares, 0, sizeof(TierShares));
	shares->some = 1.0;
	if (!IsA(node, Const))
		node = estimate_expression_value(root, node);
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	if (!IsA(node, Const))
	{
		read_statistics(root, node, varRelid, function, shares);
		return false;
	}
	if (((Const *) node)->constisnull)
		shares->some = 0.0;
	else if (tier_match_constant(node, &index))
	{
		shares->known = true;
		shares->share[index] = 1.0;
	}
	return true;
}

/*
 * The sides of a comparison, of which the left is kept from call to call.
 *
 * For x = ANY (array), the estimator is called once for each element, by one
 * FmgrInfo and with one and the same x.
 */
typedef struct TierSides
{
	PlannerInfo *root;
	Node	   *node;			/* on the left; NULL if there is none yet */
	int			varRelid;
	Oid			function;
	bool		left_constant;
	TierShares	left;
	bool		right_constant;
	TierShares	right;
} TierSides;

/* Read the left side, unless it is that of the last call. */
static void
read_left(TierSides *sides, PlannerInfo *root, Node *node, int varRelid,
		  Oid function)
{
	if (sides->node == node && sides->root == root &&
		sides->varRelid == varRelid && sides->function == function)
		return;
	sides->node = NULL;
	sides->left_constant = read_side(root, node, varRelid, function,
									 &sides->left);
	sides->root = root;
	sides->varRelid = varRelid;
	sides->function = function;
	sides->node = node;
}

/*
 * Both sides of a comparison.
 *
 * They are read in the planner's memory, and what that takes stays with it:
 * the planner builds its table of join relations in the memory that it finds
 * itself in when it first looks one up, which may be here.
 */
static TierSides *
read_sides(FmgrInfo *flinfo, PlannerInfo *root, List *args, int varRelid,
		   Oid function)
{
	TierSides  *sides = flinfo->fn_extra;

	CHECK_FOR_INTERRUPTS();
	if (sides == NULL)
		sides = flinfo->fn_extra =
			MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(TierSides));
	read_left(sides, root, linitial(args), varRelid, function);
	sides->right_constant = read_side(root, lsecond(args), varRelid, function,
									  &sides->right);
	return sides;
}

/* The share of pairs of rows that satisfy a comparison. */
static double
share_of_pairs(const TierComparison *comparison, const TierShares *left,
			   const TierShares *right)
{
	double		equal = left->some * right->some * DEFAULT_TIER_SHARE;
	double		below = (left->some * right->some - equal) / 2;
	double		above = below;

	if (left->known && right->known)
	{
		equal = below = above = 0;
		for (int i = 0; i < TIER_COUNT; i++)
			for (int j = 0; j < TIER_COUNT; j++)
				*(i < j ? &below : i > j ? &above : &equal) +=
					left->share[i] * right->share[j];
	}
	else if (left->rows_apart > 0 || right->rows_apart > 0)
		equal = Min(equal, left->some * right->some /
					Max(left->rows_apart, right->rows_apart));
	return (comparison->below ? below : 0) + (comparison->equal ? equal : 0) +
		(comparison->above ? above : 0);
}

/* The chance that a row on the left has a partner among some on the right. */
static double
share_of_rows(const TierComparison *comparison, const TierShares *row,
			  const TierShares *right, double rows)
{
	return 1 - pow(Max(1 - share_of_pairs(comparison, row, right), 0), rows);
}

/* The share of rows on the left with a partner among some on the right. */
static double
share_with_partner(const TierComparison *comparison, const TierShares *left,
				   const TierShares *right, double rows)
{
	TierShares	one = {.some = 1};
	double		result = 0;

	if (!left->known)
		return left->some * share_of_rows(comparison, &one, right, rows);
	one.known = true;
	for (int i = 0; i < TIER_COUNT; i++)
	{
		one.share[i] = 1;
		result += left->share[i] *
			share_of_rows(comparison, &one, right, rows);
		one.share[i] = 0;
	}
	return result;
}

PG_FUNCTION_INFO_V1(tier_sel);

/*
 * tier_sel
 *		Restriction estimator of the six comparison operators of tier.
 *
 * A column of tiers, or an expression that has statistics of its own, is left
 * to PostgreSQL's estimators.
 */
Datum
tier_sel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			function = get_opcode(PG_GETARG_OID(1));
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);
	const TierComparison *comparison = tier_find_comparison(function);
	TierSides  *sides;
	bool		is_constant;
	double		selectivity;

	if (comparison == NULL || list_length(args) != 2)
		PG_RETURN_FLOAT8(DEFAULT_TIER_SHARE);
	sides = read_sides(fcinfo->flinfo, root, args, varRelid, function);
	is_constant = sides->left_constant || sides->right_constant;
	if ((sides->left.ordinary || sides->right.ordinary) &&
		(is_constant || !sides->left.known || !sides->right.known))
		return DirectFunctionCall4Coll(comparison->restriction,
									   PG_GET_COLLATION(),
									   PG_GETARG_DATUM(0), PG_GETARG_DATUM(1),
									   PG_GETARG_DATUM(2), PG_GETARG_DATUM(3));
	selectivity = share_of_pairs(comparison, &sides->left, &sides->right);
	CLAMP_PROBABILITY(selectivity);
	PG_RETURN_FLOAT8(selectivity);
}

/*
 * Is the row that must have a partner, in a semijoin, that of the right
 * operand?  Gives how many rows the other side has.
 */
static bool
is_reversed_join(PlannerInfo *root, List *args, SpecialJoinInfo *sjinfo,
				 double *rows)
{
	VariableStatData left;
	VariableStatData right;
	bool		reversed;
	RelOptInfo *inner;

	get_join_variables(root, args, sjinfo, &left, &right, &reversed);
	inner = reversed ? left.rel : right.rel;
	*rows = inner != NULL ? Max(inner->rows, 1) : 1000;
	ReleaseVariableStats(left);
	ReleaseVariableStats(right);
	return reversed;
}

PG_FUNCTION_INFO_V1(tier_joinsel);

/*
 * tier_joinsel
 *		Join estimator of the six comparison operators of tier.
 */
Datum
tier_joinsel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			function = get_opcode(PG_GETARG_OID(1));
	List	   *args = (List *) PG_GETARG_POINTER(2);
	JoinType	jointype = (JoinType) PG_GETARG_INT16(3);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);
	const TierComparison *comparison = tier_find_comparison(function);
	TierComparison commuted;
	TierSides  *sides;
	const TierShares *left;
	const TierShares *right;
	double		rows;
	double		selectivity;

	if (comparison == NULL || list_length(args) != 2)
		PG_RETURN_FLOAT8(DEFAULT_TIER_SHARE);
	sides = read_sides(fcinfo->flinfo, root, args, 0, function);
	left = &sides->left;
	right = &sides->right;
	if (left->ordinary && right->ordinary && !(left->known && right->known))
		return DirectFunctionCall5Coll(comparison->join, PG_GET_COLLATION(),
									   PG_GETARG_DATUM(0), PG_GETARG_DATUM(1),
									   PG_GETARG_DATUM(2), PG_GETARG_DATUM(3),
									   PG_GETARG_DATUM(4));
	commuted = tier_commuted(comparison);
	if (jointype != JOIN_SEMI && jointype != JOIN_ANTI)
		selectivity = share_of_pairs(comparison, left, right);
	else if (is_reversed_join(root, args, sjinfo, &rows))
		selectivity = share_with_partner(&commuted, right, left, rows);
	else
		selectivity = share_with_partner(comparison, left, right, rows);
	CLAMP_PROBABILITY(selectivity);
	PG_RETURN_FLOAT8(selectivity);
}

/* How many tiers an array has, as far as one can see. */
static double
guess_tiers(Node *array)
{
	if (IsA(array, ArrayExpr))
		return list_length(((ArrayExpr *) array)->elements);
	return DEFAULT_TIER_COUNT;
}

/* The share of rows whose tier is one of a set. */
static double
share_of_set(const TierShares *shares, TierSet set)
{
	double		result = 0;

	for (int i = 0; i < TIER_COUNT; i++)
	{
		if (TIER_SET_HAS(set, i))
			result += shares->known ? shares->share[i] : DEFAULT_TIER_SHARE;
	}
	return result;
}

/*
 * tier_estimate_in_tiers
 *		How many rows in_tiers(x, array [, scheme]) selects, where it has not
 *		been rewritten; false if that is not what is asked for.
 */
bool
tier_estimate_in_tiers(SupportRequestSelectivity *request)
{
	PlannerInfo *root = request->root;
	List	   *args = (List *)
		estimate_expression_value(root, (Node *) request->args);
	TierCall	call = {0};
	TierShares	shares = {.some = 1};
	TierSet		set;
	bool		has_null;
	bool		is_empty;

	if (!tier_match_in_tiers(args, &call.counted, &call.known))
		return false;
	if (!tier_match_array(lsecond(args), &set, &has_null, &is_empty))
		request->selectivity = guess_tiers(lsecond(args)) * DEFAULT_TIER_SHARE;
	else
	{
		if (call.known != NULL)
			read_count_statistics(root, &call, request->varRelid, &shares);
		request->selectivity = share_of_set(&shares, set);
	}
	CLAMP_PROBABILITY(request->selectivity);
	return true;
}
