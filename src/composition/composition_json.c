/*-------------------------------------------------------------------------
 *
 * composition_json.c
 *		Compositions from jsonb, as reports have them, to jsonb, and as text.
 *
 * Read are an object of labels and weights, and an array of objects that hold
 * a label and a weight each:
 *
 *		{"DE": .6, "AT": .2}
 *		[{"code": "DE", "weight": .6}, {"code": "AT", "weight": .2}]
 *
 * The text form is such an object, followed by the total if there is a rest:
 *
 *		{"AT": 0.2, "DE": 0.6} / 1
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/compat.h"
#include "base/json.h"
#include "base/numeric.h"
#include "base/token.h"
#include "composition/composition.h"

/*
 * The keys of an element's label and of its weight.  Where an element has
 * several, the first in this order counts.
 */
static const char *const label_keys[] = {"code", "name", "label", "key", "title"};
static const char *const weight_keys[] = {"weight", "value", "percentage", "count", "prc"};

#define LABEL_KEYS_LISTED	"code, name, label, key and title"
#define WEIGHT_KEYS_LISTED	"weight, value, percentage, count and prc"

/* The SQLSTATE and the message of everything that can be wrong. */
static int
reader_error(const CompositionReader *r, int sqlstate)
{
	if (r->input == NULL)
	{
		errcode(sqlstate);
		return errmsg("jsonb is not a composition");
	}
	errcode(sqlstate == ERRCODE_INVALID_PARAMETER_VALUE ?
			ERRCODE_INVALID_TEXT_REPRESENTATION : sqlstate);
	return errmsg("invalid input syntax for type %s: \"%s\"", "composition", r->input);
}

#define SHAPE_HINT \
	errhint("A composition is an object of labels and weights, or an array of objects with a label (%s) and a weight (%s).", \
			LABEL_KEYS_LISTED, WEIGHT_KEYS_LISTED)

/* Which of some keys this is, or -1. */
static int
find_key(const JsonbValue *key, const char *const *keys, int nkeys)
{
	for (int i = 0; i < nkeys; i++)
	{
		if ((size_t) key->val.string.len == strlen(keys[i]) &&
			memcmp(key->val.string.val, keys[i], key->val.string.len) == 0)
			return i;
	}
	return -1;
}

/* Keep a label; a NULL one adds to the sum only.  False after a soft error. */
static bool
keep_label(CompositionReader *r, const JsonbValue *label, Weight weight)
{
	LabelWeight *kept;

	if (!weight_add(&r->sum, weight))
		ereturn(r->escontext, false,
				(reader_error(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errdetail("%s", weight_problem_detail(WEIGHT_OVERFLOW))));
	if (label == NULL)
		return true;
	if (r->nlabels == r->capacity)
	{
		r->capacity *= 2;
		r->labels = repalloc_huge(r->labels, r->capacity * sizeof(LabelWeight));
	}
	kept = &r->labels[r->nlabels++];
	kept->label = label->val.string.val;
	kept->len = label->val.string.len;
	kept->weight = weight;
	return true;
}

/* Read a weight; false after a soft error.  what and len name its label. */
static bool
read_weight(CompositionReader *r, const JsonbValue *value, const char *what, int len, Weight *weight)
{
	char	   *decimal;
	WeightProblem problem;

	if (value->type != jbvNumeric)
		ereturn(r->escontext, false,
				(reader_error(r, ERRCODE_INVALID_PARAMETER_VALUE),
				 errdetail("The weight of \"%.*s\" is %s, not a number.",
						   len, what, json_kind(value)),
				 SHAPE_HINT));
	decimal = numeric_to_decimal(value->val.numeric);
	problem = weight_from_decimal(decimal, weight);
	pfree(decimal);
	if (problem != WEIGHT_OK)
		ereturn(r->escontext, false,
				(reader_error(r, weight_problem_sqlstate(problem)),
				 errdetail("The weight of \"%.*s\" is not usable: %s",
						   len, what, weight_problem_detail(problem))));
	return true;
}

/*
 * composition_reader_start
 *		Nothing is read yet; about so many labels will be.
 */
void
composition_reader_start(CompositionReader *r, uint32 nlabels)
{
	memset(&r->sum, 0, sizeof(r->sum));
	r->nlabels = 0;
	r->capacity = nlabels + 1;
	r->labels = palloc_extended(r->capacity * sizeof(LabelWeight), MCXT_ALLOC_HUGE);
}

/*
 * composition_reader_add
 *		Read a label and its weight, which is left out if it is null.  The weight
 *		of a NULL label is a part of the rest.  False after a soft error.
 */
bool
composition_reader_add(CompositionReader *r, const JsonbValue *label, const JsonbValue *value)
{
	Weight		weight;

	if (value->type == jbvNull)
		return true;
	return read_weight(r, value, label ? label->val.string.val : "null",
					   label ? label->val.string.len : 4, &weight) &&
		keep_label(r, label, weight);
}

/*
 * An object: each key is a label, each value its weight.  A null weight is
 * unknown, so the label is left out.
 */
static bool
read_object(CompositionReader *r, JsonbIterator *it)
{
	JsonbValue	key;
	JsonbValue	value;

	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		CHECK_FOR_INTERRUPTS();
		(void) JsonbIteratorNext(&it, &value, true);
		if (!composition_reader_add(r, &key, &value))
			return false;
	}
	return true;
}

