/*-------------------------------------------------------------------------
 *
 * tier_label.c
 *		The ladder of tiers: their labels, how these are also written, and
 *		their order.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "tier/tier.h"

/* The ladder, from the bottom up. */
static const struct
{
	Tier		tier;
	const char *label;
}			ladder[TIER_COUNT] =

{
	{TIER_NONE, "none"},
	{TIER_NANO, "nano"},
	{TIER_MICRO, "micro"},
	{TIER_SMALL, "small"},
	{TIER_MID, "mid"},
	{TIER_MACRO, "macro"},
	{TIER_MEGA, "mega"},
	{TIER_CELEBRITY, "celebrity"},
};

/* How labels are also written. */
static const struct
{
	const char *written;
	Tier		tier;
}			aliases[] =

{
	{"mid-tier", TIER_MID},
	{"mid tier", TIER_MID},
	{"mid_tier", TIER_MID},
	{"midtier", TIER_MID},
	{"celeb", TIER_CELEBRITY},
};

/* The place of a tier in the ladder, from 0; -1 for no tier of ours. */
int
tier_index(Tier tier)
{
	for (int i = 0; i < TIER_COUNT; i++)
	{
		if (ladder[i].tier == tier)
			return i;
	}
	return -1;
}

/* The tier at a place in the ladder. */
Tier
tier_at(int index)
{
	Assert(index >= 0 && index < TIER_COUNT);
	return ladder[index].tier;
}

/* The place of a stored tier. */
int
tier_stored_index(Tier tier)
{
	int			index = tier_index(tier);

	if (index < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid tier: %d", (int) tier)));
	return index;
}

/* The label of a tier. */
const char *
tier_label(Tier tier)
{
	return ladder[tier_stored_index(tier)].label;
}

/* The tier of a label, whatever its case; false for none of ours. */
bool
tier_from_label(Token label, Tier *tier)
{
	for (size_t i = 0; i < lengthof(ladder); i++)
	{
		if (token_equals(label, ladder[i].label))
		{
			*tier = ladder[i].tier;
			return true;
		}
	}
	for (size_t i = 0; i < lengthof(aliases); i++)
	{
		if (token_equals(label, aliases[i].written))
		{
			*tier = aliases[i].tier;
			return true;
		}
	}
	return false;
}
