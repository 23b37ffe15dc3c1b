/*-------------------------------------------------------------------------
 *
 * report_instagram.c
 *		Audiences in the insights of an Instagram account.
 *
 * A metric has breakdowns, a breakdown has dimensions and results; until 2024
 * it had an object of counts, as {"F.18-24": 100}.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/report_reader.h"

typedef struct Renaming
{
	const char *from;
	const char *to;
	LabelKind	kind;
} Renaming;

static const Renaming metrics[] = {
	{"follower_demographics", "", LABEL_OTHER},
	{"engaged_audience_demographics", "engaged.", LABEL_OTHER},
	{"reached_audience_demographics", "reached.", LABEL_OTHER},
	{NULL, NULL, LABEL_OTHER}
};

static const Renaming dimensions[] = {
	{"age", "ages", LABEL_AGE},
	{"city", "cities", LABEL_OTHER},
	{"country", "countries", LABEL_COUNTRY},
	{"gender", "genders", LABEL_GENDER},
	{"age gender", "genders_ages", LABEL_OTHER},
	{NULL, NULL, LABEL_OTHER}
};

static const Renaming legacy[] = {
	{"audience_city", "cities", LABEL_OTHER},
	{"audience_country", "countries", LABEL_COUNTRY},
	{"audience_locale", "languages", LABEL_LANGUAGE},
	{NULL, NULL, LABEL_OTHER}
};

static const Renaming *
find_renaming(const char *name, const Renaming *renaming)
{
	for (; renaming->from != NULL; renaming++)
	{
		if (strcmp(name, renaming->from) == 0)
			return renaming;
	}
	return NULL;
}

/* breakdowns */

#define MAX_DIMENSIONS	2

/* The dimensions of a breakdown. */
typedef struct Dimensions
{
	int			n;
	LabelKind	kinds[MAX_DIMENSIONS];	/* of more, the others as they are */
	char	   *name;			/* with blanks between */
} Dimensions;

static bool
read_dimensions(ReportReader *r, const JsonPlace *place,
				const JsonbValue *keys, Dimensions *d)
{
	StringInfoData name;
	JsonWalk	walk;

	d->n = 0;
	initStringInfo(&name);
	if (!report_need_array(r, place, keys))
		return false;
	json_walk_start(&walk, keys->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(place, walk.next - 1);
		const Renaming *renaming;
		char	   *key;

		if (walk.value.type != jbvString)
			return report_wrong(r, &below, "is not a string");
		key = pnstrdup(walk.value.val.string.val, walk.value.val.string.len);
		renaming = find_renaming(key, dimensions);
		if (d->n < MAX_DIMENSIONS)
			d->kinds[d->n] = renaming != NULL ? renaming->kind : LABEL_OTHER;
		d->n++;
		appendStringInfo(&name, "%s%s", name.len > 0 ? " " : "", key);
	}
	d->name = name.data;
	return true;
}

/* The name of the part that a metric's breakdown is. */
static char *
breakdown_name(const char *metric, const Dimensions *d)
{
	const Renaming *start = find_renaming(metric, metrics);
	const Renaming *end = find_renaming(d->name, dimensions);
	char	   *name = pstrdup(d->name);

	for (char *c = name; *c != '\0'; c++)
	{
		if (*c == ' ')
			*c = '_';
	}
	return psprintf("%s%s%s", start ? start->to : metric, start ? "" : ".",
					end ? end->to : name);
}

static bool
read_result(ReportReader *r, const JsonPlace *place,
			const JsonbValue *result, const Dimensions *d)
{
	JsonPlace	values = json_place_key(place, "dimension_values", 16);
	JsonbValue	labels;
	JsonbValue	weight;
	JsonWalk	walk;
	bool		known = true;

	if (!report_need_key(r, place, result, "dimension_values", &labels) ||
		!report_need_key(r, place, result, "value", &weight) ||
		!report_need_array(r, &values, &labels))
		return false;
	resetStringInfo(&r->label);
	json_walk_start(&walk, labels.val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(&values, walk.next - 1);

		if (!report_add_label(r, &below,
							  walk.next <= MAX_DIMENSIONS &&
							  (int) walk.next <= d->n ?
							  d->kinds[walk.next - 1] : LABEL_OTHER,
							  &walk.value, &known))
			return false;
	}
	return report_add_weight(r, place, known, &weight);
}

/*
 * Without results there are too few people to tell: the composition is empty.
 */
static bool
read_results(ReportReader *r, const JsonPlace *place,
			 const JsonbValue *breakdown,
			 const Dimensions *d)
{
	JsonPlace	above = json_place_key(place, "results", 7);
	JsonbValue	results;
	JsonWalk	walk;

	if (!json_get_path(breakdown, "results", &results))
		return true;
	if (!report_need_array(r, &above, &results))
		return false;
	json_walk_start(&walk, results.val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(&above, walk.next - 1);

		if (!read_result(r, &below, &walk.value, d))
			return false;
	}
	return true;
}

static bool
read_breakdown(ReportReader *r, const JsonPlace *place, const char *metric,
			   const JsonbValue *breakdown)
{
	JsonPlace	above = json_place_key(place, "dimension_keys", 14);
	JsonbValue	keys;
	Dimensions	d = {0};

	if (!report_need_key(r, place, breakdown, "dimension_keys", &keys) ||
		!read_dimensions(r, &above, &keys, &d))
		return false;
	composition_reader_start(&r->labels, 0);
	return read_results(r, place, breakdown, &d) &&
		report_put_part(r, breakdown_name(metric, &d));
}

