/*-------------------------------------------------------------------------
 *
 * composition_text.c
 *		Compositions as text.
 *
 * The text form is a json object of labels and weights, followed by the total
 * if there is a rest:
 *
 *		{"AT": 0.2, "DE": 0.6} / 1
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

#include "base/compat.h"
#include "base/json.h"
#include "base/numeric.h"
#include "base/token.h"
#include "composition/composition_json_reader.h"

/* Append a label as a json string. */
static void
append_json_label(StringInfo buf, LabelWeight entry)
{
	char	   *label = pnstrdup(entry.label, entry.len);

	escape_json(buf, label);
	pfree(label);
}

/*
 * composition_append_object
 *		Append the labels and weights as a json object, and add these to a sum.
 */
void
composition_append_object(StringInfo buf, const Composition *c, Weight *sum)
{
	appendStringInfoChar(buf, '{');
	for (uint32 i = 0; i < c->nlabels; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoString(buf, ", ");
		append_json_label(buf, composition_label(c, i));
		appendStringInfoString(buf, ": ");
		weight_print(buf, c->weights[i]);
		weight_add(sum, c->weights[i]);
	}
	appendStringInfoChar(buf, '}');
}

PG_FUNCTION_INFO_V1(composition_out);

/* composition_out: exact; see the top of this file */
Datum
composition_out(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	Weight		sum = {{0, 0}};
	StringInfoData buf;

	initStringInfo(&buf);
	composition_append_object(&buf, c, &sum);
	if (weight_compare(sum, c->total) != 0)
	{
		appendStringInfoString(&buf, " / ");
		weight_print(&buf, c->total);
	}
	PG_RETURN_CSTRING(buf.data);
}

/*
 * Cut the total off the end of a text; *total is trimmed and empty if there is
 * none.  A text that ends in a bracket is all json.
 */
static char *
cut_total(const char *input, Token *total)
{
	Token		all = token_trim(token_of(input, strlen(input)));
	size_t		len = all.len;

	total->str = input;
	total->len = 0;
	while (len > 0 && strchr("}]/", all.str[len - 1]) == NULL)
		len--;
	if (len == 0 || all.str[len - 1] != '/')
		return pnstrdup(all.str, all.len);
	*total = token_trim(token_of(all.str + len, all.len - len));
	return pnstrdup(all.str, len - 1);
}

/* Read the total of a text form.  False after a soft error. */
static bool
read_total(CompositionReader *r, Token written)
{
	char	   *text = pnstrdup(written.str, written.len);
	char	   *decimal;
	Datum		number;
	Weight		total;
	WeightProblem problem;

	if (!InputSafely(numeric_in, text, r->escontext, &number))
		return false;
	decimal = numeric_to_decimal(DatumGetNumeric(number));
	problem = weight_from_decimal(decimal, &total);
	if (problem != WEIGHT_OK)
	{
		const char *detail = weight_problem_detail(problem);

		return composition_reader_fail(r, weight_problem_sqlstate(problem),
									   psprintf("The total is not usable: %s",
												detail), NULL);
	}
	return composition_reader_total(r, total);
}

PG_FUNCTION_INFO_V1(composition_in);

/*
 * composition_in
 *		Text input: json as to_composition() reads it, and "/ total" if that is
 *		more than the sum.
 *
 * Error 22P02, 22003 for a weight past the range, soft where the server has
 * soft errors.
 */
Datum
composition_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	CompositionReader reader = {0};
	Token		total;
	char	   *text = cut_total(input, &total);
	Datum		json;
	JsonbValue	value;

	reader.input = input;
	reader.escontext = fcinfo->context;
	if (!InputSafely(jsonb_in, text, fcinfo->context, &json))
		PG_RETURN_NULL();
	json_root(DatumGetJsonbP(json), &value);
	if (!composition_reader_value(&reader, &value) ||
		(total.str != input && !read_total(&reader, total)))
		PG_RETURN_NULL();
	PG_RETURN_COMPOSITION(composition_reader_finish(&reader));
}
