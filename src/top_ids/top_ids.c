/*-------------------------------------------------------------------------
 *
 * top_ids.c
 *		The aggregate top_ids: the k ids with the best scores, in one pass.
 *
 * The state is a flat varlena, changed in place.  The server keeps the pointer
 * as long as we return the same one, and copies the state into the aggregate's
 * memory, freeing the old one, when we return a larger one that was made in
 * the memory of the row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "top_ids/top_ids_state.h"

static void
check_kind(const TopIds *state, TopKind kind)
{
	if (state->kind != kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this value of type %s holds ids of another type",
						"top_ids_state")));
}

static void
check_k(const TopIds *state, int32 k)
{
	if (state->k != k)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be the same in all rows: %d and %d",
						Min(state->k, k), Max(state->k, k))));
}

static int32
k_argument(FunctionCallInfo fcinfo)
{
	aggregate_parameter_given(fcinfo, 3, "k");
	if (PG_GETARG_INT32(3) < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 1, not %d", PG_GETARG_INT32(3))));
	return PG_GETARG_INT32(3);
}

/*
 * Is it plain that the row changes nothing?  This is what happens to nearly
 * all rows, so it comes first and asks no more than it must.
 */
static inline bool
row_refused(FunctionCallInfo fcinfo, TopKind kind)
{
	const NullableDatum *args = fcinfo->args;
	const TopIds *state = (const TopIds *) DatumGetPointer(args[0].value);

	return !args[0].isnull && !args[2].isnull && !args[3].isnull &&
		!VARATT_IS_EXTENDED(state) && state->kind == kind &&
		DatumGetFloat8(args[2].value) < state->threshold &&
		DatumGetInt32(args[3].value) == state->k;
}

/* Fetch the id of a row. */
static inline void
row_set_id(TopRow *row, TopKind kind, Datum id)
{
	if (kind == TOP_BIGINT)
		row->number = DatumGetInt64(id);
	else if (kind == TOP_UUID)
	{
		row->bytes = DatumGetUUIDP(id)->data;
		row->len = UUID_LEN;
	}
	else
	{
		text	   *str = DatumGetTextPP(id);

		row->bytes = (unsigned char *) VARDATA_ANY(str);
		row->len = VARSIZE_ANY_EXHDR(str);
	}
}

/*
 * The transition functions: (state, id, score, k) -> state.
 *
 * Adding 0 makes one zero of the two, so that equal states are equal bytes.
 */
static pg_attribute_always_inline Datum
top_ids_accum(FunctionCallInfo fcinfo, TopKind kind)
{
	int32		k;
	TopIds	   *state;
	TopRow		row = {0};

	if (row_refused(fcinfo, kind))
		return PG_GETARG_DATUM(0);
	(void) aggregate_context(fcinfo);
	k = k_argument(fcinfo);
	state = PG_ARGISNULL(0) ? top_ids_create(kind, k, TOP_IDS_SMALLEST) :
		PG_GETARG_TOP_IDS(0);
	check_kind(state, kind);
	check_k(state, k);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || isnan(PG_GETARG_FLOAT8(2)))
		PG_RETURN_POINTER(state);
	row.score = PG_GETARG_FLOAT8(2) + 0.0;
	row_set_id(&row, kind, PG_GETARG_DATUM(1));
	PG_RETURN_POINTER(top_ids_insert(state, kind, &row));
}

PG_FUNCTION_INFO_V1(top_ids_accum_bigint);
PG_FUNCTION_INFO_V1(top_ids_accum_text);
PG_FUNCTION_INFO_V1(top_ids_accum_uuid);

/*
 * transition function of
 * top_ids(id bigint, score float8, k integer) -> bigint[]
 *		The ids with the k largest scores, best first, ties by id.
 *
 * A row whose id or score is NULL, or whose score is NaN, is left out; an id
 * that comes twice may be kept twice.  Error 22004 if k is NULL, 22023 if it
 * is below 1 or not the same in all rows; 54000 if what is kept does not fit
 * into 1 GB.
 */
