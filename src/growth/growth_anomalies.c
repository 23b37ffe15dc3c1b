/*-------------------------------------------------------------------------
 *
 * growth_anomalies.c
 *		Changes of a follower count that are out of proportion.
 *
 * What counts is the change of the logarithm from one observation to the next,
 * less that of the cohort.  The usual change is the median rate by time, the
 * usual spread 1.4826 times the median of the absolute deviations from it,
 * each over the root of its time, as those of a random walk grow: half of the
 * changes may be anomalies and move neither (Hampel, "The influence curve and
 * its role in robust estimation", JASA 69, 1974; Iglewicz and Hoaglin, "How to
 * detect and handle outliers", 1993, for the modified z score).  Beside the
 * spread stands a floor, of what rounding does to a count, and of what nobody
 * would call a jump: an account that never moves may win a follower.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/fixed_log.h"
#include "base/result.h"
#include "growth/growth_series.h"

/* From here on, a change is an anomaly. */
#define MIN_Z				5.0

/* Changes that are needed to tell what is usual. */
#define MIN_STEPS			3

/* Part of the floor: a change of this logarithm has a z of 1 at most. */
#define FLOOR_LOG			0.003

/* A standard deviation by the median of the absolute deviations, if normal. */
#define MEDIAN_TO_STDDEV	1.4826

/*
 * Platforms round to three digits and more; from five on, rounding does not
 * matter.
 */
#define MIN_DIGITS			3
#define MAX_DIGITS			5

/*
 * A change over more than this many times the median distance is over a gap.
 */
#define GAP_FACTOR			3

/* Within this, a change that is taken back by half is a sawtooth. */
#define SAWTOOTH_USECS		(30 * USECS_PER_DAY)

/* Rounds of a search for a median, which halve what is left as a rule. */
#define MAX_ROUNDS			64

/* The change from one observation to the next. */
typedef struct Step
{
	TimestampTz at;				/* of the second */
	double		days;
	double		log;			/* without the cohort's */
	double		change;
	double		floor;			/* variance */
	double		level;			/* sum of what is unusual up to here */
	double		z;
	uint32		back;			/* step that took it back; 0 for none */
} Step;

typedef struct Steps
{
	Step	   *steps;
	uint32		count;
	TimestampTz *zeros;			/* first of each row of observations of 0 */
	uint32		nzeros;
	double		rate;			/* usual logarithm a day */
	double		variance;		/* of a day */
	double		gap;			/* days that are too many; 0: none are */
} Steps;

#define ST_SORT sort_doubles
#define ST_ELEMENT_TYPE double
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static inline double
middle_of_three(double a, double b, double c)
{
	return Max(Min(a, b), Min(Max(a, b), c));
}

/*
 * Bring the k-th of n numbers to its place, with none larger before it and
 * none smaller after it (Hoare, "Algorithm 65: Find", CACM 4, 1961).  What
 * takes too many rounds is sorted.
 */
static void
select_number(double *numbers, int64 n, int64 k)
{
	int64		low = 0;
	int64		high = n - 1;

	for (int round = 0; low < high; round++)
	{
		double		pivot = middle_of_three(numbers[low],
											numbers[low + (high - low) / 2],
											numbers[high]);
		int64		i = low;
		int64		j = high;

		CHECK_FOR_INTERRUPTS();
		if (round == MAX_ROUNDS)
		{
			sort_doubles(numbers + low, high - low + 1);
			return;
		}
		while (i <= j)
		{
			while (numbers[i] < pivot)
				i++;
			while (numbers[j] > pivot)
				j--;
			if (i <= j)
			{
				double		number = numbers[i];

				numbers[i++] = numbers[j];
				numbers[j--] = number;
			}
		}
		if (k <= j)
			high = j;
		else if (k >= i)
			low = i;
		else
			return;
	}
}

/* The median, of at least one number; their order changes. */
static double
median(double *numbers, uint32 n)
{
	double		below;

	select_number(numbers, n, n / 2);
	if (n % 2 == 1)
		return numbers[n / 2];
	below = numbers[0];
	for (uint32 i = 1; i < n / 2; i++)
		below = Max(below, numbers[i]);
	return below + (numbers[n / 2] - below) / 2;
}

/* The digits of a number without zeros at its end, up to MAX_DIGITS. */
static int
significant_digits(int64 number)
{
	int			digits = 0;

	while (number % 10 == 0)
		number /= 10;
	for (; number > 0 && digits < MAX_DIGITS; number /= 10)
		digits++;
	return digits;
}

/* To how many digits the counts of a series look rounded. */
static int
series_digits(const GrowingArray *s)
{
	int			digits = MIN_DIGITS;

	for (uint32 i = 0; i < s->count && digits < MAX_DIGITS; i++)
	{
		int64		followers = growth_series_observations(s)[i].followers;

		check_interrupts(i);
		if (followers > 0)
			digits = Max(digits, significant_digits(followers));
	}
	return digits;
}

/* The unit that a count is rounded to, as a part of it. */
static double
rounding(int64 followers, int digits)
{
	static const int64 powers[] = {1000, 10000, 100000};
	int64		least = powers[digits - MIN_DIGITS];
	double		unit = 1;

	for (int64 rest = followers; rest >= least; rest /= 10)
		unit *= 10;
	return unit / (double) followers;
}

