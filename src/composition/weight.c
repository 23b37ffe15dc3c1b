/*-------------------------------------------------------------------------
 *
 * weight.c
 *		Weights of labels: exact decimals, 0 and more, with 18 decimal places.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>
#include <math.h>

#include "common/shortest_dec.h"

#include "base/compat.h"
#include "composition/weight.h"

/* Of numbers below, only one reads as a given float8; and their decimals. */
#define DIGITS_15		1e15
#define MILLION			1000000

/* Twice this makes the 18 decimals; wide_divide() takes no larger divisor. */
#define BILLION			1000000000

/* 10^19, the first value past the range, in units of 10^-18. */
static const Weight weight_limit = {{
		UINT64CONST(68739955140067328), UINT64CONST(542101086242752217)
}};

bool
weight_in_range(Weight weight)
{
	return weight_compare(weight, weight_limit) < 0;
}

static uint64
power_of_ten(int power)
{
	uint64		result = 1;

	Assert(power >= 0 && power <= WEIGHT_INT_DIGITS);
	while (power-- > 0)
		result *= 10;
	return result;
}

/* whole + fraction * 10^-18 */
static WeightProblem
make_weight(uint64 whole, uint64 fraction, Weight *weight)
{
	weight->limb[0] = wide_mul_limb(whole, WEIGHT_ONE, &weight->limb[1]);
	wide_add_limb(weight->limb, WEIGHT_LIMBS, fraction);
	return weight_in_range(*weight) ? WEIGHT_OK : WEIGHT_OVERFLOW;
}

/* The power of ten of a decimal's first digit. */
static int
first_power(const char *decimal)
{
	size_t		whole = strspn(decimal, "0123456789");
	const char *exponent = decimal + strspn(decimal, "0123456789.");

	if (*exponent != 'e')
		return (int) Min(whole, (size_t) PG_INT16_MAX) - 1;
	return (int) whole - 1 + atoi(exponent + 1);
}

/*
 * weight_from_decimal
 *		The weight of a number as numeric and float8 print it.
 *
 * What stands after the 18th decimal is rounded, a half up.
 */
WeightProblem
weight_from_decimal(const char *decimal, Weight *weight)
{
	uint64		whole = 0;
	uint64		fraction = 0;
	int			power;

	if (*decimal == '-')
		return strpbrk(decimal, "123456789") != NULL ? WEIGHT_NEGATIVE :
			strchr(decimal, 'I') != NULL ? WEIGHT_NOT_FINITE :
			make_weight(0, 0, weight);
	if (*decimal == 'N' || *decimal == 'I')
		return WEIGHT_NOT_FINITE;

	while (decimal[0] == '0' && isdigit((unsigned char) decimal[1]))
		decimal++;				/* a string may begin with any number */
	power = first_power(decimal);
	for (;
		 *decimal != '\0' && *decimal != 'e' && power >= -WEIGHT_DECIMALS - 1;
		 decimal++)
	{
		int			digit = *decimal - '0';

		if (*decimal == '.')
			continue;
		if (power >= WEIGHT_INT_DIGITS && digit != 0)
			return WEIGHT_OVERFLOW;
		if (power >= 0)
			whole = whole * 10 + digit;
		else if (power >= -WEIGHT_DECIMALS)
			fraction = fraction * 10 + digit;
		else
			fraction += digit >= 5;
		power--;
	}
	/* Digits that are not written are 0. */
	if (power >= 0)
		whole *= power_of_ten(Min(power + 1, WEIGHT_INT_DIGITS));
	if (power >= -WEIGHT_DECIMALS)
		fraction *= power_of_ten(Min(power, -1) + WEIGHT_DECIMALS + 1);
	return make_weight(whole, fraction, weight);
}

/*
 * weight_from_float8
 *		The weight of the shortest decimal that reads as a float8: .6 is .6 and
 *		not .59999999999999997780.
 *
 * Two short ways first: whole numbers, and numbers of up to 15 digits, 6 of
 * them decimals; only one number of 15 digits reads as a given float8.
 */
WeightProblem
weight_from_float8(double value, Weight *weight)
{
	char		decimal[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (value >= 0 && value < DIGITS_15 / MILLION)
	{
		double		millionths = rint(value * MILLION);

		if (millionths / MILLION == value)
		{
			uint64		n = (uint64) millionths;

			return make_weight(n / MILLION,
							   n % MILLION * (WEIGHT_ONE / MILLION), weight);
		}
	}
	else if (value >= 0 && value < DIGITS_15 && value == floor(value))
		return make_weight((uint64) value, 0, weight);

	double_to_shortest_decimal_buf(value, decimal);
	return weight_from_decimal(decimal, weight);
}

/* The SQLSTATE of a problem. */
int
weight_problem_sqlstate(WeightProblem problem)
{
	return problem == WEIGHT_OVERFLOW ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
		ERRCODE_INVALID_PARAMETER_VALUE;
}

/* An errdetail for a problem. */
const char *
weight_problem_detail(WeightProblem problem)
{
	switch (problem)
	{
		case WEIGHT_OK:
			break;
		case WEIGHT_NOT_FINITE:
			return "A weight must be a finite number.";
		case WEIGHT_NEGATIVE:
			return "A weight must not be negative.";
		case WEIGHT_OVERFLOW:
			return "Weights and their sum must be below 10^19.";
	}
	return "";
}

/*
 * Split a weight into what stands before the point and the decimals after it.
 */
static uint64
split_weight(Weight weight, uint64 *decimals)
{
	uint64		low = wide_divide(weight.limb, WEIGHT_LIMBS, BILLION);

	*decimals = wide_divide(weight.limb, WEIGHT_LIMBS, BILLION) *
		UINT64CONST(1000000000) + low;
	return weight.limb[0];
}

/* The value that a weight stands for; counts up to 2^53 are exact. */
double
weight_value(Weight weight)
{
	uint64		decimals;
	double		whole = (double) split_weight(weight, &decimals);

	return whole + (double) decimals / (double) WEIGHT_ONE;
}

/*
 * part / total.  The units of decimals of a few digits are exact in a double,
 * those of large counts are not, but counts are.
 */
double
weight_ratio(Weight part, Weight total)
{
	uint64		part_decimals;
	uint64		total_decimals;
	uint64		part_whole = split_weight(part, &part_decimals);
	uint64		total_whole = split_weight(total, &total_decimals);

	if (part_decimals == 0 && total_decimals == 0)
		return (double) part_whole / (double) total_whole;
	return weight_units(part) / weight_units(total);
}

/* Append a weight as a decimal, with as many decimals as it has. */
void
weight_print(StringInfo buf, Weight weight)
{
	uint64		decimals;

	appendStringInfo(buf, UINT64_FORMAT, split_weight(weight, &decimals));
	if (decimals == 0)
		return;
	appendStringInfo(buf, ".%018llu", (unsigned long long) decimals);
	while (buf->data[buf->len - 1] == '0')
		buf->data[--buf->len] = '\0';
}
