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
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(number)));
}

#endif							/* INFLUENCER_NUMERIC_H */
