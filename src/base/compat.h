/*-------------------------------------------------------------------------
 *
 * compat.h
 *		All differences between the PostgreSQL versions supported (15 to 19).
 *
 * Include this after postgres.h.  No other file looks at PG_VERSION_NUM.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_COMPAT_H
#define INFLUENCER_COMPAT_H

#include "fmgr.h"
#include "utils/numeric.h"

#if PG_VERSION_NUM < 150000
#error "influencer needs PostgreSQL 15 or later"
#endif

/*
 * 16 exports only what says so.  Before, everything was, and the macro that
 * declares a function for SQL did not say so.
 */
#if PG_VERSION_NUM < 160000 && defined(__GNUC__)
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#undef PG_FUNCTION_INFO_V1
#define PG_FUNCTION_INFO_V1(funcname) \
	extern PGDLLEXPORT Datum funcname(PG_FUNCTION_ARGS); \
	extern PGDLLEXPORT const Pg_finfo_record * \
	CppConcat(pg_finfo_, funcname) (void); \
	const Pg_finfo_record * \
	CppConcat(pg_finfo_, funcname) (void) \
	{ \
		static const Pg_finfo_record my_finfo = {1}; \
		return &my_finfo; \
	} \
	extern int	no_such_variable
#endif

/* 16 moved the varlena macros out of postgres.h. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/*
 * 16 brought soft errors: an input function reports bad input to an
 * ErrorSaveContext, if its caller passed one.  Before, every error is thrown.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#define SoftErrorOccurred(escontext)	SOFT_ERROR_OCCURRED(escontext)
#else
#define ereturn(escontext, dummy_value, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#define SoftErrorOccurred(escontext)	((void) (escontext), false)
#endif

/*
 * Call the input function of a built-in type; false after a soft error.
 * Before 16 it throws.
 */
#if PG_VERSION_NUM >= 160000
#define InputSafely(function, str, escontext, result) \
	DirectInputFunctionCallSafe(function, str, InvalidOid, -1, escontext, \
								result)
#else
#define InputSafely(function, str, escontext, result) \
	((void) (escontext), \
	 *(result) = DirectFunctionCall3(function, CStringGetDatum(str), \
									 ObjectIdGetDatum(InvalidOid), \
									 Int32GetDatum(-1)), \
	 true)
#endif

/*
 * Before 16, walkers of trees were declared without parameters, which C23, a
 * compiler's default by now, takes to mean that they have none.
 */
#if PG_VERSION_NUM >= 160000
#define ExpressionTreeWalker(node, walker, context) \
	expression_tree_walker(node, walker, context)
#else
#define ExpressionTreeWalker(node, walker, context) \
	expression_tree_walker(node, (bool (*) ()) (void (*) (void)) (walker), \
						   context)
#endif

/* 16 gave make_range an ErrorSaveContext. */
#if PG_VERSION_NUM >= 160000
#define MakeRange(typcache, lower, upper, empty) \
	make_range(typcache, lower, upper, empty, NULL)
#else
#define MakeRange(typcache, lower, upper, empty) \
	make_range(typcache, lower, upper, empty)
#endif

/* 18 moved the mark of functions that don't return before the declaration. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* 17 brought infinite intervals. */
#if PG_VERSION_NUM >= 170000
#define IntervalNotFinite(interval)		INTERVAL_NOT_FINITE(interval)
#else
#define IntervalNotFinite(interval)		((void) (interval), false)
#endif

/* 18 shows a module's name and version in pg_get_loaded_modules(). */
#if PG_VERSION_NUM >= 180000
#define INFLUENCER_MODULE_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "influencer", .version = EXTVERSION)
#else
#define INFLUENCER_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/*
 * Before 19, an array's iterator is told at each step what the elements are.
 */
#if PG_VERSION_NUM >= 190000
#define ArrayIterSetup(it, array, len, byval, align) \
	array_iter_setup(it, array, len, byval, align)
#define ArrayIterNext(it, isnull, i, len, byval, align) \
	array_iter_next(it, isnull, i)
#else
#define ArrayIterSetup(it, array, len, byval, align) \
	array_iter_setup(it, array)
#define ArrayIterNext(it, isnull, i, len, byval, align) \
	array_iter_next(it, isnull, i, len, byval, align)
#endif

/* 16 gave flatten_join_alias_vars a PlannerInfo. */
#if PG_VERSION_NUM >= 160000
#define FlattenJoinAliasVars(root, node) \
	flatten_join_alias_vars(root, (root)->parse, node)
#else
#define FlattenJoinAliasVars(root, node) \
	flatten_join_alias_vars((root)->parse, node)
#endif

/*
 * Since 18, an expression that a query groups by is a Var of its own in the
 * select list and in HAVING, and NULL in the rows of other grouping sets.
 * Before, it was found there by comparing expressions, after these were
 * simplified.
 */
#define GROUPED_EXPRESSIONS_ARE_VARS	(PG_VERSION_NUM >= 180000)

#endif							/* INFLUENCER_COMPAT_H */
