/*-------------------------------------------------------------------------
 *
 * aggregate.h
 *		What transition and combine functions of all aggregates do alike.
 *
 * A state belongs to its aggregate, and is changed in place.  So a function
 * that changes one refuses to be called by anybody else, whose state could be
 * a constant of a plan or stand in a table.  Only exact sums have functions
 * that serve both an aggregate and an operator: those change a state in place
 * and copy anything else (exact_sums.c).
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_AGGREGATE_H
#define INFLUENCER_AGGREGATE_H

#include "fmgr.h"
#include "utils/regproc.h"

/* The memory in which a state lives; error 55000 outside an aggregate. */
static inline MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (unlikely(!AggCheckCallContext(fcinfo, &context)))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s changes the state of an aggregate, and can't be called otherwise",
						format_procedure(fcinfo->flinfo->fn_oid))));
	return context;
}

/*
 * Error 22004 if an argument, which is the same for all rows of an aggregate,
 * is NULL.
 */
static inline void
aggregate_parameter_given(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", name)));
}

#endif							/* INFLUENCER_AGGREGATE_H */
