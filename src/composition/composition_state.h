/*-------------------------------------------------------------------------
 *
 * composition_state.h
 *		The state of the aggregates over compositions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_COMPOSITION_STATE_H
#define INFLUENCER_COMPOSITION_STATE_H

#include "composition/composition.h"

/* In place of the stored form's version. */
#define COMPOSING_VERSION		(0x80 | COMPOSITION_VERSION)

typedef struct StateLabel
{
	Weight		weight;
	uint32		hash;
	uint32		start;			/* in the bytes of labels */
	uint32		len;
	uint32		unused;
} StateLabel;

/*
 * After the labels follow twice as many slots: a label's number, from 1 on, in
 * the first free slot after the one that its hash chooses; then the bytes.
 */
typedef struct Composing
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	uint8		reserved[3];
	uint32		nlabels;
	uint32		nbytes;
	Weight		total;
	uint32		capacity;		/* labels there is room for, a power of two */
	uint32		byte_capacity;
	StateLabel	labels[FLEXIBLE_ARRAY_MEMBER];
} Composing;

static inline bool
is_composing(const void *value)
{
	return ((const Composition *) value)->version == COMPOSING_VERSION;
}

extern Composing *composing_start(const Composition *c);
extern Composing *composing_add_label(Composing *g, const char *label,
									  uint32 len, Weight weight);
extern Composing *composing_add(Composing *g, const Composition *c);
extern Composing *composing_add_state(Composing *g, const Composing *other);

#endif							/* INFLUENCER_COMPOSITION_STATE_H */
