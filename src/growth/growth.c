/*-------------------------------------------------------------------------
 *
 * growth.c
 *		The type growth_summary: how a follower count grows, by time.
 *
 * Observations come in any order and at any distance; all figures are by time,
 * not by rows.  Of several counts at one instant the largest is taken as the
 * first or the last, since platforms round down; the trend has them all.  An
 * observation of 0 followers is what a platform answers when it has no answer:
 * it is counted, and has no part in anything else.
 *
 * A summary is of one profile.  Parts of it are put together exactly; those of
 * several profiles would make a growth from the first one's count to the last
 * one's, which is nobody's, and are refused where their times tell.
 *
 * Intervals become microseconds: a day has 24 hours, a month is a twelfth of
 * 365.25 days.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/count.h"
#include "base/exact_sums.h"
#include "base/fixed_log.h"

/*
 * Observations of a follower count over time: the first, the last, and exact
 * sums for a regression of the logarithm of followers on time.
 *
 * Times are microseconds since the earliest timestamp, so that none is
 * negative, and logarithms are those of fixed_log.h.  All but the number of
 * observations is over those of 1 follower and more.
 *
 * 128 bytes are what palloc() has a size for; with 2^32 observations at most,
 * no sum passes its limbs.
 */
typedef struct GrowthSummary
{
	uint8		version;
	uint8		reserved[7];	/* zero */
	uint32		observations;
	uint32		positive;		/* of 1 follower and more */
	uint64		first_at;
	uint64		first;			/* followers then */
	uint64		last_at;
	uint64		last;
	uint64		times[2];
	uint64		time_squares[3];
	uint64		logs[2];
	uint64		products[3];	/* of time and logarithm */
} GrowthSummary;

#define PG_GETARG_GROWTH(n)	((GrowthSummary *) PG_GETARG_POINTER(n))

#define USECS_PER_MONTH		INT64CONST(2629800000000)

/* The limbs of the two sides of the regression. */
#define REGRESSION_LIMBS	4

static const char *growth_problem(const void *sums);

StaticAssertDecl(sizeof(GrowthSummary) == 128 &&
				 offsetof(GrowthSummary, products) == 104, "the stored form");

static const SumField growth_fields[] = {
	{"observations", 1, {SUM_PIECE(GrowthSummary, observations)}},
	{"positive", 1, {SUM_PIECE(GrowthSummary, positive)}},
	{"first_at", 1, {SUM_PIECE(GrowthSummary, first_at)}},
	{"first", 1, {SUM_PIECE(GrowthSummary, first)}},
	{"last_at", 1, {SUM_PIECE(GrowthSummary, last_at)}},
	{"last", 1, {SUM_PIECE(GrowthSummary, last)}},
	{"times", 2, SUM_PIECES_2(GrowthSummary, times)},
	{"time_squares", 3, SUM_PIECES_3(GrowthSummary, time_squares)},
	{"logs", 2, SUM_PIECES_2(GrowthSummary, logs)},
	{"products", 3, SUM_PIECES_3(GrowthSummary, products)}
};

static const SumType growth_type = {
	"growth_summary", sizeof(GrowthSummary), sizeof(((GrowthSummary *) 0)->reserved),
	growth_fields, lengthof(growth_fields), growth_problem
};

/* Can a sum, of 3 limbs, be one of n products of numbers up to a and b? */
static bool
products_within(const uint64 *sum, uint64 n, uint64 a, uint64 b)
{
	uint64		largest[2];
	uint64		limit[3];

	largest[0] = wide_mul_limb(a, b, &largest[1]);
	wide_mul(limit, largest, 2, &n, 1);
	return wide_compare(sum, limit, 3) <= 0;
}

/*
 * What is wrong with sums that were read, or NULL.  What passes can be added
 * without a carry out of any sum, and the result passes too.
 */
