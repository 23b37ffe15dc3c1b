/*-------------------------------------------------------------------------
 *
 * theta_format.c
 *		Images of compact theta sketches: checked, read and written.
 *
 * The format is that of Apache DataSketches.  All its serial versions are
 * read: 1 and 2 (2014, 2015), 3, and 4, which packs the differences of the
 * ascending hashes.  What is stored is version 3, ordered, as the Java library
 * writes it: its hashes can be searched as they stand.  Version 4 is written
 * for what only keeps or sends sketches.  doc/audience.md shows both.
 *
 * An image comes from anywhere, so nothing in it is believed: its counts are
 * held against the bytes that are there before memory is taken for them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "audience/theta.h"
#include "base/compat.h"
#include "base/interrupt.h"

/* The family of compact sketches; 2 is one under construction. */
#define THETA_FAMILY		3

/* More than any sketch under construction holds. */
#define THETA_COUNT_MAX		(THETA_CAPACITY(THETA_LG_K_MAX) + 1)

static unsigned int
get16(const unsigned char *bytes)
{
	return bytes[0] | ((unsigned int) bytes[1] << 8);
}

/*
 * What is wrong with the first 8 bytes, whatever the version; NULL: nothing.
 */
static const char *
check_preamble(const unsigned char *bytes, size_t len)
{
	unsigned int flags;

	if (len < THETA_WORD)
		return "A sketch has at least 8 bytes.";
	if (bytes[THETA_BYTE_VERSION] < 1 || bytes[THETA_BYTE_VERSION] > 4)
		return "The serial version is not 1, 2, 3 or 4.";
	if (bytes[THETA_BYTE_FAMILY] != THETA_FAMILY)
		return "The family is not 3: this is no compact theta sketch.";
	if (bytes[THETA_BYTE_PREAMBLE] < 1 ||
		bytes[THETA_BYTE_PREAMBLE] > THETA_PREAMBLE_THETA)
		return "The preamble is not 1, 2 or 3 times 8 bytes long.";
	flags = bytes[THETA_BYTE_FLAGS];
	if (flags & THETA_FLAG_BIG_ENDIAN)
		return "The flags say that the bytes are big-endian.";
	if (flags & ~THETA_FLAGS_KNOWN)
		return "The flags have bits that mean nothing.";
	if (bytes[THETA_BYTE_VERSION] >= 3 && !(flags & THETA_FLAG_COMPACT))
		return "The flags say that the sketch is not compact.";
	return NULL;
}

/* Whether the hashes of members can be compared with ours. */
static const char *
check_seed(const unsigned char *bytes)
{
	if (get16(bytes + THETA_BYTE_SEED_HASH) != THETA_SEED_HASH)
		return "The sketch was made with another seed than 9001, the default.";
	return NULL;
}

/* Count and theta after the first 8 bytes, in versions 1 to 3. */
static const char *
read_plain_counts(const unsigned char *bytes, size_t len, int preamble,
				  ThetaImage *image)
{
	uint32		count;

	if (len < (size_t) preamble * THETA_WORD)
		return "The preamble is cut off.";
	count = bytes_get32(bytes + THETA_BYTE_COUNT);
	if (preamble == THETA_PREAMBLE_THETA)
		image->theta = bytes_get64(bytes + THETA_BYTE_THETA);
	if (count > THETA_COUNT_MAX ||
		count != (len - preamble * THETA_WORD) / THETA_WORD ||
		len % THETA_WORD != 0)
		return "The count of hashes does not agree with the length.";
	image->count = (int) count;
	image->data = bytes + preamble * THETA_WORD;
	return NULL;
}

/* Version 1: a preamble of 3, no seed, always ordered. */
static const char *
check_version_1(const unsigned char *bytes, size_t len, ThetaImage *image)
{
	if (bytes[THETA_BYTE_PREAMBLE] != THETA_PREAMBLE_THETA)
		return "The preamble of serial version 1 is 3 times 8 bytes long.";
	return read_plain_counts(bytes, len, THETA_PREAMBLE_THETA, image);
}

/* Version 2: the preamble may be shorter; always ordered. */
static const char *
check_version_2(const unsigned char *bytes, size_t len, ThetaImage *image)
{
	const char *problem = check_seed(bytes);

	if (problem)
		return problem;
	if (bytes[THETA_BYTE_PREAMBLE] > 1)
		return read_plain_counts(bytes, len, bytes[THETA_BYTE_PREAMBLE],
								 image);
	return len == THETA_WORD ? NULL : "An empty sketch has 8 bytes.";
}

