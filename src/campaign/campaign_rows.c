/*-------------------------------------------------------------------------
 *
 * campaign_rows.c
 *		The transition and combine functions of campaign_plan and
 *		campaign_curve: rows of candidates are put into the state.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/arrayaccess.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/numeric.h"
#include "base/result.h"
#include "campaign/campaign_state.h"

/*
 * The arguments of campaign_plan after the state: id, fee, audience or reach,
 * budget, then weight, groups, rules; or population, mean_common, market,
 * groups, rules.
 */
enum PlanArgument
{
	ARGUMENT_ID = 1,
	ARGUMENT_FEE,
	ARGUMENT_REACH,
	ARGUMENT_BUDGET,
	ARGUMENT_WEIGHT,
	ARGUMENT_GROUPS,
	ARGUMENT_RULES,
	ARGUMENT_POPULATION = ARGUMENT_BUDGET + 1,
	ARGUMENT_MEAN_COMMON,
	ARGUMENT_MARKET,
	ARGUMENT_MARKET_GROUPS,
	ARGUMENT_MARKET_RULES
};

/* A candidate on its way into the state. */
typedef struct CandidateRow
{
	Datum		values[CANDIDATE_COLUMNS];
	bool		nulls[CANDIDATE_COLUMNS];
} CandidateRow;

/* An array of candidates to add to: an expanded array. */
static ExpandedArrayHeader *
candidates_to_change(FunctionCallInfo fcinfo, Oid element_type)
{
	MemoryContext context = aggregate_context(fcinfo);
	MemoryContext old;
	ExpandedArrayHeader *state;

	if (PG_ARGISNULL(0))
		return construct_empty_expanded_array(element_type, context, NULL);
	old = MemoryContextSwitchTo(context);
	state = PG_GETARG_EXPANDED_ARRAY(0);
	MemoryContextSwitchTo(old);
	return state;
}

/*
 * Append a candidate, which the array takes over: its setter would copy it,
 * and sketches are large.
 */
static Datum
append_candidate(ExpandedArrayHeader *state, Datum candidate)
{
	int			index = state->ndims == 0 ? 1 :
		state->lbound[0] + state->dims[0];
	Datum		result =
		array_set_element(EOHPGetRWDatum(&state->hdr), 1, &index, (Datum) 0,
						  true, -1, state->typlen, state->typbyval,
						  state->typalign);

	state->dvalues[state->nelems - 1] = candidate;
	state->dnulls[state->nelems - 1] = false;
	state->flat_size = 0;
	return result;
}

/* A copy of a candidate, to append. */
static Datum
copy_candidate(const ExpandedArrayHeader *state, Datum candidate)
{
	MemoryContext old = MemoryContextSwitchTo(state->hdr.eoh_context);
	Datum		result = datumCopy(candidate, false, -1);

	MemoryContextSwitchTo(old);
	return result;
}

/*
 * A row as a composite value of a chunk of memory by itself.  The server forms
 * it, for minor versions of 17 on note in a value's head by which version of
 * the row type it was made.
 */
static Datum
form_candidate(TupleDesc tupdesc, CandidateRow *row, MemoryContext context)
{
	HeapTuple	tuple = heap_form_tuple(tupdesc, row->values, row->nulls);
	MemoryContext old = MemoryContextSwitchTo(context);
	Datum		result = heap_copy_tuple_as_datum(tuple, tupdesc);

	MemoryContextSwitchTo(old);
	heap_freetuple(tuple);
	return result;
}

static void
set_value(CandidateRow *row, int column, Datum value)
{
	row->values[column] = value;
	row->nulls[column] = false;
}

/* The bits of a double as a bigint. */
static Datum
float8_bits(float8 value)
{
	int64		bits;

	memcpy(&bits, &value, sizeof(bits));
	return Int64GetDatum(bits);
}

/* An argument that may be missing, or NULL. */
static bool
has_argument(FunctionCallInfo fcinfo, int n)
{
	return n < PG_NARGS() && !PG_ARGISNULL(n);
}

/*
 * The budgets, checked; for campaign_plan, an array of the one.  Says whether
 * the fee is within the largest.
 */
