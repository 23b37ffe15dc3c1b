/*-------------------------------------------------------------------------
 *
 * payload_reader.c
 *		Rows from a payload, as a mapping says.
 *
 * The first shape counts of which the payload has an element: something with
 * an id and at least one figure, or a sign that it has none.  What has neither
 * is something else, and never a row that knows nothing.  An element is read
 * by one walk through its objects along the tree of the shape's paths, which
 * keeps the values that the columns and rules need; then these are asked for.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/payload_reader.h"

/* What came of an element. */
enum
{
	ELEMENT_READ,
	ELEMENT_SKIPPED,			/* left out by a rule */
	ELEMENT_FOREIGN,			/* not of this shape */
	ELEMENT_WRONG				/* of this shape, but with something wrong */
};

/* values of an element, by slot */

/* Up to the mark, are two values the same strings? */
static bool
same_start(const JsonbValue *a, const JsonbValue *b, const char *mark)
{
	const char *x;
	const char *y;
	size_t		len;

	if (a->type != jbvString || b->type != jbvString)
		return false;
	x = pnstrdup(a->val.string.val, a->val.string.len);
	y = pnstrdup(b->val.string.val, b->val.string.len);
	if (mark == NULL)
		return strcmp(x, y) == 0;
	len = strstr(x, mark) != NULL ? (size_t) (strstr(x, mark) - x) : strlen(x);
	return strncmp(x, y, len) == 0 && (y[len] == '\0' || strncmp(y + len, mark, strlen(mark)) == 0);
}

/* Keep a value at its slot, where the first counts. */
static void
keep_value(PayloadReader *r, int slot, const JsonbValue *value)
{
	const Slot *info = &r->shape->slots[slot];

	if (!slot_filled(r, slot))
	{
		r->filled |= UINT64CONST(1) << slot;
		r->kept[slot] = *value;
	}
	else if (info->same && !same_start(&r->kept[slot], value, info->before))
		r->differing = info->path;
}

static void collect(PayloadReader *r, const Needle *needle, const JsonbValue *value);

/* Collect a child; where nothing is below, it goes straight into its slot. */
static inline void
collect_child(PayloadReader *r, const Needle *needle, const JsonbContainer *object, uint32 index,
			  uint32 offset)
{
	JsonbValue	value;

	if (needle->nkeys == 0 && needle->nitems == 0 && !slot_filled(r, needle->slot))
	{
		r->filled |= UINT64CONST(1) << needle->slot;
		json_child(object, index, offset, &r->kept[needle->slot]);
		return;
	}
	json_child(object, index, offset, &value);
	collect(r, needle, &value);
}

/*
 * Walk through an object and the needle's keys at once: both are in the order
 * of jsonb's keys.
 */
static void
collect_keys(PayloadReader *r, const Needle *needle, const JsonbContainer *object)
{
	uint32		count = JsonContainerSize(object);
	const char *base = (const char *) &object->children[2 * count];
	uint32		key_offset = 0;
	uint32		offset = getJsonbOffset(object, (int) count);
	const Branch *branch = needle->keys;
	const Branch *end = branch + needle->nkeys;

	for (uint32 i = 0; i < count && branch < end; i++)
	{
		const char *key = base + key_offset;
		uint32		value_offset = offset;
		int			len = (int) key_offset;

		JBE_ADVANCE_OFFSET(key_offset, object->children[i]);
		JBE_ADVANCE_OFFSET(offset, object->children[count + i]);
		len = (int) key_offset - len;
		while (branch < end && branch->step.key_len < len)
			branch++;
		for (; branch < end && branch->step.key_len == len; branch++)
		{
			int			order = len > 0 && *branch->step.key != *key ?
				(unsigned char) *branch->step.key - (unsigned char) *key :
				memcmp(branch->step.key, key, len);

			if (order > 0)
				break;
			if (order == 0)
				collect_child(r, branch->below, object, count + i, value_offset);
		}
	}
}

/* Does an element have the value at the key of a step? */
static bool
step_matches(const PathStep *step, const JsonbValue *element, uint32 number)
{
	JsonbValue	value;

	if (step->kind == STEP_NUMBER)
		return step->number == number;
	return json_get(element, step->key, step->key_len, &value) &&
		json_is_string(&value, step->equals, step->equals_len);
}

