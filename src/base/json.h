/*-------------------------------------------------------------------------
 *
 * json.h
 *		Reading jsonb: look-up without copies, and places for messages.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_JSON_H
#define INFLUENCER_JSON_H

#include "lib/stringinfo.h"
#include "utils/jsonb.h"

/*
 * Where in a document something is: a key of an object, or a number of an
 * element, below the place above.  Places are made on the stack on the way
 * down and cost nothing; the text of a path is made from them for an error.
 */
typedef struct JsonPlace
{
	const struct JsonPlace *above;	/* NULL at the document itself */
	const char *key;			/* NULL for an element, or for nothing */
	int			len;
	int64		number;			/* of an element, from 0; -1 for nothing */
} JsonPlace;

/* A walk through the values of an array or an object, in order. */
typedef struct JsonWalk
{
	const JsonbContainer *container;
	uint32		count;			/* elements, or pairs */
	uint32		next;
	uint32		key_offset;		/* of the next key */
	uint32		value_offset;	/* of the next value */
	JsonbValue	key;			/* of an object */
	JsonbValue	value;
} JsonWalk;

static inline bool
json_is_object(const JsonbValue *value)
{
	return value->type == jbvBinary &&
		JsonContainerIsObject(value->val.binary.data);
}

static inline bool
json_is_array(const JsonbValue *value)
{
	return value->type == jbvBinary &&
		JsonContainerIsArray(value->val.binary.data);
}

/* Is it a string of just these bytes? */
static inline bool
json_is_string(const JsonbValue *value, const char *str, int len)
{
	return value->type == jbvString && value->val.string.len == len &&
		memcmp(value->val.string.val, str, len) == 0;
}

static inline JsonPlace
json_place_key(const JsonPlace *above, const char *key, int len)
{
	JsonPlace	place = {above, key, len, -1};

	return place;
}

static inline JsonPlace
json_place_number(const JsonPlace *above, int64 number)
{
	JsonPlace	place = {above, NULL, 0, number};

	return place;
}

extern void json_root(Jsonb *json, JsonbValue *root);
extern bool json_is_null(Jsonb *json);
extern const char *json_kind(const JsonbValue *value);
extern void json_child(const JsonbContainer *container, uint32 index,
					   uint32 offset, JsonbValue *result);
extern bool json_get(const JsonbValue *object, const char *key, int len,
					 JsonbValue *result);
extern bool json_get_element(const JsonbValue *array, int64 number,
							 JsonbValue *result);
extern bool json_get_path(const JsonbValue *from, const char *path,
						  JsonbValue *result);
extern void json_walk_start(JsonWalk *walk, const JsonbContainer *container);
extern bool json_walk_next(JsonWalk *walk);
extern char *json_place_text(const JsonPlace *place, const char *below);

#endif							/* INFLUENCER_JSON_H */
