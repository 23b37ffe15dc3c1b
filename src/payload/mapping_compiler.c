/*-------------------------------------------------------------------------
 *
 * mapping_compiler.c
 *		What compiling a mapping consists of: errors, values, paths, arrays.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/mapping_compiler.h"
#include "payload/mapping_path.h"

/* mapping_invalid: the error of a mapping; it says what is wrong where */
void
mapping_invalid(const JsonPlace *place, const char *problem)
{
	char	   *path = json_place_text(place, NULL);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid payload mapping"),
			 *path == '\0' ? errdetail("It %s.", problem) :
			 errdetail("\"%s\" %s.", path, problem),
			 errhint("payload_mapping('tiktok') is an example.")));
}

/* mapping_wrong_kind: the error of a value of another kind than expected */
void
mapping_wrong_kind(const JsonPlace *place, const JsonbValue *value,
				   const char *expected)
{
	mapping_invalid(place,
					psprintf("is %s, not %s", json_kind(value), expected));
}

/* mapping_string: a string that stays when the json is gone */
const char *
mapping_string(const JsonPlace *place, const JsonbValue *value)
{
	if (value->type != jbvString)
		mapping_wrong_kind(place, value, "a string");
	return pnstrdup(value->val.string.val, value->val.string.len);
}

/* mapping_scalar: a scalar that stays when the json is gone */
JsonbValue
mapping_scalar(const JsonPlace *place, const JsonbValue *value)
{
	JsonbValue	copy = *value;

	if (value->type == jbvBinary)
		mapping_wrong_kind(place, value, "a string, number, boolean or null");
	if (value->type == jbvString)
		copy.val.string.val = pnstrdup(value->val.string.val,
									   value->val.string.len);
	if (value->type == jbvNumeric)
		copy.val.numeric =
			DatumGetNumericCopy(NumericGetDatum(value->val.numeric));
	return copy;
}

/* mapping_path: a path, of which a shape may have so many */
MappingPath *
mapping_path(MappingCompiler *c, const JsonPlace *place,
			 const JsonbValue *value)
{
	const char *problem;
	MappingPath *path;

	if (value->type != jbvString)
		mapping_wrong_kind(place, value, "a path");
	path = mapping_path_read(value->val.string.val, value->val.string.len,
							 &problem);
	if (path == NULL)
		mapping_invalid(place, problem);
	if (++c->npaths > MAPPING_MAX_PATHS)
		mapping_invalid(place, "is one path too many of its shape");
	return path;
}

/*
 * mapping_slot
 *		The number of the slot that keeps what is at a path of the element.
 */
int
mapping_slot(MappingCompiler *c, const JsonPlace *place,
			 const JsonbValue *value)
{
	MappingPath *path = mapping_path(c, place, value);
	Needle	   *needle;

	if (mapping_path_is_list(path))
		mapping_invalid(place,
						"is a path of many values, where one is needed");
	if (path->nsteps == 0)
		mapping_invalid(place, "is the path of the whole element");
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

/*
 * one_or_many_start
 *		Walk through an array, or take a value for an array of itself.
 */
void
one_or_many_start(OneOrMany *m, const JsonPlace *place,
				  const JsonbValue *value)
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
		mapping_invalid(place, "has too many elements");
	if (m->count == 0)
		mapping_invalid(place, "is empty");
}

/* one_or_many_next: the next value and its place; false after the last */
bool
one_or_many_next(OneOrMany *m)
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

/* mapping_key_is: does the key of a walk through an object have that name? */
bool
mapping_key_is(const JsonWalk *walk, const char *name)
{
	return json_is_string(&walk->key, name, (int) strlen(name));
}
