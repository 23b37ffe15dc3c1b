/*-------------------------------------------------------------------------
 *
 * maturity.c
 *		The type maturity_curve: how much of its count a post has at an age.
 *
 * Insurers know next year's claims by chain ladder: how much claims grew from
 * one age to the next, of all that were seen at both.  Here, a pair is two
 * counts of one post at two ages.  Pairs are summed up in cells by the classes
 * of their two ages, two to a doubling: class k is from 2^(k/2) minutes to below
 * 2^((k+1)/2), and class 0 also holds what is younger.  A cell's mean ages are
 * kept on the scale of log age, each pair weighing as much as its later count.
 *
 * The share of each class comes from all pairs that start in it, from the
 * oldest class down:
 *
 *		sum(earlier counts) = sum(later counts * share(earlier) / share(later))
 *
 * where the share of the later age is known already, or lies on the line that
 * is sought: between the mean ages of neighbouring classes, log share is
 * linear in log age.  With one pair of neighbours, that is the chain ladder's
 * ratio of sums.  T. Mack, "Distribution-free calculation of the standard
 * error of chain ladder reserve estimates", ASTIN Bulletin 23 (1993),
 * describes it.
 *
 * Everything that is stored is a sum of integers, a least or a greatest one,
 * so that curves of the same pairs have the same bytes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "common/hashfn.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/count.h"
#include "base/exact_sums.h"
#include "base/fixed_log.h"
#include "base/token.h"

#define MATURITY_VERSION	1

/* Two to a doubling; 2^63 microseconds are below 2^38 minutes. */
#define MATURITY_CLASSES	76

/* Positions within a class are in units of this part of it. */
#define POSITION_BITS		16
#define POSITION_ONE		65536.0

/* 2 * 65536 / log(2) */
#define POSITIONS_PER_LOG	189096

#define USECS_PER_MONTH		INT64CONST(2629800000000)

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

#define MAX_CELLS	(MATURITY_CLASSES * (MATURITY_CLASSES + 1) / 2)

