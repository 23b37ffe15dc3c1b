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
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/functions.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/partcache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "tier/tier_planner.h"

/* No set of tiers has more separate ranges. */
#define MAX_BANDS				(TIER_COUNT / 2)

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

/* An expression of more nodes is not rewritten. */
#define MAX_COUNTED_NODES		16

/* Has an expression more nodes than that, aggregates and all counted? */
static bool
is_large(Node *node, void *nodes)
{
	if (node == NULL)
		return false;
	if (!IsA(node, List) && ++*(int *) nodes > MAX_COUNTED_NODES)
		return true;
	return expression_tree_walker(node, is_large, nodes);
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
	return cost.startup + cost.per_tuple <= 10 * cpu_operator_cost;
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
append_bound(List **conditions, Expr *counted, int strategy, int64 bound)
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
		!append_bound(&quals, counted, BTGreaterEqualStrategyNumber,
					  band->first))
		return NULL;
	if (band->last < PG_INT64_MAX &&
		!append_bound(&quals, counted, BTLessEqualStrategyNumber, band->last))
		return NULL;
	return make_ands_explicit(quals);
}

/* How often the bands need what is counted. */
static int
count_bounds(const TierBand *bands, int nbands)
{
	int			n = 0;

	for (int i = 0; i < nbands; i++)
		n += (bands[i].first > PG_INT64_MIN) + (bands[i].last < PG_INT64_MAX);
	return n;
}

/*
 * The condition that counted has a tier of the set; NULL to leave the
 * original alone.
 */
