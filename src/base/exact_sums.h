/*-------------------------------------------------------------------------
 *
 * exact_sums.h
 *		Fixed-length types that are records of exact unsigned sums.
 *
 * A value is a version byte, some bytes that are zero, and the sums.  A sum is
 * an integer in pieces of 1, 2, 4 or 8 bytes, wherever the type has them; it
 * is computed with as one of up to four limbs of 64 bits.  One that fits a
 * limb is a bigint that is not negative.  What such types have in common, text
 * and binary form, comparison, addition and subtraction, is here; a type
 * brings the list of its sums and the rule that tells which values can be.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_EXACT_SUMS_H
#define INFLUENCER_EXACT_SUMS_H

#include "lib/stringinfo.h"

#include "base/compat.h"
#include "base/wide.h"

#define SUMS_MAX_PIECES		4
#define SUMS_MAX_LIMBS		4

typedef struct SumPiece
{
	uint16		offset;
	uint16		size;			/* 1, 2, 4 or 8; 0 after the last piece */
} SumPiece;

typedef struct SumField
{
	const char *name;			/* in the text form */
	int			limbs;			/* that all pieces together need */
	SumPiece	pieces[SUMS_MAX_PIECES];	/* the lowest first */
} SumField;

typedef struct SumType
{
	const char *name;
	size_t		size;
	size_t		reserved;		/* bytes after the version that are zero */
	const SumField *fields;
	int			nfields;

	/* What is wrong with the sums, for an errdetail; NULL for nothing. */
	const char *(*problem) (const void *sums);
} SumType;

/* A member of a type's struct as a piece. */
#define SUM_PIECE(type, member) \
	{offsetof(type, member), sizeof(((type *) 0)->member)}

/*
 * Two or three elements of a member that is an array, as all pieces of a sum.
 */
#define SUM_PIECES_2(type, member) \
	{SUM_PIECE(type, member[0]), SUM_PIECE(type, member[1])}
#define SUM_PIECES_3(type, member) \
	{SUM_PIECE(type, member[0]), SUM_PIECE(type, member[1]), \
	 SUM_PIECE(type, member[2])}

/* What every value starts with. */
#define SUMS_VERSION		1

typedef struct Sums
{
	uint8		version;
	uint8		reserved[FLEXIBLE_ARRAY_MEMBER];
} Sums;

#define PG_GETARG_SUMS(n)	((Sums *) PG_GETARG_POINTER(n))

/* Appends the figures of a value as the members of a json object. */
typedef void (*SumsFigures) (StringInfo buf, const void *sums);

extern Sums *sums_state(FunctionCallInfo fcinfo, const SumType *type);
extern int	sums_get(const SumType *type, const void *sums, int field,
					 uint64 *sum);
extern bool sums_set(const SumType *type, void *sums, int field,
					 const uint64 *sum);
pg_noreturn extern void sums_overflow(const SumType *type);
extern void sums_remove(const SumType *type, void *state, const void *x);
pg_noreturn extern void sums_bigint_overflow(const char *what);
extern bool sums_mean_within(const uint64 *sum, uint64 n, uint64 low,
							 uint64 high);
extern bool sums_spread(uint64 *spread, uint64 n, const uint64 *sum,
						const uint64 *squares, int limbs);
extern bool sums_cospread(uint64 *spread, uint64 n, const uint64 *x,
						  const uint64 *y, const uint64 *products, int limbs);
extern void sums_print(StringInfo buf, const uint64 *sum, int limbs);
extern void sums_json_number(StringInfo buf, const char *key, bool known,
							 double value);

extern Datum sums_in(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_out(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_recv(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_send(FunctionCallInfo fcinfo, const SumType *type);
extern bool sums_equal(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_hash(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_hash_extended(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_add(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_subtract(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_to_json(FunctionCallInfo fcinfo, SumsFigures figures);
extern Datum sums_to_jsonb(FunctionCallInfo fcinfo, SumsFigures figures);

/*
 * The functions of a type that only pass their arguments on: text and binary
 * input and output, = and <>, and hashing.
 */
#define EXACT_SUMS_FUNCTIONS(name, type) \
EXACT_SUMS_FUNCTION(name##_in, sums_in(fcinfo, &(type))) \
EXACT_SUMS_FUNCTION(name##_out, sums_out(fcinfo, &(type))) \
EXACT_SUMS_FUNCTION(name##_recv, sums_recv(fcinfo, &(type))) \
EXACT_SUMS_FUNCTION(name##_send, sums_send(fcinfo, &(type))) \
EXACT_SUMS_FUNCTION(name##_eq, BoolGetDatum(sums_equal(fcinfo, &(type)))) \
EXACT_SUMS_FUNCTION(name##_ne, BoolGetDatum(!sums_equal(fcinfo, &(type)))) \
EXACT_SUMS_FUNCTION(name##_hash, sums_hash(fcinfo, &(type))) \
EXACT_SUMS_FUNCTION(name##_hash_extended, \
					sums_hash_extended(fcinfo, &(type))) \
extern int	no_such_variable

/* + and -, for types whose sums can simply be added and taken away again */
#define EXACT_SUMS_ADD(name, type) \
EXACT_SUMS_FUNCTION(name##_add, sums_add(fcinfo, &(type))) \
extern int	no_such_variable

#define EXACT_SUMS_SUBTRACT(name, type) \
EXACT_SUMS_FUNCTION(name##_subtract, sums_subtract(fcinfo, &(type))) \
extern int	no_such_variable

#define EXACT_SUMS_FUNCTION(name, result) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return result; \
}

#endif							/* INFLUENCER_EXACT_SUMS_H */
