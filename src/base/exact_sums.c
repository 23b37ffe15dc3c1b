/*-------------------------------------------------------------------------
 *
 * exact_sums.c
 *		Fixed-length types that are records of exact unsigned sums.
 *
 * The text form is
 *
 *		posts=2,exposure=20000,likes=300,...
 *
 * with the sums in the order of the type, in decimal, those that are 0 left
 * out except for the first.  Equal values have equal texts and equal bytes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/exact_sums.h"
#include "base/interrupt.h"
#include "base/invalid.h"
#include "base/token.h"

/* Nine decimal digits fit the divisor of wide_divide(). */
#define DIGIT_GROUP			1000000000
#define DIGITS_IN_GROUP		9

/* Those of the widest sum. */
#define MAX_DIGIT_GROUPS	9

/*
 * sums_get
 *		Put a sum together, and return the number of its limbs.
 */
int
sums_get(const SumType *type, const void *sums, int field, uint64 *sum)
{
	const SumField *f = &type->fields[field];
	int			shift = 0;

	memset(sum, 0, f->limbs * sizeof(uint64));
	for (const SumPiece *piece = f->pieces;
		 piece < f->pieces + SUMS_MAX_PIECES && piece->size > 0; piece++)
	{
		const char *at = (const char *) sums + piece->offset;
		uint64		part = piece->size == 8 ? *(const uint64 *) at :
			piece->size == 4 ? *(const uint32 *) at :
			piece->size == 2 ? *(const uint16 *) at : *(const uint8 *) at;

		sum[shift / 64] |= part << (shift % 64);
		shift += piece->size * 8;
	}
	return f->limbs;
}

/*
 * sums_set
 *		Take a sum apart; false if it does not fit its pieces, or bigint where
 *		it should.
 */
bool
sums_set(const SumType *type, void *sums, int field, const uint64 *sum)
{
	const SumField *f = &type->fields[field];
	int			shift = 0;

	for (const SumPiece *piece = f->pieces;
		 piece < f->pieces + SUMS_MAX_PIECES && piece->size > 0; piece++)
	{
		char	   *at = (char *) sums + piece->offset;
		uint64		part = sum[shift / 64] >> (shift % 64);

		if (piece->size == 8)
			*(uint64 *) at = part;
		else if (piece->size == 4)
			*(uint32 *) at = (uint32) part;
		else if (piece->size == 2)
			*(uint16 *) at = (uint16) part;
		else
			*(uint8 *) at = (uint8) part;
		shift += piece->size * 8;
	}
	if (f->limbs == 1 && sum[0] > PG_INT64_MAX)
		return false;
	if (shift % 64 != 0 && sum[shift / 64] >> (shift % 64) != 0)
		return false;
	shift = (shift + 63) / 64;
	return wide_is_zero(sum + shift, f->limbs - shift);
}

static Sums *
make_sums(const SumType *type)
{
	Sums	   *sums = palloc0(type->size);

	sums->version = SUMS_VERSION;
	return sums;
}

/*
 * sums_state
 *		The first argument as the aggregate's state, to change in place.
 *
 * A NULL state is the empty value.  Error 55000 outside an aggregate.
 */
Sums *
sums_state(FunctionCallInfo fcinfo, const SumType *type)
{
	MemoryContext context = aggregate_context(fcinfo);
	MemoryContext old;
	Sums	   *sums;

	if (likely(!PG_ARGISNULL(0)))
		return PG_GETARG_SUMS(0);
	old = MemoryContextSwitchTo(context);
	sums = make_sums(type);
	MemoryContextSwitchTo(old);
	return sums;
}

/*
 * Where to add to the first argument: the aggregate's state in place, or a
 * copy for an operator.
 */
static Sums *
result_sums(FunctionCallInfo fcinfo, const SumType *type)
{
	Sums	   *sums;

	if (AggCheckCallContext(fcinfo, NULL))
		return PG_GETARG_SUMS(0);
	sums = make_sums(type);
	memcpy(sums, PG_GETARG_SUMS(0), type->size);
	return sums;
}