/* An element of an array: the best key found so far, and its value. */
typedef struct Element
{
	int			label_key;		/* -1 for none */
	int			weight_key;
	JsonbValue	label;
	JsonbValue	weight;
} Element;

/* A key replaces what was found if it comes before it, or that was null. */
static void
note_value(const JsonbValue *value, int key, int *best, JsonbValue *found)
{
	if (*best < 0 || found->type == jbvNull ||
		(key < *best && value->type != jbvNull))
	{
		*best = key;
		*found = *value;
	}
}

/* Collect the label and the weight of an element, up to its end. */
static void
scan_element(JsonbIterator **it, Element *element)
{
	JsonbValue	key;
	JsonbValue	value;

	element->label_key = element->weight_key = -1;
	while (JsonbIteratorNext(it, &key, true) == WJB_KEY)
	{
		int			at;

		CHECK_FOR_INTERRUPTS();
		(void) JsonbIteratorNext(it, &value, true);
		at = find_key(&key, label_keys, lengthof(label_keys));
		if (at >= 0)
			note_value(&value, at, &element->label_key, &element->label);
		else
		{
			at = find_key(&key, weight_keys, lengthof(weight_keys));
			if (at >= 0)
				note_value(&value, at, &element->weight_key, &element->weight);
		}
	}
}

/*
 * Keep an element.  A null weight is unknown, so the element is left out; a
 * null label makes its weight a part of the rest.
 */
static bool
keep_element(CompositionReader *r, const Element *element, uint32 number)
{
	bool		labelled = element->label_key >= 0 && element->label.type != jbvNull;

	if (element->label_key < 0 || element->weight_key < 0)
		ereturn(r->escontext, false,
				(reader_error(r, ERRCODE_INVALID_PARAMETER_VALUE),
				 errdetail("Element %u has no %s.", number,
						   element->label_key < 0 ? "label" : "weight"),
				 SHAPE_HINT));
	if (labelled && element->label.type != jbvString)
		ereturn(r->escontext, false,
				(reader_error(r, ERRCODE_INVALID_PARAMETER_VALUE),
				 errdetail("The label of element %u is %s, not a string.",
						   number, json_kind(&element->label)),
				 SHAPE_HINT));
	return composition_reader_add(r, labelled ? &element->label : NULL, &element->weight);
}

/* An array: each element is an object with a label and a weight. */
static bool
read_array(CompositionReader *r, JsonbIterator *it)
{
	JsonbValue	value;
	JsonbIteratorToken token;
	Element		element;

	for (uint32 number = 1; (token = JsonbIteratorNext(&it, &value, false)) != WJB_END_ARRAY;
		 number++)
	{
		if (token != WJB_BEGIN_OBJECT)
			ereturn(r->escontext, false,
					(reader_error(r, ERRCODE_INVALID_PARAMETER_VALUE),
					 errdetail("Element %u is %s, not an object.", number,
							   token == WJB_ELEM ? json_kind(&value) : "an array"),
					 SHAPE_HINT));
		CHECK_FOR_INTERRUPTS();
		scan_element(&it, &element);
		if (!keep_element(r, &element, number))
			return false;
	}
	return true;
}

/*
 * composition_reader_jsonb
 *		Read all of a document, of the shapes at the top of the file.  False after
 *		a soft error.
 */
bool
composition_reader_jsonb(CompositionReader *r, Jsonb *json)
{
	JsonbIterator *it = JsonbIteratorInit(&json->root);
	JsonbValue	value;

	composition_reader_start(r, JB_ROOT_IS_SCALAR(json) ? 0 : JB_ROOT_COUNT(json));
	(void) JsonbIteratorNext(&it, &value, false);
	if (JB_ROOT_IS_SCALAR(json))
	{
		(void) JsonbIteratorNext(&it, &value, false);
		ereturn(r->escontext, false,
				(reader_error(r, ERRCODE_INVALID_PARAMETER_VALUE),
				 errdetail("It is %s.", json_kind(&value)),
				 SHAPE_HINT));
	}
	return JB_ROOT_IS_OBJECT(json) ? read_object(r, it) : read_array(r, it);
}

/*
 * Set the total.  Lists of rounded shares may add up to a little more, as
 * 100.01 %: up to 1 % above the total, their sum becomes the total.
 */
