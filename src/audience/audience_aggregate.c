/*-------------------------------------------------------------------------
 *
 * audience_aggregate.c
 *		The aggregates that build, unite and intersect audiences.
 *
 * Their state is an audience_sketch under construction.  Between processes
 * it goes as a flat audience_sketch, which remembers lg_k in a byte that
 * readers of the format skip; results have 0 there.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/uuid.h"

#include "audience/audience_state.h"
#include "audience/murmur.h"
#include "base/aggregate.h"
#include "base/compat.h"

#define PG_RETURN_STATE(state) \
	return EOHPGetRWDatum(&(state)->hdr)

/* The lg_k of this call, which may be its third argument. */
static int
call_lg_k(FunctionCallInfo fcinfo)
{
	if (PG_NARGS() < 3)
		return THETA_LG_K_DEFAULT;
	aggregate_parameter_given(fcinfo, 2, "lg_k");
	return audience_lg_k_argument(PG_GETARG_INT32(2));
}

/* The lg_k of a group is that of its first row, and of all its states. */
static void
check_same_lg_k(int lg_k, int other)
{
	if (lg_k != other)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lg_k must be the same in all rows of a group: %d, then %d",
						lg_k, other)));
}

/* The state of the first call in a group, or a flat one, expanded. */
static AudienceState *
first_state(FunctionCallInfo fcinfo)
{
	MemoryContext context = aggregate_context(fcinfo);
	AudienceState *state;

	if (PG_ARGISNULL(0))
		return audience_state_new(context, call_lg_k(fcinfo));
	state = audience_state_copy(PG_GETARG_DATUM(0), context);
	audience_lg_k_argument(state->lg_k);
	return state;
}

/* The state of this call.  Only aggregates have one that can be written to. */
static inline AudienceState *
call_state(FunctionCallInfo fcinfo)
{
	AudienceState *state = NULL;

	if (likely(!PG_ARGISNULL(0)))
		audience_state_prefetch(PG_GETARG_DATUM(0));
	if (likely(!PG_ARGISNULL(0) &&
			   VARATT_IS_EXTERNAL_EXPANDED_RW(PG_GETARG_POINTER(0))))
		state = audience_state_if_expanded(PG_GETARG_DATUM(0));
	if (unlikely(state == NULL))
		return first_state(fcinfo);
	if (PG_NARGS() > 2)
		check_same_lg_k(state->lg_k, call_lg_k(fcinfo));
	return state;
}

/* The hash of a member, as DataSketches has it: never negative in Java. */
static inline uint64
member_hash(const void *key, size_t len)
{
	return murmur_hash(key, len, THETA_SEED) >> 1;
}

PG_FUNCTION_INFO_V1(audience_accum_bigint);

/* audience(bigint): hash the 8 little-endian bytes; NULL is no member */
Datum
audience_accum_bigint(PG_FUNCTION_ARGS)
{
	AudienceState *state = call_state(fcinfo);

	if (!PG_ARGISNULL(1))
		audience_state_add(state,
						   murmur_hash_int64((uint64) PG_GETARG_INT64(1),
											 THETA_SEED) >> 1);
	PG_RETURN_STATE(state);
}

PG_FUNCTION_INFO_V1(audience_accum_text);

/*
 * audience(text): hash the UTF-8 form; NULL and, as in DataSketches, the empty
 * string are no member
 */
Datum
audience_accum_text(PG_FUNCTION_ARGS)
{
	AudienceState *state = call_state(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		text	   *id = PG_GETARG_TEXT_PP(1);
		const char *utf8 = VARDATA_ANY(id);
		size_t		len = VARSIZE_ANY_EXHDR(id);

		if (len > 0)
		{
			char	   *converted = pg_server_to_any(utf8, (int) len, PG_UTF8);

			if (converted != utf8)
				len = strlen(converted);
			audience_state_add(state, member_hash(converted, len));
			if (converted != utf8)
				pfree(converted);
		}
		PG_FREE_IF_COPY(id, 1);
	}
	PG_RETURN_STATE(state);
}

PG_FUNCTION_INFO_V1(audience_accum_uuid);

