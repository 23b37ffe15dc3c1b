/*-------------------------------------------------------------------------
 *
 * report_forms.c
 *		The forms in which reports write the parts of an audience.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/report_reader.h"

/* Add the weight of an age and a gender, of which the label may need one. */
static bool
add_age_gender(ReportReader *r, const JsonPlace *place,
			   const JsonbValue *age,
			   const JsonbValue *gender, const JsonbValue *weight)
{
	bool		known = true;

	resetStringInfo(&r->label);
	for (int i = 0;
		 i < (int) lengthof(r->part->kinds) &&
		 r->part->kinds[i] != LABEL_OTHER; i++)
	{
		if (!report_add_label(r, place, r->part->kinds[i],
							  r->part->kinds[i] == LABEL_AGE ? age : gender,
							  &known))
			return false;
	}
	return report_add_weight(r, place, known, weight);
}

/* Call the labels of a list by their common names; what is unknown is rest. */
static void
rename_labels(ReportReader *r)
{
	uint32		kept = 0;

	for (uint32 i = 0; i < r->labels.nlabels; i++)
	{
		LabelWeight label = r->labels.labels[i];

		resetStringInfo(&r->label);
		if (!report_append_label(&r->label, r->part->kinds[0], label.label,
								 (int) label.len))
			continue;
		label.label = pnstrdup(r->label.data, r->label.len);
		label.len = r->label.len;
		r->labels.labels[kept++] = label;
	}
	r->labels.nlabels = kept;
}

/* forms */

typedef bool (*ReadElement) (ReportReader *r, const JsonPlace *place,
							 const JsonbValue *element);

static bool
read_elements(ReportReader *r, const JsonPlace *place,
			  const JsonbValue *list, ReadElement read)
{
	JsonWalk	walk;

	if (!report_need_array(r, place, list))
		return false;
	json_walk_start(&walk, list->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(place, walk.next - 1);

		if (!read(r, &below, &walk.value))
			return false;
	}
	return true;
}

static bool
read_keyed(ReportReader *r, const JsonPlace *place,
		   const JsonbValue *element)
{
	JsonbValue	value;
	bool		known = true;

	resetStringInfo(&r->label);
	for (int i = 0;
		 i < (int) lengthof(r->part->keys) && r->part->keys[i] != NULL; i++)
	{
		if (!report_need_key(r, place, element, r->part->keys[i], &value) ||
			!report_add_label(r, place, r->part->kinds[i], &value, &known))
			return false;
	}
	return report_need_key(r, place, element, "value", &value) &&
		report_add_weight(r, place, known, &value);
}

/* Read the weights of an age's genders; one of the two may be absent. */
static bool
read_genders(ReportReader *r, const JsonPlace *place, const JsonbValue *age,
			 const JsonbValue *genders)
{
	static const char *const names[] = {"female", "male"};
	int			found = 0;

	if (!json_is_object(genders))
		return report_wrong(r, place, "is not an object");
	for (int i = 0; i < (int) lengthof(names); i++)
	{
		JsonbValue	gender;
		JsonbValue	weight;

		if (!json_get(genders, names[i], (int) strlen(names[i]), &weight))
			continue;
		gender.type = jbvString;
		gender.val.string.val = unconstify(char *, names[i]);
		gender.val.string.len = (int) strlen(names[i]);
		if (!add_age_gender(r, place, age, &gender, &weight))
			return false;
		found++;
	}
	return found > 0 ||
		report_wrong(r, place, "has neither \"female\" nor \"male\"");
}

static bool
read_gendered(ReportReader *r, const JsonPlace *place,
			  const JsonbValue *element)
{
	JsonbValue	age;

	return report_need_key(r, place, element, "code", &age) &&
		read_genders(r, place, &age, element);
}

/* PHP writes an empty object as an array. */
static bool
read_by_age(ReportReader *r, const JsonPlace *place, const JsonbValue *ages)
{
	JsonWalk	walk;

	if (json_is_array(ages) && JsonContainerSize(ages->val.binary.data) == 0)
		return true;
	if (!json_is_object(ages))
		return report_wrong(r, place, "is not an object");
	json_walk_start(&walk, ages->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);

		if (!read_genders(r, &below, &walk.key, &walk.value))
			return false;
	}
	return true;
}

/* A weight in range, so that arithmetic on it is; *result is NULL for null. */
static bool
need_number(ReportReader *r, const JsonPlace *place, const JsonbValue *value,
			Numeric *result)
{
	Weight		weight;
	WeightProblem problem;
	char	   *decimal;

	*result = NULL;
	if (value->type == jbvNull)
		return true;
	if (value->type != jbvNumeric)
		return report_wrong(r, place, "has a value that is not a number");
	decimal = numeric_to_decimal(value->val.numeric);
	problem = weight_from_decimal(decimal, &weight);
	pfree(decimal);
	if (problem != WEIGHT_OK)
	{
		(void) report_wrong(r, place,
							psprintf("is not usable: %s",
									 weight_problem_detail(problem)));
		r->sqlstate = weight_problem_sqlstate(problem);
		return false;
	}
	*result = value->val.numeric;
	return true;
}

