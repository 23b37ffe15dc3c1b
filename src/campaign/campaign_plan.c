/*-------------------------------------------------------------------------
 *
 * campaign_plan.c
 *		The aggregate campaign_plan: from rows of candidates to picks.
 *
 * The plan needs all candidates at once, so the state is just what came in:
 * an array of candidates, kept as PostgreSQL's expanded array while rows are
 * added.  It is an ordinary SQL value that can be built in parts, sent and
 * merged; arrays and composite types bring its input and output along, and
 * audience_sketch checks the sketches in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/arrayaccess.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "base/aggregate.h"
#include "base/bytes.h"
#include "base/compat.h"
#include "base/numeric.h"
#include "campaign/campaign_plan.h"

/* The columns of campaign_candidate. */
enum CandidateColumn
{
	CANDIDATE_ID,
	CANDIDATE_FEE,
	CANDIDATE_AUDIENCE,
	CANDIDATE_BUDGET,
	CANDIDATE_WEIGHT,
	CANDIDATE_COLUMNS
};

/* The columns of campaign_pick. */
enum PickColumn
{
	PICK_NUMBER,
	PICK_ID,
	PICK_FEE,
	PICK_SPENT,
	PICK_ADDED_REACH,
	PICK_TOTAL_REACH,
	PICK_COLUMNS
};

static bool
numeric_negative(Numeric number)
{
	return numeric_compare(number, int64_to_numeric(0)) < 0;
}

static void
check_budget(Numeric budget)
{
	if (numeric_is_nan(budget) || numeric_negative(budget))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("budget must not be negative or NaN: %s",
						numeric_normalize(budget))));
}

static void
check_fee(Numeric fee)
{
	if (numeric_is_nan(fee) || numeric_is_inf(fee) || numeric_negative(fee))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fee must be finite and not negative: %s",
						numeric_normalize(fee)),
				 errhint("Store an unknown fee as NULL; the profile is then left out.")));
}

static void
check_weight(float8 weight)
{
	if (!(weight >= 0 && weight <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight must be between 0 and 1: %g", weight),
				 errhint("It is the share of the audience that is relevant, as a fraction.")));
}

static void
check_same_budget(Numeric a, Numeric b)
{
	if (numeric_compare(a, b) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("budget must be the same for all candidates of a plan")));
}

/* The columns of a row type, which must be as many as we know. */
static TupleDesc
row_columns(Oid type, int columns)
{
	TupleDesc	tupdesc = lookup_rowtype_tupdesc_copy(type, -1);

	if (tupdesc->natts != columns)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s has been altered", format_type_be(type))));
	return tupdesc;
}

/* An array of candidates to add to: an expanded array. */
static ExpandedArrayHeader *
state_to_change(FunctionCallInfo fcinfo, Oid element_type)
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

/* Append a candidate, which is copied. */
static Datum
append_candidate(ExpandedArrayHeader *state, Datum candidate)
{
	int			index = state->ndims == 0 ? 1 : state->lbound[0] + state->dims[0];

	return array_set_element(EOHPGetRWDatum(&state->hdr), 1, &index, candidate,
							 false, -1, state->typlen, state->typbyval,
							 state->typalign);
}

/*
 * Check a row's values, and say whether it can be in a plan: what is not
 * known, costs more than the budget or reaches nobody can't.
 */
static bool
is_candidate(FunctionCallInfo fcinfo, Datum *values)
{
	AudienceView audience;
	bool		weighted = PG_NARGS() > 5;
	Numeric		budget;

	aggregate_parameter_given(fcinfo, 4, "budget");
	budget = PG_GETARG_NUMERIC(4);
	check_budget(budget);
	if (!PG_ARGISNULL(2))
		check_fee(PG_GETARG_NUMERIC(2));
	if (weighted && !PG_ARGISNULL(5))
		check_weight(PG_GETARG_FLOAT8(5));
	for (int i = 1; i < PG_NARGS(); i++)
	{
		if (PG_ARGISNULL(i))
			return false;
	}
	if (numeric_compare(PG_GETARG_NUMERIC(2), budget) > 0)
		return false;

	values[CANDIDATE_ID] = PG_GETARG_DATUM(1);
	values[CANDIDATE_FEE] = PG_GETARG_DATUM(2);
	values[CANDIDATE_AUDIENCE] =
		PointerGetDatum(PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(3)));
	values[CANDIDATE_BUDGET] = NumericGetDatum(budget);
	values[CANDIDATE_WEIGHT] = weighted ? PG_GETARG_DATUM(5) : Float8GetDatum(1);
	audience_view(DatumGetPointer(values[CANDIDATE_AUDIENCE]), &audience);
	return audience.count > 0 && DatumGetFloat8(values[CANDIDATE_WEIGHT]) > 0;
}

