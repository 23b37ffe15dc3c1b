/*-------------------------------------------------------------------------
 *
 * theta.h
 *		The theta sketch, apart from the SQL type: hashing, format, bounds.
 *
 * A theta sketch is a sample of a set: of the hashes of its members, spread
 * evenly over 1 .. 2^63 - 1, it holds all below a threshold, theta.  While
 * theta is 2^63 - 1 these are all hashes, and the sketch is exact.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_THETA_H
#define INFLUENCER_THETA_H

#include "base/bytes.h"

/* Theta of an exact sketch; every hash is below. */
#define THETA_MAX			((uint64) PG_INT64_MAX)

#define THETA_LG_K_MIN		5
#define THETA_LG_K_MAX		26
#define THETA_LG_K_DEFAULT	12

/*
 * Hashes that a sketch under construction holds at most: 15/16 of 2^(lg_k+1).
 * One more, and it keeps the k smallest.
 */
#define THETA_CAPACITY(lg_k)	((1 << ((lg_k) + 1)) / 16 * 15)

/* DataSketches' default seed, and what marks the sketches made with it. */
#define THETA_SEED			UINT64CONST(9001)
#define THETA_SEED_HASH		0x93CC

/* Offsets of the canonical image: see doc/audience.md. */
#define THETA_BYTE_PREAMBLE		0	/* length of the preamble, in 8 bytes */
#define THETA_BYTE_VERSION		1
#define THETA_BYTE_FAMILY		2
#define THETA_BYTE_LG_K			3	/* 0, but in the states of aggregates */
#define THETA_BYTE_FLAGS		5
#define THETA_BYTE_SEED_HASH	6
#define THETA_BYTE_COUNT		8
#define THETA_BYTE_THETA		16

/* Preambles are counted in words, hashes are one each. */
#define THETA_WORD				8

/* Words of a preamble: with flags alone, with a count, with theta too. */
#define THETA_PREAMBLE_SHORT	1
#define THETA_PREAMBLE_COUNT	2
#define THETA_PREAMBLE_THETA	3

/* The serial version that is stored. */
#define THETA_VERSION			3

/* Serial version 4 packs the hashes, and has two bytes of its own. */
#define THETA_VERSION_PACKED	4
#define THETA_BYTE_ENTRY_BITS	3	/* width of a difference */
#define THETA_BYTE_COUNT_BYTES	4	/* of the count, after the preamble */

/* The width of a hash that is not packed. */
#define THETA_PLAIN_BITS		64

#define THETA_FLAG_BIG_ENDIAN	0x01
#define THETA_FLAG_READ_ONLY	0x02
#define THETA_FLAG_EMPTY		0x04
#define THETA_FLAG_COMPACT		0x08
#define THETA_FLAG_ORDERED		0x10
#define THETA_FLAG_SINGLE		0x20
#define THETA_FLAGS_KNOWN		0x3F

/* A foreign image whose header has been checked: see theta_format.c. */
typedef struct ThetaImage
{
	int			version;
	int			lg_k;			/* of an aggregate's state; else 0 */
	uint64		theta;
	int			count;			/* hashes retained */
	bool		ordered;
	int			entry_bits;		/* of a packed delta; 64 for plain hashes */
	const unsigned char *data;	/* where the hashes start */
} ThetaImage;

/* theta_format.c */
extern const char *theta_image_check(const unsigned char *bytes, size_t len,
									 ThetaImage *image);
extern const char *theta_image_hashes(const ThetaImage *image, char *dest);
extern size_t theta_size(int count, uint64 theta);
extern char *theta_write_header(char *dest, int count, uint64 theta, int lg_k);
extern int	theta_entry_bits(const char *hashes, int count);
extern size_t theta_packed_size(int count, uint64 theta, int entry_bits);
extern void theta_write_packed(char *dest, const char *hashes, int count,
							   uint64 theta, int entry_bits);

/* theta_sort.c */
extern void theta_sort(uint64 *hashes, int count);

/* theta_bounds.c */
extern double theta_lower_bound(int count, uint64 theta, double deviations);
extern double theta_upper_bound(int count, uint64 theta, double deviations);

/* Theta as the fraction of all hashes that lie below it. */
static inline double
theta_fraction(uint64 theta)
{
	return (double) theta / (double) THETA_MAX;
}

#endif							/* INFLUENCER_THETA_H */
