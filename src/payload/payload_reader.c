/*-------------------------------------------------------------------------
 *
 * payload_reader.c
 *		Rows from a payload, as a mapping says.
 *
 * The first shape counts of which the payload has an element.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

/* Is this the shape?  The first element decides, or if need be any. */
static bool
probe(PayloadReader *r, const JsonbValue *element, const JsonPlace *place)
{
	r->result = payload_read_element(r, element, place);
	r->found = r->result != ELEMENT_FOREIGN;
	if (!r->found)
		r->primed = false;
	return !r->found && r->thorough;
}

/* Find the first shape and place of which an element is; NULL for none. */
static const MappingPath *
find_place(PayloadReader *r, const JsonbValue *root, const JsonPlace *top)
{
	for (int i = 0; i < r->mapping->nshapes; i++)
	{
		r->shape = r->mapping->shapes[i];
		for (int j = 0; j < r->shape->nplaces; j++)
		{
			r->primed = true;
			r->found = false;
			(void) payload_visit(r, r->shape->places[j], root, top, probe);
			if (r->found)
				return r->shape->places[j];
		}
	}
	return NULL;
}

/* Put the row of an element, or what is wrong with it. */
static bool
emit(PayloadReader *r, const JsonbValue *element, const JsonPlace *place)
{
	if (r->primed)
	{
		r->primed = false;
		r->place = place;
	}
	else
		r->result = payload_read_element(r, element, place);
	if (r->result == ELEMENT_FOREIGN)
	{
		r->explain = true;
		(void) payload_read_element(r, element, place);
		r->explain = false;
	}
	if (r->result != ELEMENT_SKIPPED)
	{
		r->put(r);
		r->nrows++;
	}
	return true;
}

/*
 * payload_read
 *		Put the rows of a payload.
 *
 * Nothing is put for the json null and for a payload that says that there is
 * nothing.  One without any element of the mapping's shapes is put as a
 * problem.
 */
void
payload_read(PayloadReader *r, Jsonb *payload)
{
	JsonPlace	top = {NULL, NULL, 0, -1};
	JsonbValue	root;
	const MappingPath *path;
	const char *answer;

	json_root(payload, &root);
	if (root.type == jbvNull)
		return;
	r->explain = r->thorough = false;
	path = find_place(r, &root, &top);
	if (path == NULL && r->lenient)
	{
		r->thorough = true;
		path = find_place(r, &root, &top);
	}
	if (path != NULL)
	{
		(void) payload_visit(r, path, &root, &top, emit);
		return;
	}
	answer = payload_error_answer(&root);
	if (answer == NULL && payload_is_empty(r, &root, &top))
		return;
	if (answer == NULL)
		payload_explain(r, &root, &top);
	else
	{
		r->problem.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
		r->problem.detail = answer;
		r->problem.hint = NULL;
		r->problem.answer = true;
	}
	r->put(r);
	r->nrows++;
}
