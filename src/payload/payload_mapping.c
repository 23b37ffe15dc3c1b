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
#include "base/json.h"
#include "payload/payload_mapping.h"
#include "payload/payload_path.h"

static const Column post_columns[POST_COLUMNS] = {
	{"post_id", COLUMN_TEXT, false},
	{"published_at", COLUMN_TIME, false},
	{"likes", COLUMN_COUNT, true},
	{"comments", COLUMN_COUNT, true},
	{"shares", COLUMN_COUNT, true},
	{"saves", COLUMN_COUNT, true},
	{"views", COLUMN_COUNT, true},
	{"reach", COLUMN_COUNT, true},
	{"caption", COLUMN_TEXT, false},
	{"media_type", COLUMN_TEXT, false},
	{"permalink", COLUMN_TEXT, false},
	{"is_sponsored", COLUMN_FLAG, false}
};

/* A profile is known by its followers. */
static const Column profile_columns[PROFILE_COLUMNS] = {
	{"profile_id", COLUMN_TEXT, false},
	{"username", COLUMN_TEXT, false},
	{"followers", COLUMN_COUNT, true},
	{"following", COLUMN_COUNT, false},
	{"posts", COLUMN_COUNT, false},
	{"views", COLUMN_COUNT, false},
	{"created_at", COLUMN_TIME, false}
};

const RowKind post_rows = {"posts", "post", POST_COLUMNS, POST_ID, post_columns};
const RowKind profile_rows = {"profile", "profile", PROFILE_COLUMNS, -1, profile_columns};

/* What is being compiled. */
typedef struct Compiler
{
	const RowKind *rows;		/* of the shape at hand */
	Shape	   *shape;
	int			npaths;
} Compiler;

/* errors */

pg_noreturn static void
invalid_mapping(const JsonPlace *place, const char *problem)
{
	char	   *path = json_place_text(place, NULL);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid payload mapping"),
			 *path == '\0' ? errdetail("It %s.", problem) :
			 errdetail("\"%s\" %s.", path, problem),
			 errhint("payload_mapping('tiktok') is an example.")));
}

pg_noreturn static void
wrong_kind(const JsonPlace *place, const JsonbValue *value, const char *expected)
{
	invalid_mapping(place, psprintf("is %s, not %s", json_kind(value), expected));
}

/* values and paths */

static const char *
copy_string(const JsonPlace *place, const JsonbValue *value)
{
	if (value->type != jbvString)
		wrong_kind(place, value, "a string");
	return pnstrdup(value->val.string.val, value->val.string.len);
}

/* A scalar that stays when the json is gone. */
static JsonbValue
copy_scalar(const JsonPlace *place, const JsonbValue *value)
{
	JsonbValue	copy = *value;

	if (value->type == jbvBinary)
		wrong_kind(place, value, "a string, number, boolean or null");
	if (value->type == jbvString)
		copy.val.string.val = pnstrdup(value->val.string.val, value->val.string.len);
	if (value->type == jbvNumeric)
		copy.val.numeric = DatumGetNumericCopy(NumericGetDatum(value->val.numeric));
	return copy;
}

static MappingPath *
read_path(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	const char *problem;
	MappingPath *path;

	if (value->type != jbvString)
		wrong_kind(place, value, "a path");
	path = mapping_path_read(value->val.string.val, value->val.string.len, &problem);
	if (path == NULL)
		invalid_mapping(place, problem);
	if (++c->npaths > MAPPING_MAX_PATHS)
		invalid_mapping(place, "is one path too many of its shape");
	return path;
}

/* The number of the slot that keeps what is at a path of the element. */
static int
read_slot(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	MappingPath *path = read_path(c, place, value);
	Needle	   *needle;

	if (mapping_path_is_list(path))
		invalid_mapping(place, "is a path of many values, where one is needed");
	if (path->nsteps == 0)
		invalid_mapping(place, "is the path of the whole element");
	needle = needle_add(c->shape->needle, path);
	if (needle->slot < 0)
	{
		needle->slot = c->shape->nslots++;
		memset(&c->shape->slots[needle->slot], 0, sizeof(Slot));
		c->shape->slots[needle->slot].path = path->text;
		c->shape->slots[needle->slot].needle = needle;
	}
	/* its steps are in the tree now, and its text stays */
	pfree(path);
	return needle->slot;
}

