/*-------------------------------------------------------------------------
 *
 * forecast.h
 *		The type engagement_forecast.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FORECAST_H
#define INFLUENCER_FORECAST_H

#include "access/tupdesc.h"
#include "fmgr.h"

#include "engagement/forecast/forecast_outlook.h"

typedef struct Forecast
{
	double		low;
	double		median;
	double		high;
	double		mean;
} Forecast;

/* The columns of engagement_forecast, in that order. */
#define FORECAST_COLUMNS	4

extern Datum make_forecast(TupleDesc desc, const Forecast *forecast);
extern void forecast_tails(double confidence, Tails *tails);
extern void count_range(const Places *places, const LogRange *range,
						const Tails *tails, Forecast *f);
extern void forecast_posts_check(int32 posts);

#endif							/* INFLUENCER_FORECAST_H */
