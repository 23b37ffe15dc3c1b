/*-------------------------------------------------------------------------
 *
 * campaign_state.c
 *		From the state of campaign_plan() to what is to be planned.
 *
 * The state is an array of rows, so it may have been written by hand, and
 * everything in it is checked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/arrayaccess.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/uuid.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "base/numeric.h"
#include "base/result.h"
#include "campaign/campaign_state.h"

/* What all rows of a state have in common. */
typedef struct StateReader
{
	PlanProblem *problem;
	Oid			id_type;
	TupleDesc	tupdesc;
	int			count;
	ArrayType  *budgets;		/* of the first row */
	text	   *rules;			/* of the first row; NULL: none */
	bool		by_numbers;
	MarketRow  *markets;		/* of each candidate of a plan by numbers */
	ArrayType **labels;			/* of each candidate; NULL: none */
} StateReader;

/* Whether two arrays hold equal budgets: 10 is 10.0. */
static bool
same_budgets(ArrayType *a, ArrayType *b)
{
	Numeric    *x;
	Numeric    *y;
	int			count;

	if (campaign_same_bytes(a, b))
		return true;
	count = campaign_check_budgets(a, &x);
	if (campaign_check_budgets(b, &y) != count)
		return false;
	for (int i = 0; i < count; i++)
	{
		check_interrupts(i);
		if (numeric_compare(x[i], y[i]) != 0)
			return false;
	}
	return true;
}

/* The double whose bits a bigint has. */
static float8
bits_float8(Datum bits)
{
	int64		value = DatumGetInt64(bits);
	float8		result;

	memcpy(&result, &value, sizeof(result));
	return result;
}

/* campaign_fail_null: error 22023, a state lacks a value */
void
campaign_fail_null(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a candidate in the state of campaign_plan() lacks a value")));
}

/* What a candidate reaches, by numbers. */
static void
read_numbers(StateReader *reader, Candidate *candidate, const Datum *values,
			 const bool *nulls)
{
	MarketRow  *market = &reader->markets[reader->count];

	if (nulls[CANDIDATE_POPULATION])
		campaign_fail_null();
	market->population = bits_float8(values[CANDIDATE_POPULATION]);
	market->fitted = !nulls[CANDIDATE_MEAN_COMMON];
	market->mean_common = 0;
	if (market->fitted)
	{
		market->mean_common = bits_float8(values[CANDIDATE_MEAN_COMMON]);
		campaign_check_mean_common(market->mean_common);
	}
	market->name = nulls[CANDIDATE_MARKET] ? NULL :
		DatumGetTextPP(values[CANDIDATE_MARKET]);
	candidate->reach = bits_float8(values[CANDIDATE_REACH]);
	campaign_check_reach(candidate->reach, market->population);
	candidate->share = candidate->reach / market->population;
	candidate->audience.theta = THETA_MAX;
}

/*
 * What a sketch reaches by the hashes that picks are chosen by, which the row
 * says: nothing that its hashes can't, or counted now.
 */
static void
read_sketch(Candidate *candidate, const Datum *values, const bool *nulls)
{
	AudienceView *audience = &candidate->audience;

	audience_view(PG_DETOAST_DATUM_PACKED(values[CANDIDATE_AUDIENCE]),
				  audience);
	candidate->reach = nulls[CANDIDATE_REACH] ?
		cover_own_reach(SIDE_CHOOSE, audience) :
		bits_float8(values[CANDIDATE_REACH]);
	if (audience->theta == THETA_MAX || candidate->reach <= 0)
		candidate->reach = audience_estimate(audience);
	if (!(candidate->reach <= 2 * audience_estimate(audience)))
		campaign_fail_null();
}

