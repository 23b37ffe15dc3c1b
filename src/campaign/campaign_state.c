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
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/arrayaccess.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"
#include "utils/uuid.h"

#include "base/compat.h"
#include "base/interrupt.h"
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
	int			markets_room;
	uint32	   *market_slots;	/* a table of them by name, with linear probing */
	ArrayType **labels;			/* of each candidate; NULL: none */
} StateReader;

/*
 * campaign_row_columns: the columns of a row type, which must be as many as we
 * know
 */
TupleDesc
campaign_row_columns(Oid type, int columns)
{
	TupleDesc	tupdesc = lookup_rowtype_tupdesc_copy(type, -1);

	if (tupdesc->natts != columns)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s has been altered", format_type_be(type))));
	return tupdesc;
}

static bool
numeric_negative(Numeric number)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(number),
											 NumericGetDatum(int64_to_numeric(0)))) < 0;
}

/* campaign_check_budget: error 22023 if it is none */
void
campaign_check_budget(Numeric budget)
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
				 errmsg("population must be above 0 and finite: %g", population)));
	if (!(reach >= 0 && reach <= population))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reach must be between 0 and the population: %g of %g",
						reach, population)));
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

	deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elems, &nulls,
					  &count);
	*budgets = palloc((count + 1) * sizeof(Numeric));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("budget must not be null")));
		(*budgets)[i] = DatumGetNumeric(elems[i]);
		campaign_check_budget((*budgets)[i]);
	}
	return count;
}

static void
check_same(bool same, const char *what)
{
	if (!same)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be the same for all candidates of a plan", what)));
}

/* Whether two values of a variable length have equal bytes. */
static bool
same_bytes(const void *a, const void *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

/* Whether two arrays hold equal budgets: 10 is 10.0. */
static bool
same_budgets(ArrayType *a, ArrayType *b)
{
	Numeric    *x;
	Numeric    *y;
	int			count;

	if (same_bytes(a, b))
		return true;
	count = campaign_check_budgets(a, &x);
	if (campaign_check_budgets(b, &y) != count)
		return false;
	for (int i = 0; i < count; i++)
	{
		if (!DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(x[i]),
											  NumericGetDatum(y[i]))))
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

/*
 * Where the table of markets has the number of a name, plus 1; 0 is there where
 * it would go.
 */
static uint32 *
market_slot(const StateReader *reader, const text *name)
{
	const Market *markets = reader->problem->reached.markets;
	uint32		mask = 2 * reader->markets_room - 1;
	uint32		i = name == NULL ? 0 :
		hash_bytes((const unsigned char *) VARDATA_ANY(name),
				   (int) VARSIZE_ANY_EXHDR(name)) & mask;

	for (uint32 probes = 1; reader->market_slots[i] != 0 &&
		 !same_bytes(markets[reader->market_slots[i] - 1].name, name); probes++)
	{
		check_probes(probes);
		i = (i + 1) & mask;
	}
	return &reader->market_slots[i];
}

/* Twice the room for markets; at most half of their table is used. */
static void
enlarge_markets(StateReader *reader)
{
	Reached    *reached = &reader->problem->reached;

	reader->markets_room = Max(8, 2 * reader->markets_room);
	reached->markets = reached->markets == NULL ?
		palloc(reader->markets_room * sizeof(Market)) :
		repalloc_huge(reached->markets, reader->markets_room * sizeof(Market));
	reader->market_slots =
		palloc_extended(2 * reader->markets_room * sizeof(uint32),
						MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < reached->nmarkets; i++)
		*market_slot(reader, reached->markets[i].name) = i + 1;
}

/* The market of a candidate, which is new, or has the same figures. */
static int
find_market(StateReader *reader, text *name, float8 population, bool fitted,
			float8 mean_common)
{
	Reached    *reached = &reader->problem->reached;
	Market	   *market;
	uint32	   *slot;

	if (reached->nmarkets == reader->markets_room)
		enlarge_markets(reader);
	slot = market_slot(reader, name);
	if (*slot != 0)
	{
		market = &reached->markets[*slot - 1];
		check_same(market->population == population, "population of a market");
		check_same(market->fitted == fitted && market->mean_common == mean_common,
				   "mean common reach of a market");
		return market->number;
	}
	market = &reached->markets[reached->nmarkets];
	memset(market, 0, sizeof(*market));
	market->number = reached->nmarkets++;
	market->name = name;
	market->population = population;
	market->fitted = fitted;
	market->mean_common = mean_common;
	*slot = reached->nmarkets;
	return market->number;
}

static void
fail_null(void)
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
	float8		population;
	bool		fitted = !nulls[CANDIDATE_MEAN_COMMON];

	if (nulls[CANDIDATE_POPULATION])
		fail_null();
	population = bits_float8(values[CANDIDATE_POPULATION]);
	candidate->reach = bits_float8(values[CANDIDATE_REACH]);
	campaign_check_reach(candidate->reach, population);
	candidate->share = candidate->reach / population;
	candidate->audience.theta = THETA_MAX;
	candidate->market = find_market(reader, nulls[CANDIDATE_MARKET] ? NULL :
									DatumGetTextPP(values[CANDIDATE_MARKET]),
									population, fitted, fitted ?
									bits_float8(values[CANDIDATE_MEAN_COMMON]) : 0);
	reader->problem->reached.markets[candidate->market].count++;
}