/* What is kept of the observation before. */
typedef struct Before
{
	TimestampTz at;
	double		log;
	double		followers;		/* 0 if there is none */
	double		rounding;
	double		cohort;			/* logarithm of its change since then */
	bool		zero;			/* the last observation was 0 */
} Before;

/* Add the step from the observation before to one of 1 follower and more. */
static void
add_step(Steps *all, Before *before, const Observation *o, int digits)
{
	double		log =
		fixed_log_value((double) fixed_log((double) o->followers));
	double		part = rounding(o->followers, digits);
	Step	   *step = &all->steps[all->count];

	if (before->followers > 0)
	{
		step->at = o->at;
		step->days = ((double) o->at - (double) before->at) / USECS_PER_DAY;
		step->log = log - before->log - before->cohort;
		step->change = (double) o->followers / before->followers - 1;
		step->floor = FLOOR_LOG * FLOOR_LOG +
			(part * part + before->rounding * before->rounding) / 12;
		step->back = 0;
		all->count++;
	}
	before->at = o->at;
	before->log = log;
	before->followers = (double) o->followers;
	before->rounding = part;
	before->cohort = 0;
	before->zero = false;
}

/* The steps of a series; observations of 0 are noted and stepped over. */
static void
make_steps(Steps *all, const GrowingArray *s)
{
	int			digits = series_digits(s);
	Before		before = {0};

	memset(all, 0, sizeof(Steps));
	all->steps = palloc_extended(Max(s->count, 1) * sizeof(Step),
								 MCXT_ALLOC_HUGE);
	all->zeros = palloc(Max(s->count, 1) * sizeof(TimestampTz));
	for (uint32 i = 0; i < s->count; i++)
	{
		const Observation *o = &growth_series_observations(s)[i];

		CHECK_FOR_INTERRUPTS();
		if (i + 1 < s->count && o[1].at == o->at)
			continue;			/* of several, the largest counts */
		if (o->cohort_change != 0)
			before.cohort += log1p(o->cohort_change);
		if (o->followers > 0)
			add_step(all, &before, o, digits);
		else if (before.followers > 0 && !before.zero)
		{
			all->zeros[all->nzeros++] = o->at;
			before.zero = true;
		}
	}
}

/* What is usual in a series. */
static void
measure_steps(Steps *all)
{
	double	   *numbers = palloc(all->count * sizeof(double));
	double		shortest = all->steps[0].days;
	double		longest = shortest;
	double		deviation;

	for (uint32 i = 0; i < all->count; i++)
	{
		check_interrupts(i);
		numbers[i] = all->steps[i].log / all->steps[i].days;
		shortest = Min(shortest, all->steps[i].days);
		longest = Max(longest, all->steps[i].days);
	}
	all->rate = median(numbers, all->count);
	for (uint32 i = 0; i < all->count; i++)
	{
		check_interrupts(i);
		numbers[i] = fabs(all->steps[i].log - all->rate * all->steps[i].days) /
			sqrt(all->steps[i].days);
	}
	deviation = MEDIAN_TO_STDDEV * median(numbers, all->count);
	all->variance = deviation * deviation;
	if (longest > GAP_FACTOR * shortest)
	{
		for (uint32 i = 0; i < all->count; i++)
			numbers[i] = all->steps[i].days;
		all->gap = GAP_FACTOR * median(numbers, all->count);
	}
	pfree(numbers);
}

/* How far each step is from the usual. */
static void
score_steps(Steps *all)
{
	double		level = 0;

	for (uint32 i = 0; i < all->count; i++)
	{
		Step	   *step = &all->steps[i];
		double		unusual = step->log - all->rate * step->days;

		CHECK_FOR_INTERRUPTS();
		level += unusual;
		step->level = level;
		step->z = unusual / sqrt(all->variance * step->days + step->floor);
	}
}

static inline bool
is_anomaly(const Step *step)
{
	return fabs(step->z) >= MIN_Z;
}

/* Is a step of a sign taken back, beyond luck, when another one is done? */
static bool
is_taken_back(const Steps *all, const Step *step, const Step *later, int sign)
{
	double		back = sign * (step->level - later->level);
	double		days = ((double) later->at - (double) step->at) /
		USECS_PER_DAY;

	/* the whole range of timestamps is more than an int64 holds */
	return (uint64) later->at - (uint64) step->at <= SAWTOOTH_USECS &&
		back >= MIN_Z * sqrt(all->variance * days + later->floor);
}

/*
 * Note by which step those anomalies of a sign are taken back that are.
 *
 * From the last step to the first, chain has those steps after it at which the
 * level is lower than ever since, the next one last: so the first one at which
 * half is gone is found by halving.
 */