/* Walk through an array, or take a value for an array of itself. */
typedef struct OneOrMany
{
	bool		many;
	int			count;
	JsonWalk	walk;
	JsonbValue	value;
	JsonPlace	place;
	int64		number;
	const JsonPlace *above;
} OneOrMany;

static void
start_one_or_many(OneOrMany *m, const JsonPlace *place, const JsonbValue *value)
{
	m->many = json_is_array(value);
	m->number = -1;
	m->above = place;
	m->value = *value;
	m->count = 1;
	if (!m->many)
		return;
	json_walk_start(&m->walk, value->val.binary.data);
	m->count = (int) m->walk.count;
	if (m->count > MAPPING_MAX_ELEMENTS)
		invalid_mapping(place, "has too many elements");
	if (m->count == 0)
		invalid_mapping(place, "is empty");
}

static bool
next_of_many(OneOrMany *m)
{
	m->number++;
	if (!m->many)
	{
		m->place = *m->above;
		return m->number == 0;
	}
	if (!json_walk_next(&m->walk))
		return false;
	m->value = m->walk.value;
	m->place = json_place_number(m->above, m->number);
	return true;
}

/* Does the key of a walk through an object have that name? */
static bool
key_is(const JsonWalk *walk, const char *name)
{
	return json_is_string(&walk->key, name, (int) strlen(name));
}

/* conditions */

static void
read_test_values(Test *test, const JsonPlace *place, const JsonbValue *value)
{
	OneOrMany	m;

	start_one_or_many(&m, place, value);
	test->values = palloc(m.count * sizeof(JsonbValue));
	while (next_of_many(&m))
		test->values[test->nvalues++] = copy_scalar(&m.place, &m.value);
}

/*
 * A path, whose value is to be there and not false, or {"path": .., "is": ..}.
 * The path is of the element, or for doc of the document.
 */
static Test
read_test(Compiler *c, const JsonPlace *place, const JsonbValue *value, MappingPath **doc)
{
	Test		test = {-1, 0, NULL};
	JsonWalk	walk;

	if (!json_is_object(value))
	{
		if (doc != NULL)
			*doc = read_path(c, place, value);
		else
			test.slot = read_slot(c, place, value);
		return test;
	}
	json_walk_start(&walk, value->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);

		if (key_is(&walk, "is"))
			read_test_values(&test, &below, &walk.value);
		else if (!key_is(&walk, "path"))
			invalid_mapping(&below, "is not known: a condition has \"path\" and \"is\"");
		else if (doc != NULL)
			*doc = read_path(c, &below, &walk.value);
		else
			test.slot = read_slot(c, &below, &walk.value);
	}
	if (doc != NULL ? *doc == NULL : test.slot < 0)
		invalid_mapping(place, "has no \"path\"");
	return test;
}

/* A test, or an array of which any is to hold. */
static Condition
read_condition(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	Condition	condition = {0, NULL};
	OneOrMany	m;

	start_one_or_many(&m, place, value);
	condition.tests = palloc(m.count * sizeof(Test));
	while (next_of_many(&m))
		condition.tests[condition.ntests++] = read_test(c, &m.place, &m.value, NULL);
	return condition;
}

/* Conditions that are all to hold. */
static void
read_needs(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	OneOrMany	m;

	start_one_or_many(&m, place, value);
	c->shape->needs = palloc(m.count * sizeof(Condition));
	while (next_of_many(&m))
		c->shape->needs[c->shape->nneeds++] = read_condition(c, &m.place, &m.value);
}

/* sources */

static void
read_slots(Compiler *c, Source *source, const JsonPlace *place, const JsonbValue *value)
{
	OneOrMany	m;

	if (source->nslots > 0)
		invalid_mapping(place, "is one of several of \"path\", \"sum\" and \"same\"");
	start_one_or_many(&m, place, value);
	source->slots = palloc(m.count * sizeof(int));
	while (next_of_many(&m))
		source->slots[source->nslots++] = read_slot(c, &m.place, &m.value);
}

static const struct
{
	const char *name;
	TimeForm	form;
}			time_forms[] = {
	{"iso", TIME_FORM_ISO},
	{"epoch", TIME_FORM_EPOCH},
	{"epoch_ms", TIME_FORM_EPOCH_MS},
	{"ctime", TIME_FORM_CTIME}
};

