/*-------------------------------------------------------------------------
 *
 * common_rate_ratio.c
 *		What the ratios of many profiles have in common.
 *
 * Profiles differ, and a ratio measured on few posts is mostly luck: each has
 * the weight 1 / (its variance + the variance between profiles).  The latter
 * is by moments (DerSimonian and Laird 1986, "Meta-analysis in clinical
 * trials").  Their bounds are too narrow for few profiles; these are by
 * Student's t and the spread of the profiles about the common ratio (Hartung
 * and Knapp 2001), never narrower than DerSimonian and Laird's variance makes
 * them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/compat.h"
#include "base/interrupt.h"
#include "base/quantile.h"
#include "engagement/ratio/profile_ratios.h"
#include "engagement/ratio/rate_ratio.h"

/* A mean with the weights 1 / (variance + between). */
typedef struct WeightedMean
{
	double		weights;
	double		products;		/* of the weights of all pairs */
	double		mean;
	double		spread;			/* weighted squares about the mean */
} WeightedMean;

static WeightedMean
weighted_mean(const GrowingArray *p, double between)
{
	WeightedMean m = {0};
	double		sum = 0;

	for (uint32 i = 0; i < p->count; i++)
	{
		double		weight = 1 / (profile_ratios_of(p)[i].variance + between);

		check_interrupts(i);
		m.products += weight * m.weights;
		m.weights += weight;
		sum += weight * profile_ratios_of(p)[i].log_ratio;
	}
	m.mean = sum / m.weights;
	for (uint32 i = 0; i < p->count; i++)
	{
		double		difference = profile_ratios_of(p)[i].log_ratio - m.mean;

		check_interrupts(i);
		m.spread += difference * difference /
			(profile_ratios_of(p)[i].variance + between);
	}
	return m;
}

/*
 * The variance between profiles: that with which the spread about the mean is
 * expected to be what it is, where the weights don't know of it.  The weights
 * less their squares over themselves are written as products, from which
 * nothing cancels.  There are at least two profiles.
 */
static double
between_variance(const GrowingArray *p)
{
	WeightedMean m = weighted_mean(p, 0);
	double		excess = m.spread - (p->count - 1.0);

	return Max(0, excess / (2 * m.products / m.weights));
}

static WeightedMean
common_mean(const GrowingArray *p)
{
	return weighted_mean(p, p->count > 1 ? between_variance(p) : 0);
}

PG_FUNCTION_INFO_V1(common_rate_ratio_ratio);

/*
 * rate_ratio(profile_ratios) -> float8
 *		The ratio that profiles have in common; NULL for none.
 */
Datum
common_rate_ratio_ratio(PG_FUNCTION_ARGS)
{
	const GrowingArray *p = profile_ratios_sorted(PG_GETARG_DATUM(0));

	if (p->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate_ratio_shown(common_mean(p).mean));
}

/* A bound at a two-sided confidence; side is -1 or 1. */
static Datum
common_bound(FunctionCallInfo fcinfo, int side)
{
	const GrowingArray *p = profile_ratios_sorted(PG_GETARG_DATUM(0));
	double		confidence = PG_GETARG_FLOAT8(1);
	WeightedMean m;
	double		variance;
	double		quantile;

	confidence_check(confidence);
	if (p->count < 2)
		PG_RETURN_NULL();
	m = common_mean(p);
	variance = Max(1, m.spread / (p->count - 1.0)) / m.weights;
	quantile = -student_quantile((1 - confidence) / 2, p->count - 1.0);
	PG_RETURN_FLOAT8(rate_ratio_shown(m.mean +
									  side * quantile * sqrt(variance)));
}

PG_FUNCTION_INFO_V1(common_rate_ratio_low);
PG_FUNCTION_INFO_V1(common_rate_ratio_high);

/*
 * rate_ratio_low(profile_ratios, confidence float8) -> float8
 *		The lower of two bounds that hold the common ratio with the given
 *		probability.
 *
 * NULL for fewer than two profiles.  A confidence that is not between 0 and 1
 * is an error, 22023.
 */
Datum
common_rate_ratio_low(PG_FUNCTION_ARGS)
{
	return common_bound(fcinfo, -1);
}

/* rate_ratio_high: the upper bound; see common_rate_ratio_low */
Datum
common_rate_ratio_high(PG_FUNCTION_ARGS)
{
	return common_bound(fcinfo, 1);
}

PG_FUNCTION_INFO_V1(common_rate_ratio_between_stddev);

/*
 * between_stddev(profile_ratios) -> float8
 *		Standard deviation between profiles of the logarithm of their true
 *		ratios; NULL for fewer than two.
 */
Datum
common_rate_ratio_between_stddev(PG_FUNCTION_ARGS)
{
	const GrowingArray *p = profile_ratios_sorted(PG_GETARG_DATUM(0));

	if (p->count < 2)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sqrt(between_variance(p)));
}

PG_FUNCTION_INFO_V1(profile_ratios_profiles);

/* profiles(profile_ratios) -> bigint: how many the common ratio rests on */
Datum
profile_ratios_profiles(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(profile_ratios_sorted(PG_GETARG_DATUM(0))->count);
}

PG_FUNCTION_INFO_V1(profile_ratios_left_out);

/*
 * profiles_left_out(profile_ratios) -> bigint
 *		How many had no ratio, or one whose variance is unknown.
 */
Datum
profile_ratios_left_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(profile_ratios_sorted(PG_GETARG_DATUM(0))->note);
}
