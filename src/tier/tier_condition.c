/*-------------------------------------------------------------------------
 *
 * tier_condition.c
 *		The condition on a count that says what one on its tier says.
 *
 * The counts of a set of tiers are a few ranges.  Those of a tier that is not
 * known yet lie between two functions of it.
 *
 * A condition is the same for NULL too: where no count, or every count,
 * qualifies, it compares with the smallest bigint, which is NULL for NULL.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "tier/tier_planner.h"

/* No set of tiers has more separate ranges. */
#define MAX_BANDS				(TIER_COUNT / 2)

/* The fewest bands that hold exactly the counts of a set of tiers. */
static int
set_bands(TierSet set, const TierScheme *scheme, TierBand *bands)
{
	int			nbands = 0;

	for (int i = 0; i < TIER_COUNT; i++)
	{
		TierBand	band;

		if (!TIER_SET_HAS(set, i) || !tier_band(scheme, tier_at(i), &band))
			continue;
		if (nbands > 0 && bands[nbands - 1].last == band.first - 1)
			bands[nbands - 1].last = band.last;
		else
			bands[nbands++] = band;
	}
	return nbands;
}

/*
 * counted OP bound, of the operators that all kinds of index on integers know;
 * NULL if there is no such operator.
 */
static Expr *
tier_bound(Expr *counted, int strategy, Expr *bound)
{
	Oid			op = get_opfamily_member(INTEGER_BTREE_FAM_OID,
										 exprType((Node *) counted),
										 exprType((Node *) bound), strategy);

	if (!OidIsValid(op))
		return NULL;
	return make_opclause(op, BOOLOID, false, copyObject(counted), bound,
						 InvalidOid, InvalidOid);
}

/*
 * The same for a count that is known.  It is of counted's own type where it
 * fits, so that an index of every kind can use it.
 */
Expr *
tier_constant_bound(Expr *counted, int strategy, int64 bound)
{
	bool		small = exprType((Node *) counted) != INT8OID &&
		bound >= PG_INT32_MIN && bound <= PG_INT32_MAX;
	Const	   *constant = small ?
		makeConst(INT4OID, -1, InvalidOid, sizeof(int32),
				  Int32GetDatum((int32) bound), false, true) :
		makeConst(INT8OID, -1, InvalidOid, sizeof(int64),
				  Int64GetDatum(bound), false, FLOAT8PASSBYVAL);

	return tier_bound(counted, strategy, (Expr *) constant);
}

/* An expression of more nodes is not rewritten. */
#define MAX_COUNTED_NODES		16

/* One that costs more operators than this is not evaluated twice. */
#define CHEAP_OPERATORS			10

/* Has an expression more nodes than that, aggregates and all counted? */
static bool
is_large(Node *node, void *nodes)
{
	if (node == NULL)
		return false;
	if (!IsA(node, List) && ++*(int *) nodes > MAX_COUNTED_NODES)
		return true;
	return ExpressionTreeWalker(node, is_large, nodes);
}

/*
 * May counted be evaluated so many times instead of once?  One that returns a
 * set, holds a subquery or costs much must not be evaluated twice, and one
 * that is volatile not even in another place.  Whatever the costs are set to,
 * one that holds a condition that was rewritten must not grow with it.
 */
static bool
may_repeat(Expr *counted, int times)
{
	QualCost	cost;
	int			nodes = 0;

	if (is_large((Node *) counted, &nodes) ||
		contain_volatile_functions((Node *) counted))
		return false;
	if (times <= 1)
		return true;
	if (expression_returns_set((Node *) counted) ||
		contain_subplans((Node *) counted))
		return false;
	/* The root may be another query's: it is not needed for functions. */
	cost_qual_eval_node(&cost, (Node *) counted, NULL);
	return cost.startup + cost.per_tuple <=
		CHEAP_OPERATORS * cpu_operator_cost;
}

/* Append a condition to a list; false if it could not be made. */
static bool
append_condition(List **conditions, Expr *condition)
{
	if (condition == NULL)
		return false;
	*conditions = lappend(*conditions, condition);
	return true;
}

/* The same for a comparison with a count. */
static bool
append_count_bound(List **conditions, Expr *counted, int strategy, int64 bound)
{
	return append_condition(conditions,
							tier_constant_bound(counted, strategy, bound));
}

/* The condition that counted lies in one band. */
static Expr *
make_band(Expr *counted, const TierBand *band)
{
	List	   *quals = NIL;

	/* The band of everything keeps its lower bound, to be NULL for NULL. */
	if ((band->first > PG_INT64_MIN || band->last == PG_INT64_MAX) &&
		!append_count_bound(&quals, counted, BTGreaterEqualStrategyNumber,
							band->first))
		return NULL;
	if (band->last < PG_INT64_MAX &&
		!append_count_bound(&quals, counted, BTLessEqualStrategyNumber,
							band->last))
		return NULL;
	return make_ands_explicit(quals);
}

/* How often the bands need what is counted. */
static int
bounds_needed(const TierBand *bands, int nbands)
{
	int			n = 0;

	for (int i = 0; i < nbands; i++)
		n += (bands[i].first > PG_INT64_MIN) + (bands[i].last < PG_INT64_MAX);
	return n;
}

/*
 * tier_condition
 *		The condition that counted has a tier of the set; NULL to leave the
 *		original alone.
 */
