/*-------------------------------------------------------------------------
 *
 * wide.h
 *		Exact arithmetic on unsigned integers of several 64-bit limbs.
 *
 * An integer is an array of uint64, the lowest first.  What is stored is the
 * same on machines with and without a 128-bit type, which is only used to
 * multiply.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_WIDE_H
#define INFLUENCER_WIDE_H

/* The widest product that wide_mul() is asked for. */
#define WIDE_MAX_LIMBS		8

/* 2^64 */
#define WIDE_BASE			18446744073709551616.0

/* Product of two limbs: the low half is returned. */
static inline uint64
wide_mul_limb(uint64 a, uint64 b, uint64 *high)
{
#ifdef HAVE_INT128
	uint128		product = (uint128) a * b;

	*high = (uint64) (product >> 64);
	return (uint64) product;
#else
	uint64		a0 = a & 0xFFFFFFFF;
	uint64		a1 = a >> 32;
	uint64		b0 = b & 0xFFFFFFFF;
	uint64		b1 = b >> 32;
	uint64		low = a0 * b0;
	uint64		middle = a1 * b0 + (low >> 32);
	uint64		middle2 = a0 * b1 + (middle & 0xFFFFFFFF);

	*high = a1 * b1 + (middle >> 32) + (middle2 >> 32);
	return (middle2 << 32) | (low & 0xFFFFFFFF);
#endif
}

/* sum += x; true if the sum does not fit. */
static inline bool
wide_add(uint64 *sum, const uint64 *x, int limbs)
{
	uint64		carry = 0;

	for (int i = 0; i < limbs; i++)
	{
		uint64		part = sum[i] + carry;

		carry = part < carry;
		sum[i] = part + x[i];
		carry += sum[i] < part;
	}
	return carry != 0;
}

/*
 * sum += a product of two limbs, both of two limbs; true if it does not fit.
 */
static inline bool
wide_add_product(uint64 *sum, uint64 a, uint64 b)
{
	uint64		high;
	uint64		low = wide_mul_limb(a, b, &high);

	sum[0] += low;
	high += sum[0] < low;		/* a product's high half has room */
	sum[1] += high;
	return sum[1] < high;
}

/* sum += x, of one limb; true if the sum does not fit. */
static inline bool
wide_add_limb(uint64 *sum, int limbs, uint64 x)
{
	for (int i = 0; i < limbs; i++)
	{
		sum[i] += x;
		x = sum[i] < x;
	}
	return x != 0;
}

/* sum -= x; true if x is larger. */
static inline bool
wide_subtract(uint64 *sum, const uint64 *x, int limbs)
{
	uint64		borrow = 0;

	for (int i = 0; i < limbs; i++)
	{
		uint64		part = sum[i] - borrow;

		borrow = part > sum[i];
		sum[i] = part - x[i];
		borrow += sum[i] > part;
	}
	return borrow != 0;
}

/* Negative, 0 or positive as a is below, equal to or above b. */
static inline int
wide_compare(const uint64 *a, const uint64 *b, int limbs)
{
	for (int i = limbs - 1; i >= 0; i--)
	{
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	}
	return 0;
}

static inline bool
wide_is_zero(const uint64 *a, int limbs)
{
	uint64		any = 0;

	for (int i = 0; i < limbs; i++)
		any |= a[i];
	return any == 0;
}

/* product, of na + nb limbs, = a * b */
static inline void
wide_mul(uint64 *product, const uint64 *a, int na, const uint64 *b, int nb)
{
	Assert(na + nb <= WIDE_MAX_LIMBS);
	memset(product, 0, (na + nb) * sizeof(uint64));
	for (int i = 0; i < na; i++)
	{
		uint64		carry = 0;

		for (int j = 0; j < nb; j++)
		{
			uint64		high;
			uint64		low = wide_mul_limb(a[i], b[j], &high);

			low += carry;
			high += low < carry;
			product[i + j] += low;
			carry = high + (product[i + j] < low);
		}
		product[i + nb] = carry;
	}
}

/*
 * The double next to an integer, give or take one unit in the last place; the
 * same one on every machine: the product is by a power of two, so that it does
 * not matter whether the compiler fuses it with the sum.
 */
static inline double
wide_to_double(const uint64 *a, int limbs)
{
	double		result = 0;

	for (int i = limbs - 1; i >= 0; i--)
		result = result * WIDE_BASE + (double) a[i];
	return result;
}

/*
 * The integer, of two limbs, next to a double from 0 to below 2^128.  From
 * 2^52 on, a double is an integer already.
 */
static inline void
wide_from_double(uint64 *a, double x)
{
	if (likely(x < WIDE_BASE / 2))
	{
		a[0] = (uint64) (int64) (x + (x < 4503599627370496.0 ? 0.5 : 0.0));
		a[1] = 0;
	}
	else
	{
		a[1] = (uint64) (x / WIDE_BASE);
		a[0] = (uint64) (x - (double) a[1] * WIDE_BASE);
	}
}

/* a = a * factor + term; true if that does not fit. */
static inline bool
wide_scale(uint64 *a, int limbs, uint64 factor, uint64 term)
{
	for (int i = 0; i < limbs; i++)
	{
		uint64		high;

		a[i] = wide_mul_limb(a[i], factor, &high) + term;
		term = high + (a[i] < term);
	}
	return term != 0;
}

/* a = a / divisor; the rest is returned. */
static inline uint32
wide_divide(uint64 *a, int limbs, uint32 divisor)
{
	uint64		rest = 0;

	for (int i = limbs - 1; i >= 0; i--)
	{
		uint64		upper = (rest << 32) | (a[i] >> 32);
		uint64		lower = ((upper % divisor) << 32) | (a[i] & 0xFFFFFFFF);

		a[i] = ((upper / divisor) << 32) | (lower / divisor);
		rest = lower % divisor;
	}
	return (uint32) rest;
}

#endif							/* INFLUENCER_WIDE_H */
