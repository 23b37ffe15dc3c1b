/*-------------------------------------------------------------------------
 *
 * result.h
 *		The row types of functions' results.
 *
 * Who owns a type may alter it, and a row with more columns than are filled
 * would be formed of what lies behind them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_RESULT_H
#define INFLUENCER_RESULT_H

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

/* Error 42804: a row type has other columns than those that are filled. */
static inline void
row_check(TupleDesc desc, int columns)
{
	if (desc->natts != columns)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s has been altered",
						format_type_be(desc->tdtypeid)),
				 errdetail("It has %d columns, not %d.",
						   desc->natts, columns)));
}

/* A copy of the columns of a type, which must be as many. */
static inline TupleDesc
row_descriptor(Oid type, int columns)
{
	TupleDesc	desc = lookup_rowtype_tupdesc_copy(type, -1);

	row_check(desc, columns);
	return desc;
}

/* In current memory; error 0A000 where the call does not tell it. */
static inline TupleDesc
result_descriptor(FunctionCallInfo fcinfo, int columns)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	row_check(desc, columns);
	return BlessTupleDesc(desc);
}

/* The same, kept with the function's other state: *kept is NULL at first. */
static inline TupleDesc
result_descriptor_kept(FunctionCallInfo fcinfo, int columns, TupleDesc *kept)
{
	if (*kept == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		*kept = result_descriptor(fcinfo, columns);
		MemoryContextSwitchTo(old);
	}
	return *kept;
}

#endif							/* INFLUENCER_RESULT_H */
