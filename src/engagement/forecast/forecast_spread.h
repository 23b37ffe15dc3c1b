/*-------------------------------------------------------------------------
 *
 * forecast_spread.h
 *		How much the posts of one profile differ, for forecasts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FORECAST_SPREAD_H
#define INFLUENCER_FORECAST_SPREAD_H

#include "engagement/benchmark/benchmark_model.h"
#include "engagement/forecast/forecast_mean.h"

/* A line over log exposure, from the middle. */
typedef struct SpreadLine
{
	double		level;
	double		slope;
} SpreadLine;

typedef struct SpreadModel
{
	double		exposure;		/* mean log exposure of a post, less log
								 * followers */
	double		middle;			/* log exposure of the lines' levels */
	double		lowest;			/* log exposures that they were seen at */
	double		highest;
	SpreadLine	log_variance;	/* of log rates within a profile */
	SpreadLine	skewness;		/* of these */
	SpreadLine	surplus;		/* log of the mean rate, less the mean log
								 * rate and half of the variance */
	double		surplus_by_rate;	/* more of it, where the log rate is above
									 * what is expected by 1 */
	double		freedom;		/* of the variance of a profile, as a prior */
	PostMeans	means;
} SpreadModel;

extern void fit_spread(const EngagementBenchmark *b, const Fit *fit,
					   SpreadModel *model);
extern double usual_variance(const SpreadModel *model, double log_exposure);
extern double usual_skewness(const SpreadModel *model, double log_exposure);
extern double usual_lift(const SpreadModel *model, double log_exposure,
						 double above);

#endif							/* INFLUENCER_FORECAST_SPREAD_H */
