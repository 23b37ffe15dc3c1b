/*-------------------------------------------------------------------------
 *
 * maturity_ladder.h
 *		The curve that pairs say: the share at an age.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MATURITY_LADDER_H
#define INFLUENCER_MATURITY_LADDER_H

#include "engagement/maturity/maturity.h"

/* A point of the curve: log share at a place, in classes. */
typedef struct MaturityKnot
{
	double		at;
	double		log_share;
} MaturityKnot;

/* The curve through its knots, from the oldest down. */
typedef struct MaturityLadder
{
	uint64		first_age;
	uint64		last_age;
	int			nknots;			/* 0 or 1: there is no curve */
	MaturityKnot knots[MATURITY_CLASSES + 1];
} MaturityLadder;

extern void maturity_make_ladder(MaturityLadder *ladder,
								 const MaturityCurve *m);
extern bool maturity_ladder_share(const MaturityLadder *ladder, uint64 age,
								  double *share);

#endif							/* INFLUENCER_MATURITY_LADDER_H */
