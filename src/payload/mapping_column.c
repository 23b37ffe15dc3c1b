/*-------------------------------------------------------------------------
 *
 * mapping_column.c
 *		How a mapping fills a column: sources, and what they may have.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "payload/mapping_compiler.h"

static void
read_slots(MappingCompiler *c, Source *source, const JsonPlace *place,
		   const JsonbValue *value)
{
	OneOrMany	m;

	if (source->nslots > 0)
		mapping_invalid(place,
						"is one of several of \"path\", \"sum\" and \"same\"");
	one_or_many_start(&m, place, value);
	source->slots = palloc(m.count * sizeof(int));
	while (one_or_many_next(&m))
		source->slots[source->nslots++] = mapping_slot(c, &m.place, &m.value);
}

static const struct
{
	const char *name;
	TimeForm	form;
}			time_forms[] = {
	{"iso", TIME_FORM_ISO},
	{"iso_utc", TIME_FORM_ISO_UTC},
	{"epoch", TIME_FORM_EPOCH},
	{"epoch_ms", TIME_FORM_EPOCH_MS},
	{"ctime", TIME_FORM_CTIME}
};

static TimeForm
read_time_form(const JsonPlace *place, const JsonbValue *value)
{
	for (int i = 0; i < (int) lengthof(time_forms); i++)
	{
		if (json_is_string(value, time_forms[i].name,
						   (int) strlen(time_forms[i].name)))
			return time_forms[i].form;
	}
	mapping_invalid(place,
					"is not one of \"iso\", \"iso_utc\", \"epoch\", \"epoch_ms\" and \"ctime\"");
}

static bool
read_flag(const JsonPlace *place, const JsonbValue *value)
{
	if (value->type != jbvBool)
		mapping_wrong_kind(place, value, "a boolean");
	return value->val.boolean;
}

static const JsonbValue *
read_constant(const JsonPlace *place, const JsonbValue *value, ColumnKind kind)
{
	JsonbValue *constant = palloc(sizeof(JsonbValue));

	if (kind != COLUMN_TEXT && kind != COLUMN_FLAG)
		mapping_invalid(place,
						"is a constant, which a count or time can't be");
	*constant = mapping_scalar(place, value);
	if (constant->type != (kind == COLUMN_TEXT ? jbvString : jbvBool))
		mapping_wrong_kind(place, value,
						   kind == COLUMN_TEXT ? "a string" : "a boolean");
	return constant;
}

/*
 * One key of a source, of which the kind of column decides what it may have.
 */
static void
read_option(MappingCompiler *c, Source *source, ColumnKind kind,
			const JsonPlace *place,
			const JsonWalk *walk)
{
	if (mapping_key_is(walk, "path"))
		read_slots(c, source, place, &walk->value);
	else if (mapping_key_is(walk, "optional"))
		source->optional = read_flag(place, &walk->value);
	else if (mapping_key_is(walk, "null_if"))
		source->null_if = mapping_condition(c, place, &walk->value);
	else if (mapping_key_is(walk, "value"))
		source->constant = read_constant(place, &walk->value, kind);
	else if (mapping_key_is(walk, "as") && kind == COLUMN_TIME)
		source->time_form = read_time_form(place, &walk->value);
	else if (mapping_key_is(walk, "zero_if") && kind == COLUMN_COUNT)
		source->zero_if = mapping_condition(c, place, &walk->value);
	else if (mapping_key_is(walk, "before") && kind == COLUMN_TEXT)
	{
		source->before = mapping_string(place, &walk->value);
		if (*source->before == '\0')
			mapping_invalid(place, "is empty");
	}
	else if (mapping_key_is(walk, "sum") && kind == COLUMN_COUNT)
	{
		read_slots(c, source, place, &walk->value);
		source->sum = true;
	}
	else if (mapping_key_is(walk, "same") && kind == COLUMN_TEXT)
	{
		read_slots(c, source, place, &walk->value);
		source->same = true;
		for (int i = 0; i < source->nslots; i++)
			c->shape->slots[source->slots[i]].same = true;
	}
	else
		mapping_invalid(place, "is not known in a column of this kind");
}

/* A path, or an object of options. */
static Source
read_source(MappingCompiler *c, ColumnKind kind, const JsonPlace *place,
			const JsonbValue *value)
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
		mapping_invalid(place, "has neither a path nor a value, or both");
	for (int i = 0; i < source.nslots; i++)
	{
		if (c->shape->slots[source.slots[i]].same)
			c->shape->slots[source.slots[i]].before = source.before;
	}
	return source;
}

/* Paths that follow one another are one source of several. */
static void
extend_source(Source *source, int slot)
{
	source->slots = repalloc(source->slots,
							 (source->nslots + 1) * sizeof(int));
	source->slots[source->nslots++] = slot;
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
		slots |= source->zero_if.slots | source->null_if.slots;
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

	if (first->nslots == 0 || first->sum || first->same ||
		first->null_if.ntests > 0)
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

/* mapping_column: a column of the shape at hand */
void
mapping_column(MappingCompiler *c, int column, const JsonPlace *place,
			   const JsonbValue *value)
{
	Shape	   *shape = c->shape;
	int			at = shape->ncolumns++;
	ColumnMapping *mapping;
	int			before = jbvNull;
	OneOrMany	m;

	shape->nfigures += c->rows->columns[column].figure ? 1 : 0;
	while (at > 0 &&
		   comes_after(c->rows, shape->columns[at - 1].column, column))
	{
		shape->columns[at] = shape->columns[at - 1];
		at--;
	}
	mapping = &shape->columns[at];
	one_or_many_start(&m, place, value);
	mapping->column = column;
	mapping->nsources = 0;
	mapping->sources = palloc(m.count * sizeof(Source));
	while (one_or_many_next(&m))
	{
		Source		source = read_source(c, c->rows->columns[column].kind,
										 &m.place, &m.value);

		if (m.value.type == jbvString && m.number > 0 && before == jbvString)
			extend_source(&mapping->sources[mapping->nsources - 1],
						  source.slots[0]);
		else
			mapping->sources[mapping->nsources++] = source;
		before = m.value.type;
	}
	mapping->slots = slots_of(mapping);
	mapping->direct = direct_slot(mapping);
}
