/*-------------------------------------------------------------------------
 *
 * frequency_state.c
 *		The aggregate audience_frequency: how often each hash came.
 *
 * Its state, reach_frequency_state, holds the hashes of all audiences below
 * the smallest theta, with how often each came; of more than 2^16, the
 * smallest.  What is there depends neither on the order of the rows nor on how
 * they were divided: a hash that is below the last theta was below all before.
 *
 * While rows are added it is an expanded object with a hash table, which may
 * hold more, and some that are not below theta any more.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/expandeddatum.h"
#include "utils/memutils.h"

#include "audience/audience.h"
#include "audience/frequency.h"
#include "base/aggregate.h"
#include "base/bytes.h"
#include "base/compat.h"
#include "base/interrupt.h"

#define MOST_HASHES			(1 << FREQUENCY_LG_K)

#define SLOTS_LEAST			64

/* Parts of all hashes, to find out in which one a hash is. */
#define SELECT_PARTS		1024

/* Hashes whose slots are fetched into the cache before they are looked at. */
#define BLOCK				32

/* A hash, and how often it came. */
typedef struct FrequencySlot
{
	uint64		hash;			/* 0 where the slot is free */
	uint32		times;
} FrequencySlot;

typedef struct FrequencyState
{
	ExpandedObjectHeader hdr;
	uint64		theta;
	FrequencySlot *slots;		/* a table with linear probing */
	uint32		mask;			/* slots - 1; their number is a power of two */
	int			shift;			/* 64 - log2 of their number */
	uint32		used;
} FrequencyState;

/* The slots of a table below theta. */
typedef struct Entries
{
	int			count;
	FrequencySlot *slots;
} Entries;

static Size state_flat_size(ExpandedObjectHeader *header);
static void state_flatten(ExpandedObjectHeader *header, void *result,
						  Size allocated_size);

static const ExpandedObjectMethods frequency_state_methods = {
	state_flat_size,
	state_flatten
};

static void
allocate_slots(FrequencyState *state, Size slots)
{
	state->slots = MemoryContextAllocExtended(state->hdr.eoh_context,
											  slots * sizeof(FrequencySlot),
											  MCXT_ALLOC_HUGE |
											  MCXT_ALLOC_ZERO);
	state->mask = (uint32) (slots - 1);
	state->shift = 64 - pg_leftmost_one_pos64(slots);
	state->used = 0;
}

static FrequencyState *
state_new(MemoryContext aggcontext)
{
	MemoryContext context = AllocSetContextCreate(aggcontext,
												  "reach_frequency_state",
												  ALLOCSET_START_SMALL_SIZES);
	FrequencyState *state = MemoryContextAllocZero(context,
												   sizeof(FrequencyState));

	EOH_init_header(&state->hdr, &frequency_state_methods, context);
	state->theta = THETA_MAX;
	allocate_slots(state, SLOTS_LEAST);
	return state;
}

/* A sum of how often; it stays at the most there is. */
static inline uint32
sum_of_times(uint32 a, uint32 b)
{
	return a > PG_INT32_MAX - b ? PG_INT32_MAX : a + b;
}

/*
 * Where the search for a hash starts: all its bits count, for some are made
 * up.
 */
static inline uint32
home_slot(const FrequencyState *state, uint64 hash)
{
	return (uint32) ((hash * UINT64CONST(0x9E3779B97F4A7C15)) >> state->shift);
}

/* Count a hash; there is room. */
static inline void
count_hash(FrequencyState *state, uint64 hash, uint32 times)
{
	uint32		i = home_slot(state, hash);
	FrequencySlot *slot = &state->slots[i];

	for (uint32 probes = 1; slot->hash != hash && slot->hash != 0; probes++)
	{
		check_probes(probes);
		i = (i + 1) & state->mask;
		slot = &state->slots[i];
	}
	state->used += slot->hash == 0;
	slot->hash = hash;
	slot->times = sum_of_times(slot->times, times);
}

#define ST_SORT sort_slots
#define ST_ELEMENT_TYPE FrequencySlot
#define ST_COMPARE(a, b) ((a)->hash < (b)->hash ? -1 : (a)->hash > (b)->hash)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_times
#define ST_ELEMENT_TYPE uint32
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/*
 * Hash number n of the smallest, from 0.  Hashes are spread evenly, so that a
 * few are in the same part of all as it is; only these are sorted.
 */
