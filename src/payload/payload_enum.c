/*-------------------------------------------------------------------------
 *
 * payload_enum.c
 *		Platforms that a value of an enum names.
 *
 * The functions are declared with anynonarray: anyenum takes no domains over
 * an enum.  So what is neither has to be refused here.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "base/compat.h"
#include "payload/payload_mapping.h"

/*
 * platform_enum_label
 *		The label of the first argument, an enum's or that of a domain over
 *		one; error 42804 for another type.
 */
char *
platform_enum_label(FunctionCallInfo fcinfo)
{
	Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 0);

	if (!OidIsValid(type) || !type_is_enum(getBaseType(type)))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("a platform is a text or an enum, not %s",
						format_type_be(type)),
				 errhint("Cast it to text; a document in its place needs a cast to jsonb.")));
	return DatumGetCString(DirectFunctionCall1(enum_out, PG_GETARG_DATUM(0)));
}
