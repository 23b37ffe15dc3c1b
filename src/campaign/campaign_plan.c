/*-------------------------------------------------------------------------
 *
 * campaign_plan.c
 *		The aggregates campaign_plan and campaign_curve: from rows of
 *		candidates to picks, and to what budgets buy.
 *
 * A plan needs all candidates at once, so the state is just what came in:
 * an array of candidates, kept as PostgreSQL's expanded array while rows are
 * added.  It is an ordinary SQL value that can be built in parts, sent and
 * merged; arrays and composite types bring its input and output along, and
 * audience_sketch checks the sketches in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "base/result.h"
#include "campaign/campaign_state.h"

/* The columns of campaign_pick. */
enum PickColumn
{
	PICK_NUMBER,
	PICK_ID,
	PICK_FEE,
	PICK_SPENT,
	PICK_ADDED_REACH,
	PICK_TOTAL_REACH,
	PICK_TOTAL_REACH_LOW,
	PICK_TOTAL_REACH_HIGH,
	PICK_REACH_BOUND,
	PICK_COLUMNS
};

/* The columns of campaign_point. */
enum PointColumn
{
	POINT_BUDGET,
	POINT_PICKS,
	POINT_SPENT,
	POINT_TOTAL_REACH,
	POINT_TOTAL_REACH_LOW,
	POINT_TOTAL_REACH_HIGH,
	POINT_REACH_BOUND,
	POINT_COLUMNS
};

/* The picks of a plan as an array of campaign_pick. */
static ArrayType *
picks_array(const CampaignPlan *plan, Oid pick_type)
{
	TupleDesc	tupdesc = row_descriptor(pick_type, PICK_COLUMNS);
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
		values[PICK_TOTAL_REACH_LOW] = Float8GetDatum(plan->low[i]);
		values[PICK_TOTAL_REACH_HIGH] = Float8GetDatum(plan->high[i]);
		values[PICK_REACH_BOUND] = Float8GetDatum(plan->bound);
		picks[i] = HeapTupleGetDatum(heap_form_tuple(tupdesc, values, nulls));
	}
	return construct_array(picks, plan->npicks, pick_type, -1, false,
						   TYPALIGN_DOUBLE);
}

/*
 * The plan of a budget, with what it reaches.  NULL where the rules can't be
 * obeyed; *impossible says why.
 */
static CampaignPlan *
make_plan(PlanProblem *problem, Numeric budget, int64 effort,
		  char **impossible)
{
	CampaignPlan *plan = campaign_best_plan(problem, budget, effort,
											impossible);

	if (plan == NULL)
		return NULL;
	campaign_report(problem, plan);
	if (plan->reach >= problem->rules.least_reach)
		return plan;
	*impossible =
		psprintf("At least %.15g people must be reached; the plan found reaches %.15g, and none can reach more than %.15g.",
				 problem->rules.least_reach, plan->reach,
				 plan->bound);
	return NULL;
}

PG_FUNCTION_INFO_V1(campaign_plan_final);

/* final function: the picks, in the order of reach added per fee */
Datum
campaign_plan_final(PG_FUNCTION_ARGS)
{
	Oid			pick_type =
		get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	PlanProblem problem;
	CampaignPlan *plan;
	Numeric    *budgets;
	int			nbudgets;
	Oid			id_type;
	char	   *impossible;

	if (PG_ARGISNULL(0) ||
		!campaign_read_state(PG_GETARG_DATUM(0), &problem, &budgets, &nbudgets,
							 &id_type))
		return PointerGetDatum(construct_empty_array(pick_type));
	plan = make_plan(&problem, budgets[nbudgets - 1], SEARCH_EFFORT,
					 &impossible);
	if (plan != NULL)
		PG_RETURN_ARRAYTYPE_P(picks_array(plan, pick_type));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("no plan obeys the rules"),
			 errdetail("%s", impossible)));
	PG_RETURN_NULL();			/* not reached */
}

/*
 * One budget of a curve as a row; all but the budget is NULL without a plan.
 */
static Datum
point_row(TupleDesc tupdesc, Numeric budget, const CampaignPlan *plan,
		  float8 bound)
{
	Datum		values[POINT_COLUMNS] = {0};
	bool		nulls[POINT_COLUMNS];
	int			last = plan != NULL ? plan->npicks - 1 : 0;

	memset(nulls, plan == NULL, sizeof(nulls));
	nulls[POINT_BUDGET] = false;
	values[POINT_BUDGET] = NumericGetDatum(budget);
	if (plan != NULL)
	{
		values[POINT_PICKS] = Int32GetDatum(plan->npicks);
		values[POINT_SPENT] = NumericGetDatum(plan->spent);
		values[POINT_TOTAL_REACH] = Float8GetDatum(plan->reach);
		values[POINT_TOTAL_REACH_LOW] = Float8GetDatum(last < 0 ? 0 :
													   plan->low[last]);
		values[POINT_TOTAL_REACH_HIGH] = Float8GetDatum(last < 0 ? 0 :
														plan->high[last]);
		values[POINT_REACH_BOUND] = Float8GetDatum(bound);
	}
	return HeapTupleGetDatum(heap_form_tuple(tupdesc, values, nulls));
}

/*
 * The plans of all budgets as rows.  A plan for less is one for more as well,
 * and is taken where it reaches more; and no smaller budget has a larger
 * bound.
 */
static ArrayType *
curve_array(PlanProblem *problem, Numeric *budgets, int nbudgets,
			Oid point_type)
{
	TupleDesc	tupdesc = row_descriptor(point_type, POINT_COLUMNS);
	Datum	   *points = palloc(nbudgets * sizeof(Datum));
	float8	   *bounds = palloc(nbudgets * sizeof(float8));
	CampaignPlan **best = palloc(nbudgets * sizeof(CampaignPlan *));
	char	   *impossible = NULL;

	for (int i = 0; i < nbudgets; i++)
	{
		CampaignPlan *plan = make_plan(problem, budgets[i],
									   SEARCH_EFFORT / nbudgets, &impossible);

		best[i] = i > 0 ? best[i - 1] : NULL;
		if (plan != NULL && (best[i] == NULL || plan->reach > best[i]->reach))
			best[i] = plan;
		bounds[i] = plan == NULL ? get_float8_infinity() :
			Max(plan->bound, best[i]->reach);
	}
	for (int i = nbudgets - 1; i >= 0; i--)
	{
		if (i < nbudgets - 1)
			bounds[i] = Min(bounds[i], bounds[i + 1]);
		points[i] = point_row(tupdesc, budgets[i], best[i], bounds[i]);
	}
	return construct_array(points, nbudgets, point_type, -1, false,
						   TYPALIGN_DOUBLE);
}

PG_FUNCTION_INFO_V1(campaign_curve_final);

/* final function: what each budget buys, the budgets ascending */
Datum
campaign_curve_final(PG_FUNCTION_ARGS)
{
	Oid			point_type =
		get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	PlanProblem problem;
	Numeric    *budgets;
	int			nbudgets;
	Oid			id_type;

	if (PG_ARGISNULL(0) ||
		!campaign_read_state(PG_GETARG_DATUM(0), &problem, &budgets, &nbudgets,
							 &id_type))
		return PointerGetDatum(construct_empty_array(point_type));
	PG_RETURN_ARRAYTYPE_P(curve_array(&problem, budgets, nbudgets,
									  point_type));
}