static TimeForm
read_time_form(const JsonPlace *place, const JsonbValue *value)
{
	for (int i = 0; i < (int) lengthof(time_forms); i++)
	{
		if (json_is_string(value, time_forms[i].name, (int) strlen(time_forms[i].name)))
			return time_forms[i].form;
	}
	invalid_mapping(place, "is not one of \"iso\", \"epoch\", \"epoch_ms\" and \"ctime\"");
}

static bool
read_flag(const JsonPlace *place, const JsonbValue *value)
{
	if (value->type != jbvBool)
		wrong_kind(place, value, "a boolean");
	return value->val.boolean;
}

static const JsonbValue *
read_constant(const JsonPlace *place, const JsonbValue *value, ColumnKind kind)
{
	JsonbValue *constant = palloc(sizeof(JsonbValue));

	if (kind != COLUMN_TEXT && kind != COLUMN_FLAG)
		invalid_mapping(place, "is a constant, which a count or time can't be");
	*constant = copy_scalar(place, value);
	if (constant->type != (kind == COLUMN_TEXT ? jbvString : jbvBool))
		wrong_kind(place, value, kind == COLUMN_TEXT ? "a string" : "a boolean");
	return constant;
}

/*
 * One key of a source, of which the kind of column decides what it may have.
 */
static void
read_option(Compiler *c, Source *source, ColumnKind kind, const JsonPlace *place,
			const JsonWalk *walk)
{
	if (key_is(walk, "path"))
		read_slots(c, source, place, &walk->value);
	else if (key_is(walk, "optional"))
		source->optional = read_flag(place, &walk->value);
	else if (key_is(walk, "null_if"))
		source->null_if = read_condition(c, place, &walk->value);
	else if (key_is(walk, "value"))
		source->constant = read_constant(place, &walk->value, kind);
	else if (key_is(walk, "as") && kind == COLUMN_TIME)
		source->time_form = read_time_form(place, &walk->value);
	else if (key_is(walk, "zero_if") && kind == COLUMN_COUNT)
		source->zero_if = read_condition(c, place, &walk->value);
	else if (key_is(walk, "before") && kind == COLUMN_TEXT)
	{
		source->before = copy_string(place, &walk->value);
		if (*source->before == '\0')
			invalid_mapping(place, "is empty");
	}
	else if (key_is(walk, "sum") && kind == COLUMN_COUNT)
	{
		read_slots(c, source, place, &walk->value);
		source->sum = true;
	}
	else if (key_is(walk, "same") && kind == COLUMN_TEXT)
	{
		read_slots(c, source, place, &walk->value);
		source->same = true;
		for (int i = 0; i < source->nslots; i++)
			c->shape->slots[source->slots[i]].same = true;
	}
	else
		invalid_mapping(place, "is not known in a column of this kind");
}

/* A path, or an object of options. */
static Source
read_source(Compiler *c, ColumnKind kind, const JsonPlace *place, const JsonbValue *value)
{
	Source		source = {0};
	JsonWalk	walk;

	if (!json_is_object(value))
	{
		read_slots(c, &source, place, value);
		return source;
	}
	json_walk_start(&walk, value->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);

		read_option(c, &source, kind, &below, &walk);
	}
	if ((source.nslots > 0) == (source.constant != NULL))
		invalid_mapping(place, "has neither a path nor a value, or both");
	for (int i = 0; i < source.nslots; i++)
	{
		if (c->shape->slots[source.slots[i]].same)
			c->shape->slots[source.slots[i]].before = source.before;
	}
	return source;
}

/* Paths that follow one another are one source of several. */
static void
append_slot(Source *source, int slot)
{
	source->slots = repalloc(source->slots, (source->nslots + 1) * sizeof(int));
	source->slots[source->nslots++] = slot;
}

/* The slots of a condition; all, if it may hold of nothing. */
static uint64
slots_of_condition(const Condition *condition)
{
	uint64		slots = 0;

	for (int i = 0; i < condition->ntests; i++)
	{
		const Test *test = &condition->tests[i];

		slots |= UINT64CONST(1) << test->slot;
		for (int j = 0; j < test->nvalues; j++)
		{
			if (test->values[j].type == jbvNull)
				return PG_UINT64_MAX;
		}
	}
	return slots;
}

