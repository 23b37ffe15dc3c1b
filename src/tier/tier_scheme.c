/*-------------------------------------------------------------------------
 *
 * tier_scheme.c
 *		The type tier_scheme: the ascending lower bounds of the tiers.
 *
 * A scheme is a value, so that what a tier means is written where it is used
 * and tier(followers, scheme) is immutable.  The text form is
 *
 *		nano=1000,micro=10000,mid=50001,macro=500000,mega=1000000
 *
 * where tiers may be left out and bounds may be written with K, M or B.  The
 * names below are accepted in its place; what a name means never changes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/invalid.h"
#include "base/token.h"
#include "tier/tier.h"

StaticAssertDecl(sizeof(TierScheme) == 64, "INTERNALLENGTH of tier_scheme");

#define TIERS_WITH_BOUND "nano, micro, small, mid, macro, mega, celebrity"
#define EXAMPLE_SCHEME "nano=1000,micro=10K,mid=50001,macro=500K,mega=1M"

/*
 * Published tables, with the bounds as they stand there:
 *
 * instagram: the definition of micro this extension starts from, 10,000 to
 * 50,000 followers with both included; the other bounds are iab_uk's.
 * iab_uk: iabuk.com, creator tiers ("10k+" includes 10,000).
 * hypeauditor: nano 1-10K, micro 10-50K, mid 50-500K, macro 500K-1M, mega >1M.
 * later_fohr: nano <10K, micro 10-100K, mid 100-500K, macro 500K-1M, mega 1M+.
 */
#define FIVE_TIERS(nano, micro, mid, macro, mega) \
	{{nano, micro, mid, macro, mega, TIER_NO_BOUND, TIER_NO_BOUND}, \
	 {TIER_NONE, TIER_NANO, TIER_MICRO, TIER_MID, TIER_MACRO, TIER_MEGA}}

#define INSTAGRAM FIVE_TIERS(1000, 10000, 50001, 500000, 1000000)

static const struct
{
	const char *name;
	TierScheme	scheme;
}			named_schemes[] =

{
	{"instagram", INSTAGRAM},
	{"iab_uk", FIVE_TIERS(1000, 10000, 50000, 500000, 1000000)},
	{"hypeauditor", FIVE_TIERS(1000, 10000, 50000, 500000, 1000001)},
	{"later_fohr", FIVE_TIERS(0, 10000, 100000, 500000, 1000000)},
};

/* tier(followers) without a scheme; the same as the name instagram. */
const TierScheme tier_scheme_default = INSTAGRAM;

static const TierScheme *
find_named_scheme(Token name)
{
	for (size_t i = 0; i < lengthof(named_schemes); i++)
	{
		if (token_equals(name, named_schemes[i].name))
			return &named_schemes[i].scheme;
	}
	return NULL;
}

/* A scheme without bounds, to which they are appended. */
static TierScheme *
make_scheme(void)
{
	TierScheme *scheme = palloc0(sizeof(TierScheme));

	for (int i = 0; i < TIER_BOUNDS; i++)
		scheme->lower[i] = TIER_NO_BOUND;
	return scheme;
}

static void
append_bound(TierScheme *scheme, int *nbounds, Tier tier, int64 lower)
{
	Assert(*nbounds < TIER_BOUNDS);
	scheme->lower[(*nbounds)++] = lower;
	scheme->tier[*nbounds] = (uint8) tier;
}

/* Where the reading of a scheme stands. */
typedef struct SchemeReader
{
	const char *input;			/* all of it, for messages */
	Node	   *escontext;
	TierScheme *scheme;
	int			nbounds;		/* so many are read */
	Tier		last;			/* the tier read last; none before the first */
} SchemeReader;

/* Report why the input is no scheme; false, after a soft error. */
static bool
bad_scheme(const SchemeReader *reader, int sqlstate, const char *detail,
		   const char *hint)
{
	ereturn(reader->escontext, false,
			(errcode(sqlstate),
			 errmsg("invalid input syntax for type %s: \"%s\"", "tier_scheme",
					reader->input),
			 errdetail("%s", detail),
			 errhint("%s", hint)));
}

