/*-------------------------------------------------------------------------
 *
 * audience_state.c
 *		A sketch under construction, as an expanded object.
 *
 * The rule of DataSketches' update sketch: once it holds more than 15/16 of
 * 2^(lg_k+1) different hashes, theta becomes the (k+1)-th smallest, and the k
 * smallest stay; k is 2^lg_k.  To follow it exactly though duplicates are
 * found late, there is never room for more new hashes than would trip it: only
 * when all of them are different has the limit been passed, and with this
 * very hash.  A union merges all hashes of a sketch, and trims then.
 *
 * Loops over all hashes of a state don't look for interrupts: the largest has
 * 2^27 and takes a fraction of a second.  Whoever begins one has looked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/memnodes.h"
#include "utils/memutils.h"

#include "audience/audience_state.h"
#include "base/compat.h"
#include "base/interrupt.h"

/*
 * When less than this part of the full capacity is left, new hashes are
 * looked up before they are appended: else repeated ones would fill what is
 * left again and again.
 */
#define SCREEN_PART			8

/* Hashes merged rather than appended: more than this part of those held. */
#define MERGE_PART			4
#define MERGE_MIN			64

/*
 * The memory of states is sought among so many children of the aggregate's:
 * it is the first, but for what else was made since.
 */
#define CHILDREN_TRIED		8

static const char states_name[] = "audience sketches under construction";

static Size state_flat_size(ExpandedObjectHeader *header);
static void state_flatten(ExpandedObjectHeader *header, void *result,
						  Size allocated_size);

const ExpandedObjectMethods audience_state_methods = {
	state_flat_size,
	state_flatten
};

/*
 * The memory of all states of an aggregate.
 *
 * An expanded object usually has a memory context of its own.  But with one
 * for each group, every new group would make the server walk through all of
 * them to see how much memory is used.  The executor only asks that the
 * object's context is a child of the aggregate's, and frees the states
 * together with that.
 */
static MemoryContext
states_context(MemoryContext aggcontext)
{
	MemoryContext child = aggcontext->firstchild;

	for (int i = 0; child != NULL && i < CHILDREN_TRIED;
		 child = child->nextchild, i++)
	{
		if (child->ident == states_name)
			return child;
	}
	child = AllocSetContextCreate(aggcontext, "audience_sketch",
								  ALLOCSET_DEFAULT_SIZES);
	MemoryContextSetIdentifier(child, states_name);
	return child;
}

/* Capacity at which a state with this lg_k does not grow any more. */
static int
full_capacity(int lg_k)
{
	return THETA_CAPACITY(lg_k) + 1;
}

/* Make room for count hashes and one more. */
static void
reserve_hashes(AudienceState *state, int count)
{
	int			capacity = state->capacity;

	while (capacity <= count)
		capacity *= 2;
	if (state->lg_k > 0)
		capacity = Max(Min(capacity, full_capacity(state->lg_k)), count + 1);
	if (capacity == state->capacity)
		return;
	if (state->hashes == state->first)
	{
		state->hashes = MemoryContextAllocHuge(state->hdr.eoh_context,
											   (Size) capacity *
											   sizeof(uint64));
		memcpy(state->hashes, state->first,
			   (Size) state->count * sizeof(uint64));
	}
	else
		state->hashes = repalloc_huge(state->hashes,
									  (Size) capacity * sizeof(uint64));
	state->capacity = capacity;
}

/* audience_state_new: an empty state; lg_k is 0 for an intersection */
AudienceState *
audience_state_new(MemoryContext aggcontext, int lg_k)
{
	MemoryContext context = states_context(aggcontext);
	AudienceState *state = MemoryContextAlloc(context, AUDIENCE_STATE_SIZE);

	memset(state, 0, offsetof(AudienceState, first));
	EOH_init_header(&state->hdr, &audience_state_methods, context);
	state->theta = THETA_MAX;
	state->lg_k = (uint8) lg_k;
	state->capacity = AUDIENCE_STATE_FIRST;
	state->hashes = state->first;
	return state;
}

/* Take over the hashes of a view; the state holds none yet. */
static void
copy_view(AudienceState *state, const AudienceView *view)
{
	state->theta = view->theta;
	reserve_hashes(state, view->count);
	for (int i = 0; i < view->count; i++)
		state->hashes[i] = audience_hash(view, i);
	state->nsorted = state->count = view->count;
}

