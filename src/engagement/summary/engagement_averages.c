/*-------------------------------------------------------------------------
 *
 * engagement_averages.c
 *		Summaries of posts of which only averages are known.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"

#include "base/compat.h"
#include "base/count.h"
#include "engagement/summary/engagement_sums.h"

/* A sum of posts from their average.  Error 22023 if it can be none. */
static uint64
average_total(FunctionCallInfo fcinfo, int n, int32 posts, const char *what)
{
	double		average;
	double		total;

	if (PG_ARGISNULL(n))
		return 0;
	average = PG_GETARG_FLOAT8(n);
	if (!(average >= 0) || isinf(average))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("average %s must be a finite number, 0 or more: %g",
						what, average),
				 errhint("Store an unknown average as NULL.")));
	total = rint(average * posts);
	if (!FLOAT8_FITS_IN_INT64(total))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of %d posts are out of range for type bigint",
						what, posts)));
	return (uint64) total;
}

PG_FUNCTION_INFO_V1(engagement_from_averages);

/*
 * engagement_from_averages(posts integer, likes, comments float8, exposure
 * bigint
 *							[, shares, saves float8]) -> engagement_summary
 *		The summary of posts of which only averages are known.
 *
 * Their sums are rounded to whole numbers.  The spread of such posts is not
 * known.  NULL for NULL posts; NULL likes, comments or exposure, or an
 * exposure of 0, make hidden posts, NULL shares or saves count 0.  Less than
 * one post, a negative exposure, and an average that is negative, NaN or
 * infinite are errors, 22023; sums past bigint are 22003.
 */
Datum
engagement_from_averages(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"likes", "comments", "shares",
	"saves"};
	EngagementSummary *s = palloc0(sizeof(EngagementSummary));
	int32		posts = PG_ARGISNULL(0) ? 1 : PG_GETARG_INT32(0);
	int64		exposure = PG_ARGISNULL(3) ? 0 : PG_GETARG_INT64(3);
	int64		total;
	uint64		totals[4];

	if (posts < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an average needs at least one post: %d", posts),
				 errhint("Leave profiles without posts out, or give NULL.")));
	count_check(exposure, "exposure");
	for (int i = 0; i < 4; i++)
		totals[i] = average_total(fcinfo, i < 2 ? i + 1 : i + 2, posts,
								  names[i]);
	if (pg_mul_s64_overflow(exposure, posts, &total))
		sums_overflow(&engagement_summary_type);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	s->version = SUMS_VERSION;
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || exposure == 0)
		engagement_add_hidden(s, posts, totals[0], totals[1], total);
	else
		engagement_add_average(s, posts, totals, total);
	PG_RETURN_POINTER(s);
}
