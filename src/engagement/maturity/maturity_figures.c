/*-------------------------------------------------------------------------
 *
 * maturity_figures.c
 *		What a curve says: the share at an age, its ages and pairs, json.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/exact_sums.h"
#include "engagement/maturity/maturity_age.h"
#include "engagement/maturity/maturity_ladder.h"

/* A ladder that a query keeps from one row to the next. */
typedef struct LadderCache
{
	MaturityCurve *curve;		/* that it was made of */
	MaturityLadder ladder;
} LadderCache;

/* The ladder of the first argument, the same one for the same curve. */
static const MaturityLadder *
get_ladder(FunctionCallInfo fcinfo)
{
	const MaturityCurve *m = PG_GETARG_MATURITY(0);
	LadderCache *cache = fcinfo->flinfo->fn_extra;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
								   sizeof(LadderCache));
	if (cache->curve != NULL && VARSIZE(cache->curve) == VARSIZE(m) &&
		memcmp(cache->curve, m, VARSIZE(m)) == 0)
		return &cache->ladder;
	if (cache->curve != NULL)
		pfree(cache->curve);
	cache->curve = NULL;
	maturity_make_ladder(&cache->ladder, m);
	cache->curve = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE(m));
	memcpy(cache->curve, m, VARSIZE(m));
	return &cache->ladder;
}

PG_FUNCTION_INFO_V1(matured_share);

/*
 * matured_share(maturity_curve, age interval) -> float8
 *		The part of its count at the last age seen, last_age(m), that a post
 *		has at an age; above 1 where counts fall later.
 *
 * NULL for NULL, and for an age that was never seen: before first_age(m),
 * after last_age(m), or without a chain of pairs up to there.  Error 22023 for
 * an age that is negative, infinite or past 292,271 years.
 */
Datum
matured_share(PG_FUNCTION_ARGS)
{
	const MaturityLadder *ladder = get_ladder(fcinfo);
	double		share;

	if (!maturity_ladder_share(ladder,
							   maturity_age_usecs(PG_GETARG_INTERVAL_P(1)),
							   &share))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

/* Microseconds as an interval of days and hours. */
static Datum
usecs_interval(uint64 usecs)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (usecs / USECS_PER_DAY);
	interval->time = (int64) (usecs % USECS_PER_DAY);
	PG_RETURN_INTERVAL_P(interval);
}

PG_FUNCTION_INFO_V1(maturity_first_age);
PG_FUNCTION_INFO_V1(maturity_last_age);
PG_FUNCTION_INFO_V1(maturity_pairs);

/* first_age(maturity_curve) -> interval; NULL for NULL and without a curve */
Datum
maturity_first_age(PG_FUNCTION_ARGS)
{
	const MaturityLadder *ladder = get_ladder(fcinfo);

	if (ladder->nknots < 2)
		PG_RETURN_NULL();
	return usecs_interval(ladder->first_age);
}

/* last_age(maturity_curve) -> interval; NULL for NULL and without a curve */
Datum
maturity_last_age(PG_FUNCTION_ARGS)
{
	const MaturityLadder *ladder = get_ladder(fcinfo);

	if (ladder->nknots < 2)
		PG_RETURN_NULL();
	return usecs_interval(ladder->last_age);
}

/* The number of pairs; error 22003 past bigint. */
static uint64
count_pairs(const MaturityCurve *m)
{
	uint64		pairs = 0;

	for (int i = 0; i < m->ncells; i++)
	{
		pairs += m->cells[i].pairs;
		if (pairs > PG_INT64_MAX)
			sums_bigint_overflow("pairs");
	}
	return pairs;
}

/* pairs(maturity_curve) -> bigint; NULL for NULL */
Datum
maturity_pairs(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) count_pairs(PG_GETARG_MATURITY(0)));
}

/* Ages that people ask for. */
static const struct
{
	const char *name;
	uint64		minutes;
}			ages[] =

{
	{"5 min", 5}, {"15 min", 15}, {"30 min", 30}, {"1 h", 60}, {"3 h", 180},
	{"6 h", 360}, {"12 h", 720}, {"24 h", 1440}, {"48 h", 2880}, {"3 d", 4320},
	{"7 d", 10080}, {"14 d", 20160}, {"30 d", 43200}, {"90 d", 129600},
	{"365 d", 525600}
};

/* Pairs, first and last age in hours, and the shares at these ages. */
static void
write_figures(StringInfo buf, const void *value)
{
	const MaturityCurve *m =
		(MaturityCurve *) PG_DETOAST_DATUM(PointerGetDatum(value));
	StringInfoData shares;
	MaturityLadder ladder;

	maturity_make_ladder(&ladder, m);
	appendStringInfo(buf, "\"pairs\": " UINT64_FORMAT, count_pairs(m));
	sums_json_number(buf, "first_hours", ladder.nknots > 1,
					 (double) ladder.first_age / USECS_PER_HOUR);
	sums_json_number(buf, "last_hours", ladder.nknots > 1,
					 (double) ladder.last_age / USECS_PER_HOUR);
	initStringInfo(&shares);
	appendStringInfoChar(&shares, '{');
	for (int i = 0; i < (int) lengthof(ages); i++)
	{
		double		share;

		if (maturity_ladder_share(&ladder, ages[i].minutes * USECS_PER_MINUTE,
								  &share))
			sums_json_number(&shares, ages[i].name, true, share);
	}
	appendStringInfo(buf, ", \"shares\": %s}", shares.data);
}

PG_FUNCTION_INFO_V1(maturity_curve_to_json);
PG_FUNCTION_INFO_V1(maturity_curve_to_jsonb);

/* maturity_curve -> json, for people to read */
Datum
maturity_curve_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* maturity_curve -> jsonb: the same */
Datum
maturity_curve_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
