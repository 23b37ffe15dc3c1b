/*-------------------------------------------------------------------------
 *
 * bytes.h
 *		Bytes written as bytea writes them: \x and hexadecimal digits.
 *
 * The server's hex_decode() raises errors of its own, which are not soft, and
 * lets blanks pass.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_BYTES_H
#define INFLUENCER_BYTES_H

#include "miscadmin.h"

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

/* The bytes, in new memory; NULL if the text is something else. */
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
		CHECK_FOR_INTERRUPTS();
		bytes[i] = (unsigned char) (high << 4 | low);
	}
	return bytes;
}

#endif							/* INFLUENCER_BYTES_H */
