/*-------------------------------------------------------------------------
 *
 * audience_set.c
 *		Sketches as sets: union, intersection, difference, overlap.
 *
 * The rules are those of DataSketches.  Two sketches can be compared below
 * the smaller of their thetas: there, both hold all hashes of their members.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "audience/audience.h"
#include "base/compat.h"
#include "base/interrupt.h"

/* More keys are no index any more. */
#define MOST_KEYS			65536

/* The hashes of two sketches below the smaller theta. */
typedef struct SharedRange
{
	AudienceView a;
	AudienceView b;
	uint64		theta;
} SharedRange;

/*
 * The last stored values that a call was given, detoasted: when all pairs are
 * compared, one side changes once in a thousand calls.
 */
typedef struct LastArguments
{
	struct varatt_external pointer[2];
	struct varlena *value[2];	/* NULL: none */
} LastArguments;

/* Argument n, detoasted, if need be; lives until the next call at least. */
static struct varlena *
get_argument(FunctionCallInfo fcinfo, int n)
{
	struct varlena *argument = (struct varlena *) PG_GETARG_POINTER(n);
	LastArguments *last;
	struct varatt_external pointer;
	MemoryContext old;

	if (!VARATT_IS_EXTERNAL_ONDISK(argument) || fcinfo->flinfo == NULL)
		return PG_DETOAST_DATUM_PACKED(PointerGetDatum(argument));
	last = fcinfo->flinfo->fn_extra;
	if (last == NULL)
		last = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
								   sizeof(LastArguments));
	VARATT_EXTERNAL_GET_POINTER(pointer, argument);
	if (last->value[n] != NULL)
	{
		if (memcmp(&last->pointer[n], &pointer, sizeof(pointer)) == 0)
			return last->value[n];
		pfree(last->value[n]);
		last->value[n] = NULL;
	}
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	last->value[n] = PG_DETOAST_DATUM(PointerGetDatum(argument));
	MemoryContextSwitchTo(old);
	last->pointer[n] = pointer;
	return last->value[n];
}

/* Arguments 0 and 1, cut at the smaller theta. */
static void
get_shared_range(FunctionCallInfo fcinfo, SharedRange *range)
{
	audience_view(get_argument(fcinfo, 0), &range->a);
	audience_view(get_argument(fcinfo, 1), &range->b);
	range->theta = Min(range->a.theta, range->b.theta);
	range->a.count = audience_count_below(&range->a, range->theta);
	range->b.count = audience_count_below(&range->b, range->theta);
	range->a.theta = range->b.theta = range->theta;
}

/* A value of count ascending hashes below theta. */
static Datum
make_sketch(const uint64 *hashes, int count, uint64 theta)
{
	char	   *dest;
	struct varlena *result = audience_make(count, theta, 0, &dest);

	for (int i = 0; i < count; i++)
		bytes_put64(dest + (size_t) i * sizeof(uint64), hashes[i]);
	PG_RETURN_POINTER(result);
}

/* The whole of a sketch, as a new value. */
static Datum
copy_sketch(const AudienceView *view)
{
	char	   *dest;
	struct varlena *result = audience_make(view->count, view->theta, 0, &dest);

	memcpy(dest, view->hashes, (size_t) view->count * sizeof(uint64));
	PG_RETURN_POINTER(result);
}

/* The value of the k smallest of count hashes. */
static Datum
make_trimmed(const uint64 *hashes, int count, uint64 theta, int lg_k)
{
	if (count <= 1 << lg_k)
		return make_sketch(hashes, count, theta);
	return make_sketch(hashes, 1 << lg_k, hashes[1 << lg_k]);
}

static uint64 *
alloc_hashes(int count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  ((Size) count + 1) * sizeof(uint64));
}

/* Which members of a sketch the set operations keep. */
#define KEEP_A			1		/* those of a alone */
#define KEEP_B			2
#define KEEP_SHARED		4

/* Write the hashes to keep, ascending, and return how many there are. */
static int
merge_ranges(const SharedRange *range, int keep, uint64 *result)
{
	int			i = 0;
	int			j = 0;
	int			count = 0;

	while (i < range->a.count && j < range->b.count)
	{
		/* None of the two ends before so many steps. */
		int			steps = Min(range->a.count - i, range->b.count - j);

		CHECK_FOR_INTERRUPTS();
		for (steps = Min(steps, INTERRUPT_INTERVAL); steps > 0; steps--)
		{
			uint64		a = audience_hash(&range->a, i);
			uint64		b = audience_hash(&range->b, j);
			int			what = a < b ? KEEP_A : a > b ? KEEP_B : KEEP_SHARED;

			result[count] = Min(a, b);
			count += (keep & what) != 0;
			i += a <= b;
			j += b <= a;
		}
	}
	if (keep & KEEP_A)
	{
		for (; i < range->a.count; i++)
			result[count++] = audience_hash(&range->a, i);
	}
	if (keep & KEEP_B)
	{
		for (; j < range->b.count; j++)
			result[count++] = audience_hash(&range->b, j);
	}
	return count;
}