/*
 * Version 3, empty.  Java writes no seed, C++ does; a theta that was set for
 * sampling means nothing without members.
 */
static const char *
check_empty(const unsigned char *bytes, size_t len, ThetaImage *image)
{
	int			preamble = bytes[THETA_BYTE_PREAMBLE];
	unsigned int seed_hash = get16(bytes + THETA_BYTE_SEED_HASH);
	const char *problem;

	if (seed_hash != 0 && (problem = check_seed(bytes)) != NULL)
		return problem;
	if (preamble > 1)
	{
		problem = read_plain_counts(bytes, len, preamble, image);
		if (problem)
			return problem;
	}
	if (image->count > 0 || len != (size_t) preamble * THETA_WORD)
		return "A sketch flagged as empty holds hashes.";
	image->theta = THETA_MAX;
	return NULL;
}

/* Version 3: as it is stored here, but perhaps not ordered. */
static const char *
check_version_3(const unsigned char *bytes, size_t len, ThetaImage *image)
{
	int			preamble = bytes[THETA_BYTE_PREAMBLE];
	int			lg_k = bytes[THETA_BYTE_LG_K];
	const char *problem;

	if (lg_k >= THETA_LG_K_MIN && lg_k <= THETA_LG_K_MAX)
		image->lg_k = lg_k;
	if (bytes[THETA_BYTE_FLAGS] & THETA_FLAG_EMPTY)
		return check_empty(bytes, len, image);
	problem = check_seed(bytes);
	if (problem)
		return problem;
	image->ordered = (bytes[THETA_BYTE_FLAGS] & THETA_FLAG_ORDERED) != 0;
	if (preamble == THETA_PREAMBLE_SHORT)
	{
		if (len != 2 * THETA_WORD)
			return "A sketch of one hash has 16 bytes.";
		image->count = 1;
		image->data = bytes + THETA_WORD;
		return NULL;
	}
	if (bytes[THETA_BYTE_FLAGS] & THETA_FLAG_SINGLE)
		return "A sketch flagged as one of a single hash has a longer preamble.";
	return read_plain_counts(bytes, len, preamble, image);
}

/* Version 4: never empty, always ordered, differences of entry_bits each. */
static const char *
check_version_4(const unsigned char *bytes, size_t len, ThetaImage *image)
{
	int			preamble = bytes[THETA_BYTE_PREAMBLE];
	int			count_bytes = bytes[THETA_BYTE_COUNT_BYTES];
	uint64		count = 0;
	const char *problem = check_seed(bytes);

	image->entry_bits = bytes[THETA_BYTE_ENTRY_BITS];
	if (problem)
		return problem;
	if (preamble == THETA_PREAMBLE_THETA ||
		(bytes[THETA_BYTE_FLAGS] & THETA_FLAG_EMPTY) ||
		!(bytes[THETA_BYTE_FLAGS] & THETA_FLAG_ORDERED))
		return "Serial version 4 has a short preamble, and is ordered and not empty.";
	if (image->entry_bits < 1 || image->entry_bits >= THETA_PLAIN_BITS ||
		count_bytes < 1 || count_bytes > (int) sizeof(uint32))
		return "The widths of count and hashes are out of range.";
	if (len < (size_t) preamble * THETA_WORD + count_bytes)
		return "The preamble is cut off.";
	if (preamble == THETA_PREAMBLE_COUNT)
		image->theta = bytes_get64(bytes + THETA_WORD);
	for (int i = 0; i < count_bytes; i++)
		count |= (uint64) bytes[preamble * THETA_WORD + i] << (8 * i);
	len -= (size_t) preamble * THETA_WORD + count_bytes;
	if (count < 1 || count > THETA_COUNT_MAX ||
		len != (count * image->entry_bits + 7) / 8)
		return "The count of hashes does not agree with the length.";
	image->count = (int) count;
	image->data = bytes + preamble * THETA_WORD + count_bytes;
	return NULL;
}

