/*-------------------------------------------------------------------------
 *
 * composition.h
 *		The type composition: weights of labels, and the total.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_COMPOSITION_H
#define INFLUENCER_COMPOSITION_H

#include "fmgr.h"

#include "base/bytes.h"
#include "base/compat.h"
#include "composition/weight.h"

#define COMPOSITION_VERSION		1

/*
 * The stored form.  After the weights follow nlabels uint32 with the end of
 * each label, and nbytes of labels, in the order of label_compare(), none
 * twice. The labels' weights add up to at most the total; what is missing is
 * the rest, whose labels are unknown.  Equal compositions have equal bytes.
 */
typedef struct Composition
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	uint8		reserved[3];	/* zero */
	uint32		nlabels;
	uint32		nbytes;
	Weight		total;
	Weight		weights[FLEXIBLE_ARRAY_MEMBER];
} Composition;

/* A label with its weight, while a composition is read or made. */
typedef struct LabelWeight
{
	const char *label;			/* not terminated */
	uint32		len;
	Weight		weight;
} LabelWeight;

static inline const uint32 *
composition_ends(const Composition *c)
{
	return (const uint32 *) (c->weights + c->nlabels);
}

/* The i-th label with its weight. */
static inline LabelWeight
composition_label(const Composition *c, uint32 i)
{
	const uint32 *ends = composition_ends(c);
	uint32		start = i > 0 ? ends[i - 1] : 0;
	LabelWeight result;

	result.label = (const char *) (ends + c->nlabels) + start;
	result.len = ends[i] - start;
	result.weight = c->weights[i];
	return result;
}

/* A capital letter of ASCII as a small one, in every locale. */
static inline unsigned char
label_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char) c;
}

/* The order of labels without regard to case. */
static inline int
label_compare_folded(const char *a, uint32 alen, const char *b, uint32 blen)
{
	uint32		len = Min(alen, blen);

	for (uint32 i = 0; i < len; i++)
	{
		if (a[i] != b[i] && label_fold(a[i]) != label_fold(b[i]))
			return label_fold(a[i]) < label_fold(b[i]) ? -1 : 1;
	}
	return (alen > blen) - (alen < blen);
}

/*
 * The order of labels: those that differ in case only stand together, in the
 * order of their bytes, so that they are found and compared as one.
 */
static inline int
label_compare(const char *a, uint32 alen, const char *b, uint32 blen)
{
	int			result = label_compare_folded(a, alen, b, blen);

	return result != 0 ? result : memcmp(a, b, alen);
}

/* composition_form.c */
extern uint32 labels_sort(LabelWeight *labels, uint32 nlabels);
pg_noreturn extern void composition_overflow(void);
extern Composition *composition_make(const LabelWeight *labels, uint32 nlabels,
									 Weight total);

/* composition_share.c */
extern Weight composition_group(const Composition *c, uint32 first,
								uint32 *next);

/* composition_state.c */
extern Composition *composition_from_datum(Datum value);

#define PG_GETARG_COMPOSITION(n)	composition_from_datum(PG_GETARG_DATUM(n))
#define PG_RETURN_COMPOSITION(c)	PG_RETURN_POINTER(c)

#endif							/* INFLUENCER_COMPOSITION_H */
