/*-------------------------------------------------------------------------
 *
 * campaign_forecast.c
 *		What the next posts of several profiles will bring together.
 *
 * The state, campaign_forecast_state, holds sums over the profiles: of the
 * mean, and of the logarithms of chances that forecast_total.h explains.  Each
 * profile's are rounded once, and the rest is integers, so that the same
 * profiles have the same bytes, in whatever order and pieces they were added.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/count.h"
#include "base/exact_sums.h"
#include "base/quantile.h"
#include "base/result.h"
#include "engagement/forecast/forecast.h"
#include "engagement/forecast/forecast_total.h"

#define USUAL_CONFIDENCE	0.9

/* Units of a confidence, a mean and a logarithm. */
#define CONFIDENCE_ONE		9007199254740992.0	/* 2^53 */
#define MEAN_ONE			65536.0
#define LOG_CHANCE_ONE		1099511627776.0 /* 2^40 */

typedef struct CampaignForecast
{
	uint8		version;
	uint8		reserved[7];	/* zero */
	uint64		profiles;
	uint64		confidence[2];	/* the same one of each profile */
	uint64		mean[2];
	uint64		chance[TOTAL_SCALES][2];
} CampaignForecast;

#define PIECE(member)			SUM_PIECE(CampaignForecast, member)
#define TWO_LIMBS(name, member)	{name, 2, {PIECE(member[0]), PIECE(member[1])}}
#define CHANCE(n)				TWO_LIMBS("chance_" #n, chance[n])

/* The sums, in the order of the text form. */
static const SumField forecast_fields[] = {
	{"profiles", 1, {PIECE(profiles)}},
	TWO_LIMBS("confidence", confidence),
	TWO_LIMBS("mean", mean),
	CHANCE(0), CHANCE(1), CHANCE(2), CHANCE(3), CHANCE(4), CHANCE(5),
	CHANCE(6),
	CHANCE(7), CHANCE(8), CHANCE(9), CHANCE(10), CHANCE(11), CHANCE(12),
	CHANCE(13), CHANCE(14), CHANCE(15), CHANCE(16), CHANCE(17), CHANCE(18),
	CHANCE(19), CHANCE(20), CHANCE(21), CHANCE(22), CHANCE(23), CHANCE(24),
	CHANCE(25), CHANCE(26), CHANCE(27), CHANCE(28), CHANCE(29), CHANCE(30),
	CHANCE(31), CHANCE(32), CHANCE(33)
};

static const char *forecast_problem(const void *sums);

StaticAssertDecl(sizeof(CampaignForecast) == 592, "the type's INTERNALLENGTH");
StaticAssertDecl(TOTAL_SCALES == 34, "the scales in forecast_fields");

static const SumType forecast_type = {
	.name = "campaign_forecast_state",
	.size = sizeof(CampaignForecast),
	.reserved = 7,
	.fields = forecast_fields,
	.nfields = lengthof(forecast_fields),
	.problem = forecast_problem
};

/* The confidence of all profiles, in its units; 0 if there is no such one. */
static uint64
state_confidence(const CampaignForecast *state)
{
	double		quotient = wide_to_double(state->confidence, 2) /
		(double) state->profiles;
	uint64		confidence;

	if (!(quotient > 0.5 && quotient < CONFIDENCE_ONE))
		return 0;
	confidence = (uint64) quotient - 1;
	for (int i = 0; i < 3; i++, confidence++)
	{
		uint64		sum[2] = {0, 0};

		wide_add_product(sum, confidence, state->profiles);
		if (wide_compare(sum, state->confidence, 2) == 0)
			return confidence;
	}
	return 0;
}

