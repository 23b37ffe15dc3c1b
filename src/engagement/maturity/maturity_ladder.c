/*-------------------------------------------------------------------------
 *
 * maturity_ladder.c
 *		The curve that pairs say, from the oldest class down.
 *
 * The chain of classes that pairs connect is found first.  Each of them then
 * gets a knot, by the slope of the line from the knot above for which its
 * pairs add up: see maturity.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "base/wide.h"
#include "engagement/maturity/maturity_age.h"
#include "engagement/maturity/maturity_ladder.h"

/* Knots closer than this are one place; ages are known to 2^-16. */
#define MIN_DISTANCE		(2 / POSITION_ONE)

/* Below the lowest knot, the line is that to a knot at least this far. */
#define MIN_BASE			1.0

/* How exactly a slope is found, relative to it, and in how many steps. */
#define SLOPE_PRECISION		1e-14
#define MAX_ITERATIONS		100

/* Is a cell one of the class from, and none of its pairs past the top? */
static bool
is_within_top(const MaturityCell *cell, uint32 from, uint32 top)
{
	return cell->earlier_class == from && cell->later_class <= top;
}

/*
 * Which classes have a chain of pairs to the class top, and how many pairs
 * that is: from the top down, a class does if counts were seen in it, and
 * one of its pairs reaches the chain.
 */
static uint64
find_chain(const MaturityCurve *m, uint32 top, bool *classes)
{
	uint64		pairs = 0;
	uint32		next = top;
	int			i = m->ncells - 1;

	memset(classes, 0, MATURITY_CLASSES * sizeof(bool));
	while (i >= 0)
	{
		uint32		from = m->cells[i].earlier_class;
		uint64		here = 0;
		bool		earlier = false;
		bool		later = false;
		bool		reaches = false;

		for (; i >= 0 && m->cells[i].earlier_class == from; i--)
		{
			const MaturityCell *cell = &m->cells[i];

			if (!is_within_top(cell, from, top))
				continue;
			here += cell->pairs;
			earlier |= cell->earlier > 0;
			later |= cell->later > 0;
			reaches |= cell->later > 0 && cell->later_class >= next;
		}
		if (earlier && later && reaches)
		{
			classes[from] = true;
			pairs += here;
			next = from;
		}
	}
	return pairs;
}

/* The end of the chain that has most pairs; of several the oldest. */
static uint32
find_top(const MaturityCurve *m)
{
	bool		classes[MATURITY_CLASSES];
	uint64		most = 0;
	uint32		found = 0;

	for (int top = MATURITY_CLASSES - 1; top >= 0; top--)
	{
		uint64		pairs = find_chain(m, (uint32) top, classes);

		if (pairs > most)
		{
			most = pairs;
			found = (uint32) top;
		}
	}
	return found;
}

/* The log share at a place; the line is drawn on below the lowest knot. */
static double
log_share_at(const MaturityLadder *ladder, double at)
{
	const MaturityKnot *low = &ladder->knots[ladder->nknots - 1];
	const MaturityKnot *high = low - 1;

	if (at >= ladder->knots[0].at)
		return ladder->knots[0].log_share;
	if (at < low->at)
	{
		while (high > ladder->knots && high->at - low->at < MIN_BASE)
			high--;
	}
	else
	{
		while (at > high->at)
			low = high--;
	}
	return low->log_share +
		(at - low->at) * (high->log_share - low->log_share) /
		(high->at - low->at);
}

/* The mean place of ages in a class, by a sum of positions times counts. */
static double
mean_place(uint32 class, const uint64 *positions, double counts)
{
	return class + wide_to_double(positions, 2) / counts / POSITION_ONE;
}

/*
 * A term of the equation for a slope: counts * exp(shift - slope * distance).
 */
typedef struct SlopeTerm
{
	double		counts;
	double		shift;
	double		distance;
} SlopeTerm;

/*
 * The slope for which the terms add up to a sum above 0.
 *
 * Their sum falls with the slope and is convex.  Where one term alone comes to
 * the sum, it is too low, and from there Newton's steps approach from below.
 */
