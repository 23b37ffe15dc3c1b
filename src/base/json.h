/*-------------------------------------------------------------------------
 *
 * json.h
 *		What a value of a document is, for messages.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_JSON_H
#define INFLUENCER_JSON_H

#include "utils/jsonb.h"

static inline const char *
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
			return JsonContainerIsArray(value->val.binary.data) ? "an array" : "an object";
		default:
			return "something else";
	}
}

#endif							/* INFLUENCER_JSON_H */
