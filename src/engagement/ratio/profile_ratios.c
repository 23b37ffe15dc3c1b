/*-------------------------------------------------------------------------
 *
 * profile_ratios.c
 *		The type profile_ratios: each profile's ratio of two rates.
 *
 * What profiles have in common is weighted by how much they differ, which is
 * known only when all have been seen; so all are kept, 16 bytes each.  An
 * aggregate appends to its state in place, and gets one with twice the room
 * when it is full; whoever else sees a state makes the stored form of it,
 * whose ratios are sorted.  So neither the bytes nor sums over them depend on
 * the order of rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/token.h"
#include "engagement/ratio/profile_ratios.h"
#include "engagement/ratio/rate_ratio.h"

#define RATIOS_VERSION	1

/* The room of the first growing state. */
#define FIRST_CAPACITY	64

/* No posts with bigint counts give others. */
#define MIN_VARIANCE	1e-40
#define MAX_VARIANCE	1e15

/* Longer texts are no numbers. */
#define MAX_NUMBER_LEN	32

static inline int
compare_ratios(const ProfileRatio *a, const ProfileRatio *b)
{
	if (a->log_ratio != b->log_ratio)
		return a->log_ratio < b->log_ratio ? -1 : 1;
	return a->variance < b->variance ? -1 : a->variance > b->variance;
}

#define ST_SORT sort_ratios
#define ST_ELEMENT_TYPE ProfileRatio
#define ST_COMPARE(a, b) compare_ratios(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* Error 54000 past what a value can hold. */
static Size
ratios_size(uint64 count)
{
	if (count >
		(MaxAllocSize - offsetof(ProfileRatios, ratios)) /
		sizeof(ProfileRatio))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many profiles"),
				 errdetail("The ratios of profiles are limited to 1 GB, 16 bytes each."),
				 errhint("Use GROUP BY profile first, for one pair of summaries of each.")));
	return offsetof(ProfileRatios, ratios) + count * sizeof(ProfileRatio);
}

static ProfileRatios *
make_ratios(uint64 capacity)
{
	Size		size = ratios_size(capacity);
	ProfileRatios *p = palloc(size);

	memset(p, 0, offsetof(ProfileRatios, ratios));
	SET_VARSIZE(p, size);
	p->version = RATIOS_VERSION;
	return p;
}

/* A growing copy with room for so many more. */
static ProfileRatios *
grow_ratios(const ProfileRatios *p, uint64 more)
{
	uint64		needed = (uint64) p->count + more;
	uint64		most = (MaxAllocSize - offsetof(ProfileRatios, ratios)) /
		sizeof(ProfileRatio);
	uint64		capacity = FIRST_CAPACITY;
	ProfileRatios *larger;

	while (capacity < needed)
		capacity *= 2;
	capacity = Max(needed, Min(capacity, most));
	larger = make_ratios(capacity);
	larger->growing = true;
	larger->unsorted = p->unsorted;
	larger->count = p->count;
	larger->capacity = (uint32) capacity;
	larger->left_out = p->left_out;
	memcpy(larger->ratios, p->ratios, p->count * sizeof(ProfileRatio));
	return larger;
}

/*
 * The first argument as the state to change, with room for so many more; NULL,
 * in an aggregate without INITCOND, is the empty one.  Only an aggregate's own
 * may be changed, so calls from elsewhere are refused.
 */
static ProfileRatios *
ratios_state(FunctionCallInfo fcinfo, uint64 more)
{
	ProfileRatios *p;

	aggregate_context(fcinfo);
	if (unlikely(PG_ARGISNULL(0)))
		return grow_ratios(make_ratios(0), more);
	p = (ProfileRatios *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (likely(p->growing && p->capacity - p->count >= more))
		return p;
	return grow_ratios(p, more);
}

/* Count profiles that are left out; error 22003 past bigint. */
static void
leave_out(ProfileRatios *p, int64 more)
{
	if (pg_add_s64_overflow(p->left_out, more, &p->left_out))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("profiles left out are out of range for type bigint")));
}

/* Append a ratio; there is room. */
static inline void
append_ratio(ProfileRatios *p, const ProfileRatio *ratio)
{
	if (p->count > 0 && compare_ratios(&p->ratios[p->count - 1], ratio) > 0)
		p->unsorted = true;
	p->ratios[p->count++] = *ratio;
}

/*
 * profile_ratios_sorted
 *		The stored form of a value, which stays as it is.
 */