/*
 * The slots of which one must be filled for there to be anything to do: with a
 * constant, there always is.
 */
static uint64
slots_of(const ColumnMapping *mapping)
{
	uint64		slots = 0;

	for (int i = 0; i < mapping->nsources; i++)
	{
		const Source *source = &mapping->sources[i];

		if (source->constant != NULL)
			return PG_UINT64_MAX;
		for (int j = 0; j < source->nslots; j++)
			slots |= UINT64CONST(1) << source->slots[j];
		slots |= slots_of_condition(&source->zero_if) | slots_of_condition(&source->null_if);
	}
	return slots;
}

/*
 * The slot whose value is a column's whatever else is there, which most
 * payloads have; -1 for none.
 */
static int
direct_slot(const ColumnMapping *mapping)
{
	const Source *first = &mapping->sources[0];

	if (first->nslots == 0 || first->sum || first->same || first->null_if.ntests > 0)
		return -1;
	return first->slots[0];
}

/* Figures come first, and each kind in the order of the row. */
static bool
comes_after(const RowKind *rows, int a, int b)
{
	bool		figure_a = rows->columns[a].figure;
	bool		figure_b = rows->columns[b].figure;

	return figure_a == figure_b ? a > b : figure_b;
}

static void
read_column(Compiler *c, int column, const JsonPlace *place, const JsonbValue *value)
{
	Shape	   *shape = c->shape;
	int			at = shape->ncolumns++;
	ColumnMapping *mapping;
	int			before = jbvNull;
	OneOrMany	m;

	shape->nfigures += c->rows->columns[column].figure ? 1 : 0;
	for (; at > 0 && comes_after(c->rows, shape->columns[at - 1].column, column); at--)
		shape->columns[at] = shape->columns[at - 1];
	mapping = &shape->columns[at];
	start_one_or_many(&m, place, value);
	mapping->column = column;
	mapping->nsources = 0;
	mapping->sources = palloc(m.count * sizeof(Source));
	while (next_of_many(&m))
	{
		Source		source = read_source(c, c->rows->columns[column].kind, &m.place, &m.value);

		if (m.value.type == jbvString && m.number > 0 && before == jbvString)
			append_slot(&mapping->sources[mapping->nsources - 1], source.slots[0]);
		else
			mapping->sources[mapping->nsources++] = source;
		before = m.value.type;
	}
	mapping->slots = slots_of(mapping);
	mapping->direct = direct_slot(mapping);
}

/* shapes */

static void
read_places(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	OneOrMany	m;

	start_one_or_many(&m, place, value);
	c->shape->places = palloc(m.count * sizeof(MappingPath *));
	while (next_of_many(&m))
		c->shape->places[c->shape->nplaces++] = read_path(c, &m.place, &m.value);
}

static void
read_hidden(Shape *shape, const JsonPlace *place, const JsonbValue *value)
{
	if (value->type != jbvNumeric)
		wrong_kind(place, value, "a number");
	if (numeric_compare(value->val.numeric, int64_to_numeric(PG_INT64_MIN)) < 0 ||
		numeric_compare(value->val.numeric, int64_to_numeric(PG_INT64_MAX)) > 0)
		invalid_mapping(place, "is past the range of bigint");
	shape->has_hidden = true;
	shape->hidden = DatumGetInt64(DirectFunctionCall1(numeric_int8,
													  NumericGetDatum(value->val.numeric)));
	if (numeric_compare(value->val.numeric, int64_to_numeric(shape->hidden)) != 0)
		invalid_mapping(place, "is not a whole number");
}

static void
read_empty(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	c->shape->empty_test = read_test(c, place, value, &c->shape->empty);
	if (mapping_path_is_list(c->shape->empty))
		invalid_mapping(place, "is a path of many values, where one is needed");
}