#define PG_GETARG_MATURITY(n) \
	((MaturityCurve *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

static Size
curve_size(int ncells)
{
	return offsetof(MaturityCurve, cells) + ncells * sizeof(MaturityCell);
}

static MaturityCurve *
make_curve(int ncells)
{
	MaturityCurve *m = palloc0(curve_size(ncells));

	SET_VARSIZE(m, curve_size(ncells));
	m->version = MATURITY_VERSION;
	m->ncells = (uint16) ncells;
	return m;
}

/* An age on the scale of log age. */
typedef struct AgePlace
{
	uint32		class;
	uint32		position;		/* in the class, of 2^POSITION_BITS */
} AgePlace;

/*
 * By integers only but for a division, which is the same on every machine:
 * half of the class is the exponent of the minutes.
 */
static inline AgePlace
age_place(uint64 usecs)
{
	AgePlace	place;
	union
	{
		double		value;
		uint64		bits;
	}			minutes;
	uint32		exponent;
	uint32		rest;

	minutes.value = Max((double) usecs / USECS_PER_MINUTE, 1.0);
	exponent = (uint32) (minutes.bits >> 52) - 1023;
	minutes.bits = (minutes.bits & UINT64CONST(0xFFFFFFFFFFFFF)) |
		(UINT64CONST(1023) << 52);
	rest = (uint32)
		((((fixed_log(minutes.value) - FIXED_LOG(0)) >> 12) * POSITIONS_PER_LOG) >> 28);
	place.class = 2 * exponent + (rest >> POSITION_BITS);
	place.position = rest & ((1 << POSITION_BITS) - 1);
	return place;
}

/* The number of a cell, or of the one before which it would be. */
static inline int
find_cell(const MaturityCurve *m, uint32 earlier_class, uint32 later_class)
{
	int			low = 0;
	int			high = m->ncells;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		const MaturityCell *cell = &m->cells[middle];

		if (cell->earlier_class < earlier_class ||
			(cell->earlier_class == earlier_class && cell->later_class < later_class))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static inline bool
is_cell(const MaturityCurve *m, int i, uint32 earlier_class, uint32 later_class)
{
	return i < m->ncells && m->cells[i].earlier_class == earlier_class &&
		m->cells[i].later_class == later_class;
}

/* Where to add to the first argument: the state in place, or a copy. */
static MaturityCurve *
get_result(FunctionCallInfo fcinfo)
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
	int			i = find_cell(*m, earlier_class, later_class);
	MaturityCurve *larger;
	MaturityCell *cell;

	if (likely(is_cell(*m, i, earlier_class, later_class)))
		return &(*m)->cells[i];
	larger = make_curve((*m)->ncells + 1);
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

/* aggregates */

/*
 * The microseconds of an age: a day has 24 hours, a month is a twelfth of
 * 365.25 days.  Error 22023 for a negative or infinite age.
 */
static inline uint64
age_usecs(const Interval *age)
{
	int64		usecs = age->time;

	if (unlikely((age->month | age->day) != 0))
	{
		int64		part;

		if (IntervalNotFinite(age) ||
			pg_mul_s64_overflow(age->month, USECS_PER_MONTH, &part) ||
			pg_add_s64_overflow(usecs, part, &usecs) ||
			pg_add_s64_overflow(usecs, (int64) age->day * USECS_PER_DAY, &usecs))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("age of a post is out of range"),
					 errhint("Store an unknown age as NULL: such rows are left out.")));
	}
	if (unlikely(usecs < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("age of a post must not be negative"),
				 errdetail("An age is the time of a count less the time of publication.")));
	return (uint64) usecs;
}

PG_FUNCTION_INFO_V1(maturity_accum);

/*
 * maturity_accum
 *		Transition function of maturity(earlier_age, earlier, later_age,
 *		later).
 *
 * Strict: a row with a NULL is left out.  Two counts at one age say nothing of
 * growth and are left out.  Error 22023 for an age that is negative, infinite or
 * past 292,271 years, a later age before the earlier one, a negative count;
 * 22003 for sums past bigint.
 */
Datum
maturity_accum(PG_FUNCTION_ARGS)
{
	MaturityCurve *m = PG_GETARG_MATURITY(0);
	MaturityCell pair;
	uint64		later = (uint64) PG_GETARG_INT64(4);
	AgePlace	from;
	AgePlace	to;

	aggregate_context(fcinfo);
	pair.pairs = 1;
	pair.youngest = age_usecs(PG_GETARG_INTERVAL_P(1));
	pair.earlier = (uint64) PG_GETARG_INT64(2);
	pair.oldest = age_usecs(PG_GETARG_INTERVAL_P(3));
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
	from = age_place(pair.youngest);
	to = age_place(pair.oldest);
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
	MaturityCurve *m = get_result(fcinfo);
	const MaturityCurve *other = PG_GETARG_MATURITY(1);

	for (int i = 0; i < other->ncells; i++)
	{
		const MaturityCell *x = &other->cells[i];

		add_to_cell(cell_for(&m, x->earlier_class, x->later_class), x);
	}
	PG_RETURN_POINTER(m);
}

/* input and output */

/* The numbers of a cell in its text and binary form. */
#define CELL_NUMBERS	11

static void
cell_to_numbers(const MaturityCell *cell, uint64 *number)
{
	number[0] = cell->earlier_class;
	number[1] = cell->later_class;
	memcpy(number + 2, &cell->pairs, (CELL_NUMBERS - 2) * sizeof(uint64));
}

static void
cell_from_numbers(MaturityCell *cell, const uint64 *number)
{
	cell->earlier_class = (uint32) Min(number[0], MATURITY_CLASSES);
	cell->later_class = (uint32) Min(number[1], MATURITY_CLASSES);
	memcpy(&cell->pairs, number + 2, (CELL_NUMBERS - 2) * sizeof(uint64));
}

StaticAssertDecl(sizeof(MaturityCell) == CELL_NUMBERS * sizeof(uint64) - 8,
				 "the classes and nine numbers");

/* Can a sum of positions be that of counts of this sum? */
static bool
positions_fit(const uint64 *positions, uint64 later)
{
	return sums_mean_within(positions, later, 0, (1 << POSITION_BITS) - 1);
}

/*
 * What is wrong with a cell that was read, after another one; NULL for
 * nothing.
 */
static const char *
cell_problem(const MaturityCell *cell, const MaturityCell *before)
{
	if (cell->earlier_class > cell->later_class ||
		cell->later_class >= MATURITY_CLASSES)
		return "The classes of a cell are not those of ages.";
	if (before != NULL &&
		(before->earlier_class > cell->earlier_class ||
		 (before->earlier_class == cell->earlier_class &&
		  before->later_class >= cell->later_class)))
		return "The cells are not in the order of their classes.";
	if (cell->pairs == 0 || (cell->pairs | cell->earlier | cell->later |
							 cell->youngest | cell->oldest) > PG_INT64_MAX)
		return "A number of a cell is past its range.";
	if (cell->youngest >= cell->oldest ||
		age_place(cell->youngest).class != cell->earlier_class ||
		age_place(cell->oldest).class != cell->later_class)
		return "The ages of a cell are not in its classes.";
	if (!positions_fit(cell->earlier_positions, cell->later) ||
		!positions_fit(cell->later_positions, cell->later) ||
		(cell->earlier_class == cell->later_class &&
		 wide_compare(cell->earlier_positions, cell->later_positions, 2) > 0))
		return "The mean ages of a cell are not in its classes.";
	return NULL;
}

static const char *
curve_problem(const MaturityCurve *m)
{
	for (int i = 0; i < m->ncells; i++)
	{
		const char *problem =
			cell_problem(&m->cells[i], i > 0 ? &m->cells[i - 1] : NULL);

		if (problem != NULL)
			return problem;
	}
	return NULL;
}

/* Read a whole number of up to 19 digits. */
static bool
read_number(Token digits, uint64 *number)
{
	*number = 0;
	if (digits.len == 0 || digits.len > 20)
		return false;
	for (size_t i = 0; i < digits.len; i++)
	{
		if (digits.str[i] < '0' || digits.str[i] > '9' ||
			wide_scale(number, 1, 10, digits.str[i] - '0'))
			return false;
	}
	return true;
}

/* Read a cell: its numbers, by blanks. */
static bool
read_cell(Token text, MaturityCell *cell)
{
	uint64		number[CELL_NUMBERS];
	bool		more = true;

	for (int i = 0; i < CELL_NUMBERS; i++)
	{
		if (!more || !read_number(token_cut(&text, ' ', &more), &number[i]))
			return false;
	}
	cell_from_numbers(cell, number);
	return !more;
}

/* For how many cells a text needs room: no more than classes have. */
static int
count_cells(Token text)
{
	int			count = 1;

	for (size_t i = 0; i < text.len && count < MAX_CELLS; i++)
		count += text.str[i] == ',';

	return count;
}

/* Read all cells. */
static bool
read_cells(Token rest, MaturityCurve *m)
{
	bool		more = rest.len > 0;

	m->ncells = 0;
	while (more)
	{
		if (m->ncells == MAX_CELLS ||
			!read_cell(token_cut(&rest, ',', &more), &m->cells[m->ncells++]))
			return false;
	}
	return true;
}

PG_FUNCTION_INFO_V1(maturity_curve_in);

/*
 * maturity_curve_in
 *		Text input: {cell,cell,...}, where a cell is eleven numbers: class of
 *		the earlier and of the later age, pairs, sum of earlier and of later
 *		counts, sums of positions of the earlier and of the later ages, each as
 *		its low and its high 64 bits, least earlier age and greatest later age
 *		in microseconds.
 *
 * Error 22P02, soft where the server has soft errors.
 */
Datum
maturity_curve_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Token		rest = token_trim(token_of(input, strlen(input)));
	const char *problem = "A curve is {}, or cells of eleven numbers each: {5 6 ...,6 7 ...}.";
	MaturityCurve *m = make_curve(count_cells(rest));

	if (rest.len >= 2 && rest.str[0] == '{' && rest.str[rest.len - 1] == '}')
	{
		rest = token_trim(token_of(rest.str + 1, rest.len - 2));
		if (read_cells(rest, m))
			problem = curve_problem(m);
	}
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"maturity_curve", input),
				 errdetail("%s", problem)));
	SET_VARSIZE(m, curve_size(m->ncells));
	PG_RETURN_POINTER(m);
}

