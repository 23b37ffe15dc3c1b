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

typedef struct SpreadModel
{
	double		exposure;		/* mean log exposure of a post, less log
								 * followers */
	double		middle;			/* log exposure, and log variance there */
	double		level;
	double		slope;			/* of log variance, by log exposure */
	double		lowest;			/* log exposures that this was seen at */
	double		highest;
	double		freedom;		/* of the variance of a profile, as a prior */
	double		skewness;		/* of log rates within a profile */
	PostMeans	means;
} SpreadModel;

extern void fit_spread(const EngagementBenchmark *b, const Fit *fit,
					   SpreadModel *model);
extern double usual_variance(const SpreadModel *model, double log_exposure);

#endif							/* INFLUENCER_FORECAST_SPREAD_H */