/* Read a tier, which must follow the last one. */
static bool
read_tier(const SchemeReader *reader, Token label, Tier *tier)
{
	if (!tier_from_label(label, tier) || *tier == TIER_NONE)
		return bad_scheme(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
						  psprintf("\"%.*s\" is not a tier that has a lower "
								   "bound.", (int) label.len, label.str),
						  "The tiers with a lower bound are "
						  TIERS_WITH_BOUND ".");
	if (*tier <= reader->last)
		return bad_scheme(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
						  *tier == reader->last ?
						  psprintf("Tier %s is given twice.",
								   tier_label(*tier)) :
						  psprintf("Tier %s stands after %s.",
								   tier_label(*tier),
								   tier_label(reader->last)),
						  "Give each tier once, in the order "
						  TIERS_WITH_BOUND ".");
	return true;
}

/* Read the bound of a tier, which must be above the last one. */
static bool
read_lower(const SchemeReader *reader, Token bound, Tier tier, int64 *lower)
{
	CountProblem problem = count_parse(bound.str, bound.len, false, lower);

	if (problem != COUNT_OK)
		return bad_scheme(reader,
						  problem == COUNT_OVERFLOW ?
						  ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
						  ERRCODE_INVALID_TEXT_REPRESENTATION,
						  psprintf("The bound of %s is not a count: \"%.*s\".",
								   tier_label(tier),
								   (int) bound.len, bound.str),
						  count_problem_hint(problem));
	if (reader->nbounds > 0 &&
		*lower <= reader->scheme->lower[reader->nbounds - 1])
		return bad_scheme(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
						  psprintf("The bound of %s is not above that of %s.",
								   tier_label(tier), tier_label(reader->last)),
						  "A bound is the smallest count of its tier, so "
						  "bounds ascend; leave out a tier that has no "
						  "counts.");
	return true;
}

/* Read one "tier=bound" into the scheme; false after a soft error. */
static bool
read_entry(SchemeReader *reader, Token entry)
{
	bool		has_bound;
	Token		label = token_cut(&entry, '=', &has_bound);
	Tier		tier;
	int64		lower;

	if (!has_bound)
		return bad_scheme(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
						  psprintf("\"%.*s\" is not written as tier=bound.",
								   (int) label.len, label.str),
						  "Write instagram, iab_uk, hypeauditor, later_fohr, "
						  "or bounds without thousands separators, such as \""
						  EXAMPLE_SCHEME "\".");
	if (!read_tier(reader, label, &tier) ||
		!read_lower(reader, token_trim(entry), tier, &lower))
		return false;
	append_bound(reader->scheme, &reader->nbounds, tier, lower);
	reader->last = tier;
	return true;
}

PG_FUNCTION_INFO_V1(tier_scheme_in);

/*
 * tier_scheme_in
 *		Text input: a name, or "tier=bound" separated by commas.
 *
 * Errors are 22P02 (22003 for a bound past bigint), soft where the server has
 * soft errors.
 */
Datum
tier_scheme_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Token		rest = {input, strlen(input)};
	TierScheme *scheme = make_scheme();
	SchemeReader reader = {input, fcinfo->context, scheme, 0, TIER_NONE};
	const TierScheme *named = find_named_scheme(token_trim(rest));
	bool		more = true;

	if (named != NULL)
	{
		*scheme = *named;
		PG_RETURN_TIER_SCHEME(scheme);
	}
	while (more)
	{
		Token		entry = token_cut(&rest, ',', &more);

		if (!read_entry(&reader, entry))
			PG_RETURN_NULL();
	}
	PG_RETURN_TIER_SCHEME(scheme);
}

/* How many bounds a scheme has. */
static int
count_bounds(const TierScheme *scheme)
{
	int			n = 0;

	while (n < TIER_BOUNDS && scheme->lower[n] != TIER_NO_BOUND)
		n++;
	return n;
}

PG_FUNCTION_INFO_V1(tier_scheme_out);

/* tier_scheme_out: the bounds, never a name, so that the text says it all. */
Datum
tier_scheme_out(PG_FUNCTION_ARGS)
{
	TierScheme *scheme = PG_GETARG_TIER_SCHEME(0);
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < count_bounds(scheme); i++)
		appendStringInfo(&buf, "%s%s=" INT64_FORMAT, i > 0 ? "," : "",
						 tier_label((Tier) scheme->tier[i + 1]),
						 scheme->lower[i]);
	PG_RETURN_CSTRING(buf.data);
}