static uint64
smallest_hash(uint64 *hashes, int count, uint64 theta, int n)
{
	int			counts[SELECT_PARTS] = {0};
	uint64		width = theta / SELECT_PARTS + 1;
	int			part = 0;
	int			kept = 0;

	for (int i = 0; i < count; i++)
		counts[hashes[i] / width]++;
	for (; n >= counts[part]; part++)
		n -= counts[part];
	for (int i = 0; i < count; i++)
	{
		if ((int) (hashes[i] / width) == part)
			hashes[kept++] = hashes[i];
	}
	theta_sort(hashes, kept);
	return hashes[n];
}

/* Theta, or where a state holds more than it may, the next hash. */
static uint64
lowered_theta(const FrequencyState *state)
{
	uint64	   *hashes;
	int			count = 0;
	uint64		theta = state->theta;

	if (state->used <= MOST_HASHES)
		return theta;
	hashes = MemoryContextAllocHuge(CurrentMemoryContext,
									(Size) state->used * sizeof(uint64));
	for (Size i = 0; i <= state->mask; i++)
	{
		check_interrupts(i);
		if (state->slots[i].hash != 0 && state->slots[i].hash < theta)
			hashes[count++] = state->slots[i].hash;
	}
	if (count > MOST_HASHES)
		theta = smallest_hash(hashes, count, theta, MOST_HASHES);
	pfree(hashes);
	return theta;
}

/*
 * What a state holds: its slots below theta; of more than a state may hold,
 * the smallest, and then theta is the next.  All memory is of the state's: who
 * flattens it may be a sort, of whose own, from 17 on, nothing can be freed.
 */
static void
get_entries(const FrequencyState *state, uint64 *theta, Entries *entries)
{
	MemoryContext old = MemoryContextSwitchTo(state->hdr.eoh_context);

	*theta = lowered_theta(state);
	entries->count = 0;
	entries->slots = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) state->used + 1) *
											sizeof(FrequencySlot));
	MemoryContextSwitchTo(old);
	for (Size i = 0; i <= state->mask; i++)
	{
		check_interrupts(i);
		if (state->slots[i].hash != 0 && state->slots[i].hash < *theta)
			entries->slots[entries->count++] = state->slots[i];
	}
}

/* Whether so many hashes have room in so many slots. */
static inline bool
have_room(Size hashes, Size slots)
{
	return hashes <= slots / 16 * 11;
}

/*
 * Make room in the table, by dropping what is too much or by growing.  The
 * fewer slots there are, the sooner one comes into the cache.
 */
static void
make_room_for_hashes(FrequencyState *state, int more)
{
	Size		slots = (Size) state->mask + 1;
	Entries		entries;

	if (have_room((Size) state->used + more, slots))
		return;
	get_entries(state, &state->theta, &entries);
	while (!have_room((Size) entries.count + 2 * (Size) more, slots))
		slots *= 2;
	pfree(state->slots);
	allocate_slots(state, slots);
	for (int i = 0; i < entries.count; i++)
	{
		check_interrupts(i);
		count_hash(state, entries.slots[i].hash, entries.slots[i].times);
	}
	pfree(entries.slots);
}

/* Add the people of an audience. */
static void
add_audience(FrequencyState *state, const AudienceView *view)
{
	int			count;

	state->theta = Min(state->theta, view->theta);
	make_room_for_hashes(state, audience_count_below(view, state->theta));
	count = audience_count_below(view, state->theta);
	for (int start = 0; start < count; start += BLOCK)
	{
		int			end = Min(start + BLOCK, count);

		CHECK_FOR_INTERRUPTS();
		for (int i = start; i < end; i++)
		{
#ifdef __GNUC__
			__builtin_prefetch(&state->slots[home_slot(state,
													   audience_hash(view,
																	 i))]);
#endif
		}
		for (int i = start; i < end; i++)
			count_hash(state, audience_hash(view, i), 1);
	}
}

/* The entries of a flat state. */
static void
read_flat(const struct varlena *flat, uint64 *theta, Entries *entries)
{
	const char *bytes = VARDATA_ANY(flat);

	*theta = frequency_get64(bytes);
	bytes += FREQUENCY_HEADER_SIZE;
	entries->count = (int) ((VARSIZE_ANY_EXHDR(flat) - FREQUENCY_HEADER_SIZE) /
							STATE_ENTRY_SIZE);
	entries->slots = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) entries->count + 1) *
											sizeof(FrequencySlot));
	for (int i = 0; i < entries->count; i++, bytes += STATE_ENTRY_SIZE)
	{
		entries->slots[i].hash = frequency_get64(bytes);
		entries->slots[i].times = frequency_get32(bytes + 8);
	}
}

