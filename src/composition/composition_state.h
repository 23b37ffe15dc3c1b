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
#define GROWING_VERSION		(0x80 | COMPOSITION_VERSION)

typedef struct GrowingLabel
{
	Weight		weight;
	uint32		hash;
	uint32		start;			/* in the bytes of labels */
	uint32		len;
	uint32		unused;
} GrowingLabel;

/*
 * After the labels follow twice as many slots: a label's number, from 1 on, in
 * the first free slot after the one that its hash chooses; then the bytes.
 */
typedef struct Growing
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	uint8		reserved[3];
	uint32		nlabels;
	uint32		nbytes;
	Weight		total;
	uint32		capacity;		/* labels there is room for, a power of two */
	uint32		byte_capacity;
	GrowingLabel labels[FLEXIBLE_ARRAY_MEMBER];
} Growing;

static inline bool
is_growing(const void *value)
{
	return ((const Composition *) value)->version == GROWING_VERSION;
}

extern Growing *growing_start(const Composition *c);
extern Growing *growing_add_label(Growing *g, const char *label, uint32 len,
								  Weight weight);
extern Growing *growing_add_composition(Growing *g, const Composition *c);
extern Growing *growing_add_state(Growing *g, const Growing *other);

#endif							/* INFLUENCER_COMPOSITION_STATE_H */