PG_FUNCTION_INFO_V1(maturity_curve_out);

/* Text output: see maturity_curve_in. */
Datum
maturity_curve_out(PG_FUNCTION_ARGS)
{
	const MaturityCurve *m = PG_GETARG_MATURITY(0);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	for (int i = 0; i < m->ncells; i++)
	{
		uint64		number[CELL_NUMBERS];

		cell_to_numbers(&m->cells[i], number);
		for (int j = 0; j < CELL_NUMBERS; j++)
			appendStringInfo(&buf, "%s" UINT64_FORMAT,
							 j > 0 ? " " : i > 0 ? "," : "", number[j]);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

static void
invalid_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s", "maturity_curve"),
			 errdetail("%s", detail)));
}

PG_FUNCTION_INFO_V1(maturity_curve_recv);

/*
 * maturity_curve_recv
 *		Binary input: the version, a zero byte, the number of cells in two
 *		bytes, and the numbers of the text form as big-endian 64-bit integers.
 *
 * Error 22P03 for another version or length, or cells that can't be.
 */
Datum
maturity_curve_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	MaturityCurve *m;
	const char *problem;
	int			ncells;

	if (pq_getmsgbyte(buf) != MATURITY_VERSION || pq_getmsgbyte(buf) != 0)
		invalid_binary("The version is unknown.");
	ncells = (int) pq_getmsgint(buf, 2);
	if (buf->len - buf->cursor != ncells * CELL_NUMBERS * (int) sizeof(uint64))
		invalid_binary("The length is wrong.");
	m = make_curve(ncells);
	for (int i = 0; i < ncells; i++)
	{
		uint64		number[CELL_NUMBERS];

		for (int j = 0; j < CELL_NUMBERS; j++)
			number[j] = (uint64) pq_getmsgint64(buf);
		cell_from_numbers(&m->cells[i], number);
	}
	problem = curve_problem(m);
	if (problem != NULL)
		invalid_binary(problem);
	PG_RETURN_POINTER(m);
}

