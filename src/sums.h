/*-------------------------------------------------------------------------
 *
 * sums.h
 *		Fixed-length types that are records of exact unsigned sums.
 *
 * A value is a version byte, seven bytes that are zero, and the limbs of 64
 * bits of the sums, one to four each, wherever the type has them.  A sum of one
 * limb is a bigint that is not negative.  What such types have in common, text and binary
 * form, comparison, addition and subtraction, is here; a type brings the list
 * of its sums and the rule that tells which values can be.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_SUMS_H
#define INFLUENCER_SUMS_H

#include "fmgr.h"

#include "wide.h"

#define SUMS_MAX_FIELD_LIMBS	4

typedef struct SumField
{
	const char *name;			/* in the text form */
	int			limbs;
	int			at[SUMS_MAX_FIELD_LIMBS];		/* where its limbs are, the lowest first */
} SumField;

typedef struct SumType
{
	const char *name;
	const SumField *fields;
	int			nfields;
	int			limbs;			/* of all fields */

	/* What is wrong with the sums, for an errdetail; NULL for nothing. */
	const char *(*problem) (const void *sums);
} SumType;

/* The place of a member of a type's struct among the limbs. */
#define SUMS_LIMB(type, member) \
	((int) ((offsetof(type, member) - sizeof(SumsHeader)) / sizeof(uint64)))

/* All limbs of a type's struct. */
#define SUMS_LIMBS(type) \
	((int) ((sizeof(type) - sizeof(SumsHeader)) / sizeof(uint64)))

/* What every value starts with. */
#define SUMS_VERSION		1

typedef struct SumsHeader
{
	uint8		version;
	uint8		reserved[7];	/* zero */
} SumsHeader;

typedef struct Sums
{
	SumsHeader	header;
	uint64		limb[FLEXIBLE_ARRAY_MEMBER];
} Sums;

#define PG_GETARG_SUMS(n)	((Sums *) PG_GETARG_POINTER(n))

/* The limbs of a sum, in order; their number is returned. */
static inline int
sums_get(const SumType *type, const void *sums, int field, uint64 *sum)
{
	const SumField *f = &type->fields[field];

	for (int i = 0; i < f->limbs; i++)
		sum[i] = ((const Sums *) sums)->limb[f->at[i]];
	return f->limbs;
}

extern size_t sums_size(const SumType *type);
extern Sums *sums_state(FunctionCallInfo fcinfo, const SumType *type);
extern void sums_overflow(const SumType *type) pg_attribute_noreturn();
extern void sums_remove(const SumType *type, void *state, const void *x);
extern void sums_bigint_overflow(const char *what) pg_attribute_noreturn();
extern int64 sums_bigint(const SumType *type, const void *sums, int field);
extern bool sums_mean_within(const uint64 *sum, uint64 n, uint64 low, uint64 high);
extern bool sums_spread(uint64 *spread, uint64 n, const uint64 *sum,
						const uint64 *squares, int limbs);
extern void sums_print(StringInfo buf, const uint64 *sum, int limbs);
extern void sums_json_number(StringInfo buf, const char *key, bool known, double value);
extern Datum sums_json(StringInfo buf);

extern Datum sums_in(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_out(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_recv(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_send(FunctionCallInfo fcinfo, const SumType *type);
extern bool sums_equal(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_hash(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_hash_extended(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_add(FunctionCallInfo fcinfo, const SumType *type);
extern Datum sums_subtract(FunctionCallInfo fcinfo, const SumType *type);

#endif							/* INFLUENCER_SUMS_H */
