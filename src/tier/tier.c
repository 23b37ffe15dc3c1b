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
#include "base/invalid.h"
#include "tier/tier.h"

#define TIER_LABELS "none, nano, micro, small, mid, macro, mega and celebrity"

/*
 * How many bounds of a scheme are not above a tier's own; -1 if the scheme
 * leaves the tier out.
 */
static int
bounds_up_to(const TierScheme *scheme, Tier tier)
{
	if (tier == TIER_NONE)
		return 0;
	for (int i = 0; i < TIER_BOUNDS && scheme->lower[i] != TIER_NO_BOUND; i++)
	{
		if (scheme->tier[i + 1] == tier)
			return i + 1;
	}
	return -1;
}

/*
 * tier_band
 *		The counts of a tier; false if the scheme leaves it out.
 */
bool
tier_band(const TierScheme *scheme, Tier tier, TierBand *band)
{
	int			n = bounds_up_to(scheme, tier);

	if (n < 0)
		return false;
	band->first = n == 0 ? PG_INT64_MIN : scheme->lower[n - 1];
	band->last = n == TIER_BOUNDS || scheme->lower[n] == TIER_NO_BOUND ?
		PG_INT64_MAX : scheme->lower[n] - 1;
	return true;
}

/*
 * The counts of the tiers from one to another, both included; from the largest
 * bigint to the smallest if there are none.
 */
static TierBand
span_tiers(const TierScheme *scheme, Tier from, Tier to)
{
	TierBand	span = {PG_INT64_MAX, PG_INT64_MIN};

	for (int i = 0; i < TIER_COUNT; i++)
	{
		TierBand	band;

		if (tier_at(i) < from || tier_at(i) > to ||
			!tier_band(scheme, tier_at(i), &band))
			continue;
		span.first = Min(span.first, band.first);
		span.last = Max(span.last, band.last);
	}
	return span;
}

/* tier('48.5K') reads a label: was a count meant? */
static bool
begins_as_count(Token written)
{
	return written.len > 0 &&
		strchr("0123456789+-.~", written.str[0]) != NULL;
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
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"tier", input),
				 begins_as_count(label) ?
				 errhint("For the tier of a count that is text, "
						 "write tier(parse_count(...)).") :
				 errhint("The tiers are %s.", TIER_LABELS)));
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

/* tier_recv: one byte, see Tier; error 22P03 for any other */
Datum
tier_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			tier = pq_getmsgbyte(buf);

	if (tier_index((Tier) tier) < 0)
		invalid_binary("tier",
					   psprintf("No tier has the number %d.", tier));
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
	PG_RETURN_TIER(tier_classify(PG_GETARG_INT64(0),
								 PG_GETARG_TIER_SCHEME(1)));
}

PG_FUNCTION_INFO_V1(tier_place);

/*
 * tier_place(tier) -> integer
 *		The place of a tier in the ladder of all labels: 0 (none) to 7
 *		(celebrity), whatever scheme it is of.
 */
Datum
tier_place(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(tier_stored_index(PG_GETARG_TIER(0)));
}

PG_FUNCTION_INFO_V1(tier_range);

/*
 * tier_range(tier, scheme tier_scheme) -> int8range
 *		The follower counts of a tier; empty for one that the scheme leaves
 *		out.
 */
Datum
tier_range(PG_FUNCTION_ARGS)
{
	TypeCacheEntry *typcache = range_get_typcache(fcinfo, INT8RANGEOID);
	TierBand	band = {0, 0};
	bool		present = tier_band(PG_GETARG_TIER_SCHEME(1),
									PG_GETARG_TIER(0), &band);
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

/* The scheme that an argument gives, or the default where there is none. */
static const TierScheme *
scheme_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_NARGS() > n ? PG_GETARG_TIER_SCHEME(n) : &tier_scheme_default;
}

PG_FUNCTION_INFO_V1(tier_first);
PG_FUNCTION_INFO_V1(tier_last);
PG_FUNCTION_INFO_V1(tiers_first);
PG_FUNCTION_INFO_V1(tiers_last);

/*
 * tier_first(tier [, scheme tier_scheme]) -> bigint
 *		The smallest count of a tier, that of none included.
 *
 * The largest bigint for a tier that the scheme leaves out, so that no count
 * lies between it and tier_last().  NULL for NULL.
 */
Datum
tier_first(PG_FUNCTION_ARGS)
{
	Tier		tier = PG_GETARG_TIER(0);

	PG_RETURN_INT64(span_tiers(scheme_argument(fcinfo, 1), tier, tier).first);
}

/*
 * tier_last(tier [, scheme tier_scheme]) -> bigint
 *		The largest count of a tier, included.
 *
 * The smallest bigint for a tier that the scheme leaves out.  NULL for NULL.
 */
Datum
tier_last(PG_FUNCTION_ARGS)
{
	Tier		tier = PG_GETARG_TIER(0);

	PG_RETURN_INT64(span_tiers(scheme_argument(fcinfo, 1), tier, tier).last);
}

/*
 * tiers_first(from tier, upto tier [, scheme tier_scheme]) -> bigint
 *		The smallest count of the tiers from one to another, both included.
 *
 * The largest bigint if there is none.  NULL for NULL.
 */
Datum
tiers_first(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(span_tiers(scheme_argument(fcinfo, 2), PG_GETARG_TIER(0),
							   PG_GETARG_TIER(1)).first);
}

/*
 * tiers_last(from tier, upto tier [, scheme tier_scheme]) -> bigint
 *		The largest count of the tiers from one to another, both included.
 *
 * The smallest bigint if there is none.  NULL for NULL.
 */
Datum
tiers_last(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(span_tiers(scheme_argument(fcinfo, 2), PG_GETARG_TIER(0),
							   PG_GETARG_TIER(1)).last);
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
