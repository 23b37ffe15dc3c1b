/*-------------------------------------------------------------------------
 *
 * top_ids.c
 *		The aggregate top_ids: the k ids with the best scores, in one pass.
 *
 * The state keeps the k best rows seen so far.  While there are fewer, they
 * stand in no order; from the k-th on they are a heap with the worst on top,
 * whose score is the threshold: a row below it is refused by one comparison.
 * The state grows with the rows, by doubling, so that a k out of all
 * proportion costs nothing.
 *
 * It is a flat varlena, changed in place in an aggregate.  The server keeps
 * the pointer as long as we return the same one, and copies the state into
 * the aggregate's memory, freeing the old one, when we return a larger one
 * that was made in the memory of the row.
 *
 * Rows are ordered by score, the largest first, then by id, the smallest
 * first: bigint by number, text and uuid by bytes.  That is a total order of
 * what distinguishes rows, so the result depends neither on the order of the
 * rows nor on how they were spread over workers, and not on a collation.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

#include "base/aggregate.h"
#include "base/bytes.h"
#include "base/compat.h"

/* What the ids are.  The numbers are part of the stored form. */
typedef enum TopKind
{
	TOP_BIGINT = 1,
	TOP_TEXT = 2,
	TOP_UUID = 3
} TopKind;

#define TOP_IDS_VERSION		1

/*
 * The state.  Entries follow, entry_size() bytes each; the bytes of text ids
 * stand at the end, from text_start on, those of ids no longer kept among
 * them.  In between there is room to grow.
 */
typedef struct TopIds
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		kind;			/* TopKind */
	uint16		unused;			/* always zero */
	int32		k;
	int32		count;			/* entries kept, at most k */
	float8		threshold;		/* worst score kept; -infinity while count < k */
	uint32		text_start;
	uint32		unused2;		/* always zero */
} TopIds;

/* An entry; only for a uuid it is as long as declared. */
typedef struct TopEntry
{
	float8		score;
	union
	{
		int64		number;
		struct
		{
			uint32		start;	/* from the start of the state */
			uint32		len;
		}			text;
		pg_uuid_t	uuid;
	}			id;
} TopEntry;

/* A row to insert, or an entry to compare: the ids are pointed at. */
typedef struct TopRow
{
	float8		score;
	int64		number;
	const unsigned char *bytes; /* of a text or uuid */
	uint32		len;
} TopRow;

#define SMALLEST_STATE		128
#define LARGEST_STATE		MAXALIGN_DOWN(MaxAllocSize)

static inline size_t
entry_size(TopKind kind)
{
	return kind == TOP_UUID ? 24 : 16;
}

static inline TopEntry *
entry_at(const TopIds *state, TopKind kind, size_t i)
{
	return (TopEntry *) ((char *) state + sizeof(TopIds) + i * entry_size(kind));
}

/* Where the next entry would start. */
static inline size_t
entries_end(const TopIds *state, TopKind kind)
{
	return sizeof(TopIds) + state->count * entry_size(kind);
}

static inline TopRow
entry_row(const TopIds *state, TopKind kind, const TopEntry *entry)
{
	TopRow		row = {.score = entry->score};

	if (kind == TOP_BIGINT)
		row.number = entry->id.number;
	else if (kind == TOP_UUID)
	{
		row.bytes = entry->id.uuid.data;
		row.len = UUID_LEN;
	}
	else
	{
		row.bytes = (const unsigned char *) state + entry->id.text.start;
		row.len = entry->id.text.len;
	}
	return row;
}

/* Negative if a is better than b. */
static inline int
row_cmp(TopKind kind, const TopRow *a, const TopRow *b)
{
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (kind == TOP_BIGINT)
		return (a->number > b->number) - (a->number < b->number);
	return bytes_compare(a->bytes, a->len, b->bytes, b->len);
}

/* Write a row as the entry i, its bytes below those of the other text ids. */
static inline void
entry_set(TopIds *state, TopKind kind, size_t i, const TopRow *row)
{
	TopEntry   *entry = entry_at(state, kind, i);

	entry->score = row->score;
	if (kind == TOP_BIGINT)
		entry->id.number = row->number;
	else if (kind == TOP_UUID)
		memcpy(entry->id.uuid.data, row->bytes, UUID_LEN);
	else
	{
		state->text_start -= row->len;
		memcpy((char *) state + state->text_start, row->bytes, row->len);
		entry->id.text.start = state->text_start;
		entry->id.text.len = row->len;
	}
}

