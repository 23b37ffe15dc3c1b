/*-------------------------------------------------------------------------
 *
 * composition_json_reader.c
 *		Compositions from json, as reports have them.
 *
 * Read are an object of labels and weights, and an array of objects that hold
 * a label and a weight each, of pairs of the two, or of labels, which count 1:
 *
 *		{"DE": .6, "AT": .2}
 *		[{"code": "DE", "weight": .6}, {"code": "AT", "weight": .2}]
 *		[["DE", .6], ["AT", .2]]
 *		["DE", "DE", "AT"]
 *
 * A weight may be a string of a decimal number, with or without a percent
 * sign.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "base/json.h"
#include "base/numeric.h"
#include "base/token.h"
#include "composition/composition_json_reader.h"

/*
 * The keys of an element's label and of its weight.  Where an element has
 * several, the first in this order counts: a name of a city before its
 * country.
 */
typedef struct KnownKey
{
	const char *name;
	int			len;
} KnownKey;

#define KNOWN(name)		{name, sizeof(name) - 1}

static const KnownKey label_keys[] = {
	KNOWN("code"), KNOWN("name"), KNOWN("label"), KNOWN("key"), KNOWN("title"),
	KNOWN("city"),
	KNOWN("country"), KNOWN("lang"), KNOWN("language"), KNOWN("id")
};
static const KnownKey weight_keys[] = {
	KNOWN("weight"), KNOWN("value"), KNOWN("percentage"), KNOWN("percent"),
	KNOWN("pct"),
	KNOWN("prc"), KNOWN("share"), KNOWN("count")
};

#define SHAPE_HINT \
	"A composition is an object of labels and weights, or an array of objects with a label (code, name, label, key, title, city, country, lang, language or id) and a weight (weight, value, percentage, percent, pct, prc, share or count), of pairs of label and weight, or of labels."

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
	return errmsg("invalid input syntax for type %s: \"%s\"", "composition",
				  r->input);
}

/*
 * composition_reader_fail
 *		Something is wrong: false, unless it is thrown.
 */
bool
composition_reader_fail(CompositionReader *r, int sqlstate, const char *detail,
						const char *hint)
{
	if (r->lenient)
	{
		r->sqlstate = sqlstate;
		r->problem = detail;
		r->hint = hint;
		return false;
	}
	ereturn(r->escontext, false,
			(reader_error(r, sqlstate),
			 errdetail("%s", detail),
			 hint != NULL ? errhint("%s", hint) : 0));
}

static bool
wrong_shape(CompositionReader *r, const char *detail)
{
	return composition_reader_fail(r, ERRCODE_INVALID_PARAMETER_VALUE, detail,
								   SHAPE_HINT);
}

/* Which of some keys this is, or -1. */
static int
find_key(const JsonbValue *key, const KnownKey *keys, int nkeys)
{
	for (int i = 0; i < nkeys; i++)
	{
		if (key->val.string.len == keys[i].len &&
			memcmp(key->val.string.val, keys[i].name, keys[i].len) == 0)
			return i;
	}
	return -1;
}

/* Keep a label; a NULL one adds to the sum only. */
static bool
keep_label(CompositionReader *r, const JsonbValue *label, Weight weight)
{
	LabelWeight *kept;

	if (!weight_add(&r->sum, weight))
		return composition_reader_fail(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									   weight_problem_detail(WEIGHT_OVERFLOW),
									   NULL);
	if (label == NULL)
		return true;
	if (r->nlabels == r->capacity)
	{
		r->capacity *= 2;
		r->labels = repalloc_huge(r->labels,
								  r->capacity * sizeof(LabelWeight));
	}
	kept = &r->labels[r->nlabels++];
	kept->label = label->val.string.val;
	kept->len = label->val.string.len;
	kept->weight = weight;
	return true;
}

/*
 * A decimal number in a string, with or without a percent sign, as
 * weight_from_decimal() takes it; NULL for another text.
 */
