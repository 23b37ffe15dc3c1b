/*-------------------------------------------------------------------------
 *
 * fixed_log.h
 *		The natural logarithm in fixed point, by integers only.
 *
 * Sums of logarithms must be the same on every machine, but log() of the C
 * library differs in the last bit between libraries and processors.  This one
 * can't: the logarithm of the mantissa m is that of a rounded 1/m from a table
 * plus the series of log(1 + z) for the small rest z.  It is right to 2^-40,
 * and faster than the library's.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FIXED_LOG_H
#define INFLUENCER_FIXED_LOG_H

/* The unit of a fixed-point logarithm is 2^-40. */
#define FIXED_LOG_BITS		40
#define FIXED_LOG_ONE		1099511627776.0

/* What is added to every logarithm, so that none is negative. */
#define FIXED_LOG_OFFSET	64

/* Logarithms of follower counts are from 0 to below this. */
#define MAX_LOG_FOLLOWERS	44

/* The fixed-point number of a whole logarithm. */
#define FIXED_LOG(x) \
	((uint64) ((x) + FIXED_LOG_OFFSET) << FIXED_LOG_BITS)

/* Within fixed_log(): the unit is 2^-46. */
#define LOG_WORK_BITS		46
#define LOG_2				INT64CONST(48775896626292)	/* log(2) */

/*
 * By the first 7 bits of the mantissa m, from 1 to 2: 2048 / m, rounded, and
 * minus the logarithm of 1/2048 of that.
 */
#define FIXED_LOG_ENTRIES	128

typedef struct FixedLogEntry
{
	uint16		inverse;
	int64		log;
} FixedLogEntry;

extern const FixedLogEntry fixed_log_table[FIXED_LOG_ENTRIES];

/*
 * fixed_log
 *		(log(x) + FIXED_LOG_OFFSET) * 2^40 for x from 2^-90 to 2^90.
 *
 * With z at 2^-63, 2^-39 and 2^-30 all products fit 64 bits; the terms from
 * z^6 on are below 2^-49.
 */
static inline uint64
fixed_log(double x)
{
	union
	{
		double		value;
		uint64		bits;
	}			in;
	uint64		mantissa;
	int			slot;
	int64		exponent;
	int64		z;
	int64		z39;
	int64		square;
	int64		rest;

	in.value = x;
	exponent = (int64) (in.bits >> 52) - 1023;
	mantissa = (in.bits & UINT64CONST(0xFFFFFFFFFFFFF)) |
		(UINT64CONST(1) << 52);
	slot = (mantissa >> 45) & (FIXED_LOG_ENTRIES - 1);

	z = (int64) (mantissa * fixed_log_table[slot].inverse -
				 (UINT64CONST(1) << 63));
	z39 = z >> 24;
	square = (z39 * z39) >> 32; /* 2^-46 */
	/* 1/3 - z/4 + z^2/5 at 2^-30, times z */
	rest = (((INT64CONST(1) << 30) / 3 - (z39 >> 11) + (square >> 16) / 5) *
			z39) >> 39;
	return (uint64) ((((int64) FIXED_LOG_OFFSET << LOG_WORK_BITS) +
					  exponent * LOG_2 + fixed_log_table[slot].log +
					  (z >> 17) - (square >> 1) + ((rest * square) >> 30) +
					  32) >> (LOG_WORK_BITS - FIXED_LOG_BITS));
}

/* The logarithm that a fixed-point number stands for. */
static inline double
fixed_log_value(double fixed)
{
	return fixed / FIXED_LOG_ONE - FIXED_LOG_OFFSET;
}

/*
 * fixed_exp
 *		exp(log / 2^32) * 2^16, rounded, for log / 2^32 from 0 to 20.
 *
 * The series of the part below log(2), in units of 2^-30.
 */
static inline uint64
fixed_exp(uint64 log)
{
	const uint64 log_2 = UINT64CONST(2977044472);	/* 2^-32 */
	const uint64 one = UINT64CONST(1) << 30;
	uint64		part = (log % log_2) >> 2;
	uint64		sum = one;

	for (int i = 12; i > 0; i--)
		sum = one + ((part * sum) >> 30) / i;
	return ((sum << (log / log_2)) + (1 << 13)) >> 14;
}

#endif							/* INFLUENCER_FIXED_LOG_H */