/* audience_state_copy: a new state that starts from a sketch */
AudienceState *
audience_state_copy(Datum sketch, MemoryContext aggcontext)
{
	AudienceState *state;
	AudienceView view;

	audience_view(PG_DETOAST_DATUM_PACKED(sketch), &view);
	state = audience_state_new(aggcontext, view.lg_k);
	copy_view(state, &view);
	return state;
}

/*
 * audience_state_from_datum
 *		The state that is an aggregate's transition value.
 *
 * A flat one is expanded.
 */
AudienceState *
audience_state_from_datum(Datum datum, MemoryContext aggcontext)
{
	AudienceState *state = NULL;

	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		state = audience_state_if_expanded(datum);
	return state ? state : audience_state_copy(datum, aggcontext);
}

/* audience_state_holds: whether a hash is among the sorted ones */
bool
audience_state_holds(const AudienceState *state, uint64 hash)
{
	const uint64 *base = state->hashes;
	int			left = state->nsorted;

	while (left > 1)
	{
		int			half = left / 2;

		base = base[half - 1] < hash ? base + half : base;
		left -= half;
	}
	return left == 1 && *base == hash;
}

/* Drop duplicates among sorted hashes, and return how many are left. */
static int
drop_duplicates(uint64 *hashes, int count)
{
	int			kept = Min(count, 1);

	for (int i = 1; i < count; i++)
	{
		bool		differs = hashes[i] != hashes[kept - 1];

		hashes[kept] = hashes[i];
		kept += differs;
	}
	return kept;
}

/*
 * Merge count sorted and different hashes into the sorted ones, from the last
 * to the first; there is room.  A hash that both have stays once.  Which one
 * is next can't be foreseen, so the loop does without branches.
 */
static void
merge_sorted(AudienceState *state, const uint64 *other, int count)
{
	uint64	   *hashes = state->hashes;
	int			total = state->nsorted + count;
	int			i = state->nsorted - 1;
	int			j = count - 1;
	int			gap = total - 1;

	while (i >= 0 && j >= 0)
	{
		uint64		a = hashes[i];
		uint64		b = other[j];

		hashes[gap--] = Max(a, b);
		i -= a >= b;
		j -= b >= a;
	}
	while (j >= 0)
		hashes[gap--] = other[j--];
	if (gap > i)
		memmove(hashes + i + 1, hashes + gap + 1,
				(Size) (total - gap - 1) * sizeof(uint64));
	state->nsorted = state->count = total - (gap - i);
}

/* Sort the new hashes in, and drop duplicates. */
static void
settle_hashes(AudienceState *state)
{
	int			fresh = state->count - state->nsorted;
	uint64	   *copy;

	if (fresh == 0)
		return;
	CHECK_FOR_INTERRUPTS();
	if (state->nsorted == 0)
	{
		theta_sort(state->hashes, fresh);
		state->nsorted = state->count = drop_duplicates(state->hashes, fresh);
		return;
	}
	copy = MemoryContextAllocHuge(CurrentMemoryContext,
								  (Size) fresh * sizeof(uint64));
	memcpy(copy, state->hashes + state->nsorted,
		   (Size) fresh * sizeof(uint64));
	theta_sort(copy, fresh);
	merge_sorted(state, copy, drop_duplicates(copy, fresh));
	pfree(copy);
}


/* Keep the 2^lg_k smallest, if there are more; all are sorted. */
static void
trim(AudienceState *state)
{
	int			k = 1 << state->lg_k;

	if (state->nsorted <= k)
		return;
	state->theta = state->hashes[k];
	state->nsorted = state->count = k;
}

/* audience_state_make_room: the room for hashes is used up */
void
audience_state_make_room(AudienceState *state)
{
	int			full = full_capacity(state->lg_k);

	settle_hashes(state);
	if (state->count >= full)
		trim(state);
	else if (state->capacity < full && state->count > state->capacity / 2)
		reserve_hashes(state, state->capacity);
	state->screened = state->capacity == full &&
		full - state->count < full / SCREEN_PART;
}

/* Lower theta, and drop the hashes that are not below it. */
static void
lower_theta(AudienceState *state, uint64 theta)
{
	if (theta >= state->theta)
		return;
	settle_hashes(state);
	state->theta = theta;
	while (state->count > 0 && state->hashes[state->count - 1] >= theta)
		state->count--;
	state->nsorted = state->count;
}