/* What must be the same in all rows. */
static void
read_terms(StateReader *reader, const Datum *values, const bool *nulls)
{
	ArrayType  *budgets = DatumGetArrayTypeP(values[CANDIDATE_BUDGETS]);
	text	   *rules = nulls[CANDIDATE_RULES] ? NULL :
		DatumGetTextPP(values[CANDIDATE_RULES]);
	bool		by_numbers = !nulls[CANDIDATE_REACH];

	if (ARR_ELEMTYPE(budgets) != NUMERICOID)
		fail_null();
	if (reader->count == 0)
	{
		reader->budgets = budgets;
		reader->rules = rules;
		reader->by_numbers = by_numbers;
	}
	check_same(same_budgets(reader->budgets, budgets), "budget");
	check_same(same_bytes(reader->rules, rules), "rules");
	check_same(by_numbers == reader->by_numbers, "the kind of reach");
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
	if (nulls[CANDIDATE_ID] || nulls[CANDIDATE_FEE] || nulls[CANDIDATE_WEIGHT] ||
		nulls[CANDIDATE_BUDGETS] ||
		nulls[CANDIDATE_AUDIENCE] == nulls[CANDIDATE_REACH])
		fail_null();
	read_terms(reader, values, nulls);
	candidate->id = reader->id_type == TEXTOID ?
		PointerGetDatum(PG_DETOAST_DATUM_PACKED(values[CANDIDATE_ID])) :
		values[CANDIDATE_ID];
	candidate->fee = DatumGetNumeric(values[CANDIDATE_FEE]);
	campaign_check_fee(candidate->fee);
	candidate->cost = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
														 NumericGetDatum(candidate->fee)));
	candidate->weight = bits_float8(values[CANDIDATE_WEIGHT]);
	campaign_check_weight(candidate->weight);
	if (reader->by_numbers)
		read_numbers(reader, candidate, values, nulls);
	else
		audience_view(PG_DETOAST_DATUM_PACKED(values[CANDIDATE_AUDIENCE]),
					  &candidate->audience);
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
		(void) ArrayIterNext(&iterator, &isnull, i, -1, false, TYPALIGN_DOUBLE);
		count += !isnull;
	}
	return count;
}

/* Read all rows of a state. */
static void
read_rows(StateReader *reader, AnyArrayType *array)
{
	int			nitems = ArrayGetNItems(AARR_NDIM(array), AARR_DIMS(array));
	Size		nrows = Max(count_rows(array, nitems), 1);
	array_iter	iterator;

	reader->problem->candidates =
		palloc_extended(nrows * sizeof(Candidate),
						MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
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
		read_candidate(reader, datum, &reader->problem->candidates[reader->count]);
		reader->count++;
	}
	reader->problem->count = reader->count;
}

/* The text of an id, as rules name it. */
static char *
id_text(Datum id, Oid id_type)
{
	if (id_type == INT8OID)
		return DatumGetCString(DirectFunctionCall1(int8out, id));
	if (id_type == UUIDOID)
		return DatumGetCString(DirectFunctionCall1(uuid_out, id));
	return TextDatumGetCString(id);
}