/*
 * The lg_k of a union: the default, or more if an operand holds more hashes
 * than a sketch of the default can.  A sketch that is not exact holds from k
 * to 15/8 k hashes as long as it is no intersection or difference, so this is
 * its lg_k.
 */
static int
union_lg_k(const SharedRange *range)
{
	int			count = Max(range->a.count, range->b.count);
	int			lg_k = THETA_LG_K_DEFAULT;

	while (lg_k < THETA_LG_K_MAX && count > THETA_CAPACITY(lg_k))
		lg_k++;
	return lg_k;
}

PG_FUNCTION_INFO_V1(audience_or);

/*
 * audience_sketch | audience_sketch
 *		The members of either.
 *
 * The smaller theta; the 2^lg_k smallest hashes, if there are more, where
 * lg_k is 12, or the larger one that an operand shows.
 */
Datum
audience_or(PG_FUNCTION_ARGS)
{
	SharedRange range;
	uint64	   *hashes;
	int			count;
	int			lg_k;

	get_shared_range(fcinfo, &range);
	hashes = alloc_hashes(range.a.count + range.b.count);
	lg_k = union_lg_k(&range);
	count = merge_ranges(&range, KEEP_A | KEEP_B | KEEP_SHARED, hashes);
	return make_trimmed(hashes, count, range.theta, lg_k);
}

PG_FUNCTION_INFO_V1(audience_and);

/*
 * audience_sketch & audience_sketch
 *		The members of both: the shared hashes below the smaller theta.
 */
Datum
audience_and(PG_FUNCTION_ARGS)
{
	SharedRange range;
	uint64	   *hashes;

	get_shared_range(fcinfo, &range);
	if (range.a.empty || range.b.empty)
		return make_sketch(NULL, 0, THETA_MAX);
	hashes = alloc_hashes(Min(range.a.count, range.b.count));
	return make_sketch(hashes, merge_ranges(&range, KEEP_SHARED, hashes),
					   range.theta);
}

PG_FUNCTION_INFO_V1(audience_minus);

/*
 * audience_sketch - audience_sketch
 *		The members of the first that are not in the second, by the hashes
 *		below the smaller theta.
 */
Datum
audience_minus(PG_FUNCTION_ARGS)
{
	SharedRange range;
	uint64	   *hashes;

	get_shared_range(fcinfo, &range);
	if (range.a.empty)
		return make_sketch(NULL, 0, THETA_MAX);
	hashes = alloc_hashes(range.a.count);
	return make_sketch(hashes, merge_ranges(&range, KEEP_A, hashes),
					   range.theta);
}

PG_FUNCTION_INFO_V1(audience_trim);

/*
 * audience_trim(audience_sketch, lg_k integer) -> audience_sketch
 *		The same with 2^lg_k hashes at most: the smallest.
 *
 * Error 22023 for lg_k outside 5..26.
 */
Datum
audience_trim(PG_FUNCTION_ARGS)
{
	AudienceView view;
	int			lg_k = audience_lg_k_argument(PG_GETARG_INT32(1));

	audience_argument(fcinfo, 0, &view);
	if (view.count > 1 << lg_k)
	{
		view.theta = audience_hash(&view, 1 << lg_k);
		view.count = 1 << lg_k;
	}
	return copy_sketch(&view);
}

/* Where common hashes are counted: from a and b on, to the ends. */
typedef struct Lane
{
	Size		a;
	Size		b;
	Size		a_end;
	Size		b_end;
} Lane;

/* One step of a merge: without branches, for they could not be foreseen. */
#define LANE_STEP(a, b, count) \
	do { \
		uint64		x_ = audience_hash(view_a, (a)); \
		uint64		y_ = audience_hash(view_b, (b)); \
\
		(count) += x_ == y_; \
		(a) += x_ <= y_; \
		(b) += y_ <= x_; \
	} while (0)

/* Steps that a lane can take for sure before one of its sides ends. */
#define SURE_STEPS(lane, a, b)	Min((lane).a_end - (a), (lane).b_end - (b))

/*
 * Count the common hashes of four lanes.  A step waits for the one before, so
 * four merges side by side take little longer than one.
 */
