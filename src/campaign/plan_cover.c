/*-------------------------------------------------------------------------
 *
 * plan_cover.c
 *		Whom the picks of a campaign reach, and whom a candidate would add, by
 *		audience sketches.
 *
 * A sketch holds a sample of its people: all whose hash is below its theta.
 * What a candidate adds is its own reach times the share of its people that is
 * new, so never more than its own reach.  That share is counted below the
 * thetas of the picks, which differ: of somebody above the theta of one pick
 * it is known whether the others reach him, and of a star's theta hardly any
 * people are below.  So the share is a product: of the people below the
 * largest theta, those that the picks of that theta leave; of these, below the
 * next theta, those that its picks leave as well, and so on, as Kaplan and
 * Meier (1958) count survivors some of whom are lost from sight.  For that,
 * thetas are rounded down to quarters of an octave, and a slot knows the
 * largest theta of a pick that reaches somebody.
 *
 * With weights, and where being reached several times counts, the share is
 * counted below the smallest theta of all.
 *
 * What is exact, is counted exactly: exact sketches have no sides.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "base/interrupt.h"
#include "campaign/campaign_plan.h"

#define SMALLEST_COVER		1024

/* Hashes whose slots are fetched into the cache before they are looked at. */
#define BLOCK				64

/* Some hashes of a sketch. */
typedef struct HashBlock
{
	int			count;
	uint64		hashes[BLOCK];
} HashBlock;

/* What was seen of a candidate's people, by levels. */
typedef struct Sightings
{
	int			missed[COVER_LEVELS];	/* below the level's theta, not the
										 * next */
	int			met[COVER_LEVELS];	/* by a pick of the level, none of a
									 * larger */
	int			met_exactly;	/* by exact picks, of both sides */
} Sightings;

static inline bool
is_exact(const Candidate *candidate)
{
	return candidate->audience.theta == THETA_MAX;
}

/* Whether a hash is on a side: the hashes are as good as even on both. */
static inline bool
on_side(uint64 hash, Side side)
{
	return side == SIDE_BOTH || (hash & 1) == (uint64) side;
}

/* The theta of a level: 2^(-level/4) of all. */
static uint64
level_theta(int level)
{
	static const uint64 quarter[] = {
		UINT64CONST(4294967296), UINT64CONST(3611622603),
		UINT64CONST(3037000500), UINT64CONST(2553802834)
	};
	uint64		theta = THETA_MAX >> (level / 4);

	if (level % 4 == 0)
		return theta;
	return (theta >> 32) * quarter[level % 4] +
		((theta & 0xFFFFFFFF) * quarter[level % 4] >> 32);
}

/* The level with the largest theta that is not above this one. */
static int
theta_level(uint64 theta)
{
	int			level = 4 * (62 - pg_leftmost_one_pos64(theta));

	while (level < COVER_LEVELS - 1 && level_theta(level) > theta)
		level++;
	return level;
}

static void
allocate_slots(Cover *cover, uint64 slots)
{
	cover->slots = MemoryContextAllocExtended(CurrentMemoryContext,
											  slots * sizeof(CoverSlot),
											  MCXT_ALLOC_HUGE |
											  MCXT_ALLOC_ZERO);
	cover->mask = slots - 1;
	cover->shift = 64 - pg_leftmost_one_pos64(slots);
}

/* cover_init: nobody is reached */
void
cover_init(Cover *cover, CoverKind kind, int often, Side side)
{
	cover->kind = kind;
	cover->often = often;
	cover->side = side;
	allocate_slots(cover, SMALLEST_COVER);
	cover_clear(cover);
}