/* objects of counts */

/* Which of gender and age a label is to have. */
typedef struct GenderAge
{
	const char *name;
	bool		age;
	bool		gender;
} GenderAge;

static const GenderAge gender_ages[] = {
	{"ages", true, false},
	{"genders", false, true},
	{"genders_ages", true, true}
};

/* F.18-24 as what is wanted of it */
static bool
read_gender_age(ReportReader *r, const JsonPlace *place,
				const JsonbValue *label,
				const JsonbValue *weight, const GenderAge *wanted)
{
	const char *str = label->val.string.val;
	int			len = label->val.string.len;
	const char *point = memchr(str, '.', len);
	bool		known = true;

	if (point == NULL)
		return report_wrong(r, place,
							"is not a gender and an age, as F.18-24");
	resetStringInfo(&r->label);
	if (wanted->age)
		known &= report_append_label(&r->label, LABEL_AGE, point + 1,
									 (int) (str + len - point - 1));
	if (wanted->age && wanted->gender)
		appendStringInfoChar(&r->label, ' ');
	if (wanted->gender)
		known &= report_append_label(&r->label, LABEL_GENDER, str,
									 (int) (point - str));
	return report_add_weight(r, place, known, weight);
}

/*
 * Read an object of counts as a part; of gender and age what is wanted, or the
 * kind.
 */
static bool
read_count_object(ReportReader *r, const JsonPlace *place,
				  const JsonbValue *counts,
				  const GenderAge *wanted, LabelKind kind, const char *name)
{
	JsonWalk	walk;

	composition_reader_start(&r->labels, 0);
	json_walk_start(&walk, counts->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);
		bool		known = true;

		if (wanted != NULL)
		{
			if (!read_gender_age(r, &below, &walk.key, &walk.value, wanted))
				return false;
			continue;
		}
		resetStringInfo(&r->label);
		if (!report_add_label(r, &below, kind, &walk.key, &known) ||
			!report_add_weight(r, &below, known, &walk.value))
			return false;
	}
	return report_put_part(r, name);
}

/* Read a metric of the old form; *found if it is one. */
static bool
read_legacy(ReportReader *r, const JsonPlace *place, const char *name,
			const JsonbValue *metric,
			bool *found)
{
	JsonPlace	values = json_place_key(place, "values", 6);
	JsonPlace	first = json_place_number(&values, 0);
	JsonPlace	below = json_place_key(&first, "value", 5);
	const Renaming *renaming = find_renaming(name, legacy);
	JsonbValue	list;
	JsonbValue	value;

	if (!json_get_path(metric, "values", &list) ||
		!json_get_element(&list, 0, &value) ||
		!json_get_path(&value, "value", &value) || !json_is_object(&value))
		return true;
	if (strcmp(name, "audience_gender_age") == 0)
	{
		*found = true;
		for (int i = 0; i < (int) lengthof(gender_ages); i++)
		{
			if (!read_count_object(r, &below, &value, &gender_ages[i],
								   LABEL_OTHER, gender_ages[i].name))
				return false;
		}
		return true;
	}
	if (renaming == NULL)
		return true;
	*found = true;
	return read_count_object(r, &below, &value, NULL, renaming->kind,
							 renaming->to);
}

/* metrics */

/* Read a metric; *found if it has breakdowns or counts. */
static bool
read_metric(ReportReader *r, const JsonPlace *place,
			const JsonbValue *metric, bool *found)
{
	JsonPlace	total = json_place_key(place, "total_value", 11);
	JsonPlace	above = json_place_key(&total, "breakdowns", 10);
	JsonbValue	name;
	JsonbValue	breakdowns;
	JsonWalk	walk;
	char	   *str;

	if (!report_need_key(r, place, metric, "name", &name))
		return false;
	if (name.type != jbvString)
		return report_wrong(r, place, "has a name that is not a string");
	str = pnstrdup(name.val.string.val, name.val.string.len);
	if (!json_get_path(metric, "total_value.breakdowns", &breakdowns))
		return read_legacy(r, place, str, metric, found);
	*found = true;
	if (!report_need_array(r, &above, &breakdowns))
		return false;
	json_walk_start(&walk, breakdowns.val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(&above, walk.next - 1);

		if (!read_breakdown(r, &below, str, &walk.value))
			return false;
	}
	return true;
}

/*
 * report_read_metrics
 *		Read the metrics of an account; false after a problem.  An empty list
 *		says that there are too few followers to tell.
 */
bool
report_read_metrics(ReportReader *r, const JsonbValue *list)
{
	JsonPlace	top = json_place_key(NULL, r->path, (int) strlen(r->path));
	bool		found = false;
	JsonWalk	walk;

	if (!report_need_array(r, &top, list))
		return false;
	json_walk_start(&walk, list->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(&top, walk.next - 1);

		if (!read_metric(r, &below, &walk.value, &found))
			return false;
	}
	if (!found && walk.count > 0)
	{
		char	   *path = psprintf("%s[].total_value.breakdowns", r->path);
		JsonPlace	missing = json_place_key(NULL, path, (int) strlen(path));

		return report_wrong(r, &missing, "is missing");
	}
	return true;
}
