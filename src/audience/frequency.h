/*-------------------------------------------------------------------------
 *
 * frequency.h
 *		How often people are reached: the types reach_frequency and
 *		reach_frequency_state, as they are stored.
 *
 * Both start with theta; what is counted is a sample of the people, all whose
 * hash is below.  All numbers are big-endian.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FREQUENCY_H
#define INFLUENCER_FREQUENCY_H

#include "port/pg_bswap.h"

#include "base/compat.h"

/* People whose frequencies are held exactly; of more, a sample as large. */
#define FREQUENCY_LG_K		16

/* After theta: a hash (8 bytes) and how often it came (4). */
#define STATE_ENTRY_SIZE	12

/*
 * After theta: times (4 bytes) and how many people were reached so often (8).
 */
#define FREQUENCY_ENTRY_SIZE	12

#define FREQUENCY_HEADER_SIZE	8

/* What is wrong with the bytes of a value; NULL: nothing. */
typedef const char *(*FrequencyCheck) (const char *bytes, size_t len);

extern struct varlena *frequency_value(const void *bytes, size_t len);
extern Datum frequency_recv(FunctionCallInfo fcinfo, const char *type,
							FrequencyCheck check);

static inline uint64
frequency_get64(const char *bytes)
{
	uint64		value;

	memcpy(&value, bytes, sizeof(value));
	return pg_ntoh64(value);
}

static inline uint32
frequency_get32(const char *bytes)
{
	uint32		value;

	memcpy(&value, bytes, sizeof(value));
	return pg_ntoh32(value);
}

static inline void
frequency_put64(char *bytes, uint64 value)
{
	value = pg_hton64(value);
	memcpy(bytes, &value, sizeof(value));
}

static inline void
frequency_put32(char *bytes, uint32 value)
{
	value = pg_hton32(value);
	memcpy(bytes, &value, sizeof(value));
}

#endif							/* INFLUENCER_FREQUENCY_H */
