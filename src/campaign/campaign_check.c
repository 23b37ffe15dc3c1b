/*-------------------------------------------------------------------------
 *
 * campaign_check.c
 *		Whether fees, budgets, weights and reaches can be ones: for rows as
 *		they come, and for states, which may have been written by hand.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "base/numeric.h"
#include "campaign/campaign_state.h"

static bool
numeric_negative(Numeric number)
{
	return numeric_compare(number, int64_to_numeric(0)) < 0;
}

/* Error 22023 if it is no budget. */
static void
check_budget(Numeric budget)
{
	if (numeric_is_nan(budget) || numeric_negative(budget))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("budget must not be negative or NaN: %s",
						numeric_normalize(budget))));
}

/* campaign_check_fee: error 22023 if it is none */
void
campaign_check_fee(Numeric fee)
{
	if (numeric_is_nan(fee) || numeric_is_inf(fee) || numeric_negative(fee))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fee must be finite and not negative: %s",
						numeric_normalize(fee)),
				 errhint("Store an unknown fee as NULL; the profile is then left out.")));
}

/* campaign_check_weight: error 22023 if it is none */
void
campaign_check_weight(float8 weight)
{
	if (!(weight >= 0 && weight <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight must be between 0 and 1: %g", weight),
				 errhint("It is the share of the audience that is relevant, as a fraction.")));
}

/* campaign_check_reach: error 22023 if it is none of a population */
void
campaign_check_reach(float8 reach, float8 population)
{
	if (!(population > 0) || isinf(population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("population must be above 0 and finite: %g",
						population)));
	if (!(reach >= 0 && reach <= population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reach must be between 0 and the population: %g of %g",
						reach, population)));
}

/*
 * campaign_check_mean_common: error 22023 if it is none, whatever the reaches
 */
void
campaign_check_mean_common(float8 mean_common)
{
	if (!(mean_common >= 0) || isinf(mean_common))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean common reach of pairs must be finite and not negative: %g",
						mean_common)));
}

/*
 * campaign_check_budgets: the elements of an array of budgets; error 22023 if
 * they are none
 */
int
campaign_check_budgets(ArrayType *array, Numeric **budgets)
{
	Datum	   *elems;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elems,
					  &nulls, &count);
	*budgets = palloc(Max(count, 1) * sizeof(Numeric));
	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("budget must not be null")));
		(*budgets)[i] = DatumGetNumeric(elems[i]);
		check_budget((*budgets)[i]);
	}
	return count;
}

/*
 * campaign_check_same: error 22023 if something is not the same in all rows
 */
void
campaign_check_same(bool same, const char *what)
{
	if (!same)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be the same for all candidates of a plan",
						what)));
}

/*
 * campaign_same_bytes: whether two values of a variable length have equal
 * bytes, or both are missing
 */
bool
campaign_same_bytes(const void *a, const void *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}