/* Write the ids of rules as the type does. */
static void
canonical_rule_ids(PlanRules *rules, Oid id_type)
{
	for (int i = 0; i < rules->nids; i++)
	{
		char	  **id = &rules->ids[i].id;

		if (id_type == INT8OID)
			*id = id_text(DirectFunctionCall1(int8in, CStringGetDatum(*id)), id_type);
		else if (id_type == UUIDOID)
			*id = id_text(DirectFunctionCall1(uuid_in, CStringGetDatum(*id)), id_type);
	}
}

static void
init_group(PlanGroup *group, const char *name, int least, int most,
		   float8 fee_share)
{
	group->name = name;
	group->least = least;
	group->most = most;
	group->fee_share = fee_share;
	group->members = 0;
	group->last_member = NULL;
	group->is_id = false;
}

/*
 * The groups that rules name: all picks, labels, and ids that must be picked.
 */
static void
make_groups(PlanProblem *problem)
{
	const PlanRules *rules = &problem->rules;

	problem->groups = palloc(((Size) rules->ngroups + rules->nids + 1) *
							 sizeof(PlanGroup));
	for (int i = 0; i < rules->ngroups; i++)
	{
		const GroupRule *rule = &rules->groups[i];

		init_group(&problem->groups[problem->ngroups++],
				   rule->name ? rule->name : "picks", rule->least, rule->most,
				   rule->fee_share);
	}
	for (int i = 0; i < rules->nids; i++)
	{
		if (!rules->ids[i].with)
			continue;
		init_group(&problem->groups[problem->ngroups], rules->ids[i].id, 1,
				   PG_INT32_MAX, 1);
		problem->groups[problem->ngroups++].is_id = true;
	}
}

/* Join a group, unless that was done before: for labels come twice. */
static void
join_group(PlanProblem *problem, Candidate *candidate, int number)
{
	PlanGroup  *group = &problem->groups[number];

	if (group->last_member == candidate)
		return;
	group->last_member = candidate;
	group->members++;
	candidate->groups[candidate->ngroups++] = number;
}

/* Join the groups of a candidate's labels. */
static void
join_labels(PlanProblem *problem, Candidate *candidate, ArrayType *labels)
{
	Datum	   *elems = NULL;
	bool	   *nulls = NULL;
	int			count = 0;

	if (labels != NULL && ARR_ELEMTYPE(labels) != TEXTOID)
		fail_null();
	if (labels != NULL)
		deconstruct_array(labels, TEXTOID, -1, false, TYPALIGN_INT, &elems, &nulls,
						  &count);
	candidate->groups = palloc((Min(count, problem->ngroups) + 2) * sizeof(int));
	candidate->ngroups = 0;
	if (problem->rules.ngroups > 0 && problem->rules.groups[0].name == NULL)
		join_group(problem, candidate, 0);
	for (int i = 0; i < count; i++)
	{
		const GroupRule *rule = nulls[i] ? NULL :
			plan_rules_group(&problem->rules, VARDATA_ANY(DatumGetPointer(elems[i])),
							 VARSIZE_ANY_EXHDR(DatumGetPointer(elems[i])));

		CHECK_FOR_INTERRUPTS();
		if (rule != NULL)
			join_group(problem, candidate, rule - problem->rules.groups);
	}
}

