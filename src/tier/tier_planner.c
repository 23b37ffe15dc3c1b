/*-------------------------------------------------------------------------
 *
 * tier_planner.c
 *		Conditions on a tier, seen by the planner as ranges of follower counts.
 *
 * tier(x) compared with a constant, or in_tiers(x, constant array), says that
 * the tier of x is one of a set.  The follower counts of a set of tiers are at
 * most three ranges, so the condition is rewritten to comparisons of x itself,
 * which use an index on x, its statistics, and its partitions.
 *
 * The rewriting is an identity, for NULL too: where no count, or every count,
 * qualifies, it compares x with the smallest bigint, which is NULL for NULL.
 *
 * It is done by SupportRequestSimplify on the functions of the comparison
 * operators.  SupportRequestIndexCondition would be too late: it is made only
 * where an operand of the operator is the index key itself, and that is x,
 * not tier(x).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "base/compat.h"
#include "tier/tier.h"

/* A set of tiers: bit t stands for tier t. */
typedef uint8 TierSet;

#define TIER_SET_NONE			((TierSet) 0)
#define TIER_SET_OF(tier)		((TierSet) (1 << (tier)))
#define TIER_SET_ALL			((TierSet) ((1 << TIER_COUNT) - 1))
#define TIER_SET_BELOW(tier)	((TierSet) (TIER_SET_OF(tier) - 1))
#define TIER_SET_HAS(set, tier) (((set) & TIER_SET_OF(tier)) != 0)

/* With six tiers, no set has more separate ranges. */
#define MAX_BANDS				(TIER_COUNT / 2)

/*
 * A comparison function of tier: whether a tier that is below, equal to or
 * above the constant on its right satisfies it.
 */
typedef struct Comparison
{
	PGFunction	function;
	bool		below;
	bool		equal;
	bool		above;
} Comparison;

static const Comparison comparisons[] = {
	{tier_eq, false, true, false},
	{tier_ne, true, false, true},
	{tier_lt, true, false, false},
	{tier_le, true, true, false},
	{tier_gt, false, false, true},
	{tier_ge, false, true, true},
};

/*
 * What is called for a function: whatever its name and schema, ours has our
 * address.  One that a SET clause or a hook wraps has another, and is left
 * alone.
 */
static PGFunction
function_address(Oid funcid)
{
	FmgrInfo	flinfo;

	fmgr_info(funcid, &flinfo);
	return flinfo.fn_addr;
}

/* The comparison that a function makes; NULL if it is none of tier's. */
static const Comparison *
find_comparison(Oid funcid)
{
	PGFunction	address = function_address(funcid);

	for (size_t i = 0; i < lengthof(comparisons); i++)
	{
		if (comparisons[i].function == address)
			return &comparisons[i];
	}
	return NULL;
}

/* The tiers that stand in a comparison with a constant on its right. */
static TierSet
compared_set(const Comparison *comparison, Tier constant)
{
	TierSet		below = TIER_SET_BELOW(constant);
	TierSet		equal = TIER_SET_OF(constant);

	return (comparison->below ? below : TIER_SET_NONE) |
		(comparison->equal ? equal : TIER_SET_NONE) |
		(comparison->above ? TIER_SET_ALL & ~below & ~equal : TIER_SET_NONE);
}

/* The same for a constant on its left. */
static TierSet
commuted_set(const Comparison *comparison, Tier constant)
{
	Comparison	commuted = *comparison;

	commuted.below = comparison->above;
	commuted.above = comparison->below;
	return compared_set(&commuted, constant);
}

/* The fewest bands that hold exactly the counts of a set of tiers. */
static int
set_bands(TierSet set, const TierScheme *scheme, TierBand *bands)
{
	int			nbands = 0;

	for (int tier = 0; tier < TIER_COUNT; tier++)
	{
		TierBand	band;

		if (!TIER_SET_HAS(set, tier) || !tier_band(scheme, (Tier) tier, &band))
			continue;
		if (nbands > 0 && bands[nbands - 1].last == band.first - 1)
			bands[nbands - 1].last = band.last;
		else
			bands[nbands++] = band;
	}
	return nbands;
}

/*
 * The counted expression without a cast from a smaller integer, whose own
 * index can then be used: integer_ops compares integers of all sizes.
 */
static Expr *
strip_widening(Expr *counted)
{
	FuncExpr   *func = (FuncExpr *) counted;

	if (IsA(counted, FuncExpr) &&
		(func->funcid == F_INT8_INT4 || func->funcid == F_INT8_INT2))
		return linitial(func->args);
	return counted;
}

/*
 * counted OP bound; NULL if there is no such operator.  The bound is of
 * counted's own type where it fits, so that every kind of index can use it.
 */