/* The next packed difference, most significant bit first. */
static uint64
read_bits(const unsigned char *data, uint64 at, int bits)
{
	uint64		value = 0;

	while (bits > 0)
	{
		int			skip = at % 8;
		int			take = Min(8 - skip, bits);

		value = value << take |
			((data[at / 8] >> (8 - skip - take)) & ((1 << take) - 1));
		at += take;
		bits -= take;
	}
	return value;
}

/*
 * theta_image_hashes
 *		Go through the hashes, and write them to dest, if it is not NULL, as
 *		8 little-endian bytes each.
 *
 * Returns what is wrong with them, or NULL.  Those of an unordered image are
 * written as they come, and not checked for duplicates.
 */
const char *
theta_image_hashes(const ThetaImage *image, char *dest)
{
	uint64		previous = 0;

	for (int i = 0; i < image->count; i++)
	{
		uint64		hash;

		if (image->entry_bits == THETA_PLAIN_BITS)
			hash = bytes_get64(image->data + (size_t) i * THETA_WORD);
		else
			hash = previous + read_bits(image->data,
										(uint64) i * image->entry_bits,
										image->entry_bits);
		if (hash == 0)
			return "A hash is 0.";
		if (hash >= image->theta)
			return "A hash is not below theta.";
		if (image->ordered && hash <= previous)
			return "The hashes are not ascending and distinct.";
		if (dest)
			bytes_put64(dest + (size_t) i * THETA_WORD, hash);
		previous = hash;
		check_interrupts(i);
	}
	return NULL;
}

/*
 * theta_image_check
 *		Check an image of len bytes in any serial version, and describe it.
 *
 * Returns what is wrong with it, for an errdetail, or NULL.  Takes no memory.
 */
const char *
theta_image_check(const unsigned char *bytes, size_t len, ThetaImage *image)
{
	const char *problem = check_preamble(bytes, len);

	if (problem)
		return problem;
	memset(image, 0, sizeof(*image));
	image->version = bytes[THETA_BYTE_VERSION];
	image->theta = THETA_MAX;
	image->ordered = true;
	image->entry_bits = THETA_PLAIN_BITS;
	switch (image->version)
	{
		case 1:
			problem = check_version_1(bytes, len, image);
			break;
		case 2:
			problem = check_version_2(bytes, len, image);
			break;
		case 3:
			problem = check_version_3(bytes, len, image);
			break;
		default:
			problem = check_version_4(bytes, len, image);
	}
	if (!problem && (image->theta == 0 || image->theta > THETA_MAX))
		problem = "Theta is not between 1 and 2^63 - 1.";
	if (!problem)
		problem = theta_image_hashes(image, NULL);
	return problem;
}

/* Length of the canonical preamble, in 8 bytes. */
static int
canonical_preamble(int count, uint64 theta)
{
	if (theta < THETA_MAX)
		return THETA_PREAMBLE_THETA;
	return count > 1 ? THETA_PREAMBLE_COUNT : THETA_PREAMBLE_SHORT;
}

/* theta_size: the length of the canonical image */
size_t
theta_size(int count, uint64 theta)
{
	return ((size_t) canonical_preamble(count, theta) + count) * THETA_WORD;
}

/*
 * theta_write_header
 *		Write all of the canonical image that stands before the hashes, and
 *		return where they go.
 *
 * lg_k is 0 but in the state of an aggregate.
 */
char *
theta_write_header(char *dest, int count, uint64 theta, int lg_k)
{
	int			preamble = canonical_preamble(count, theta);
	bool		empty = count == 0 && theta == THETA_MAX;
	int			flags = THETA_FLAG_READ_ONLY | THETA_FLAG_COMPACT |
		THETA_FLAG_ORDERED;

	if (empty)
		flags |= THETA_FLAG_EMPTY;
	else if (preamble == THETA_PREAMBLE_SHORT)
		flags |= THETA_FLAG_SINGLE;
	memset(dest, 0, (size_t) preamble * THETA_WORD);
	dest[THETA_BYTE_PREAMBLE] = (char) preamble;
	dest[THETA_BYTE_VERSION] = THETA_VERSION;
	dest[THETA_BYTE_FAMILY] = THETA_FAMILY;
	dest[THETA_BYTE_LG_K] = (char) lg_k;
	dest[THETA_BYTE_FLAGS] = (char) flags;
	if (!empty)
	{
		dest[THETA_BYTE_SEED_HASH] = (char) (THETA_SEED_HASH & 0xFF);
		dest[THETA_BYTE_SEED_HASH + 1] = (char) (THETA_SEED_HASH >> 8);
	}
	if (preamble >= THETA_PREAMBLE_COUNT)
		bytes_put32(dest + THETA_BYTE_COUNT, (uint32) count);
	if (preamble >= THETA_PREAMBLE_THETA)
		bytes_put64(dest + THETA_BYTE_THETA, theta);
	return dest + (size_t) preamble * THETA_WORD;
}