/* Read a key that is a rule, not a column; false for another. */
static bool
read_rule(Compiler *c, const JsonPlace *place, const JsonWalk *walk)
{
	Shape	   *shape = c->shape;

	if (key_is(walk, c->rows->place))
		read_places(c, place, &walk->value);
	else if (key_is(walk, "name"))
		shape->name = copy_string(place, &walk->value);
	else if (key_is(walk, "needs"))
		read_needs(c, place, &walk->value);
	else if (key_is(walk, "unless"))
		shape->unless = read_condition(c, place, &walk->value);
	else if (key_is(walk, "skip"))
		shape->skip = read_condition(c, place, &walk->value);
	else if (key_is(walk, "none"))
		shape->none = read_condition(c, place, &walk->value);
	else if (key_is(walk, "empty"))
		read_empty(c, place, &walk->value);
	else if (key_is(walk, "hidden"))
		read_hidden(shape, place, &walk->value);
	else
		return false;
	return true;
}

static void
unknown_key(Compiler *c, const JsonPlace *place)
{
	StringInfoData known;

	initStringInfo(&known);
	for (int i = 0; i < c->rows->ncolumns; i++)
		appendStringInfo(&known, "%s%s", i > 0 ? ", " : "", c->rows->columns[i].name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid payload mapping"),
			 errdetail("\"%s\" is not known.", json_place_text(place, NULL)),
			 errhint("A shape of %ss has the columns %s and the rules %s, name, needs, unless, skip, none, empty and hidden.",
					 c->rows->what, known.data, c->rows->place)));
}

/* Read the columns and rules of a shape. */
static void
read_keys(Compiler *c, const JsonPlace *place, const JsonbValue *value)
{
	JsonWalk	walk;

	json_walk_start(&walk, value->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);
		int			column = 0;

		while (column < c->rows->ncolumns && !key_is(&walk, c->rows->columns[column].name))
			column++;
		if (key_is(&walk, c->rows->place) || column == c->rows->ncolumns)
		{
			if (!read_rule(c, &below, &walk))
				unknown_key(c, &below);
		}
		else
			read_column(c, column, &below, &walk.value);
	}
}

/*
 * The shape must be able to fill a figure, or all payloads would know nothing.
 */
static void
check_figures(Compiler *c, const JsonPlace *place)
{
	StringInfoData figures;

	if (c->shape->nfigures > 0)
		return;
	initStringInfo(&figures);
	for (int i = 0; i < c->rows->ncolumns; i++)
	{
		if (c->rows->columns[i].figure)
			appendStringInfo(&figures, "%s\"%s\"", figures.len > 0 ? " or " : "",
							 c->rows->columns[i].name);
	}
	invalid_mapping(place, psprintf("has no %s", figures.data));
}

/* The column whose value makes an element one, if the shape has it. */
static const ColumnMapping *
find_id(const Shape *shape, const RowKind *rows)
{
	for (int i = shape->nfigures; i < shape->ncolumns; i++)
	{
		if (shape->columns[i].column == rows->id && !shape->columns[i].sources[0].optional)
			return &shape->columns[i];
	}
	return NULL;
}

/* Is this a shape of such rows?  "posts" may be a profile's column. */
static bool
is_of_rows(const JsonbValue *value, const RowKind *rows, const JsonPlace *place)
{
	JsonbValue	there;

	if (!json_is_object(value))
		wrong_kind(place, value, "an object");
	if (json_get(value, "profile", 7, &there))
		return rows == &profile_rows;
	if (json_get(value, "posts", 5, &there))
		return rows == &post_rows;
	invalid_mapping(place, "has neither \"posts\" nor \"profile\", where the elements are");
}

static Shape *
compile_shape(const RowKind *rows, const JsonPlace *place, const JsonbValue *value)
{
	Compiler	c = {rows, palloc0(sizeof(Shape)), 0};

	c.shape->slots = palloc(MAPPING_MAX_PATHS * sizeof(Slot));
	c.shape->needle = needle_root();
	c.shape->columns = palloc(rows->ncolumns * sizeof(ColumnMapping));
	read_keys(&c, place, value);
	check_figures(&c, place);
	c.shape->id = find_id(c.shape, rows);
	c.shape->slots = repalloc(c.shape->slots, Max(c.shape->nslots, 1) * sizeof(Slot));
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
	start_one_or_many(&m, &root, &value);
	mapping->shapes = palloc(m.count * sizeof(Shape *));
	while (next_of_many(&m))
	{
		if (is_of_rows(&m.value, rows, &m.place))
			mapping->shapes[mapping->nshapes++] = compile_shape(rows, &m.place, &m.value);
		else
			(void) compile_shape(other, &m.place, &m.value);
	}
	return mapping;
}
