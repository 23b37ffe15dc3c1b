/*-------------------------------------------------------------------------
 *
 * net_reach.c
 *		How many people are reached, where no audiences are known.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "campaign/reach_model.h"

/* What the functions are given. */
typedef struct Reaches
{
	int			count;
	float8	   *reach;
	float8		population;
	float8		sum;
	float8		largest;
} Reaches;

/* Figures that people give are rounded: what they may be off. */
#define ROUNDING			1e-9

static void
check_reach(float8 reach, float8 population)
{
	if (!(reach >= 0 && reach <= population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reach must be between 0 and the population: %g of %g",
						reach, population)));
}

/*
 * Arguments 0 and 1.  Returns false if something is not known: a reach, or the
 * population, for 0, less and NaN are none.
 */
static bool
get_reaches(FunctionCallInfo fcinfo, Reaches *reaches)
{
	Datum	   *elems;
	bool	   *nulls;
	bool		known = true;

	reaches->population = PG_GETARG_FLOAT8(1);
	reaches->sum = reaches->largest = 0;
	if (!(reaches->population > 0))
		return false;
	if (isinf(reaches->population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("population must be finite")));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), FLOAT8OID, sizeof(float8),
					  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elems, &nulls,
					  &reaches->count);
	reaches->reach = MemoryContextAllocHuge(CurrentMemoryContext,
											((Size) reaches->count + 1) *
											sizeof(float8));
	for (int i = 0; i < reaches->count; i++)
	{
		check_interrupts(i);
		if (nulls[i])
		{
			known = false;
			continue;
		}
		reaches->reach[i] = DatumGetFloat8(elems[i]);
		check_reach(reaches->reach[i], reaches->population);
		reaches->sum += reaches->reach[i];
		reaches->largest = Max(reaches->largest, reaches->reach[i]);
	}
	return known;
}

/* The shares of the population that reaches are. */
static float8 *
reach_shares(const Reaches *reaches)
{
	float8	   *shares = MemoryContextAllocHuge(CurrentMemoryContext,
												((Size) reaches->count + 1) *
												sizeof(float8));

	for (int i = 0; i < reaches->count; i++)
	{
		check_interrupts(i);
		shares[i] = reaches->reach[i] / reaches->population;
	}
	return shares;
}

/* Fit a model to the mean common reach of pairs; error 22023 if none fits. */
static void
fit_model(ReachModel *model, const Reaches *reaches, const float8 *shares,
		  float8 mean_common)
{
	float8		least;
	float8		most;

	if (!reach_model_fit(model, shares, reaches->count,
						 mean_common / reaches->population, &least, &most))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean common reach of pairs is impossible: %g",
						mean_common),
				 errdetail("With these reaches it is at least 0 and at most %g.",
						   most * reaches->population)));
}

/* How many are reached at least once. */
static float8
people_once(const ReachModel *model, const Reaches *reaches,
			const float8 *shares)
{
	ReachSums	sums = {0};

	for (int i = 0; i < reaches->count; i++)
	{
		check_interrupts(i);
		sums.shares += shares[i];
		sums.terms += reach_model_term(model, shares[i]);
	}
	return Min(reaches->population * reach_model_share(model, &sums),
			   reaches->sum);
}

