/*-------------------------------------------------------------------------
 *
 * growth_rate.c
 *		How fast a follower count grows: from the first to the last
 *		observation, by the trend, and when that reaches a count.
 *
 * Intervals become microseconds: a day has 24 hours, a month is a twelfth of
 * 365.25 days.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/fixed_log.h"
#include "base/month.h"
#include "growth/growth.h"

/*
 * The microseconds of the interval that a rate is per.  Error 22023 for one
 * that is not above 0, or not finite.
 */
static double
rate_interval(const Interval *per)
{
	double		usecs = (double) per->month * USECS_PER_MONTH +
		(double) per->day * USECS_PER_DAY + (double) per->time;

	if (IntervalNotFinite(per) || usecs <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("interval of a growth rate must be above 0 and finite"),
				 errhint("For example: growth_rate(g, '1 week').")));
	return usecs;
}

/* The compound growth per interval from one count to another. */
static Datum
compound_rate(FunctionCallInfo fcinfo, double first, double last)
{
	GrowthSummary *g = PG_GETARG_GROWTH(0);
	double		per = rate_interval(PG_GETARG_INTERVAL_P(1));

	if (g->first_at == g->last_at)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(pow(last / first,
						 per / (double) (g->last_at - g->first_at)) - 1);
}

PG_FUNCTION_INFO_V1(growth_rate);

/*
 * growth_rate(growth_summary, per interval) -> float8
 *		The compound growth per interval between the first and the last
 *		observation of 1 follower and more, as a fraction:
 *		(last / first)^(per / time between) - 1.
 *
 * 500 to 2,000 in two weeks is 1.0 per week.  NULL for NULL and for less than
 * two instants.  Infinity for a growth past float8, as of minutes seen per
 * year.
 */
Datum
growth_rate(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = PG_GETARG_GROWTH(0);

	return compound_rate(fcinfo, (double) g->first, (double) g->last);
}

/*
 * How much more than a count there may be that was rounded down to so many
 * digits; nothing if it has more digits than that.
 */
static double
rounded_off(uint64 count, int32 digits)
{
	uint64		power = 1;
	uint64		least = 1;

	if (digits < 1 || digits > 18)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of digits must be from 1 to 18")));
	while (digits-- > 0)
		least *= 10;
	for (; count / power >= least; power *= 10)
		;
	return power > 1 && count % power == 0 ? (double) power : 0;
}

PG_FUNCTION_INFO_V1(growth_rate_low);
PG_FUNCTION_INFO_V1(growth_rate_high);

/*
 * growth_rate_low(growth_summary, per interval, digits integer) -> float8
 *		The growth rate at least, if counts were rounded down to so many
 *		digits: from nearly a unit more than the first to the last.
 *
 * A count that has more digits was not rounded.  NULL as growth_rate; error
 * 22023 for digits outside 1 to 18.
 */
Datum
growth_rate_low(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = PG_GETARG_GROWTH(0);

	return compound_rate(fcinfo,
						 (double) g->first +
						 rounded_off(g->first, PG_GETARG_INT32(2)),
						 (double) g->last);
}

/*
 * growth_rate_high(growth_summary, per interval, digits integer) -> float8
 *		The growth rate at most, if counts were rounded down to so many digits:
 *		from the first to nearly a unit more than the last.  As above.
 */
Datum
growth_rate_high(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = PG_GETARG_GROWTH(0);

	return compound_rate(fcinfo, (double) g->first,
						 (double) g->last +
						 rounded_off(g->last, PG_GETARG_INT32(2)));
}

/*
 * The growth of the logarithm of followers per microsecond, by least squares:
 * (n sum(tl) - sum(t) sum(l)) / (n sum(t^2) - sum(t)^2), both exact.  False if
 * there are less than two instants with followers.
 */
static bool
log_slope(const GrowthSummary *g, double *slope)
{
	uint64		n = g->positive;
	uint64		spread[REGRESSION_LIMBS];
	uint64		cospread[REGRESSION_LIMBS];
	bool		falling;

	if (!sums_spread(spread, n, g->times, g->time_squares, 3) ||
		wide_is_zero(spread, REGRESSION_LIMBS))
		return false;
	falling = sums_cospread(cospread, n, g->times, g->logs, g->products, 3);
	*slope = (falling ? -1 : 1) * wide_to_double(cospread, REGRESSION_LIMBS) /
		wide_to_double(spread, REGRESSION_LIMBS) / FIXED_LOG_ONE;
	return true;
}

PG_FUNCTION_INFO_V1(growth_trend);

/*
 * growth_trend(growth_summary, per interval) -> float8
 *		The growth per interval of the exponential that fits all observations
 *		best, as a fraction: exp(slope * per) - 1, with the slope of a least
 *		squares regression of log(followers) on time.
 *
 * Observations of 0 followers are left out.  NULL for NULL and for less than
 * two instants.  Infinity for a growth past float8.
 */
Datum
growth_trend(PG_FUNCTION_ARGS)
{
	double		per = rate_interval(PG_GETARG_INTERVAL_P(1));
	double		slope;

	if (!log_slope(PG_GETARG_GROWTH(0), &slope))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(expm1(slope * per));
}

PG_FUNCTION_INFO_V1(growth_reaches_at);

/*
 * reaches_at(growth_summary, followers bigint) -> timestamptz
 *		When a count is reached: from the last observation on, at the trend.
 *
 * From the last observation and not from the fitted line, since a count is
 * known, not measured with an error: what it departed from the line stays.
 * NULL for NULL, if the count is there already (a summary does not know since
 * when, crossed_at() does), if there is no trend, it is not upward, or the
 * time is past the range of timestamps.  Error 22023 for a negative count.
 */
Datum
growth_reaches_at(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = PG_GETARG_GROWTH(0);
	int64		followers = PG_GETARG_INT64(1);
	double		slope;
	double		wait;

	count_check(followers, "followers");
	if (g->positive == 0 || (uint64) followers <= g->last ||
		!log_slope(g, &slope) || slope <= 0)
		PG_RETURN_NULL();

	wait = log((double) followers / (double) g->last) / slope;
	if (wait >=
		(double) END_TIMESTAMP - (double) ((int64) g->last_at + MIN_TIMESTAMP))
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ((int64) g->last_at + MIN_TIMESTAMP +
						  (int64) rint(wait));
}
