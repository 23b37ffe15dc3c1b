/*-------------------------------------------------------------------------
 *
 * profile_metrics.c
 *		The profile in a payload.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/result.h"
#include "payload/payload_call.h"

/* Where the row of a profile is put together. */
typedef struct ProfileMetricsRow
{
	bool		lenient;
	Datum		values[PROFILE_COLUMNS + 1];
	bool		nulls[PROFILE_COLUMNS + 1];
} ProfileMetricsRow;

/* Scrapers of posts repeat their author with each. */
static bool
is_same_profile(const PayloadReader *r, const ProfileMetricsRow *row)
{
	return !row->nulls[PROFILE_ID] && !r->nulls[PROFILE_ID] &&
		DatumGetBool(DirectFunctionCall2Coll(texteq, C_COLLATION_OID,
											 row->values[PROFILE_ID],
											 r->values[PROFILE_ID]));
}

/*
 * A copy that outlives the reader's memory, which the next element empties:
 * also of what takes eight bytes, which a server of 32 bits has by reference.
 */
static Datum
copy_value(ColumnKind kind, Datum value)
{
	if (kind == COLUMN_FLAG)
		return value;
	if (kind == COLUMN_TEXT)
		return datumCopy(value, false, -1);
	return datumCopy(value, FLOAT8PASSBYVAL, sizeof(int64));
}

/*
 * Take the profile, of which there may be one, or what is wrong.  Of the same
 * one again, the first counts.
 */
static void
put_profile(PayloadReader *r)
{
	ProfileMetricsRow *row = r->to;

	if (r->problem.detail == NULL && r->nrows > 0 && is_same_profile(r, row))
		return;
	if (r->problem.detail == NULL && r->nrows > 0)
	{
		r->problem.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
		r->problem.detail = "It holds more than one profile.";
		r->problem.hint = "Pass the elements one by one.";
		r->problem.answer = false;
	}
	if (r->problem.detail == NULL)
	{
		for (int i = 0; i < PROFILE_COLUMNS; i++)
		{
			row->nulls[i] = r->nulls[i];
			if (!r->nulls[i])
				row->values[i] =
					copy_value(r->mapping->rows->columns[i].kind,
							   r->values[i]);
		}
		return;
	}
	if (!row->lenient)
		payload_raise(r);
	memset(row->nulls, true, sizeof(row->nulls));
	row->nulls[PROFILE_COLUMNS] = false;
	row->values[PROFILE_COLUMNS] = CStringGetTextDatum(r->problem.detail);
}

/* The descriptor says whether there is a column for what was skipped. */
static Datum
one_profile(FunctionCallInfo fcinfo, PayloadBy by, bool lenient)
{
	PayloadCall *call = payload_call(fcinfo, &profile_rows, by, lenient);
	TupleDesc	desc = result_descriptor_kept(fcinfo,
											  PROFILE_COLUMNS + lenient,
											  &call->desc);
	Jsonb	   *payload = payload_argument(fcinfo, by);
	ProfileMetricsRow row;

	if (json_is_null(payload))
		PG_RETURN_NULL();
	row.lenient = lenient;
	memset(row.nulls, true, sizeof(row.nulls));
	call->reader.put = put_profile;
	call->reader.to = &row;
	payload_read(&call->reader, payload);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, row.values,
													  row.nulls)));
}

PG_FUNCTION_INFO_V1(profile_metrics);
PG_FUNCTION_INFO_V1(profile_metrics_enum);
PG_FUNCTION_INFO_V1(profile_metrics_mapping);

/*
 * profile_metrics(platform text, payload jsonb) -> record
 *		The profile in an answer of a platform: id, name, followers, following,
 *		posts and views, as counts, and when it was created.
 *
 * What is absent, null or hidden is NULL; NULL for NULL and the json null, a
 * row of NULLs for an answer that found none.  Errors as post_metrics(), and
 * 22023 for several profiles.
 */
Datum
profile_metrics(PG_FUNCTION_ARGS)
{
	return one_profile(fcinfo, BY_PLATFORM, false);
}

/* profile_metrics(platform anynonarray, payload jsonb): by the enum's label */
Datum
profile_metrics_enum(PG_FUNCTION_ARGS)
{
	return one_profile(fcinfo, BY_ENUM, false);
}

/*
 * profile_metrics(payload jsonb, mapping jsonb) -> record
 *		The same of a shape that is passed; error 22023 for a wrong one.
 */
Datum
profile_metrics_mapping(PG_FUNCTION_ARGS)
{
	return one_profile(fcinfo, BY_MAPPING, false);
}

PG_FUNCTION_INFO_V1(try_profile_metrics);
PG_FUNCTION_INFO_V1(try_profile_metrics_enum);
PG_FUNCTION_INFO_V1(try_profile_metrics_mapping);

/*
 * try_profile_metrics(platform text, payload jsonb) -> record
 *		As profile_metrics(), with a column skipped: if the profile can't be
 *		read, only that is not NULL, and says why.
 */
Datum
try_profile_metrics(PG_FUNCTION_ARGS)
{
	return one_profile(fcinfo, BY_PLATFORM, true);
}

/*
 * try_profile_metrics(platform anynonarray, payload jsonb): by the enum's
 * label
 */
Datum
try_profile_metrics_enum(PG_FUNCTION_ARGS)
{
	return one_profile(fcinfo, BY_ENUM, true);
}

/*
 * try_profile_metrics(payload jsonb, mapping jsonb): of a shape that is passed
 */
Datum
try_profile_metrics_mapping(PG_FUNCTION_ARGS)
{
	return one_profile(fcinfo, BY_MAPPING, true);
}
