/*-------------------------------------------------------------------------
 *
 * audience_metrics.c
 *		Compositions from reports on audiences.
 *
 * A vendor's report has sections, as the audience of followers and that of
 * likers, and a section has parts: by country, by gender and so on.  Each is a
 * row of a table below.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "base/compat.h"
#include "composition/composition.h"

/* How a part is written. */
typedef enum PartForm
{
	PART_LIST,					/* what to_composition() reads */
	PART_KEYED,					/* [{"gender": .., "age_range": .., "value": ..}] */
	PART_GENDERED,				/* [{"code": age, "female": .., "male": ..}] */
	PART_BY_AGE,				/* {age: {"female": .., "male": ..}} */
	PART_GROUPED,				/* [{"gender": .., "value": .., "by_age_group":
								 * [{"group": age, "value": ..}]}] */
	PART_BREAKDOWNS				/* Instagram's metrics; named by themselves */
} PartForm;

/*
 * A part: its name, the path below the section, and its total, which is 0 for
 * the sum.  A label is made of the values of the keys, with a blank between; in
 * the forms from PART_GENDERED on the keys are AGE and GENDER.  Of parts of the
 * same name, which stand together, the first that is there counts.
 */
typedef struct Part
{
	const char *name;
	const char *path;
	PartForm	form;
	const char *keys[2];
	double		total;
} Part;

#define AGE		"age"
#define GENDER	"gender"

/*
 * A section: what its parts' names start with, and where it is, at the first of
 * the paths where a part is.  Of sections of one source and start, the first
 * that has a part counts.
 */
typedef struct Section
{
	const char *source;
	const char *start;
	const char *paths[4];
	const Part *parts;
} Section;

static const Part modash_parts[] = {
	{"ages", "ages", PART_LIST, {NULL}, 1},
	{"brands", "brandAffinity", PART_LIST, {NULL}, 0},
	{"cities", "geoCities", PART_LIST, {NULL}, 1},
	{"countries", "geoCountries", PART_LIST, {NULL}, 1},
	{"genders", "genders", PART_LIST, {NULL}, 1},
	{"genders_per_age", "gendersPerAge", PART_GENDERED, {AGE, GENDER}, 1},
	{"interests", "interests", PART_LIST, {NULL}, 0},
	{"languages", "languages", PART_LIST, {NULL}, 1},
	{"reachability", "audienceReachability", PART_LIST, {NULL}, 1},
	{"types", "audienceTypes", PART_LIST, {NULL}, 1},
	{NULL}
};

static const Part iqdata_parts[] = {
	{"ages", "audience_ages", PART_LIST, {NULL}, 1},
	{"brands", "audience_brand_affinity", PART_LIST, {NULL}, 0},
	{"cities", "audience_geo.cities", PART_LIST, {NULL}, 1},
	{"countries", "audience_geo.countries", PART_LIST, {NULL}, 1},
	{"genders", "audience_genders", PART_LIST, {NULL}, 1},
	{"genders_per_age", "audience_genders_per_age", PART_GENDERED, {AGE, GENDER}, 1},
	{"interests", "audience_interests", PART_LIST, {NULL}, 0},
	{"languages", "audience_languages", PART_LIST, {NULL}, 1},
	{"reachability", "audience_reachability", PART_LIST, {NULL}, 1},
	{"types", "audience_types", PART_LIST, {NULL}, 1},
	{NULL}
};

static const Part insightiq_parts[] = {
	{"ages", "gender_age_distribution", PART_KEYED, {"age_range"}, 100},
	{"cities", "cities", PART_LIST, {NULL}, 100},
	{"countries", "countries", PART_LIST, {NULL}, 100},
	{"genders", "gender_distribution", PART_KEYED, {"gender"}, 100},
	{"genders", "gender_age_distribution", PART_KEYED, {"gender"}, 100},
	{"genders_per_age", "gender_age_distribution", PART_KEYED, {"age_range", "gender"}, 100},
	{"reachability", "follower_reachability", PART_KEYED, {"following_range"}, 100},
	{"types", "follower_types", PART_LIST, {NULL}, 100},
	{NULL}
};