/* cover_clear: nobody again */
void
cover_clear(Cover *cover)
{
	memset(cover->slots, 0, (cover->mask + 1) * sizeof(CoverSlot));
	memset(cover->levels, 0, sizeof(cover->levels));
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
static inline CoverSlot *
find_slot(const Cover *cover, uint64 hash)
{
	uint64		i = home_slot(cover, hash);

	for (uint32 probes = 1;
		 cover->slots[i].hash != 0 && cover->slots[i].hash != hash;
		 probes++)
	{
		check_probes(probes);
		i = (i + 1) & cover->mask;
	}
	return &cover->slots[i];
}

/*
 * The next hashes of a side, from number *i on, and their slots on the way
 * into the cache.  Whether a slot is free can't be predicted, so waiting for
 * it would cost twice.
 */
static bool
next_block(const Cover *cover, const AudienceView *view, Side side, int *i,
		   int count, HashBlock *block)
{
	CHECK_FOR_INTERRUPTS();
	block->count = 0;
	while (*i < count && block->count < BLOCK)
	{
		uint64		hash = audience_hash(view, (*i)++);

		block->hashes[block->count] = hash;
		block->count += on_side(hash, side);
	}
	for (int j = 0; j < block->count; j++)
	{
#ifdef __GNUC__
		__builtin_prefetch(&cover->slots[home_slot(cover, block->hashes[j])]);
#endif
	}
	return block->count > 0;
}

/* Note that somebody is reached. */
static inline void
cover_hash(Cover *cover, uint64 hash, const CoverSlot *knowledge)
{
	CoverSlot  *slot = find_slot(cover, hash);

	if (slot->hash == 0)
	{
		slot->known = knowledge->known;
		slot->hash = hash;
		cover->used++;
	}
	else if (cover->kind == COVER_PLAIN)
		slot->known.level = Min(slot->known.level, knowledge->known.level);
	else if (cover->kind == COVER_WEIGHTED)
		slot->known.weight = Max(slot->known.weight, knowledge->known.weight);
	else
		slot->known.times += knowledge->known.times;
}

/* cover_reserve: room for more hashes; at most half of the slots are used */
void
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
		check_interrupts(i);
		if (old.slots[i].hash != 0)
			cover_hash(cover, old.slots[i].hash, &old.slots[i]);
	}
	pfree(old.slots);
}

/* cover_add: a pick's audience */
void
cover_add(Cover *cover, const Candidate *pick)
{
	const AudienceView *view = &pick->audience;
	int			level = theta_level(view->theta);
	CoverSlot	knowledge = {0};
	HashBlock	block;
	int			count;

	cover->theta = Min(cover->theta, view->theta);
	cover->levels[level] = true;
	count = audience_count_below(view, cover->kind == COVER_PLAIN ?
								 level_theta(level) : cover->theta);
	if (cover->kind == COVER_PLAIN)
		knowledge.known.level = level;
	else if (cover->kind == COVER_WEIGHTED)
		knowledge.known.weight = pick->weight;
	else
		knowledge.known.times = 1;
	cover_reserve(cover, count);
	for (int i = 0;
		 next_block(cover, view, is_exact(pick) ? SIDE_BOTH : cover->side,
					&i, count, &block);)
	{
		for (int j = 0; j < block.count; j++)
			cover_hash(cover, block.hashes[j], &knowledge);
	}
}

/* cover_effort: how many hashes cover_gain() looks up */
int
cover_effort(const Cover *cover, const Candidate *candidate)
{
	if (cover->kind != COVER_PLAIN)
		return audience_count_below(&candidate->audience, cover->theta);
	return candidate->audience.count;
}

/* cover_own_reach: the reach of an audience by the hashes of a side */
float8
cover_own_reach(Side side, const AudienceView *view)
{
	int64		odd = 0;

	if (view->theta == THETA_MAX || side == SIDE_BOTH)
		return audience_estimate(view);
	for (int i = 0; i < view->count;)
	{
		int			end = i + Min(view->count - i, INTERRUPT_INTERVAL);

		CHECK_FOR_INTERRUPTS();
		for (; i < end; i++)
			odd += audience_hash(view, i) & 1;
	}
	return (side == SIDE_CHOOSE ? odd : view->count - odd) * 2 /
		theta_fraction(view->theta);
}

/* Take note of one of a candidate's people; returns false above all thetas. */
static inline bool
note_sighting(const Cover *cover, uint64 hash, uint64 *level_end, int *level,
			  Sightings *seen)
{
	const CoverSlot *slot;

	while (hash >= *level_end)
	{
		do
		{
			if (--*level < 0)
				return false;
		} while (!cover->levels[*level]);
		*level_end = level_theta(*level);
	}
	slot = find_slot(cover, hash);
	if (slot->hash == 0)
		seen->missed[*level]++;
	else
		seen->met[slot->known.level]++;
	return true;
}

/* The level with the smallest theta that the picks have. */
static int
smallest_level(const Cover *cover)
{
	int			level = COVER_LEVELS - 1;

	while (level > 0 && !cover->levels[level])
		level--;
	return level;
}

/* What the cover knows of a candidate's people. */
static void
look_at_people(const Cover *cover, const Candidate *candidate, Sightings *seen)
{
	const AudienceView *view = &candidate->audience;
	bool		exactly = is_exact(candidate) && cover->levels[0];
	int			level = smallest_level(cover);
	uint64		level_end = level_theta(level);
	HashBlock	block;

	memset(seen, 0, sizeof(*seen));
	for (int i = 0;
		 next_block(cover, view, exactly ? SIDE_BOTH : cover->side, &i,
					view->count, &block);)
	{
		for (int j = 0; j < block.count; j++)
		{
			uint64		hash = block.hashes[j];

			if (exactly)
			{
				const CoverSlot *slot = find_slot(cover, hash);

				seen->met_exactly += slot->hash != 0 && slot->known.level == 0;
				if (!on_side(hash, cover->side))
					continue;
			}
			if (!note_sighting(cover, hash, &level_end, &level, seen))
				return;
		}
	}
}