static bool
take_budgets(FunctionCallInfo fcinfo, bool curve, CandidateRow *row)
{
	Numeric    *budgets;
	int			count;
	ArrayType  *array;
	bool		payable = false;

	aggregate_parameter_given(fcinfo, ARGUMENT_BUDGET, "budget");
	if (curve)
		array = PG_GETARG_ARRAYTYPE_P(ARGUMENT_BUDGET);
	else
	{
		Datum		budget =
			NumericGetDatum(PG_GETARG_NUMERIC(ARGUMENT_BUDGET));

		array = construct_array(&budget, 1, NUMERICOID, -1, false,
								TYPALIGN_INT);
	}
	count = campaign_check_budgets(array, &budgets);
	set_value(row, CANDIDATE_BUDGETS, PointerGetDatum(array));
	if (PG_ARGISNULL(ARGUMENT_FEE))
		return false;
	campaign_check_fee(PG_GETARG_NUMERIC(ARGUMENT_FEE));
	for (int i = 0; i < count && !payable; i++)
		payable = numeric_compare(PG_GETARG_NUMERIC(ARGUMENT_FEE),
								  budgets[i]) <= 0;
	return payable;
}

/*
 * The id, the fee, the groups and the rules; false if one of the first is
 * NULL.
 */
static bool
take_offer(FunctionCallInfo fcinfo, int groups, int rules, CandidateRow *row)
{
	if (PG_ARGISNULL(ARGUMENT_ID) || PG_ARGISNULL(ARGUMENT_FEE))
		return false;
	set_value(row, CANDIDATE_ID, PG_GETARG_DATUM(ARGUMENT_ID));
	set_value(row, CANDIDATE_FEE, PG_GETARG_DATUM(ARGUMENT_FEE));
	if (has_argument(fcinfo, groups))
		set_value(row, CANDIDATE_GROUPS, PG_GETARG_DATUM(groups));
	if (has_argument(fcinfo, rules))
		set_value(row, CANDIDATE_RULES,
				  PointerGetDatum(PG_GETARG_TEXT_PP(rules)));
	return true;
}

/*
 * A row of sketches.  Says whether it is to be kept: what is not known or
 * costs more than the budget can't be in a plan, and reaching nobody helps no
 * rule only.  But the first row that is known is kept for its budgets and
 * rules, which hold where nobody can be picked as well.
 */
static bool
take_sketch(FunctionCallInfo fcinfo, bool payable, CandidateRow *row)
{
	bool		weighted = PG_NARGS() > ARGUMENT_WEIGHT;
	float8		weight = 1;
	AudienceView audience;

	if (weighted && !PG_ARGISNULL(ARGUMENT_WEIGHT))
	{
		weight = PG_GETARG_FLOAT8(ARGUMENT_WEIGHT);
		campaign_check_weight(weight);
	}
	if ((!payable && !PG_ARGISNULL(0)) || PG_ARGISNULL(ARGUMENT_REACH) ||
		(weighted && PG_ARGISNULL(ARGUMENT_WEIGHT)) ||
		!take_offer(fcinfo, ARGUMENT_GROUPS, ARGUMENT_RULES, row))
		return false;
	set_value(row, CANDIDATE_AUDIENCE,
			  PointerGetDatum(PG_GETARG_VARLENA_PP(ARGUMENT_REACH)));
	set_value(row, CANDIDATE_WEIGHT, float8_bits(weight));
	audience_view(DatumGetPointer(row->values[CANDIDATE_AUDIENCE]), &audience);
	set_value(row, CANDIDATE_REACH,
			  float8_bits(cover_own_reach(SIDE_CHOOSE, &audience)));
	return (audience.count > 0 && weight > 0) ||
		!row->nulls[CANDIDATE_RULES] || PG_ARGISNULL(0);
}

/*
 * A row of numbers.  Says whether it is a candidate: those that can't be paid
 * are as well, for the mean common reach is that of all.
 */
static bool
take_numbers(FunctionCallInfo fcinfo, CandidateRow *row)
{
	if (PG_ARGISNULL(ARGUMENT_REACH) || PG_ARGISNULL(ARGUMENT_POPULATION) ||
		!take_offer(fcinfo, ARGUMENT_MARKET_GROUPS, ARGUMENT_MARKET_RULES,
					row))
		return false;
	campaign_check_reach(PG_GETARG_FLOAT8(ARGUMENT_REACH),
						 PG_GETARG_FLOAT8(ARGUMENT_POPULATION));
	set_value(row, CANDIDATE_REACH,
			  float8_bits(PG_GETARG_FLOAT8(ARGUMENT_REACH)));
	set_value(row, CANDIDATE_WEIGHT, float8_bits(1));
	set_value(row, CANDIDATE_POPULATION,
			  float8_bits(PG_GETARG_FLOAT8(ARGUMENT_POPULATION)));
	if (has_argument(fcinfo, ARGUMENT_MEAN_COMMON))
	{
		campaign_check_mean_common(PG_GETARG_FLOAT8(ARGUMENT_MEAN_COMMON));
		set_value(row, CANDIDATE_MEAN_COMMON,
				  float8_bits(PG_GETARG_FLOAT8(ARGUMENT_MEAN_COMMON)));
	}
	if (has_argument(fcinfo, ARGUMENT_MARKET))
		set_value(row, CANDIDATE_MARKET,
				  PointerGetDatum(PG_GETARG_TEXT_PP(ARGUMENT_MARKET)));
	return true;
}

