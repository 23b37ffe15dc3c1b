/*-------------------------------------------------------------------------
 *
 * maturity.c
 *		The type maturity_curve: text and binary form, comparison.
 *
 * Insurers know next year's claims by chain ladder: how much claims grew from
 * one age to the next, of all that were seen at both.  Here, a pair is two
 * counts of one post at two ages.  Pairs are summed up in cells by the classes
 * of their two ages, two to a doubling: class k is from 2^(k/2) minutes to
 * below 2^((k+1)/2), and class 0 also holds what is younger.  A cell's mean
 * ages are kept on the scale of log age, each pair weighing as much as its
 * later count.
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

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "base/compat.h"
#include "base/exact_sums.h"
#include "base/invalid.h"
#include "base/token.h"
#include "engagement/maturity/maturity.h"
#include "engagement/maturity/maturity_age.h"

#define MAX_CELLS	(MATURITY_CLASSES * (MATURITY_CLASSES + 1) / 2)

/* The bytes of a curve. */
static Size
maturity_size(int ncells)
{
	return offsetof(MaturityCurve, cells) + ncells * sizeof(MaturityCell);
}

/* A curve of so many cells, which are zero. */
MaturityCurve *
maturity_make(int ncells)
{
	MaturityCurve *m = palloc0(maturity_size(ncells));

	SET_VARSIZE(m, maturity_size(ncells));
	m->version = MATURITY_VERSION;
	m->ncells = (uint16) ncells;
	return m;
}

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
		maturity_age_place(cell->youngest).class != cell->earlier_class ||
		maturity_age_place(cell->oldest).class != cell->later_class)
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
read_cell_number(Token digits, uint64 *number)
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
		if (!more ||
			!read_cell_number(token_cut(&text, ' ', &more), &number[i]))
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
	const char *problem =
		"A curve is {}, or cells of eleven numbers each: {5 6 ...,6 7 ...}.";
	MaturityCurve *m = maturity_make(count_cells(rest));

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
	SET_VARSIZE(m, maturity_size(m->ncells));
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
		invalid_binary("maturity_curve", "The version is unknown.");
	ncells = (int) pq_getmsgint(buf, 2);
	if (buf->len - buf->cursor != ncells * CELL_NUMBERS * (int) sizeof(uint64))
		invalid_binary("maturity_curve", "The length is wrong.");
	m = maturity_make(ncells);
	for (int i = 0; i < ncells; i++)
	{
		uint64		number[CELL_NUMBERS];

		for (int j = 0; j < CELL_NUMBERS; j++)
			number[j] = (uint64) pq_getmsgint64(buf);
		cell_from_numbers(&m->cells[i], number);
	}
	problem = curve_problem(m);
	if (problem != NULL)
		invalid_binary("maturity_curve", problem);
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
