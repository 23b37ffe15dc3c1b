/*-------------------------------------------------------------------------
 *
 * rate.c
 *		The engagement rate of one post.
 *
 * A rate is a fraction: interactions divided by exposure.  Exposure is the
 * caller's choice, followers, reach or views, and named in the caller's
 * column; rates of different exposures can't be compared.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "base/compat.h"
#include "base/count.h"

/* Interactions per exposure; NULL where there is no exposure. */
static Datum
make_rate(FunctionCallInfo fcinfo, float8 interactions, int64 exposure)
{
	count_check(exposure, "exposure");
	if (exposure == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(interactions / (float8) exposure);
}

/* A count argument, checked; NULL counts as 0. */
static float8
count_argument(FunctionCallInfo fcinfo, int argno, const char *what)
{
	int64		count;

	if (PG_ARGISNULL(argno))
		return 0;
	count = PG_GETARG_INT64(argno);
	count_check(count, what);
	return (float8) count;
}

PG_FUNCTION_INFO_V1(engagement_rate);

/*
 * engagement_rate(likes, comments, exposure) -> float8
 *		(likes + comments) / exposure, as a fraction.
 *
 * NULL if an argument is NULL or the exposure is 0; a negative count is an
 * error, 22023.  The definition is the one that most of the field uses, for
 * example HypeAuditor's and Upfluence's.
 */
Datum
engagement_rate(PG_FUNCTION_ARGS)
{
	float8		likes = count_argument(fcinfo, 0, "likes");
	float8		comments = count_argument(fcinfo, 1, "comments");

	return make_rate(fcinfo, likes + comments, PG_GETARG_INT64(2));
}

PG_FUNCTION_INFO_V1(engagement_rate_all);

/*
 * engagement_rate(likes, comments, exposure, shares, saves) -> float8
 *		(likes + comments + shares + saves) / exposure, as a fraction.
 *
 * NULL if likes, comments or exposure is NULL or the exposure is 0.  Shares
 * and saves that are NULL count 0: many platforms don't have them at all.
 */
Datum
engagement_rate_all(PG_FUNCTION_ARGS)
{
	float8		likes = count_argument(fcinfo, 0, "likes");
	float8		comments = count_argument(fcinfo, 1, "comments");
	float8		shares = count_argument(fcinfo, 3, "shares");
	float8		saves = count_argument(fcinfo, 4, "saves");

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	return make_rate(fcinfo, likes + comments + shares + saves,
					 PG_GETARG_INT64(2));
}