PG_FUNCTION_INFO_V1(campaign_plan_accum);

/*
 * transition function of
 * campaign_plan(id, fee numeric, audience audience_sketch, budget numeric [, weight float8])
 *		The picks of the most unduplicated reach within the budget.
 *
 * id is a bigint or a text.  weight is the relevant share of the audience, 0
 * to 1; a person counts with the largest weight among the picks that reach it.
 * A row whose id, fee, audience or weight is NULL is left out.  Error 22023 if
 * the fee is negative, infinite or NaN, the weight outside 0 to 1, the budget
 * NULL, negative, NaN or not the same for all candidates.
 */
Datum
campaign_plan_accum(PG_FUNCTION_ARGS)
{
	TupleDesc	tupdesc = fcinfo->flinfo->fn_extra;
	Datum		values[CANDIDATE_COLUMNS];
	bool		nulls[CANDIDATE_COLUMNS] = {false};
	HeapTuple	candidate;

	if (tupdesc == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		tupdesc = row_columns(get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid)),
							  CANDIDATE_COLUMNS);
		fcinfo->flinfo->fn_extra = tupdesc;
		MemoryContextSwitchTo(old);
	}
	if (!is_candidate(fcinfo, values))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	candidate = heap_form_tuple(tupdesc, values, nulls);
	return append_candidate(state_to_change(fcinfo, tupdesc->tdtypeid),
							HeapTupleGetDatum(candidate));
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

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	other = DatumGetAnyArrayP(PG_GETARG_DATUM(1));
	state = state_to_change(fcinfo, AARR_ELEMTYPE(other));
	result = EOHPGetRWDatum(&state->hdr);
	ArrayIterSetup(&iterator, other, state->typlen, state->typbyval, state->typalign);
	for (int i = 0; i < ArrayGetNItems(AARR_NDIM(other), AARR_DIMS(other)); i++)
	{
		bool		isnull;
		Datum		candidate = ArrayIterNext(&iterator, &isnull, i, state->typlen,
											  state->typbyval, state->typalign);

		CHECK_FOR_INTERRUPTS();
		if (!isnull)
			result = append_candidate(state, candidate);
	}
	return result;
}

/* Take a candidate apart; a state may have been written by hand, so check. */
static void
read_candidate(Datum datum, TupleDesc tupdesc, Candidate *candidate,
			   Numeric *budget)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(datum);
	HeapTupleData tuple = {0};
	Datum		values[CANDIDATE_COLUMNS];
	bool		nulls[CANDIDATE_COLUMNS];

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	tuple.t_data = header;
	heap_deform_tuple(&tuple, tupdesc, values, nulls);
	for (int i = 0; i < CANDIDATE_COLUMNS; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a candidate in the state of campaign_plan() must not hold null")));
	}
	candidate->id = TupleDescAttr(tupdesc, CANDIDATE_ID)->attlen == -1 ?
		PointerGetDatum(PG_DETOAST_DATUM_PACKED(values[CANDIDATE_ID])) :
		values[CANDIDATE_ID];
	candidate->fee = DatumGetNumeric(values[CANDIDATE_FEE]);
	candidate->cost = numeric_to_double(candidate->fee);
	candidate->weight = DatumGetFloat8(values[CANDIDATE_WEIGHT]);
	audience_view(PG_DETOAST_DATUM_PACKED(values[CANDIDATE_AUDIENCE]),
				  &candidate->audience);
	*budget = DatumGetNumeric(values[CANDIDATE_BUDGET]);
	check_fee(candidate->fee);
	check_weight(candidate->weight);
	check_budget(*budget);
}