static const char *
growth_problem(const void *sums)
{
	const GrowthSummary *g = sums;
	GrowthSummary none = {.version = g->version};
	uint64		spread[REGRESSION_LIMBS];

	if (g->positive > g->observations)
		return "There are more positive observations than observations.";
	none.observations = g->observations;
	if (g->positive == 0)
		return memcmp(g, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no followers are not 0.";
	if (g->first == 0 || g->last == 0)
		return "The first or the last observation has no followers.";
	if (g->first_at > g->last_at ||
		(g->first_at == g->last_at && g->first != g->last))
		return "The first observation is after the last.";
	if (g->last_at > (uint64) PG_INT64_MAX ||
		!IS_VALID_TIMESTAMP((int64) g->last_at + MIN_TIMESTAMP))
		return "An observation is past the range of timestamps.";
	if (!sums_mean_within(g->times, g->positive, g->first_at, g->last_at))
		return "The times are not between the first and the last.";
	if (!sums_spread(spread, g->positive, g->times, g->time_squares, 3))
		return "Squares of the times are too small for their sum.";
	if (!sums_mean_within(g->logs, g->positive, FIXED_LOG(0), FIXED_LOG(MAX_LOG_FOLLOWERS)))
		return "The logarithms are not those of followers.";
	if (!products_within(g->time_squares, g->positive, g->last_at, g->last_at) ||
		!products_within(g->products, g->positive, g->last_at, FIXED_LOG(MAX_LOG_FOLLOWERS)))
		return "Squares or products are too large for their factors.";
	return NULL;
}

EXACT_SUMS_FUNCTIONS(growth_summary, growth_type);

/* aggregates */

/* Let an observation be the first, the last, or both. */
static void
note_ends(GrowthSummary *g, uint64 at, uint64 followers)
{
	bool		alone = g->positive == 0;

	if (alone || at < g->first_at || (at == g->first_at && followers > g->first))
	{
		g->first_at = at;
		g->first = followers;
	}
	if (alone || at > g->last_at || (at == g->last_at && followers > g->last))
	{
		g->last_at = at;
		g->last = followers;
	}
}

/* Add an observation to the sums of the regression. */
static void
add_to_regression(GrowthSummary *g, uint64 at, uint64 followers)
{
	uint64		log = fixed_log((double) followers);
	uint64		product[3] = {0};

	g->positive++;
	wide_add_limb(g->times, 2, at);
	wide_add_limb(g->logs, 2, log);
	product[0] = wide_mul_limb(at, at, &product[1]);
	wide_add(g->time_squares, product, 3);
	product[0] = wide_mul_limb(at, log, &product[1]);
	wide_add(g->products, product, 3);
}

PG_FUNCTION_INFO_V1(growth_accum);

/*
 * growth_accum
 *		Transition function of growth(observed_at, followers).
 *
 * Strict: a row without a time or a count is left out.  Error 22008 for an
 * infinite time, or one in the last 6,712 years of the range; 22023 for a
 * negative count; 22003 for more than 2^32 - 1 observations.
 */
Datum
growth_accum(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = (GrowthSummary *) sums_state(fcinfo, &growth_type);
	Timestamp	observed_at = PG_GETARG_TIMESTAMPTZ(1);
	int64		followers = PG_GETARG_INT64(2);
	uint64		at;

	if (TIMESTAMP_NOT_FINITE(observed_at) ||
		observed_at > PG_INT64_MAX + MIN_TIMESTAMP)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time of an observation is out of range"),
				 errhint("Store an unknown time as NULL: such rows are left out.")));
	count_check(followers, "followers");
	if (g->observations == PG_UINT32_MAX)
		sums_overflow(&growth_type);

	g->observations++;
	if (followers == 0)
		PG_RETURN_POINTER(g);
	at = (uint64) (observed_at - MIN_TIMESTAMP);
	note_ends(g, at, (uint64) followers);
	add_to_regression(g, at, (uint64) followers);
	PG_RETURN_POINTER(g);
}

/* Add the observations of another summary, exactly. */
static void
add_summary(GrowthSummary *g, const GrowthSummary *other)
{
	if (other->observations > PG_UINT32_MAX - g->observations)
		sums_overflow(&growth_type);
	g->observations += other->observations;
	if (other->positive == 0)
		return;
	note_ends(g, other->first_at, other->first);
	g->positive += other->positive;
	note_ends(g, other->last_at, other->last);
	wide_add(g->times, other->times, 2);
	wide_add(g->time_squares, other->time_squares, 3);
	wide_add(g->logs, other->logs, 2);
	wide_add(g->products, other->products, 3);
}

PG_FUNCTION_INFO_V1(growth_summary_combine);

/*
 * growth_summary_combine
 *		Combine function of growth(observed_at, followers): the summary of the
 *		observations of both, exact in any order.
 *
 * Error 22003 for more than 2^32 - 1 observations.
 */
Datum
growth_summary_combine(PG_FUNCTION_ARGS)
{
	GrowthSummary *g = (GrowthSummary *) sums_state(fcinfo, &growth_type);

	add_summary(g, PG_GETARG_GROWTH(1));
	PG_RETURN_POINTER(g);
}

static const char *
time_text(uint64 at)
{
	return pstrdup(timestamptz_to_str((TimestampTz) at + MIN_TIMESTAMP));
}

/*
 * Error 22023 if the second summary starts before the first one ends, or then
 * with another count: they are not parts of one profile's time.
 */
static void
check_parts(const GrowthSummary *first, const GrowthSummary *second)
{
	if (first->positive == 0 || second->positive == 0 ||
		first->last_at < second->first_at ||
		(first->last_at == second->first_at && first->last == second->first))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("growth summaries overlap in time"),
			 errdetail("One has observations to %s, another one from %s on.",
					   time_text(first->last_at), time_text(second->first_at)),
			 errhint("Parts of one profile's time can be added. For the growth of several profiles together, add up their followers first: growth(day, sum(followers)) over the days.")));
}

PG_FUNCTION_INFO_V1(growth_summary_add);

/*
 * growth_summary + growth_summary
 *		The summary of the observations of both, which follow one another in
 *		time.
 *
 * NULL for NULL.  Error 22023 if they overlap in time, 22003 for more than
 * 2^32 - 1 observations.
 */