/* Add what another state holds. */
static void
add_flat(FrequencyState *state, Datum flat)
{
	uint64		theta;
	Entries		entries;

	read_flat((struct varlena *) PG_DETOAST_DATUM_PACKED(flat), &theta,
			  &entries);
	state->theta = Min(state->theta, theta);
	make_room_for_hashes(state, entries.count);
	for (int i = 0; i < entries.count && entries.slots[i].hash < state->theta;
		 i++)
	{
		check_interrupts(i);
		count_hash(state, entries.slots[i].hash, entries.slots[i].times);
	}
	pfree(entries.slots);
}

/* The state that a datum is, if it is under construction. */
static FrequencyState *
state_if_expanded(Datum datum)
{
	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)) ||
		DatumGetEOHP(datum)->eoh_methods != &frequency_state_methods)
		return NULL;
	return (FrequencyState *) DatumGetEOHP(datum);
}

/* The state of this call, to be changed: a copy of one that may not be. */
static FrequencyState *
frequency_to_change(FunctionCallInfo fcinfo)
{
	MemoryContext context = aggregate_context(fcinfo);
	FrequencyState *state;

	if (PG_ARGISNULL(0))
		return state_new(context);
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(PG_GETARG_POINTER(0)))
	{
		state = state_if_expanded(PG_GETARG_DATUM(0));
		if (state != NULL)
			return state;
	}
	state = state_new(context);
	add_flat(state, PG_GETARG_DATUM(0));
	return state;
}

PG_FUNCTION_INFO_V1(audience_frequency_accum);

/* audience_frequency(audience_sketch): NULL is left out */
Datum
audience_frequency_accum(PG_FUNCTION_ARGS)
{
	FrequencyState *state = frequency_to_change(fcinfo);
	AudienceView view;

	if (!PG_ARGISNULL(1))
	{
		audience_argument(fcinfo, 1, &view);
		add_audience(state, &view);
	}
	return EOHPGetRWDatum(&state->hdr);
}

PG_FUNCTION_INFO_V1(audience_frequency_combine);

/* combine function: how often in both states together */
Datum
audience_frequency_combine(PG_FUNCTION_ARGS)
{
	FrequencyState *state = frequency_to_change(fcinfo);

	if (!PG_ARGISNULL(1))
		add_flat(state, PG_GETARG_DATUM(1));
	return EOHPGetRWDatum(&state->hdr);
}

static Size
state_flat_size(ExpandedObjectHeader *header)
{
	const FrequencyState *state = (FrequencyState *) header;
	uint64		theta;
	Entries		entries;

	get_entries(state, &theta, &entries);
	pfree(entries.slots);
	return VARHDRSZ + FREQUENCY_HEADER_SIZE +
		(Size) entries.count * STATE_ENTRY_SIZE;
}

static void
state_flatten(ExpandedObjectHeader *header, void *result, Size allocated_size)
{
	const FrequencyState *state = (FrequencyState *) header;
	char	   *bytes = VARDATA(result);
	uint64		theta;
	Entries		entries;

	get_entries(state, &theta, &entries);
	sort_slots(entries.slots, entries.count);
	SET_VARSIZE(result, allocated_size);
	frequency_put64(bytes, theta);
	bytes += FREQUENCY_HEADER_SIZE;
	for (int i = 0; i < entries.count; i++, bytes += STATE_ENTRY_SIZE)
	{
		frequency_put64(bytes, entries.slots[i].hash);
		frequency_put32(bytes + 8, entries.slots[i].times);
	}
	pfree(entries.slots);
}

/* How often each of the entries came, ascending. */
static uint32 *
sorted_times(const Entries *entries)
{
	uint32	   *times = palloc(((Size) entries->count + 1) * sizeof(uint32));

	for (int i = 0; i < entries->count; i++)
		times[i] = entries->slots[i].times;
	sort_times(times, entries->count);
	return times;
}

