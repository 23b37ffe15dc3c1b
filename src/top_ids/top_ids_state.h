/*-------------------------------------------------------------------------
 *
 * top_ids_state.h
 *		The type top_ids_state: the k best rows seen so far.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_TOP_IDS_STATE_H
#define INFLUENCER_TOP_IDS_STATE_H

#include "utils/uuid.h"

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
	float8		threshold;		/* worst score kept, -infinity while count is
								 * below k */
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
		}			chars;
		pg_uuid_t	uuid;
	}			id;
} TopEntry;

#define TOP_IDS_SMALLEST	128

/* A row to insert, or an entry to compare: the ids are pointed at. */
typedef struct TopRow
{
	float8		score;
	int64		number;
	const unsigned char *bytes; /* of a text or uuid */
	uint32		len;
} TopRow;

static inline size_t
entry_size(TopKind kind)
{
	return kind == TOP_UUID ? 24 : 16;
}

static inline TopEntry *
entry_at(const TopIds *state, TopKind kind, size_t i)
{
	return (TopEntry *) ((char *) state + sizeof(TopIds) +
						 i * entry_size(kind));
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
		row.bytes = (const unsigned char *) state + entry->id.chars.start;
		row.len = entry->id.chars.len;
	}
	return row;
}

/* An argument that is a state. */
#define PG_GETARG_TOP_IDS(n) \
	((TopIds *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

extern TopIds *top_ids_create(TopKind kind, int32 k, size_t size);
extern TopIds *top_ids_insert(TopIds *state, TopKind kind, const TopRow *row);
extern TopRow *top_ids_rows(const TopIds *state);

#endif							/* INFLUENCER_TOP_IDS_STATE_H */