PG_FUNCTION_INFO_V1(tier_scheme_recv);

/*
 * tier_scheme_recv
 *		Binary input: how many bounds, a byte; then of each its tier, a byte,
 *		and the lower bound, eight bytes.
 *
 * Error 22P03 for bounds that no text input would give.
 */
Datum
tier_scheme_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	TierScheme *scheme = make_scheme();
	int			count = pq_getmsgbyte(buf);
	int			nbounds = 0;
	Tier		last = TIER_NONE;
	int64		last_bound = -1;

	if (count < 1 || count > TIER_BOUNDS)
		invalid_binary("tier_scheme", "A scheme has one to seven bounds.");
	while (nbounds < count)
	{
		Tier		tier = (Tier) pq_getmsgbyte(buf);
		int64		lower = pq_getmsgint64(buf);

		if (tier_index(tier) < 0 || tier <= last)
			invalid_binary("tier_scheme", "The tiers must be known and ascend.");
		if (lower <= last_bound)
			invalid_binary("tier_scheme", "The bounds must ascend and must not be negative.");
		append_bound(scheme, &nbounds, tier, lower);
		last = tier;
		last_bound = lower;
	}
	PG_RETURN_TIER_SCHEME(scheme);
}

PG_FUNCTION_INFO_V1(tier_scheme_send);

/* tier_scheme_send: see tier_scheme_recv. */
Datum
tier_scheme_send(PG_FUNCTION_ARGS)
{
	TierScheme *scheme = PG_GETARG_TIER_SCHEME(0);
	int			count = count_bounds(scheme);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, count);
	for (int i = 0; i < count; i++)
	{
		pq_sendbyte(&buf, scheme->tier[i + 1]);
		pq_sendint64(&buf, scheme->lower[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Any total order will do for GROUP BY and DISTINCT: bound by bound from the
 * smallest, then by the bound's tier; what has no more bounds comes last.
 */
static int
compare(const TierScheme *a, const TierScheme *b)
{
	for (int i = 0; i < TIER_BOUNDS; i++)
	{
		uint64		x = (uint64) a->lower[i];
		uint64		y = (uint64) b->lower[i];

		if (x != y)
			return x < y ? -1 : 1;
		if (a->tier[i + 1] != b->tier[i + 1])
			return a->tier[i + 1] < b->tier[i + 1] ? -1 : 1;
	}
	return 0;
}

#define COMPARE_ARGS() \
	compare(PG_GETARG_TIER_SCHEME(0), PG_GETARG_TIER_SCHEME(1))

PG_FUNCTION_INFO_V1(tier_scheme_eq);
PG_FUNCTION_INFO_V1(tier_scheme_ne);
PG_FUNCTION_INFO_V1(tier_scheme_lt);
PG_FUNCTION_INFO_V1(tier_scheme_le);
PG_FUNCTION_INFO_V1(tier_scheme_gt);
PG_FUNCTION_INFO_V1(tier_scheme_ge);
PG_FUNCTION_INFO_V1(tier_scheme_cmp);

/* implementation of = */
Datum
tier_scheme_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() == 0);
}

/* implementation of <> */
Datum
tier_scheme_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() != 0);
}

/* implementation of < */
Datum
tier_scheme_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() < 0);
}

/* implementation of <= */
Datum
tier_scheme_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() <= 0);
}

/* implementation of > */
Datum
tier_scheme_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() > 0);
}

/* implementation of >= */
Datum
tier_scheme_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(COMPARE_ARGS() >= 0);
}

/* btree comparison */
Datum
tier_scheme_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(COMPARE_ARGS());
}

PG_FUNCTION_INFO_V1(tier_scheme_hash);

/* hash of the bounds and their tiers */
Datum
tier_scheme_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_TIER_SCHEME(0),
					sizeof(TierScheme));
}

PG_FUNCTION_INFO_V1(tier_scheme_hash_extended);

/* seeded 64-bit hash of the bounds */
Datum
tier_scheme_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_TIER_SCHEME(0),
							 sizeof(TierScheme), PG_GETARG_INT64(1));
}