/* audience(uuid): hash the 36 lower-case characters; NULL is no member */
Datum
audience_accum_uuid(PG_FUNCTION_ARGS)
{
	AudienceState *state = call_state(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		Datum text = DirectFunctionCall1(uuid_out, PG_GETARG_DATUM(1));
		char	   *id = DatumGetCString(text);

		audience_state_add(state, member_hash(id, strlen(id)));
		pfree(id);
	}
	PG_RETURN_STATE(state);
}

/* Add the sketch that is argument 1, if it is not NULL. */
static void
unite_argument(FunctionCallInfo fcinfo, AudienceState *state)
{
	struct varlena *sketch;
	AudienceView view;

	if (PG_ARGISNULL(1))
		return;
	sketch = PG_GETARG_VARLENA_PP(1);
	audience_view(sketch, &view);
	audience_state_union(state, &view);
	PG_FREE_IF_COPY(sketch, 1);
}

PG_FUNCTION_INFO_V1(audience_union_accum);

/* audience_union(audience_sketch): NULL is left out */
Datum
audience_union_accum(PG_FUNCTION_ARGS)
{
	AudienceState *state = call_state(fcinfo);

	state->trim = TRIM_ALWAYS;
	unite_argument(fcinfo, state);
	PG_RETURN_STATE(state);
}

/* Add the state of another process. */
static Datum
combine_states(FunctionCallInfo fcinfo, AudienceTrim trim)
{
	MemoryContext context = aggregate_context(fcinfo);
	AudienceState *state;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(0))
	{
		state = audience_state_copy(PG_GETARG_DATUM(1), context);
		audience_lg_k_argument(state->lg_k);
	}
	else
	{
		AudienceView view;

		state = audience_state_from_datum(PG_GETARG_DATUM(0), context);
		audience_lg_k_argument(state->lg_k);
		audience_argument(fcinfo, 1, &view);
		check_same_lg_k(state->lg_k, view.lg_k);
		audience_state_union(state, &view);
	}
	state->trim = trim;
	PG_RETURN_STATE(state);
}

PG_FUNCTION_INFO_V1(audience_combine);

/*
 * audience_combine
 *		Combine states of audience().
 *
 * Which hashes the states hold depends on the rows that each process got; the
 * smallest ones do not.
 */
Datum
audience_combine(PG_FUNCTION_ARGS)
{
	return combine_states(fcinfo, TRIM_INEXACT);
}

PG_FUNCTION_INFO_V1(audience_union_combine);

/* audience_union_combine: combine states of audience_union() */
Datum
audience_union_combine(PG_FUNCTION_ARGS)
{
	return combine_states(fcinfo, TRIM_ALWAYS);
}

PG_FUNCTION_INFO_V1(audience_intersection_combine);

/*
 * audience_intersection(audience_sketch), and its combine function: NULL is
 * left out
 */
Datum
audience_intersection_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	AudienceState *state;
	AudienceView view;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(0))
	{
		state = audience_state_copy(PG_GETARG_DATUM(1), context);
		state->lg_k = 0;
	}
	else
	{
		state = audience_state_from_datum(PG_GETARG_DATUM(0), context);
		audience_argument(fcinfo, 1, &view);
		audience_state_intersect(state, &view);
	}
	PG_RETURN_STATE(state);
}

PG_FUNCTION_INFO_V1(audience_final);

/*
 * audience_final
 *		The sketch of a state; the empty sketch when there was no row.
 *
 * Leaves the state as it is: it may be shared, or go on in a window.
 */
Datum
audience_final(PG_FUNCTION_ARGS)
{
	AudienceState *state;
	AudienceView view;
	struct varlena *result;
	char	   *hashes;

	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(audience_make(0, THETA_MAX, 0, &hashes));
	state = audience_state_if_expanded(PG_GETARG_DATUM(0));
	if (state)
		return audience_state_value(state);
	audience_argument(fcinfo, 0, &view);
	result = audience_make(view.count, view.theta, 0, &hashes);
	memcpy(hashes, view.hashes, (size_t) view.count * sizeof(uint64));
	PG_RETURN_POINTER(result);
}
