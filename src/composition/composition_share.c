/*-------------------------------------------------------------------------
 *
 * composition_share.c
 *		What a composition says of its labels: weights and shares.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "composition/composition.h"

/*
 * composition_group
 *		The weight of a label and of those after it that are the same but for
 *		their case; *next is the first that is not.
 */
Weight
composition_group(const Composition *c, uint32 first, uint32 *next)
{
	LabelWeight label = composition_label(c, first);
	Weight		sum = label.weight;

	for (*next = first + 1; *next < c->nlabels; (*next)++)
	{
		LabelWeight other = composition_label(c, *next);

		if (other.len != label.len ||
			label_compare_folded(label.label, label.len, other.label,
								 other.len) != 0)
			break;
		weight_add(&sum, other.weight);
	}
	return sum;
}

/*
 * The number of the first label that is the same, whatever the case, or -1 for
 * one that is not there.
 */
static int64
find_label(const Composition *c, const char *label, uint32 len)
{
	uint32		first = 0;
	uint32		last = c->nlabels;
	LabelWeight found;

	while (first < last)
	{
		uint32		middle = first + (last - first) / 2;

		found = composition_label(c, middle);
		if (label_compare_folded(label, len, found.label, found.len) > 0)
			first = middle + 1;
		else
			last = middle;
	}
	if (first == c->nlabels)
		return -1;
	found = composition_label(c, first);
	return label_compare_folded(label, len, found.label, found.len) == 0 ?
		(int64) first : -1;
}

static int64
find_text(const Composition *c, const text *label)
{
	return find_label(c, VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label));
}

/* The weight of a label; 0 for one that is not there. */
static Weight
weight_of_text(const Composition *c, const text *label)
{
	int64		at = find_text(c, label);
	Weight		none = {{0, 0}};
	uint32		next;

	return at < 0 ? none : composition_group(c, (uint32) at, &next);
}

/* part / total; NULL of nothing */
static Datum
ratio(FunctionCallInfo fcinfo, Weight part, Weight total)
{
	if (weight_is_zero(total))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(weight_ratio(part, total));
}

static int
compare_places(const void *a, const void *b, void *arg pg_attribute_unused())
{
	uint32		x = *(const uint32 *) a;
	uint32		y = *(const uint32 *) b;

	return (x > y) - (x < y);
}

/* The sum of the weights of the labels in an array, each taken once. */
static Weight
weight_of_array(const Composition *c, ArrayType *array)
{
	Weight		sum = {{0, 0}};
	Datum	   *elements;
	bool	   *nulls;
	int			nelements;
	uint32	   *found;
	uint32		nfound = 0;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT,
					  &elements, &nulls, &nelements);
	found = palloc(Max(nelements, 1) * sizeof(uint32));
	for (int i = 0; i < nelements; i++)
	{
		int64		at = nulls[i] ? -1 :
			find_text(c, DatumGetTextPP(elements[i]));

		CHECK_FOR_INTERRUPTS();
		if (at >= 0)
			found[nfound++] = (uint32) at;
	}
	qsort_interruptible(found, nfound, sizeof(uint32), compare_places, NULL);
	for (uint32 i = 0; i < nfound; i++)
	{
		uint32		next;

		if (i == 0 || found[i] != found[i - 1])
			weight_add(&sum, composition_group(c, found[i], &next));
	}
	return sum;
}

PG_FUNCTION_INFO_V1(composition_share);

/*
 * share(composition, label text) -> float8
 *		The fraction of the total that is known to be of a label: at least this
 *		much is, and at most unknown_share() more.  0 for a label that is not
 *		listed.  Capital and small letters of ASCII are the same.
 *
 * NULL for NULL and for a total of 0.
 */
Datum
composition_share(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);

	return ratio(fcinfo, weight_of_text(c, PG_GETARG_TEXT_PP(1)), c->total);
}

PG_FUNCTION_INFO_V1(composition_share_array);

/*
 * share(composition, VARIADIC labels text[]) -> float8
 *		The fraction of the total that is known to be of any of some labels, in
 *		capital or small letters.
 *
 * A label given twice counts once; a NULL among them is no label.  NULL for
 * NULL and for a total of 0.
 */
Datum
composition_share_array(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);

	return ratio(fcinfo, weight_of_array(c, PG_GETARG_ARRAYTYPE_P(1)),
				 c->total);
}

PG_FUNCTION_INFO_V1(composition_weight);

/*
 * weight(composition, label text) -> float8
 *		The weight of a label, in capital or small letters, in the unit of the
 *		source; 0 for one that is not listed.  NULL for NULL.
 */
Datum
composition_weight(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);

	PG_RETURN_FLOAT8(weight_value(weight_of_text(c, PG_GETARG_TEXT_PP(1))));
}

PG_FUNCTION_INFO_V1(composition_total);

/*
 * total(composition) -> float8
 *		The total, in the unit of the source, the rest included.  NULL for
 *		NULL.
 */
Datum
composition_total(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(weight_value(PG_GETARG_COMPOSITION(0)->total));
}

PG_FUNCTION_INFO_V1(composition_unknown_share);

/*
 * unknown_share(composition) -> float8
 *		The fraction of the total whose labels are unknown.  NULL for NULL and
 *		for a total of 0.
 */
Datum
composition_unknown_share(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	Weight		rest = c->total;

	for (uint32 i = 0; i < c->nlabels; i++)
		rest = weight_minus(rest, c->weights[i]);
	return ratio(fcinfo, rest, c->total);
}

PG_FUNCTION_INFO_V1(composition_labels);

/*
 * labels(composition) -> text[]
 *		The labels, in the order of their bytes, of which those of capital
 *		letters stand with the small ones.  NULL for NULL.
 */
Datum
composition_labels(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	Datum	   *elements = palloc_extended(Max(c->nlabels, 1) * sizeof(Datum),
										   MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < c->nlabels; i++)
	{
		LabelWeight entry = composition_label(c, i);

		CHECK_FOR_INTERRUPTS();
		elements[i] =
			PointerGetDatum(cstring_to_text_with_len(entry.label,
													 (int) entry.len));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, (int) c->nlabels, TEXTOID,
										  -1, false, TYPALIGN_INT));
}

PG_FUNCTION_INFO_V1(composition_dominant);

/*
 * dominant(composition) -> text
 *		The label of the largest weight; of equal ones the first in the order
 *		of labels().  NULL for NULL and if no label has a weight above 0.
 */
Datum
composition_dominant(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	uint32		best = 0;
	LabelWeight entry;

	for (uint32 i = 1; i < c->nlabels; i++)
	{
		if (weight_compare(c->weights[i], c->weights[best]) > 0)
			best = i;
	}
	if (c->nlabels == 0 || weight_is_zero(c->weights[best]))
		PG_RETURN_NULL();
	entry = composition_label(c, best);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(entry.label, (int) entry.len));
}
