/*-------------------------------------------------------------------------
 *
 * tier.c
 *		The type tier, one byte by value, and the classification of counts.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/sortsupport.h"

#include "base/compat.h"
#include "tier/tier.h"

static const char *const tier_labels[TIER_COUNT] = {
	"none", "nano", "micro", "mid", "macro", "mega"
};

/* The label of a tier. */
const char *
tier_label(Tier tier)
{
	if (tier >= TIER_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid tier: %d", (int) tier)));
	return tier_labels[tier];
}

/* The tier of a label, whatever its case; false for none of ours. */
bool
tier_from_label(Token label, Tier *tier)
{
	for (int i = 0; i < TIER_COUNT; i++)
	{
		if (token_equals(label, tier_labels[i]))
		{
			*tier = (Tier) i;
			return true;
		}
	}
	return false;
}

/* The smallest count of a tier; TIER_LEFT_OUT if the scheme leaves it out. */
static int64
lower_bound(const TierScheme *scheme, int tier)
{
	return tier == TIER_NONE ? PG_INT64_MIN : scheme->lower[tier - 1];
}

/*
 * tier_band
 *		The counts of a tier; false if the scheme leaves it out.
 */
bool
tier_band(const TierScheme *scheme, Tier tier, TierBand *band)
{
	band->first = lower_bound(scheme, tier);
	band->last = PG_INT64_MAX;
	if (band->first == TIER_LEFT_OUT)
		return false;
	for (int i = tier; i < TIER_BOUNDS; i++)	/* those above the tier */
	{
		if (scheme->lower[i] != TIER_LEFT_OUT)
		{
			band->last = scheme->lower[i] - 1;
			break;
		}
	}
	return true;
}

PG_FUNCTION_INFO_V1(tier_in);

/*
 * tier_in
 *		Text input.  Error 22P02, soft where the server has soft errors.
 */
Datum
tier_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Token		label = token_trim(token_of(input, strlen(input)));
	Tier		tier;

	if (!tier_from_label(label, &tier))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "tier", input),
				 errhint("The tiers are none, nano, micro, mid, macro and mega.")));
	PG_RETURN_TIER(tier);
}

PG_FUNCTION_INFO_V1(tier_out);

/* tier_out: the label */
Datum
tier_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(tier_label(PG_GETARG_TIER(0))));
}

PG_FUNCTION_INFO_V1(tier_recv);

/* tier_recv: one byte, 0 (none) to 5 (mega); error 22P03 for any other */
Datum
tier_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			tier = pq_getmsgbyte(buf);

	if (tier >= TIER_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "tier"),
				 errdetail("A tier is a byte from 0 to %d, not %d.",
						   TIER_COUNT - 1, tier)));
	PG_RETURN_TIER(tier);
}

PG_FUNCTION_INFO_V1(tier_send);

/* tier_send: see tier_recv */
Datum
tier_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, PG_GETARG_TIER(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(tier_of);

/*
 * tier(followers bigint) -> tier
 *		The tier of a follower count in the scheme instagram.
 *
 * Total; NULL for NULL.
 */
Datum
tier_of(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIER(tier_classify(PG_GETARG_INT64(0), &tier_scheme_default));
}

PG_FUNCTION_INFO_V1(tier_of_scheme);

/*
 * tier(followers bigint, scheme tier_scheme) -> tier
 *		The tier of a follower count in a scheme.
 *
 * Total; NULL for NULL.
 */
Datum
tier_of_scheme(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIER(tier_classify(PG_GETARG_INT64(0), PG_GETARG_TIER_SCHEME(1)));
}

PG_FUNCTION_INFO_V1(tier_range);

/*
 * tier_range(tier, scheme tier_scheme) -> int8range
 *		The follower counts of a tier; empty for one that the scheme leaves out.
 */
Datum
tier_range(PG_FUNCTION_ARGS)
{
	TypeCacheEntry *typcache = range_get_typcache(fcinfo, INT8RANGEOID);
	TierBand	band = {0, 0};
	bool		present = tier_band(PG_GETARG_TIER_SCHEME(1), PG_GETARG_TIER(0), &band);
	RangeBound	lower = {0};
	RangeBound	upper = {0};

	lower.val = Int64GetDatum(band.first);
	lower.infinite = (band.first == PG_INT64_MIN);
	lower.inclusive = true;
	lower.lower = true;
	upper.val = Int64GetDatum(band.last);
	upper.infinite = (band.last == PG_INT64_MAX);
	upper.inclusive = true;
	PG_RETURN_RANGE_P(MakeRange(typcache, &lower, &upper, !present));
}

PG_FUNCTION_INFO_V1(tier_eq);
PG_FUNCTION_INFO_V1(tier_ne);
PG_FUNCTION_INFO_V1(tier_lt);
PG_FUNCTION_INFO_V1(tier_le);
PG_FUNCTION_INFO_V1(tier_gt);
PG_FUNCTION_INFO_V1(tier_ge);
PG_FUNCTION_INFO_V1(tier_cmp);

/* implementation of = */
Datum
tier_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_TIER(0) == PG_GETARG_TIER(1));
}

/* implementation of <> */
Datum
tier_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_TIER(0) != PG_GETARG_TIER(1));
}

/* implementation of < */
Datum
tier_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_TIER(0) < PG_GETARG_TIER(1));
}

/* implementation of <= */
Datum
tier_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_TIER(0) <= PG_GETARG_TIER(1));
}

/* implementation of > */
Datum
tier_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_TIER(0) > PG_GETARG_TIER(1));
}

/* implementation of >= */
Datum
tier_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_TIER(0) >= PG_GETARG_TIER(1));
}

/* btree comparison */
Datum
tier_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) PG_GETARG_TIER(0) - (int32) PG_GETARG_TIER(1));
}

static int
tier_fastcmp(Datum x, Datum y, SortSupport ssup pg_attribute_unused())
{
	return (int) DatumGetTier(x) - (int) DatumGetTier(y);
}

PG_FUNCTION_INFO_V1(tier_sortsupport);

/* btree sort support */
Datum
tier_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = tier_fastcmp;
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(tier_hash);

/* hash */
Datum
tier_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(PG_GETARG_TIER(0));
}

PG_FUNCTION_INFO_V1(tier_hash_extended);

/* seeded 64-bit hash */
Datum
tier_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(PG_GETARG_TIER(0), PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(tier_smaller);
PG_FUNCTION_INFO_V1(tier_larger);

/* transition function of min(tier) */
Datum
tier_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIER(Min(PG_GETARG_TIER(0), PG_GETARG_TIER(1)));
}

/* transition function of max(tier) */
Datum
tier_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIER(Max(PG_GETARG_TIER(0), PG_GETARG_TIER(1)));
}