static void
collect_items(PayloadReader *r, const Needle *needle, const JsonbContainer *array)
{
	JsonWalk	walk;

	json_walk_start(&walk, array);
	while (json_walk_next(&walk))
	{
		for (int i = 0; i < needle->nitems; i++)
		{
			if (step_matches(&needle->items[i].step, &walk.value, walk.next - 1))
				collect(r, needle->items[i].below, &walk.value);
		}
	}
}

/*
 * Keep what is here and below.  PHP writes an empty object as an array.
 */
static void
collect(PayloadReader *r, const Needle *needle, const JsonbValue *value)
{
	if (needle->slot >= 0)
		keep_value(r, needle->slot, value);
	if (needle->nkeys == 0 && needle->nitems == 0)
		return;
	if (needle->nkeys > 0 && json_is_object(value))
		collect_keys(r, needle, value->val.binary.data);
	else if (needle->nitems > 0 && json_is_array(value))
		collect_items(r, needle, value->val.binary.data);
	else if (needle->slot < 0 && value->type != jbvNull && r->broken == NULL &&
			 !(json_is_array(value) && JsonContainerSize(value->val.binary.data) == 0))
	{
		r->broken = needle;
		r->breaker = *value;
	}
}

/* rules */

static bool
same_scalar(const JsonbValue *a, const JsonbValue *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type)
	{
		case jbvNull:
			return true;
		case jbvBool:
			return a->val.boolean == b->val.boolean;
		case jbvNumeric:
			return numeric_compare(a->val.numeric, b->val.numeric) == 0;
		default:
			return json_is_string(a, b->val.string.val, b->val.string.len);
	}
}

/* Nothing at all is as null. */
static bool
test_holds(const Test *test, const JsonbValue *value)
{
	JsonbValue	nothing;

	nothing.type = jbvNull;
	if (value == NULL)
		value = &nothing;
	if (test->nvalues == 0)
		return value->type != jbvNull && !(value->type == jbvBool && !value->val.boolean);
	for (int i = 0; i < test->nvalues; i++)
	{
		if (value->type != jbvBinary && same_scalar(value, &test->values[i]))
			return true;
	}
	return false;
}

static bool
condition_holds(const PayloadReader *r, const Condition *condition)
{
	for (int i = 0; i < condition->ntests; i++)
	{
		const Test *test = &condition->tests[i];

		if (test_holds(test, slot_filled(r, test->slot) ? &r->kept[test->slot] : NULL))
			return true;
	}
	return false;
}

/* why an element is not of a shape, in words */

static void
append_slot(PayloadReader *r, StringInfo buf, int slot)
{
	appendStringInfo(buf, "%s\"%s\"", buf->len > 0 ? " or " : "",
					 json_place_text(r->place, r->shape->slots[slot].path));
}

static int
foreign(PayloadReader *r, const char *detail)
{
	r->problem.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	r->problem.detail = detail;
	r->problem.hint = NULL;
	r->problem.answer = false;
	return ELEMENT_FOREIGN;
}

static int
foreign_need(PayloadReader *r, const Condition *need)
{
	StringInfoData buf;

	if (!r->explain)
		return ELEMENT_FOREIGN;
	initStringInfo(&buf);
	for (int i = 0; i < need->ntests; i++)
		append_slot(r, &buf, need->tests[i].slot);
	return foreign(r, psprintf("%s is missing or has another value.", buf.data));
}

static int
foreign_unless(PayloadReader *r)
{
	StringInfoData buf;

	if (!r->explain)
		return ELEMENT_FOREIGN;
	initStringInfo(&buf);
	for (int i = 0; i < r->shape->unless.ntests; i++)
	{
		if (slot_filled(r, r->shape->unless.tests[i].slot))
			append_slot(r, &buf, r->shape->unless.tests[i].slot);
	}
	return foreign(r, psprintf("%s is there, so it is no %s.", buf.data, r->mapping->rows->what));
}

static int
foreign_broken(PayloadReader *r)
{
	return foreign(r, psprintf("\"%s\" is %s, not an object or array.",
							   json_place_text(r->place, r->broken->path), json_kind(&r->breaker)));
}

/* Append where a column could have been: all places, or the first. */
static void
append_column(PayloadReader *r, StringInfo buf, const ColumnMapping *column, bool all)
{
	for (int i = 0; i < (all ? column->nsources : 1); i++)
	{
		const Source *source = &column->sources[i];

		for (int j = 0; j < source->nslots && (all || j == 0); j++)
			append_slot(r, buf, source->slots[j]);
	}
}

/* None of the places of the id, or of all figures, has anything. */
static int
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

/* columns */

