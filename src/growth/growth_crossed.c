/*-------------------------------------------------------------------------
 *
 * growth_crossed.c
 *		When a follower count passed a mark.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/timestamp.h"

#include "base/compat.h"
#include "growth/growth_series.h"

PG_FUNCTION_INFO_V1(growth_crossed_at);

/*
 * crossed_at(observed_at, followers, mark) -> timestamptz, final function
 *		When a count first reached a mark from below.
 *
 * Between the last observation below and the first that is not, the count is
 * taken to grow by a constant rate.  Observations of 0 are left out, and of
 * several at one instant the largest counts.  NULL if the mark was not
 * reached, or if the first observation had it already.
 */
Datum
growth_crossed_at(PG_FUNCTION_ARGS)
{
	const GrowingArray *s = growth_series_sorted(PG_GETARG_DATUM(0));
	const Observation *observations = growth_series_observations(s);
	const Observation *below = NULL;

	for (uint32 i = 0; i < s->count; i++)
	{
		const Observation *o = &observations[i];
		double		part;

		check_interrupts(i);
		if (o->followers == 0 ||
			(i + 1 < s->count && observations[i + 1].at == o->at))
			continue;
		if (o->followers < s->note)
		{
			below = o;
			continue;
		}
		if (below == NULL)
			PG_RETURN_NULL();
		part = log((double) s->note / (double) below->followers) /
			log((double) o->followers / (double) below->followers);
		if (!(part < 1))		/* counts that are one double */
			PG_RETURN_TIMESTAMPTZ(o->at);
		part *= (double) o->at - (double) below->at;
		/* between any two timestamps is more than an int64 holds */
		PG_RETURN_TIMESTAMPTZ((int64) ((uint64) below->at +
									   (uint64) rint(part)));
	}
	PG_RETURN_NULL();
}