/* Let the entry i sink below all that are worse. */
static inline void
sift_down(TopIds *state, TopKind kind, size_t i)
{
	TopEntry	sinking;
	TopRow		row;

	memcpy(&sinking, entry_at(state, kind, i), entry_size(kind));
	row = entry_row(state, kind, &sinking);
	for (;;)
	{
		size_t		child = 2 * i + 1;
		TopRow		worse;

		if (child >= (size_t) state->count)
			break;
		worse = entry_row(state, kind, entry_at(state, kind, child));
		if (child + 1 < (size_t) state->count)
		{
			TopRow		other = entry_row(state, kind,
										  entry_at(state, kind, child + 1));

			if (row_cmp(kind, &other, &worse) > 0)
			{
				worse = other;
				child++;
			}
		}
		if (row_cmp(kind, &row, &worse) >= 0)
			break;
		memcpy(entry_at(state, kind, i), entry_at(state, kind, child),
			   entry_size(kind));
		i = child;
	}
	memcpy(entry_at(state, kind, i), &sinking, entry_size(kind));
}

static void
heapify(TopIds *state, TopKind kind)
{
	for (size_t i = state->count / 2; i-- > 0;)
	{
		CHECK_FOR_INTERRUPTS();
		sift_down(state, kind, i);
	}
}

/* A state of size bytes without entries. */
static TopIds *
state_create(TopKind kind, int32 k, size_t size)
{
	TopIds	   *state = palloc0(size);

	SET_VARSIZE(state, size);
	state->version = TOP_IDS_VERSION;
	state->kind = kind;
	state->k = k;
	state->threshold = -get_float8_infinity();
	state->text_start = size;
	return state;
}

/* Bytes that a state needs at least for what it keeps. */
static size_t
live_size(const TopIds *state, TopKind kind)
{
	size_t		size = entries_end(state, kind);

	if (kind == TOP_TEXT)
	{
		for (int i = 0; i < state->count; i++)
			size += entry_at(state, kind, i)->id.text.len;
	}
	return size;
}

/* Twice what is needed, as a power of two, as memory is handed out. */
static size_t
grown_size(const TopIds *state, TopKind kind, size_t needed)
{
	size_t		size = SMALLEST_STATE;

	if (needed > LARGEST_STATE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the ids that top_ids() keeps do not fit into 1 GB"),
				 errhint("Use a smaller k.")));
	while (size < needed + needed / 2)
		size *= 2;
	if (kind != TOP_TEXT)
		size = Min(size, sizeof(TopIds) + state->k * entry_size(kind));
	return Min(size, LARGEST_STATE);
}

/* A copy of size bytes, without the text of ids no longer kept. */
static TopIds *
state_copy(const TopIds *state, TopKind kind, size_t size)
{
	TopIds	   *copy = state_create(kind, state->k, size);

	copy->threshold = state->threshold;
	copy->count = state->count;
	if (kind != TOP_TEXT)
	{
		memcpy(entry_at(copy, kind, 0), entry_at(state, kind, 0),
			   state->count * entry_size(kind));
		return copy;
	}
	for (int i = 0; i < state->count; i++)
	{
		TopRow		row = entry_row(state, kind, entry_at(state, kind, i));

		CHECK_FOR_INTERRUPTS();
		entry_set(copy, kind, i, &row);
	}
	return copy;
}

/*
 * Make room for so many bytes between the entries and the text.  The state
 * stays where it is when it is large enough without the text of ids no longer
 * kept: where these take half of it.
 */
static pg_noinline TopIds *
make_room(TopIds *state, TopKind kind, size_t room)
{
	size_t		size = grown_size(state, kind, live_size(state, kind) + room);
	TopIds	   *larger;

	size = Max(size, VARSIZE(state));
	larger = state_copy(state, kind, size);
	if (size > VARSIZE(state))
		return larger;
	memcpy(state, larger, size);
	pfree(larger);
	return state;
}

/*
 * state_insert
 *		Keep a row if it is among the k best so far.
 *
 * The state must be ours to change; returns it, or a larger one.
 */
static inline TopIds *
state_insert(TopIds *state, TopKind kind, const TopRow *row)
{
	bool		full = (state->count == state->k);
	size_t		room = kind == TOP_TEXT ? row->len : 0;

	if (full)
	{
		TopRow		worst = entry_row(state, kind, entry_at(state, kind, 0));

		if (row_cmp(kind, row, &worst) >= 0)
			return state;
	}
	else
		room += entry_size(kind);
	if (unlikely(entries_end(state, kind) + room > state->text_start))
		state = make_room(state, kind, room);

	if (full)
	{
		entry_set(state, kind, 0, row);
		sift_down(state, kind, 0);
	}
	else
	{
		entry_set(state, kind, state->count++, row);
		if (state->count < state->k)
			return state;
		heapify(state, kind);
	}
	state->threshold = entry_at(state, kind, 0)->score;
	return state;
}

