/*-------------------------------------------------------------------------
 *
 * digit_counts.c
 *		The type digit_counts: how often numbers start with each digit, and how
 *		far that is from Benford's law.
 *
 * Of numbers that grew by multiplying, as the followers of an account's
 * followers, a share of log10(1 + 1/d) starts with the digit d.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/compat.h"
#include "base/exact_sums.h"

#define DIGITS		9

typedef struct DigitCounts
{
	uint8		version;
	uint8		reserved[7];
	uint64		counts[DIGITS];
} DigitCounts;

#define PG_GETARG_DIGIT_COUNTS(n)	((DigitCounts *) PG_GETARG_POINTER(n))

/* The count of the numbers that start with a digit. */
#define DIGIT_FIELD(digit) \
	{#digit, 1, {SUM_PIECE(DigitCounts, counts[(digit) - 1])}}

StaticAssertDecl(sizeof(DigitCounts) == 80 &&
				 offsetof(DigitCounts, counts) == 8, "the stored form");

static const char *digit_problem(const void *sums);

static const SumField digit_fields[] = {
	DIGIT_FIELD(1), DIGIT_FIELD(2), DIGIT_FIELD(3),
	DIGIT_FIELD(4), DIGIT_FIELD(5), DIGIT_FIELD(6),
	DIGIT_FIELD(7), DIGIT_FIELD(8), DIGIT_FIELD(9)
};

static const SumType digit_type = {
	.name = "digit_counts",
	.size = sizeof(DigitCounts),
	.reserved = sizeof(((DigitCounts *) 0)->reserved),
	.fields = digit_fields,
	.nfields = lengthof(digit_fields),
	.problem = digit_problem
};

/* Any counts can be. */
static const char *
digit_problem(const void *sums pg_attribute_unused())
{
	return NULL;
}

EXACT_SUMS_FUNCTIONS(digit_counts, digit_type);
EXACT_SUMS_ADD(digit_counts, digit_type);

PG_FUNCTION_INFO_V1(digit_counts_accum);

/*
 * digit_counts_accum
 *		Transition function of first_digits(number) and
 *		benford_deviation(number).
 *
 * Strict: NULL is left out, and so are numbers of 0 and less.  Error 22003
 * past bigint of one digit.
 */
Datum
digit_counts_accum(PG_FUNCTION_ARGS)
{
	DigitCounts *d = (DigitCounts *) sums_state(fcinfo, &digit_type);
	int64		number = PG_GETARG_INT64(1);
	uint64	   *count;

	if (number <= 0)
		PG_RETURN_POINTER(d);
	while (number >= 10)
		number /= 10;
	count = &d->counts[number - 1];
	if (*count == (uint64) PG_INT64_MAX)
		sums_overflow(&digit_type);
	(*count)++;
	PG_RETURN_POINTER(d);
}

/*
 * The mean over the digits of |share of numbers that start with d -
 * log10(1 + 1/d)|; false over no numbers.
 */
static bool
deviation(const DigitCounts *d, double *mean)
{
	double		numbers = 0;
	double		sum = 0;

	for (int i = 0; i < DIGITS; i++)
		numbers += (double) d->counts[i];
	if (numbers == 0)
		return false;
	for (int i = 0; i < DIGITS; i++)
		sum += fabs((double) d->counts[i] / numbers -
					log10(1 + 1.0 / (i + 1)));
	*mean = sum / DIGITS;
	return true;
}

PG_FUNCTION_INFO_V1(digit_counts_deviation);

/*
 * benford_deviation(digit_counts) -> float8
 *		The mean absolute deviation of first digits from Benford's law.
 *
 * 0 is the law itself; the largest, of numbers that all start with 9, is
 * .2121.  NULL for NULL and over no numbers.  Also the final function of
 * benford_deviation(number).  Golbeck, "Benford's Law Applies to Online Social
 * Networks", PLoS ONE 2015, doi 10.1371/journal.pone.0135169.
 */
Datum
digit_counts_deviation(PG_FUNCTION_ARGS)
{
	double		mean;

	if (!deviation(PG_GETARG_DIGIT_COUNTS(0), &mean))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean);
}

/* The counts by digit, and the deviation; null over no numbers. */
static void
write_figures(StringInfo buf, const void *sums)
{
	const DigitCounts *d = sums;
	double		mean = 0;
	bool		known = deviation(d, &mean);

	for (int i = 0; i < DIGITS; i++)
		appendStringInfo(buf, "%s\"%d\": " UINT64_FORMAT,
						 i > 0 ? ", " : "", i + 1, d->counts[i]);
	sums_json_number(buf, "benford_deviation", known, mean);
}

PG_FUNCTION_INFO_V1(digit_counts_to_json);
PG_FUNCTION_INFO_V1(digit_counts_to_jsonb);

/*
 * digit_counts -> json
 *		The counts and their deviation, for people and other programs.
 */
Datum
digit_counts_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* digit_counts -> jsonb: the same */
Datum
digit_counts_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
