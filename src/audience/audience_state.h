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

/*
 * The memory of a new state, hashes included: so many bytes that the
 * executor's allocator wastes none.  Where there are many small groups, a row
 * waits for its state to come into the cache, and all of it is asked for at
 * once.
 */
#define AUDIENCE_STATE_SIZE		256

/* What the processor fetches at once, mostly. */
#define CACHE_LINE				64

typedef struct AudienceState
{
	ExpandedObjectHeader hdr;
	uint64		theta;
	uint64	   *hashes;			/* nsorted ascending ones, then new ones */
	int			nsorted;
	int			count;			/* of all, duplicates among the new included */
	int			capacity;		/* count is less */
	uint8		lg_k;			/* 0: of an intersection, which needs none */
	uint8		trim;			/* an AudienceTrim */
	bool		screened;		/* new hashes are looked up before appending */
	uint64		first[FLEXIBLE_ARRAY_MEMBER];	/* hashes, while they fit */
} AudienceState;

/* Hashes that fit into a new state. */
#define AUDIENCE_STATE_FIRST \
	((int) ((AUDIENCE_STATE_SIZE - offsetof(AudienceState, first)) / \
			sizeof(uint64)))

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

/*
 * Ask for the memory of the state that a datum may point to.  Its parts are
 * known to be there only when the first has come, which would be to wait
 * twice; and asking for memory that is not there does no harm.
 */
static inline void
audience_state_prefetch(Datum datum)
{
#ifdef __GNUC__
	const char *state = DatumGetPointer(datum) -
		offsetof(ExpandedObjectHeader, eoh_rw_ptr);

	for (int i = 0; i < AUDIENCE_STATE_SIZE; i += CACHE_LINE)
		__builtin_prefetch(state + i, 1);
	__builtin_prefetch(state + AUDIENCE_STATE_SIZE - 1, 1);
#endif
}

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
