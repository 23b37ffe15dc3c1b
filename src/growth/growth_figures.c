/*-------------------------------------------------------------------------
 *
 * growth_figures.c
 *		What a summary holds: how many observations, the first and the last,
 *		json.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "growth/growth.h"

PG_FUNCTION_INFO_V1(growth_observations);
PG_FUNCTION_INFO_V1(growth_zero_observations);
PG_FUNCTION_INFO_V1(growth_first_at);
PG_FUNCTION_INFO_V1(growth_last_at);
PG_FUNCTION_INFO_V1(growth_first_followers);
PG_FUNCTION_INFO_V1(growth_last_followers);

/* observations(growth_summary) -> bigint; NULL for NULL */
Datum
growth_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_GROWTH(0)->observations);
}

/*
 * zero_observations(growth_summary) -> bigint, of 0 followers; NULL for NULL
 */
Datum
growth_zero_observations(PG_FUNCTION_ARGS)
{
	const GrowthSummary *g = PG_GETARG_GROWTH(0);

	PG_RETURN_INT64((int64) (g->observations - g->positive));
}

/*
 * Return a figure of an end; NULL if there are no observations of followers.
 */
static Datum
end_figure(FunctionCallInfo fcinfo, uint64 figure, int64 offset)
{
	if (PG_GETARG_GROWTH(0)->positive == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64((int64) figure + offset);
}

/* first_at(growth_summary) -> timestamptz; NULL for none */
Datum
growth_first_at(PG_FUNCTION_ARGS)
{
	return end_figure(fcinfo, PG_GETARG_GROWTH(0)->first_at, MIN_TIMESTAMP);
}

/* last_at(growth_summary) -> timestamptz; NULL for none */
Datum
growth_last_at(PG_FUNCTION_ARGS)
{
	return end_figure(fcinfo, PG_GETARG_GROWTH(0)->last_at, MIN_TIMESTAMP);
}

/* first_followers(growth_summary) -> bigint; NULL for none */
Datum
growth_first_followers(PG_FUNCTION_ARGS)
{
	return end_figure(fcinfo, PG_GETARG_GROWTH(0)->first, 0);
}

/* last_followers(growth_summary) -> bigint; NULL for none */
Datum
growth_last_followers(PG_FUNCTION_ARGS)
{
	return end_figure(fcinfo, PG_GETARG_GROWTH(0)->last, 0);
}

/*
 * Append an end: its time in UTC, whatever the session's zone, and its count.
 */
static void
write_end(StringInfo buf, const char *name, bool known, uint64 at,
		  uint64 followers)
{
	const int	utc = 0;
	char		time[MAXDATELEN + 1];

	if (!known)
	{
		appendStringInfo(buf, ", \"%s_at\": null, \"%s_followers\": null",
						 name, name);
		return;
	}
	JsonEncodeDateTime(time, TimestampTzGetDatum((int64) at + MIN_TIMESTAMP),
					   TIMESTAMPTZOID, &utc);
	appendStringInfo(buf,
					 ", \"%s_at\": \"%s\", \"%s_followers\": " UINT64_FORMAT,
					 name, time, name, followers);
}

/* Figures by the names of their functions; null for what is not known. */
static void
write_figures(StringInfo buf, const void *sums)
{
	const GrowthSummary *g = sums;
	bool		known = g->positive > 0;

	appendStringInfo(buf, "\"observations\": %u, \"zero_observations\": %u",
					 g->observations, g->observations - g->positive);
	write_end(buf, "first", known, g->first_at, g->first);
	write_end(buf, "last", known, g->last_at, g->last);
}

PG_FUNCTION_INFO_V1(growth_summary_to_json);
PG_FUNCTION_INFO_V1(growth_summary_to_jsonb);

/*
 * growth_summary -> json
 *		The observations' number, the first and the last of them, for people
 *		and other programs.  Rates are per an interval, so they are not in it.
 */
Datum
growth_summary_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* growth_summary -> jsonb: the same */
Datum
growth_summary_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
