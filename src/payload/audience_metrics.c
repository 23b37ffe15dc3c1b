/*-------------------------------------------------------------------------
 *
 * audience_metrics.c
 *		Audiences of reports, a row for each part or a column.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "base/compat.h"
#include "base/result.h"
#include "payload/payload_mapping.h"
#include "payload/report_reader.h"

/* The columns of audience_metrics(), and of try_audience_metrics(). */
enum
{
	AUDIENCE_PART,
	AUDIENCE_COMPOSITION,
	AUDIENCE_SKIPPED,
	AUDIENCE_COLUMNS
};

/* The columns of audience_profile(). */
static const char *const profile_parts[] = {
	"countries", "cities", "genders", "ages", "genders_ages", "languages",
	"interests", "types",
	"reachability", "brands"
};

#define PROFILE_PARTS	lengthof(profile_parts)

/* arguments */

pg_noreturn static void
unknown_source(const char *name)
{
	StringInfoData known;

	initStringInfo(&known);
	for (const Section *s = report_sections; s->source != NULL; s++)
	{
		if (s == report_sections || strcmp(s->source, s[-1].source) != 0)
			appendStringInfo(&known, "%s%s", known.len > 0 ? ", " : "",
							 s->source);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown source of audience reports: \"%s\"", name),
			 errhint("Known are: %s.", known.data)));
}

/* The source that the first argument names, as a text or an enum's label. */
static const char *
source_argument(FunctionCallInfo fcinfo, bool by_enum)
{
	char	   *name = by_enum ?
		platform_enum_label(fcinfo) :
		text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *source = report_source(name, (int) strlen(name));

	if (source == NULL)
		unknown_source(name);
	return source;
}

pg_noreturn static void
raise_problem(const ReportReader *r)
{
	ereport(ERROR,
			(errcode(r->sqlstate),
			 errmsg("invalid audience report of source \"%s\"", r->source),
			 errdetail("%s", r->problem),
			 r->hint != NULL ? errhint("%s", r->hint) : 0));
}

/* rows */