static char *
decimal_of_string(const JsonbValue *value)
{
	Token		token =
		token_trim(token_of(value->val.string.val, value->val.string.len));
	char	   *decimal;
	size_t		sign;
	size_t		whole;
	size_t		fraction;

	if (token.len > 0 && token.str[token.len - 1] == '%')
	{
		token.len--;
		token = token_trim(token);
	}
	decimal = pnstrdup(token.str, token.len);
	sign = *decimal == '-' ? 1 : 0;
	whole = strspn(decimal + sign, "0123456789");
	fraction = decimal[sign + whole] == '.' ?
		1 + strspn(decimal + sign + whole + 1, "0123456789") : 0;
	if (sign + whole + fraction != token.len || whole == 0 || fraction == 1)
		return NULL;
	return decimal;
}

/* Read a weight; what and len name its label. */
static bool
read_weight(CompositionReader *r, const JsonbValue *value, const char *what,
			int len, Weight *weight)
{
	char	   *decimal = NULL;
	WeightProblem problem;

	if (value->type == jbvString)
		decimal = decimal_of_string(value);
	else if (value->type == jbvNumeric)
		decimal = numeric_to_decimal(value->val.numeric);
	if (decimal == NULL)
		return wrong_shape(r,
						   psprintf("The weight of \"%.*s\" is %s, not a number.",
									len, what, json_kind(value)));
	problem = weight_from_decimal(decimal, weight);
	pfree(decimal);
	if (problem != WEIGHT_OK)
	{
		const char *detail = weight_problem_detail(problem);

		return composition_reader_fail(r, weight_problem_sqlstate(problem),
									   psprintf("The weight of \"%.*s\" is not usable: %s",
												len, what, detail), NULL);
	}
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
	r->problem = NULL;
	r->nlabels = 0;
	r->capacity = nlabels + 1;
	r->labels = palloc_extended(r->capacity * sizeof(LabelWeight),
								MCXT_ALLOC_HUGE);
}

/*
 * composition_reader_add
 *		Read a label and its weight, which is left out if it is null.  The
 *		weight of a NULL label is a part of the rest.  False after a problem.
 */
bool
composition_reader_add(CompositionReader *r, const JsonbValue *label,
					   const JsonbValue *value)
{
	Weight		weight;

	if (value->type == jbvNull)
		return true;
	return read_weight(r, value, label ? label->val.string.val : "null",
					   label ? label->val.string.len : 4, &weight) &&
		keep_label(r, label, weight);
}

/* A label that is read from a value: a string, or null for none. */
static bool
add_labelled(CompositionReader *r, const JsonbValue *label,
			 const JsonbValue *value, int64 number)
{
	if (label->type != jbvNull && label->type != jbvString)
		return wrong_shape(r,
						   psprintf("The label of element " INT64_FORMAT " is %s, not a string.",
									number, json_kind(label)));
	return composition_reader_add(r, label->type == jbvNull ? NULL : label,
								  value);
}

/*
 * An object: each key is a label, each value its weight.  A null weight is
 * unknown, so the label is left out.
 */