/* A group of ages: what it is, how much of its gender, and that scaled. */
typedef struct Groups
{
	const JsonbValue *gender;
	Numeric		whole;
	Numeric		sum;
} Groups;

/* The sum of the groups' values. */
static bool
sum_of_groups(ReportReader *r, const JsonPlace *place,
			  const JsonbValue *list, Numeric *sum)
{
	JsonWalk	walk;

	*sum = int64_to_numeric(0);
	if (!report_need_array(r, place, list))
		return false;
	json_walk_start(&walk, list->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(place, walk.next - 1);
		JsonbValue	value;
		Numeric		number;

		if (!report_need_key(r, &below, &walk.value, "value", &value) ||
			!need_number(r, &below, &value, &number))
			return false;
		if (number != NULL)
			*sum = numeric_plus(*sum, number);
	}
	return true;
}

/* value * whole / sum, to nine decimals; null if that is unknown */
static void
scale(JsonbValue *value, const Groups *groups)
{
	Datum		scaled;

	if (value->type == jbvNull ||
		numeric_compare(groups->sum, int64_to_numeric(0)) == 0)
	{
		value->type = jbvNull;
		return;
	}
	scaled = DirectFunctionCall2(numeric_mul,
								 NumericGetDatum(value->val.numeric),
								 NumericGetDatum(groups->whole));
	scaled = DirectFunctionCall2(numeric_div, scaled,
								 NumericGetDatum(groups->sum));
	value->val.numeric =
		DatumGetNumeric(DirectFunctionCall2(numeric_round, scaled,
											Int32GetDatum(9)));
}

/*
 * Read the age groups of a gender.  They are scaled to what the gender has, so
 * that they may be percent of it or of all.
 */
static bool
read_age_groups(ReportReader *r, const JsonPlace *place,
				const JsonbValue *list,
				const Groups *groups)
{
	JsonWalk	walk;

	json_walk_start(&walk, list->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_number(place, walk.next - 1);
		JsonbValue	age;
		JsonbValue	value;

		if (!report_need_key(r, &below, &walk.value, "group", &age) ||
			!report_need_key(r, &below, &walk.value, "value", &value))
			return false;
		scale(&value, groups);
		if (!add_age_gender(r, &below, &age, groups->gender, &value))
			return false;
	}
	return true;
}

static bool
read_grouped(ReportReader *r, const JsonPlace *place,
			 const JsonbValue *element)
{
	JsonPlace	below = json_place_key(place, "by_age_group", 12);
	JsonbValue	gender;
	JsonbValue	whole;
	JsonbValue	list;
	Groups		groups;

	if (!report_need_key(r, place, element, "gender", &gender) ||
		!report_need_key(r, place, element, "value", &whole) ||
		!report_need_key(r, place, element, "by_age_group", &list) ||
		!need_number(r, place, &whole, &groups.whole))
		return false;
	if (groups.whole == NULL || list.type == jbvNull)
		return true;
	groups.gender = &gender;
	return sum_of_groups(r, &below, &list, &groups.sum) &&
		read_age_groups(r, &below, &list, &groups);
}

/* A list, or an object, as to_composition() reads it. */
static bool
read_list(ReportReader *r, const JsonPlace *place, const JsonbValue *value)
{
	if (!composition_reader_value(&r->labels, value))
		return report_wrong_composition(r, place);
	if (r->part->kinds[0] != LABEL_OTHER)
		rename_labels(r);
	return true;
}

/*
 * report_read_part: read and put a part that is there; false after a problem
 */
bool
report_read_part(ReportReader *r, const JsonbValue *value)
{
	JsonPlace	place = json_place_key(NULL, r->path, (int) strlen(r->path));
	bool		good = false;

	if (r->part->form == PART_METRICS)
		return report_read_metrics(r, value);
	if (r->part->form != PART_LIST)
		composition_reader_start(&r->labels, value->type == jbvBinary ?
								 JsonContainerSize(value->val.binary.data) :
								 0);
	switch (r->part->form)
	{
		case PART_LIST:
			good = read_list(r, &place, value);
			break;
		case PART_KEYED:
			good = read_elements(r, &place, value, read_keyed);
			break;
		case PART_GENDERED:
			good = read_elements(r, &place, value, read_gendered);
			break;
		case PART_BY_AGE:
			good = read_by_age(r, &place, value);
			break;
		case PART_GROUPED:
			good = read_elements(r, &place, value, read_grouped);
			break;
		case PART_METRICS:
			break;
	}
	return good && report_put_part(r, r->part->name);
}