Datum
growth_summary_add(PG_FUNCTION_ARGS)
{
	const GrowthSummary *a = PG_GETARG_GROWTH(0);
	const GrowthSummary *b = PG_GETARG_GROWTH(1);
	GrowthSummary *g = palloc(sizeof(GrowthSummary));

	if (a->first_at < b->first_at ||
		(a->first_at == b->first_at && a->last_at < b->last_at))
		check_parts(a, b);
	else
		check_parts(b, a);
	*g = *a;
	add_summary(g, b);
	PG_RETURN_POINTER(g);
}

/*
 * By their time; those that are one instant come before those that start then.
 */
static int
compare_parts(const void *x, const void *y)
{
	const GrowthSummary *a = (const GrowthSummary *) DatumGetPointer(*(const Datum *) x);
	const GrowthSummary *b = (const GrowthSummary *) DatumGetPointer(*(const Datum *) y);

	if (a->first_at != b->first_at)
		return a->first_at < b->first_at ? -1 : 1;
	return a->last_at < b->last_at ? -1 : a->last_at > b->last_at;
}

/*
 * The summaries of an array that have an observation of followers, in order.
 */
static int
sort_parts(Datum *parts, const bool *nulls, int n)
{
	int			kept = 0;

	for (int i = 0; i < n; i++)
	{
		if (!nulls[i] && ((GrowthSummary *) DatumGetPointer(parts[i]))->positive > 0)
			parts[kept++] = parts[i];
	}
	qsort(parts, kept, sizeof(Datum), compare_parts);
	return kept;
}

PG_FUNCTION_INFO_V1(growth_summary_sum);

/*
 * sum(growth_summary), final function
 *		The summary of the observations of all, which are parts of one
 *		profile's time, in any order; NULLs are left out.
 *
 * Error 22023 if two overlap in time, 22003 for more than 2^32 - 1
 * observations.
 */
Datum
growth_summary_sum(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	GrowthSummary *g = palloc0(sizeof(GrowthSummary));
	Datum	   *parts;
	bool	   *nulls;
	int			n;

	g->version = SUMS_VERSION;
	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(GrowthSummary), false,
					  TYPALIGN_DOUBLE, &parts, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!nulls[i])
			add_summary(g, (GrowthSummary *) DatumGetPointer(parts[i]));
	}
	n = sort_parts(parts, nulls, n);
	for (int i = 1; i < n; i++)
		check_parts((GrowthSummary *) DatumGetPointer(parts[i - 1]),
					(GrowthSummary *) DatumGetPointer(parts[i]));
	PG_RETURN_POINTER(g);
}

/* accessors */

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
	PG_RETURN_FLOAT8(pow(last / first, per / (double) (g->last_at - g->first_at)) - 1);
}

PG_FUNCTION_INFO_V1(growth_rate);

/*
 * growth_rate(growth_summary, per interval) -> float8
 *		The compound growth per interval between the first and the last
 *		observation of 1 follower and more, as a fraction:
 *		(last / first)^(per / time between) - 1.
 *
 * 500 to 2,000 in two weeks is 1.0 per week.  NULL for NULL and for less than two
 * instants.  Infinity for a growth past float8, as of minutes seen per year.
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
						 (double) g->first + rounded_off(g->first, PG_GETARG_INT32(2)),
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
						 (double) g->last + rounded_off(g->last, PG_GETARG_INT32(2)));
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
	uint64		above[REGRESSION_LIMBS];
	uint64		below[REGRESSION_LIMBS];
	double		sign = 1;

	if (!sums_spread(spread, n, g->times, g->time_squares, 3) ||
		wide_is_zero(spread, REGRESSION_LIMBS))
		return false;
	wide_mul(above, g->products, 3, &n, 1);
	wide_mul(below, g->times, 2, g->logs, 2);
	if (wide_compare(above, below, REGRESSION_LIMBS) < 0)
	{
		sign = -1;
		wide_subtract(below, above, REGRESSION_LIMBS);
		memcpy(above, below, sizeof(above));
	}
	else
		wide_subtract(above, below, REGRESSION_LIMBS);
	*slope = sign * wide_to_double(above, REGRESSION_LIMBS) /
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
	if (wait >= (double) END_TIMESTAMP - (double) ((int64) g->last_at + MIN_TIMESTAMP))
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ((int64) g->last_at + MIN_TIMESTAMP + (int64) rint(wait));
}

/* json */

/*
 * Append an end: its time in UTC, whatever the session's zone, and its count.
 */
static void
write_end(StringInfo buf, const char *name, bool known, uint64 at, uint64 followers)
{
	const int	utc = 0;
	char		time[MAXDATELEN + 1];

	if (!known)
	{
		appendStringInfo(buf, ", \"%s_at\": null, \"%s_followers\": null", name, name);
		return;
	}
	JsonEncodeDateTime(time, TimestampTzGetDatum((int64) at + MIN_TIMESTAMP),
					   TIMESTAMPTZOID, &utc);
	appendStringInfo(buf, ", \"%s_at\": \"%s\", \"%s_followers\": " UINT64_FORMAT,
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