/*
 * Read the counts of a source: one, or the sum of all.  Sets *found, if it is
 * known, and r->seen, if it is there at all.
 */
static bool
read_counts(PayloadReader *r, const Source *source, int64 *result, bool *found)
{
	bool		all = true;

	*result = 0;
	for (int i = 0; i < source->nslots; i++)
	{
		int			slot = source->slots[i];
		bool		hidden = false;
		int64		count;

		if (slot_filled(r, slot))
			r->seen++;
		if (!slot_filled(r, slot) || r->kept[slot].type == jbvNull)
		{
			all = false;
			continue;
		}
		if (!payload_count(r, r->shape->slots[slot].path, &r->kept[slot], &hidden, &count))
			return false;
		if (!source->sum)
			*result = count;
		else if (pg_add_s64_overflow(*result, count, result))
			return payload_wrong(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, r->shape->slots[slot].path,
								 "makes a sum that is out of range");
		all = all && !hidden;
		if (!source->sum && !hidden)
		{
			*found = true;
			return true;
		}
	}
	*found = source->sum && all;
	return true;
}

static bool
read_count_column(PayloadReader *r, const ColumnMapping *column)
{
	for (int i = 0; i < column->nsources; i++)
	{
		const Source *source = &column->sources[i];
		int64		count;
		bool		found = false;

		if (!read_counts(r, source, &count, &found))
			return false;
		if (condition_holds(r, &source->null_if))
		{
			r->seen++;
			return true;
		}
		if (!found && condition_holds(r, &source->zero_if))
		{
			count = 0;
			found = true;
		}
		if (found)
		{
			r->values[column->column] = Int64GetDatum(count);
			r->nulls[column->column] = false;
			r->seen++;
			return true;
		}
	}
	return true;
}

/* May a value be taken?  Not an object of which other paths go on. */
static inline bool
is_usable(const PayloadReader *r, int slot)
{
	const Needle *needle = r->shape->slots[slot].needle;

	if (!slot_filled(r, slot) || r->kept[slot].type == jbvNull)
		return false;
	return r->kept[slot].type != jbvBinary || needle->nkeys + needle->nitems == 0;
}

/* A constant, unless its condition says otherwise. */
static void
read_constant_column(PayloadReader *r, int column, const JsonbValue *constant)
{
	r->nulls[column] = false;
	if (constant->type == jbvBool)
		r->values[column] = BoolGetDatum(constant->val.boolean);
	else
		r->values[column] = PointerGetDatum(cstring_to_text_with_len(constant->val.string.val,
																	 constant->val.string.len));
}

/* Of values that are to be the same, all have been seen to be. */
static bool
check_same(PayloadReader *r, const Source *source)
{
	int			first = -1;

	for (int i = 0; i < source->nslots && r->differing == NULL; i++)
	{
		int			slot = source->slots[i];

		if (!is_usable(r, slot))
			continue;
		if (first < 0)
			first = slot;
		else if (!same_start(&r->kept[first], &r->kept[slot], source->before))
			r->differing = r->shape->slots[slot].path;
	}
	if (r->differing != NULL)
		return payload_wrong(r, ERRCODE_INVALID_PARAMETER_VALUE, r->differing,
							 "is of another post than the others");
	return true;
}

static bool
read_other_column(PayloadReader *r, const ColumnMapping *column)
{
	ColumnKind	kind = r->mapping->rows->columns[column->column].kind;

	for (int i = 0; i < column->nsources; i++)
	{
		const Source *source = &column->sources[i];

		if (condition_holds(r, &source->null_if))
			return true;
		if (source->constant != NULL)
		{
			read_constant_column(r, column->column, source->constant);
			return true;
		}
		if (source->same && !check_same(r, source))
			return false;
		for (int j = 0; j < source->nslots; j++)
		{
			int			slot = source->slots[j];

			if (!is_usable(r, slot))
				continue;
			r->nulls[column->column] = false;
			return payload_value(r, kind, source, r->shape->slots[slot].path,
								 &r->kept[slot], &r->values[column->column]);
		}
	}
	return true;
}

/* Is there a value where a column mostly has it? */
static inline bool
has_direct(const PayloadReader *r, const ColumnMapping *column)
{
	return column->direct >= 0 && is_usable(r, column->direct);
}

