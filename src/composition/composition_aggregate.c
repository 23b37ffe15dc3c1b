/*-------------------------------------------------------------------------
 *
 * composition_aggregate.c
 *		The aggregates compose(label), compose(label, weight) and
 *		sum(composition).
 *
 * Their state is that of composition_state.c, and the final function turns it
 * into the stored form.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "composition/composition_state.h"

/*
 * The state to change, in the growing form.  A NULL state, of an aggregate
 * that somebody made without INITCOND, is empty.
 */
static Composing *
get_state(FunctionCallInfo fcinfo)
{
	const Weight nothing = {{0, 0}};
	void	   *state;

	(void) aggregate_context(fcinfo);
	if (unlikely(PG_ARGISNULL(0)))
		return composing_start(composition_make(NULL, 0, nothing));
	state = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (likely(is_composing(state)))
		return (Composing *) state;
	return composing_start(composition_from_datum(PointerGetDatum(state)));
}

/* Count a label once. */
static Datum
count_label(FunctionCallInfo fcinfo, const char *label, int len)
{
	static const Weight one = {{WEIGHT_ONE, 0}};
	Composing  *g = get_state(fcinfo);

	if (!weight_add(&g->total, one))
		composition_overflow();
	PG_RETURN_POINTER(composing_add_label(g, label, (uint32) len, one));
}

PG_FUNCTION_INFO_V1(compose_accum);

/*
 * compose_accum
 *		Transition function of compose(label): every label counts 1.
 *
 * Strict: a NULL label is no row.
 */
Datum
compose_accum(PG_FUNCTION_ARGS)
{
	text	   *label = PG_GETARG_TEXT_PP(1);

	return count_label(fcinfo, VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label));
}

PG_FUNCTION_INFO_V1(compose_accum_weight);

/*
 * compose_accum_weight
 *		Transition function of compose(label, weight).
 *
 * A row without a weight is left out.  A weight without a label is a known
 * amount of something unknown: it is added to the total, and so to the rest.
 * Error 22023 for a negative weight, NaN or infinity, 22003 past the range.
 */
Datum
compose_accum_weight(PG_FUNCTION_ARGS)
{
	Composing  *g = get_state(fcinfo);
	text	   *label;
	Weight		weight;
	WeightProblem problem;

	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(g);
	problem = weight_from_float8(PG_GETARG_FLOAT8(2), &weight);
	if (problem != WEIGHT_OK)
		ereport(ERROR,
				(errcode(weight_problem_sqlstate(problem)),
				 errmsg("invalid weight: %g", PG_GETARG_FLOAT8(2)),
				 errdetail("%s", weight_problem_detail(problem)),
				 errhint("Store an unknown weight as NULL: such rows are left out.")));
	if (!weight_add(&g->total, weight))
		composition_overflow();
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(g);
	label = PG_GETARG_TEXT_PP(1);
	PG_RETURN_POINTER(composing_add_label(g, VARDATA_ANY(label),
										  VARSIZE_ANY_EXHDR(label), weight));
}

PG_FUNCTION_INFO_V1(compose_combine);

/*
 * compose_combine
 *		Combine function of all three aggregates, transition function of
 *		sum(composition).  Error 22003 if the total is past the range.
 */
Datum
compose_combine(PG_FUNCTION_ARGS)
{
	Composing  *g = get_state(fcinfo);
	Datum		other = PointerGetDatum(PG_DETOAST_DATUM(PG_GETARG_DATUM(1)));

	if (is_composing(DatumGetPointer(other)))
		PG_RETURN_POINTER(composing_add_state(g, (Composing *)
											  DatumGetPointer(other)));
	PG_RETURN_POINTER(composing_add(g,
									composition_from_datum(other)));
}

PG_FUNCTION_INFO_V1(compose_final);

/* compose_final: the stored form of a state, which stays as it is */
Datum
compose_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_COMPOSITION(PG_GETARG_COMPOSITION(0));
}