/* The rule for an id; -1 if there is none. */
static int
find_id_rule(const PlanRules *rules, const char *id)
{
	for (int low = 0, high = rules->nids; low < high;)
	{
		int			middle = low + (high - low) / 2;
		int			order = strcmp(id, rules->ids[middle].id);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

static int
compare_id_rules(const void *a, const void *b)
{
	return strcmp(((const IdRule *) a)->id, ((const IdRule *) b)->id);
}

/* The group of an id that must be picked. */
static int
id_group(const PlanProblem *problem, int rule)
{
	int			group = problem->rules.ngroups;

	for (int i = 0; i < rule; i++)
		group += problem->rules.ids[i].with;
	return group;
}

/*
 * Join a candidate to the group of its id; returns false if it must not be
 * picked.
 */
static bool
obey_id_rule(PlanProblem *problem, Candidate *candidate, Oid id_type)
{
	int			rule;

	if (problem->rules.nids == 0)
		return true;
	rule = find_id_rule(&problem->rules, id_text(candidate->id, id_type));
	if (rule < 0)
		return true;
	if (problem->rules.ids[rule].with)
		join_group(problem, candidate, id_group(problem, rule));
	return problem->rules.ids[rule].with;
}

/* Read the rules, and sort the candidates into their groups. */
static void
read_state_rules(StateReader *reader)
{
	PlanProblem *problem = reader->problem;
	PlanRules  *rules = &problem->rules;
	int			kept = 0;

	plan_rules_none(rules);
	if (reader->rules != NULL)
		(void) plan_rules_read(text_to_cstring(reader->rules), rules, NULL);
	canonical_rule_ids(rules, reader->id_type);
	if (rules->nids > 0)
		qsort(rules->ids, rules->nids, sizeof(IdRule), compare_id_rules);
	make_groups(problem);
	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		CHECK_FOR_INTERRUPTS();
		join_labels(problem, candidate, reader->labels[i]);
		if (obey_id_rule(problem, candidate, reader->id_type))
			problem->candidates[kept++] = *candidate;
		else
			for (int j = 0; j < candidate->ngroups; j++)
				problem->groups[candidate->groups[j]].members--;
	}
	problem->count = kept;
}

/* Fit the model of each market to its candidates. */
static void
fit_market(Market *market)
{
	float8		least;
	float8		most;

	reach_model_init(&market->model);
	if (market->fitted &&
		!reach_model_fit(&market->model, market->shares, market->count,
						 market->mean_common / market->population, &least, &most))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean common reach of pairs is impossible: %g",
						market->mean_common),
				 errdetail("With the reaches of the %d candidates it is at least 0 and at most %g.",
						   market->count, most * market->population)));
}

static int
compare_shares(const void *a, const void *b)
{
	return float8_cmp_internal(*(const float8 *) a, *(const float8 *) b);
}

/* Collect the shares of each market, ascending, and fit. */
static void
fit_markets(PlanProblem *problem)
{
	Reached    *reached = &problem->reached;

	for (int i = 0; i < reached->nmarkets; i++)
	{
		reached->markets[i].shares =
			MemoryContextAllocHuge(CurrentMemoryContext,
								   ((Size) reached->markets[i].count + 1) * sizeof(float8));
		reached->markets[i].count = 0;
	}
	for (int i = 0; i < problem->count; i++)
	{
		Market	   *market = &reached->markets[problem->candidates[i].market];

		market->shares[market->count++] = problem->candidates[i].share;
	}
	for (int i = 0; i < reached->nmarkets; i++)
	{
		qsort(reached->markets[i].shares, reached->markets[i].count, sizeof(float8),
			  compare_shares);
		fit_market(&reached->markets[i]);
	}
}

/* After the rules are known: what each candidate is to its market's model. */
static void
prepare_markets(PlanProblem *problem)
{
	Reached    *reached = &problem->reached;

	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		candidate->term = reach_model_term(&reached->markets[candidate->market].model,
										   candidate->share);
	}
	for (int i = 0; i < reached->nmarkets && reached->often > 1; i++)
	{
		Market	   *market = &reached->markets[i];

		reach_times_init(&market->times, &market->model, market->shares,
						 market->count, reached->often);
	}
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

/*
 * The table of people, and what each candidate reaches by the hashes chosen
 * by.
 */
static void
prepare_cover(PlanProblem *problem)
{
	Reached    *reached = &problem->reached;
	bool		sampled = false;
	Side		side;
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
	side = sampled ? SIDE_CHOOSE : SIDE_BOTH;
	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		candidate->reach = cover_own_reach(side, candidate);
		if (candidate->reach <= 0)
			candidate->reach = audience_estimate(&candidate->audience);
	}
	reached->cover = palloc(sizeof(Cover));
	cover_init(reached->cover, kind, reached->often, side);
}

static int
compare_ids(Datum a, Datum b, Oid id_type)
{
	text	   *x = (text *) DatumGetPointer(a);
	text	   *y = (text *) DatumGetPointer(b);
	int			order;

	if (id_type == INT8OID)
		return (DatumGetInt64(a) > DatumGetInt64(b)) -
			(DatumGetInt64(a) < DatumGetInt64(b));
	if (id_type == UUIDOID)
		return memcmp(DatumGetUUIDP(a)->data, DatumGetUUIDP(b)->data, UUID_LEN);
	order = memcmp(VARDATA_ANY(x), VARDATA_ANY(y),
				   Min(VARSIZE_ANY_EXHDR(x), VARSIZE_ANY_EXHDR(y)));
	return order != 0 ? order :
		(VARSIZE_ANY_EXHDR(x) > VARSIZE_ANY_EXHDR(y)) -
		(VARSIZE_ANY_EXHDR(x) < VARSIZE_ANY_EXHDR(y));
}