/* Why sums can't be those of profiles; NULL if they can. */
static const char *
forecast_problem(const void *sums)
{
	static const CampaignForecast none = {.version = SUMS_VERSION};
	const CampaignForecast *state = sums;

	if (state->profiles == 0)
		return memcmp(state, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no profiles are not 0.";
	if (state_confidence(state) == 0)
		return "The confidence is not one of all profiles.";
	for (int i = 1; i < TOTAL_SCALES; i++)
	{
		if (wide_compare(state->chance[i], state->chance[i - 1], 2) < 0)
			return "The chances are not in order.";
	}
	if (wide_to_double(state->chance[TOTAL_SCALES - 1], 2) >
		(MOST_LOG_CHANCE * LOG_CHANCE_ONE + 1) * (double) state->profiles)
		return "The chances are not those of profiles.";
	return NULL;
}

EXACT_SUMS_FUNCTIONS(campaign_forecast_state, forecast_type);

/* Add a number in fixed point; true if it does not fit. */
static bool
add_fixed(uint64 *sum, double x)
{
	uint64		fixed[2];

	wide_from_double(fixed, x);
	return wide_add(sum, fixed, 2);
}

/* Add a profile. */
static void
add_outlook(CampaignForecast *state, const Outlook *outlook, uint64 confidence)
{
	double		chance[TOTAL_SCALES];
	bool		overflow = state->profiles++ >= PG_INT64_MAX;
	Places		places;

	outlook_places(outlook, &places);
	log_chances(&places, chance);
	overflow |= wide_add_limb(state->confidence, 2, confidence);
	overflow |= add_fixed(state->mean, outlook->mean * MEAN_ONE);
	for (int i = 0; i < TOTAL_SCALES; i++)
		overflow |= add_fixed(state->chance[i], chance[i] * LOG_CHANCE_ONE);
	if (overflow)
		sums_overflow(&forecast_type);
}

/* Error 22023 if profiles were given another confidence. */
static void
check_confidence(const CampaignForecast *state, uint64 confidence)
{
	if (state->profiles > 0 && state_confidence(state) != confidence)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be the same for all profiles of a campaign")));
}

/* The confidence of a call, in its units. */
static uint64
read_confidence(FunctionCallInfo fcinfo)
{
	double		confidence = USUAL_CONFIDENCE;

	if (PG_NARGS() > 5)
	{
		aggregate_parameter_given(fcinfo, 5, "confidence");
		confidence = PG_GETARG_FLOAT8(5);
	}
	confidence_check(confidence);
	return (uint64) Max(1,
						Min(rint(confidence * CONFIDENCE_ONE),
							CONFIDENCE_ONE - 1));
}

/* The profile of a call; false if it is unknown. */
static bool
read_outlook(FunctionCallInfo fcinfo, Outlook *outlook)
{
	int64		followers = PG_ARGISNULL(3) ? 0 : PG_GETARG_INT64(3);
	ForecastCache *cache;

	count_check(followers, "followers");
	if (!PG_ARGISNULL(4))
		forecast_posts_check(PG_GETARG_INT32(4));
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(4) ||
		followers == 0)
		return false;
	cache = get_forecast_cache(fcinfo, PG_GETARG_BENCHMARK(1));
	return cache->cohort.known &&
		find_outlook(cache, PG_GETARG_ENGAGEMENT_SUMMARY(2), followers,
					 PG_GETARG_INT32(4), outlook);
}

PG_FUNCTION_INFO_V1(campaign_forecast_accum);

/*
 * campaign_forecast_accum(campaign_forecast_state, engagement_benchmark,
 * engagement_summary, followers bigint, posts integer [, confidence float8])
 *		The state with the next posts of one profile more.
 *
 * A profile of which forecast() is NULL is left out.  Errors are those of
 * forecast(); 22004 for a NULL confidence, and 22023 for one that is not that
 * of the other profiles.
 */
Datum
campaign_forecast_accum(PG_FUNCTION_ARGS)
{
	CampaignForecast *state =
		(CampaignForecast *) sums_state(fcinfo, &forecast_type);
	uint64		confidence = read_confidence(fcinfo);
	Outlook		outlook;

	check_confidence(state, confidence);
	if (read_outlook(fcinfo, &outlook))
		add_outlook(state, &outlook, confidence);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(campaign_forecast_combine);

/* campaign_forecast_combine: the profiles of two states */
Datum
campaign_forecast_combine(PG_FUNCTION_ARGS)
{
	const CampaignForecast *a = (CampaignForecast *) PG_GETARG_SUMS(0);
	const CampaignForecast *b = (CampaignForecast *) PG_GETARG_SUMS(1);

	if (b->profiles > 0)
		check_confidence(a, state_confidence(b));
	return sums_add(fcinfo, &forecast_type);
}

PG_FUNCTION_INFO_V1(campaign_forecast_final);

/* campaign_forecast_final: the range of the sum; NULL over no profiles */
Datum
campaign_forecast_final(PG_FUNCTION_ARGS)
{
	const CampaignForecast *state = (CampaignForecast *) PG_GETARG_SUMS(0);
	double		chance[TOTAL_SCALES];
	LogRange	range;
	Tails		tails;
	Places		places;
	Forecast	f;
	Total		total;

	if (state->profiles == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < TOTAL_SCALES; i++)
		chance[i] = wide_to_double(state->chance[i], 2) / LOG_CHANCE_ONE;
	forecast_tails((double) state_confidence(state) / CONFIDENCE_ONE, &tails);
	find_total(chance, &total);
	total_places(&total, &places);
	total_range(&total, &tails, &range);
	count_range(&places, &range, &tails, &f);
	f.mean = wide_to_double(state->mean, 2) / MEAN_ONE;
	PG_RETURN_DATUM(make_forecast(result_descriptor(fcinfo,
													FORECAST_COLUMNS), &f));
}