/* The columns of the state's rows, remembered between calls. */
static TupleDesc
candidate_columns(FunctionCallInfo fcinfo)
{
	TupleDesc	tupdesc = fcinfo->flinfo->fn_extra;

	if (tupdesc == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		Oid			array_type = get_func_rettype(fcinfo->flinfo->fn_oid);

		tupdesc = row_descriptor(get_element_type(array_type),
								 CANDIDATE_COLUMNS);
		fcinfo->flinfo->fn_extra = tupdesc;
		MemoryContextSwitchTo(old);
	}
	return tupdesc;
}

/* All four transition functions. */
static Datum
accumulate(FunctionCallInfo fcinfo, bool by_numbers, bool curve)
{
	TupleDesc	tupdesc;
	CandidateRow row;
	ExpandedArrayHeader *state;
	bool		payable;

	(void) aggregate_context(fcinfo);
	tupdesc = candidate_columns(fcinfo);
	memset(row.nulls, true, sizeof(row.nulls));
	payable = take_budgets(fcinfo, curve, &row);
	if (!(by_numbers ? take_numbers(fcinfo, &row) :
		  take_sketch(fcinfo, payable, &row)))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	state = candidates_to_change(fcinfo, tupdesc->tdtypeid);
	return append_candidate(state, form_candidate(tupdesc, &row,
												  state->hdr.eoh_context));
}

PG_FUNCTION_INFO_V1(campaign_plan_accum);
PG_FUNCTION_INFO_V1(campaign_plan_accum_numbers);
PG_FUNCTION_INFO_V1(campaign_curve_accum);
PG_FUNCTION_INFO_V1(campaign_curve_accum_numbers);

/*
 * transition function of
 * campaign_plan(id, fee numeric, audience audience_sketch, budget numeric
 *				 [, weight float8 [, groups text[], rules plan_rules]])
 *		The picks of the most unduplicated reach within the budget.
 *
 * id is a bigint, a text or a uuid.  weight is the relevant share of the
 * audience, 0 to 1; a person counts with the largest weight among the picks
 * that reach it.  groups are labels that rules name.  A row whose id, fee,
 * audience or weight is NULL is left out; groups and rules that are NULL are
 * none.  Error 22023 if the fee is negative, infinite or NaN, the weight
 * outside 0 to 1, the budget negative, NaN or, as the rules, not the same for
 * all candidates, and if the rules can't be obeyed.
 */
Datum
campaign_plan_accum(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, false, false);
}

/*
 * transition function of
 * campaign_plan(id, fee numeric, reach float8, budget numeric, population
 *				 float8 [, mean_common float8 [, market text, groups text[],
 *				 rules plan_rules]])
 *		The same by how many people each reaches, and a model of what they have
 *		in common: see reach_model.c.
 *
 * mean_common is the mean of all pairs of candidates of a market; NULL is by
 * chance.  Error 22023 also if a reach is negative, NaN or above the
 * population, and if population or mean_common are impossible, or not the same
 * in a market.
 */
Datum
campaign_plan_accum_numbers(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, true, false);
}

/*
 * transition function of campaign_curve(..., budgets numeric[], ...) by
 * sketches
 */
Datum
campaign_curve_accum(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, false, true);
}

/*
 * transition function of campaign_curve(..., budgets numeric[], ...) by
 * numbers
 */
Datum
campaign_curve_accum_numbers(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, true, true);
}

PG_FUNCTION_INFO_V1(campaign_plan_combine);

/* combine function: the candidates of both states */
Datum
campaign_plan_combine(PG_FUNCTION_ARGS)
{
	AnyArrayType *other;
	ExpandedArrayHeader *state;
	array_iter	iterator;
	Datum		result;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	other = DatumGetAnyArrayP(PG_GETARG_DATUM(1));
	state = candidates_to_change(fcinfo, AARR_ELEMTYPE(other));
	result = EOHPGetRWDatum(&state->hdr);
	ArrayIterSetup(&iterator, other, state->typlen, state->typbyval,
				   state->typalign);
	for (int i = 0; i < ArrayGetNItems(AARR_NDIM(other), AARR_DIMS(other));
		 i++)
	{
		bool		isnull;
		Datum		candidate = ArrayIterNext(&iterator, &isnull, i,
											  state->typlen,
											  state->typbyval,
											  state->typalign);

		CHECK_FOR_INTERRUPTS();
		if (!isnull)
			result = append_candidate(state, copy_candidate(state, candidate));
	}
	return result;
}