static bool
read_object(CompositionReader *r, const JsonbContainer *object)
{
	JsonWalk	walk;

	json_walk_start(&walk, object);
	while (json_walk_next(&walk))
	{
		if (!composition_reader_add(r, &walk.key, &walk.value))
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

/*
 * Read an element with a label and a weight.  A null weight is unknown, so the
 * element is left out; a null label makes its weight a part of the rest.
 */
static bool
read_labelled_element(CompositionReader *r, const JsonbContainer *object,
					  int64 number)
{
	Element		element;
	JsonWalk	walk;

	element.label_key = element.weight_key = -1;
	json_walk_start(&walk, object);
	while (json_walk_next(&walk))
	{
		int			at = find_key(&walk.key, label_keys, lengthof(label_keys));

		if (at >= 0)
			note_value(&walk.value, at, &element.label_key, &element.label);
		else if ((at = find_key(&walk.key, weight_keys,
								lengthof(weight_keys))) >= 0)
			note_value(&walk.value, at, &element.weight_key, &element.weight);
	}
	if (element.label_key < 0 || element.weight_key < 0)
		return wrong_shape(r,
						   psprintf("Element " INT64_FORMAT " has no %s.",
									number,
									element.label_key < 0 ? "label" :
									"weight"));
	return add_labelled(r, &element.label, &element.weight, number);
}

/* Read a pair of a label and a weight. */
static bool
read_pair(CompositionReader *r, const JsonbContainer *pair, int64 number)
{
	JsonWalk	walk;
	JsonbValue	label;

	json_walk_start(&walk, pair);
	if (walk.count != 2)
		return wrong_shape(r,
						   psprintf("Element " INT64_FORMAT " is an array of %u, not a pair.",
									number, walk.count));
	(void) json_walk_next(&walk);
	label = walk.value;
	(void) json_walk_next(&walk);
	return add_labelled(r, &label, &walk.value, number);
}

/* Is a value of an array of the kind that the first one is of? */
static bool
same_kind(const JsonbValue *value, const JsonbValue *first)
{
	if (first->type != jbvBinary)
		return value->type == jbvString || value->type == jbvNull;
	return value->type == jbvBinary &&
		json_is_array(value) == json_is_array(first);
}

/* An array, whose elements are all objects, all pairs, or all labels. */
static bool
read_array(CompositionReader *r, const JsonbContainer *array)
{
	static const Weight one = {{WEIGHT_ONE, 0}};
	JsonbValue	first;
	JsonWalk	walk;
	bool		good = true;

	json_walk_start(&walk, array);
	while (good && json_walk_next(&walk))
	{
		JsonbValue *value = &walk.value;

		if (walk.next == 1)
			first = *value;
		if (!same_kind(value, &first))
			good = wrong_shape(r,
							   psprintf("Element %u is %s, not %s.", walk.next,
										json_kind(value),
										first.type == jbvBinary ?
										json_kind(&first) :
										"an object, a pair or a label"));
		else if (json_is_object(value))
			good = read_labelled_element(r, value->val.binary.data, walk.next);
		else if (json_is_array(value))
			good = read_pair(r, value->val.binary.data, walk.next);
		else
			good = keep_label(r, value->type == jbvNull ? NULL : value, one);
	}
	return good;
}

/*
 * composition_reader_value
 *		Read an object or array, of the shapes at the top of this file.  False
 *		after a problem.
 */
bool
composition_reader_value(CompositionReader *r, const JsonbValue *value)
{
	if (value->type != jbvBinary)
	{
		composition_reader_start(r, 0);
		return wrong_shape(r, psprintf("It is %s.", json_kind(value)));
	}
	composition_reader_start(r, JsonContainerSize(value->val.binary.data));
	return json_is_object(value) ? read_object(r, value->val.binary.data) :
		read_array(r, value->val.binary.data);
}

/*
 * composition_reader_total
 *		Set the total.  Lists of rounded shares may add up to a little more, as
 *		100.01 %: up to 1 % above the total, their sum becomes the total.
 *		False after a problem.
 */
bool
composition_reader_total(CompositionReader *r, Weight total)
{
	Weight		allowance = total;
	StringInfoData detail;

	if (weight_compare(r->sum, total) <= 0)
	{
		r->sum = total;
		return true;
	}
	wide_divide(allowance.limb, WEIGHT_LIMBS, 100);
	if (weight_compare(weight_minus(r->sum, total), allowance) <= 0)
		return true;
	initStringInfo(&detail);
	appendStringInfoString(&detail, "The weights add up to ");
	weight_print(&detail, r->sum);
	appendStringInfoString(&detail, ", the total is ");
	weight_print(&detail, total);
	appendStringInfoChar(&detail, '.');
	return composition_reader_fail(r, ERRCODE_INVALID_PARAMETER_VALUE,
								   detail.data,
								   "The total is in the unit of the weights: 1 for fractions, 100 for percentages, or a count. Rounding may add up to 1 % to it.");
}

/*
 * composition_reader_finish
 *		The composition of what was read.
 */
Composition *
composition_reader_finish(CompositionReader *r)
{
	uint32		n = labels_sort(r->labels, r->nlabels);

	return composition_make(r->labels, n, r->sum);
}
