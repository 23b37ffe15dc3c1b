/*-------------------------------------------------------------------------
 *
 * murmur.h
 *		MurmurHash3 x64 128, the first 64 bits of it.
 *
 * The function of Austin Appleby, who put it in the public domain.  Results
 * are the same on every machine: bytes are read as little-endian words.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MURMUR_H
#define INFLUENCER_MURMUR_H

#define MURMUR_C1		UINT64CONST(0x87C37B91114253D5)
#define MURMUR_C2		UINT64CONST(0x4CF5AD432745937F)

static inline uint64
murmur_rotate(uint64 x, int bits)
{
	return x << bits | x >> (64 - bits);
}

/* The last step: every bit of the input reaches every bit of the output. */
static inline uint64
murmur_finish(uint64 h)
{
	h ^= h >> 33;
	h *= UINT64CONST(0xFF51AFD7ED558CCD);
	h ^= h >> 33;
	h *= UINT64CONST(0xC4CEB9FE1A85EC53);
	h ^= h >> 33;
	return h;
}

static inline uint64
murmur_mix1(uint64 k)
{
	return murmur_rotate(k * MURMUR_C1, 31) * MURMUR_C2;
}

static inline uint64
murmur_mix2(uint64 k)
{
	return murmur_rotate(k * MURMUR_C2, 33) * MURMUR_C1;
}

/* The hash of 8 bytes that are the little-endian form of value. */
static inline uint64
murmur_hash_int64(uint64 value, uint64 seed)
{
	uint64		h1 = (seed ^ murmur_mix1(value)) ^ 8;
	uint64		h2 = seed ^ 8;

	h1 += h2;
	h2 += h1;
	return murmur_finish(h1) + murmur_finish(h2);
}

extern uint64 murmur_hash(const void *key, size_t len, uint64 seed);

#endif							/* INFLUENCER_MURMUR_H */
