/*-------------------------------------------------------------------------
 *
 * report_sections.c
 *		Where reports on audiences hold their parts.
 *
 * A vendor's report has sections, as the audience of followers and that of
 * likers, and a section has parts: by country, by gender and so on.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/report_reader.h"

#define ONE(kind)	{LABEL_##kind, LABEL_OTHER}
#define TWO(a, b)	{LABEL_##a, LABEL_##b}

static const Part modash_parts[] = {
	{"ages", "ages", PART_LIST, 1, ONE(AGE), {NULL}},
	{"brands", "brandAffinity", PART_LIST, 0, ONE(OTHER), {NULL}},
	{"cities", "geoCities", PART_LIST, 1, ONE(OTHER), {NULL}},
	{"countries", "geoCountries", PART_LIST, 1, ONE(COUNTRY), {NULL}},
	{"genders", "genders", PART_LIST, 1, ONE(GENDER), {NULL}},
	{"genders_ages", "gendersPerAge", PART_GENDERED, 1, TWO(AGE, GENDER),
	{NULL}},
	{"interests", "interests", PART_LIST, 0, ONE(OTHER), {NULL}},
	{"languages", "languages", PART_LIST, 1, ONE(LANGUAGE), {NULL}},
	{"reachability", "audienceReachability", PART_LIST, 1, ONE(OTHER), {NULL}},
	{"types", "audienceTypes", PART_LIST, 1, ONE(TYPE), {NULL}},
	{NULL}
};

static const Part iqdata_parts[] = {
	{"ages", "audience_ages", PART_LIST, 1, ONE(AGE), {NULL}},
	{"brands", "audience_brand_affinity", PART_LIST, 0, ONE(OTHER), {NULL}},
	{"cities", "audience_geo.cities", PART_LIST, 1, ONE(OTHER), {NULL}},
	{"countries", "audience_geo.countries", PART_LIST, 1, ONE(COUNTRY),
	{NULL}},
	{"genders", "audience_genders", PART_LIST, 1, ONE(GENDER), {NULL}},
	{"genders_ages", "audience_genders_per_age", PART_GENDERED, 1,
	TWO(AGE, GENDER), {NULL}},
	{"interests", "audience_interests", PART_LIST, 0, ONE(OTHER), {NULL}},
	{"languages", "audience_languages", PART_LIST, 1, ONE(LANGUAGE), {NULL}},
	{"reachability", "audience_reachability", PART_LIST, 1, ONE(OTHER),
	{NULL}},
	{"types", "audience_types", PART_LIST, 1, ONE(TYPE), {NULL}},
	{NULL}
};

static const Part insightiq_parts[] = {
	{"ages", "gender_age_distribution", PART_KEYED, 100, ONE(AGE),
	{"age_range"}},
	{"brands", "brand_affinity", PART_LIST, 0, ONE(OTHER), {NULL}},
	{"cities", "cities", PART_LIST, 100, ONE(OTHER), {NULL}},
	{"countries", "countries", PART_LIST, 100, ONE(COUNTRY), {NULL}},
	{"genders", "gender_distribution", PART_KEYED, 100, ONE(GENDER),
	{"gender"}},
	{"genders", "gender_age_distribution", PART_KEYED, 100, ONE(GENDER),
	{"gender"}},
	{"genders_ages", "gender_age_distribution", PART_KEYED, 100,
	TWO(AGE, GENDER), {"age_range", "gender"}},
	{"interests", "interests", PART_LIST, 0, ONE(OTHER), {NULL}},
	{"languages", "languages", PART_LIST, 100, ONE(LANGUAGE), {NULL}},
	{"reachability", "follower_reachability", PART_KEYED, 100, ONE(OTHER),
	{"following_range"}},
	{"types", "follower_types", PART_LIST, 100, ONE(TYPE), {NULL}},
	{NULL}
};

static const Part hypeauditor_parts[] = {
	{"ages", "demography_by_age", PART_GROUPED, 100, ONE(AGE), {NULL}},
	{"cities", "audience_geography.cities", PART_LIST, 100, ONE(OTHER),
	{NULL}},
	{"countries", "audience_geography.countries", PART_LIST, 100, ONE(COUNTRY),
	{NULL}},
	{"genders", "demography", PART_KEYED, 100, ONE(GENDER), {"gender"}},
	{"genders_ages", "demography_by_age", PART_GROUPED, 100, TWO(AGE, GENDER),
	{NULL}},
	{"languages", "audience_languages.data", PART_LIST, 100, ONE(LANGUAGE),
	{NULL}},
	{"types", "audience_type", PART_LIST, 100, ONE(TYPE), {NULL}},
	{NULL}
};

/* Of channels of YouTube and TikTok */
static const Part hypeauditor_features[] = {
	{"ages", "audience_age_gender.data", PART_BY_AGE, 100, ONE(AGE), {NULL}},
	{"cities", "audience_geo.data.cities", PART_LIST, 100, ONE(OTHER), {NULL}},
	{"countries", "audience_geo.data.countries", PART_LIST, 100, ONE(COUNTRY),
	{NULL}},
	{"countries", "audience_geo.data", PART_LIST, 100, ONE(COUNTRY), {NULL}},
	{"genders", "audience_age_gender.data", PART_BY_AGE, 100, ONE(GENDER),
	{NULL}},
	{"genders_ages", "audience_age_gender.data", PART_BY_AGE, 100,
	TWO(AGE, GENDER), {NULL}},
	{"languages", "audience_languages.data", PART_LIST, 100, ONE(LANGUAGE),
	{NULL}},
	{"types", "audience_by_type.data", PART_LIST, 100, ONE(TYPE), {NULL}},
	{NULL}
};

static const Part instagram_parts[] = {
	{"", "data", PART_METRICS, 0, ONE(OTHER), {NULL}},
	{NULL}
};

const Section report_sections[] = {
	{"modash", "", {"profile.audience", "data.profile.audience", "audience"},
	modash_parts},
	{"iqdata", "",
		{"audience_followers.data", "match.audience_followers.data"},
	iqdata_parts},
	{"iqdata", "likers.",
	{"audience_likers.data", "match.audience_likers.data"}, iqdata_parts},
	{"insightiq", "",
		{"profile.audience", "audience", "data.profile.audience", ""},
	insightiq_parts},
	{"insightiq", "likers.",
		{"profile.audience_likers", "audience_likers",
	"data.profile.audience_likers"}, insightiq_parts},
	{"hypeauditor", "", {"user", "", "result.user"}, hypeauditor_parts},
	{"hypeauditor", "",
		{"features", "report.features", "result.report.features"},
	hypeauditor_features},
	{"instagram", "", {""}, instagram_parts},
	{NULL}
};

/* report_source: the source of a name, in any case; NULL for another */
const char *
report_source(const char *name, int len)
{
	if (len == 6 && pg_strncasecmp(name, "phyllo", 6) == 0)
		return "insightiq";
	for (const Section *s = report_sections; s->source != NULL; s++)
	{
		if ((int) strlen(s->source) == len &&
			pg_strncasecmp(s->source, name, len) == 0)
			return s->source;
	}
	return NULL;
}
