/*-------------------------------------------------------------------------
 *
 * top_ids_state.c
 *		The type top_ids_state: the k best rows seen so far.
 *
 * While there are fewer than k, they stand in no order; from the k-th on they
 * are a heap with the worst on top, whose score is the threshold: a row below
 * it is refused by one comparison.  The state grows with the rows, by
 * doubling, so that a k out of all proportion costs nothing.
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

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/bytes.h"
#include "base/compat.h"
#include "base/invalid.h"
#include "top_ids/top_ids_state.h"

#define LARGEST_STATE		MAXALIGN_DOWN(MaxAllocSize)

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
		entry->id.chars.start = state->text_start;
		entry->id.chars.len = row->len;
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
TopIds *
top_ids_create(TopKind kind, int32 k, size_t size)
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
			size += entry_at(state, kind, i)->id.chars.len;
	}
	return size;
}

/* Twice what is needed, as a power of two, as memory is handed out. */
static size_t
grown_size(const TopIds *state, TopKind kind, size_t needed)
{
	size_t		size = TOP_IDS_SMALLEST;

	if (needed > LARGEST_STATE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the ids that top_ids() keeps do not fit into 1 GB"),
				 errhint("Use a smaller k.")));
	while (size < needed + needed / 2)
		size *= 2;
	if (kind != TOP_TEXT)
		size = (size_t) Min((uint64) size, sizeof(TopIds) +
							(uint64) state->k * entry_size(kind));
	return Min(size, LARGEST_STATE);
}

/* A copy of size bytes, without the text of ids no longer kept. */
static TopIds *
state_copy(const TopIds *state, TopKind kind, size_t size)
{
	TopIds	   *copy = top_ids_create(kind, state->k, size);

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
 * top_ids_insert
 *		Keep a row if it is among the k best so far.
 *
 * The state must be ours to change; returns it, or a larger one.
 */
TopIds *
top_ids_insert(TopIds *state, TopKind kind, const TopRow *row)
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

static int
row_cmp_qsort(const void *a, const void *b, void *kind)
{
	return row_cmp(*(TopKind *) kind, a, b);
}

/* What a state keeps, best first.  The ids are pointed at, in the state. */
TopRow *
top_ids_rows(const TopIds *state)
{
	TopKind		kind = state->kind;
	TopRow	   *rows = palloc_extended(Max(state->count, 1) * sizeof(TopRow),
									   MCXT_ALLOC_HUGE);

	for (int i = 0; i < state->count; i++)
		rows[i] = entry_row(state, kind, entry_at(state, kind, i));
	qsort_interruptible(rows, state->count, sizeof(TopRow), row_cmp_qsort,
						&kind);
	return rows;
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
	TopRow	   *rows = top_ids_rows(state);

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

/* The bytes of an entry, but for those of a text. */
static size_t
fixed_length(TopKind kind)
{
	return kind == TOP_TEXT ? sizeof(float8) + sizeof(uint32) :
		entry_size(kind);
}

/* Read an entry; NULL, or what is wrong with it. */
static const char *
read_row(StringInfo buf, TopKind kind, TopRow *row)
{
	if (bytes_left(buf) < fixed_length(kind))
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
read_rows(StringInfo buf, TopKind kind, int32 count, TopRow *rows,
		  size_t *text_size)
{
	*text_size = 0;
	for (int i = 0; i < count; i++)
	{
		const char *problem = read_row(buf, kind, &rows[i]);

		CHECK_FOR_INTERRUPTS();
		if (problem != NULL)
			return problem;
		if (i > 0 && row_cmp(kind, &rows[i - 1], &rows[i]) > 0)
			return "The entries are not in order.";
		*text_size += rows[i].len;
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
	size_t		text_size;
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
	if ((size_t) count > bytes_left(buf) / fixed_length(kind))
		return "It is too short.";
	rows = palloc_extended(Max(count, 1) * sizeof(TopRow),
						   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	problem = read_rows(buf, kind, count, rows, &text_size);
	if (problem != NULL)
		return problem;
	*state = top_ids_create(kind, k, Max(TOP_IDS_SMALLEST, sizeof(TopIds) +
										 count * entry_size(kind) +
										 (kind == TOP_TEXT ? text_size : 0)));
	while (count-- > 0)
	{
		CHECK_FOR_INTERRUPTS();
		*state = top_ids_insert(*state, kind, &rows[count]);
	}
	return NULL;
}

/* Read the text form; NULL, or what is wrong with it. */
static const char *
read_hex_state(const char *input, TopIds **state)
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
	const char *problem = read_hex_state(PG_GETARG_CSTRING(0), &state);

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
	write_state(&buf, PG_GETARG_TOP_IDS(0));
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
		invalid_binary("top_ids_state", problem);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(top_ids_state_send);

/* top_ids_state_send: see write_state */
Datum
top_ids_state_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	write_state(&buf, PG_GETARG_TOP_IDS(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