static Expr *
make_bound(Expr *counted, StrategyNumber strategy, int64 bound)
{
	Oid			type = exprType((Node *) counted);
	bool		small = type != INT8OID && bound >= PG_INT32_MIN &&
		bound <= PG_INT32_MAX;
	Oid			bound_type = small ? INT4OID : INT8OID;
	Oid			op = get_opfamily_member(INTEGER_BTREE_FAM_OID, type,
										 bound_type, strategy);
	Expr	   *constant;

	if (!OidIsValid(op))
		return NULL;
	constant = (Expr *)
		(small ? makeConst(INT4OID, -1, InvalidOid, sizeof(int32),
						   Int32GetDatum((int32) bound), false, true) :
		 makeConst(INT8OID, -1, InvalidOid, sizeof(int64),
				   Int64GetDatum(bound), false, FLOAT8PASSBYVAL));
	return make_opclause(op, BOOLOID, false, copyObject(counted), constant,
						 InvalidOid, InvalidOid);
}

/* Append a comparison to a list; false if it could not be made. */
static bool
append_bound(List **quals, Expr *counted, StrategyNumber strategy, int64 bound)
{
	Expr	   *qual = make_bound(counted, strategy, bound);

	if (qual == NULL)
		return false;
	*quals = lappend(*quals, qual);
	return true;
}

/* The condition that counted lies in one band. */
static Expr *
make_band(Expr *counted, const TierBand *band)
{
	List	   *quals = NIL;

	/* The band of everything keeps its lower bound, to be NULL for NULL. */
	if ((band->first > PG_INT64_MIN || band->last == PG_INT64_MAX) &&
		!append_bound(&quals, counted, BTGreaterEqualStrategyNumber, band->first))
		return NULL;
	if (band->last < PG_INT64_MAX &&
		!append_bound(&quals, counted, BTLessEqualStrategyNumber, band->last))
		return NULL;
	return make_ands_explicit(quals);
}

/*
 * Does the query group by sets (ROLLUP, CUBE), some of an expression of the
 * type given?
 *
 * In the rows of the other sets that column is NULL, whatever it is computed
 * from.  Up to PostgreSQL 17 an expression over it sees that only while it
 * holds the column as it was written.  The request doesn't say whether it is
 * for the target list or for the WHERE clause, where this does not matter.
 */
static bool
groups_by_sets_of(PlannerInfo *root, Oid type)
{
	ListCell   *lc;

	if (root == NULL || root->parse == NULL || root->parse->groupingSets == NIL)
		return false;
	foreach(lc, root->parse->groupClause)
	{
		Node	   *column = get_sortgroupclause_expr(lfirst(lc),
													  root->parse->targetList);

		if (!IsA(column, Var) && exprType(column) == type)
			return true;
	}
	return false;
}

/*
 * May counted be evaluated as often as the bands need it?  One that returns a
 * set, holds a subquery or costs much must not be evaluated twice.  root is
 * NULL outside of a query, in an index predicate or a constraint.
 */
static bool
may_repeat(Expr *counted, const TierBand *bands, int nbands, PlannerInfo *root)
{
	int			nuses = 0;
	QualCost	cost;

	for (int i = 0; i < nbands; i++)
		nuses += (bands[i].first > PG_INT64_MIN) + (bands[i].last < PG_INT64_MAX);
	if (nuses <= 1)
		return true;
	if (expression_returns_set((Node *) counted) ||
		contain_subplans((Node *) counted))
		return false;
	cost_qual_eval_node(&cost, (Node *) counted, root);
	return cost.startup + cost.per_tuple <= 10 * cpu_operator_cost;
}

/*
 * The condition that counted has a tier of the set; NULL to leave the
 * original alone.
 */
static Expr *
make_condition(Expr *counted, TierSet set, const TierScheme *scheme,
			   PlannerInfo *root)
{
	TierBand	bands[MAX_BANDS];
	int			nbands = set_bands(set, scheme, bands);
	List	   *conditions = NIL;

	if (!groups_by_sets_of(root, INT8OID))
		counted = strip_widening(counted);
	if (contain_volatile_functions((Node *) counted) ||
		!may_repeat(counted, bands, nbands, root))
		return NULL;
	if (nbands == 0)
		return make_bound(counted, BTLessStrategyNumber, PG_INT64_MIN);
	for (int i = 0; i < nbands; i++)
	{
		Expr	   *condition = make_band(counted, &bands[i]);

		if (condition == NULL)
			return NULL;
		conditions = lappend(conditions, condition);
	}
	return list_length(conditions) == 1 ? linitial(conditions) :
		make_orclause(conditions);
}

/* A scheme that is known now; NULL otherwise. */
static const TierScheme *
constant_scheme(Node *node)
{
	Const	   *constant = (Const *) node;

	if (!IsA(node, Const) || constant->constisnull)
		return NULL;
	return DatumGetTierScheme(constant->constvalue);
}

/*
 * Is node tier(x) or tier(x, constant scheme)?  If so, give x and the scheme.
 */
