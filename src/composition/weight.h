/*-------------------------------------------------------------------------
 *
 * weight.h
 *		Weights of labels: exact decimals, 0 and more, with 18 decimal places.
 *
 * A weight is a share, a percentage or a count, whatever its source states.
 * Sources state decimals, so a weight is a whole number of 10^-18: .1 + .2 is
 * .3, and a sum does not depend on the order of its terms.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_WEIGHT_H
#define INFLUENCER_WEIGHT_H

#include "lib/stringinfo.h"

#include "base/wide.h"

#define WEIGHT_LIMBS		2
#define WEIGHT_DECIMALS		18

/* 1, in units of 10^-18 */
#define WEIGHT_ONE			UINT64CONST(1000000000000000000)

/* Digits before the point: weights and sums are below 10^19. */
#define WEIGHT_INT_DIGITS	19

typedef struct Weight
{
	uint64		limb[WEIGHT_LIMBS]; /* in units of 10^-18, the low one first */
} Weight;

/* What can be wrong with a weight. */
typedef enum WeightProblem
{
	WEIGHT_OK,
	WEIGHT_NOT_FINITE,
	WEIGHT_NEGATIVE,
	WEIGHT_OVERFLOW				/* 10^19 or more */
} WeightProblem;

extern WeightProblem weight_from_decimal(const char *decimal, Weight *weight);
extern WeightProblem weight_from_float8(double value, Weight *weight);
extern int	weight_problem_sqlstate(WeightProblem problem);
extern const char *weight_problem_detail(WeightProblem problem);
extern bool weight_in_range(Weight weight);
extern double weight_value(Weight weight);
extern double weight_ratio(Weight part, Weight total);
extern void weight_print(StringInfo buf, Weight weight);

static inline bool
weight_is_zero(Weight weight)
{
	return wide_is_zero(weight.limb, WEIGHT_LIMBS);
}

static inline int
weight_compare(Weight a, Weight b)
{
	return wide_compare(a.limb, b.limb, WEIGHT_LIMBS);
}

/* a - b, for b up to a */
static inline Weight
weight_minus(Weight a, Weight b)
{
	wide_subtract(a.limb, b.limb, WEIGHT_LIMBS);
	return a;
}

/*
 * Add to a sum; false if it is past the range then.  Two weights in range
 * never pass 128 bits.
 */
static inline bool
weight_add(Weight *sum, Weight term)
{
	wide_add(sum->limb, term.limb, WEIGHT_LIMBS);
	return weight_in_range(*sum);
}

/* In units of 10^-18, for ratios to others; give or take the last place. */
static inline double
weight_units(Weight weight)
{
	return wide_to_double(weight.limb, WEIGHT_LIMBS);
}

#endif							/* INFLUENCER_WEIGHT_H */