/* What must be the same in all rows. */
static void
read_terms(StateReader *reader, const Datum *values, const bool *nulls)
{
	ArrayType  *budgets = DatumGetArrayTypeP(values[CANDIDATE_BUDGETS]);
	text	   *rules = nulls[CANDIDATE_RULES] ? NULL :
		DatumGetTextPP(values[CANDIDATE_RULES]);
	bool		by_numbers = nulls[CANDIDATE_AUDIENCE];

	if (ARR_ELEMTYPE(budgets) != NUMERICOID)
		campaign_fail_null();
	if (reader->count == 0)
	{
		reader->budgets = budgets;
		reader->rules = rules;
		reader->by_numbers = by_numbers;
	}
	campaign_check_same(same_budgets(reader->budgets, budgets), "budget");
	campaign_check_same(campaign_same_bytes(reader->rules, rules), "rules");
	campaign_check_same(by_numbers == reader->by_numbers, "the kind of reach");
}

/* Take a candidate apart. */
static void
read_candidate(StateReader *reader, Datum datum, Candidate *candidate)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(datum);
	HeapTupleData tuple = {0};
	Datum		values[CANDIDATE_COLUMNS];
	bool		nulls[CANDIDATE_COLUMNS];

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	tuple.t_data = header;
	heap_deform_tuple(&tuple, reader->tupdesc, values, nulls);
	if (nulls[CANDIDATE_ID] || nulls[CANDIDATE_FEE] ||
		nulls[CANDIDATE_WEIGHT] ||
		nulls[CANDIDATE_BUDGETS] ||
		(nulls[CANDIDATE_AUDIENCE] && nulls[CANDIDATE_REACH]))
		campaign_fail_null();
	read_terms(reader, values, nulls);
	candidate->id = reader->id_type == TEXTOID ?
		PointerGetDatum(PG_DETOAST_DATUM_PACKED(values[CANDIDATE_ID])) :
		values[CANDIDATE_ID];
	candidate->fee = DatumGetNumeric(values[CANDIDATE_FEE]);
	campaign_check_fee(candidate->fee);
	candidate->cost = numeric_to_double(candidate->fee);
	candidate->weight = bits_float8(values[CANDIDATE_WEIGHT]);
	campaign_check_weight(candidate->weight);
	if (reader->by_numbers)
		read_numbers(reader, candidate, values, nulls);
	else
		read_sketch(candidate, values, nulls);
	reader->labels[reader->count] = nulls[CANDIDATE_GROUPS] ? NULL :
		DatumGetArrayTypeP(values[CANDIDATE_GROUPS]);
}

/* How many rows an array holds: those that are NULL take no room in it. */
static int
count_rows(AnyArrayType *array, int nitems)
{
	array_iter	iterator;
	int			count = 0;

	ArrayIterSetup(&iterator, array, -1, false, TYPALIGN_DOUBLE);
	for (int i = 0; i < nitems; i++)
	{
		bool		isnull;

		CHECK_FOR_INTERRUPTS();
		(void) ArrayIterNext(&iterator, &isnull, i, -1, false,
							 TYPALIGN_DOUBLE);
		count += !isnull;
	}
	return count;
}

/* Read all rows of a state. */
static void
read_candidates(StateReader *reader, AnyArrayType *array)
{
	int			nitems = ArrayGetNItems(AARR_NDIM(array), AARR_DIMS(array));
	Size		nrows = Max(count_rows(array, nitems), 1);
	array_iter	iterator;

	reader->problem->candidates =
		palloc_extended(nrows * sizeof(Candidate),
						MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	reader->markets = palloc_extended(nrows * sizeof(MarketRow),
									  MCXT_ALLOC_HUGE);
	reader->labels = palloc_extended(nrows * sizeof(ArrayType *),
									 MCXT_ALLOC_HUGE);
	ArrayIterSetup(&iterator, array, -1, false, TYPALIGN_DOUBLE);
	for (int i = 0; i < nitems; i++)
	{
		bool		isnull;
		Datum		datum = ArrayIterNext(&iterator, &isnull, i, -1, false,
										  TYPALIGN_DOUBLE);

		CHECK_FOR_INTERRUPTS();
		if (isnull)
			continue;
		read_candidate(reader, datum,
					   &reader->problem->candidates[reader->count]);
		reader->count++;
	}
	reader->problem->count = reader->count;
}

static bool
weights_differ(const PlanProblem *problem)
{
	for (int i = 1; i < problem->count; i++)
	{
		if (problem->candidates[i].weight != problem->candidates[0].weight)
			return true;
	}
	return false;
}

/* The table of people. */
static void
prepare_cover(PlanProblem *problem)
{
	Reached    *reached = &problem->reached;
	bool		sampled = false;
	CoverKind	kind = weights_differ(problem) ? COVER_WEIGHTED : COVER_PLAIN;

	if (reached->often > 1 && kind == COVER_WEIGHTED)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("weights must be the same where people must be reached several times"),
				 errhint("Leave out reach_at, or the weights.")));
	if (reached->often > 1)
		kind = COVER_TIMES;
	for (int i = 0; i < problem->count; i++)
		sampled |= problem->candidates[i].audience.theta != THETA_MAX;
	reached->cover = palloc(sizeof(Cover));
	cover_init(reached->cover, kind, reached->often,
			   sampled ? SIDE_CHOOSE : SIDE_BOTH);
}