static bool
match_tier_call(Node *node, Expr **counted, const TierScheme **scheme)
{
	FuncExpr   *func = (FuncExpr *) node;

	if (!IsA(node, FuncExpr))
		return false;
	*counted = linitial(func->args);
	if (list_length(func->args) == 1)
	{
		*scheme = &tier_scheme_default;
		return function_address(func->funcid) == tier_of;
	}
	if (list_length(func->args) != 2)
		return false;
	*scheme = constant_scheme(lsecond(func->args));
	return *scheme != NULL && function_address(func->funcid) == tier_of_scheme;
}

/* Is node a constant tier?  If so, give it. */
static bool
match_tier(Node *node, Tier *tier)
{
	Const	   *constant = (Const *) node;

	if (!IsA(node, Const) || constant->constisnull)
		return false;
	*tier = DatumGetTier(constant->constvalue);
	return true;
}

/* tier(x) OP constant, or constant OP tier(x) */
static Expr *
simplify_comparison(PlannerInfo *root, FuncExpr *call)
{
	Node	   *left = linitial(call->args);
	Node	   *right = lsecond(call->args);
	const Comparison *comparison;
	Tier		constant;
	Expr	   *counted;
	const TierScheme *scheme;
	bool		commuted = match_tier(left, &constant);

	if (!commuted && !match_tier(right, &constant))
		return NULL;
	if (!match_tier_call(commuted ? right : left, &counted, &scheme) ||
		groups_by_sets_of(root, exprType(left)))
		return NULL;
	comparison = find_comparison(call->funcid);
	if (comparison == NULL)
		return NULL;
	return make_condition(counted,
						  commuted ? commuted_set(comparison, constant) :
						  compared_set(comparison, constant),
						  scheme, root);
}

PG_FUNCTION_INFO_V1(tier_comparison_support);

/*
 * tier_comparison_support
 *		Planner support of the six comparison functions of tier.
 */
Datum
tier_comparison_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	SupportRequestSimplify *simplify = (SupportRequestSimplify *) request;

	if (!IsA(request, SupportRequestSimplify) ||
		list_length(simplify->fcall->args) != 2)
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(simplify_comparison(simplify->root, simplify->fcall));
}

/* The tiers in an array, and whether it holds a NULL. */
static TierSet
tiers_in_array(ArrayType *array, bool *has_null)
{
	TierSet		set = TIER_SET_NONE;
	ArrayIterator iterator = array_create_iterator(array, 0, NULL);
	Datum		value;
	bool		isnull;

	*has_null = false;
	while (array_iterate(iterator, &value, &isnull))
	{
		if (isnull)
			*has_null = true;
		else
			set |= TIER_SET_OF(DatumGetTier(value));
	}
	array_free_iterator(iterator);
	return set;
}

PG_FUNCTION_INFO_V1(in_tiers);

/*
 * in_tiers(followers bigint, tiers tier[] [, scheme tier_scheme]) -> boolean
 *		Is the tier of the count one of these?
 *
 * NULL for NULL, and, as with = ANY, if the array holds a NULL and none of its
 * tiers is the count's.
 */
Datum
in_tiers(PG_FUNCTION_ARGS)
{
	const TierScheme *scheme = PG_NARGS() == 2 ? &tier_scheme_default :
		PG_GETARG_TIER_SCHEME(2);
	bool		has_null;
	TierSet		set = tiers_in_array(PG_GETARG_ARRAYTYPE_P(1), &has_null);

	if (TIER_SET_HAS(set, tier_classify(PG_GETARG_INT64(0), scheme)))
		PG_RETURN_BOOL(true);
	if (has_null)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(false);
}

/* in_tiers(x, constant array [, constant scheme]) */
static Expr *
simplify_in_tiers(PlannerInfo *root, FuncExpr *call)
{
	const TierScheme *scheme = list_length(call->args) == 2 ?
		&tier_scheme_default : constant_scheme(lthird(call->args));
	Const	   *array = (Const *) lsecond(call->args);
	TierSet		set;
	bool		has_null;
	Expr	   *condition;

	if (scheme == NULL || !IsA(array, Const) || array->constisnull)
		return NULL;
	set = tiers_in_array(DatumGetArrayTypeP(array->constvalue), &has_null);
	condition = make_condition(linitial(call->args), set, scheme, root);
	if (condition != NULL && has_null)
		condition = make_orclause(lappend(list_make1(condition),
										  makeBoolConst(false, true)));
	return condition;
}

PG_FUNCTION_INFO_V1(in_tiers_support);

/*
 * in_tiers_support
 *		Planner support of in_tiers.
 */
Datum
in_tiers_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	SupportRequestSimplify *simplify = (SupportRequestSimplify *) request;

	if (!IsA(request, SupportRequestSimplify) ||
		list_length(simplify->fcall->args) < 2)
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(simplify_in_tiers(simplify->root, simplify->fcall));
}
