/*-------------------------------------------------------------------------
 *
 * payload_unread.c
 *		Payloads without an element of any shape: empty ones, and why not.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

StaticAssertDecl(POST_ID == (int) PROFILE_ID, "the id is the first column");

static bool
count_element(PayloadReader *r, const JsonbValue *element,
			  const JsonPlace *place)
{
	(void) element;
	(void) place;
	r->visited = true;
	return false;
}

/* Does the document say that nothing was found? */
static bool
document_says_empty(const Shape *shape, const JsonbValue *root)
{
	JsonbValue	value = *root;

	if (shape->empty == NULL)
		return false;
	for (int i = 0; i < shape->empty->nsteps; i++)
	{
		JsonbValue	above = value;
		const PathStep *step = &shape->empty->steps[i];

		if (step->kind == STEP_KEY ?
			!json_get(&above, step->key, step->key_len, &value) :
			step->kind != STEP_NUMBER ||
			!json_get_element(&above, step->number, &value))
			return false;
	}
	return payload_test_holds(&shape->empty_test, &value);
}

/*
 * payload_is_empty
 *		Are the lists there, or word of them, but nothing in them?
 */
bool
payload_is_empty(PayloadReader *r, const JsonbValue *root,
				 const JsonPlace *top)
{
	bool		found = false;

	for (int i = 0; i < r->mapping->nshapes; i++)
	{
		r->shape = r->mapping->shapes[i];
		found |= document_says_empty(r->shape, root);
		for (int j = 0; j < r->shape->nplaces; j++)
		{
			r->list = r->visited = false;
			(void) payload_visit(r, r->shape->places[j], root, top,
								 count_element);
			if (r->list && r->visited)
				return false;
			found |= r->list;
		}
	}
	return found;
}

/* Keep the explanation of the shape that is nearest to the payload. */
static void
note_explanation(PayloadReader *r, int score, const char *detail)
{
	if (score <= r->score)
		return;
	r->score = score;
	r->nearest = pstrdup(detail);
}

/*
 * How much of the shape an element has: ids, figures and what the shape needs
 * tell more than an address or a text, which many have.
 */
static int
likeness(const PayloadReader *r)
{
	int			score = 0;

	for (int i = 0; i < r->shape->ncolumns; i++)
	{
		const ColumnMapping *column = &r->shape->columns[i];

		if ((column->slots & r->filled) != 0)
			score += column->column == POST_ID ||
				r->mapping->rows->columns[column->column].figure ? 3 : 1;
	}
	for (int i = 0; i < r->shape->nneeds; i++)
		score += (r->shape->needs[i].slots & r->filled) != 0 ? 3 : 0;
	return score;
}

static bool
explain_element(PayloadReader *r, const JsonbValue *element,
				const JsonPlace *place)
{
	r->visited = true;
	(void) payload_read_element(r, element, place);
	if (r->problem.detail != NULL)
		note_explanation(r,
						 2 * r->reached + likeness(r) +
						 (r->broken != NULL ? 1 : 0),
						 r->problem.detail);
	return false;
}

/* Where the first figure of each shape would be. */
static const char *
all_places(const Mapping *mapping)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < mapping->nshapes; i++)
	{
		const Shape *shape = mapping->shapes[i];

		for (int j = 0; j < shape->ncolumns; j++)
		{
			const ColumnMapping *column = &shape->columns[j];

			if (!mapping->rows->columns[column->column].figure ||
				column->sources[0].nslots == 0)
				continue;
			appendStringInfo(&buf, "%s\"%s%s%s\"", buf.len > 0 ? ", " : "",
							 shape->places[0]->text,
							 shape->places[0]->nsteps > 0 ? "." : "",
							 shape->slots[column->sources[0].slots[0]].path);
			break;
		}
	}
	return buf.data;
}

/*
 * payload_explain
 *		Say why the payload is of no shape.
 */
void
payload_explain(PayloadReader *r, const JsonbValue *root, const JsonPlace *top)
{
	r->explain = true;
	r->score = 1;
	r->nearest = NULL;
	for (int i = 0; i < r->mapping->nshapes; i++)
	{
		r->shape = r->mapping->shapes[i];
		for (int j = 0; j < r->shape->nplaces; j++)
		{
			const MappingPath *path = r->shape->places[j];

			r->list = r->visited = false;
			r->reached = 0;
			(void) payload_visit(r, path, root, top, explain_element);
			if (!r->visited && !r->list && r->reached > 0)
				note_explanation(r, 4 * r->reached,
								 psprintf("\"%s\" is missing.", path->text));
		}
	}
	r->explain = false;
	r->problem.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	r->problem.answer = false;
	r->problem.detail = r->nearest != NULL ? r->nearest :
		psprintf("None of these is there: %s.", all_places(r->mapping));
	r->problem.hint =
		psprintf("payload_mapping() shows the shapes that are read; another shape can be passed as a mapping. try_%s_metrics() goes on past what it can't read.",
				 r->mapping->rows->what);
}
