/*-------------------------------------------------------------------------
 *
 * tier_query.c
 *		What a query does with a tier beside comparing it: grouping by it in
 *		sets, reading a table that is partitioned by it.
 *
 * There, a condition on the count would not do what one on the tier does.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_class.h"
#include "executor/functions.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"
#include "utils/partcache.h"
#include "utils/rel.h"

#include "base/compat.h"
#include "tier/tier_planner.h"

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
	return ExpressionTreeWalker(node, may_hold_condition, search);
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
 * tier_stands_over_groups
 *		May a condition stand over what a query groups by in sets (ROLLUP,
 *		CUBE)?
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
bool
tier_stands_over_groups(PlannerInfo *root, List *args)
{
	OutputSearch search = {find_constant(args), 0};

	if (root == NULL || root->parse == NULL ||
		root->parse->groupingSets == NIL || groups_by_columns(root))
		return false;
	return may_hold_condition((Node *) root->parse->targetList, &search) ||
		may_hold_condition(root->parse->havingQual, &search);
}

#else

bool
tier_stands_over_groups(PlannerInfo *root pg_attribute_unused(),
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
 * tier_is_partition_key
 *		Is x the column of a table that is partitioned by tier(x)?
 *
 * Then the condition as it was written finds the partitions, and a range does
 * not.  Both give the same rows.
 */
bool
tier_is_partition_key(PlannerInfo *root, const TierCall *call)
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