static const Part hypeauditor_parts[] = {
	{"ages", "demography_by_age", PART_GROUPED, {AGE}, 100},
	{"countries", "audience_geography.countries", PART_LIST, {NULL}, 100},
	{"genders", "demography", PART_KEYED, {"gender"}, 100},
	{"genders_per_age", "demography_by_age", PART_GROUPED, {AGE, GENDER}, 100},
	{"languages", "audience_languages.data", PART_LIST, {NULL}, 100},
	{"types", "audience_type", PART_LIST, {NULL}, 100},
	{NULL}
};

/* Of channels */
static const Part hypeauditor_features[] = {
	{"ages", "audience_age_gender.data", PART_BY_AGE, {AGE}, 100},
	{"countries", "audience_geo.data", PART_LIST, {NULL}, 100},
	{"genders", "audience_age_gender.data", PART_BY_AGE, {GENDER}, 100},
	{"genders_per_age", "audience_age_gender.data", PART_BY_AGE, {AGE, GENDER}, 100},
	{"languages", "audience_languages.data", PART_LIST, {NULL}, 100},
	{NULL}
};

static const Part instagram_parts[] = {
	{"", "data", PART_BREAKDOWNS, {NULL}, 0},
	{NULL}
};

static const Section sections[] = {
	{"modash", "", {"profile.audience"}, modash_parts},
	{"iqdata", "", {"audience_followers.data", "match.audience_followers.data"}, iqdata_parts},
	{"iqdata", "likers.", {"audience_likers.data", "match.audience_likers.data"}, iqdata_parts},
	{"insightiq", "", {"profile.audience"}, insightiq_parts},
	{"insightiq", "likers.", {"profile.audience_likers"}, insightiq_parts},
	{"hypeauditor", "", {"user", "", "result.user"}, hypeauditor_parts},
	{"hypeauditor", "", {"features", "report.features", "result.report.features"}, hypeauditor_features},
	{"instagram", "", {""}, instagram_parts},
	{NULL}
};

/* What is being read. */
typedef struct Reader
{
	ReturnSetInfo *rsinfo;
	const Section *section;
	const Part *part;
	const char *path;			/* the part's, whole */
	StringInfoData label;		/* at hand */
	CompositionReader labels;
} Reader;

/* paths and errors */

static char *
join_paths(const char *above, const char *below)
{
	return psprintf("%s%s%s", above, *above != '\0' ? "." : "", below);
}

/* Follow a path; false if nothing is there, or null. */
static bool
find_path(const JsonbValue *from, const char *path, JsonbValue *result)
{
	*result = *from;
	while (*path != '\0')
	{
		size_t		len = strcspn(path, ".");

		if (result->type != jbvBinary || !JsonContainerIsObject(result->val.binary.data) ||
			getKeyJsonValueFromContainer(result->val.binary.data, path, len, result) == NULL)
			return false;
		path += len + (path[len] == '.');
	}
	return result->type != jbvNull;
}

pg_noreturn static void
wrong_report(const Reader *r, const char *place, const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid audience report of source \"%s\"", r->section->source),
			 errdetail("\"%s%s\" %s.", r->path, place, problem)));
}

/* The container of an array's or object's values. */
static JsonbContainer *
container_of(const Reader *r, const char *place, const JsonbValue *value, bool array)
{
	if (value->type != jbvBinary ||
		(array ? !JsonContainerIsArray(value->val.binary.data) :
		 !JsonContainerIsObject(value->val.binary.data)))
		wrong_report(r, place, array ? "is not an array" : "is not an object");
	return value->val.binary.data;
}

/* A key that must be there, but may be null. */
static void
need_key(const Reader *r, const char *place, const JsonbValue *object, const char *key,
		 JsonbValue *value)
{
	if (getKeyJsonValueFromContainer(container_of(r, place, object, false), key,
									 strlen(key), value) == NULL)
		wrong_report(r, psprintf("%s.%s", place, key), "is missing");
}

/* Walk through an array: the place in messages and the value of each element. */
typedef struct Walk
{
	JsonbIterator *it;
	JsonbValue	value;
	char	   *place;
	const char *above;
	int64		number;
} Walk;

static void
start_walk(Walk *walk, const Reader *r, const char *place, const JsonbValue *array)
{
	JsonbValue	start;

	walk->it = JsonbIteratorInit(container_of(r, place, array, true));
	walk->place = NULL;
	walk->above = place;
	walk->number = 0;
	(void) JsonbIteratorNext(&walk->it, &start, true);
}

