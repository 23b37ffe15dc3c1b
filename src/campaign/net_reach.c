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
#include "utils/array.h"

#include "base/compat.h"

/* The share of the population that one reach is. */
static float8
reached_share(float8 reach, float8 population)
{
	if (!(reach >= 0 && reach <= population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reach must be between 0 and the population: %g of %g",
						reach, population)));
	return reach / population;
}

PG_FUNCTION_INFO_V1(net_reach);

/*
 * net_reach(reaches float8[], population float8) -> float8
 *		population * (1 - (1 - r1/population) (1 - r2/population) ...): how
 *		many of a population are reached at least once, if audiences overlap
 *		by chance (Sainsbury's formula).
 *
 * NULL if an argument or a reach is NULL, or the population is 0, below or
 * NaN; error 22023 if a reach is negative, NaN or larger than the population, or
 * the population is infinite.
 */
Datum
net_reach(PG_FUNCTION_ARGS)
{
	ArrayType  *reaches = PG_GETARG_ARRAYTYPE_P(0);
	float8		population = PG_GETARG_FLOAT8(1);
	float8		missed = 1;
	Datum	   *elems;
	bool	   *nulls;
	int			nelems;
	bool		unknown = false;

	if (!(population > 0))
		PG_RETURN_NULL();
	if (isinf(population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("population must be finite")));
	deconstruct_array(reaches, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &elems, &nulls, &nelems);
	for (int i = 0; i < nelems; i++)
	{
		if (nulls[i])
			unknown = true;
		else
			missed *= 1 - reached_share(DatumGetFloat8(elems[i]), population);
	}
	if (unknown)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(population * (1 - missed));
}
