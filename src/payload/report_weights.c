/*-------------------------------------------------------------------------
 *
 * report_weights.c
 *		Labels and weights of a part, and what can be wrong with them.
 *
 * All forms of parts put together their compositions here.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/report_reader.h"

/* problems */

/* report_wrong: note that something is wrong at a place; false */
bool
report_wrong(ReportReader *r, const JsonPlace *place, const char *problem)
{
	r->sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	r->problem = psprintf("\"%s\" %s.", json_place_text(place, NULL), problem);
	r->hint = NULL;
	return false;
}

/* report_need_array: is it one? */
bool
report_need_array(ReportReader *r, const JsonPlace *place,
				  const JsonbValue *value)
{
	return json_is_array(value) || report_wrong(r, place, "is not an array");
}

/* report_need_key: a key that must be there, but may be null */
bool
report_need_key(ReportReader *r, const JsonPlace *place,
				const JsonbValue *object,
				const char *key, JsonbValue *value)
{
	JsonPlace	below = json_place_key(place, key, (int) strlen(key));

	if (!json_is_object(object))
		return report_wrong(r, place, "is not an object");
	return json_get(object, key, (int) strlen(key), value) ||
		report_wrong(r, &below, "is missing");
}

/* labels and weights */

/*
 * report_add_label
 *		Put a label behind what there is of the one at hand; *known is cleared
 *		if it is null or says that it is unknown.
 */
bool
report_add_label(ReportReader *r, const JsonPlace *place, LabelKind kind,
				 const JsonbValue *value, bool *known)
{
	if (value->type != jbvString && value->type != jbvNull)
		return report_wrong(r, place, "has a label that is not a string");
	if (r->label.len > 0)
		appendStringInfoChar(&r->label, ' ');
	if (value->type == jbvNull ||
		!report_append_label(&r->label, kind, value->val.string.val,
							 value->val.string.len))
		*known = false;
	return true;
}

/*
 * report_wrong_composition
 *		Note what the composition's reader complains of, at a place; false.
 */
bool
report_wrong_composition(ReportReader *r, const JsonPlace *place)
{
	r->sqlstate = r->labels.sqlstate;
	r->problem = psprintf("\"%s\": %s", json_place_text(place, NULL),
						  r->labels.problem);
	r->hint = r->labels.hint;
	return false;
}

/* report_add_weight: add the weight of the label at hand, or to the rest */
bool
report_add_weight(ReportReader *r, const JsonPlace *place, bool known,
				  const JsonbValue *weight)
{
	JsonbValue	label;

	label.type = jbvString;
	if (known)
	{
		label.val.string.val = pnstrdup(r->label.data, r->label.len);
		label.val.string.len = r->label.len;
	}
	return composition_reader_add(&r->labels, known ? &label : NULL, weight) ||
		report_wrong_composition(r, place);
}

/*
 * report_put_part
 *		Put what was read as a part of that name, below that of the section.
 */
bool
report_put_part(ReportReader *r, const char *name)
{
	JsonPlace	place = json_place_key(NULL, r->path, (int) strlen(r->path));
	Composition *c;

	if (r->part->total > 0)
	{
		Weight		total;

		(void) weight_from_float8(r->part->total, &total);
		if (!composition_reader_total(&r->labels, total))
			return report_wrong_composition(r, &place);
	}
	c = composition_reader_finish(&r->labels);
	r->put(r,
		   *r->section->start == '\0' ? name :
		   psprintf("%s%s", r->section->start, name), c);
	pfree(c);
	pfree(r->labels.labels);
	return true;
}