PG_FUNCTION_INFO_V1(maturity_curve_send);

/* Binary output: see maturity_curve_recv. */
Datum
maturity_curve_send(PG_FUNCTION_ARGS)
{
	const MaturityCurve *m = PG_GETARG_MATURITY(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, m->version);
	pq_sendbyte(&buf, 0);
	pq_sendint16(&buf, m->ncells);
	for (int i = 0; i < m->ncells; i++)
	{
		uint64		number[CELL_NUMBERS];

		cell_to_numbers(&m->cells[i], number);
		for (int j = 0; j < CELL_NUMBERS; j++)
			pq_sendint64(&buf, number[j]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Equal curves have equal bytes. */
static bool
curves_equal(FunctionCallInfo fcinfo)
{
	const MaturityCurve *a = PG_GETARG_MATURITY(0);
	const MaturityCurve *b = PG_GETARG_MATURITY(1);

	return VARSIZE(a) == VARSIZE(b) &&
		memcmp(a->cells, b->cells, a->ncells * sizeof(MaturityCell)) == 0;
}

PG_FUNCTION_INFO_V1(maturity_curve_eq);
PG_FUNCTION_INFO_V1(maturity_curve_ne);
PG_FUNCTION_INFO_V1(maturity_curve_hash);
PG_FUNCTION_INFO_V1(maturity_curve_hash_extended);

/* implementation of = */
Datum
maturity_curve_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(curves_equal(fcinfo));
}

/* implementation of <> */
Datum
maturity_curve_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!curves_equal(fcinfo));
}

/* hash */
Datum
maturity_curve_hash(PG_FUNCTION_ARGS)
{
	const MaturityCurve *m = PG_GETARG_MATURITY(0);

	return hash_any((const unsigned char *) m->cells,
					m->ncells * (int) sizeof(MaturityCell));
}

/* seeded 64-bit hash */
Datum
maturity_curve_hash_extended(PG_FUNCTION_ARGS)
{
	const MaturityCurve *m = PG_GETARG_MATURITY(0);

	return hash_any_extended((const unsigned char *) m->cells,
							 m->ncells * (int) sizeof(MaturityCell),
							 PG_GETARG_INT64(1));
}

/* the curve */

/* A point of the curve: log share at a place, in classes. */
typedef struct Knot
{
	double		at;
	double		log_share;
} Knot;

/* The curve through its knots, from the oldest down. */
typedef struct Ladder
{
	uint64		first_age;
	uint64		last_age;
	int			nknots;			/* 0 or 1: there is no curve */
	Knot		knots[MATURITY_CLASSES + 1];
} Ladder;

