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
#include "port/pg_bitutils.h"

#include "base/token.h"

/* One byte on disk.  The order and the numbers can't be changed. */
typedef enum Tier
{
	TIER_NONE = 0,
	TIER_NANO = 1,
	TIER_MICRO = 2,
	TIER_MID = 3,
	TIER_MACRO = 4,
	TIER_MEGA = 5
} Tier;

#define TIER_COUNT			6

#define DatumGetTier(X)		((Tier) DatumGetUInt8(X))
#define TierGetDatum(X)		UInt8GetDatum((uint8) (X))
#define PG_GETARG_TIER(n)	DatumGetTier(PG_GETARG_DATUM(n))
#define PG_RETURN_TIER(x)	return TierGetDatum(x)

/*
 * The lower bounds of the tiers above none, ascending; TIER_LEFT_OUT for a
 * tier that the scheme does not have.  At least one is present.
 */
#define TIER_BOUNDS			(TIER_COUNT - 1)
#define TIER_LEFT_OUT		INT64CONST(-1)

typedef struct TierScheme
{
	int64		lower[TIER_BOUNDS]; /* [0] is nano's */
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

extern const char *tier_label(Tier tier);
extern bool tier_from_label(Token label, Tier *tier);
extern bool tier_band(const TierScheme *scheme, Tier tier, TierBand *band);

extern PGDLLEXPORT Datum tier_of(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_of_scheme(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_eq(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_ne(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_lt(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_le(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_gt(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum tier_ge(PG_FUNCTION_ARGS);

/*
 * tier_classify
 *		The tier of a follower count.
 *
 * Total: below the first bound, negative counts included, everything is none.
 *
 * The tiers whose bounds the count reaches are a set of bits, and the highest
 * is its tier.  So nothing branches on the size of the count, which no
 * processor can foresee.  As unsigned numbers, bounds left out are above every
 * count.
 */
static inline Tier
tier_classify(int64 followers, const TierScheme *scheme)
{
	uint64		count = (uint64) followers;
	uint32		reached = 1 << TIER_NONE;

	if (followers < 0)
		return TIER_NONE;
	reached |= (uint32) (count >= (uint64) scheme->lower[0]) << TIER_NANO;
	reached |= (uint32) (count >= (uint64) scheme->lower[1]) << TIER_MICRO;
	reached |= (uint32) (count >= (uint64) scheme->lower[2]) << TIER_MID;
	reached |= (uint32) (count >= (uint64) scheme->lower[3]) << TIER_MACRO;
	reached |= (uint32) (count >= (uint64) scheme->lower[4]) << TIER_MEGA;
	return (Tier) pg_leftmost_one_pos32(reached);
}

#endif							/* INFLUENCER_TIER_H */
