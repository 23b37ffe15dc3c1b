/*-------------------------------------------------------------------------
 *
 * composition_state.c
 *		The state of the aggregates over compositions: a form for growing.
 *
 * The state is of the type composition itself, so that it can be sent between
 * servers, but a hash table of the labels with room for more, in one piece,
 * which is changed in place and replaced by one twice its size when it is
 * full. Only an aggregate ever sees this form; whatever else gets one, such as
 * the send function in a distributed query, reads it as the stored form.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "composition/composition_state.h"

#define MIN_CAPACITY		4
#define MIN_BYTES			32

static inline uint32 *
state_slots(const Composing *g)
{
	return (uint32 *) (g->labels + g->capacity);
}

static inline char *
state_bytes(const Composing *g)
{
	return (char *) (state_slots(g) + 2 * g->capacity);
}

static inline const char *
state_label(const Composing *g, uint32 i)
{
	return state_bytes(g) + g->labels[i].start;
}

/* An empty hash table; error 54000 past what a value can hold. */
static Composing *
make_state(uint64 capacity, uint64 byte_capacity)
{
	uint64		size = offsetof(Composing, labels) +
		capacity * (sizeof(StateLabel) + 2 * sizeof(uint32)) + byte_capacity;
	Composing  *g;

	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("composition has too many labels"),
				 errdetail("Its labels and weights are limited to 1 GB while they are summed up.")));
	g = palloc(size);
	memset(g, 0, offsetof(Composing, labels));
	SET_VARSIZE(g, size);
	g->version = COMPOSING_VERSION;
	g->capacity = (uint32) capacity;
	g->byte_capacity = (uint32) byte_capacity;
	memset(state_slots(g), 0, 2 * g->capacity * sizeof(uint32));
	return g;
}

/* The slot of a label: the one that holds it, or the free one for it. */
static inline uint32 *
state_slot(const Composing *g, const char *label, uint32 len, uint32 hash)
{
	uint32	   *slots = state_slots(g);
	uint32		mask = 2 * g->capacity - 1;
	uint32		probes = 0;

	for (uint32 at = hash & mask;; at = (at + 1) & mask)
	{
		const StateLabel *found;

		check_probes(++probes);
		if (slots[at] == 0)
			return &slots[at];
		found = &g->labels[slots[at] - 1];
		if (found->hash == hash && found->len == len &&
			memcmp(state_bytes(g) + found->start, label, len) == 0)
			return &slots[at];
	}
}

/* Append a label that is not there yet; there is room for it. */
static StateLabel *
state_append(Composing *g, uint32 *slot, const char *label, uint32 len,
			 uint32 hash)
{
	StateLabel *added = &g->labels[g->nlabels++];

	memcpy(state_bytes(g) + g->nbytes, label, len);
	memset(added, 0, sizeof(StateLabel));
	added->hash = hash;
	added->start = g->nbytes;
	added->len = len;
	g->nbytes += len;
	*slot = g->nlabels;
	return added;
}

/* A copy with room for at least one more label, of len bytes. */
static Composing *
enlarge(const Composing *g, uint32 len)
{
	uint64		capacity = g->capacity;
	uint64		byte_capacity = g->byte_capacity;
	Composing  *larger;
	uint32	   *slots;
	uint32		mask;

	if (g->nlabels == g->capacity)
		capacity *= 2;
	if ((uint64) g->nbytes + len > byte_capacity)
		byte_capacity = MAXALIGN(byte_capacity * 2 + len);

	larger = make_state(capacity, byte_capacity);
	larger->nlabels = g->nlabels;
	larger->nbytes = g->nbytes;
	larger->total = g->total;
	memcpy(larger->labels, g->labels, g->nlabels * sizeof(StateLabel));
	memcpy(state_bytes(larger), state_bytes(g), g->nbytes);

	slots = state_slots(larger);
	mask = 2 * larger->capacity - 1;
	for (uint32 i = 0; i < larger->nlabels; i++)
	{
		uint32		at = larger->labels[i].hash & mask;

		CHECK_FOR_INTERRUPTS();
		for (uint32 probes = 1; slots[at] != 0; probes++)
		{
			check_probes(probes);
			at = (at + 1) & mask;
		}
		slots[at] = i + 1;
	}
	return larger;
}

/*
 * Add to a label's weight, not to the total.  The state is changed in place,
 * or replaced by a larger one in the current memory context.
 */
Composing *
composing_add_label(Composing *g, const char *label, uint32 len, Weight weight)
{
	uint32		hash = hash_bytes((const unsigned char *) label, (int) len);
	uint32	   *slot = state_slot(g, label, len, hash);
	StateLabel *target;

	if (*slot != 0)
		target = &g->labels[*slot - 1];
	else
	{
		if (unlikely(g->nlabels == g->capacity ||
					 (uint64) g->nbytes + len > g->byte_capacity))
		{
			Composing  *larger = enlarge(g, len);

			g = larger;
			slot = state_slot(g, label, len, hash);
		}
		target = state_append(g, slot, label, len, hash);
	}
	wide_add(target->weight.limb, weight.limb, WEIGHT_LIMBS);
	return g;
}

Composing *
composing_add(Composing *g, const Composition *c)
{
	if (!weight_add(&g->total, c->total))
		composition_overflow();
	for (uint32 i = 0; i < c->nlabels; i++)
	{
		LabelWeight added = composition_label(c, i);

		CHECK_FOR_INTERRUPTS();
		g = composing_add_label(g, added.label, added.len, added.weight);
	}
	return g;
}

/* Add what another state holds; hashes of one server are kept. */
Composing *
composing_add_state(Composing *g, const Composing *other)
{
	if (!weight_add(&g->total, other->total))
		composition_overflow();
	for (uint32 i = 0; i < other->nlabels; i++)
	{
		CHECK_FOR_INTERRUPTS();
		g = composing_add_label(g, state_label(other, i), other->labels[i].len,
								other->labels[i].weight);
	}
	return g;
}

/*
 * Room for the labels of c, so that a first value does not grow step by step.
 */
Composing *
composing_start(const Composition *c)
{
	uint64		capacity = MIN_CAPACITY;

	while (capacity < c->nlabels)
		capacity *= 2;
	return composing_add(make_state(capacity,
									MAXALIGN(Max(c->nbytes,
												 MIN_BYTES))), c);
}

/* The stored form of a state, which stays as it is. */
static Composition *
settle_labels(const Composing *g)
{
	LabelWeight *labels;
	Composition *result;

	labels = palloc_extended(Max(g->nlabels, 1) * sizeof(LabelWeight),
							 MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < g->nlabels; i++)
	{
		labels[i].label = state_label(g, i);
		labels[i].len = g->labels[i].len;
		labels[i].weight = g->labels[i].weight;
	}
	result = composition_make(labels, labels_sort(labels, g->nlabels),
							  g->total);
	pfree(labels);
	return result;
}

/*
 * composition_from_datum
 *		A value in the stored form, whatever form it has.
 */
Composition *
composition_from_datum(Datum value)
{
	Composition *c = (Composition *) PG_DETOAST_DATUM(value);

	if (likely(c->version == COMPOSITION_VERSION))
		return c;
	if (!is_composing(c))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("composition has an unknown version")));
	return settle_labels((Composing *) c);
}