static bool
set_total(CompositionReader *r, Weight total)
{
	Weight		allowance = total;
	Weight		excess;
	StringInfoData detail;

	if (weight_compare(r->sum, total) <= 0)
	{
		r->sum = total;
		return true;
	}
	wide_divide(allowance.limb, WEIGHT_LIMBS, 100);
	excess = weight_minus(r->sum, total);
	if (weight_compare(excess, allowance) <= 0)
		return true;
	initStringInfo(&detail);
	appendStringInfoString(&detail, "The weights add up to ");
	weight_print(&detail, r->sum);
	appendStringInfoString(&detail, ", the total is ");
	weight_print(&detail, total);
	ereturn(r->escontext, false,
			(reader_error(r, ERRCODE_INVALID_PARAMETER_VALUE),
			 errdetail("%s.", detail.data),
			 errhint("The total is in the unit of the weights: 1 for fractions, 100 for percentages, or a count. Rounding may add up to 1 %% to it.")));
}

/*
 * composition_reader_finish
 *		The composition of what was read; total is NULL for the sum.
 */
Composition *
composition_reader_finish(CompositionReader *r, const Weight *total)
{
	uint32		n;

	if (total != NULL)
		(void) set_total(r, *total);
	n = labels_sort(r->labels, r->nlabels);
	return composition_make(r->labels, n, r->sum);
}

static bool
is_json_null(Jsonb *json)
{
	JsonbValue	value;

	return JB_ROOT_IS_SCALAR(json) && JsonbExtractScalar(&json->root, &value) &&
		value.type == jbvNull;
}

PG_FUNCTION_INFO_V1(to_composition);

/*
 * to_composition(jsonb) -> composition
 *		The shapes at the top of the file; the total is the sum of the weights.
 *
 * Weights of a repeated label are added up.  NULL for NULL and for the json
 * null.  Error 22023 for another shape, a weight that is negative or not a
 * number; 22003 for one past the range.
 */
Datum
to_composition(PG_FUNCTION_ARGS)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	CompositionReader reader = {0};

	if (is_json_null(json))
		PG_RETURN_NULL();
	(void) composition_reader_jsonb(&reader, json);
	PG_RETURN_COMPOSITION(composition_reader_finish(&reader, NULL));
}

PG_FUNCTION_INFO_V1(to_composition_total);

/*
 * to_composition(jsonb, total float8) -> composition
 *		As above, of a list that may be cut off: total is 1 for fractions, 100
 *		for percentages, or the count of all.
 *
 * NULL for NULL.  Error 22023 also for a total that is negative or not finite,
 * and for weights that add up to more than 1 % above it.
 */
Datum
to_composition_total(PG_FUNCTION_ARGS)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	CompositionReader reader = {0};
	Weight		total;
	WeightProblem problem = weight_from_float8(PG_GETARG_FLOAT8(1), &total);

	if (problem != WEIGHT_OK)
		ereport(ERROR,
				(errcode(weight_problem_sqlstate(problem)),
				 errmsg("invalid total: %g", PG_GETARG_FLOAT8(1)),
				 errdetail("%s", weight_problem_detail(problem))));
	if (is_json_null(json))
		PG_RETURN_NULL();
	(void) composition_reader_jsonb(&reader, json);
	PG_RETURN_COMPOSITION(composition_reader_finish(&reader, &total));
}

/* text form */

/* Append a label as a json string. */
static void
append_json_label(StringInfo buf, LabelWeight entry)
{
	char	   *label = pnstrdup(entry.label, entry.len);

	escape_json(buf, label);
	pfree(label);
}

/* Append the labels and weights as a json object. */
static void
append_object(StringInfo buf, const Composition *c, Weight *sum)
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

/* composition_out: exact; see the top of the file */
Datum
composition_out(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	Weight		sum = {{0, 0}};
	StringInfoData buf;

	initStringInfo(&buf);
	append_object(&buf, c, &sum);
	if (weight_compare(sum, c->total) != 0)
	{
		appendStringInfoString(&buf, " / ");
		weight_print(&buf, c->total);
	}
	PG_RETURN_CSTRING(buf.data);
}

PG_FUNCTION_INFO_V1(composition_to_json);

/*
 * composition -> json
 *		An object of labels and weights, in the unit of the source.  The total is
 *		not in it: to_composition(c::jsonb, total(c)) is c again.
 */
Datum
composition_to_json(PG_FUNCTION_ARGS)
{
	Weight		sum = {{0, 0}};
	StringInfoData buf;

	initStringInfo(&buf);
	append_object(&buf, PG_GETARG_COMPOSITION(0), &sum);
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
	append_object(&buf, PG_GETARG_COMPOSITION(0), &sum);
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data));
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
		ereturn(r->escontext, false,
				(reader_error(r, weight_problem_sqlstate(problem)),
				 errdetail("The total is not usable: %s",
						   weight_problem_detail(problem))));
	return set_total(r, total);
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

	reader.input = input;
	reader.escontext = fcinfo->context;
	if (!InputSafely(jsonb_in, text, fcinfo->context, &json) ||
		!composition_reader_jsonb(&reader, DatumGetJsonbP(json)) ||
		(total.str != input && !read_total(&reader, total)))
		PG_RETURN_NULL();
	PG_RETURN_COMPOSITION(composition_reader_finish(&reader, NULL));
}
