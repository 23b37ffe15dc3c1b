/*-------------------------------------------------------------------------
 *
 * bytes.h
 *		Bytes: in hexadecimal, in order, and as little-endian numbers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_BYTES_H
#define INFLUENCER_BYTES_H

#include "port/pg_bswap.h"
#include "utils/builtins.h"

#include "base/interrupt.h"

/* The value of a hexadecimal digit; -1 for another character. */
static inline int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/*
 * The bytes that a text writes as bytea does, \x and hexadecimal digits, in
 * new memory; NULL if it is something else.  The server's hex_decode() raises
 * errors of its own, which are not soft, and lets blanks pass.
 */
static inline unsigned char *
hex_read(const char *str, size_t *len)
{
	size_t		digits;
	unsigned char *bytes;

	if (str[0] != '\\' || str[1] != 'x')
		return NULL;
	str += 2;
	digits = strlen(str);
	if (digits % 2 != 0)
		return NULL;
	*len = digits / 2;
	bytes = palloc(*len + 1);
	for (size_t i = 0; i < *len; i++)
	{
		int			high = hex_value(str[2 * i]);
		int			low = hex_value(str[2 * i + 1]);

		if (high < 0 || low < 0)
			return NULL;
		check_interrupts(i);
		bytes[i] = (unsigned char) (high << 4 | low);
	}
	return bytes;
}

/* The same the other way round, for output. */
static inline char *
hex_write(const void *bytes, size_t len)
{
	char	   *str = palloc_extended(2 + 2 * len + 1, MCXT_ALLOC_HUGE);

	memcpy(str, "\\x", 2);
	str[2 + hex_encode(bytes, len, str + 2)] = '\0';
	return str;
}

/*
 * Negative, 0 or positive as a is before, equal to or after b; a prefix is
 * before.
 */
static inline int
bytes_compare(const void *a, size_t alen, const void *b, size_t blen)
{
	int			order = memcmp(a, b, Min(alen, blen));

	return order != 0 ? order : (alen > blen) - (alen < blen);
}

/* Little-endian numbers at any address. */

static inline uint64
bytes_get64(const void *bytes)
{
	uint64		value;

	memcpy(&value, bytes, sizeof(value));
#ifdef WORDS_BIGENDIAN
	value = pg_bswap64(value);
#endif
	return value;
}

static inline uint32
bytes_get32(const void *bytes)
{
	uint32		value;

	memcpy(&value, bytes, sizeof(value));
#ifdef WORDS_BIGENDIAN
	value = pg_bswap32(value);
#endif
	return value;
}

static inline void
bytes_put64(void *bytes, uint64 value)
{
#ifdef WORDS_BIGENDIAN
	value = pg_bswap64(value);
#endif
	memcpy(bytes, &value, sizeof(value));
}

static inline void
bytes_put32(void *bytes, uint32 value)
{
#ifdef WORDS_BIGENDIAN
	value = pg_bswap32(value);
#endif
	memcpy(bytes, &value, sizeof(value));
}

#endif							/* INFLUENCER_BYTES_H */
