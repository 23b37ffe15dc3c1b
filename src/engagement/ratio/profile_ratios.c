/*-------------------------------------------------------------------------
 *
 * profile_ratios.c
 *		The type profile_ratios: each profile's ratio of two rates.
 *
 * What profiles have in common is weighted by how much they differ, which is
 * known only when all have been seen; so all are kept, 16 bytes each.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"

#include "base/compat.h"
#include "engagement/ratio/profile_ratios.h"
#include "engagement/ratio/rate_ratio.h"

/* No posts with bigint counts give others. */
#define MIN_VARIANCE	1e-40
#define MAX_VARIANCE	1e15

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

/* the elements of a GrowingType */

static int
ratios_compare(const void *a, const void *b)
{
	return compare_ratios(a, b);
}

static void
ratios_sort(void *ratios, size_t count)
{
	sort_ratios(ratios, count);
}

static const char *
ratios_problem(const void *element)
{
	const ProfileRatio *ratio = element;

	if (!(fabs(ratio->log_ratio) <= MAX_LOG_RATIO))
		return "A logarithm is not within -100 and 100.";
	if (!(ratio->variance >= MIN_VARIANCE && ratio->variance <= MAX_VARIANCE))
		return "A variance is not within 1e-40 and 1e15.";
	return NULL;
}

/* Read "log_ratio variance". */
static bool
ratios_read(Token text, void *element)
{
	ProfileRatio *ratio = element;
	bool		two;

	return token_float8(token_cut(&text, ' ', &two), &ratio->log_ratio) &&
		two && token_float8(token_trim(text), &ratio->variance);
}

static void
print_number(StringInfo buf, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(number, digits);
	appendStringInfoString(buf, digits);
}

static void
ratios_print(StringInfo buf, const void *element)
{
	const ProfileRatio *ratio = element;

	print_number(buf, ratio->log_ratio);
	appendStringInfoChar(buf, ' ');
	print_number(buf, ratio->variance);
}

static void
ratios_receive(StringInfo buf, void *element)
{
	ProfileRatio *ratio = element;

	ratio->log_ratio = pq_getmsgfloat8(buf) + 0.0;	/* no -0 */
	ratio->variance = pq_getmsgfloat8(buf);
}

static void
ratios_send(StringInfo buf, const void *element)
{
	const ProfileRatio *ratio = element;

	pq_sendfloat8(buf, ratio->log_ratio);
	pq_sendfloat8(buf, ratio->variance);
}

/* Its note is the number of profiles left out. */
static const GrowingType profile_ratios_type = {
	.name = "profile_ratios",
	.size = sizeof(ProfileRatio),
	.compare = ratios_compare,
	.sort = ratios_sort,
	.problem = ratios_problem,
	.read = ratios_read,
	.print = ratios_print,
	.receive = ratios_receive,
	.send = ratios_send,
	.too_many = "too many profiles",
	.too_many_detail = "The ratios of profiles are limited to 1 GB, 16 bytes each.",
	.too_many_hint = "Use GROUP BY profile first, for one pair of summaries of each.",
	.wrong_form = "Ratios are {}, or profiles in braces.",
	.wrong_element = "A profile is the logarithm of its ratio and the variance of that.",
	.wrong_order = "The ratios are not in order.",
	.wrong_note = "The number of profiles left out is no count.",
	.negative_note = "The number of profiles left out is negative.",
};

/* Count profiles that are left out; error 22003 past bigint. */
static void
leave_out(GrowingArray *p, int64 more)
{
	if (pg_add_s64_overflow(p->note, more, &p->note))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("profiles left out are out of range for type bigint")));
}

/*
 * profile_ratios_sorted
 *		The stored form of a value, which stays as it is.
 */
GrowingArray *
profile_ratios_sorted(Datum datum)
{
	return growing_sorted(&profile_ratios_type, datum);
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
	GrowingArray *p = growing_state(fcinfo, &profile_ratios_type, 1);
	RateRatio	r;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
		!rate_ratio_find(PG_GETARG_ENGAGEMENT_SUMMARY(1),
						 PG_GETARG_ENGAGEMENT_SUMMARY(2), &r) ||
		r.freedom <= 0)
		leave_out(p, 1);
	else
	{
		ProfileRatio ratio = {r.log_ratio + 0.0, r.variance};	/* no -0 */

		growing_append(&profile_ratios_type, p, &ratio);
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
	const GrowingArray *other =
		(GrowingArray *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	GrowingArray *p = growing_state(fcinfo, &profile_ratios_type,
									other->count);

	leave_out(p, other->note);
	growing_append_all(&profile_ratios_type, p, other);
	PG_RETURN_POINTER(p);
}

PG_FUNCTION_INFO_V1(profile_ratios_final);

/* profile_ratios_final: the stored form */
Datum
profile_ratios_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(profile_ratios_sorted(PG_GETARG_DATUM(0)));
}

/*
 * As text, {log_ratio variance,...}, in order; how many profiles are left out
 * stands before it, unless there are none, as in 3{...}.  In binary, the two
 * as big-endian doubles.
 */
GROWING_FUNCTIONS(profile_ratios, profile_ratios_type);