/*
 * Whether a candidate may be picked, by its reach or because rules ask for it.
 */
static bool
is_wanted(const PlanProblem *problem, const Candidate *candidate)
{
	bool		wanted = candidate->reach > 0 && candidate->weight > 0;

	for (int i = 0; i < candidate->ngroups; i++)
		wanted |= problem->groups[candidate->groups[i]].least > 0;
	return wanted;
}

/* Somebody stays a candidate, or does not; so many stay before. */
static void
keep_candidate(PlanProblem *problem, const Candidate *candidate, bool stays,
			   int *kept)
{
	if (stays)
		problem->candidates[(*kept)++] = *candidate;
	else
		plan_leave_groups(problem, candidate);
}

/* Leave out who can't be paid even with the largest budget. */
static void
drop_unpayable(PlanProblem *problem, Numeric largest)
{
	int			kept = 0;

	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		keep_candidate(problem, candidate,
					   numeric_compare(candidate->fee, largest) <= 0, &kept);
	}
	problem->count = kept;
}

/* Leave out who is not wanted. */
static void
drop_unwanted(PlanProblem *problem)
{
	int			kept = 0;

	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		keep_candidate(problem, candidate, is_wanted(problem, candidate),
					   &kept);
	}
	problem->count = kept;
}

static int
compare_budgets(const void *a, const void *b)
{
	return numeric_compare(*(const Numeric *) a, *(const Numeric *) b);
}

/*
 * campaign_read_state
 *		All that a state says, the budgets ascending.
 *
 * Returns false if it says nothing.
 */
bool
campaign_read_state(Datum state, PlanProblem *problem, Numeric **budgets,
					int *nbudgets, Oid *id_type)
{
	AnyArrayType *array = DatumGetAnyArrayP(state);
	StateReader reader = {.problem = problem};

	memset(problem, 0, sizeof(*problem));
	reader.tupdesc = row_descriptor(AARR_ELEMTYPE(array), CANDIDATE_COLUMNS);
	reader.id_type = TupleDescAttr(reader.tupdesc, CANDIDATE_ID)->atttypid;
	*id_type = reader.id_type;
	read_candidates(&reader, array);
	if (problem->count == 0)
		return false;
	*nbudgets = campaign_check_budgets(reader.budgets, budgets);
	sort_interruptible(*budgets, *nbudgets, sizeof(Numeric), compare_budgets);
	if (*nbudgets == 0)
		return false;
	if (reader.by_numbers)
		plan_make_markets(problem, reader.markets);
	plan_make_groups(problem, reader.rules, reader.labels, reader.id_type);
	/* who must be reached more often than there are candidates can't be */
	problem->reached.often = Min(problem->rules.reach_at, problem->count + 1);
	problem->reached.often = Max(problem->reached.often, 1);
	/* the model of a market is that of all; what is sampled, of candidates */
	if (reader.by_numbers)
		plan_prepare_markets(problem);
	drop_unpayable(problem, (*budgets)[*nbudgets - 1]);
	if (!reader.by_numbers)
		prepare_cover(problem);
	drop_unwanted(problem);
	plan_sort_candidates(problem, reader.id_type);
	return true;
}
