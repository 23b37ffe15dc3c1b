/*-------------------------------------------------------------------------
 *
 * interrupt.h
 *		How often long loops look for a cancelled query.
 *
 * A loop whose steps call other functions, compare or take memory looks at
 * each step, with CHECK_FOR_INTERRUPTS(), which is a test of one variable.
 * One whose step is a few instructions counts, with check_interrupts().
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_INTERRUPT_H
#define INFLUENCER_INTERRUPT_H

#include "miscadmin.h"

/*
 * Steps between two looks: few enough that the slowest, a miss of the cache
 * each, take some milliseconds, and so many that a look costs nothing.
 */
#define INTERRUPT_INTERVAL	(1 << 16)

/* To be called with the number of each step. */
static inline void
check_interrupts(uint64 step)
{
	if (unlikely(step % INTERRUPT_INTERVAL == INTERRUPT_INTERVAL - 1))
		CHECK_FOR_INTERRUPTS();
}

/*
 * Probes of one search in a hash table between two looks.  Whoever searches
 * again and again calls check_interrupts() with the number of each search, so
 * that INTERRUPT_INTERVAL * PROBE_INTERVAL probes pass without a look at most:
 * some milliseconds too, for they are of neighbors.
 */
#define PROBE_INTERVAL		(1 << 6)

/* To be called with the number of each probe but the first. */
static inline void
check_probes(uint32 probe)
{
	if (unlikely(probe % PROBE_INTERVAL == 0))
		CHECK_FOR_INTERRUPTS();
}

/* How qsort() is told to compare. */
typedef int (*SortComparison) (const void *a, const void *b);

static inline int
sort_compare(const void *a, const void *b, void *comparison)
{
	return (*(SortComparison *) comparison) (a, b);
}

/*
 * qsort() of what users may give millions of, for it looks for a cancelled
 * query.  Where much is sorted again and again, lib/sort_template.h is faster,
 * with ST_CHECK_FOR_INTERRUPTS.
 */
static inline void
sort_interruptible(void *elements, size_t count, size_t size,
				   SortComparison comparison)
{
	qsort_interruptible(elements, count, size, sort_compare, &comparison);
}

#endif							/* INFLUENCER_INTERRUPT_H */