/* How many are reached at least so many times. */
static float8
people_often(const ReachModel *model, const Reaches *reaches,
			 const float8 *shares, int often)
{
	ReachTimes	times;
	float8		share = 0;

	if (often < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 1: %d", often)));
	if (often == 1)
		return people_once(model, reaches, shares);
	if (often > reaches->count)
		return 0;
	reach_times_init(&times, model, shares, reaches->count, often);
	for (int i = 0; i < reaches->count; i++)
	{
		share += reach_times_gain(&times, model, shares[i]);
		reach_times_add(&times, model, shares[i]);
	}
	return Min(reaches->population * share, reaches->sum / often);
}

PG_FUNCTION_INFO_V1(net_reach);

/*
 * net_reach(reaches float8[], population float8) -> float8
 *		How many of a population are reached at least once, if audiences
 *		overlap by chance: population * (1 - (1 - r1/population) (1 -
 *		r2/population) ...), Sainsbury's formula.
 *
 * NULL if an argument or a reach is NULL, or the population is 0, below or
 * NaN; error 22023 if a reach is negative, NaN or larger than the population,
 * or the population is infinite.
 */
Datum
net_reach(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	ReachModel	model;

	if (!get_reaches(fcinfo, &reaches))
		PG_RETURN_NULL();
	reach_model_init(&model);
	PG_RETURN_FLOAT8(people_once(&model, &reaches, reach_shares(&reaches)));
}

/*
 * The reaches in the arguments, as shares too, and the model of their mean
 * common reach; false if there are none.
 */
static bool
get_fitted_reaches(FunctionCallInfo fcinfo, Reaches *reaches, float8 **shares,
				   ReachModel *model)
{
	if (!get_reaches(fcinfo, reaches))
		return false;
	*shares = reach_shares(reaches);
	fit_model(model, reaches, *shares, PG_GETARG_FLOAT8(2));
	return true;
}

PG_FUNCTION_INFO_V1(net_reach_common);

/*
 * net_reach(reaches float8[], population float8, mean_common float8) -> float8
 *		The same, if pairs of the audiences have so many people in common on
 *		average: a gamma frailty model, see reach_model.c.
 *
 * NULL as above; error 22023 also for a mean that these reaches can't have.
 */
Datum
net_reach_common(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	ReachModel	model;
	float8	   *shares;

	if (!get_fitted_reaches(fcinfo, &reaches, &shares, &model))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(people_once(&model, &reaches, shares));
}

PG_FUNCTION_INFO_V1(net_reach_at);

/*
 * net_reach_at(reaches float8[], population float8, k integer) -> float8
 *		How many are reached at least k times, if audiences overlap by chance.
 *
 * NULL and errors as net_reach; error 22023 for k below 1.
 */
Datum
net_reach_at(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	ReachModel	model;

	if (!get_reaches(fcinfo, &reaches))
		PG_RETURN_NULL();
	reach_model_init(&model);
	PG_RETURN_FLOAT8(people_often(&model, &reaches, reach_shares(&reaches),
								  PG_GETARG_INT32(2)));
}

PG_FUNCTION_INFO_V1(net_reach_at_common);

/*
 * net_reach_at(reaches float8[], population float8, mean_common float8,
 *				k integer) -> float8
 *		The same by the gamma frailty model, with one integral over it.
 */
Datum
net_reach_at_common(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	ReachModel	model;
	float8	   *shares;

	if (!get_fitted_reaches(fcinfo, &reaches, &shares, &model))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(people_often(&model, &reaches, shares,
								  PG_GETARG_INT32(3)));
}

/* Least and most people that two reaches can have in common. */
static float8
least_common(const Reaches *reaches, int i, int j)
{
	return Max(reaches->reach[i] + reaches->reach[j] - reaches->population, 0);
}

static float8
most_common(const Reaches *reaches, int i, int j)
{
	return Min(reaches->reach[i], reaches->reach[j]);
}

/*
 * The common reach of every pair, count by count: an element above or below
 * the diagonal, or, where both are NULL, what says least.
 */
static float8 *
get_pairs(FunctionCallInfo fcinfo, const Reaches *reaches,
		  float8 (*if_unknown) (const Reaches *, int, int))
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);
	int			n = reaches->count;
	float8	   *pairs;
	Datum	   *elems;
	bool	   *nulls;
	int			nelems;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &elems, &nulls, &nelems);
	if ((int64) nelems != (int64) n * n ||
		(n > 0 && (ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != n)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("common reach must be an array of %d rows and columns",
						n),
				 errhint("Row i, column j is what the reaches i and j have in common; NULL where it is not known.")));
	pairs = MemoryContextAllocHuge(CurrentMemoryContext,
								   ((Size) nelems + 1) * sizeof(float8));
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < i; j++)
		{
			int			here = i * n + j;
			int			there = j * n + i;
			float8		common = !nulls[here] ? DatumGetFloat8(elems[here]) :
				!nulls[there] ? DatumGetFloat8(elems[there]) :
				if_unknown(reaches, i, j);
			float8		slack = ROUNDING * reaches->population;

			if (!(common >= least_common(reaches, i, j) - slack &&
				  common <= most_common(reaches, i, j) + slack) ||
				(!nulls[here] && !nulls[there] &&
				 DatumGetFloat8(elems[there]) != common))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("common reach of %d and %d is impossible or not the same twice: %g",
								j + 1, i + 1, common),
						 errdetail("With these reaches it is between %g and %g.",
								   least_common(reaches, i, j),
								   most_common(reaches, i, j))));
			pairs[here] = pairs[there] = common;
		}
	}
	return pairs;
}

/* Dawson and Sankoff's bound, from the sums over all and over all pairs. */
static float8
dawson_sankoff(const Reaches *reaches, float8 pairs)
{
	float8		k;

	if (reaches->sum <= 0)
		return 0;
	k = Min(1 + floor(2 * (pairs / reaches->sum)), reaches->count);
	return Max(2 * (reaches->sum / (k + 1)) - 2 * (pairs / (k * (k + 1))),
			   reaches->largest);
}

PG_FUNCTION_INFO_V1(net_reach_low);

/*
 * net_reach_low(reaches float8[], population float8, common float8[])
 *		-> float8
 *
 *		How many are reached at least, by what pairs have in common: Dawson and
 *		Sankoff's bound (1967), or what one audience or a pair reaches.
 *
 * NULL as net_reach; an unknown pair has as much in common as it can.  Error
 * 22023 for a common reach that can't be, or not the same above and below the
 * diagonal, and an array that has not a row and a column for each reach.
 */