static bool
next_element(Walk *walk)
{
	CHECK_FOR_INTERRUPTS();
	if (walk->place != NULL)
		pfree(walk->place);
	walk->place = NULL;
	if (JsonbIteratorNext(&walk->it, &walk->value, true) != WJB_ELEM)
		return false;
	walk->place = psprintf("%s[" INT64_FORMAT "]", walk->above, walk->number++);
	return true;
}

/* labels and weights */

/* Put a part of a label behind what there is; false if it is null. */
static bool
append_place_label(Reader *r, const char *place, const JsonbValue *value)
{
	if (value->type == jbvNull)
		return false;
	if (value->type != jbvString)
		wrong_report(r, place, "has a label that is not a string");
	if (r->label.len > 0)
		appendStringInfoChar(&r->label, ' ');
	appendBinaryStringInfo(&r->label, value->val.string.val, value->val.string.len);
	return true;
}

/* Add the weight of the label at hand, or to the rest. */
static void
add_weight(Reader *r, bool known, const JsonbValue *weight)
{
	JsonbValue	text;

	if (known)
	{
		text.type = jbvString;
		text.val.string.val = pnstrdup(r->label.data, r->label.len);
		text.val.string.len = r->label.len;
	}
	(void) composition_reader_add(&r->labels, known ? &text : NULL, weight);
}

/* Add the weight of an age and a gender, of which the label may need one. */
static void
add_age_gender(Reader *r, const char *place, const JsonbValue *age, const JsonbValue *gender,
			   const JsonbValue *weight)
{
	bool		known = true;

	resetStringInfo(&r->label);
	for (int i = 0; i < (int) lengthof(r->part->keys) && r->part->keys[i] != NULL; i++)
		known &= append_place_label(r, place, strcmp(r->part->keys[i], AGE) == 0 ? age : gender);
	add_weight(r, known, weight);
}

static void
set_string(JsonbValue *value, const char *string)
{
	value->type = jbvString;
	value->val.string.val = unconstify(char *, string);
	value->val.string.len = strlen(string);
}

/* forms */

static void
read_keyed(Reader *r, const JsonbValue *list)
{
	Walk		walk;

	start_walk(&walk, r, "", list);
	while (next_element(&walk))
	{
		JsonbValue	value;
		bool		known = true;

		resetStringInfo(&r->label);
		for (int i = 0; i < (int) lengthof(r->part->keys) && r->part->keys[i] != NULL; i++)
		{
			need_key(r, walk.place, &walk.value, r->part->keys[i], &value);
			known &= append_place_label(r, walk.place, &value);
		}
		need_key(r, walk.place, &walk.value, "value", &value);
		add_weight(r, known, &value);
	}
}

/* Read the weights of an age's genders; one of the two may be absent. */
static void
read_genders(Reader *r, const char *place, const JsonbValue *age, const JsonbValue *genders)
{
	static const char *const names[] = {"female", "male"};
	JsonbContainer *container = container_of(r, place, genders, false);
	int			found = 0;

	for (int i = 0; i < (int) lengthof(names); i++)
	{
		JsonbValue	gender;
		JsonbValue	weight;

		if (getKeyJsonValueFromContainer(container, names[i], strlen(names[i]), &weight) == NULL)
			continue;
		set_string(&gender, names[i]);
		add_age_gender(r, place, age, &gender, &weight);
		found++;
	}
	if (found == 0)
		wrong_report(r, place, "has neither \"female\" nor \"male\"");
}

static void
read_gendered(Reader *r, const JsonbValue *list)
{
	Walk		walk;

	start_walk(&walk, r, "", list);
	while (next_element(&walk))
	{
		JsonbValue	age;

		need_key(r, walk.place, &walk.value, "code", &age);
		read_genders(r, walk.place, &age, &walk.value);
	}
}