ProfileRatios *
profile_ratios_sorted(Datum datum)
{
	ProfileRatios *p = (ProfileRatios *) PG_DETOAST_DATUM(datum);
	ProfileRatios *sorted;

	if (!p->growing)
		return p;
	sorted = make_ratios(p->count);
	sorted->count = p->count;
	sorted->left_out = p->left_out;
	memcpy(sorted->ratios, p->ratios, p->count * sizeof(ProfileRatio));
	if (p->unsorted)
		sort_ratios(sorted->ratios, sorted->count);
	return sorted;
}

/* aggregates */

PG_FUNCTION_INFO_V1(profile_ratios_accum);

/*
 * profile_ratios_accum(profile_ratios, a engagement_summary, b
 * engagement_summary)
 *		Transition function of common_rate_ratio(a, b).
 *
 * A profile whose ratio or its variance is not known, as one without posts on
 * either side, of one post each or of averages, is left out and counted.
 * Error 54000 past 1 GB, 22003 if more are left out than bigint has.
 */
Datum
profile_ratios_accum(PG_FUNCTION_ARGS)
{
	ProfileRatios *p = ratios_state(fcinfo, 1);
	RateRatio	r;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
		!rate_ratio_find(PG_GETARG_ENGAGEMENT_SUMMARY(1),
						 PG_GETARG_ENGAGEMENT_SUMMARY(2), &r) ||
		r.freedom <= 0)
		leave_out(p, 1);
	else
	{
		ProfileRatio ratio = {r.log_ratio + 0.0, r.variance};	/* no -0 */

		append_ratio(p, &ratio);
	}
	PG_RETURN_POINTER(p);
}

PG_FUNCTION_INFO_V1(profile_ratios_combine);

/*
 * profile_ratios_combine
 *		Combine function, and transition function of sum(profile_ratios): the
 *		profiles of both.
 *
 * Error 54000 past 1 GB, 22003 if more profiles are left out than bigint has.
 */
Datum
profile_ratios_combine(PG_FUNCTION_ARGS)
{
	const ProfileRatios *other =
		(ProfileRatios *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	ProfileRatios *p = ratios_state(fcinfo, other->count);

	leave_out(p, other->left_out);
	p->unsorted |= other->unsorted;
	for (uint32 i = 0; i < other->count; i++)
		append_ratio(p, &other->ratios[i]);
	PG_RETURN_POINTER(p);
}

PG_FUNCTION_INFO_V1(profile_ratios_final);

/* profile_ratios_final: the stored form */
Datum
profile_ratios_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(profile_ratios_sorted(PG_GETARG_DATUM(0)));
}

/* input and output */

/* A number without anything after it. */
static bool
read_ratio_number(Token token, double *number)
{
	char		digits[MAX_NUMBER_LEN];
	char	   *end;

	if (token.len == 0 || token.len >= sizeof(digits))
		return false;
	memcpy(digits, token.str, token.len);
	digits[token.len] = '\0';
	*number = strtod(digits, &end) + 0.0;
	return *end == '\0';
}

/* The profiles left out; false for anything but digits of a bigint. */
static bool
read_left_out(Token token, int64 *left_out)
{
	*left_out = 0;
	for (size_t i = 0; i < token.len; i++)
	{
		if (token.str[i] < '0' || token.str[i] > '9' ||
			pg_mul_s64_overflow(*left_out, 10, left_out) ||
			pg_add_s64_overflow(*left_out, token.str[i] - '0', left_out))
			return false;
	}
	return true;
}

/* What is wrong with a ratio that was read, or NULL. */
static const char *
ratio_problem(const ProfileRatio *ratio, const ProfileRatio *before)
{
	if (!(fabs(ratio->log_ratio) <= MAX_LOG_RATIO))
		return "A logarithm is not within -100 and 100.";
	if (!(ratio->variance >= MIN_VARIANCE && ratio->variance <= MAX_VARIANCE))
		return "A variance is not within 1e-40 and 1e15.";
	if (before != NULL && compare_ratios(before, ratio) > 0)
		return "The ratios are not in order.";
	return NULL;
}

/* Read what stands in the braces; NULL, or what is wrong. */
static const char *
read_ratios(Token rest, ProfileRatios *p)
{
	bool		more = rest.len > 0;

	while (more)
	{
		ProfileRatio *ratio = &p->ratios[p->count];
		Token		pair = token_cut(&rest, ',', &more);
		bool		two;
		const char *problem;

		CHECK_FOR_INTERRUPTS();
		if (!read_ratio_number(token_cut(&pair, ' ', &two),
							   &ratio->log_ratio) || !two ||
			!read_ratio_number(token_trim(pair), &ratio->variance))
			return "A profile is the logarithm of its ratio and the variance of that.";
		problem = ratio_problem(ratio, p->count > 0 ? ratio - 1 : NULL);
		if (problem != NULL)
			return problem;
		p->count++;
	}
	return NULL;
}

