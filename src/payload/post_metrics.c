/*-------------------------------------------------------------------------
 *
 * post_metrics.c
 *		Posts from payloads.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "base/compat.h"
#include "payload/payload_call.h"

/* Put a post; what is wrong is an error. */
static void
put_post(PayloadReader *r)
{
	ReturnSetInfo *rsinfo = r->to;

	if (r->problem.detail != NULL)
		payload_raise(r);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, r->values,
						 r->nulls);
}

/* Put a post, or a row that says what is wrong. */
static void
put_post_or_problem(PayloadReader *r)
{
	ReturnSetInfo *rsinfo = r->to;
	Datum		values[POST_COLUMNS + 1];
	bool		nulls[POST_COLUMNS + 1];

	if (r->problem.detail != NULL)
		memset(nulls, true, sizeof(nulls));
	else
	{
		memcpy(values, r->values, POST_COLUMNS * sizeof(Datum));
		memcpy(nulls, r->nulls, POST_COLUMNS * sizeof(bool));
	}
	nulls[POST_COLUMNS] = r->problem.detail == NULL;
	if (r->problem.detail != NULL)
		values[POST_COLUMNS] = CStringGetTextDatum(r->problem.detail);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static Datum
read_posts(FunctionCallInfo fcinfo, PayloadBy by, bool lenient)
{
	PayloadCall *call = payload_call(fcinfo, &post_rows, by, lenient);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	call->reader.put = lenient ? put_post_or_problem : put_post;
	call->reader.to = fcinfo->resultinfo;
	payload_read(&call->reader, payload_argument(fcinfo, by));
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(post_metrics);
PG_FUNCTION_INFO_V1(post_metrics_enum);
PG_FUNCTION_INFO_V1(post_metrics_mapping);

/*
 * post_metrics(platform text, payload jsonb) -> SETOF record
 *		The posts in an answer of a platform: id, time, likes, comments,
 *		shares, saves, views and reach, as counts; caption, media type,
 *		permalink, and whether the platform calls it sponsored.
 *
 * What is absent, null or hidden is NULL.  No rows for NULL and the json null.
 * Error 22023 for an unknown platform, an answer that is an error, a payload
 * of another shape, which names what was missed or wrong, and for a count that
 * is negative or not whole; 22003 for one past bigint, 22007 and 22008 for a
 * time.
 */
Datum
post_metrics(PG_FUNCTION_ARGS)
{
	return read_posts(fcinfo, BY_PLATFORM, false);
}

/* post_metrics(platform anynonarray, payload jsonb): by the enum's label */
Datum
post_metrics_enum(PG_FUNCTION_ARGS)
{
	return read_posts(fcinfo, BY_ENUM, false);
}

/*
 * post_metrics(payload jsonb, mapping jsonb) -> SETOF record
 *		The same of a shape that is passed; error 22023 for a wrong one.
 */
Datum
post_metrics_mapping(PG_FUNCTION_ARGS)
{
	return read_posts(fcinfo, BY_MAPPING, false);
}

PG_FUNCTION_INFO_V1(try_post_metrics);
PG_FUNCTION_INFO_V1(try_post_metrics_enum);
PG_FUNCTION_INFO_V1(try_post_metrics_mapping);

/*
 * try_post_metrics(platform text, payload jsonb) -> SETOF record
 *		As post_metrics(), with a column skipped: for each post, or payload,
 *		that can't be read there is a row in which only that is not NULL, and
 *		says why.
 */
Datum
try_post_metrics(PG_FUNCTION_ARGS)
{
	return read_posts(fcinfo, BY_PLATFORM, true);
}

/*
 * try_post_metrics(platform anynonarray, payload jsonb): by the enum's label
 */
Datum
try_post_metrics_enum(PG_FUNCTION_ARGS)
{
	return read_posts(fcinfo, BY_ENUM, true);
}

/* try_post_metrics(payload jsonb, mapping jsonb): of a shape that is passed */
Datum
try_post_metrics_mapping(PG_FUNCTION_ARGS)
{
	return read_posts(fcinfo, BY_MAPPING, true);
}

PG_FUNCTION_INFO_V1(payload_mapping);

/*
 * payload_mapping(platform text) -> jsonb
 *		The shapes that are read for a platform, as a mapping.  NULL for NULL.
 *		Error 22023 for an unknown platform.
 */
Datum
payload_mapping(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	const Platform *platform = platform_find(VARDATA_ANY(name),
											 (int) VARSIZE_ANY_EXHDR(name));

	PG_RETURN_JSONB_P(platform_shapes(platform));
}

PG_FUNCTION_INFO_V1(payload_mapping_enum);

/* payload_mapping(platform anynonarray): by the enum's label */
Datum
payload_mapping_enum(PG_FUNCTION_ARGS)
{
	char	   *label = platform_enum_label(fcinfo);

	PG_RETURN_JSONB_P(platform_shapes(platform_find(label,
													(int) strlen(label))));
}