static void
read_by_age(Reader *r, const JsonbValue *ages)
{
	JsonbIterator *it;
	JsonbValue	age;
	JsonbValue	genders;

	/* PHP writes an empty object as an array. */
	if (ages->type == jbvBinary && JsonContainerIsArray(ages->val.binary.data) &&
		JsonContainerSize(ages->val.binary.data) == 0)
		return;
	it = JsonbIteratorInit(container_of(r, "", ages, false));
	(void) JsonbIteratorNext(&it, &age, true);
	while (JsonbIteratorNext(&it, &age, true) == WJB_KEY)
	{
		CHECK_FOR_INTERRUPTS();
		(void) JsonbIteratorNext(&it, &genders, true);
		read_genders(r, psprintf(".%.*s", age.val.string.len, age.val.string.val), &age, &genders);
	}
}

static Numeric
need_number(const Reader *r, const char *place, const JsonbValue *value)
{
	if (value->type != jbvNumeric)
		wrong_report(r, place, "has a value that is not a number");
	return value->val.numeric;
}

/* The sum of the groups' values. */
static Datum
sum_of_groups(Reader *r, const char *place, const JsonbValue *groups)
{
	Datum		sum = NumericGetDatum(int64_to_numeric(0));
	Walk		walk;

	start_walk(&walk, r, place, groups);
	while (next_element(&walk))
	{
		JsonbValue	value;

		need_key(r, walk.place, &walk.value, "value", &value);
		if (value.type != jbvNull)
			sum = DirectFunctionCall2(numeric_add, sum,
									  NumericGetDatum(need_number(r, walk.place, &value)));
	}
	return sum;
}

/* value * whole / sum, to nine decimals; null if that is unknown */
static void
scale(JsonbValue *value, Numeric whole, Datum sum)
{
	Datum		scaled;

	if (value->type == jbvNull ||
		DatumGetBool(DirectFunctionCall2(numeric_eq, sum, NumericGetDatum(int64_to_numeric(0)))))
	{
		value->type = jbvNull;
		return;
	}
	scaled = DirectFunctionCall2(numeric_mul, NumericGetDatum(value->val.numeric),
								 NumericGetDatum(whole));
	scaled = DirectFunctionCall2(numeric_div, scaled, sum);
	value->val.numeric = DatumGetNumeric(DirectFunctionCall2(numeric_round, scaled,
															 Int32GetDatum(9)));
}

/*
 * Read the age groups of a gender.  They are scaled to what the gender has, so
 * that they may be percent of it or of all.
 */
static void
read_age_groups(Reader *r, const char *place, const JsonbValue *element)
{
	char	   *below = psprintf("%s.by_age_group", place);
	JsonbValue	gender;
	JsonbValue	whole;
	JsonbValue	groups;
	Datum		sum;
	Walk		walk;

	need_key(r, place, element, "gender", &gender);
	need_key(r, place, element, "value", &whole);
	need_key(r, place, element, "by_age_group", &groups);
	if (whole.type == jbvNull || groups.type == jbvNull)
		return;
	(void) need_number(r, place, &whole);
	sum = sum_of_groups(r, below, &groups);
	start_walk(&walk, r, below, &groups);
	while (next_element(&walk))
	{
		JsonbValue	age;
		JsonbValue	value;

		need_key(r, walk.place, &walk.value, "group", &age);
		need_key(r, walk.place, &walk.value, "value", &value);
		scale(&value, whole.val.numeric, sum);
		add_age_gender(r, walk.place, &age, &gender, &value);
	}
}

static void
read_grouped(Reader *r, const JsonbValue *list)
{
	Walk		walk;

	start_walk(&walk, r, "", list);
	while (next_element(&walk))
		read_age_groups(r, walk.place, &walk.value);
}

/* rows */

/* Which part an error is about. */
static void
part_context(void *arg)
{
	const Reader *r = arg;

	errcontext("audience report of source \"%s\", \"%s\"", r->section->source, r->path);
}

/* Put a row of what was read. */
static void
put_part(Reader *r, const char *name)
{
	Datum		values[2];
	bool		nulls[2] = {false, false};
	Weight		total;

	(void) weight_from_float8(r->part->total, &total);
	values[0] = CStringGetTextDatum(name);
	values[1] = PointerGetDatum(composition_reader_finish(&r->labels,
														  r->part->total > 0 ? &total : NULL));
	tuplestore_putvalues(r->rsinfo->setResult, r->rsinfo->setDesc, values, nulls);
	pfree(DatumGetPointer(values[1]));
	pfree(r->labels.labels);
}

