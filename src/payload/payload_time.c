/*-------------------------------------------------------------------------
 *
 * payload_time.c
 *		Times as platforms write them.
 *
 * Unlike timestamptz's own input, nothing here depends on a setting: a time
 * without a zone is refused, but where the platform says that its times are
 * UTC.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

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
	for (; c->at < c->end && *allowed != '\0'; allowed++)
	{
		if (*c->at == *allowed)
		{
			c->at++;
			return true;
		}
	}
	return false;
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
		return c->at == c->end ? TIME_OK : TIME_WRONG_FORM;
	if (!read_one(c, "+-") || !read_digits(c, 2, &hour))
		return TIME_WRONG_FORM;
	if (c->at < c->end)
	{
		(void) read_one(c, ":");
		if (!read_digits(c, 2, &minute) || c->at < c->end)
			return TIME_WRONG_FORM;
	}
	if (hour > MAX_TZDISP_HOUR || minute >= MINS_PER_HOUR)
		return TIME_OUT_OF_RANGE;
	*east = (hour * MINS_PER_HOUR + minute) * SECS_PER_MINUTE *
		(west ? -1 : 1);
	return TIME_OK;
}

/* Two digits; wrong is set if they are none. */
static inline int
two_digits(const char *str, bool *wrong)
{
	unsigned int tens = (unsigned char) str[0] - '0';
	unsigned int ones = (unsigned char) str[1] - '0';

	*wrong |= tens > 9 || ones > 9;
	return (int) (tens * 10 + ones);
}

/* Read a date, a T or blank, and a time up to its seconds. */
static bool
read_date_and_time(Cursor *c, struct pg_tm *tm)
{
	const char *str = c->at;
	bool		wrong;

	if (c->end - str < 19)
		return false;
	wrong = str[4] != '-' || str[7] != '-' || str[13] != ':' ||
		str[16] != ':' || (str[10] != 'T' && str[10] != 't' && str[10] != ' ');
	tm->tm_year = two_digits(str, &wrong) * 100 +
		two_digits(str + 2, &wrong);
	tm->tm_mon = two_digits(str + 5, &wrong);
	tm->tm_mday = two_digits(str + 8, &wrong);
	tm->tm_hour = two_digits(str + 11, &wrong);
	tm->tm_min = two_digits(str + 14, &wrong);
	tm->tm_sec = two_digits(str + 17, &wrong);
	c->at += 19;
	return !wrong;
}

/* Seconds may be 60, as timestamptz has it. */
static bool
in_range(const struct pg_tm *tm)
{
	return tm->tm_year > 0 && tm->tm_mon >= 1 &&
		tm->tm_mon <= MONTHS_PER_YEAR &&
		tm->tm_mday >= 1 &&
		tm->tm_mday <= day_tab[isleap(tm->tm_year)][tm->tm_mon - 1] &&
		tm->tm_hour < HOURS_PER_DAY && tm->tm_min < MINS_PER_HOUR &&
		tm->tm_sec <= SECS_PER_MINUTE;
}

/* The moment of a time in a zone. */
static TimeProblem
make_time(const struct pg_tm *tm, int usec, int east, TimestampTz *result)
{
	if (!in_range(tm))
		return TIME_OUT_OF_RANGE;
	*result = (date2j(tm->tm_year, tm->tm_mon, tm->tm_mday) -
			   POSTGRES_EPOCH_JDATE) * USECS_PER_DAY +
		((tm->tm_hour * MINS_PER_HOUR + tm->tm_min) * SECS_PER_MINUTE +
		 tm->tm_sec - east) * USECS_PER_SEC +
		usec;
	return TIME_OK;
}

/*
 * A time of ISO 8601 with a zone: 2019-04-05T07:56:32.5+0000; one without is
 * UTC, if that is said.  Of a fraction, microseconds are kept.
 */
TimeProblem
iso_time(const char *str, int len, bool utc, TimestampTz *result)
{
	Cursor		c = {str, str + len};
	struct pg_tm tm = {0};
	int			usec = 0;
	int			east;
	TimeProblem problem;

	if (!read_date_and_time(&c, &tm) ||
		(read_one(&c, ".,") && !read_fraction(&c, &usec)))
		return TIME_WRONG_FORM;
	if (utc && c.at == c.end)
		return make_time(&tm, usec, 0, result);
	problem = read_zone(&c, &east);
	return problem == TIME_OK ? make_time(&tm, usec, east, result) : problem;
}

/* Read one of some words of three letters as its number. */
static bool
read_short_name(Cursor *c, const char *words, int *number)
{
	for (*number = 0; words[*number * 3] != '\0'; (*number)++)
	{
		if (c->end - c->at >= 3 && strncmp(c->at, words + *number * 3, 3) == 0)
		{
			c->at += 3;
			return true;
		}
	}
	return false;
}

/* A time as X's API 1.1 has it: Fri Apr 05 07:56:32 +0000 2019 */
TimeProblem
ctime_time(const char *str, int len, TimestampTz *result)
{
	Cursor		c = {str, str + len};
	struct pg_tm tm = {0};
	int			weekday;
	int			month;
	int			east;
	Cursor		zone;
	TimeProblem problem;

	if (!read_short_name(&c, "SunMonTueWedThuFriSat", &weekday) ||
		!read_one(&c, " ") ||
		!read_short_name(&c, "JanFebMarAprMayJunJulAugSepOctNovDec", &month) ||
		!read_one(&c, " ") ||
		!read_digits(&c, 2, &tm.tm_mday) || !read_one(&c, " ") ||
		!read_digits(&c, 2, &tm.tm_hour) || !read_one(&c, ":") ||
		!read_digits(&c, 2, &tm.tm_min) || !read_one(&c, ":") ||
		!read_digits(&c, 2, &tm.tm_sec) || !read_one(&c, " ") ||
		c.end - c.at != 10)
		return TIME_WRONG_FORM;
	zone = (Cursor)
	{
		c.at, c.at + 5
	};
	c.at += 5;
	if (!read_one(&c, " ") || !read_digits(&c, 4, &tm.tm_year))
		return TIME_WRONG_FORM;
	tm.tm_mon = month + 1;
	problem = read_zone(&zone, &east);
	return problem == TIME_OK ? make_time(&tm, 0, east, result) : problem;
}

/*
 * Seconds, or milliseconds, since 1970, up to the year 9999 as in the other
 * forms: what is above, as milliseconds taken for seconds would be, is no time
 * of a post.
 */
TimeProblem
epoch_time(int64 value, bool milliseconds, TimestampTz *result)
{
	const int64 shift = (int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) *
		SECS_PER_DAY;
	int64		unit = milliseconds ? 1000 : 1;

	if (value < 0 || value / unit >= FIRST_SECOND_OF_10000)
		return TIME_OUT_OF_RANGE;
	*result = (value / unit - shift) * USECS_PER_SEC +
		value % unit * (USECS_PER_SEC / unit);
	return TIME_OK;
}
