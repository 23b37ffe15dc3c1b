/*-------------------------------------------------------------------------
 *
 * payload_call.c
 *		What post_metrics() and profile_metrics() have in common.
 *
 * A mapping is compiled once per query, as long as it stays the same.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "payload/payload_call.h"

/* The call's memory, made at the first one. */
static PayloadCall *
start_call(FunctionCallInfo fcinfo)
{
	PayloadCall *call = fcinfo->flinfo->fn_extra;

	if (call != NULL)
		return call;
	call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
								  sizeof(PayloadCall));
	call->reader.cxt = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
											 "payload row",
											 ALLOCSET_DEFAULT_SIZES);
	call->cxt = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
									  "payload mapping",
									  ALLOCSET_SMALL_SIZES);
	fcinfo->flinfo->fn_extra = call;
	return call;
}

/* The platform of a name. */
static void
set_platform(PayloadCall *call, const RowKind *rows, const char *name, int len)
{
	const Platform *platform = call->platform;

	if (platform != NULL && strlen(platform->name) == (size_t) len &&
		memcmp(platform->name, name, len) == 0)
		return;
	call->platform = NULL;
	platform = platform_find(name, len);
	call->mapping = platform_mapping(platform, rows);
	if (call->mapping->nshapes == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no %s is read from what \"%s\" answers", rows->what,
						platform->name)));
	call->platform = platform;
}

/* The platform of an enum's value, whose type has been seen with the first. */
static void
set_enum(PayloadCall *call, FunctionCallInfo fcinfo, const RowKind *rows)
{
	Oid			value = DatumGetObjectId(PG_GETARG_DATUM(0));
	char	   *label;

	if (call->platform != NULL && call->enum_value == value)
		return;
	label = platform_enum_label(fcinfo);
	set_platform(call, rows, label, (int) strlen(label));
	call->enum_value = value;
}

static void
set_mapping(PayloadCall *call, Jsonb *json, const RowKind *rows)
{
	MemoryContext old;
	Mapping    *mapping;

	if (call->key != NULL && VARSIZE(call->key) == VARSIZE(json) &&
		memcmp(call->key, json, VARSIZE(json)) == 0)
		return;
	call->key = NULL;
	MemoryContextReset(call->cxt);
	old = MemoryContextSwitchTo(call->cxt);
	mapping = mapping_compile(json, rows);
	if (mapping->nshapes == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid payload mapping"),
				 errdetail("It has no shape with \"%s\".", rows->place)));
	call->mapping = mapping;
	call->key = palloc(VARSIZE(json));
	memcpy(call->key, json, VARSIZE(json));
	MemoryContextSwitchTo(old);
}

/*
 * payload_call
 *		The call at hand, with its mapping.
 */
PayloadCall *
payload_call(FunctionCallInfo fcinfo, const RowKind *rows, PayloadBy by,
			 bool lenient)
{
	PayloadCall *call = start_call(fcinfo);

	if (by == BY_MAPPING)
		set_mapping(call, PG_GETARG_JSONB_P(1), rows);
	else if (by == BY_ENUM)
		set_enum(call, fcinfo, rows);
	else
	{
		text	   *name = PG_GETARG_TEXT_PP(0);

		set_platform(call, rows, VARDATA_ANY(name),
					 (int) VARSIZE_ANY_EXHDR(name));
	}
	call->reader.mapping = call->mapping;
	call->reader.lenient = lenient;
	call->reader.nrows = 0;
	return call;
}

/* payload_argument: the payload, detoasted */
Jsonb *
payload_argument(FunctionCallInfo fcinfo, PayloadBy by)
{
	return PG_GETARG_JSONB_P(by == BY_MAPPING ? 0 : 1);
}

/* payload_raise: the problem at hand as an error */
void
payload_raise(const PayloadReader *r)
{
	const PayloadProblem *p = &r->problem;
	const PayloadCall *call = (const PayloadCall *) ((const char *) r -
													 offsetof(PayloadCall,
															  reader));

	if (p->answer)
		ereport(ERROR,
				(errcode(p->sqlstate),
				 errmsg("payload reports an error"),
				 errdetail("It says: %s", p->detail)));
	ereport(ERROR,
			(errcode(p->sqlstate),
			 call->platform != NULL ?
			 errmsg("invalid payload of platform \"%s\"",
					call->platform->name) :
			 errmsg("payload does not fit the mapping"),
			 errdetail("%s", p->detail),
			 p->hint != NULL &&
			 call->platform != NULL ? errhint("%s", p->hint) : 0));
}