/* Instagram: a metric has breakdowns, a breakdown has dimensions and results */

typedef struct Renaming
{
	const char *from;
	const char *to;
} Renaming;

static const Renaming metrics[] = {
	{"follower_demographics", ""},
	{"engaged_audience_demographics", "engaged."},
	{"reached_audience_demographics", "reached."},
	{NULL, NULL}
};

static const Renaming dimensions[] = {
	{"age", "ages"},
	{"city", "cities"},
	{"country", "countries"},
	{"gender", "genders"},
	{"age gender", "genders_per_age"},
	{NULL, NULL}
};

/* What a name becomes, or NULL. */
static const char *
renamed(const char *name, const Renaming *renaming)
{
	for (; renaming->from != NULL; renaming++)
	{
		if (strcmp(name, renaming->from) == 0)
			return renaming->to;
	}
	return NULL;
}

/* The name of a part that has the label at hand of dimensions. */
static char *
breakdown_name(const Reader *r, const JsonbValue *metric)
{
	char	   *name = pnstrdup(metric->val.string.val, metric->val.string.len);
	char	   *labels = pstrdup(r->label.data);
	const char *start = renamed(name, metrics);
	const char *end = renamed(labels, dimensions);

	for (char *c = labels; *c != '\0'; c++)
	{
		if (*c == ' ')
			*c = '_';
	}
	return psprintf("%s%s%s", start ? start : name, start ? "" : ".", end ? end : labels);
}

/* Make a label of an array of strings; false if one of them is null. */
static bool
join_strings(Reader *r, const char *place, const JsonbValue *array)
{
	bool		known = true;
	Walk		walk;

	resetStringInfo(&r->label);
	start_walk(&walk, r, place, array);
	while (next_element(&walk))
		known &= append_place_label(r, walk.place, &walk.value);
	return known;
}

static void
read_result(Reader *r, const char *place, const JsonbValue *result)
{
	JsonbValue	labels;
	JsonbValue	value;
	bool		known;

	need_key(r, place, result, "dimension_values", &labels);
	need_key(r, place, result, "value", &value);
	known = join_strings(r, psprintf("%s.dimension_values", place), &labels);
	add_weight(r, known, &value);
}

/* Without results there are too few people to tell: the composition is empty. */
static void
read_breakdown(Reader *r, const char *place, const JsonbValue *metric, const JsonbValue *breakdown)
{
	JsonbValue	keys;
	JsonbValue	results;
	char	   *name;

	need_key(r, place, breakdown, "dimension_keys", &keys);
	(void) join_strings(r, psprintf("%s.dimension_keys", place), &keys);
	name = breakdown_name(r, metric);
	composition_reader_start(&r->labels, 0);
	if (find_path(breakdown, "results", &results))
	{
		Walk		walk;

		start_walk(&walk, r, psprintf("%s.results", place), &results);
		while (next_element(&walk))
			read_result(r, walk.place, &walk.value);
	}
	put_part(r, name);
}

/* Read a metric; false if it has no breakdowns. */
static bool
read_metric(Reader *r, const char *place, const JsonbValue *metric)
{
	JsonbValue	name;
	JsonbValue	breakdowns;
	Walk		walk;

	need_key(r, place, metric, "name", &name);
	if (name.type != jbvString)
		wrong_report(r, psprintf("%s.name", place), "is not a string");
	if (!find_path(metric, "total_value.breakdowns", &breakdowns))
		return false;
	start_walk(&walk, r, psprintf("%s.total_value.breakdowns", place), &breakdowns);
	while (next_element(&walk))
		read_breakdown(r, walk.place, &name, &walk.value);
	return true;
}

static void
read_metrics(Reader *r, const JsonbValue *list)
{
	bool		found = false;
	Walk		walk;

	start_walk(&walk, r, "", list);
	while (next_element(&walk))
		found |= read_metric(r, walk.place, &walk.value);
	if (!found && walk.number > 0)
		wrong_report(r, "[].total_value.breakdowns", "is missing");
}

/* sections */

