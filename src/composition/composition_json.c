/*-------------------------------------------------------------------------
 *
 * composition_json.c
 *		Compositions from jsonb, and to it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/json.h"
#include "composition/composition_json_reader.h"

PG_FUNCTION_INFO_V1(to_composition);

/*
 * to_composition(jsonb) -> composition
 *		The shapes at the top of composition_json_reader.c; the total is the
 *		sum of the weights.
 *
 * Weights of a repeated label are added up.  NULL for NULL and for the json
 * null.  Error 22023 for another shape, a weight that is negative or not a
 * number; 22003 for one past the range.
 */
Datum
to_composition(PG_FUNCTION_ARGS)
{
	JsonbValue	value;
	CompositionReader reader = {0};

	json_root(PG_GETARG_JSONB_P(0), &value);
	if (value.type == jbvNull)
		PG_RETURN_NULL();
	(void) composition_reader_value(&reader, &value);
	PG_RETURN_COMPOSITION(composition_reader_finish(&reader));
}

/* What fractions add up to at most, as they are rounded. */
#define LARGEST_FRACTIONS	1.01

/*
 * Fractions with a total of 100 would be taken for a list of which nearly all
 * is missing: an error.  A list of which less than a percent is known can
 * still be given, with the rest in it under the label null.
 */
static void
check_unit(CompositionReader *r, Weight total)
{
	StringInfoData detail;

	if (weight_value(total) != 100 || weight_is_zero(r->sum) ||
		weight_value(r->sum) > LARGEST_FRACTIONS)
		return;
	initStringInfo(&detail);
	appendStringInfoString(&detail, "The weights add up to ");
	weight_print(&detail, r->sum);
	appendStringInfoString(&detail,
						   ", the total is 100: they look like fractions.");
	(void) composition_reader_fail(r, ERRCODE_INVALID_PARAMETER_VALUE,
								   detail.data,
								   "Pass 1 as the total of fractions. If they are percentages, add the rest as [null, 99.2] to an array of pairs.");
}

PG_FUNCTION_INFO_V1(to_composition_total);

/*
 * to_composition(jsonb, total float8) -> composition
 *		As above, of a list that may be cut off: total is 1 for fractions, 100
 *		for percentages, or the count of all.
 *
 * NULL for NULL.  Error 22023 also for a total that is negative or not finite,
 * for weights that add up to more than 1 % above it, and for a total of 100
 * where they add up to 1.01 or less.
 */
Datum
to_composition_total(PG_FUNCTION_ARGS)
{
	JsonbValue	value;
	CompositionReader reader = {0};
	Weight		total;
	WeightProblem problem = weight_from_float8(PG_GETARG_FLOAT8(1), &total);

	if (problem != WEIGHT_OK)
		ereport(ERROR,
				(errcode(weight_problem_sqlstate(problem)),
				 errmsg("invalid total: %g", PG_GETARG_FLOAT8(1)),
				 errdetail("%s", weight_problem_detail(problem))));
	json_root(PG_GETARG_JSONB_P(0), &value);
	if (value.type == jbvNull)
		PG_RETURN_NULL();
	(void) composition_reader_value(&reader, &value);
	check_unit(&reader, total);
	(void) composition_reader_total(&reader, total);
	PG_RETURN_COMPOSITION(composition_reader_finish(&reader));
}

PG_FUNCTION_INFO_V1(composition_to_json);

/*
 * composition -> json
 *		An object of labels and weights, in the unit of the source.  The total
 *		is not in it: to_composition(c::jsonb, total(c)) is c again.
 */
Datum
composition_to_json(PG_FUNCTION_ARGS)
{
	Weight		sum = {{0, 0}};
	StringInfoData buf;

	initStringInfo(&buf);
	composition_append_object(&buf, PG_GETARG_COMPOSITION(0), &sum);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}

PG_FUNCTION_INFO_V1(composition_to_jsonb);

/* composition -> jsonb: the same */
Datum
composition_to_jsonb(PG_FUNCTION_ARGS)
{
	Weight		sum = {{0, 0}};
	StringInfoData buf;

	initStringInfo(&buf);
	composition_append_object(&buf, PG_GETARG_COMPOSITION(0), &sum);
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data));
}
