/*-------------------------------------------------------------------------
 *
 * maturity_age.h
 *		The age of a post: in microseconds, and on the scale of log age.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MATURITY_AGE_H
#define INFLUENCER_MATURITY_AGE_H

#include "common/int.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "base/fixed_log.h"
#include "base/month.h"

/* Positions within a class are in units of this part of it. */
#define POSITION_BITS		16
#define POSITION_ONE		65536.0

/* 2 * 65536 / log(2) */
#define POSITIONS_PER_LOG	189096

/* An age on the scale of log age. */
typedef struct MaturityPlace
{
	uint32		class;
	uint32		position;		/* in the class, of 2^POSITION_BITS */
} MaturityPlace;

/*
 * The place of an age.
 *
 * By integers only but for a division, which is the same on every machine:
 * half of the class is the exponent of the minutes.
 */
static inline MaturityPlace
maturity_age_place(uint64 usecs)
{
	MaturityPlace place;
	union
	{
		double		value;
		uint64		bits;
	}			minutes;
	uint32		exponent;
	uint32		rest;

	minutes.value = Max((double) usecs / USECS_PER_MINUTE, 1.0);
	exponent = (uint32) (minutes.bits >> 52) - 1023;
	minutes.bits = (minutes.bits & UINT64CONST(0xFFFFFFFFFFFFF)) |
		(UINT64CONST(1023) << 52);
	rest = (uint32)
		((((fixed_log(minutes.value) - FIXED_LOG(0)) >> 12) *
		  POSITIONS_PER_LOG) >> 28);
	place.class = 2 * exponent + (rest >> POSITION_BITS);
	place.position = rest & ((1 << POSITION_BITS) - 1);
	return place;
}

/*
 * The microseconds of an age: a day has 24 hours, a month is a twelfth of
 * 365.25 days.  Error 22023 for a negative or infinite age.
 */
static inline uint64
maturity_age_usecs(const Interval *age)
{
	int64		usecs = age->time;

	if (unlikely((age->month | age->day) != 0))
	{
		int64		part;

		if (IntervalNotFinite(age) ||
			pg_mul_s64_overflow(age->month, USECS_PER_MONTH, &part) ||
			pg_add_s64_overflow(usecs, part, &usecs) ||
			pg_add_s64_overflow(usecs, (int64) age->day * USECS_PER_DAY,
								&usecs))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("age of a post is out of range"),
					 errhint("Store an unknown age as NULL: such rows are left out.")));
	}
	if (unlikely(usecs < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("age of a post must not be negative"),
				 errdetail("An age is the time of a count less the time of publication.")));
	return (uint64) usecs;
}

#endif							/* INFLUENCER_MATURITY_AGE_H */
