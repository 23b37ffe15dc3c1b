/*-------------------------------------------------------------------------
 *
 * payload_call.h
 *		What post_metrics() and profile_metrics() have in common.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PAYLOAD_CALL_H
#define INFLUENCER_PAYLOAD_CALL_H

#include "access/tupdesc.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

/* Kept from call to call of one query. */
typedef struct PayloadCall
{
	MemoryContext cxt;			/* of a mapping and its key */
	struct varlena *key;		/* the mapping's json, NULL for a platform's */
	const Platform *platform;
	Oid			enum_value;		/* of the platform, if it is an enum's */
	const Mapping *mapping;
	TupleDesc	desc;			/* of a function that returns one row */
	PayloadReader reader;
} PayloadCall;

/* What the first argument is. */
typedef enum PayloadBy
{
	BY_PLATFORM,
	BY_ENUM,
	BY_MAPPING					/* the second */
} PayloadBy;

extern PayloadCall *payload_call(FunctionCallInfo fcinfo, const RowKind *rows,
								 PayloadBy by,
								 bool lenient);
extern Jsonb *payload_argument(FunctionCallInfo fcinfo, PayloadBy by);
pg_noreturn extern void payload_raise(const PayloadReader *r);

#endif							/* INFLUENCER_PAYLOAD_CALL_H */