static double
solve_slope(const SlopeTerm *terms, int nterms, double sum)
{
	double		slope = -DBL_MAX;

	for (int i = 0; i < nterms; i++)
		slope = Max(slope,
					(log(terms[i].counts / sum) + terms[i].shift) /
					terms[i].distance);
	for (int n = 0; n < MAX_ITERATIONS && nterms > 1; n++)
	{
		double		value = 0;
		double		derivative = 0;
		double		step;

		for (int i = 0; i < nterms; i++)
		{
			double		term = terms[i].counts *
				exp(terms[i].shift - slope * terms[i].distance);

			value += term;
			derivative += term * terms[i].distance;
		}
		step = (value - sum) / derivative;
		if (!(step > SLOPE_PRECISION * Max(fabs(slope), 1.0)))
			break;
		slope += step;
	}
	return slope;
}

/*
 * A pair's term: the log share falls along the line that is sought from the
 * knot down, and above it as is known.
 */
static SlopeTerm
slope_term(const MaturityLadder *ladder, const MaturityCell *cell)
{
	const MaturityKnot *knot = &ladder->knots[ladder->nknots - 1];
	double		later = (double) cell->later;
	double		from = mean_place(cell->earlier_class, cell->earlier_positions,
								  later);
	double		to = mean_place(cell->later_class, cell->later_positions,
								later);
	SlopeTerm	term = {later, 0, to - from};

	if (to > knot->at)
	{
		term.distance = knot->at - from;
		term.shift = knot->log_share;
		if (ladder->nknots > 1)
			term.shift -= log_share_at(ladder, to);
	}
	return term;
}

/* Add the knot of a class. */
static void
add_knot(MaturityLadder *ladder, const MaturityCurve *m, uint32 from,
		 uint32 top)
{
	const MaturityKnot *knot = &ladder->knots[ladder->nknots - 1];
	SlopeTerm	terms[MATURITY_CLASSES];
	int			nterms = 0;
	uint64		positions[2] = {0};
	double		earlier = 0;
	double		later = 0;
	uint64		youngest = PG_UINT64_MAX;
	double		at;

	for (int i = maturity_find_cell(m, from, 0);
		 i < m->ncells && is_within_top(&m->cells[i], from, top); i++)
	{
		const MaturityCell *cell = &m->cells[i];

		youngest = Min(youngest, cell->youngest);
		if (cell->later > 0)
		{
			SlopeTerm	term = slope_term(ladder, cell);

			if (term.distance < MIN_DISTANCE)
				continue;
			terms[nterms++] = term;
			later += (double) cell->later;
			wide_add(positions, cell->earlier_positions, 2);
		}
		earlier += (double) cell->earlier;
	}
	if (nterms == 0 || earlier == 0)
		return;
	at = mean_place(from, positions, later);
	if (knot->at - at < MIN_DISTANCE)
		return;
	ladder->knots[ladder->nknots].at = at;
	ladder->knots[ladder->nknots].log_share = knot->log_share -
		solve_slope(terms, nterms, earlier) * (knot->at - at);
	ladder->nknots++;
	ladder->first_age = youngest;
}

/* The curve of pairs. */
void
maturity_make_ladder(MaturityLadder *ladder, const MaturityCurve *m)
{
	bool		classes[MATURITY_CLASSES];
	uint32		top = find_top(m);
	MaturityPlace last;

	find_chain(m, top, classes);
	memset(ladder, 0, offsetof(MaturityLadder, knots));
	for (int i = 0; i < m->ncells; i++)
	{
		if (m->cells[i].later_class == top && m->cells[i].later > 0 &&
			classes[m->cells[i].earlier_class])
			ladder->last_age = Max(ladder->last_age, m->cells[i].oldest);
	}
	last = maturity_age_place(ladder->last_age);
	ladder->knots[0].at = last.class + last.position / POSITION_ONE;
	ladder->knots[0].log_share = 0;
	ladder->nknots = 1;
	for (int from = (int) top; from >= 0; from--)
	{
		if (classes[from])
			add_knot(ladder, m, (uint32) from, top);
	}
}

/* The share at an age; false where it is unknown. */
bool
maturity_ladder_share(const MaturityLadder *ladder, uint64 age, double *share)
{
	MaturityPlace place = maturity_age_place(age);

	if (ladder->nknots < 2 || age < ladder->first_age ||
		age > ladder->last_age)
		return false;
	*share =
		exp(log_share_at(ladder, place.class + place.position / POSITION_ONE));
	return *share > 0 && !isinf(*share);
}