/* Read that value.  A count that is hidden may be elsewhere. */
static bool
read_direct(PayloadReader *r, const ColumnMapping *column, bool *done)
{
	ColumnKind	kind = r->mapping->rows->columns[column->column].kind;
	const char *path = r->shape->slots[column->direct].path;
	const JsonbValue *value = &r->kept[column->direct];
	bool		hidden = false;
	int64		count;

	*done = true;
	r->nulls[column->column] = false;
	if (kind != COLUMN_COUNT)
		return payload_value(r, kind, &column->sources[0], path, value, &r->values[column->column]);
	if (!payload_count(r, path, value, &hidden, &count))
		return false;
	r->values[column->column] = Int64GetDatum(count);
	r->nulls[column->column] = hidden;
	r->seen++;
	*done = !hidden;
	return true;
}

/* Is the id there that makes an element one? */
static bool
has_id(const PayloadReader *r)
{
	const ColumnMapping *id = r->shape->id;

	if (id == NULL || has_direct(r, id))
		return true;
	for (int i = 0; i < id->nsources; i++)
	{
		if (id->sources[i].constant != NULL)
			return true;
		for (int j = 0; j < id->sources[i].nslots; j++)
		{
			if (is_usable(r, id->sources[i].slots[j]))
				return true;
		}
	}
	return false;
}

/* Fill some columns; false and a problem if one is wrong. */
static bool
read_columns(PayloadReader *r, int from, int to)
{
	for (int i = from; i < to; i++)
	{
		const ColumnMapping *column = &r->shape->columns[i];

		bool		done = false;

		if ((column->slots & r->filled) == 0)
			continue;
		if (has_direct(r, column) && !read_direct(r, column, &done))
			return false;
		if (done)
			continue;
		if (r->mapping->rows->columns[column->column].kind == COLUMN_COUNT ?
			!read_count_column(r, column) : !read_other_column(r, column))
			return false;
	}
	return true;
}

/* elements */

/* Read an element that is of the shape so far. */
static int
read_row(PayloadReader *r)
{
	memset(r->nulls, true, sizeof(r->nulls));
	r->seen = 0;
	if (!has_id(r))
		return foreign_columns(r, true);
	if (!read_columns(r, 0, r->shape->nfigures))
		return ELEMENT_WRONG;
	if (r->seen == 0 && !condition_holds(r, &r->shape->none))
		return foreign_columns(r, false);
	if (!read_columns(r, r->shape->nfigures, r->shape->ncolumns))
		return ELEMENT_WRONG;
	if (r->broken != NULL)
	{
		(void) foreign_broken(r);
		return ELEMENT_WRONG;
	}
	return ELEMENT_READ;
}

/* What the rules say of an element, and its row. */
static int
judge_element(PayloadReader *r)
{
	if (condition_holds(r, &r->shape->unless))
		return foreign_unless(r);
	for (int i = 0; i < r->shape->nneeds; i++)
	{
		if (!condition_holds(r, &r->shape->needs[i]))
			return foreign_need(r, &r->shape->needs[i]);
	}
	if (condition_holds(r, &r->shape->skip))
		return ELEMENT_SKIPPED;
	return read_row(r);
}

/* "It", or a place in quotes */
static const char *
subject(const JsonPlace *place)
{
	const char *text = json_place_text(place, NULL);

	return *text == '\0' ? "It" : psprintf("\"%s\"", text);
}

/* Read an element as of the shape at hand. */
static int
read_element(PayloadReader *r, const JsonbValue *element, const JsonPlace *place)
{
	MemoryContext old;
	int			result = ELEMENT_FOREIGN;

	MemoryContextReset(r->cxt);
	old = MemoryContextSwitchTo(r->cxt);
	r->problem.detail = NULL;
	r->place = place;
	r->broken = NULL;
	r->differing = NULL;
	r->filled = 0;
	if (json_is_object(element))
	{
		collect(r, r->shape->needle, element);
		result = judge_element(r);
	}
	else if (r->explain)
		result = foreign(r, psprintf("%s is %s, not an object.", subject(place), json_kind(element)));
	MemoryContextSwitchTo(old);
	return result;
}

/* places */

/* Called for each element at a place; false ends the walk. */
typedef bool (*Visit) (PayloadReader *r, const JsonbValue *element, const JsonPlace *place);

static bool visit_place(PayloadReader *r, const MappingPath *path, int at, const JsonbValue *value,
						const JsonPlace *place, Visit visit);

/* Visit what is below each element or value. */
static bool
visit_each(PayloadReader *r, const MappingPath *path, int at, const JsonbValue *value,
		   const JsonPlace *place, Visit visit)
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
			json_place_key(place, walk.key.val.string.val, walk.key.val.string.len) :
			json_place_number(place, walk.next - 1);

		if (!visit_place(r, path, at + 1, &walk.value, &below, visit))
			return false;
	}
	return true;
}