/*
 * theta_entry_bits
 *		How wide the differences of count ascending hashes must be in serial
 *		version 4.
 */
int
theta_entry_bits(const char *hashes, int count)
{
	uint64		previous = 0;
	uint64		differences = 0;

	for (int i = 0; i < count; i++)
	{
		uint64		hash = bytes_get64(hashes + (size_t) i * THETA_WORD);

		differences |= hash - previous;
		previous = hash;
	}
	return pg_leftmost_one_pos64(differences) + 1;
}

/* How many bytes the count of hashes takes in serial version 4. */
static int
count_width(int count)
{
	return pg_leftmost_one_pos32(count) / 8 + 1;
}

/* Length of the preamble of serial version 4, in 8 bytes. */
static int
packed_preamble(uint64 theta)
{
	return theta < THETA_MAX ? THETA_PREAMBLE_COUNT : THETA_PREAMBLE_SHORT;
}

/* theta_packed_size: the length of an image in serial version 4 */
size_t
theta_packed_size(int count, uint64 theta, int entry_bits)
{
	return (size_t) packed_preamble(theta) * THETA_WORD + count_width(count) +
		((size_t) count * entry_bits + 7) / 8;
}

/* All of an image in serial version 4 before its hashes; returns its end. */
static char *
write_packed_header(char *dest, int count, uint64 theta, int entry_bits)
{
	int			preamble = packed_preamble(theta);
	int			width = count_width(count);

	memset(dest, 0, THETA_WORD);
	dest[THETA_BYTE_PREAMBLE] = (char) preamble;
	dest[THETA_BYTE_VERSION] = THETA_VERSION_PACKED;
	dest[THETA_BYTE_FAMILY] = THETA_FAMILY;
	dest[THETA_BYTE_ENTRY_BITS] = (char) entry_bits;
	dest[THETA_BYTE_COUNT_BYTES] = (char) width;
	dest[THETA_BYTE_FLAGS] = THETA_FLAG_READ_ONLY | THETA_FLAG_COMPACT |
		THETA_FLAG_ORDERED;
	dest[THETA_BYTE_SEED_HASH] = (char) (THETA_SEED_HASH & 0xFF);
	dest[THETA_BYTE_SEED_HASH + 1] = (char) (THETA_SEED_HASH >> 8);
	dest += THETA_WORD;
	if (preamble == THETA_PREAMBLE_COUNT)
	{
		bytes_put64(dest, theta);
		dest += THETA_WORD;
	}
	for (int i = 0; i < width; i++)
		*dest++ = (char) ((uint32) count >> (8 * i));
	return dest;
}

/* A packed difference behind *used bits of *dest, as read_bits() reads it. */
static inline void
write_bits(char **dest, int *used, uint64 value, int bits)
{
	while (bits > 0)
	{
		int			take = Min(8 - *used, bits);

		bits -= take;
		**dest |=
			(char) (((value >> bits) &
					 ((1 << take) - 1)) << (8 - *used - take));
		*used += take;
		*dest += *used / 8;
		*used %= 8;
	}
}

/*
 * theta_write_packed
 *		Write an image in serial version 4 of theta_packed_size() bytes.
 *
 * There is at least one hash, and entry_bits is theirs.
 */
void
theta_write_packed(char *dest, const char *hashes, int count, uint64 theta,
				   int entry_bits)
{
	uint64		previous = 0;
	int			used = 0;

	dest = write_packed_header(dest, count, theta, entry_bits);
	memset(dest, 0, ((size_t) count * entry_bits + 7) / 8);
	for (int i = 0; i < count; i++)
	{
		uint64		hash = bytes_get64(hashes + (size_t) i * THETA_WORD);

		write_bits(&dest, &used, hash - previous, entry_bits);
		previous = hash;
		check_interrupts(i);
	}
}