/* Error 22003: a sum past its limbs. */
void
sums_overflow(const SumType *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s out of range", type->name),
			 errdetail("A sum is past what the type can hold exactly.")));
}

/* Error 22003: a sum past bigint. */
void
sums_bigint_overflow(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("sum of %s is out of range for type bigint", what),
			 errhint("The cast to jsonb shows it.")));
}

/* sum += x or sum -= x for all sums; true if one is past its range. */
static bool
combine_all(const SumType *type, Sums *state, const Sums *x,
			bool (*operation) (uint64 *, const uint64 *, int))
{
	bool		overflow = false;

	for (int i = 0; i < type->nfields; i++)
	{
		uint64		sum[SUMS_MAX_LIMBS];
		uint64		part[SUMS_MAX_LIMBS];
		int			limbs = sums_get(type, state, i, sum);

		sums_get(type, x, i, part);
		overflow |= operation(sum, part, limbs);
		overflow |= !sums_set(type, state, i, sum);
	}
	return overflow;
}

/* Can a sum, of 2 limbs, be one of n numbers from low to high? */
bool
sums_mean_within(const uint64 *sum, uint64 n, uint64 low, uint64 high)
{
	uint64		bound[2];

	bound[0] = wide_mul_limb(n, low, &bound[1]);
	if (wide_compare(sum, bound, 2) < 0)
		return false;
	bound[0] = wide_mul_limb(n, high, &bound[1]);
	return wide_compare(sum, bound, 2) <= 0;
}

/*
 * sums_spread
 *		n * squares - sum^2 exactly: n^2 times the variance of n numbers.
 *
 * sum has 2 limbs, squares has the given number, spread one more, at least 4.
 * False if that is negative, which it never is for sums of n numbers.
 */
bool
sums_spread(uint64 *spread, uint64 n, const uint64 *sum,
			const uint64 *squares, int limbs)
{
	int			width = Max(limbs + 1, 4);
	uint64		square[WIDE_MAX_LIMBS] = {0};

	memset(spread, 0, width * sizeof(uint64));
	wide_mul(spread, squares, limbs, &n, 1);
	wide_mul(square, sum, 2, sum, 2);
	return !wide_subtract(spread, square, width);
}

/*
 * sums_cospread
 *		n * products - x * y exactly: n^2 times the covariance of n pairs.
 *
 * x and y have 2 limbs, products has the given number, 3 at most, spread has
 * 4: it is the absolute value, and true is returned where it is that of a
 * negative number.
 */
bool
sums_cospread(uint64 *spread, uint64 n, const uint64 *x, const uint64 *y,
			  const uint64 *products, int limbs)
{
	uint64		product[4] = {0};

	memset(spread, 0, sizeof(product));
	wide_mul(spread, products, limbs, &n, 1);
	wide_mul(product, x, 2, y, 2);
	if (wide_compare(spread, product, 4) >= 0)
	{
		wide_subtract(spread, product, 4);
		return false;
	}
	wide_subtract(product, spread, 4);
	memcpy(spread, product, sizeof(product));
	return true;
}

/* Error 22023: what is subtracted can't have been added. */
static void
not_contained(const SumType *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot subtract from %s what it does not contain",
					type->name),
			 errdetail("%s", detail),
			 errhint("Subtract only what was added before.")));
}

/*
 * sums_remove
 *		state -= x, exactly: the inverse of addition.
 *
 * Error 22023 if x can't be a part of the state.
 */
void
sums_remove(const SumType *type, void *state, const void *x)
{
	const char *problem;

	if (combine_all(type, state, x, wide_subtract))
		not_contained(type, "A sum would be negative.");
	problem = type->problem(state);
	if (problem != NULL)
		not_contained(type, problem);
}

/* Append a sum in decimal. */
void
sums_print(StringInfo buf, const uint64 *sum, int limbs)
{
	uint64		rest[SUMS_MAX_LIMBS];
	uint32		group[MAX_DIGIT_GROUPS];
	int			ngroups = 0;

	Assert(limbs <= SUMS_MAX_LIMBS);
	memcpy(rest, sum, limbs * sizeof(uint64));
	do
	{
		Assert(ngroups < MAX_DIGIT_GROUPS);
		group[ngroups++] = wide_divide(rest, limbs, DIGIT_GROUP);
	} while (!wide_is_zero(rest, limbs));

	appendStringInfo(buf, "%u", group[--ngroups]);
	while (ngroups > 0)
		appendStringInfo(buf, "%0*u", DIGITS_IN_GROUP, group[--ngroups]);
}

