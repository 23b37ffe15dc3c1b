/*-------------------------------------------------------------------------
 *
 * tier_planner.c
 *		Conditions on a tier, seen by the planner as ranges of follower counts.
 *
 * tier(x) compared with a constant, or in_tiers(x, constant array), says that
 * the tier of x is one of a set.  The follower counts of a set of tiers are a
 * few ranges, so the condition is rewritten to comparisons of x itself, which
 * use an index on x, its statistics, and its partitions.  Compared with a
 * parameter whose value is not known, it is rewritten to one range between two
 * functions of the parameter.
 *
 * The rewriting is an identity, for NULL too: tier_condition.c makes it, and
 * tier_query.c says where it may not be.
 *
 * It is done by SupportRequestSimplify on the functions of the comparison
 * operators.  SupportRequestIndexCondition would be too late: it is made only
 * where an operand of the operator is the index key itself, and that is x,
 * not tier(x).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "nodes/supportnodes.h"
#include "utils/array.h"

#include "base/compat.h"
#include "tier/tier_planner.h"

/* The tiers that stand in a comparison with a constant on its right. */
static TierSet
compared_set(const TierComparison *comparison, int constant)
{
	TierSet		equal = TIER_SET_AT(constant);
	TierSet		below = (TierSet) (equal - 1);

	return (comparison->below ? below : TIER_SET_NONE) |
		(comparison->equal ? equal : TIER_SET_NONE) |
		(comparison->above ? TIER_SET_ALL & ~below & ~equal : TIER_SET_NONE);
}

/* Is this a parameter of a prepared statement or of a function? */
static bool
is_parameter(Node *node)
{
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return IsA(node, Param) && ((Param *) node)->paramkind == PARAM_EXTERN;
}

/* tier(x) OP y, where y is known, or will be when the query runs */
static Expr *
simplify_comparison(PlannerInfo *root, FuncExpr *condition)
{
	Node	   *left = linitial(condition->args);
	Node	   *right = lsecond(condition->args);
	bool		commuted = IsA(left, Const) || is_parameter(left);
	Node	   *other = commuted ? left : right;
	const TierComparison *found;
	TierComparison comparison;
	TierCall	call;
	int			constant = -1;

	if (!tier_match_constant(other, &constant) && !is_parameter(other))
		return NULL;
	if (!tier_match_call(commuted ? right : left, &call) ||
		(call.known == NULL && !is_parameter((Node *) call.scheme)))
		return NULL;
	found = tier_find_comparison(condition->funcid);
	if (found == NULL || tier_stands_over_groups(root, condition->args) ||
		tier_is_partition_key(root, &call))
		return NULL;
	comparison = commuted ? tier_commuted(found) : *found;
	if (call.known != NULL && constant >= 0)
		return tier_condition(call.counted,
							  compared_set(&comparison, constant),
							  call.known);
	return tier_parameter_condition(&comparison, &call, (Expr *) other);
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

/* Is a tier in an array?  If not, *has_null says whether a NULL is. */
static bool
array_has_tier(ArrayType *array, Tier tier, bool *has_null)
{
	ArrayIterator iterator = array_create_iterator(array, 0, NULL);
	Datum		value;
	bool		isnull;
	bool		found = false;

	*has_null = false;
	while (!found && array_iterate(iterator, &value, &isnull))
	{
		if (isnull)
			*has_null = true;
		else
			found = DatumGetTier(value) == tier;
	}
	array_free_iterator(iterator);
	return found;
}

PG_FUNCTION_INFO_V1(in_tiers);

/*
 * in_tiers(followers bigint, tiers tier[] [, scheme tier_scheme]) -> boolean
 *		Is the tier of the count one of these?
 *
 * As tier(followers, scheme) = ANY (tiers): false for no tiers, whatever the
 * count; else NULL for NULL, and if the array holds a NULL and none of its
 * tiers is the count's.
 */
Datum
in_tiers(PG_FUNCTION_ARGS)
{
	const TierScheme *scheme = &tier_scheme_default;
	ArrayType  *tiers;
	bool		has_null;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	tiers = PG_GETARG_ARRAYTYPE_P(1);
	if (ArrayGetNItems(ARR_NDIM(tiers), ARR_DIMS(tiers)) == 0)
		PG_RETURN_BOOL(false);
	if (PG_ARGISNULL(0) || (PG_NARGS() > 2 && PG_ARGISNULL(2)))
		PG_RETURN_NULL();
	if (PG_NARGS() > 2)
		scheme = PG_GETARG_TIER_SCHEME(2);
	if (array_has_tier(tiers, tier_classify(PG_GETARG_INT64(0), scheme),
					   &has_null))
		PG_RETURN_BOOL(true);
	if (has_null)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(false);
}

/* in_tiers(x, constant array [, constant scheme]) */
static Expr *
simplify_in_tiers(PlannerInfo *root, FuncExpr *call)
{
	Expr	   *counted;
	const TierScheme *scheme;
	TierSet		set;
	bool		has_null;
	bool		is_empty;
	Expr	   *condition;

	if (tier_function_address(call->funcid) != in_tiers ||
		!tier_match_in_tiers(call->args, &counted, &scheme) ||
		scheme == NULL ||
		!tier_match_array(lsecond(call->args), &set, &has_null, &is_empty) ||
		tier_stands_over_groups(root, call->args))
		return NULL;
	if (is_empty)
		return (Expr *) makeBoolConst(false, false);
	condition = tier_condition(counted, set, scheme);
	if (condition != NULL && has_null)
		condition = make_orclause(lappend(list_make1(condition),
										  makeBoolConst(false, true)));
	return condition;
}

PG_FUNCTION_INFO_V1(in_tiers_support);

/*
 * in_tiers_support
 *		Planner support of in_tiers: its condition on the count, and how many
 *		rows it selects where there is none.
 */
Datum
in_tiers_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSimplify))
	{
		SupportRequestSimplify *simplify = (SupportRequestSimplify *) request;

		PG_RETURN_POINTER(simplify_in_tiers(simplify->root, simplify->fcall));
	}
	if (IsA(request, SupportRequestSelectivity) &&
		tier_estimate_in_tiers((SupportRequestSelectivity *) request))
		PG_RETURN_POINTER(request);
	PG_RETURN_POINTER(NULL);
}
