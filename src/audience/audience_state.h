/*-------------------------------------------------------------------------
 *
 * audience_state.h
 *		A sketch under construction: the state of the aggregates.
 *
 * An expanded object of the type audience_sketch.  Hashes are appended as
 * they come, and sorted and freed of duplicates when there is no more room:
 * a new member costs one write to memory that the processor has at hand,
 * though thousands of groups may be under construction.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_AUDIENCE_STATE_H
#define INFLUENCER_AUDIENCE_STATE_H

#include "utils/expandeddatum.h"

#include "audience/audience.h"

/* When the result is cut to the 2^lg_k smallest hashes. */
typedef enum AudienceTrim
{
	TRIM_NEVER,
	TRIM_INEXACT,				/* unless it is exact */
	TRIM_ALWAYS
} AudienceTrim;

typedef struct AudienceState
{
	ExpandedObjectHeader hdr;
	uint64		theta;
	uint64	   *hashes;			/* nsorted ascending ones, then new ones */
	int			nsorted;
	int			count;			/* of all, duplicates among the new included */
	int			capacity;		/* count is less */
	int			lg_k;			/* 0: of an intersection, which needs none */
	AudienceTrim trim;
	bool		screened;		/* new hashes are looked up before appending */
} AudienceState;

extern const ExpandedObjectMethods audience_state_methods;

extern AudienceState *audience_state_new(MemoryContext aggcontext, int lg_k);
extern AudienceState *audience_state_copy(Datum sketch,
										  MemoryContext aggcontext);
extern AudienceState *audience_state_from_datum(Datum datum,
												MemoryContext aggcontext);
extern bool audience_state_holds(const AudienceState *state, uint64 hash);
extern void audience_state_make_room(AudienceState *state);
extern void audience_state_union(AudienceState *state,
								 const AudienceView *view);
extern void audience_state_intersect(AudienceState *state,
									 const AudienceView *view);
extern Datum audience_state_value(AudienceState *state);

/* The state that a datum points to, or NULL if it is flat. */
static inline AudienceState *
audience_state_if_expanded(Datum datum)
{
	ExpandedObjectHeader *header;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
		return NULL;
	header = DatumGetEOHP(datum);
	return header->eoh_methods == &audience_state_methods ?
		(AudienceState *) header : NULL;
}

/* Add the hash of a member. */
static inline void
audience_state_add(AudienceState *state, uint64 hash)
{
	if (hash >= state->theta || hash == 0)
		return;
	if (unlikely(state->screened) && audience_state_holds(state, hash))
		return;
	state->hashes[state->count++] = hash;
	if (unlikely(state->count == state->capacity))
		audience_state_make_room(state);
}

#endif							/* INFLUENCER_AUDIENCE_STATE_H */
