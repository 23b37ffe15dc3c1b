/*-------------------------------------------------------------------------
 *
 * tier_match.c
 *		What the planner's expressions over tiers are.
 *
 * An expression may hold anything that a user can write: a function that
 * returns a tier and takes no argument, or one of ours that a superuser has
 * declared with other arguments.  So a function is known by what it calls, and
 * then its arguments are checked before they are used.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "base/compat.h"
#include "tier/tier_planner.h"

static const TierComparison comparisons[] = {
	{tier_eq, false, true, false, eqsel, eqjoinsel},
	{tier_ne, true, false, true, neqsel, neqjoinsel},
	{tier_lt, true, false, false, scalarltsel, scalarltjoinsel},
	{tier_le, true, true, false, scalarlesel, scalarlejoinsel},
	{tier_gt, false, false, true, scalargtsel, scalargtjoinsel},
	{tier_ge, false, true, true, scalargesel, scalargejoinsel},
};

/*
 * What is called for a function: whatever its name and schema, ours has our
 * address.  One that a SET clause or a hook wraps has another, and is left
 * alone.
 */
PGFunction
tier_function_address(Oid funcid)
{
	FmgrInfo	flinfo;

	if (!OidIsValid(funcid))
		return NULL;
	fmgr_info(funcid, &flinfo);
	return flinfo.fn_addr;
}

/* The comparison that a function makes; NULL if it is none of tier's. */
const TierComparison *
tier_find_comparison(Oid funcid)
{
	PGFunction	address = tier_function_address(funcid);

	for (size_t i = 0; i < lengthof(comparisons); i++)
	{
		if (comparisons[i].function == address)
			return &comparisons[i];
	}
	return NULL;
}

/* The comparison with its sides exchanged. */
TierComparison
tier_commuted(const TierComparison *comparison)
{
	TierComparison commuted = *comparison;

	commuted.below = comparison->above;
	commuted.above = comparison->below;
	return commuted;
}

/*
 * The counted expression without a cast from a smaller integer, whose own
 * index can then be used: integer_ops compares integers of all sizes.
 */
static Expr *
strip_widening(Expr *counted)
{
	FuncExpr   *func = (FuncExpr *) counted;

	if (IsA(counted, FuncExpr) && list_length(func->args) == 1 &&
		(func->funcid == F_INT8_INT4 || func->funcid == F_INT8_INT2))
		return linitial(func->args);
	return counted;
}

/* A scheme that is known now; NULL otherwise. */
const TierScheme *
tier_constant_scheme(Node *node)
{
	Const	   *constant = (Const *) node;

	if (!IsA(node, Const) || constant->constisnull ||
		constant->constbyval || constant->constlen != sizeof(TierScheme))
		return NULL;
	return DatumGetTierScheme(constant->constvalue);
}

/* Is node tier(x) or tier(x, scheme)? */
bool
tier_match_call(Node *node, TierCall *call)
{
	FuncExpr   *func = (FuncExpr *) node;
	int			nargs;
	PGFunction	address;

	if (!IsA(node, FuncExpr))
		return false;
	nargs = list_length(func->args);
	if (nargs < 1 || nargs > 2 || exprType(linitial(func->args)) != INT8OID)
		return false;
	address = tier_function_address(func->funcid);
	if (address != (nargs == 1 ? tier_of : tier_of_scheme))
		return false;
	call->counted = strip_widening(linitial(func->args));
	call->scheme = nargs == 1 ? NULL : lsecond(func->args);
	call->known = nargs == 1 ? &tier_scheme_default :
		tier_constant_scheme((Node *) call->scheme);
	call->type = func->funcresulttype;
	call->schema = get_func_namespace(func->funcid);
	return true;
}

/*
 * Are these the arguments of in_tiers(x, array [, scheme])?  If so, give x,
 * and the scheme if it is known now.
 */
bool
tier_match_in_tiers(List *args, Expr **counted, const TierScheme **scheme)
{
	int			nargs = list_length(args);

	if (nargs < 2 || nargs > 3 || exprType(linitial(args)) != INT8OID)
		return false;
	*counted = strip_widening(linitial(args));
	*scheme = nargs == 2 ? &tier_scheme_default :
		tier_constant_scheme(lthird(args));
	return true;
}

/* Is node a constant tier?  If so, give its place in the ladder. */
bool
tier_match_constant(Node *node, int *index)
{
	Const	   *constant = (Const *) node;

	if (!IsA(node, Const) || constant->constisnull ||
		!constant->constbyval || constant->constlen != 1)
		return false;
	*index = tier_index(DatumGetTier(constant->constvalue));
	return *index >= 0;
}

/* The tiers in an array, whether it holds a NULL; false for other bytes. */
static bool
read_tiers(ArrayType *array, TierSet *set, bool *has_null)
{
	ArrayIterator iterator = array_create_iterator(array, 0, NULL);
	Datum		value;
	bool		isnull;
	bool		valid = true;

	*set = TIER_SET_NONE;
	*has_null = false;
	while (array_iterate(iterator, &value, &isnull))
	{
		int			index = isnull ? -1 : tier_index(DatumGetTier(value));

		if (isnull)
			*has_null = true;
		else if (index >= 0)
			*set |= TIER_SET_AT(index);
		else
			valid = false;
	}
	array_free_iterator(iterator);
	return valid;
}

/* Is node a constant array of tiers?  If so, give the set. */
bool
tier_match_array(Node *node, TierSet *set, bool *has_null, bool *is_empty)
{
	Const	   *constant = (Const *) node;
	ArrayType  *array;

	if (!IsA(node, Const) || constant->constisnull ||
		get_typlen(get_element_type(constant->consttype)) != 1)
		return false;
	array = DatumGetArrayTypeP(constant->constvalue);
	*is_empty = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)) == 0;
	return read_tiers(array, set, has_null);
}
