/*-------------------------------------------------------------------------
 *
 * composition_measure.c
 *		How focused a composition is, and how alike two are.
 *
 * All of it is over the known part: shares here are of the sum of the labels'
 * weights, not of the total, and labels that differ in case only are one.  The
 * rest is unknown, so there are only two sound things to do with it: leave it
 * out, which assumes that it is composed as the known part is, or give
 * bounds.  Counting it as one label would call an audience of which half is
 * unknown focused on "unknown", and two such audiences alike; taking it for
 * nothing would call a list that is cut off sooner less focused.  Left out,
 * the three measures agree with each other, a composition is like itself
 * whatever its rest, and cutting both of two lists at the same label changes
 * little.
 *
 * unknown_share() says how much the answer leaves out.  With r =
 * unknown_share(c), whatever the rest is, the concentration of the whole is at
 * least concentration(c) * (1 - r)^2, and where the rest is of other labels
 * than those listed, as in a list cut off, it is at most r^2 more.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "base/compat.h"
#include "composition/composition.h"

#define LOG_OF_2		0.69314718055994530942

/* The sum of the labels' weights. */
static Weight
known_weight(const Composition *c)
{
	Weight		known = {{0, 0}};

	for (uint32 i = 0; i < c->nlabels; i++)
		weight_add(&known, c->weights[i]);
	return known;
}

PG_FUNCTION_INFO_V1(composition_concentration);

/*
 * concentration(composition) -> float8
 *		The sum of the squared shares: 1 for a single label, 1/n for n equal
 *		ones; the chance that two members picked at random share a label.
 *
 * Source: Hirschman 1964, "The Paternity of an Index"; Simpson 1949,
 * "Measurement of Diversity".  Shares are of the known part.  NULL for NULL
 * and if nothing is known.
 */
Datum
composition_concentration(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	double		known = weight_units(known_weight(c));
	double		sum = 0;

	if (known == 0)
		PG_RETURN_NULL();
	for (uint32 i = 0, next; i < c->nlabels; i = next)
	{
		double		share = weight_units(composition_group(c, i, &next)) /
			known;

		sum += share * share;
	}
	PG_RETURN_FLOAT8(sum);
}

PG_FUNCTION_INFO_V1(composition_diversity);

/*
 * diversity(composition) -> float8
 *		exp of the entropy of the shares: the number of equal labels that would
 *		be as diverse; 1 for a single label, n for n equal ones.
 *
 * Source: Hill 1973, "Diversity and Evenness", order 1; the inverse of the
 * concentration is that of order 2, which is never above it.  Shares are of
 * the known part.  NULL for NULL and if nothing is known.
 */
Datum
composition_diversity(PG_FUNCTION_ARGS)
{
	Composition *c = PG_GETARG_COMPOSITION(0);
	double		known = weight_units(known_weight(c));
	double		entropy = 0;

	if (known == 0)
		PG_RETURN_NULL();
	for (uint32 i = 0, next; i < c->nlabels; i = next)
	{
		double		share = weight_units(composition_group(c, i, &next)) /
			known;

		CHECK_FOR_INTERRUPTS();
		if (share > 0)
			entropy -= share * log(share);
	}
	PG_RETURN_FLOAT8(exp(entropy));
}

/* (1 + d) log(1 + d), continued to d = -1 */
static inline double
half_divergence(double d)
{
	return d > -1 ? (1 + d) * log1p(d) : 0;
}

/*
 * What a label of both adds to the divergence, p and q being its shares: with
 * m = (p + q) / 2 and d = (p - q) / (p + q), p log(p/m) + q log(q/m) is
 * m ((1 + d) log(1 + d) + (1 - d) log(1 - d)), which does not lose the small
 * difference of nearly equal shares.
 */
static double
common_divergence(double p, double q)
{
	double		d = (p - q) / (p + q);

	return (p + q) / 2 * (half_divergence(d) + half_divergence(-d)) / LOG_OF_2;
}

/* Which of two lists has the next label, 0 for both, whatever the case. */
static int
compare_heads(const Composition *a, uint32 i, const Composition *b, uint32 j)
{
	LabelWeight x;
	LabelWeight y;

	if (i == a->nlabels || j == b->nlabels)
		return i == a->nlabels ? 1 : -1;
	x = composition_label(a, i);
	y = composition_label(b, j);
	return label_compare_folded(x.label, x.len, y.label, y.len);
}

/*
 * The Jensen-Shannon divergence, base 2, from 0 to 1.  What only one of the
 * two has is added up exactly: if they have no label in common, it is exactly
 * 1.
 */
static double
divergence(const Composition *a, const Composition *b, double known_a,
		   double known_b)
{
	Weight		only_a = {{0, 0}};
	Weight		only_b = {{0, 0}};
	double		common = 0;
	uint32		i = 0;
	uint32		j = 0;

	while (i < a->nlabels || j < b->nlabels)
	{
		int			order = compare_heads(a, i, b, j);
		Weight		x = {{0, 0}};
		Weight		y = {{0, 0}};

		CHECK_FOR_INTERRUPTS();
		if (order <= 0)
			x = composition_group(a, i, &i);
		if (order >= 0)
			y = composition_group(b, j, &j);
		if (weight_is_zero(y))
			weight_add(&only_a, x);
		else if (weight_is_zero(x))
			weight_add(&only_b, y);
		else
			common += common_divergence(weight_units(x) / known_a,
										weight_units(y) / known_b);
	}
	return (weight_units(only_a) / known_a + weight_units(only_b) / known_b +
			common) / 2;
}

PG_FUNCTION_INFO_V1(composition_similarity);

/*
 * similarity(composition, composition) -> float8
 *		1 - the Jensen-Shannon distance, base 2: 1 for equal shares, 0 if no
 *		label is in both, in capital or small letters.
 *
 * Symmetric; units do not matter, so percentages compare with counts.  Source:
 * Endres and Schindelin 2003, "A New Metric for Probability Distributions":
 * the square root of the divergence is a metric.  Shares are of the known
 * parts. NULL for NULL and if nothing is known of one.
 */
Datum
composition_similarity(PG_FUNCTION_ARGS)
{
	Composition *a = PG_GETARG_COMPOSITION(0);
	Composition *b = PG_GETARG_COMPOSITION(1);
	double		known_a = weight_units(known_weight(a));
	double		known_b = weight_units(known_weight(b));
	double		d;

	if (known_a == 0 || known_b == 0)
		PG_RETURN_NULL();
	d = divergence(a, b, known_a, known_b);
	PG_RETURN_FLOAT8(1 - sqrt(Min(Max(d, 0), 1)));
}
