/*-------------------------------------------------------------------------
 *
 * plan_cover.c
 *		Whom the picks of a campaign reach, and whom a candidate would add.
 *
 * A person counts with the largest weight among the picks that reach it.
 * Sketches hold samples of the people, all whose hash is below theta, so two
 * can be compared below the smaller theta only; what is counted there stands
 * for the whole in proportion.  No hash has to be dropped from the table for
 * that: only those of the candidate are looked up.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "campaign/campaign_plan.h"

#define SMALLEST_COVER		1024

/* Hashes to look ahead when slots are fetched into the cache. */
#define PREFETCH_DISTANCE	12

static void
allocate_slots(Cover *cover, uint64 slots)
{
	cover->slots = MemoryContextAllocExtended(CurrentMemoryContext,
											  slots * cover->words * sizeof(uint64),
											  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	cover->mask = slots - 1;
	cover->shift = 64 - pg_leftmost_one_pos64(slots);
}

/* cover_init: nobody; weighted where the candidates' weights differ */
void
cover_init(Cover *cover, bool weighted)
{
	cover->words = weighted ? 2 : 1;
	cover->used = 0;
	cover->theta = THETA_MAX;
	allocate_slots(cover, SMALLEST_COVER);
}

/* cover_clear: nobody again */
void
cover_clear(Cover *cover)
{
	memset(cover->slots, 0, (cover->mask + 1) * cover->words * sizeof(uint64));
	cover->used = 0;
	cover->theta = THETA_MAX;
}

/*
 * Where the search for a hash starts.  The hashes of a sketch that somebody
 * made up need not be spread evenly, so all their bits count (Knuth's
 * multiplicative hashing).
 */
static inline uint64
home_slot(const Cover *cover, uint64 hash)
{
	return (hash * UINT64CONST(0x9E3779B97F4A7C15)) >> cover->shift;
}

/* The slot of a hash, or where it would go. */
static inline uint64 *
cover_slot(const Cover *cover, uint64 hash, int words)
{
	uint64		i = home_slot(cover, hash);

	for (uint64 probes = 1;
		 cover->slots[i * words] != 0 && cover->slots[i * words] != hash;
		 probes++)
	{
		check_interrupts(probes);
		i = (i + 1) & cover->mask;
	}
	return &cover->slots[i * words];
}

/*
 * Have the slot of a hash that comes soon fetched into the cache.  Whether a
 * slot is free can't be predicted, so waiting for it costs twice.
 */
static inline void
fetch_ahead(const Cover *cover, const AudienceView *view, int i, int count)
{
#ifdef __GNUC__
	if (i + PREFETCH_DISTANCE < count)
	{
		uint64		hash = audience_hash(view, i + PREFETCH_DISTANCE);

		__builtin_prefetch(&cover->slots[home_slot(cover, hash) * cover->words]);
	}
#endif
}

static inline float8
slot_weight(const uint64 *slot)
{
	float8		weight;

	memcpy(&weight, slot + 1, sizeof(weight));
	return weight;
}

static inline void
put(Cover *cover, uint64 hash, float8 weight)
{
	uint64	   *slot = cover_slot(cover, hash, cover->words);
	bool		present = (*slot != 0);

	*slot = hash;
	cover->used += present ? 0 : 1;
	if (cover->words > 1 && (!present || slot_weight(slot) < weight))
		memcpy(slot + 1, &weight, sizeof(weight));
}

/* Make room for more hashes: at most half of the slots are used. */
static void
cover_reserve(Cover *cover, uint64 more)
{
	Cover		old = *cover;
	uint64		slots = cover->mask + 1;

	while (slots < (cover->used + more) * 2)
		slots *= 2;
	if (slots == old.mask + 1)
		return;
	allocate_slots(cover, slots);
	cover->used = 0;
	for (uint64 i = 0; i <= old.mask; i++)
	{
		const uint64 *slot = &old.slots[i * old.words];

		check_interrupts(i);
		if (*slot != 0)
			put(cover, *slot, old.words > 1 ? slot_weight(slot) : 0);
	}
	pfree(old.slots);
}

/* cover_add: a pick's audience */
void
cover_add(Cover *cover, const Candidate *pick)
{
	int			count;

	cover->theta = Min(cover->theta, pick->audience.theta);
	count = audience_count_below(&pick->audience, cover->theta);
	cover_reserve(cover, count);
	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		fetch_ahead(cover, &pick->audience, i, count);
		put(cover, audience_hash(&pick->audience, i), pick->weight);
	}
}

/* cover_effort: how many hashes cover_gain() looks up */
int
cover_effort(const Cover *cover, const Candidate *candidate)
{
	return audience_count_below(&candidate->audience, cover->theta);
}

/* The weight that count hashes of a candidate would add, all having one. */
static float8
plain_gain(const Cover *cover, const Candidate *candidate, int count)
{
	int64		uncovered = 0;

	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		fetch_ahead(cover, &candidate->audience, i, count);
		uncovered += *cover_slot(cover, audience_hash(&candidate->audience, i), 1) == 0;
	}
	return uncovered * candidate->weight;
}

/* As plain_gain, where weights differ. */
static float8
weighted_gain(const Cover *cover, const Candidate *candidate, int count)
{
	int64		uncovered = 0;
	float8		better = 0;

	for (int i = 0; i < count; i++)
	{
		const uint64 *slot;

		check_interrupts(i);
		fetch_ahead(cover, &candidate->audience, i, count);
		slot = cover_slot(cover, audience_hash(&candidate->audience, i), 2);
		if (*slot == 0)
			uncovered++;
		else if (slot_weight(slot) < candidate->weight)
			better += candidate->weight - slot_weight(slot);
	}
	return uncovered * candidate->weight + better;
}

/*
 * cover_gain
 *		The weighted number of people that a candidate would add, estimated
 *		below the smallest theta.
 *
 * Sums in the order of the hashes, so that it is the same every time.
 */
float8
cover_gain(const Cover *cover, const Candidate *candidate)
{
	uint64		theta = Min(cover->theta, candidate->audience.theta);
	int			count = audience_count_below(&candidate->audience, theta);
	float8		gain = cover->words > 1 ? weighted_gain(cover, candidate, count) :
		plain_gain(cover, candidate, count);

	return gain / theta_fraction(theta);
}