Expr *
tier_condition(Expr *counted, TierSet set, const TierScheme *scheme)
{
	TierBand	bands[MAX_BANDS];
	int			nbands = set_bands(set, scheme, bands);
	List	   *conditions = NIL;

	if (!may_repeat(counted, bounds_needed(bands, nbands)))
		return NULL;
	if (nbands == 0)
		return tier_constant_bound(counted, BTLessStrategyNumber,
								   PG_INT64_MIN);
	for (int i = 0; i < nbands; i++)
	{
		if (!append_condition(&conditions, make_band(counted, &bands[i])))
			return NULL;
	}
	return list_length(conditions) == 1 ? linitial(conditions) :
		make_orclause(conditions);
}

/*
 * A call of one of our functions of tiers and a scheme, which gives a count:
 * that of this name beside tier() itself.  NULL if it is not there.
 */
static Expr *
make_count_call(const TierCall *call, const char *name, PGFunction address,
				List *tiers)
{
	Oid			types[3];
	int			nargs = 0;
	List	   *args = copyObject(tiers);
	oidvector  *signature;
	Oid			funcid;

	for (nargs = 0; nargs < list_length(tiers); nargs++)
		types[nargs] = call->type;
	if (call->scheme != NULL)
	{
		types[nargs++] = exprType((Node *) call->scheme);
		args = lappend(args, copyObject(call->scheme));
	}
	signature = buildoidvector(types, nargs);
	funcid = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
							 CStringGetDatum(name), PointerGetDatum(signature),
							 ObjectIdGetDatum(call->schema));
	if (tier_function_address(funcid) != address)
		return NULL;
	return (Expr *) makeFuncExpr(funcid, INT8OID, args, InvalidOid, InvalidOid,
								 COERCE_EXPLICIT_CALL);
}

/* A constant of the type of tiers. */
static Expr *
make_tier(const TierCall *call, Tier tier)
{
	return (Expr *) makeConst(call->type, -1, InvalidOid, 1,
							  TierGetDatum(tier), false, true);
}

/*
 * The counts between which a comparison with a parameter is decided: those of
 * the parameter's tier, of this and the ones above, or of this and the ones
 * below.  Either is NULL where it is no matter, or could not be made.
 */
typedef struct ParameterBounds
{
	Expr	   *first;
	Expr	   *last;
	bool		made;
} ParameterBounds;

static ParameterBounds
make_parameter_bounds(const TierComparison *comparison, const TierCall *call,
					  Expr *parameter)
{
	ParameterBounds bounds = {NULL, NULL, false};
	List	   *tiers = list_make1(parameter);

	if (comparison->below == comparison->above) /* = and <> */
	{
		bounds.first = make_count_call(call, "tier_first", tier_first, tiers);
		bounds.last = make_count_call(call, "tier_last", tier_last, tiers);
		bounds.made = bounds.first != NULL && bounds.last != NULL;
	}
	else if (comparison->below == comparison->equal)	/* <= and > */
	{
		tiers = lcons(make_tier(call, TIER_NONE), tiers);
		bounds.last = make_count_call(call, "tiers_last", tiers_last, tiers);
		bounds.made = bounds.last != NULL;
	}
	else						/* >= and < */
	{
		tiers = lappend(tiers, make_tier(call, TIER_CELEBRITY));
		bounds.first = make_count_call(call, "tiers_first", tiers_first,
									   tiers);
		bounds.last = make_count_call(call, "tiers_last", tiers_last, tiers);
		bounds.made = bounds.first != NULL && bounds.last != NULL;
	}
	return bounds;
}

/*
 * Two comparisons of one expression with what is not known are taken for a
 * range of half a percent of the rows.  Of expressions that differ by nothing
 * but this, they are taken to be independent, which is one row in nine.  All
 * that looks for an index or a partition looks through it.
 */
static Expr *
set_apart(Expr *counted)
{
	return (Expr *) makeRelabelType(copyObject(counted),
									exprType((Node *) counted), -1, InvalidOid,
									COERCE_IMPLICIT_CAST);
}

/*
 * tier_parameter_condition
 *		tier(x) OP parameter; NULL to leave the original alone.
 */
Expr *
tier_parameter_condition(const TierComparison *comparison,
						 const TierCall *call, Expr *parameter)
{
	Expr	   *counted = call->counted;
	bool		inside = comparison->equal;
	int			low = inside ? BTGreaterEqualStrategyNumber :
		BTLessStrategyNumber;
	int			high = inside ? BTLessEqualStrategyNumber :
		BTGreaterStrategyNumber;
	ParameterBounds bounds;
	List	   *conditions = NIL;

	if (!may_repeat(counted, 2))
		return NULL;
	bounds = make_parameter_bounds(comparison, call, parameter);
	if (!bounds.made)
		return NULL;
	if (bounds.first != NULL &&
		!append_condition(&conditions, tier_bound(counted, low, bounds.first)))
		return NULL;
	if (conditions != NIL)
		counted = set_apart(counted);
	if (!append_condition(&conditions, tier_bound(counted, high, bounds.last)))
		return NULL;
	if (list_length(conditions) == 1)
		return linitial(conditions);
	return inside ? make_andclause(conditions) : make_orclause(conditions);
}