/* How many profiles there can be in a text. */
static uint64
most_profiles(Token text)
{
	uint64		count = 1;

	for (size_t i = 0; i < text.len; i++)
		count += text.str[i] == ',';

	return count;
}

PG_FUNCTION_INFO_V1(profile_ratios_in);

/*
 * profile_ratios_in
 *		Text input: {log_ratio variance,...}, in order; how many profiles are
 *		left out stands before it, unless there are none, as in 3{...}.
 *
 * Error 22P02, soft where the server has soft errors; 54000 past 1 GB.
 */
Datum
profile_ratios_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Token		rest = token_trim(token_of(input, strlen(input)));
	const char *problem = "Ratios are {}, or profiles in braces.";
	ProfileRatios *p;
	bool		found;
	Token		left_out = token_cut(&rest, '{', &found);

	p = make_ratios(most_profiles(rest));
	if (found && rest.len > 0 && rest.str[rest.len - 1] == '}')
	{
		rest.len--;
		problem = read_left_out(left_out, &p->left_out) ?
			read_ratios(token_trim(rest), p) :
			"The number of profiles left out is no count.";
	}
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"profile_ratios", input),
				 errdetail("%s", problem)));
	SET_VARSIZE(p, ratios_size(p->count));
	PG_RETURN_POINTER(p);
}

static void
print_number(StringInfo buf, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(number, digits);
	appendStringInfoString(buf, digits);
}

PG_FUNCTION_INFO_V1(profile_ratios_out);

/* Text output: see profile_ratios_in. */
Datum
profile_ratios_out(PG_FUNCTION_ARGS)
{
	const ProfileRatios *p = profile_ratios_sorted(PG_GETARG_DATUM(0));
	StringInfoData buf;

	initStringInfo(&buf);
	if (p->left_out > 0)
		appendStringInfo(&buf, INT64_FORMAT, p->left_out);
	appendStringInfoChar(&buf, '{');
	for (uint32 i = 0; i < p->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoChar(&buf, ',');
		print_number(&buf, p->ratios[i].log_ratio);
		appendStringInfoChar(&buf, ' ');
		print_number(&buf, p->ratios[i].variance);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

static void
invalid_ratios(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s",
					"profile_ratios"),
			 errdetail("%s", detail)));
}

PG_FUNCTION_INFO_V1(profile_ratios_recv);

/*
 * profile_ratios_recv
 *		Binary input: the version, the profiles left out in eight bytes, the
 *		number of the others in four, and of each its logarithm and variance,
 *		as big-endian doubles.
 *
 * Error 22P03 for another version or length, or ratios that can't be.
 */
Datum
profile_ratios_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	ProfileRatios *p;
	int64		left_out;
	uint32		count;

	if (pq_getmsgbyte(buf) != RATIOS_VERSION)
		invalid_ratios("The version is unknown.");
	left_out = pq_getmsgint64(buf);
	count = pq_getmsgint(buf, 4);
	if (left_out < 0)
		invalid_ratios("The number of profiles left out is negative.");
	if ((uint64) (buf->len - buf->cursor) !=
		(uint64) count * sizeof(ProfileRatio))
		invalid_ratios("The length is wrong.");
	p = make_ratios(count);
	p->left_out = left_out;
	for (; p->count < count; p->count++)
	{
		ProfileRatio *ratio = &p->ratios[p->count];
		const char *problem;

		CHECK_FOR_INTERRUPTS();
		ratio->log_ratio = pq_getmsgfloat8(buf) + 0.0;
		ratio->variance = pq_getmsgfloat8(buf);
		problem = ratio_problem(ratio, p->count > 0 ? ratio - 1 : NULL);
		if (problem != NULL)
			invalid_ratios(problem);
	}
	PG_RETURN_POINTER(p);
}

PG_FUNCTION_INFO_V1(profile_ratios_send);

/* Binary output: see profile_ratios_recv. */
Datum
profile_ratios_send(PG_FUNCTION_ARGS)
{
	const ProfileRatios *p = profile_ratios_sorted(PG_GETARG_DATUM(0));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, p->version);
	pq_sendint64(&buf, p->left_out);
	pq_sendint32(&buf, p->count);
	for (uint32 i = 0; i < p->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(&buf, p->ratios[i].log_ratio);
		pq_sendfloat8(&buf, p->ratios[i].variance);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