/* The value of a theta and some entries. */
static struct varlena *
make_frequency(uint64 theta, const Entries *entries)
{
	Size		size = VARHDRSZ + FREQUENCY_HEADER_SIZE;
	struct varlena *result =
		palloc(size + (Size) entries->count * FREQUENCY_ENTRY_SIZE);
	char	   *bytes = VARDATA(result) + FREQUENCY_HEADER_SIZE;
	uint32	   *times = sorted_times(entries);

	frequency_put64(VARDATA(result), theta);
	for (int i = 0; i < entries->count;)
	{
		int			start = i;

		while (i < entries->count && times[i] == times[start])
			i++;
		frequency_put32(bytes, times[start]);
		frequency_put64(bytes + 4, i - start);
		bytes += FREQUENCY_ENTRY_SIZE;
	}
	SET_VARSIZE(result, bytes - (char *) result);
	return result;
}

PG_FUNCTION_INFO_V1(audience_frequency_final);

/*
 * final function: how many were reached how often; leaves the state as it is,
 * and its memory, for in a window it is called for every row
 */
Datum
audience_frequency_final(PG_FUNCTION_ARGS)
{
	const FrequencyState *state;
	struct varlena *result;
	uint64		theta = THETA_MAX;
	Entries		entries = {0};

	if (!PG_ARGISNULL(0))
	{
		state = state_if_expanded(PG_GETARG_DATUM(0));
		if (state != NULL)
			get_entries(state, &theta, &entries);
		else
			read_flat(PG_GETARG_VARLENA_PP(0), &theta, &entries);
	}
	result = make_frequency(theta, &entries);
	if (entries.slots != NULL)
		pfree(entries.slots);
	PG_RETURN_POINTER(result);
}

/* What is wrong with the bytes of a state; NULL: nothing. */
static const char *
check_state(const char *bytes, size_t len)
{
	uint64		theta;
	uint64		previous = 0;

	if (len < FREQUENCY_HEADER_SIZE ||
		(len - FREQUENCY_HEADER_SIZE) % STATE_ENTRY_SIZE != 0 ||
		(len - FREQUENCY_HEADER_SIZE) / STATE_ENTRY_SIZE > MOST_HASHES)
		return "The length is that of no state.";
	theta = frequency_get64(bytes);
	if (theta == 0 || theta > THETA_MAX)
		return "Theta is not between 1 and 2^63 - 1.";
	for (size_t i = FREQUENCY_HEADER_SIZE; i < len; i += STATE_ENTRY_SIZE)
	{
		uint64		hash = frequency_get64(bytes + i);
		uint32		times = frequency_get32(bytes + i + 8);

		if (hash <= previous || hash >= theta)
			return "The hashes are not ascending and below theta.";
		if (times == 0 || times > PG_INT32_MAX)
			return "A hash came no time, or too often.";
		previous = hash;
	}
	return NULL;
}

PG_FUNCTION_INFO_V1(reach_frequency_state_in);

/*
 * reach_frequency_state_in: the bytes in hexadecimal; error 22P02, perhaps
 * soft
 */
Datum
reach_frequency_state_in(PG_FUNCTION_ARGS)
{
	size_t		len;
	unsigned char *bytes = hex_read(PG_GETARG_CSTRING(0), &len);
	const char *problem = bytes == NULL ?
		"It is not written in hexadecimal, as \\x0102." :
		check_state((const char *) bytes, len);

	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input for type %s", "reach_frequency_state"),
				 errdetail("%s", problem)));
	PG_RETURN_POINTER(frequency_value(bytes, len));
}

PG_FUNCTION_INFO_V1(reach_frequency_state_out);

/* reach_frequency_state_out: the bytes in hexadecimal */
Datum
reach_frequency_state_out(PG_FUNCTION_ARGS)
{
	struct varlena *state = PG_GETARG_VARLENA_PP(0);

	PG_RETURN_CSTRING(hex_write(VARDATA_ANY(state), VARSIZE_ANY_EXHDR(state)));
}

PG_FUNCTION_INFO_V1(reach_frequency_state_recv);

/* reach_frequency_state_recv: the bytes; error 22P03 */
Datum
reach_frequency_state_recv(PG_FUNCTION_ARGS)
{
	return frequency_recv(fcinfo, "reach_frequency_state", check_state);
}

PG_FUNCTION_INFO_V1(reach_frequency_state_send);

/* reach_frequency_state_send: the bytes */
Datum
reach_frequency_state_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(PG_GETARG_BYTEA_P_COPY(0));
}
