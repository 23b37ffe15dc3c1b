/*-------------------------------------------------------------------------
 *
 * numeric.h
 *		The server's arithmetic of numeric, as C functions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_NUMERIC_H
#define INFLUENCER_NUMERIC_H

#include "utils/builtins.h"
#include "utils/numeric.h"

static inline Numeric
numeric_plus(Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(numeric_add, NumericGetDatum(a),
											   NumericGetDatum(b)));
}

static inline Numeric
numeric_minus(Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(numeric_sub, NumericGetDatum(a),
											   NumericGetDatum(b)));
}

/* Negative, 0 or positive as a is below, equal to or above b. */
static inline int
numeric_compare(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a),
											 NumericGetDatum(b)));
}

/* The nearest double; infinite past its range. */
static inline double
numeric_to_double(Numeric number)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
											  NumericGetDatum(number)));
}

/* All digits, as numeric prints them. */
static inline char *
numeric_to_decimal(Numeric number)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(number)));
}

/*
 * A whole number from 0 to below 10^12 without digits after the point, as most
 * counts are; false for any other, which may be one all the same.
 *
 * This reads what is stored: a head of 16 bits, which numeric.c keeps to
 * itself, and digits to the base of 10,000.  It can't change while tables have
 * it, and spares counts the way over numeric.c's own form, which takes longer
 * than all else that is done with them.
 */
static inline bool
numeric_small_count(Numeric number, int64 *result)
{
	const char *at = VARDATA_ANY(number);
	int			digits = (int) (VARSIZE_ANY_EXHDR(number) / sizeof(int16)) - 1;
	uint16		head;
	int			weight;

	memcpy(&head, at, sizeof(head));
	weight = head & 0x3F;
	/* short, not negative, no digits to show after the point, weight >= 0 */
	if ((head & 0xFFC0) != 0x8000 || weight > 2 || digits > weight + 1)
		return false;
	*result = 0;
	for (int i = 0; i <= weight; i++)
	{
		int16		digit = 0;

		if (i < digits)
			memcpy(&digit, at + (i + 1) * sizeof(digit), sizeof(digit));
		*result = *result * 10000 + digit;
	}
	return true;
}

#endif							/* INFLUENCER_NUMERIC_H */
