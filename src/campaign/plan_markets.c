/*-------------------------------------------------------------------------
 *
 * plan_markets.c
 *		The populations of a plan by numbers, and how audiences overlap in
 *		them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "base/bytes.h"
#include "base/compat.h"
#include "campaign/campaign_state.h"

/* The order of markets, by name; first the one without. */
static int
compare_names(const text *x, const text *y)
{
	if (x == NULL || y == NULL)
		return (x != NULL) - (y != NULL);
	return bytes_compare(VARDATA_ANY(x), VARSIZE_ANY_EXHDR(x),
						 VARDATA_ANY(y), VARSIZE_ANY_EXHDR(y));
}

/* The order of candidates by their markets; arg is what rows say of these. */
static int
compare_market_rows(const void *a, const void *b, void *arg)
{
	const MarketRow *rows = arg;

	return compare_names(rows[*(const int *) a].name,
						 rows[*(const int *) b].name);
}

/*
 * The market of a row, which is the last one, with the same figures, or new.
 */
static int
place_row(Reached *reached, const MarketRow *row)
{
	Market	   *market = reached->nmarkets > 0 ?
		&reached->markets[reached->nmarkets - 1] : NULL;

	if (market != NULL && compare_names(market->name, row->name) == 0)
	{
		campaign_check_same(market->population == row->population,
							"population of a market");
		campaign_check_same(market->fitted == row->fitted &&
							market->mean_common == row->mean_common,
							"mean common reach of a market");
	}
	else
	{
		market = &reached->markets[reached->nmarkets++];
		memset(market, 0, sizeof(*market));
		market->name = row->name;
		market->population = row->population;
		market->fitted = row->fitted;
		market->mean_common = row->mean_common;
	}
	market->count++;
	return reached->nmarkets - 1;
}

/* Sort the candidates into markets, which stand by name. */
static void
place_candidates(PlanProblem *problem, const MarketRow *rows)
{
	Reached    *reached = &problem->reached;
	int		   *candidates = palloc_extended(problem->count * sizeof(int),
											 MCXT_ALLOC_HUGE);

	for (int i = 0; i < problem->count; i++)
		candidates[i] = i;
	qsort_interruptible(candidates, problem->count, sizeof(int),
						compare_market_rows, unconstify(MarketRow *, rows));
	reached->markets = palloc_extended(problem->count * sizeof(Market),
									   MCXT_ALLOC_HUGE);
	for (int i = 0; i < problem->count; i++)
		problem->candidates[candidates[i]].market =
			place_row(reached, &rows[candidates[i]]);
	pfree(candidates);
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
						 market->mean_common / market->population, &least,
						 &most))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean common reach of pairs is impossible: %g",
						market->mean_common),
				 errdetail("With the reaches of the %d candidates it is at least 0 and at most %g.",
						   market->count, most * market->population)));
}

static int
compare_market_shares(const void *a, const void *b,
					  void *arg pg_attribute_unused())
{
	return float8_cmp_internal(*(const float8 *) a, *(const float8 *) b);
}

/*
 * plan_make_markets
 *		Sort candidates into their markets, and fit a model to each.
 *
 * rows is what the row of each candidate says of its market.  The mean common
 * reach is that of all candidates, those that can't be picked included.
 */
void
plan_make_markets(PlanProblem *problem, const MarketRow *rows)
{
	Reached    *reached = &problem->reached;

	place_candidates(problem, rows);
	for (int i = 0; i < reached->nmarkets; i++)
	{
		reached->markets[i].shares =
			MemoryContextAllocHuge(CurrentMemoryContext,
								   (Size) reached->markets[i].count *
								   sizeof(float8));
		reached->markets[i].count = 0;
	}
	for (int i = 0; i < problem->count; i++)
	{
		Market	   *market = &reached->markets[problem->candidates[i].market];

		market->shares[market->count++] = problem->candidates[i].share;
	}
	for (int i = 0; i < reached->nmarkets; i++)
	{
		CHECK_FOR_INTERRUPTS();
		qsort_interruptible(reached->markets[i].shares,
							reached->markets[i].count,
							sizeof(float8), compare_market_shares, NULL);
		fit_market(&reached->markets[i]);
	}
}

/*
 * plan_prepare_markets
 *		What each candidate is to its market's model, once the rules are known.
 */
void
plan_prepare_markets(PlanProblem *problem)
{
	Reached    *reached = &problem->reached;

	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		candidate->term =
			reach_model_term(&reached->markets[candidate->market].model,
							 candidate->share);
	}
	for (int i = 0; i < reached->nmarkets && reached->often > 1; i++)
	{
		Market	   *market = &reached->markets[i];

		reach_times_init(&market->times, &market->model, market->shares,
						 market->count, reached->often);
	}
}