/*
 * Of some people, a number was left: multiply the gain, and the relative
 * variance that goes with it.
 */
static inline void
multiply(float8 *gain, float8 *variance, float8 left, float8 of)
{
	float8		share = (left + 0.5) / (of + 1);

	if (of > 0)
		*gain = *gain * left / of;
	*variance += (1 - share) / (share * Max(of, 1));
}

/*
 * The relative variance of a candidate's own reach: by all hashes, or as it is
 * told by halves, see plan_report.c.
 */
static float8
own_variance(const Cover *cover, const Candidate *candidate)
{
	float8		theta = theta_fraction(candidate->audience.theta);

	return (1 - theta) * (cover->side == SIDE_BOTH ? 1 : 2 - theta) /
		Max(candidate->reach * theta, 1);
}

/* What a candidate adds, and the relative variance of that, by levels. */
static float8
plain_worth(const Cover *cover, const Candidate *candidate, float8 *variance)
{
	Sightings	seen;
	float8		gain = candidate->reach;
	float8		missed = 0;
	float8		met = 0;

	*variance = own_variance(cover, candidate);
	if (cover->used == 0)
		return gain;
	look_at_people(cover, candidate, &seen);
	for (int level = COVER_LEVELS - 1; level >= 0; level--)
	{
		if (!cover->levels[level])
			continue;
		if (level == 0 && is_exact(candidate))
		{
			if (candidate->audience.count > 0)
				gain = gain * (candidate->audience.count - seen.met_exactly) /
					candidate->audience.count;
			break;
		}
		missed += seen.missed[level];
		multiply(&gain, variance, missed + met,
				 missed + met + seen.met[level]);
		met += seen.met[level];
	}
	return gain;
}

/*
 * What one person adds to the weights, or to those reached often enough;
 * nearer to that counts as well.
 */
static inline float8
person_worth(const Cover *cover, const Candidate *candidate,
			 const CoverSlot *slot, bool nearer)
{
	int			times;

	if (cover->kind == COVER_WEIGHTED)
		return slot->hash == 0 ? candidate->weight :
			Max(candidate->weight - slot->known.weight, 0);
	times = slot->hash == 0 ? 0 : slot->known.times;
	if (nearer)
		return times < cover->often ? 1.0 / cover->often : 0;
	return times == cover->often - 1;
}

/* A sum over the people below the smallest theta, scaled up. */
static float8
common_sum(const Cover *cover, const Candidate *candidate, float8 *variance,
		   bool nearer)
{
	const AudienceView *view = &candidate->audience;
	uint64		theta = Min(cover->theta, view->theta);
	Side		side = theta == THETA_MAX ? SIDE_BOTH : cover->side;
	int			count = audience_count_below(view, theta);
	HashBlock	block;
	int64		seen = 0;
	float8		sum = 0;
	float8		squares = 0;
	CoverSlot	nobody = {0};

	for (int i = 0; next_block(cover, view, side, &i, count, &block);)
	{
		for (int j = 0; j < block.count; j++)
		{
			float8		worth = person_worth(cover, candidate,
											 find_slot(cover, block.hashes[j]),
											 nearer);

			sum += worth;
			squares += worth * worth;
		}
		seen += block.count;
	}
	*variance = own_variance(cover, candidate);
	if (theta == THETA_MAX)
		return sum;
	if (seen == 0)
		return candidate->reach * person_worth(cover, candidate, &nobody,
											   nearer);
	*variance += (squares / seen - square(sum / seen)) / seen /
		Max(square(sum / seen), square(0.5 / seen));
	return candidate->reach * sum / seen;
}

/*
 * cover_worth
 *		The number of people that a candidate would add, by weight, or of those
 *		reached often enough; and the variance of that.
 *
 * Sums are in the order of the hashes, so that they are the same every time.
 */
float8
cover_worth(const Cover *cover, const Candidate *candidate, float8 *variance)
{
	float8		worth = cover->kind == COVER_PLAIN ?
		plain_worth(cover, candidate, variance) :
		common_sum(cover, candidate, variance, false);

	*variance *= square(Max(worth, is_exact(candidate) ? 0 : 0.5));
	return worth;
}

/* cover_gain: the same, where coming nearer counts as well */
float8
cover_gain(const Cover *cover, const Candidate *candidate)
{
	float8		variance;

	return cover->kind == COVER_PLAIN ?
		plain_worth(cover, candidate, &variance) :
		common_sum(cover, candidate, &variance, true);
}
