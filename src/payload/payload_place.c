/*-------------------------------------------------------------------------
 *
 * payload_place.c
 *		The elements at a place of a payload.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

static bool visit_place(PayloadReader *r, const MappingPath *path, int at,
						const JsonbValue *value,
						const JsonPlace *place, PayloadVisit visit);

/* Visit what is below each element or value. */
static bool
visit_each(PayloadReader *r, const MappingPath *path, int at,
		   const JsonbValue *value,
		   const JsonPlace *place, PayloadVisit visit)
{
	bool		object = path->steps[at].kind == STEP_EACH_VALUE;
	JsonWalk	walk;

	if (object ? !json_is_object(value) : !json_is_array(value))
		return true;
	if (!object)
	{
		r->list = true;
		r->reached = at + 1;
	}
	json_walk_start(&walk, value->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = object ?
			json_place_key(place, walk.key.val.string.val,
						   walk.key.val.string.len) :
			json_place_number(place, walk.next - 1);

		if (!visit_place(r, path, at + 1, &walk.value, &below, visit))
			return false;
	}
	return true;
}

static bool
visit_place(PayloadReader *r, const MappingPath *path, int at,
			const JsonbValue *value,
			const JsonPlace *place, PayloadVisit visit)
{
	const PathStep *step = &path->steps[at];
	JsonbValue	next;
	JsonPlace	below;

	if (at == path->nsteps)
		return visit(r, value, place);
	if (step->kind == STEP_EACH || step->kind == STEP_EACH_VALUE)
		return visit_each(r, path, at, value, place, visit);
	if (step->kind == STEP_KEY)
	{
		if (!json_get(value, step->key, step->key_len, &next) ||
			next.type == jbvNull)
			return true;
		below = json_place_key(place, step->key, step->key_len);
		r->reached = at + 1;
		return visit_place(r, path, at + 1, &next, &below, visit);
	}
	if (!json_is_array(value))
		return true;
	for (int64 i = 0; json_get_element(value, i, &next); i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!payload_step_matches(step, &next, (uint32) i))
			continue;
		below = json_place_number(place, i);
		r->reached = at + 1;
		return visit_place(r, path, at + 1, &next, &below, visit);
	}
	return true;
}

/*
 * payload_visit
 *		Visit the elements at a place of the document, until a visit returns
 *		false.
 */
bool
payload_visit(PayloadReader *r, const MappingPath *path,
			  const JsonbValue *root,
			  const JsonPlace *top, PayloadVisit visit)
{
	return visit_place(r, path, 0, root, top, visit);
}