static bool
visit_place(PayloadReader *r, const MappingPath *path, int at, const JsonbValue *value,
			const JsonPlace *place, Visit visit)
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
		if (!json_get(value, step->key, step->key_len, &next) || next.type == jbvNull)
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
		if (!step_matches(step, &next, (uint32) i))
			continue;
		below = json_place_number(place, i);
		r->reached = at + 1;
		return visit_place(r, path, at + 1, &next, &below, visit);
	}
	return true;
}

/* finding the shape */

/* Is this the shape?  The first element decides, or if need be any. */
static bool
probe(PayloadReader *r, const JsonbValue *element, const JsonPlace *place)
{
	r->result = read_element(r, element, place);
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
			(void) visit_place(r, r->shape->places[j], 0, root, top, probe);
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
		r->result = read_element(r, element, place);
	if (r->result == ELEMENT_FOREIGN)
	{
		r->explain = true;
		(void) read_element(r, element, place);
		r->explain = false;
	}
	if (r->result != ELEMENT_SKIPPED)
	{
		r->put(r);
		r->nrows++;
	}
	return true;
}

/* payloads without an element of any shape */

static bool
count_element(PayloadReader *r, const JsonbValue *element, const JsonPlace *place)
{
	(void) element;
	(void) place;
	r->visited = true;
	return false;
}

/* Does the document say that nothing was found? */
static bool
says_empty(const Shape *shape, const JsonbValue *root)
{
	JsonbValue	value = *root;

	if (shape->empty == NULL)
		return false;
	for (int i = 0; i < shape->empty->nsteps; i++)
	{
		JsonbValue	above = value;
		const PathStep *step = &shape->empty->steps[i];

		if (step->kind == STEP_KEY ? !json_get(&above, step->key, step->key_len, &value) :
			step->kind != STEP_NUMBER || !json_get_element(&above, step->number, &value))
			return false;
	}
	return test_holds(&shape->empty_test, &value);
}

/* Are the lists there, or word of them, but nothing in them? */
static bool
is_empty(PayloadReader *r, const JsonbValue *root, const JsonPlace *top)
{
	bool		found = false;

	for (int i = 0; i < r->mapping->nshapes; i++)
	{
		r->shape = r->mapping->shapes[i];
		found |= says_empty(r->shape, root);
		for (int j = 0; j < r->shape->nplaces; j++)
		{
			r->list = r->visited = false;
			(void) visit_place(r, r->shape->places[j], 0, root, top, count_element);
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

static bool
explain(PayloadReader *r, const JsonbValue *element, const JsonPlace *place)
{
	int			filled = 0;

	r->visited = true;
	(void) read_element(r, element, place);
	for (int i = 0; i < r->shape->nslots; i++)
		filled += slot_filled(r, i) ? 1 : 0;
	if (r->problem.detail != NULL)
		note_explanation(r, 2 * r->reached + 3 * filled + (r->broken != NULL ? 1 : 0),
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

			if (!mapping->rows->columns[column->column].figure || column->sources[0].nslots == 0)
				continue;
			appendStringInfo(&buf, "%s\"%s%s%s\"", buf.len > 0 ? ", " : "", shape->places[0]->text,
							 shape->places[0]->nsteps > 0 ? "." : "",
							 shape->slots[column->sources[0].slots[0]].path);
			break;
		}
	}
	return buf.data;
}

/* Say why the payload is of no shape. */
static void
explain_payload(PayloadReader *r, const JsonbValue *root, const JsonPlace *top)
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
			(void) visit_place(r, path, 0, root, top, explain);
			if (!r->visited && !r->list && r->reached > 0)
				note_explanation(r, 4 * r->reached, psprintf("\"%s\" is missing.", path->text));
		}
	}
	r->explain = false;
	r->problem.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	r->problem.answer = false;
	r->problem.detail = r->nearest != NULL ? r->nearest :
		psprintf("None of these is there: %s.", all_places(r->mapping));
	r->problem.hint = "payload_mapping() shows the shapes that are read; another shape can be passed as a mapping.";
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
		(void) visit_place(r, path, 0, &root, &top, emit);
		return;
	}
	answer = payload_error_answer(&root);
	if (answer == NULL && is_empty(r, &root, &top))
		return;
	if (answer == NULL)
		explain_payload(r, &root, &top);
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
