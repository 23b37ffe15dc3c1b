/*-------------------------------------------------------------------------
 *
 * campaign_cover.c
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
#include "utils/memutils.h"

#include "campaign.h"

#define SMALLEST_COVER		1024

/* Sketches can be large: see to interrupts after so many hashes. */
#define INTERRUPT_INTERVAL	65536

static inline void
check_interrupts(uint64 i)
{
	if (i % INTERRUPT_INTERVAL == 0)
		CHECK_FOR_INTERRUPTS();
}

static void
allocate_slots(Cover *cover, uint64 slots)
{
	cover->hashes = MemoryContextAllocExtended(CurrentMemoryContext,
											   slots * sizeof(uint64),
											   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	if (cover->weights != NULL)
		cover->weights = MemoryContextAllocHuge(CurrentMemoryContext,
												slots * sizeof(float8));
	cover->mask = slots - 1;
}

/* cover_init: nobody; weighted where the candidates' weights differ */
void
cover_init(Cover *cover, bool weighted)
{
	cover->weights = weighted ? palloc(sizeof(float8)) : NULL;
	cover->used = 0;
	cover->theta = THETA_MAX;
	allocate_slots(cover, SMALLEST_COVER);
}

/* cover_clear: nobody again */
void
cover_clear(Cover *cover)
{
	memset(cover->hashes, 0, (cover->mask + 1) * sizeof(uint64));
	cover->used = 0;
	cover->theta = THETA_MAX;
}

/* The slot of a hash, or where it would go. */
static inline uint64
find_slot(const Cover *cover, uint64 hash)
{
	uint64		slot = hash & cover->mask;

	while (cover->hashes[slot] != 0 && cover->hashes[slot] != hash)
		slot = (slot + 1) & cover->mask;
	return slot;
}

static inline void
put(Cover *cover, uint64 hash, float8 weight)
{
	uint64		slot = find_slot(cover, hash);
	bool		present = cover->hashes[slot] != 0;

	cover->hashes[slot] = hash;
	cover->used += present ? 0 : 1;
	if (cover->weights != NULL && (!present || cover->weights[slot] < weight))
		cover->weights[slot] = weight;
}

/* Make room for more hashes: at most half of the slots are used. */
static void
reserve(Cover *cover, uint64 more)
{
	Cover		old = *cover;
	uint64		slots = cover->mask + 1;

	while (slots < (cover->used + more) * 2)
		slots *= 2;
	if (slots == old.mask + 1)
		return;
	allocate_slots(cover, slots);
	cover->used = 0;
	for (uint64 slot = 0; slot <= old.mask; slot++)
	{
		check_interrupts(slot);
		if (old.hashes[slot] != 0)
			put(cover, old.hashes[slot], old.weights ? old.weights[slot] : 0);
	}
	pfree(old.hashes);
	if (old.weights != NULL)
		pfree(old.weights);
}

/* cover_add: a pick's audience */
void
cover_add(Cover *cover, const Candidate *pick)
{
	int			count;

	cover->theta = Min(cover->theta, pick->audience.theta);
	count = audience_count_below(&pick->audience, cover->theta);
	reserve(cover, count);
	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		put(cover, audience_hash(&pick->audience, i), pick->weight);
	}
}

/* cover_effort: how many hashes cover_gain() looks up */
int
cover_effort(const Cover *cover, const Candidate *candidate)
{
	return audience_count_below(&candidate->audience, cover->theta);
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
	int64		uncovered = 0;
	float8		better = 0;

	for (int i = 0; i < count; i++)
	{
		uint64		slot;

		check_interrupts(i);
		slot = find_slot(cover, audience_hash(&candidate->audience, i));
		if (cover->hashes[slot] == 0)
			uncovered++;
		else if (cover->weights != NULL && cover->weights[slot] < candidate->weight)
			better += candidate->weight - cover->weights[slot];
	}
	return (uncovered * candidate->weight + better) / theta_fraction(theta);
}
