/*-------------------------------------------------------------------------
 *
 * result.h
 *		The row type of a function's result.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_RESULT_H
#define INFLUENCER_RESULT_H

#include "funcapi.h"

/* In current memory; error 0A000 where the call does not tell it. */
static inline TupleDesc
result_descriptor(FunctionCallInfo fcinfo)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	return BlessTupleDesc(desc);
}

/* The same, kept with the function's other state: *kept is NULL at first. */
static inline TupleDesc
result_descriptor_kept(FunctionCallInfo fcinfo, TupleDesc *kept)
{
	if (*kept == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		*kept = result_descriptor(fcinfo);
		MemoryContextSwitchTo(old);
	}
	return *kept;
}

#endif							/* INFLUENCER_RESULT_H */