Datum
top_ids_accum_bigint(PG_FUNCTION_ARGS)
{
	return top_ids_accum(fcinfo, TOP_BIGINT);
}

/* transition function of top_ids(id text, ...); ids are compared as bytes */
Datum
top_ids_accum_text(PG_FUNCTION_ARGS)
{
	return top_ids_accum(fcinfo, TOP_TEXT);
}

/* transition function of top_ids(id uuid, ...) */
Datum
top_ids_accum_uuid(PG_FUNCTION_ARGS)
{
	return top_ids_accum(fcinfo, TOP_UUID);
}

PG_FUNCTION_INFO_V1(top_ids_combine);

/*
 * combine function
 *		The k best of both states.
 *
 * Error 22023 if they differ in k or in the type of the ids.
 */
Datum
top_ids_combine(PG_FUNCTION_ARGS)
{
	TopIds	   *state;
	TopIds	   *other;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(PG_GETARG_TOP_IDS(1));
	state = PG_GETARG_TOP_IDS(0);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	other = PG_GETARG_TOP_IDS(1);
	check_kind(state, other->kind);
	check_k(state, other->k);
	for (int i = 0; i < other->count; i++)
	{
		TopRow		row = entry_row(other, other->kind,
									entry_at(other, other->kind, i));

		CHECK_FOR_INTERRUPTS();
		state = top_ids_insert(state, other->kind, &row);
	}
	PG_RETURN_POINTER(state);
}

/* The id of a row as the server has it. */
static Datum
row_datum(const TopRow *row, TopKind kind)
{
	if (kind == TOP_BIGINT)
		return Int64GetDatum(row->number);
	if (kind == TOP_UUID)
		return UUIDPGetDatum((pg_uuid_t *) row->bytes);
	return PointerGetDatum(cstring_to_text_with_len((const char *) row->bytes,
													row->len));
}

/* The final functions: the ids as an array, empty over no rows. */
static ArrayType *
top_ids_array(FunctionCallInfo fcinfo, TopKind kind, Oid elmtype, int elmlen,
			  bool elmbyval, char elmalign)
{
	TopIds	   *state;
	TopRow	   *rows;
	Datum	   *ids;

	if (PG_ARGISNULL(0))
		return construct_empty_array(elmtype);
	state = PG_GETARG_TOP_IDS(0);
	check_kind(state, kind);
	rows = top_ids_rows(state);
	ids = palloc_extended(Max(state->count, 1) * sizeof(Datum),
						  MCXT_ALLOC_HUGE);
	for (int i = 0; i < state->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ids[i] = row_datum(&rows[i], kind);
	}
	return construct_array(ids, state->count, elmtype, elmlen, elmbyval,
						   elmalign);
}

PG_FUNCTION_INFO_V1(top_ids_final_bigint);
PG_FUNCTION_INFO_V1(top_ids_final_text);
PG_FUNCTION_INFO_V1(top_ids_final_uuid);

/* final function of top_ids(id bigint, ...) */
Datum
top_ids_final_bigint(PG_FUNCTION_ARGS)
{
	PG_RETURN_ARRAYTYPE_P(top_ids_array(fcinfo, TOP_BIGINT, INT8OID,
										sizeof(int64), FLOAT8PASSBYVAL,
										TYPALIGN_DOUBLE));
}

/* final function of top_ids(id text, ...) */
Datum
top_ids_final_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_ARRAYTYPE_P(top_ids_array(fcinfo, TOP_TEXT, TEXTOID, -1, false,
										TYPALIGN_INT));
}

/* final function of top_ids(id uuid, ...) */
Datum
top_ids_final_uuid(PG_FUNCTION_ARGS)
{
	PG_RETURN_ARRAYTYPE_P(top_ids_array(fcinfo, TOP_UUID, UUIDOID, UUID_LEN,
										false, TYPALIGN_CHAR));
}