/* Read all candidates of a state and the budget; returns how many. */
static int
read_candidates(Datum state, Candidate **candidates, Numeric *budget, Oid *id_type)
{
	AnyArrayType *array = DatumGetAnyArrayP(state);
	int			nitems = ArrayGetNItems(AARR_NDIM(array), AARR_DIMS(array));
	TupleDesc	tupdesc = row_columns(AARR_ELEMTYPE(array), CANDIDATE_COLUMNS);
	array_iter	iterator;
	int			count = 0;

	*id_type = TupleDescAttr(tupdesc, CANDIDATE_ID)->atttypid;
	*candidates = palloc_extended(Max(nitems, 1) * sizeof(Candidate),
								  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	ArrayIterSetup(&iterator, array, -1, false, TYPALIGN_DOUBLE);
	for (int i = 0; i < nitems; i++)
	{
		bool		isnull;
		Datum		datum = ArrayIterNext(&iterator, &isnull, i, -1, false,
										  TYPALIGN_DOUBLE);
		Numeric		its_budget;

		CHECK_FOR_INTERRUPTS();
		if (isnull)
			continue;
		read_candidate(datum, tupdesc, &(*candidates)[count++], &its_budget);
		if (count == 1)
			*budget = its_budget;
		check_same_budget(*budget, its_budget);
	}
	return count;
}

static int
compare_ids(Datum a, Datum b, Oid id_type)
{
	text	   *x = (text *) DatumGetPointer(a);
	text	   *y = (text *) DatumGetPointer(b);

	if (id_type == INT8OID)
		return (DatumGetInt64(a) > DatumGetInt64(b)) -
			(DatumGetInt64(a) < DatumGetInt64(b));
	return bytes_compare(VARDATA_ANY(x), VARSIZE_ANY_EXHDR(x),
						 VARDATA_ANY(y), VARSIZE_ANY_EXHDR(y));
}

/*
 * By id; an id that comes twice, with different offers say, by everything
 * else, so that the plan does not depend on the order of the rows.
 */
static int
compare_candidates(const void *a, const void *b, void *id_type)
{
	const Candidate *x = a;
	const Candidate *y = b;
	int			order = compare_ids(x->id, y->id, *(Oid *) id_type);

	if (order == 0)
		order = numeric_compare(x->fee, y->fee);
	if (order == 0)
		order = (x->weight > y->weight) - (x->weight < y->weight);
	if (order == 0)
		order = (x->audience.theta > y->audience.theta) -
			(x->audience.theta < y->audience.theta);
	if (order == 0)
		order = (x->audience.count > y->audience.count) -
			(x->audience.count < y->audience.count);
	if (order == 0)
		order = memcmp(x->audience.hashes, y->audience.hashes,
					   x->audience.count * sizeof(uint64));
	return order;
}

/* The picks of a plan as an array of campaign_pick. */
static ArrayType *
picks_array(const CampaignPlan *plan, Oid pick_type)
{
	TupleDesc	tupdesc = row_columns(pick_type, PICK_COLUMNS);
	Datum	   *picks = palloc((plan->npicks + 1) * sizeof(Datum));
	Numeric		spent = int64_to_numeric(0);
	float8		reach = 0;

	for (int i = 0; i < plan->npicks; i++)
	{
		const Candidate *pick = plan->picks[i];
		Datum		values[PICK_COLUMNS];
		bool		nulls[PICK_COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		spent = numeric_plus(spent, pick->fee);
		reach += plan->added[i];
		values[PICK_NUMBER] = Int32GetDatum(i + 1);
		values[PICK_ID] = pick->id;
		values[PICK_FEE] = NumericGetDatum(pick->fee);
		values[PICK_SPENT] = NumericGetDatum(spent);
		values[PICK_ADDED_REACH] = Float8GetDatum(plan->added[i]);
		values[PICK_TOTAL_REACH] = Float8GetDatum(reach);
		picks[i] = HeapTupleGetDatum(heap_form_tuple(tupdesc, values, nulls));
	}
	return construct_array(picks, plan->npicks, pick_type, -1, false,
						   TYPALIGN_DOUBLE);
}

PG_FUNCTION_INFO_V1(campaign_plan_final);

/* final function: the picks, in the order of reach added per fee */
Datum
campaign_plan_final(PG_FUNCTION_ARGS)
{
	Oid			pick_type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	Candidate  *candidates;
	Numeric		budget = NULL;
	Oid			id_type;
	int			count;

	if (PG_ARGISNULL(0))
		return PointerGetDatum(construct_empty_array(pick_type));
	count = read_candidates(PG_GETARG_DATUM(0), &candidates, &budget, &id_type);
	if (count == 0)
		return PointerGetDatum(construct_empty_array(pick_type));
	qsort_interruptible(candidates, count, sizeof(Candidate), compare_candidates, &id_type);
	PG_RETURN_ARRAYTYPE_P(picks_array(campaign_best_plan(candidates, count, budget),
									  pick_type));
}
