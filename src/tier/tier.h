/*-------------------------------------------------------------------------
 *
 * tier.h
 *		The types tier and tier_scheme.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_TIER_H
#define INFLUENCER_TIER_H

#include "fmgr.h"

#include "base/token.h"

/*
 * One byte on disk and in binary form.  The numbers ascend with the size and
 * never change.  There is room between them for labels of later versions, so
 * that a number is not a place in the ladder: tier_index() gives that.
 */
typedef enum Tier
{
	TIER_NONE = 0,
	TIER_NANO = 32,
	TIER_MICRO = 64,
	TIER_SMALL = 96,
	TIER_MID = 128,
	TIER_MACRO = 160,
	TIER_MEGA = 192,
	TIER_CELEBRITY = 224
} Tier;

#define TIER_COUNT			8

#define DatumGetTier(X)		((Tier) DatumGetUInt8(X))
#define TierGetDatum(X)		UInt8GetDatum((uint8) (X))
#define PG_GETARG_TIER(n)	DatumGetTier(PG_GETARG_DATUM(n))
#define PG_RETURN_TIER(x)	return TierGetDatum(x)

/*
 * The lower bounds of the tiers that a scheme has above none, ascending, and
 * whose they are: tier[n] is the tier of a count that reaches n of them, and
 * tier[0] is none.  At least one is there; behind the last stand TIER_NO_BOUND
 * and zero.
 *
 * The tiers are named, so that a later version can have more labels than this
 * one: a scheme has TIER_BOUNDS of them at most.
 */
#define TIER_BOUNDS			7
#define TIER_NO_BOUND		INT64CONST(-1)

typedef struct TierScheme
{
	int64		lower[TIER_BOUNDS];
	uint8		tier[TIER_BOUNDS + 1];
} TierScheme;

#define DatumGetTierScheme(X)		((TierScheme *) DatumGetPointer(X))
#define TierSchemeGetDatum(X)		PointerGetDatum(X)
#define PG_GETARG_TIER_SCHEME(n)	DatumGetTierScheme(PG_GETARG_DATUM(n))
#define PG_RETURN_TIER_SCHEME(x)	return TierSchemeGetDatum(x)

extern const TierScheme tier_scheme_default;

/* The counts of a tier, both ends included. */
typedef struct TierBand
{
	int64		first;
	int64		last;
} TierBand;

/* tier_label.c */
extern int	tier_index(Tier tier);
extern int	tier_stored_index(Tier tier);
extern Tier tier_at(int index);
extern const char *tier_label(Tier tier);
extern bool tier_from_label(Token label, Tier *tier);

/* tier.c */
extern bool tier_band(const TierScheme *scheme, Tier tier, TierBand *band);

extern PGDLLEXPORT Datum tier_of(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_of_scheme(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_eq(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_ne(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_lt(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_le(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_gt(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_ge(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum in_tiers(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_first(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_last(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tiers_first(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tiers_last(PG_FUNCTION_ARGS);

/*
 * tier_classify
 *		The tier of a follower count.
 *
 * Total: below the first bound, negative counts included, everything is none.
 *
 * The bounds that the count reaches are counted one by one, so that nothing
 * branches on its size, which no processor can foresee.  As an unsigned
 * number, TIER_NO_BOUND is above every count.
 */
static inline Tier
tier_classify(int64 followers, const TierScheme *scheme)
{
	uint64		count = (uint64) followers;
	int			reached = 0;

	if (followers < 0)
		return TIER_NONE;
	reached += count >= (uint64) scheme->lower[0];
	reached += count >= (uint64) scheme->lower[1];
	reached += count >= (uint64) scheme->lower[2];
	reached += count >= (uint64) scheme->lower[3];
	reached += count >= (uint64) scheme->lower[4];
	reached += count >= (uint64) scheme->lower[5];
	reached += count >= (uint64) scheme->lower[6];
	return (Tier) scheme->tier[reached];
}

#endif							/* INFLUENCER_TIER_H */