static void
find_back(Steps *all, int sign)
{
	uint32	   *chain = palloc(all->count * sizeof(uint32));
	uint32		length = 0;

	for (uint32 i = all->count; i-- > 0;)
	{
		Step	   *step = &all->steps[i];
		double		before = i > 0 ? all->steps[i - 1].level : 0;
		double		half = sign * (step->level + before) / 2;
		uint32		low = 0;
		uint32		high = length;

		CHECK_FOR_INTERRUPTS();
		if (is_anomaly(step) && step->z * sign > 0)
		{
			while (low < high)
			{
				uint32		middle = (low + high) / 2;

				if (sign * all->steps[chain[middle]].level <= half)
					low = middle + 1;
				else
					high = middle;
			}
			if (low > 0 &&
				is_taken_back(all, step, &all->steps[chain[low - 1]], sign))
				step->back = chain[low - 1];
		}
		while (length > 0 &&
			   sign * all->steps[chain[length - 1]].level >=
			   sign * step->level)
			length--;
		chain[length++] = i;
	}
	pfree(chain);
}

/* The columns of growth_anomaly. */
enum
{
	ANOMALY_AT,
	ANOMALY_CHANGE,
	ANOMALY_KIND,
	ANOMALY_Z,
	ANOMALY_COLUMNS
};

/* An array of anomalies under construction. */
typedef struct Anomalies
{
	TupleDesc	tupdesc;
	ArrayBuildState *array;
} Anomalies;

/* Add an anomaly; z is unknown where the count is. */
static void
add_anomaly(Anomalies *result, TimestampTz at, double change, const char *kind,
			const double *z)
{
	Datum		values[ANOMALY_COLUMNS];
	bool		nulls[ANOMALY_COLUMNS] = {false};
	HeapTuple	tuple;

	values[ANOMALY_AT] = TimestampTzGetDatum(at);
	values[ANOMALY_CHANGE] = Float8GetDatum(change);
	values[ANOMALY_KIND] = CStringGetTextDatum(kind);
	values[ANOMALY_Z] = Float8GetDatum(z ? *z : 0);
	nulls[ANOMALY_Z] = z == NULL;
	tuple = heap_form_tuple(result->tupdesc, values, nulls);
	result->array = accumArrayResult(result->array, HeapTupleGetDatum(tuple),
									 false,
									 result->tupdesc->tdtypeid,
									 CurrentMemoryContext);
	pfree(DatumGetPointer(values[2]));
	heap_freetuple(tuple);
}

/* Add those of zeros that are before a time. */
static void
add_zeros(Anomalies *result, const Steps *all, uint32 *next,
		  TimestampTz before)
{
	for (; *next < all->nzeros && all->zeros[*next] < before; (*next)++)
		add_anomaly(result, all->zeros[*next], -1, "gap", NULL);
}

/* Add all anomalies, in the order of time. */
static void
add_anomalies(Anomalies *result, const Steps *all)
{
	uint32		next_zero = 0;
	uint32		covered[2] = {0};	/* falls, rises that take one back */

	for (uint32 i = 0; i < all->count; i++)
	{
		const Step *step = &all->steps[i];
		bool		rise = step->z > 0;

		CHECK_FOR_INTERRUPTS();
		if (!is_anomaly(step) || (covered[rise] >= i && i > 0))
			continue;
		add_zeros(result, all, &next_zero, step->at);
		if (step->back > 0)
			covered[!rise] = Max(covered[!rise], step->back);
		add_anomaly(result, step->at, step->change,
					all->gap > 0 && step->days > all->gap ? "gap" :
					step->back > 0 ? "sawtooth" : rise ? "step" : "purge",
					&step->z);
	}
	add_zeros(result, all, &next_zero, DT_NOEND);
}

PG_FUNCTION_INFO_V1(growth_anomalies_final);

/*
 * growth_anomalies(observed_at, followers [, cohort_change])
 *		-> growth_anomaly[], final function
 *
 * The changes whose z is 5 or more either way, in the order of time.  Of
 * these, at is the second of the two observations, change the fraction by
 * which followers changed, and z how many usual deviations that is.  kind is
 *
 *	gap			over more than three times the median distance in time: it may
 *				have come slowly; and the first of a row of observations of 0
 *				followers, with a change of -1 and without a z
 *	sawtooth	at least half of it is taken back within 30 days
 *	step		a rise, purge a fall, that stays
 *
 * Of several counts at one instant, the largest counts.  NULL for fewer than
 * three changes, of which nothing is usual, unless there is a count of 0.
 */
Datum
growth_anomalies_final(PG_FUNCTION_ARGS)
{
	const GrowingArray *s = growth_series_sorted(PG_GETARG_DATUM(0));
	Oid			element =
		get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	Anomalies	result = {0};
	Steps		all;

	make_steps(&all, s);
	if (all.count < MIN_STEPS && all.nzeros == 0)
		PG_RETURN_NULL();
	if (all.count >= MIN_STEPS)
	{
		measure_steps(&all);
		score_steps(&all);
		find_back(&all, 1);
		find_back(&all, -1);
	}
	else
		all.count = 0;
	result.tupdesc = row_descriptor(element, ANOMALY_COLUMNS);
	result.array = initArrayResult(element, CurrentMemoryContext, false);
	add_anomalies(&result, &all);
	PG_RETURN_DATUM(makeArrayResult(result.array, CurrentMemoryContext));
}