/* Read a part that is there. */
static void
read_part(Reader *r, JsonbValue *value)
{
	ErrorContextCallback context = {error_context_stack, part_context, r};

	error_context_stack = &context;
	if (r->part->form == PART_BREAKDOWNS)
		read_metrics(r, value);
	else
	{
		if (r->part->form == PART_LIST)
			(void) composition_reader_jsonb(&r->labels, JsonbValueToJsonb(value));
		else
			composition_reader_start(&r->labels, value->type == jbvBinary ?
									 JsonContainerSize(value->val.binary.data) : 0);
		if (r->part->form == PART_KEYED)
			read_keyed(r, value);
		else if (r->part->form == PART_GENDERED)
			read_gendered(r, value);
		else if (r->part->form == PART_BY_AGE)
			read_by_age(r, value);
		else if (r->part->form == PART_GROUPED)
			read_grouped(r, value);
		put_part(r, psprintf("%s%s", r->section->start, r->part->name));
	}
	error_context_stack = context.previous;
}

/* Read the part at hand; false if it is not in the report. */
static bool
find_part(Reader *r, const JsonbValue *report)
{
	for (int i = 0; i < (int) lengthof(r->section->paths) && r->section->paths[i] != NULL; i++)
	{
		JsonbValue	above;
		JsonbValue	value;

		if (!find_path(report, r->section->paths[i], &above) ||
			!find_path(&above, r->part->path, &value))
			continue;
		r->path = join_paths(r->section->paths[i], r->part->path);
		read_part(r, &value);
		return true;
	}
	return false;
}

/* Read the section at hand; false if it is not in the report. */
static bool
read_section(Reader *r, const JsonbValue *report)
{
	const char *done = NULL;

	for (r->part = r->section->parts; r->part->name != NULL; r->part++)
	{
		if ((done == NULL || strcmp(done, r->part->name) != 0) && find_part(r, report))
			done = r->part->name;
	}
	return done != NULL;
}

pg_noreturn static void
unknown_source(const char *source)
{
	StringInfoData known;

	initStringInfo(&known);
	for (const Section *s = sections; s->source != NULL; s++)
	{
		if (s == sections || strcmp(s->source, s[-1].source) != 0)
			appendStringInfo(&known, "%s%s", known.len > 0 ? ", " : "", s->source);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown source of audience reports: \"%s\"", source),
			 errhint("Known are: %s.", known.data)));
}

pg_noreturn static void
missing_parts(const char *source)
{
	StringInfoData paths;
	int			npaths = 0;

	initStringInfo(&paths);
	for (const Section *s = sections; s->source != NULL; s++)
	{
		if (strcmp(s->source, source) != 0)
			continue;
		for (const Part *part = s->parts; part->name != NULL; part++)
			appendStringInfo(&paths, "%s\"%s\"", npaths++ > 0 ? ", " : "",
							 join_paths(s->paths[0], part->path));
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid audience report of source \"%s\"", source),
			 npaths > 1 ? errdetail("All of these are missing: %s.", paths.data) :
			 errdetail("%s is missing.", paths.data)));
}

PG_FUNCTION_INFO_V1(audience_metrics);

/*
 * audience_metrics(source text, payload jsonb) -> SETOF record
 *		The parts of an audience report: name and composition.
 *
 * No rows for NULL.  Error 22023 for an unknown source, a report that has none
 * of the parts, and a part of another shape, which names the path missed or
 * wrong; 22003 for a weight past the range.
 */
Datum
audience_metrics(PG_FUNCTION_ARGS)
{
	char	   *source = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Jsonb	   *payload = PG_GETARG_JSONB_P(1);
	JsonbValue	report;
	Reader		r = {0};
	const Section *found = NULL;
	bool		known = false;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	initStringInfo(&r.label);
	r.rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	report.type = jbvBinary;
	report.val.binary.data = &payload->root;
	report.val.binary.len = VARSIZE(payload) - VARHDRSZ;
	for (r.section = sections; r.section->source != NULL; r.section++)
	{
		if (strcmp(r.section->source, source) != 0)
			continue;
		known = true;
		if ((found == NULL || strcmp(found->start, r.section->start) != 0) &&
			read_section(&r, &report))
			found = r.section;
	}
	if (!known)
		unknown_source(source);
	if (found == NULL)
		missing_parts(source);
	return (Datum) 0;
}