/* An argument that is a state, to read only. */
static TopIds *
state_argument(FunctionCallInfo fcinfo, int argno)
{
	return (TopIds *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
}

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
	state = PG_ARGISNULL(0) ? state_create(kind, k, SMALLEST_STATE) :
		(TopIds *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	check_kind(state, kind);
	check_k(state, k);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || isnan(PG_GETARG_FLOAT8(2)))
		PG_RETURN_POINTER(state);
	row.score = PG_GETARG_FLOAT8(2) + 0.0;
	row_set_id(&row, kind, PG_GETARG_DATUM(1));
	PG_RETURN_POINTER(state_insert(state, kind, &row));
}

PG_FUNCTION_INFO_V1(top_ids_accum_bigint);
PG_FUNCTION_INFO_V1(top_ids_accum_text);
PG_FUNCTION_INFO_V1(top_ids_accum_uuid);

/*
 * transition function of top_ids(id bigint, score float8, k integer) -> bigint[]
 *		The ids with the k largest scores, best first, ties by id.
 *
 * A row whose id or score is NULL, or whose score is NaN, is left out; an id
 * that comes twice may be kept twice.  Error 22004 if k is NULL, 22023 if it is
 * below 1 or not the same in all rows; 54000 if what is kept does not fit into 1 GB.
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
		PG_RETURN_POINTER(state_argument(fcinfo, 1));
	state = (TopIds *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	other = state_argument(fcinfo, 1);
	check_kind(state, other->kind);
	check_k(state, other->k);
	for (int i = 0; i < other->count; i++)
	{
		TopRow		row = entry_row(other, other->kind,
									entry_at(other, other->kind, i));

		CHECK_FOR_INTERRUPTS();
		state = state_insert(state, other->kind, &row);
	}
	PG_RETURN_POINTER(state);
}

static int
row_cmp_qsort(const void *a, const void *b, void *kind)
{
	return row_cmp(*(TopKind *) kind, a, b);
}

/* What a state keeps, best first.  The ids are pointed at, in the state. */
static TopRow *
sorted_rows(const TopIds *state)
{
	TopKind		kind = state->kind;
	TopRow	   *rows = palloc_extended(Max(state->count, 1) * sizeof(TopRow),
									   MCXT_ALLOC_HUGE);

	for (int i = 0; i < state->count; i++)
		rows[i] = entry_row(state, kind, entry_at(state, kind, i));
	qsort_interruptible(rows, state->count, sizeof(TopRow), row_cmp_qsort, &kind);
	return rows;
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
	state = state_argument(fcinfo, 0);
	check_kind(state, kind);
	rows = sorted_rows(state);
	ids = palloc_extended(Max(state->count, 1) * sizeof(Datum), MCXT_ALLOC_HUGE);
	for (int i = 0; i < state->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ids[i] = row_datum(&rows[i], kind);
	}
	return construct_array(ids, state->count, elmtype, elmlen, elmbyval, elmalign);
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

/*
 * The external form: version and kind, a byte each; k and the number of
 * entries, four bytes each; then the entries, best first: the score as a
 * float8 and the id, a bigint in eight bytes, a uuid in sixteen, a text in the
 * encoding of the database after its length in four; all numbers big-endian.
 * As text, this is written as a bytea is, in hex.
 */
static void
write_state(StringInfo buf, const TopIds *state)
{
	TopRow	   *rows = sorted_rows(state);

	pq_sendbyte(buf, state->version);
	pq_sendbyte(buf, state->kind);
	pq_sendint32(buf, state->k);
	pq_sendint32(buf, state->count);
	for (int i = 0; i < state->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(buf, rows[i].score);
		if (state->kind == TOP_BIGINT)
			pq_sendint64(buf, rows[i].number);
		else
		{
			if (state->kind == TOP_TEXT)
				pq_sendint32(buf, rows[i].len);
			pq_sendbytes(buf, (const char *) rows[i].bytes, rows[i].len);
		}
	}
}

#define HEADER_LENGTH		10

static size_t
bytes_left(const StringInfoData *buf)
{
	return buf->len - buf->cursor;
}

/* Read an entry; NULL, or what is wrong with it. */
static const char *
read_row(StringInfo buf, TopKind kind, TopRow *row)
{
	size_t		fixed = kind == TOP_TEXT ? 12 : entry_size(kind);

	if (bytes_left(buf) < fixed)
		return "It is too short.";
	row->score = pq_getmsgfloat8(buf) + 0.0;
	if (isnan(row->score))
		return "A score is NaN.";
	if (kind == TOP_BIGINT)
	{
		row->number = pq_getmsgint64(buf);
		return NULL;
	}
	row->len = kind == TOP_UUID ? UUID_LEN : pq_getmsgint(buf, 4);
	if (bytes_left(buf) < row->len)
		return "It is too short.";
	row->bytes = (const unsigned char *) pq_getmsgbytes(buf, row->len);
	if (kind == TOP_TEXT &&
		!pg_verify_mbstr(GetDatabaseEncoding(), (const char *) row->bytes,
						 row->len, true))
		return "An id is not text in the encoding of the database.";
	return NULL;
}

/*
 * Read all entries, which must be in order; NULL, or what is wrong.  *text is
 * left with the bytes of the ids.
 */
static const char *
read_rows(StringInfo buf, TopKind kind, int32 count, TopRow *rows, size_t *text)
{
	*text = 0;
	for (int i = 0; i < count; i++)
	{
		const char *problem = read_row(buf, kind, &rows[i]);

		CHECK_FOR_INTERRUPTS();
		if (problem != NULL)
			return problem;
		if (i > 0 && row_cmp(kind, &rows[i - 1], &rows[i]) > 0)
			return "The entries are not in order.";
		*text += rows[i].len;
	}
	if (bytes_left(buf) > 0)
		return "It is too long.";
	return NULL;
}

/* Read a state; NULL, or what is wrong with it. */
static const char *
read_state(StringInfo buf, TopIds **state)
{
	TopKind		kind;
	int32		k;
	int32		count;
	TopRow	   *rows;
	size_t		text;
	const char *problem;

	if (bytes_left(buf) < HEADER_LENGTH)
		return "It is too short.";
	if (pq_getmsgbyte(buf) != TOP_IDS_VERSION)
		return "Its version is unknown.";
	kind = pq_getmsgbyte(buf);
	k = pq_getmsgint(buf, 4);
	count = pq_getmsgint(buf, 4);
	if (kind < TOP_BIGINT || kind > TOP_UUID)
		return "The type of its ids is unknown.";
	if (k < 1 || count < 0 || count > k)
		return "Its counts are out of range.";
	if ((size_t) count > bytes_left(buf) / (kind == TOP_TEXT ? 12 : entry_size(kind)))
		return "It is too short.";
	rows = palloc_extended(Max(count, 1) * sizeof(TopRow),
						   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	problem = read_rows(buf, kind, count, rows, &text);
	if (problem != NULL)
		return problem;
	*state = state_create(kind, k, Max(SMALLEST_STATE, sizeof(TopIds) +
									   count * entry_size(kind) +
									   (kind == TOP_TEXT ? text : 0)));
	while (count-- > 0)
	{
		CHECK_FOR_INTERRUPTS();
		*state = state_insert(*state, kind, &rows[count]);
	}
	return NULL;
}

/* Read the text form; NULL, or what is wrong with it. */
static const char *
read_text(const char *input, TopIds **state)
{
	StringInfoData buf;
	size_t		len;

	buf.data = (char *) hex_read(input, &len);
	if (buf.data == NULL)
		return "It is not \\x and hexadecimal digits.";
	buf.len = buf.maxlen = (int) len;
	buf.cursor = 0;
	return read_state(&buf, state);
}

PG_FUNCTION_INFO_V1(top_ids_state_in);

/*
 * top_ids_state_in
 *		Text input, see write_state.  Error 22P02, soft where the server has
 *		soft errors.
 */
Datum
top_ids_state_in(PG_FUNCTION_ARGS)
{
	TopIds	   *state = NULL;
	const char *problem = read_text(PG_GETARG_CSTRING(0), &state);

	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "top_ids_state"),
				 errdetail("%s", problem)));
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(top_ids_state_out);

/* top_ids_state_out: see write_state; equal states give equal texts */
Datum
top_ids_state_out(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	write_state(&buf, state_argument(fcinfo, 0));
	PG_RETURN_CSTRING(hex_write(buf.data, buf.len));
}

PG_FUNCTION_INFO_V1(top_ids_state_recv);

/* top_ids_state_recv: see write_state; error 22P03 for whatever it is not */
Datum
top_ids_state_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	TopIds	   *state = NULL;
	const char *problem = read_state(buf, &state);

	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "top_ids_state"),
				 errdetail("%s", problem)));
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(top_ids_state_send);

/* top_ids_state_send: see write_state */
Datum
top_ids_state_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	write_state(&buf, state_argument(fcinfo, 0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