/* Knots closer than this are one place; ages are known to 2^-16. */
#define MIN_DISTANCE		(2 / POSITION_ONE)

/* Below the lowest knot, the line is that to a knot at least this far. */
#define MIN_BASE			1.0

#define MAX_ITERATIONS		100

static bool
is_usable(const MaturityCell *cell, uint32 from, uint32 top)
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

			if (!is_usable(cell, from, top))
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
log_share_at(const Ladder *ladder, double at)
{
	const Knot *low = &ladder->knots[ladder->nknots - 1];
	const Knot *high = low - 1;

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
		(at - low->at) * (high->log_share - low->log_share) / (high->at - low->at);
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
		slope = Max(slope, (log(terms[i].counts / sum) + terms[i].shift) / terms[i].distance);
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
		if (!(step > 1e-14 * Max(fabs(slope), 1.0)))
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
slope_term(const Ladder *ladder, const MaturityCell *cell)
{
	const Knot *knot = &ladder->knots[ladder->nknots - 1];
	double		later = (double) cell->later;
	double		from = mean_place(cell->earlier_class, cell->earlier_positions, later);
	double		to = mean_place(cell->later_class, cell->later_positions, later);
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
add_knot(Ladder *ladder, const MaturityCurve *m, uint32 from, uint32 top)
{
	const Knot *knot = &ladder->knots[ladder->nknots - 1];
	SlopeTerm	terms[MATURITY_CLASSES];
	int			nterms = 0;
	uint64		positions[2] = {0};
	double		earlier = 0;
	double		later = 0;
	uint64		youngest = PG_UINT64_MAX;
	double		at;

	for (int i = find_cell(m, from, 0); i < m->ncells && is_usable(&m->cells[i], from, top); i++)
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
static void
make_ladder(Ladder *ladder, const MaturityCurve *m)
{
	bool		classes[MATURITY_CLASSES];
	uint32		top = find_top(m);
	AgePlace	last;

	find_chain(m, top, classes);
	memset(ladder, 0, offsetof(Ladder, knots));
	for (int i = 0; i < m->ncells; i++)
	{
		if (m->cells[i].later_class == top && m->cells[i].later > 0 &&
			classes[m->cells[i].earlier_class])
			ladder->last_age = Max(ladder->last_age, m->cells[i].oldest);
	}
	last = age_place(ladder->last_age);
	ladder->knots[0].at = last.class + last.position / POSITION_ONE;
	ladder->knots[0].log_share = 0;
	ladder->nknots = 1;
	for (int from = (int) top; from >= 0; from--)
	{
		if (classes[from])
			add_knot(ladder, m, (uint32) from, top);
	}
}

/* A ladder that a query keeps from one row to the next. */
typedef struct LadderCache
{
	MaturityCurve *curve;		/* that it was made of */
	Ladder		ladder;
} LadderCache;

/* The ladder of the first argument, the same one for the same curve. */
static const Ladder *
get_ladder(FunctionCallInfo fcinfo)
{
	const MaturityCurve *m = PG_GETARG_MATURITY(0);
	LadderCache *cache = fcinfo->flinfo->fn_extra;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(LadderCache));
	if (cache->curve != NULL && VARSIZE(cache->curve) == VARSIZE(m) &&
		memcmp(cache->curve, m, VARSIZE(m)) == 0)
		return &cache->ladder;
	if (cache->curve != NULL)
		pfree(cache->curve);
	cache->curve = NULL;
	make_ladder(&cache->ladder, m);
	cache->curve = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE(m));
	memcpy(cache->curve, m, VARSIZE(m));
	return &cache->ladder;
}

/* The share at an age; false where it is unknown. */
static bool
ladder_share(const Ladder *ladder, uint64 age, double *share)
{
	AgePlace	place = age_place(age);

	if (ladder->nknots < 2 || age < ladder->first_age || age > ladder->last_age)
		return false;
	*share = exp(log_share_at(ladder, place.class + place.position / POSITION_ONE));
	return *share > 0 && !isinf(*share);
}

PG_FUNCTION_INFO_V1(matured_share);

/*
 * matured_share(maturity_curve, age interval) -> float8
 *		The part of its count at the last age seen, last_age(m), that a post
 *		has at an age; above 1 where counts fall later.
 *
 * NULL for NULL, and for an age that was never seen: before first_age(m),
 * after last_age(m), or without a chain of pairs up to there.  Error 22023 for
 * an age that is negative, infinite or past 292,271 years.
 */
Datum
matured_share(PG_FUNCTION_ARGS)
{
	const Ladder *ladder = get_ladder(fcinfo);
	double		share;

	if (!ladder_share(ladder, age_usecs(PG_GETARG_INTERVAL_P(1)), &share))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

/* Microseconds as an interval of days and hours. */
static Datum
usecs_interval(uint64 usecs)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (usecs / USECS_PER_DAY);
	interval->time = (int64) (usecs % USECS_PER_DAY);
	PG_RETURN_INTERVAL_P(interval);
}

PG_FUNCTION_INFO_V1(maturity_first_age);
PG_FUNCTION_INFO_V1(maturity_last_age);
PG_FUNCTION_INFO_V1(maturity_pairs);

/* first_age(maturity_curve) -> interval; NULL for NULL and without a curve */
Datum
maturity_first_age(PG_FUNCTION_ARGS)
{
	const Ladder *ladder = get_ladder(fcinfo);

	if (ladder->nknots < 2)
		PG_RETURN_NULL();
	return usecs_interval(ladder->first_age);
}

/* last_age(maturity_curve) -> interval; NULL for NULL and without a curve */
Datum
maturity_last_age(PG_FUNCTION_ARGS)
{
	const Ladder *ladder = get_ladder(fcinfo);

	if (ladder->nknots < 2)
		PG_RETURN_NULL();
	return usecs_interval(ladder->last_age);
}

/* The number of pairs; error 22003 past bigint. */
static uint64
count_pairs(const MaturityCurve *m)
{
	uint64		pairs = 0;

	for (int i = 0; i < m->ncells; i++)
	{
		pairs += m->cells[i].pairs;
		if (pairs > PG_INT64_MAX)
			sums_bigint_overflow("pairs");
	}
	return pairs;
}

/* pairs(maturity_curve) -> bigint; NULL for NULL */
Datum
maturity_pairs(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) count_pairs(PG_GETARG_MATURITY(0)));
}