static int
compare_audiences(const AudienceView *a, const AudienceView *b)
{
	if (a->theta != b->theta)
		return a->theta < b->theta ? -1 : 1;
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	return a->count == 0 ? 0 :
		memcmp(a->hashes, b->hashes, a->count * sizeof(uint64));
}

static int
compare_numbers(float8 a, float8 b)
{
	return (a > b) - (a < b);
}

/* What groups two candidates of the same rules are in. */
static int
compare_groups(const Candidate *a, const Candidate *b)
{
	for (int i = 0; i < Min(a->ngroups, b->ngroups); i++)
	{
		if (a->groups[i] != b->groups[i])
			return a->groups[i] < b->groups[i] ? -1 : 1;
	}
	return compare_numbers(a->ngroups, b->ngroups);
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
		order = DatumGetInt32(DirectFunctionCall2(numeric_cmp,
												  NumericGetDatum(x->fee),
												  NumericGetDatum(y->fee)));
	if (order == 0)
		order = compare_numbers(x->weight, y->weight);
	if (order == 0)
		order = compare_numbers(x->reach, y->reach);
	if (order == 0)
		order = compare_numbers(x->share, y->share);
	if (order == 0)
		order = compare_groups(x, y);
	return order == 0 ? compare_audiences(&x->audience, &y->audience) : order;
}

static int
compare_markets(const void *a, const void *b)
{
	const text *x = ((const Market *) a)->name;
	const text *y = ((const Market *) b)->name;

	if (x == NULL || y == NULL)
		return (x != NULL) - (y != NULL);
	return compare_ids(PointerGetDatum(x), PointerGetDatum(y), TEXTOID);
}

/* Put markets into an order of their own. */
static void
sort_markets(PlanProblem *problem)
{
	Reached    *reached = &problem->reached;
	int		   *place;

	if (reached->nmarkets < 2)
		return;
	qsort(reached->markets, reached->nmarkets, sizeof(Market), compare_markets);
	place = palloc_extended(reached->nmarkets * sizeof(int), MCXT_ALLOC_HUGE);
	for (int i = 0; i < reached->nmarkets; i++)
		place[reached->markets[i].number] = i;
	for (int i = 0; i < problem->count; i++)
		problem->candidates[i].market = place[problem->candidates[i].market];
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

/*
 * Leave out who is not wanted, or can't be paid even with the largest budget.
 */
static void
drop_hopeless(PlanProblem *problem, Numeric largest)
{
	int			kept = 0;

	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		if (is_wanted(problem, candidate) &&
			DatumGetInt32(DirectFunctionCall2(numeric_cmp,
											  NumericGetDatum(candidate->fee),
											  NumericGetDatum(largest))) <= 0)
			problem->candidates[kept++] = *candidate;
		else
			for (int j = 0; j < candidate->ngroups; j++)
				problem->groups[candidate->groups[j]].members--;
	}
	problem->count = kept;
}

static int
compare_budgets(const void *a, const void *b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp,
											 NumericGetDatum(*(const Numeric *) a),
											 NumericGetDatum(*(const Numeric *) b)));
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
	reader.tupdesc = campaign_row_columns(AARR_ELEMTYPE(array), CANDIDATE_COLUMNS);
	reader.id_type = TupleDescAttr(reader.tupdesc, CANDIDATE_ID)->atttypid;
	*id_type = reader.id_type;
	read_rows(&reader, array);
	if (problem->count == 0)
		return false;
	*nbudgets = campaign_check_budgets(reader.budgets, budgets);
	qsort(*budgets, *nbudgets, sizeof(Numeric), compare_budgets);
	if (*nbudgets == 0)
		return false;
	sort_markets(problem);
	if (reader.by_numbers)
		fit_markets(problem);
	read_state_rules(&reader);
	/* who must be reached more often than there are candidates can't be */
	problem->reached.often = Min(problem->rules.reach_at, problem->count + 1);
	problem->reached.often = Max(problem->reached.often, 1);
	if (reader.by_numbers)
		prepare_markets(problem);
	else
		prepare_cover(problem);
	drop_hopeless(problem, (*budgets)[*nbudgets - 1]);
	qsort_interruptible(problem->candidates, problem->count, sizeof(Candidate),
						compare_candidates, id_type);
	return true;
}
