/*-------------------------------------------------------------------------
 *
 * payload_time.c
 *		Times as platforms write them.
 *
 * Unlike timestamptz's own input, nothing here depends on a setting: a time
 * without a zone is refused.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "base/compat.h"
#include "payload/payload.h"

/* 10000-01-01 00:00:00 UTC, in seconds since 1970 */
#define FIRST_SECOND_OF_10000	INT64CONST(253402300800)

/* What is left of a text. */
typedef struct Cursor
{
	const char *at;
	const char *end;
} Cursor;

/* Read as many digits. */
static bool
read_digits(Cursor *c, int ndigits, int *result)
{
	*result = 0;
	for (; ndigits > 0; ndigits--)
	{
		if (c->at == c->end || *c->at < '0' || *c->at > '9')
			return false;
		*result = *result * 10 + (*c->at++ - '0');
	}
	return true;
}

/* Read one of some characters. */
static bool
read_one(Cursor *c, const char *allowed)
{
	if (c->at == c->end || *c->at == '\0' || strchr(allowed, *c->at) == NULL)
		return false;
	c->at++;
	return true;
}

/* Read the digits after a point as microseconds, rounded. */
static bool
read_fraction(Cursor *c, int *usec)
{
	int			unit = 100000;
	const char *start = c->at;

	*usec = 0;
	for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++)
	{
		*usec += (*c->at - '0') * unit;
		if (unit == 0 && c->at == start + 6 && *c->at >= '5')
			(*usec)++;
		unit /= 10;
	}
	return c->at > start;
}

/* Read Z, +00, +0000 or +00:00 as seconds east of Greenwich. */
static TimeProblem
read_zone(Cursor *c, int *east)
{
	bool		west = c->at < c->end && *c->at == '-';
	int			hour = 0;
	int			minute = 0;

	*east = 0;
	if (read_one(c, "Zz"))
		return c->at == c->end ? TIME_OK : TIME_FORM;
	if (!read_one(c, "+-") || !read_digits(c, 2, &hour))
		return TIME_FORM;
	if (c->at < c->end)
	{
		(void) read_one(c, ":");
		if (!read_digits(c, 2, &minute) || c->at < c->end)
			return TIME_FORM;
	}
	if (hour > MAX_TZDISP_HOUR || minute >= MINS_PER_HOUR)
		return TIME_RANGE;
	*east = (hour * MINS_PER_HOUR + minute) * SECS_PER_MINUTE * (west ? -1 : 1);
	return TIME_OK;
}

/* Read a date, a T or blank, and a time up to its seconds. */
static bool
read_date_and_time(Cursor *c, struct pg_tm *tm)
{
	return read_digits(c, 4, &tm->tm_year) && read_one(c, "-") &&
		read_digits(c, 2, &tm->tm_mon) && read_one(c, "-") &&
		read_digits(c, 2, &tm->tm_mday) && read_one(c, "Tt ") &&
		read_digits(c, 2, &tm->tm_hour) && read_one(c, ":") &&
		read_digits(c, 2, &tm->tm_min) && read_one(c, ":") &&
		read_digits(c, 2, &tm->tm_sec);
}

/* Seconds may be 60, as timestamptz has it. */
static bool
in_range(const struct pg_tm *tm)
{
	return tm->tm_year > 0 && tm->tm_mon >= 1 && tm->tm_mon <= MONTHS_PER_YEAR &&
		tm->tm_mday >= 1 &&
		tm->tm_mday <= day_tab[isleap(tm->tm_year)][tm->tm_mon - 1] &&
		tm->tm_hour < HOURS_PER_DAY && tm->tm_min < MINS_PER_HOUR &&
		tm->tm_sec <= SECS_PER_MINUTE;
}

/*
 * A time of ISO 8601 with a zone: 2019-04-05T07:56:32.5+0000.  Of a fraction,
 * microseconds are kept.
 */
TimeProblem
iso_time(const char *str, int len, TimestampTz *result)
{
	Cursor		c = {str, str + len};
	struct pg_tm tm = {0};
	int			usec = 0;
	int			east;
	TimeProblem problem;

	if (!read_date_and_time(&c, &tm) ||
		(read_one(&c, ".,") && !read_fraction(&c, &usec)))
		return TIME_FORM;
	problem = read_zone(&c, &east);
	if (problem != TIME_OK)
		return problem;
	if (!in_range(&tm))
		return TIME_RANGE;
	*result = (date2j(tm.tm_year, tm.tm_mon, tm.tm_mday) - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY +
		((tm.tm_hour * MINS_PER_HOUR + tm.tm_min) * SECS_PER_MINUTE + tm.tm_sec - east) * USECS_PER_SEC +
		usec;
	return TIME_OK;
}

/*
 * Seconds since 1970, up to the year 9999 as in the other form: what is above,
 * as milliseconds would be, is no time of a post.
 */
TimeProblem
epoch_time(int64 seconds, TimestampTz *result)
{
	const int64 shift = (int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY;

	if (seconds < 0 || seconds >= FIRST_SECOND_OF_10000)
		return TIME_RANGE;
	*result = (seconds - shift) * USECS_PER_SEC;
	return TIME_OK;
}