static Expr *
make_condition(Expr *counted, TierSet set, const TierScheme *scheme)
{
	TierBand	bands[MAX_BANDS];
	int			nbands = set_bands(set, scheme, bands);
	List	   *conditions = NIL;

	if (!may_repeat(counted, count_bounds(bands, nbands)))
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

/* Is this a parameter of a prepared statement or of a function? */
static bool
is_parameter(Node *node)
{
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return IsA(node, Param) && ((Param *) node)->paramkind == PARAM_EXTERN;
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

/* tier(x) OP parameter; NULL to leave the original alone. */
static Expr *
make_parameter_condition(const TierComparison *comparison,
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

/*
 * What a column is taken from; NULL if it is not there.
 *
 * The column need not be one of root's query: PostgreSQL simplifies the
 * conditions of an EXISTS subquery with the root of the query around it, and
 * a table's constraints before its number is put in.  So the number may be
 * out of range, or another relation's.  What is decided by the entry must be
 * right for any.
 */
static RangeTblEntry *
find_entry(PlannerInfo *root, Var *var)
{
	if (root == NULL || root->parse == NULL || var->varlevelsup != 0 ||
		IS_SPECIAL_VARNO(var->varno) || var->varno < 1 ||
		(int64) var->varno > list_length(root->parse->rtable))
		return NULL;
	return rt_fetch(var->varno, root->parse->rtable);
}

#if !GROUPED_EXPRESSIONS_ARE_VARS

/* What puts out more than so many nodes is not looked through. */
#define MAX_OUTPUT_NODES		500

/* Is this a function of conditions on tiers, or one that may become that? */
static bool
may_make_condition(Oid funcid, void *context pg_attribute_unused())
{
	PGFunction	address = tier_function_address(funcid);

	return address == in_tiers || address == fmgr_sql ||
		tier_find_comparison(funcid) != NULL;
}

/* What a condition compares with, if it is a constant. */
static Node *
find_constant(List *args)
{
	if (list_length(args) > 1 && IsA(lsecond(args), Const))
		return lsecond(args);
	if (args != NIL && IsA(linitial(args), Const))
		return linitial(args);
	return NULL;
}

/* Does it compare with another constant, by our functions? */
static bool
has_other_constant(Node *node, Node *constant)
{
	Node	   *own = NULL;

	if (IsA(node, OpExpr))
		own = find_constant(((OpExpr *) node)->args);
	else if (IsA(node, FuncExpr) &&
			 tier_function_address(((FuncExpr *) node)->funcid) != fmgr_sql)
		own = find_constant(((FuncExpr *) node)->args);
	return own != NULL && constant != NULL && !equal(own, constant);
}

/* What is looked for in what a query puts out. */
typedef struct OutputSearch
{
	Node	   *constant;		/* of the condition; NULL if it has none */
	int			nodes;			/* looked at so far */
} OutputSearch;

/* May a condition with this constant be among it, as far as one sees? */
static bool
may_hold_condition(Node *node, OutputSearch *search)
{
	if (node == NULL)
		return false;
	if (++search->nodes > MAX_OUTPUT_NODES)
		return true;
	/* An aggregate is no function that could be called. */
	if (!IsA(node, Aggref) && !IsA(node, WindowFunc) &&
		check_functions_in_node(node, may_make_condition, NULL) &&
		!has_other_constant(node, search->constant))
		return true;
	return expression_tree_walker(node, may_hold_condition, search);
}

/* Is this a column of a relation, which nothing else is put in for? */
static bool
is_plain_column(PlannerInfo *root, Node *node)
{
	RangeTblEntry *rte;

	if (!IsA(node, Var))
		return false;
	rte = find_entry(root, (Var *) node);
	return rte != NULL && rte->rtekind != RTE_JOIN;
}

/* Does a query group or sort by plain columns alone? */
static bool
groups_by_columns(PlannerInfo *root)
{
	ListCell   *lc;

	foreach(lc, root->parse->targetList)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);

		if (entry->ressortgroupref > 0 &&
			!is_plain_column(root, (Node *) entry->expr))
			return false;
	}
	return true;
}

/*
 * May a condition stand over what a query groups by in sets (ROLLUP, CUBE)?
 *
 * In the rows of the other sets that is NULL, whatever it is computed from,
 * and an expression over it sees that only while it holds it as it was
 * written.  Over a column it does.  Otherwise conditions in the select list
 * and in HAVING stay.  A request doesn't say whether it is for these or for
 * the WHERE clause, where it does not matter: so all stay of which there might
 * be one among these, and what stays there is seen in the next request.
 *
 * A query with grouping sets is simplified with its own root: PostgreSQL
 * takes no other for one that it may not pull up.
 */
static bool
stands_over_groups(PlannerInfo *root, List *args)
{
	OutputSearch search = {find_constant(args), 0};

	if (root == NULL || root->parse == NULL ||
		root->parse->groupingSets == NIL || groups_by_columns(root))
		return false;
	return may_hold_condition((Node *) root->parse->targetList, &search) ||
		may_hold_condition(root->parse->havingQual, &search);
}

#else

static bool
stands_over_groups(PlannerInfo *root pg_attribute_unused(),
				   List *args pg_attribute_unused())
{
	return false;
}

#endif

/* Is a partition key's expression this call, but for the relation's number? */
static bool
is_call_of_column(Node *node, const TierCall *call, AttrNumber column)
{
	TierCall	key;
	Var		   *var;

	if (!tier_match_call(node, &key) || key.known == NULL ||
		memcmp(key.known, call->known, sizeof(TierScheme)) != 0)
		return false;
	var = (Var *) key.counted;
	return IsA(var, Var) && var->varattno == column;
}

/*
 * Is x the column of a table that is partitioned by tier(x)?  Then the
 * condition as it was written finds the partitions, and a range does not.
 * Both give the same rows.
 */
static bool
is_partition_key(PlannerInfo *root, const TierCall *call)
{
	Var		   *var = (Var *) call->counted;
	RangeTblEntry *rte;
	Relation	relation;
	ListCell   *lc;
	bool		found = false;

	if (call->known == NULL || !IsA(var, Var))
		return false;
	rte = find_entry(root, var);
	if (rte == NULL || rte->rtekind != RTE_RELATION ||
		rte->relkind != RELKIND_PARTITIONED_TABLE)
		return false;
	relation = table_open(rte->relid, NoLock);
	foreach(lc, RelationGetPartitionKey(relation)->partexprs)
		found |= is_call_of_column(lfirst(lc), call, var->varattno);
	table_close(relation, NoLock);
	return found;
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
	if (found == NULL || stands_over_groups(root, condition->args) ||
		is_partition_key(root, &call))
		return NULL;
	comparison = commuted ? tier_commuted(found) : *found;
	if (call.known != NULL && constant >= 0)
		return make_condition(call.counted,
							  compared_set(&comparison, constant),
							  call.known);
	return make_parameter_condition(&comparison, &call, (Expr *) other);
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
		stands_over_groups(root, call->args))
		return NULL;
	if (is_empty)
		return (Expr *) makeBoolConst(false, false);
	condition = make_condition(counted, set, scheme);
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
