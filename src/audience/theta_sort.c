/*-------------------------------------------------------------------------
 *
 * theta_sort.c
 *		Sort hashes.
 *
 * Hashes are spread evenly, so their first bits say nearly where they go:
 * one pass puts them into buckets of a few each.  Hashes that somebody chose
 * may all fall into one; a full bucket is sorted by comparing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "audience/theta.h"
#include "base/compat.h"
#include "base/interrupt.h"

#define ST_SORT sort_by_comparing
#define ST_ELEMENT_TYPE uint64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* What insertion sort is fast for. */
#define FEW					24

/* As many counters as stay in the processor's cache. */
#define BUCKETS_MAX			(1 << 16)

static inline void
sort_few(uint64 *hashes, int count)
{
	for (int i = 1; i < count; i++)
	{
		uint64		hash = hashes[i];
		int			j = i;

		for (; j > 0 && hashes[j - 1] > hash; j--)
			hashes[j] = hashes[j - 1];
		hashes[j] = hash;
	}
}

static void
count_buckets(const uint64 *hashes, int count, int shift, int *counts)
{
	for (int i = 0; i < count; i++)
		counts[hashes[i] >> shift]++;
}

static void
fill_buckets(const uint64 *hashes, int count, int shift, uint64 *scratch,
			 int *ends)
{
	for (int i = 0; i < count; i++)
		scratch[ends[hashes[i] >> shift]++] = hashes[i];
}

/*
 * Distribute hashes by their first bits into scratch, and return there where
 * each bucket ends, in ends.
 */
static void
distribute(const uint64 *hashes, int count, int shift, int nbuckets,
		   uint64 *scratch, int *ends)
{
	int			sum = 0;

	memset(ends, 0, nbuckets * sizeof(int));
	for (int i = 0; i < count; i += INTERRUPT_INTERVAL)
	{
		CHECK_FOR_INTERRUPTS();
		count_buckets(hashes + i, Min(count - i, INTERRUPT_INTERVAL), shift,
					  ends);
	}
	for (int i = 0; i < nbuckets; i++)
	{
		int			size = ends[i];

		ends[i] = sum;
		sum += size;
	}
	for (int i = 0; i < count; i += INTERRUPT_INTERVAL)
	{
		CHECK_FOR_INTERRUPTS();
		fill_buckets(hashes + i, Min(count - i, INTERRUPT_INTERVAL), shift,
					 scratch, ends);
	}
}

/*
 * theta_sort
 *		Sort hashes in place, ascending.  Takes scratch memory for as many.
 */
void
theta_sort(uint64 *hashes, int count)
{
	uint64		all = 0;
	int			nbuckets;
	int			shift;
	uint64	   *scratch;
	int		   *ends;

	if (count <= FEW)
	{
		sort_few(hashes, count);
		return;
	}
	nbuckets = Min(pg_nextpower2_32(count) / 2, BUCKETS_MAX);
	for (int i = 0; i < count; i++)
		all |= hashes[i];
	shift = Max(pg_leftmost_one_pos64(all | 1) + 1 -
				pg_leftmost_one_pos32(nbuckets), 0);
	scratch = MemoryContextAllocHuge(CurrentMemoryContext,
									 (size_t) count * sizeof(uint64));
	ends = palloc(nbuckets * sizeof(int));
	distribute(hashes, count, shift, nbuckets, scratch, ends);
	for (int i = 0, start = 0; i < nbuckets; start = ends[i], i++)
	{
		if (ends[i] - start <= FEW)
			sort_few(scratch + start, ends[i] - start);
		else
			sort_by_comparing(scratch + start, ends[i] - start);
	}
	memcpy(hashes, scratch, (size_t) count * sizeof(uint64));
	pfree(ends);
	pfree(scratch);
}
