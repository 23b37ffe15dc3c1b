/*-------------------------------------------------------------------------
 *
 * payload_mapping.c
 *		Mappings from json to what the reader works with.
 *
 * A mapping is a shape or an array of shapes, of which the first that a
 * payload has counts.  doc/payloads.md describes the language.  Everything is
 * checked here, once: a key that is not known is an error, as it would be read
 * as a column that is not there.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/mapping_compiler.h"
#include "payload/mapping_path.h"

static void
read_places(MappingCompiler *c, const JsonPlace *place,
			const JsonbValue *value)
{
	OneOrMany	m;

	one_or_many_start(&m, place, value);
	c->shape->places = palloc(m.count * sizeof(MappingPath *));
	while (one_or_many_next(&m))
		c->shape->places[c->shape->nplaces++] = mapping_path(c, &m.place,
															 &m.value);
}

/* Conditions that are all to hold. */
static void
read_needs(MappingCompiler *c, const JsonPlace *place, const JsonbValue *value)
{
	OneOrMany	m;

	one_or_many_start(&m, place, value);
	c->shape->needs = palloc(m.count * sizeof(Condition));
	while (one_or_many_next(&m))
		c->shape->needs[c->shape->nneeds++] = mapping_condition(c, &m.place,
																&m.value);
}

static void
read_hidden(Shape *shape, const JsonPlace *place, const JsonbValue *value)
{
	Numeric		number = value->val.numeric;

	if (value->type != jbvNumeric)
		mapping_wrong_kind(place, value, "a number");
	if (numeric_compare(number, int64_to_numeric(PG_INT64_MIN)) < 0 ||
		numeric_compare(number, int64_to_numeric(PG_INT64_MAX)) > 0)
		mapping_invalid(place, "is past the range of bigint");
	shape->has_hidden = true;
	shape->hidden =
		DatumGetInt64(DirectFunctionCall1(numeric_int8,
										  NumericGetDatum(number)));
	if (numeric_compare(number, int64_to_numeric(shape->hidden)) != 0)
		mapping_invalid(place, "is not a whole number");
}

static void
read_empty(MappingCompiler *c, const JsonPlace *place, const JsonbValue *value)
{
	c->shape->empty_test = mapping_test(c, place, value, &c->shape->empty);
	if (mapping_path_is_list(c->shape->empty))
		mapping_invalid(place,
						"is a path of many values, where one is needed");
}

/* Read a key that is a rule, not a column; false for another. */
static bool
compile_rule(MappingCompiler *c, const JsonPlace *place, const JsonWalk *walk)
{
	Shape	   *shape = c->shape;

	if (mapping_key_is(walk, c->rows->place))
		read_places(c, place, &walk->value);
	else if (mapping_key_is(walk, "name"))
		shape->name = mapping_string(place, &walk->value);
	else if (mapping_key_is(walk, "needs"))
		read_needs(c, place, &walk->value);
	else if (mapping_key_is(walk, "unless"))
		shape->unless = mapping_condition(c, place, &walk->value);
	else if (mapping_key_is(walk, "skip"))
		shape->skip = mapping_condition(c, place, &walk->value);
	else if (mapping_key_is(walk, "none"))
		shape->none = mapping_condition(c, place, &walk->value);
	else if (mapping_key_is(walk, "empty"))
		read_empty(c, place, &walk->value);
	else if (mapping_key_is(walk, "hidden"))
		read_hidden(shape, place, &walk->value);
	else
		return false;
	return true;
}

static void
unknown_key(MappingCompiler *c, const JsonPlace *place)
{
	StringInfoData known;

	initStringInfo(&known);
	for (int i = 0; i < c->rows->ncolumns; i++)
		appendStringInfo(&known, "%s%s", i > 0 ? ", " : "",
						 c->rows->columns[i].name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid payload mapping"),
			 errdetail("\"%s\" is not known.", json_place_text(place, NULL)),
			 errhint("A shape of %ss has the columns %s and the rules %s, name, needs, unless, skip, none, empty and hidden.",
					 c->rows->what, known.data, c->rows->place)));
}

