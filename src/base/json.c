/*-------------------------------------------------------------------------
 *
 * json.c
 *		Reading jsonb: look-up without copies, and places for messages.
 *
 * The server's iterator makes a token of every bracket, and its look-up of a
 * key allocates where it isn't given room.  What is read here are thousands of
 * small objects with known keys, so that children are taken where they stand.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "base/compat.h"
#include "base/json.h"

/* A key in a message may be cut off: it can be of any length. */
#define SHOWN_KEY_BYTES		NAMEDATALEN

/* json_root: the document itself; a scalar is itself, not an array of it */
void
json_root(Jsonb *json, JsonbValue *root)
{
	if (JB_ROOT_IS_SCALAR(json))
	{
		json_child(&json->root, 0, 0, root);
		return;
	}
	root->type = jbvBinary;
	root->val.binary.data = &json->root;
	root->val.binary.len = VARSIZE(json) - VARHDRSZ;
}

/* json_is_null: is the document the json null? */
bool
json_is_null(Jsonb *json)
{
	JsonbValue	root;

	json_root(json, &root);
	return root.type == jbvNull;
}

/* json_kind: what a value is, for messages */
const char *
json_kind(const JsonbValue *value)
{
	switch (value->type)
	{
		case jbvNull:
			return "null";
		case jbvString:
			return "a string";
		case jbvNumeric:
			return "a number";
		case jbvBool:
			return "a boolean";
		case jbvArray:
			return "an array";
		case jbvObject:
			return "an object";
		case jbvBinary:
			return json_is_array(value) ? "an array" : "an object";
		default:
			return "something else";
	}
}

/*
 * json_child
 *		The child of that index, which begins at offset.  In an object of n
 *		pairs, the keys are the first n children and the values the others.
 */
void
json_child(const JsonbContainer *container, uint32 index, uint32 offset,
		   JsonbValue *result)
{
	JEntry		entry = container->children[index];
	uint32		count = JsonContainerSize(container);
	char	   *base =
		(char *) &container->children[JsonContainerIsObject(container) ?
									  2 * count : count];

	if (JBE_ISSTRING(entry))
	{
		result->type = jbvString;
		result->val.string.val = base + offset;
		result->val.string.len = getJsonbLength(container, index);
	}
	else if (JBE_ISNUMERIC(entry))
	{
		result->type = jbvNumeric;
		result->val.numeric = (Numeric) (base + INTALIGN(offset));
	}
	else if (JBE_ISBOOL(entry))
	{
		result->type = jbvBool;
		result->val.boolean = JBE_ISBOOL_TRUE(entry);
	}
	else if (JBE_ISNULL(entry))
		result->type = jbvNull;
	else
	{
		result->type = jbvBinary;
		result->val.binary.data = (JsonbContainer *) (base + INTALIGN(offset));
		result->val.binary.len = getJsonbLength(container, index) -
			(INTALIGN(offset) - offset);
	}
}

/* json_get: the value of a key, null or not; false without one */
bool
json_get(const JsonbValue *object, const char *key, int len,
		 JsonbValue *result)
{
	return json_is_object(object) &&
		getKeyJsonValueFromContainer(object->val.binary.data, key, len,
									 result) != NULL;
}

/* json_get_element: an element, counted from 0; false without one */
bool
json_get_element(const JsonbValue *array, int64 number, JsonbValue *result)
{
	JsonbContainer *container;

	if (!json_is_array(array))
		return false;
	container = array->val.binary.data;
	if (number < 0 || number >= JsonContainerSize(container))
		return false;
	json_child(container, (uint32) number,
			   getJsonbOffset(container, (int) number), result);
	return true;
}

/*
 * json_get_path
 *		What is at the end of keys with points between them, or at the start
 *		if there are none; false if nothing is, or null.
 */
bool
json_get_path(const JsonbValue *from, const char *path, JsonbValue *result)
{
	*result = *from;
	while (*path != '\0')
	{
		size_t		len = strcspn(path, ".");
		JsonbValue	above = *result;

		if (!json_get(&above, path, (int) len, result))
			return false;
		path += len + (path[len] == '.');
	}
	return result->type != jbvNull;
}

/* json_walk_start: before the first value */
void
json_walk_start(JsonWalk *walk, const JsonbContainer *container)
{
	walk->container = container;
	walk->count = JsonContainerSize(container);
	walk->next = 0;
	walk->key_offset = 0;
	walk->value_offset = 0;
	if (JsonContainerIsObject(container) && walk->count > 0)
		walk->value_offset = getJsonbOffset(container, (int) walk->count);
}

/*
 * json_walk_next
 *		The next value, and its key in an object; false after the last.
 */
bool
json_walk_next(JsonWalk *walk)
{
	uint32		at = walk->next;

	CHECK_FOR_INTERRUPTS();
	if (at == walk->count)
		return false;
	if (JsonContainerIsObject(walk->container))
	{
		json_child(walk->container, at, walk->key_offset, &walk->key);
		JBE_ADVANCE_OFFSET(walk->key_offset, walk->container->children[at]);
		at += walk->count;
	}
	json_child(walk->container, at, walk->value_offset, &walk->value);
	JBE_ADVANCE_OFFSET(walk->value_offset, walk->container->children[at]);
	walk->next++;
	return true;
}

/* A path as data.videos[3].id */
static void
append_place(StringInfo buf, const JsonPlace *place)
{
	if (place == NULL)
		return;
	append_place(buf, place->above);
	if (place->key != NULL)
	{
		if (buf->len > 0)
			appendStringInfoChar(buf, '.');
		appendBinaryStringInfo(buf, place->key,
							   pg_mbcliplen(place->key, place->len,
											SHOWN_KEY_BYTES));
	}
	else if (place->number >= 0)
		appendStringInfo(buf, "[" INT64_FORMAT "]", place->number);
}

/*
 * json_place_text
 *		The path of a place, or of what is below it; "" for the document.
 */
char *
json_place_text(const JsonPlace *place, const char *below)
{
	StringInfoData buf;

	initStringInfo(&buf);
	append_place(&buf, place);
	if (below != NULL && *below != '\0')
		appendStringInfo(&buf, "%s%s", buf.len > 0 && *below != '[' ? "." : "",
						 below);
	return buf.data;
}