/*
 * Read a sum in decimal, with any number of leading zeros; false if it is
 * none, or does not fit.
 */
static bool
read_sum(Token digits, uint64 *sum, int limbs)
{
	memset(sum, 0, limbs * sizeof(uint64));
	for (size_t i = 0; i < digits.len; i++)
	{
		check_interrupts(i);
		if (digits.str[i] < '0' || digits.str[i] > '9' ||
			wide_scale(sum, limbs, 10, digits.str[i] - '0'))
			return false;
	}
	return digits.len > 0;
}

/*
 * Read one "name=sum" and return NULL, or what is wrong with it.  *field is
 * where to look for the name, and is moved past it.
 */
static const char *
read_field(Token entry, const SumType *type, Sums *sums, int *field)
{
	bool		has_value;
	Token		name = token_cut(&entry, '=', &has_value);
	Token		value = token_trim(entry);
	uint64		sum[SUMS_MAX_LIMBS];

	while (*field < type->nfields &&
		   !token_equals(name, type->fields[*field].name))
		(*field)++;
	if (*field == type->nfields)
		return "is not a sum of this type, or out of its order";
	if (!has_value || !read_sum(value, sum, type->fields[*field].limbs) ||
		!sums_set(type, sums, (*field)++, sum))
		return "is not a whole number, or past the range of the sum";
	return NULL;
}

/*
 * sums_in
 *		Text input.  Error 22P02, soft where the server has soft errors.
 */
Datum
sums_in(FunctionCallInfo fcinfo, const SumType *type)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Token		rest = {input, strlen(input)};
	Sums	   *sums = make_sums(type);
	int			field = 0;
	const char *problem = NULL;
	Token		entry = {NULL, 0};

	for (bool more = true; more && problem == NULL;)
	{
		entry = token_cut(&rest, ',', &more);
		problem = read_field(entry, type, sums, &field);
	}
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type->name,
						input),
				 errdetail("\"%.*s\" %s.", (int) entry.len, entry.str,
						   problem),
				 errhint("The empty value is \"%s=0\"; sums that are 0 may be left out.",
						 type->fields[0].name)));
	problem = type->problem(sums);
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type->name,
						input),
				 errdetail("%s", problem)));
	PG_RETURN_POINTER(sums);
}

/* Text output: see the top of the file. */
Datum
sums_out(FunctionCallInfo fcinfo, const SumType *type)
{
	uint64		sum[SUMS_MAX_LIMBS];
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < type->nfields; i++)
	{
		int			limbs = sums_get(type, PG_GETARG_SUMS(0), i, sum);

		if (i > 0 && wide_is_zero(sum, limbs))
			continue;
		appendStringInfo(&buf, "%s%s=", i > 0 ? "," : "",
						 type->fields[i].name);
		sums_print(&buf, sum, limbs);
	}
	PG_RETURN_CSTRING(buf.data);
}

/* The length of the binary form. */
static int
binary_length(const SumType *type)
{
	int			length = 1 + (int) type->reserved;

	for (int i = 0; i < type->nfields; i++)
		length += type->fields[i].limbs * (int) sizeof(uint64);
	return length;
}

/*
 * sums_recv
 *		Binary input: the version, the reserved bytes, then the sums in the
 *		order of the text form, each as its limbs, the lowest first, as
 *		big-endian 64-bit integers.
 *
 * Error 22P03 for another length or version, reserved bytes that are set, sums
 * that can't be.
 */
