/*-------------------------------------------------------------------------
 *
 * maturity.h
 *		The type maturity_curve: how much of its count a post has at an age.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MATURITY_H
#define INFLUENCER_MATURITY_H

#include "fmgr.h"

#define MATURITY_VERSION	1

/* Two to a doubling; 2^63 microseconds are below 2^38 minutes. */
#define MATURITY_CLASSES	76

/* The pairs of one class of earlier ages and one of later ages. */
typedef struct MaturityCell
{
	uint32		earlier_class;
	uint32		later_class;
	uint64		pairs;
	uint64		earlier;		/* counts */
	uint64		later;
	uint64		earlier_positions[2];	/* times later counts */
	uint64		later_positions[2];
	uint64		youngest;		/* earlier age, in microseconds */
	uint64		oldest;			/* later age */
} MaturityCell;

typedef struct MaturityCurve
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	uint8		reserved;		/* zero */
	uint16		ncells;
	MaturityCell cells[FLEXIBLE_ARRAY_MEMBER];	/* by their classes */
} MaturityCurve;

#define PG_GETARG_MATURITY(n) \
	((MaturityCurve *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

extern MaturityCurve *maturity_make(int ncells);

/* The number of a cell, or of the one before which it would be. */
static inline int
maturity_find_cell(const MaturityCurve *m, uint32 earlier_class,
				   uint32 later_class)
{
	int			low = 0;
	int			high = m->ncells;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		const MaturityCell *cell = &m->cells[middle];

		if (cell->earlier_class < earlier_class ||
			(cell->earlier_class == earlier_class &&
			 cell->later_class < later_class))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

#endif							/* INFLUENCER_MATURITY_H */
