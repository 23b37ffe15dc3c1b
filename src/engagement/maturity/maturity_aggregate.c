/*-------------------------------------------------------------------------
 *
 * maturity_aggregate.c
 *		Pairs of counts summed up: maturity(), + and sum() of curves.
 *
 * A state grows by a cell when a pair is the first of its two classes; all
 * other pairs are added in place.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/count.h"
#include "base/wide.h"
#include "engagement/maturity/maturity.h"
#include "engagement/maturity/maturity_age.h"

/* Is there a cell of these classes at i? */
static inline bool
is_cell(const MaturityCurve *m, int i, uint32 earlier_class,
		uint32 later_class)
{
	return i < m->ncells && m->cells[i].earlier_class == earlier_class &&
		m->cells[i].later_class == later_class;
}

/* Where to add to the first argument: the state in place, or a copy. */
static MaturityCurve *
get_curve_to_change(FunctionCallInfo fcinfo)
{
	MaturityCurve *m = PG_GETARG_MATURITY(0);
	MaturityCurve *copy;

	if (likely(AggCheckCallContext(fcinfo, NULL)))
		return m;
	copy = palloc(VARSIZE(m));
	memcpy(copy, m, VARSIZE(m));
	return copy;
}

/*
 * The cell that sums are added to.  A new one needs a new value, in the
 * current memory context: *m is left pointing to it.
 */
static MaturityCell *
cell_for(MaturityCurve **m, uint32 earlier_class, uint32 later_class)
{
	int			i = maturity_find_cell(*m, earlier_class, later_class);
	MaturityCurve *larger;
	MaturityCell *cell;

	if (likely(is_cell(*m, i, earlier_class, later_class)))
		return &(*m)->cells[i];
	larger = maturity_make((*m)->ncells + 1);
	memcpy(larger->cells, (*m)->cells, i * sizeof(MaturityCell));
	memcpy(larger->cells + i + 1, (*m)->cells + i,
		   ((*m)->ncells - i) * sizeof(MaturityCell));
	cell = &larger->cells[i];
	cell->earlier_class = earlier_class;
	cell->later_class = later_class;
	cell->youngest = PG_UINT64_MAX;
	*m = larger;
	return cell;
}

/* Error 22003: a sum past bigint. */
static void
curve_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("maturity_curve out of range"),
			 errdetail("A sum of counts is past bigint.")));
}

/* Add to a cell what another one, or a pair, comes to. */
static inline void
add_to_cell(MaturityCell *cell, const MaturityCell *x)
{
	cell->pairs += x->pairs;
	cell->earlier += x->earlier;
	cell->later += x->later;
	wide_add(cell->earlier_positions, x->earlier_positions, 2);
	wide_add(cell->later_positions, x->later_positions, 2);
	cell->youngest = Min(cell->youngest, x->youngest);
	cell->oldest = Max(cell->oldest, x->oldest);
	if (unlikely((cell->pairs | cell->earlier | cell->later) > PG_INT64_MAX))
		curve_overflow();
}

PG_FUNCTION_INFO_V1(maturity_accum);

/*
 * maturity_accum
 *		Transition function of maturity(earlier_age, earlier, later_age,
 *		later).
 *
 * Strict: a row with a NULL is left out.  Two counts at one age say nothing of
 * growth and are left out.  Error 22023 for an age that is negative, infinite
 * or past 292,271 years, a later age before the earlier one, a negative count;
 * 22003 for sums past bigint.
 */
Datum
maturity_accum(PG_FUNCTION_ARGS)
{
	MaturityCurve *m = PG_GETARG_MATURITY(0);
	MaturityCell pair;
	uint64		later = (uint64) PG_GETARG_INT64(4);
	MaturityPlace from;
	MaturityPlace to;

	aggregate_context(fcinfo);
	pair.pairs = 1;
	pair.youngest = maturity_age_usecs(PG_GETARG_INTERVAL_P(1));
	pair.earlier = (uint64) PG_GETARG_INT64(2);
	pair.oldest = maturity_age_usecs(PG_GETARG_INTERVAL_P(3));
	pair.later = later;
	if (unlikely((pair.earlier | pair.later) > PG_INT64_MAX))
	{
		count_check(PG_GETARG_INT64(2), "earlier");
		count_check(PG_GETARG_INT64(4), "later");
	}
	if (unlikely(pair.oldest <= pair.youngest))
	{
		if (pair.oldest == pair.youngest)
			PG_RETURN_POINTER(m);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("later age is before the earlier age"),
				 errhint("The arguments are the earlier age and count, then the later age and count.")));
	}
	from = maturity_age_place(pair.youngest);
	to = maturity_age_place(pair.oldest);
	pair.earlier_positions[0] =
		wide_mul_limb(later, from.position, &pair.earlier_positions[1]);
	pair.later_positions[0] =
		wide_mul_limb(later, to.position, &pair.later_positions[1]);
	add_to_cell(cell_for(&m, from.class, to.class), &pair);
	PG_RETURN_POINTER(m);
}

PG_FUNCTION_INFO_V1(maturity_curve_add);

/*
 * maturity_curve + maturity_curve
 *		The curve of the pairs of both; also the combine function, and the
 *		transition function of sum(maturity_curve).  Error 22003 past bigint.
 */
Datum
maturity_curve_add(PG_FUNCTION_ARGS)
{
	MaturityCurve *m = get_curve_to_change(fcinfo);
	const MaturityCurve *other = PG_GETARG_MATURITY(1);

	for (int i = 0; i < other->ncells; i++)
	{
		const MaturityCell *x = &other->cells[i];

		add_to_cell(cell_for(&m, x->earlier_class, x->later_class), x);
	}
	PG_RETURN_POINTER(m);
}
