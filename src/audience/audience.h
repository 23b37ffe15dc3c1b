/*-------------------------------------------------------------------------
 *
 * audience.h
 *		The type audience_sketch: reading a stored value.
 *
 * A stored value is a varlena header and the image of a DataSketches compact
 * theta sketch, ordered, serial version 3.  Whatever is stored was checked
 * when it came in.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_AUDIENCE_H
#define INFLUENCER_AUDIENCE_H

#include "fmgr.h"

#include "audience/theta.h"

/*
 * A stored sketch, to read.  The hashes are ascending, distinct, not 0, below
 * theta, and possibly unaligned: use audience_hash().
 */
typedef struct AudienceView
{
	uint64		theta;			/* THETA_MAX (PG_INT64_MAX): exact */
	int			count;			/* hashes retained */
	const char *hashes;			/* 8 bytes each, little-endian */
	bool		ordered;		/* always, in a stored value */
	bool		empty;			/* a sketch of no member */
	int			lg_k;			/* in the state of an aggregate; else 0 */
} AudienceView;

/* Hash number i, from 0. */
static inline uint64
audience_hash(const AudienceView *view, size_t i)
{
	return bytes_get64(view->hashes + i * sizeof(uint64));
}

/* An argument as a view; it lives as long as the detoasted argument. */
extern void audience_view(const void *datum, AudienceView *view);
extern void audience_argument(FunctionCallInfo fcinfo, int argno,
							  AudienceView *view);
extern double audience_estimate(const AudienceView *view);
extern int	audience_count_below(const AudienceView *view, uint64 theta);
extern struct varlena *audience_make(int count, uint64 theta, int lg_k,
									 char **hashes);
extern int	audience_lg_k_argument(int lg_k);

#endif							/* INFLUENCER_AUDIENCE_H */
