/*-------------------------------------------------------------------------
 *
 * composition.c
 *		The type composition: weights of labels, and the total.
 *
 * The shares of a whole: an audience by country, age or gender, a profile's
 * posts by topic.  Weights are exact decimals (weight.h), in the unit of their
 * source: fractions, percentages or counts.  The total may be above their sum:
 * the ten largest countries of an audience may add up to 85.2 %.  Nothing is
 * known of the rest but its size; in particular it is not spread over the
 * labels, and it is not a label of its own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/invalid.h"
#include "composition/composition.h"

/* What a label takes at least in the binary form. */
#define BINARY_LABEL_SIZE	20

/* binary form */

static Weight
receive_weight(StringInfo buf)
{
	Weight		weight;

	weight.limb[1] = (uint64) pq_getmsgint64(buf);
	weight.limb[0] = (uint64) pq_getmsgint64(buf);
	if (!weight_in_range(weight))
		invalid_binary("composition", "A weight is out of range.");
	return weight;
}

static void
send_weight(StringInfo buf, Weight weight)
{
	pq_sendint64(buf, weight.limb[1]);
	pq_sendint64(buf, weight.limb[0]);
}

static LabelWeight
receive_label(StringInfo buf)
{
	LabelWeight result;
	int			len;

	result.weight = receive_weight(buf);
	len = pq_getmsgint(buf, 4);
	if (len < 0 || len > buf->len - buf->cursor)
		invalid_binary("composition", "A label is longer than the message.");
	result.label = pq_getmsgtext(buf, len, &len);
	result.len = (uint32) len;
	return result;
}

PG_FUNCTION_INFO_V1(composition_recv);

/*
 * composition_recv
 *		Binary input: a version byte, the number of labels as int32, the total,
 *		and for each label its weight, its length as int32 and its text.  A
 *		weight is 16 bytes, the high half first, in units of 10^-18.
 *
 * Labels may stand in any order, since that of their bytes depends on the
 * encoding.  Error 22P03 for what composition_send would not have sent.
 */
Datum
composition_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	Weight		total;
	Weight		known = {{0, 0}};
	uint32		nlabels;
	LabelWeight *labels;

	if (pq_getmsgbyte(buf) != COMPOSITION_VERSION)
		invalid_binary("composition", "The version is unknown.");
	nlabels = pq_getmsgint(buf, 4);
	total = receive_weight(buf);
	if (nlabels > (uint32) (buf->len - buf->cursor) / BINARY_LABEL_SIZE)
		invalid_binary("composition", "There are fewer labels than announced.");

	labels = palloc_extended(Max(nlabels, 1) * sizeof(LabelWeight),
							 MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < nlabels; i++)
	{
		CHECK_FOR_INTERRUPTS();
		labels[i] = receive_label(buf);
		if (!weight_add(&known, labels[i].weight) ||
			weight_compare(known, total) > 0)
			invalid_binary("composition", "The weights add up to more than the total.");
	}
	if (labels_sort(labels, nlabels) != nlabels)
		invalid_binary("composition", "A label is given twice.");
	PG_RETURN_COMPOSITION(composition_make(labels, nlabels, total));
}

PG_FUNCTION_INFO_V1(composition_send);

/* composition_send: see composition_recv */
Datum
composition_send(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, COMPOSITION_VERSION);
	pq_sendint32(&buf, c->nlabels);
	send_weight(&buf, c->total);
	for (uint32 i = 0; i < c->nlabels; i++)
	{
		LabelWeight entry = composition_label(c, i);
		char	   *text = pg_server_to_client(entry.label, (int) entry.len);
		uint32		len = text == entry.label ? entry.len :
			(uint32) strlen(text);

		CHECK_FOR_INTERRUPTS();
		send_weight(&buf, entry.weight);
		pq_sendint32(&buf, len);
		pq_sendbytes(&buf, text, (int) len);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* equality */

static bool
same_composition(const Composition *a, const Composition *b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

PG_FUNCTION_INFO_V1(composition_eq);
PG_FUNCTION_INFO_V1(composition_ne);

/* implementation of =: the same labels, weights and total */
Datum
composition_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_composition(PG_GETARG_COMPOSITION(0),
									PG_GETARG_COMPOSITION(1)));
}

/* implementation of <> */
Datum
composition_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_composition(PG_GETARG_COMPOSITION(0),
									 PG_GETARG_COMPOSITION(1)));
}

PG_FUNCTION_INFO_V1(composition_hash);
PG_FUNCTION_INFO_V1(composition_hash_extended);

/* hash */
Datum
composition_hash(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);

	return hash_any((unsigned char *) VARDATA(c), VARSIZE(c) - VARHDRSZ);
}

/* seeded 64-bit hash */
Datum
composition_hash_extended(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);

	return hash_any_extended((unsigned char *) VARDATA(c),
							 VARSIZE(c) - VARHDRSZ, PG_GETARG_INT64(1));
}

/* The labels of two compositions in order, weights of common ones added. */
static uint32
merge_labels(const Composition *a, const Composition *b, LabelWeight *merged)
{
	uint32		i = 0;
	uint32		j = 0;
	uint32		n = 0;

	while (i < a->nlabels || j < b->nlabels)
	{
		int			order = 0;

		CHECK_FOR_INTERRUPTS();
		if (i < a->nlabels)
			merged[n] = composition_label(a, i);
		if (i == a->nlabels)
			order = 1;
		else if (j == b->nlabels)
			order = -1;
		else
		{
			LabelWeight other = composition_label(b, j);

			order = label_compare(merged[n].label, merged[n].len,
								  other.label, other.len);
		}
		if (order > 0)
			merged[n] = composition_label(b, j);
		else if (order == 0)
			weight_add(&merged[n].weight, b->weights[j]);
		i += order <= 0;
		j += order >= 0;
		n++;
	}
	return n;
}

PG_FUNCTION_INFO_V1(composition_plus);

/*
 * composition + composition
 *		Label by label, and total to total: of parts of one whole, in one unit.
 *
 * NULL for NULL.  Error 22003 if the total is past the range.
 */
Datum
composition_plus(PG_FUNCTION_ARGS)
{
	Composition *a = PG_GETARG_COMPOSITION(0);
	Composition *b = PG_GETARG_COMPOSITION(1);
	Weight		total = a->total;
	uint64		most = (uint64) a->nlabels + b->nlabels;
	LabelWeight *merged;
	uint32		n;

	if (!weight_add(&total, b->total))
		composition_overflow();
	merged = palloc_extended(Max(most, 1) * sizeof(LabelWeight),
							 MCXT_ALLOC_HUGE);
	n = merge_labels(a, b, merged);
	PG_RETURN_COMPOSITION(composition_make(merged, n, total));
}
