/*-------------------------------------------------------------------------
 *
 * forecast_outlook.h
 *		What the next posts of a profile will bring.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FORECAST_OUTLOOK_H
#define INFLUENCER_FORECAST_OUTLOOK_H

#include "engagement/forecast/forecast_cache.h"

/*
 * The log of the interactions that are expected of the posts, before those
 * are counted: a mixture of distributions that are about normal, by what the
 * variance of the profile's posts may be.
 */
#define OUTLOOK_PARTS		5

typedef struct Outlook
{
	double		chance[OUTLOOK_PARTS];
	Moments		part[OUTLOOK_PARTS];
	double		mean;			/* what they bring on average */
} Outlook;

/* No count of posts is larger, as a logarithm. */
#define MOST_LOG			60.0

/* The same as places of a number that is expected, with their chances. */
#define PART_PLACES			7
#define OUTLOOK_PLACES		(OUTLOOK_PARTS * NORMAL_STEPS)

/* A normal distribution in steps, from -6 to 6 deviations. */
#define NORMAL_STEPS		33
#define NORMAL_STEP_WIDTH	0.375
#define NORMAL_STEP(i) \
	(((i) - (NORMAL_STEPS - 1) / 2) * NORMAL_STEP_WIDTH)

/* Below this, counts are so small that they are worked out one by one. */
#define FEW_COUNTS			20

typedef struct Places
{
	int			n;
	double		at[OUTLOOK_PLACES];
	double		chance[OUTLOOK_PLACES];
} Places;

/* A range of the log of what is expected. */
typedef struct LogRange
{
	double		low;
	double		median;
	double		high;
} LogRange;

extern bool find_outlook(ForecastCache *cache, const EngagementSummary *e,
						 int64 followers, int32 posts, Outlook *outlook);
extern void outlook_range(const Outlook *outlook, const Tails *tails,
						  LogRange *range);
extern void outlook_places(const Outlook *outlook, Places *places);
extern void outlook_steps(const Outlook *outlook, Places *places);
extern const double *normal_steps(void);

#endif							/* INFLUENCER_FORECAST_OUTLOOK_H */
