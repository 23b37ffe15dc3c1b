/*-------------------------------------------------------------------------
 *
 * shrinkage.h
 *		What is known of one profile's log rate.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_SHRINKAGE_H
#define INFLUENCER_SHRINKAGE_H

#include "engagement/benchmark/benchmark_model.h"

/*
 * A distribution: a mixture of normal ones, or of small steps between places,
 * whose deviation is 0.
 */
typedef struct Posterior
{
	double		expected;		/* of the profile's size */
	double		mean;
	double		variance;
	double		own;			/* y as the profile alone says it */
	double		luck;			/* and its variance */
	bool		has_posts;
	bool		steps;
	int			n;
	double		at[MAX_DRAWS];
	double		deviation[MAX_DRAWS];
	double		chance[MAX_DRAWS];
} Posterior;

extern bool find_posterior(Fit *fit, const EngagementSummary *e,
						   int64 followers,
						   Posterior *p);
extern bool posts_have_plenty(const Fit *fit, const EngagementSummary *e,
							  double expected);
extern double posterior_bound(const Posterior *p, int side,
							  double probability);

#endif							/* INFLUENCER_SHRINKAGE_H */