/* Put a part; what is wrong is an error. */
static void
put_part(ReportReader *r, const char *name, Composition *c)
{
	ReturnSetInfo *rsinfo = r->to;
	Datum		values[AUDIENCE_COLUMNS];
	bool		nulls[AUDIENCE_COLUMNS] = {false};

	if (c == NULL)
		raise_problem(r);
	values[AUDIENCE_PART] = CStringGetTextDatum(name);
	values[AUDIENCE_COMPOSITION] = PointerGetDatum(c);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* Put a part, or what is wrong with it. */
static void
put_part_or_problem(ReportReader *r, const char *name, Composition *c)
{
	ReturnSetInfo *rsinfo = r->to;
	Datum		values[AUDIENCE_COLUMNS] = {0};
	bool		nulls[AUDIENCE_COLUMNS];

	nulls[AUDIENCE_PART] = name == NULL;
	nulls[AUDIENCE_COMPOSITION] = c == NULL;
	nulls[AUDIENCE_SKIPPED] = c != NULL;
	if (name != NULL)
		values[AUDIENCE_PART] = CStringGetTextDatum(name);
	if (c != NULL)
		values[AUDIENCE_COMPOSITION] = PointerGetDatum(c);
	else
		values[AUDIENCE_SKIPPED] = CStringGetTextDatum(r->problem);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static Datum
read_parts(FunctionCallInfo fcinfo, bool by_enum, bool lenient)
{
	ReportReader reader = {0};
	const char *source = source_argument(fcinfo, by_enum);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	reader.put = lenient ? put_part_or_problem : put_part;
	reader.to = fcinfo->resultinfo;
	report_read(&reader, source, PG_GETARG_JSONB_P(1));
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(audience_metrics);
PG_FUNCTION_INFO_V1(audience_metrics_enum);

/*
 * audience_metrics(source text, payload jsonb) -> SETOF record
 *		The parts of an audience report: name and composition.
 *
 * No rows for NULL, the json null, and a report that says that it has no
 * audience.  Error 22023 for an unknown source, a report that is an error or
 * has none of the parts, and a part of another shape, which names the path
 * missed or wrong; 22003 for a weight past the range.
 */
Datum
audience_metrics(PG_FUNCTION_ARGS)
{
	return read_parts(fcinfo, false, false);
}

/* audience_metrics(source anynonarray, payload jsonb): by the enum's label */
Datum
audience_metrics_enum(PG_FUNCTION_ARGS)
{
	return read_parts(fcinfo, true, false);
}

PG_FUNCTION_INFO_V1(try_audience_metrics);
PG_FUNCTION_INFO_V1(try_audience_metrics_enum);

/*
 * try_audience_metrics(source text, payload jsonb) -> SETOF record
 *		As audience_metrics(), with a column skipped: for each part, or report,
 *		that can't be read there is a row without a composition that says why.
 */
Datum
try_audience_metrics(PG_FUNCTION_ARGS)
{
	return read_parts(fcinfo, false, true);
}

/*
 * try_audience_metrics(source anynonarray, payload jsonb): by the enum's label
 */
Datum
try_audience_metrics_enum(PG_FUNCTION_ARGS)
{
	return read_parts(fcinfo, true, true);
}

/* one row */

typedef struct AudienceRow
{
	Datum		values[PROFILE_PARTS];
	bool		nulls[PROFILE_PARTS];
} AudienceRow;

/* Keep a part that has a column. */
static void
keep_part(ReportReader *r, const char *name, Composition *c)
{
	AudienceRow *row = r->to;

	if (c == NULL)
		raise_problem(r);
	for (int i = 0; i < (int) PROFILE_PARTS; i++)
	{
		Composition *copy;

		if (strcmp(name, profile_parts[i]) != 0)
			continue;
		copy = palloc(VARSIZE(c));
		memcpy(copy, c, VARSIZE(c));
		row->values[i] = PointerGetDatum(copy);
		row->nulls[i] = false;
	}
}

/* The descriptor of the row, kept from call to call. */
static TupleDesc
profile_descriptor(FunctionCallInfo fcinfo)
{
	TupleDesc	desc = fcinfo->flinfo->fn_extra;

	fcinfo->flinfo->fn_extra = result_descriptor_kept(fcinfo, PROFILE_PARTS,
													  &desc);
	return desc;
}

static Datum
audience_in_one_row(FunctionCallInfo fcinfo, bool by_enum)
{
	TupleDesc	desc = profile_descriptor(fcinfo);
	const char *source = source_argument(fcinfo, by_enum);
	Jsonb	   *payload = PG_GETARG_JSONB_P(1);
	ReportReader reader = {0};
	AudienceRow row;

	if (json_is_null(payload))
		PG_RETURN_NULL();
	memset(row.nulls, true, sizeof(row.nulls));
	reader.put = keep_part;
	reader.to = &row;
	report_read(&reader, source, payload);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, row.values,
													  row.nulls)));
}

PG_FUNCTION_INFO_V1(audience_profile);
PG_FUNCTION_INFO_V1(audience_profile_enum);

/*
 * audience_profile(source text, payload jsonb) -> record
 *		An audience report in one row: countries, cities, genders, ages, and so
 *		on, each a composition; those of likers and of other metrics are left
 *		out.
 *
 * NULL for NULL and the json null, and in the column of a part that is not in
 * the report.  Errors as audience_metrics().
 */
Datum
audience_profile(PG_FUNCTION_ARGS)
{
	return audience_in_one_row(fcinfo, false);
}

/* audience_profile(source anynonarray, payload jsonb): by the enum's label */
Datum
audience_profile_enum(PG_FUNCTION_ARGS)
{
	return audience_in_one_row(fcinfo, true);
}
