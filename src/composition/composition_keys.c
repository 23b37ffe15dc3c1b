/*-------------------------------------------------------------------------
 *
 * composition_keys.c
 *		Keys of a composition, for an index that finds those like it.
 *
 * A key is drawn from the labels by their shares, such that two compositions
 * draw the same as often as can be: each label has an arrival, exponentially
 * distributed, which is the same wherever the label stands, and the label
 * with the least arrival / weight is drawn (Moulton and Jiang 2018, "Maximally
 * Consistent Sampling and the Jaccard Index of Probability Distributions").
 * Two compositions draw the same label with the probability
 *
 *		J = sum over i of 1 / sum over j of max(p_j / p_i, q_j / q_i)
 *
 * which is 1 for equal shares, and 0 if no label is in both.  Weights need no
 * common unit for that.  A key is of KEY_DRAWS draws together, so that two
 * have it in common with the probability J^KEY_DRAWS: those little alike
 * hardly ever.
 *
 * Arrivals are from integers alone, so that keys are the same on all machines.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "base/compat.h"
#include "base/fixed_log.h"
#include "base/interrupt.h"
#include "composition/composition.h"

/* Draws that make one key. */
#define KEY_DRAWS			3

/* More keys are no index any more. */
#define MOST_KEYS			1024

/* FNV-1a, 64 bits */
#define FNV_BASIS			UINT64CONST(0xCBF29CE484222325)
#define FNV_PRIME			UINT64CONST(0x100000001B3)

/* The step of SplitMix64, Steele, Lea and Flood 2014. */
#define SPLITMIX_STEP		UINT64CONST(0x9E3779B97F4A7C15)

/* A label that can be drawn. */
typedef struct DrawnLabel
{
	uint64		hash;
	double		weight;
} DrawnLabel;

/* The mixing function of SplitMix64. */
static inline uint64
mix_hash(uint64 x)
{
	x = (x ^ (x >> 30)) * UINT64CONST(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64CONST(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

/* The same for capital and small letters. */
static uint64
label_hash(LabelWeight label)
{
	uint64		hash = FNV_BASIS;

	for (uint32 i = 0; i < label.len; i++)
		hash = (hash ^ label_fold(label.label[i])) * FNV_PRIME;
	return mix_hash(hash);
}

/* The labels of a composition that have a weight; returns how many. */
static int
collect_labels(const Composition *c, DrawnLabel *labels)
{
	int			count = 0;

	for (uint32 i = 0, next; i < c->nlabels; i = next)
	{
		Weight		weight = composition_group(c, i, &next);

		check_interrupts(i);
		if (weight_is_zero(weight))
			continue;
		labels[count].hash = label_hash(composition_label(c, i));
		labels[count++].weight = weight_units(weight);
	}
	return count;
}

/* A double has 53 bits: 2^53. */
#define UNIFORM_ONE			9007199254740992.0

/* When a label arrives in a draw: exponentially distributed, in any unit. */
static inline double
arrival(uint64 label, uint64 draw)
{
	uint64		bits = mix_hash(label + draw * SPLITMIX_STEP);
	double		uniform = ((bits >> 11) + 1) / UNIFORM_ONE;

	return (double) (FIXED_LOG(0) - fixed_log(uniform)) + 0.5;
}

/* The label that is drawn. */
static uint64
draw_label(const DrawnLabel *labels, int count, uint64 draw)
{
	uint64		drawn = 0;
	double		first = 0;

	for (int i = 0; i < count; i++)
	{
		double		at = arrival(labels[i].hash, draw) / labels[i].weight;

		if (i == 0 || at < first)
		{
			first = at;
			drawn = labels[i].hash;
		}
	}
	return drawn;
}

PG_FUNCTION_INFO_V1(composition_keys);

/*
 * composition_keys(composition, m integer) -> bigint[]
 *		m keys by the shares of the known part: compositions that are alike
 *		have some in common.  None where nothing is known.
 *
 * Error 22023 for m outside 1 to 1,024.
 */
Datum
composition_keys(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	int			m = PG_GETARG_INT32(1);
	DrawnLabel *labels;
	int			count;
	Datum	   *keys;

	if (m < 1 || m > MOST_KEYS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("m must be between 1 and %d: %d", MOST_KEYS, m)));
	labels = palloc_extended(Max(c->nlabels, 1) * sizeof(DrawnLabel),
							 MCXT_ALLOC_HUGE);
	count = collect_labels(c, labels);
	keys = palloc(m * sizeof(Datum));
	for (int i = 0; i < m && count > 0; i++)
	{
		uint64		key = i;

		for (int j = 0; j < KEY_DRAWS; j++)
		{
			CHECK_FOR_INTERRUPTS();
			{
				uint64		draw = (uint64) i * KEY_DRAWS + j;

				key = mix_hash(key + draw_label(labels, count, draw) + 1);
			}
		}
		keys[i] = Int64GetDatum((int64) key);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(keys, count > 0 ? m : 0, INT8OID,
										  sizeof(int64), FLOAT8PASSBYVAL,
										  TYPALIGN_DOUBLE));
}