/* Ages that people ask for. */
static const struct
{
	const char *name;
	uint64		minutes;
}			ages[] =

{
	{"5 min", 5}, {"15 min", 15}, {"30 min", 30}, {"1 h", 60}, {"3 h", 180},
	{"6 h", 360}, {"12 h", 720}, {"24 h", 1440}, {"48 h", 2880}, {"3 d", 4320},
	{"7 d", 10080}, {"14 d", 20160}, {"30 d", 43200}, {"90 d", 129600},
	{"365 d", 525600}
};

/* Pairs, first and last age in hours, and the shares at these ages. */
static void
write_figures(StringInfo buf, const void *value)
{
	const MaturityCurve *m =
		(MaturityCurve *) PG_DETOAST_DATUM(PointerGetDatum(value));
	StringInfoData shares;
	Ladder		ladder;

	make_ladder(&ladder, m);
	appendStringInfo(buf, "\"pairs\": " UINT64_FORMAT, count_pairs(m));
	sums_json_number(buf, "first_hours", ladder.nknots > 1,
					 (double) ladder.first_age / USECS_PER_HOUR);
	sums_json_number(buf, "last_hours", ladder.nknots > 1,
					 (double) ladder.last_age / USECS_PER_HOUR);
	initStringInfo(&shares);
	appendStringInfoChar(&shares, '{');
	for (int i = 0; i < (int) lengthof(ages); i++)
	{
		double		share;

		if (ladder_share(&ladder, ages[i].minutes * USECS_PER_MINUTE, &share))
			sums_json_number(&shares, ages[i].name, true, share);
	}
	appendStringInfo(buf, ", \"shares\": %s}", shares.data);
}

PG_FUNCTION_INFO_V1(maturity_curve_to_json);
PG_FUNCTION_INFO_V1(maturity_curve_to_jsonb);

/* maturity_curve -> json, for people to read */
Datum
maturity_curve_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* maturity_curve -> jsonb: the same */
Datum
maturity_curve_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