/*
 * audience_state_union
 *		Add the members of a sketch.  The smaller theta holds from then on.
 */
void
audience_state_union(AudienceState *state, const AudienceView *view)
{
	int			count;
	uint64	   *copy;

	lower_theta(state, view->theta);
	count = audience_count_below(view, state->theta);
	if (count < MERGE_MIN || count < state->count / MERGE_PART)
	{
		for (int i = 0; i < count; i++)
		{
			check_interrupts(i);
			audience_state_add(state, audience_hash(view, i));
		}
		return;
	}
	CHECK_FOR_INTERRUPTS();
	settle_hashes(state);
	reserve_hashes(state, state->count + count);
	copy = MemoryContextAllocHuge(CurrentMemoryContext,
								  (Size) count * sizeof(uint64));
	for (int i = 0; i < count; i++)
		copy[i] = audience_hash(view, i);
	merge_sorted(state, copy, count);
	pfree(copy);
	if (state->count >= full_capacity(state->lg_k))
		trim(state);
	/* the room that the merge needed is none for new hashes */
	state->capacity = Min(state->capacity, full_capacity(state->lg_k));
	state->screened = false;
}

/*
 * audience_state_intersect
 *		Keep the members that are in a sketch as well.
 */
void
audience_state_intersect(AudienceState *state, const AudienceView *view)
{
	int			count = 0;
	int			i = 0;
	int			j = 0;

	settle_hashes(state);
	if (state->count == 0 && state->theta == THETA_MAX)
		return;
	if (view->empty)
	{
		state->theta = THETA_MAX;
		state->nsorted = state->count = 0;
		return;
	}
	lower_theta(state, view->theta);
	while (i < state->count && j < view->count)
	{
		uint64		a = state->hashes[i];
		uint64		b = audience_hash(view, j);

		if (a == b)
			state->hashes[count++] = a;
		i += a <= b;
		j += b <= a;
	}
	state->nsorted = state->count = count;
}

/*
 * How many hashes come out, and below which theta.  Sorting takes of the
 * state's memory: who flattens it may be a sort, of whose own, from 17 on,
 * nothing can be freed.
 */
static int
settled_count(AudienceState *state, uint64 *theta)
{
	MemoryContext old = MemoryContextSwitchTo(state->hdr.eoh_context);

	settle_hashes(state);
	MemoryContextSwitchTo(old);
	*theta = state->theta;
	if (state->trim == TRIM_NEVER || state->count <= 1 << state->lg_k ||
		(state->trim == TRIM_INEXACT && state->theta == THETA_MAX &&
		 state->count <= THETA_CAPACITY(state->lg_k)))
		return state->count;
	*theta = state->hashes[1 << state->lg_k];
	return 1 << state->lg_k;
}

static void
write_hashes(const AudienceState *state, int count, char *dest)
{
#ifdef WORDS_BIGENDIAN
	for (int i = 0; i < count; i++)
		bytes_put64(dest + (size_t) i * sizeof(uint64), state->hashes[i]);
#else
	memcpy(dest, state->hashes, (size_t) count * sizeof(uint64));
#endif
}

/* audience_state_value: the sketch as it is stored, without the lg_k */
Datum
audience_state_value(AudienceState *state)
{
	uint64		theta;
	int			count = settled_count(state, &theta);
	char	   *hashes;
	struct varlena *result = audience_make(count, theta, 0, &hashes);

	write_hashes(state, count, hashes);
	return PointerGetDatum(result);
}

/* The size of the flat form, for EOH_get_flat_size. */
static Size
state_flat_size(ExpandedObjectHeader *header)
{
	uint64		theta;
	int			count = settled_count((AudienceState *) header, &theta);

	return VARHDRSZ + theta_size(count, theta);
}

/* The flat form, which keeps the lg_k, for EOH_flatten_into. */
static void
state_flatten(ExpandedObjectHeader *header, void *result, Size allocated_size)
{
	AudienceState *state = (AudienceState *) header;
	uint64		theta;
	int			count = settled_count(state, &theta);

	Assert(allocated_size == VARHDRSZ + theta_size(count, theta));
	SET_VARSIZE(result, allocated_size);
	write_hashes(state, count,
				 theta_write_header(VARDATA(result), count, theta,
									state->lg_k));
}
