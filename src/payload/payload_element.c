/*-------------------------------------------------------------------------
 *
 * payload_element.c
 *		Is an element of a shape, and what is its row?
 *
 * It is of the shape if it has an id and at least one figure, or a sign that
 * it has none.  What has neither is something else, and never a row that knows
 * nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

/* why an element is not of a shape, in words */

static void
append_slot_place(PayloadReader *r, StringInfo buf, int slot)
{
	appendStringInfo(buf, "%s\"%s\"", buf->len > 0 ? " or " : "",
					 json_place_text(r->place, r->shape->slots[slot].path));
}

static ElementResult
foreign(PayloadReader *r, const char *detail)
{
	r->problem.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	r->problem.detail = detail;
	r->problem.hint = NULL;
	r->problem.answer = false;
	return ELEMENT_FOREIGN;
}

static ElementResult
foreign_need(PayloadReader *r, const Condition *need)
{
	StringInfoData buf;

	if (!r->explain)
		return ELEMENT_FOREIGN;
	initStringInfo(&buf);
	for (int i = 0; i < need->ntests; i++)
		append_slot_place(r, &buf, need->tests[i].slot);
	return foreign(r,
				   psprintf("%s is missing or has another value.", buf.data));
}

static ElementResult
foreign_unless(PayloadReader *r)
{
	StringInfoData buf;

	if (!r->explain)
		return ELEMENT_FOREIGN;
	initStringInfo(&buf);
	for (int i = 0; i < r->shape->unless.ntests; i++)
	{
		if (slot_filled(r, r->shape->unless.tests[i].slot))
			append_slot_place(r, &buf, r->shape->unless.tests[i].slot);
	}
	return foreign(r,
				   psprintf("%s is there, so it is no %s.", buf.data,
							r->mapping->rows->what));
}

static ElementResult
foreign_broken(PayloadReader *r)
{
	return foreign(r, psprintf("\"%s\" is %s, not an object or array.",
							   json_place_text(r->place, r->broken->path),
							   json_kind(&r->breaker)));
}

/*
 * Append where a column could have been: all places, or the first, of a sum
 * the first that is not there.
 */
static void
append_column(PayloadReader *r, StringInfo buf, const ColumnMapping *column,
			  bool all)
{
	for (int i = 0; i < (all ? column->nsources : 1); i++)
	{
		const Source *source = &column->sources[i];

		for (int j = 0; j < source->nslots; j++)
		{
			if (all || !slot_filled(r, source->slots[j]))
			{
				append_slot_place(r, buf, source->slots[j]);
				if (!all)
					break;
			}
		}
	}
}

/* None of the places of the id, or of all figures, has anything. */
static ElementResult
foreign_columns(PayloadReader *r, bool id)
{
	StringInfoData buf;

	if (!r->explain)
		return ELEMENT_FOREIGN;
	if (r->broken != NULL)
		return foreign_broken(r);
	initStringInfo(&buf);
	for (int i = 0; i < r->shape->ncolumns; i++)
	{
		const ColumnMapping *column = &r->shape->columns[i];

		if (id ? column->column == r->mapping->rows->id :
			r->mapping->rows->columns[column->column].figure)
			append_column(r, &buf, column, id);
	}
	return foreign(r, psprintf("%s is missing.", buf.data));
}

/* elements */

/* Read an element that is of the shape so far. */
static ElementResult
fill_row(PayloadReader *r)
{
	memset(r->nulls, true, sizeof(r->nulls));
	r->seen = 0;
	if (!payload_has_id(r))
		return foreign_columns(r, true);
	if (!payload_read_columns(r, 0, r->shape->nfigures))
		return ELEMENT_WRONG;
	if (r->seen == 0 && !payload_condition_holds(r, &r->shape->none))
		return foreign_columns(r, false);
	if (!payload_read_columns(r, r->shape->nfigures, r->shape->ncolumns))
		return ELEMENT_WRONG;
	if (r->broken != NULL)
	{
		(void) foreign_broken(r);
		return ELEMENT_WRONG;
	}
	return ELEMENT_READ;
}

/* What the rules say of an element, and its row. */
static ElementResult
judge_element(PayloadReader *r)
{
	if (payload_condition_holds(r, &r->shape->unless))
		return foreign_unless(r);
	for (int i = 0; i < r->shape->nneeds; i++)
	{
		if (!payload_condition_holds(r, &r->shape->needs[i]))
			return foreign_need(r, &r->shape->needs[i]);
	}
	if (payload_condition_holds(r, &r->shape->skip))
		return ELEMENT_SKIPPED;
	return fill_row(r);
}

/* "It", or a place in quotes */
static const char *
subject(const JsonPlace *place)
{
	const char *text = json_place_text(place, NULL);

	return *text == '\0' ? "It" : psprintf("\"%s\"", text);
}

/*
 * payload_read_element
 *		Read an element as of the shape at hand.
 */
ElementResult
payload_read_element(PayloadReader *r, const JsonbValue *element,
					 const JsonPlace *place)
{
	MemoryContext old;
	ElementResult result = ELEMENT_FOREIGN;

	MemoryContextReset(r->cxt);
	old = MemoryContextSwitchTo(r->cxt);
	r->problem.detail = NULL;
	r->place = place;
	r->broken = NULL;
	r->differing = NULL;
	r->filled = 0;
	if (json_is_object(element))
	{
		payload_collect(r, r->shape->needle, element);
		result = judge_element(r);
	}
	else if (r->explain)
		result = foreign(r,
						 psprintf("%s is %s, not an object.", subject(place),
								  json_kind(element)));
	MemoryContextSwitchTo(old);
	return result;
}