/* Read the columns and rules of a shape. */
static void
read_keys(MappingCompiler *c, const JsonPlace *place, const JsonbValue *value)
{
	JsonWalk	walk;

	json_walk_start(&walk, value->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);
		int			column = 0;

		while (column < c->rows->ncolumns &&
			   !mapping_key_is(&walk, c->rows->columns[column].name))
			column++;
		if (mapping_key_is(&walk, c->rows->place) ||
			column == c->rows->ncolumns)
		{
			if (!compile_rule(c, &below, &walk))
				unknown_key(c, &below);
		}
		else
			mapping_column(c, column, &below, &walk.value);
	}
}

/*
 * The shape must be able to fill a figure, or all payloads would know nothing.
 */
static void
check_figures(MappingCompiler *c, const JsonPlace *place)
{
	StringInfoData figures;

	if (c->shape->nfigures > 0)
		return;
	initStringInfo(&figures);
	for (int i = 0; i < c->rows->ncolumns; i++)
	{
		if (c->rows->columns[i].figure)
			appendStringInfo(&figures, "%s\"%s\"",
							 figures.len > 0 ? " or " : "",
							 c->rows->columns[i].name);
	}
	mapping_invalid(place, psprintf("has no %s", figures.data));
}

/* The column whose value makes an element one, if the shape has it. */
static const ColumnMapping *
find_id(const Shape *shape, const RowKind *rows)
{
	for (int i = shape->nfigures; i < shape->ncolumns; i++)
	{
		if (shape->columns[i].column == rows->id &&
			!shape->columns[i].sources[0].optional)
			return &shape->columns[i];
	}
	return NULL;
}

/* Is this a shape of such rows?  "posts" may be a profile's column. */
static bool
is_of_rows(const JsonbValue *value, const RowKind *rows,
		   const JsonPlace *place)
{
	JsonbValue	there;

	if (!json_is_object(value))
		mapping_wrong_kind(place, value, "an object");
	if (json_get(value, "profile", 7, &there))
		return rows == &profile_rows;
	if (json_get(value, "posts", 5, &there))
		return rows == &post_rows;
	mapping_invalid(place,
					"has neither \"posts\" nor \"profile\", where the elements are");
}

static Shape *
compile_shape(const RowKind *rows, const JsonPlace *place,
			  const JsonbValue *value)
{
	MappingCompiler c = {rows, palloc0(sizeof(Shape)), 0};

	c.shape->slots = palloc(MAPPING_MAX_PATHS * sizeof(Slot));
	c.shape->needle = needle_root();
	c.shape->columns = palloc(rows->ncolumns * sizeof(ColumnMapping));
	read_keys(&c, place, value);
	check_figures(&c, place);
	c.shape->id = find_id(c.shape, rows);
	c.shape->slots = repalloc(c.shape->slots,
							  Max(c.shape->nslots, 1) * sizeof(Slot));
	return c.shape;
}

/*
 * mapping_compile
 *		The shapes of a mapping that are of such rows, in memory that
 *		CurrentMemoryContext has.
 *
 * Error 22023, which names what is wrong where.
 */
Mapping *
mapping_compile(Jsonb *json, const RowKind *rows)
{
	Mapping    *mapping = palloc0(sizeof(Mapping));
	const RowKind *other = rows == &post_rows ? &profile_rows : &post_rows;
	JsonPlace	root = {NULL, NULL, 0, -1};
	JsonbValue	value;
	OneOrMany	m;

	mapping->rows = rows;
	json_root(json, &value);
	one_or_many_start(&m, &root, &value);
	mapping->shapes = palloc(m.count * sizeof(Shape *));
	while (one_or_many_next(&m))
	{
		if (is_of_rows(&m.value, rows, &m.place))
			mapping->shapes[mapping->nshapes++] = compile_shape(rows, &m.place,
																&m.value);
		else
			(void) compile_shape(other, &m.place, &m.value);
	}
	return mapping;
}