Datum
net_reach_low(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	float8	   *pairs;
	float8		sum = 0;
	float8		largest = 0;

	if (!get_reaches(fcinfo, &reaches))
		PG_RETURN_NULL();
	pairs = get_pairs(fcinfo, &reaches, most_common);
	for (int i = 0; i < reaches.count; i++)
	{
		for (int j = 0; j < i; j++)
		{
			float8		common = pairs[i * reaches.count + j];

			sum += common;
			largest = Max(largest,
						  reaches.reach[i] + reaches.reach[j] - common);
		}
	}
	PG_RETURN_FLOAT8(Max(dawson_sankoff(&reaches, sum), largest));
}

/* The weight of the heaviest spanning tree of pairs (Prim's algorithm). */
static float8
heaviest_tree(const float8 *pairs, int n)
{
	float8	   *best = palloc((n + 1) * sizeof(float8));
	float8		weight = 0;

	for (int i = 0; i < n; i++)
		best[i] = 0;
	for (int i = 0, added = 0; i < n - 1; i++)
	{
		int			next = -1;

		CHECK_FOR_INTERRUPTS();
		best[added] = -1;		/* in the tree */
		for (int j = 0; j < n; j++)
		{
			if (best[j] < 0)
				continue;
			best[j] = Max(best[j], pairs[added * n + j]);
			if (next < 0 || best[j] > best[next])
				next = j;
		}
		weight += best[next];
		added = next;
	}
	return weight;
}

PG_FUNCTION_INFO_V1(net_reach_high);

/*
 * net_reach_high(reaches float8[], population float8, common float8[])
 *		-> float8
 *
 *		How many are reached at most: the sum of all less what the pairs of the
 *		heaviest spanning tree have in common, Hunter's bound (1976).
 *
 * NULL and errors as net_reach_low; an unknown pair has as little in common as
 * it can.
 */
Datum
net_reach_high(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	float8	   *pairs;

	if (!get_reaches(fcinfo, &reaches))
		PG_RETURN_NULL();
	pairs = get_pairs(fcinfo, &reaches, least_common);
	PG_RETURN_FLOAT8(Min(reaches.sum - heaviest_tree(pairs, reaches.count),
						 reaches.population));
}

/* The sum over all pairs, by their mean, which is checked. */
static float8
pairs_by_mean(FunctionCallInfo fcinfo, const Reaches *reaches)
{
	ReachModel	model;

	fit_model(&model, reaches, reach_shares(reaches), PG_GETARG_FLOAT8(2));
	if (reaches->count < 2)
		return 0;
	return PG_GETARG_FLOAT8(2) * reaches->count * (reaches->count - 1) / 2;
}

PG_FUNCTION_INFO_V1(net_reach_low_mean);
PG_FUNCTION_INFO_V1(net_reach_high_mean);

/*
 * net_reach_low(reaches float8[], population float8, mean_common float8)
 *		-> float8
 *
 *		The least by the mean common reach of pairs, which is all that Dawson
 *		and Sankoff's bound needs.
 */
Datum
net_reach_low_mean(PG_FUNCTION_ARGS)
{
	Reaches		reaches;

	if (!get_reaches(fcinfo, &reaches))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(Min(dawson_sankoff(&reaches,
										pairs_by_mean(fcinfo, &reaches)),
						 reaches.population));
}

/*
 * net_reach_high(reaches float8[], population float8, mean_common float8)
 *		-> float8
 *
 *		The most: as the heaviest tree is at least as heavy as the mean one.
 */
Datum
net_reach_high_mean(PG_FUNCTION_ARGS)
{
	Reaches		reaches;
	float8		pairs;

	if (!get_reaches(fcinfo, &reaches))
		PG_RETURN_NULL();
	pairs = pairs_by_mean(fcinfo, &reaches);
	if (reaches.count > 0)
		reaches.sum -= 2 * pairs / reaches.count;
	PG_RETURN_FLOAT8(Min(reaches.sum, reaches.population));
}

PG_FUNCTION_INFO_V1(relevant_reach);

/* A fraction that a user gave. */
static float8
check_fraction(float8 fraction, const char *name)
{
	if (!(fraction >= 0 && fraction <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between 0 and 1: %g", name, fraction),
				 errhint("It is a fraction: write 60 %% as 0.6.")));
	return fraction;
}

/*
 * relevant_reach(followers bigint, relevant_share float8, attention_rate
 *		float8) -> float8
 *
 *		People who are relevant and notice: followers * share * rate.
 *
 * NULL for NULL; error 22023 if followers are negative, or the share or the
 * rate is no fraction.
 */
Datum
relevant_reach(PG_FUNCTION_ARGS)
{
	int64		followers = PG_GETARG_INT64(0);
	float8		share = check_fraction(PG_GETARG_FLOAT8(1), "relevant share");
	float8		rate = check_fraction(PG_GETARG_FLOAT8(2), "attention rate");

	if (followers < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("followers must not be negative: " INT64_FORMAT,
						followers)));
	PG_RETURN_FLOAT8((float8) followers * share * rate);
}