static int
count_lanes(const AudienceView *view_a, const AudienceView *view_b,
			const Lane *lane)
{
	Size		a0 = lane[0].a;
	Size		a1 = lane[1].a;
	Size		a2 = lane[2].a;
	Size		a3 = lane[3].a;
	Size		b0 = lane[0].b;
	Size		b1 = lane[1].b;
	Size		b2 = lane[2].b;
	Size		b3 = lane[3].b;
	int			count = 0;
	Size		steps;

	while ((steps = Min(Min(SURE_STEPS(lane[0], a0, b0),
							SURE_STEPS(lane[1], a1, b1)),
						Min(SURE_STEPS(lane[2], a2, b2),
							SURE_STEPS(lane[3], a3, b3)))) > 0)
	{
		CHECK_FOR_INTERRUPTS();
		for (steps = Min(steps, INTERRUPT_INTERVAL); steps > 0; steps--)
		{
			LANE_STEP(a0, b0, count);
			LANE_STEP(a1, b1, count);
			LANE_STEP(a2, b2, count);
			LANE_STEP(a3, b3, count);
		}
	}
	while (a0 < lane[0].a_end && b0 < lane[0].b_end)
		LANE_STEP(a0, b0, count);
	while (a1 < lane[1].a_end && b1 < lane[1].b_end)
		LANE_STEP(a1, b1, count);
	while (a2 < lane[2].a_end && b2 < lane[2].b_end)
		LANE_STEP(a2, b2, count);
	while (a3 < lane[3].a_end && b3 < lane[3].b_end)
		LANE_STEP(a3, b3, count);
	return count;
}

/* How many hashes below the smaller theta both hold. */
static int
count_shared(const SharedRange *range)
{
	const AudienceView a = range->a;
	const AudienceView b = range->b;
	Lane		lanes[4];
	Size		from_a = 0;
	Size		from_b = 0;

	for (int i = 0; i < 4; i++)
	{
		uint64		until = i < 3 ? range->theta / 4 * (i + 1) : range->theta;

		lanes[i].a = from_a;
		lanes[i].b = from_b;
		from_a = lanes[i].a_end = audience_count_below(&a, until);
		from_b = lanes[i].b_end = audience_count_below(&b, until);
	}
	return count_lanes(&a, &b, lanes);
}

PG_FUNCTION_INFO_V1(audience_common_reach);

/*
 * common_reach(a audience_sketch, b audience_sketch) -> float8
 *		The number of common members: of the smaller audience's, the share that
 *		the other has below the smaller theta.  So it is never above the
 *		smaller reach.
 */
Datum
audience_common_reach(PG_FUNCTION_ARGS)
{
	SharedRange range;
	AudienceView a;
	AudienceView b;
	double		reach;
	int			seen;

	get_shared_range(fcinfo, &range);
	audience_view(get_argument(fcinfo, 0), &a);
	audience_view(get_argument(fcinfo, 1), &b);
	reach = Min(audience_estimate(&a), audience_estimate(&b));
	seen = audience_estimate(&a) <= audience_estimate(&b) ? range.a.count :
		range.b.count;
	if (seen == 0)
		PG_RETURN_FLOAT8(0);
	PG_RETURN_FLOAT8(Min(reach * count_shared(&range) / seen, reach));
}

PG_FUNCTION_INFO_V1(audience_keys);

/*
 * audience_keys(audience_sketch, m integer) -> bigint[]
 *		The m smallest hashes, ascending, or all if there are fewer: who two
 *		audiences have in common among these, by chance, is a sample of all.
 *
 * Error 22023 for m outside 1 to 65,536.
 */
Datum
audience_keys(PG_FUNCTION_ARGS)
{
	AudienceView view;
	int			m = PG_GETARG_INT32(1);
	Datum	   *keys;

	if (m < 1 || m > MOST_KEYS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("m must be between 1 and %d: %d", MOST_KEYS, m)));
	audience_argument(fcinfo, 0, &view);
	m = Min(m, view.count);
	keys = palloc((m + 1) * sizeof(Datum));
	for (int i = 0; i < m; i++)
		keys[i] = Int64GetDatum((int64) audience_hash(&view, i));
	PG_RETURN_ARRAYTYPE_P(construct_array(keys, m, INT8OID, sizeof(int64),
										  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

PG_FUNCTION_INFO_V1(audience_jaccard);

/*
 * jaccard(a audience_sketch, b audience_sketch) -> float8
 *		Jaccard's index: the share of the members of either that are in both,
 *		0 to 1.
 *
 * By the hashes below the smaller theta; NULL if there are none.
 */
Datum
audience_jaccard(PG_FUNCTION_ARGS)
{
	SharedRange range;
	double		common;
	double		either;

	get_shared_range(fcinfo, &range);
	common = count_shared(&range);
	either = (double) range.a.count + range.b.count - common;
	if (either == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(common / either);
}

PG_FUNCTION_INFO_V1(audience_overlap_coefficient);

/*
 * overlap_coefficient(a audience_sketch, b audience_sketch) -> float8
 *		The share of the smaller one's members that are in both, 0 to 1.
 *
 * By the hashes below the smaller theta; NULL if one has none.
 */
Datum
audience_overlap_coefficient(PG_FUNCTION_ARGS)
{
	SharedRange range;
	int			smaller;

	get_shared_range(fcinfo, &range);
	smaller = Min(range.a.count, range.b.count);
	if (smaller == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((double) count_shared(&range) / smaller);
}
