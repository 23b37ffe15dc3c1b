/*-------------------------------------------------------------------------
 *
 * murmur.c
 *		MurmurHash3 x64 128 of a string of bytes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "audience/murmur.h"
#include "base/bytes.h"
#include "base/compat.h"

/* Up to 8 bytes as the low end of a little-endian word. */
static uint64
read_tail(const unsigned char *bytes, size_t len)
{
	uint64		word = 0;

	for (size_t i = 0; i < len; i++)
		word |= (uint64) bytes[i] << (8 * i);
	return word;
}

/* murmur_hash: the first 64 bits of the 128-bit hash of len bytes */
uint64
murmur_hash(const void *key, size_t len, uint64 seed)
{
	const unsigned char *p = key;
	size_t		left = len;
	uint64		h1 = seed;
	uint64		h2 = seed;

	for (; left >= 16; left -= 16, p += 16)
	{
		h1 ^= murmur_mix1(bytes_get64(p));
		h1 = murmur_rotate(h1, 27) + h2;
		h1 = h1 * 5 + 0x52DCE729;
		h2 ^= murmur_mix2(bytes_get64(p + 8));
		h2 = murmur_rotate(h2, 31) + h1;
		h2 = h2 * 5 + 0x38495AB5;
	}
	if (left > 8)
		h2 ^= murmur_mix2(read_tail(p + 8, left - 8));
	if (left > 0)
		h1 ^= murmur_mix1(read_tail(p, Min(left, 8)));

	h1 ^= len;
	h2 ^= len;
	h1 += h2;
	h2 += h1;
	return murmur_finish(h1) + murmur_finish(h2);
}
