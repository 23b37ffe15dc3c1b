/*-------------------------------------------------------------------------
 *
 * niche.c
 *		How much a label tells of whoever uses it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/compat.h"

/* A number of uses. */
static double
get_uses(FunctionCallInfo fcinfo, int argno, const char *what)
{
	double		uses = PG_GETARG_FLOAT8(argno);

	if (!(uses >= 0) || isinf(uses))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a number of uses, from 0 on: %g", what,
						uses)));
	return uses;
}

PG_FUNCTION_INFO_V1(niche_weight);

/*
 * niche_weight(uses float8, own_uses float8, label_uses float8,
 *				all_uses float8) -> float8
 *		How many times, as a power of two, somebody uses a label more than all
 *		do: log2((uses / own_uses) / (label_uses / all_uses)), but 0 for less.
 *
 * That is the positive pointwise mutual information (PPMI; Church and Hanks
 * 1990, Niwa and Nitta 1994).  uses: of the label by the profile; own_uses: of
 * all labels by the profile; label_uses: of the label by all; all_uses: of all
 * labels by all.  Counts, or weights.
 *
 * NULL for NULL, and where it can't be known: nobody used the label, or nobody
 * any.  Error 22023 for a negative number and what is no number.
 */
Datum
niche_weight(PG_FUNCTION_ARGS)
{
	double		uses = get_uses(fcinfo, 0, "uses");
	double		own_uses = get_uses(fcinfo, 1, "own_uses");
	double		label_uses = get_uses(fcinfo, 2, "label_uses");
	double		all_uses = get_uses(fcinfo, 3, "all_uses");
	double		ratio;
	double		bits;

	if (own_uses == 0 || label_uses == 0 || all_uses == 0)
		PG_RETURN_NULL();
	if (uses == 0)
		PG_RETURN_FLOAT8(0);
	ratio = (uses / own_uses) / (label_uses / all_uses);
	if (isnormal(ratio))
		bits = log2(ratio);
	else						/* some are too large, or too small */
		bits = (log2(uses) - log2(own_uses)) -
			(log2(label_uses) - log2(all_uses));
	PG_RETURN_FLOAT8(Max(bits, 0));
}