Datum
sums_recv(FunctionCallInfo fcinfo, const SumType *type)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	Sums	   *sums;
	const char *problem;

	if (buf->len - buf->cursor != binary_length(type))
		invalid_binary(type->name, "The length is wrong.");
	sums = make_sums(type);
	if (pq_getmsgbyte(buf) != SUMS_VERSION)
		invalid_binary(type->name, "The version is unknown.");
	for (size_t i = 0; i < type->reserved; i++)
	{
		if (pq_getmsgbyte(buf) != 0)
			invalid_binary(type->name, "A reserved byte is set.");
	}
	for (int i = 0; i < type->nfields; i++)
	{
		uint64		sum[SUMS_MAX_LIMBS];

		for (int j = 0; j < type->fields[i].limbs; j++)
			sum[j] = (uint64) pq_getmsgint64(buf);
		if (!sums_set(type, sums, i, sum))
			invalid_binary(type->name, "A sum is past its range.");
	}
	problem = type->problem(sums);
	if (problem != NULL)
		invalid_binary(type->name, problem);
	PG_RETURN_POINTER(sums);
}

/* Binary output: see sums_recv. */
Datum
sums_send(FunctionCallInfo fcinfo, const SumType *type)
{
	Sums	   *sums = PG_GETARG_SUMS(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbytes(&buf, (char *) sums, 1 + (int) type->reserved);
	for (int i = 0; i < type->nfields; i++)
	{
		uint64		sum[SUMS_MAX_LIMBS];
		int			limbs = sums_get(type, sums, i, sum);

		for (int j = 0; j < limbs; j++)
			pq_sendint64(&buf, sum[j]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Equal values have equal bytes. */
bool
sums_equal(FunctionCallInfo fcinfo, const SumType *type)
{
	return memcmp(PG_GETARG_SUMS(0), PG_GETARG_SUMS(1), type->size) == 0;
}

/* Hash of all bytes. */
Datum
sums_hash(FunctionCallInfo fcinfo, const SumType *type)
{
	return hash_any((unsigned char *) PG_GETARG_POINTER(0), (int) type->size);
}

/* Seeded 64-bit hash of all bytes. */
Datum
sums_hash_extended(FunctionCallInfo fcinfo, const SumType *type)
{
	return hash_any_extended((unsigned char *) PG_GETARG_POINTER(0),
							 (int) type->size, PG_GETARG_INT64(1));
}

/*
 * sums_add
 *		Sum by sum, into the state of an aggregate or into a new value.
 *
 * Error 22003 if a sum is past its range.  Sums of valid values are valid.
 */
Datum
sums_add(FunctionCallInfo fcinfo, const SumType *type)
{
	Sums	   *state = result_sums(fcinfo, type);

	if (combine_all(type, state, PG_GETARG_SUMS(1), wide_add))
		sums_overflow(type);
	PG_RETURN_POINTER(state);
}

/*
 * sums_subtract
 *		Sum by sum, from the state of an aggregate or into a new value.
 */
Datum
sums_subtract(FunctionCallInfo fcinfo, const SumType *type)
{
	Sums	   *state = result_sums(fcinfo, type);

	sums_remove(type, state, PG_GETARG_SUMS(1));
	PG_RETURN_POINTER(state);
}

/* Append "key": value, null where it is unknown, after what buf holds. */
void
sums_json_number(StringInfo buf, const char *key, bool known, double value)
{
	char		number[DOUBLE_SHORTEST_DECIMAL_LEN] = "null";

	if (known)
		double_to_shortest_decimal_buf(value, number);
	appendStringInfo(buf, "%s\"%s\": %s", buf->len > 1 ? ", " : "", key,
					 number);
}

/* The argument's figures as a json object. */
static void
write_object(StringInfo buf, FunctionCallInfo fcinfo, SumsFigures figures)
{
	initStringInfo(buf);
	appendStringInfoChar(buf, '{');
	figures(buf, PG_GETARG_POINTER(0));
	appendStringInfoChar(buf, '}');
}

/*
 * sums_to_json
 *		The figures of a value: what to_json() and row_to_json() look for.
 */
Datum
sums_to_json(FunctionCallInfo fcinfo, SumsFigures figures)
{
	StringInfoData buf;

	write_object(&buf, fcinfo, figures);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}

/* The same as jsonb. */
Datum
sums_to_jsonb(FunctionCallInfo fcinfo, SumsFigures figures)
{
	StringInfoData buf;

	write_object(&buf, fcinfo, figures);
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data));
}
