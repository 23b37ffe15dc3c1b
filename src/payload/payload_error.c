/*-------------------------------------------------------------------------
 *
 * payload_error.c
 *		Answers that say that they are errors.
 *
 * Instagram, YouTube, TikTok and Phyllo have an object at "error", X a list at
 * "errors" or a problem of RFC 7807, with a title and a status; scrapers and
 * vendors a flag with a text beside it.  Stored beside answers, they would
 * otherwise be called answers of an unknown shape.  TikTok's Business API has
 * a code that is not 0 and a message; Apify lists an item with an error.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/payload_reader.h"

/* Where an error's text is, the best first. */
static const char *const message_keys[] = {
	"message", "msg", "error_message", "error_description", "detail", "statusMsg",
	"reason", "title", "error_code", "code", "type"
};

static const char *
scalar_text(const JsonbValue *value)
{
	if (value->type == jbvString)
		return pnstrdup(value->val.string.val, value->val.string.len);
	if (value->type == jbvNumeric)
		return numeric_to_decimal(value->val.numeric);
	return NULL;
}

/* The text of an error, or NULL. */
static const char *
error_text(const JsonbValue *error)
{
	JsonbValue	value;

	if (!json_is_object(error))
		return scalar_text(error);
	for (int i = 0; i < (int) lengthof(message_keys); i++)
	{
		const char *text;

		if (json_get(error, message_keys[i], (int) strlen(message_keys[i]),
					 &value) &&
			(text = scalar_text(&value)) !=NULL && *text !='\0')
			return text;
	}
	return NULL;
}

/* TikTok says "ok" in place of an error, others null, false or nothing. */
static bool
is_error(const JsonbValue *error)
{
	JsonbValue	code;

	if (json_is_object(error))
		return JsonContainerSize(error->val.binary.data) > 0 &&
			!(json_get(error, "code", 4, &code) &&
			  (json_is_string(&code, "ok", 2) ||
			   json_is_string(&code, "", 0)));
	if (error->type == jbvBool)
		return error->val.boolean;
	return error->type == jbvString && error->val.string.len > 0;
}

/* A status of 400 and more, or the word. */
static bool
is_bad_status(const JsonbValue *status)
{
	if (status->type == jbvNumeric)
		return numeric_compare(status->val.numeric, int64_to_numeric(400)) >=
			0;
	return json_is_string(status, "fail", 4) ||
		json_is_string(status, "error", 5) ||
		json_is_string(status, "failed", 6);
}

static bool
is_false(const JsonbValue *root, const char *key)
{
	JsonbValue	value;

	return json_get(root, key, (int) strlen(key), &value) &&
		value.type == jbvBool && !value.val.boolean;
}

/* Some have success under a code of their own, and say so. */
static bool
says_success(const JsonbValue *message)
{
	const char *str = message->val.string.val;
	int			len = message->val.string.len;

	return (len == 2 && pg_strncasecmp(str, "ok", 2) == 0) ||
		(len == 7 && pg_strncasecmp(str, "success", 7) == 0);
}

/* A code that is neither 0 nor a success of HTTP, with a message beside it. */
static bool
has_bad_code(const JsonbValue *root)
{
	JsonbValue	code;
	JsonbValue	message;

	if (!json_get(root, "code", 4, &code) || code.type != jbvNumeric ||
		numeric_compare(code.val.numeric, int64_to_numeric(0)) == 0 ||
		(numeric_compare(code.val.numeric, int64_to_numeric(200)) >= 0 &&
		 numeric_compare(code.val.numeric, int64_to_numeric(300)) < 0))
		return false;
	return (json_get(root, "message", 7, &message) ||
			json_get(root, "msg", 3, &message)) &&
		message.type == jbvString && !says_success(&message);
}

/* A message and nothing else, as gateways answer. */
static bool
has_only_message(const JsonbValue *root)
{
	JsonbValue	message;

	return json_is_object(root) &&
		JsonContainerSize(root->val.binary.data) == 1 &&
		json_get(root, "message", 7, &message) && message.type == jbvString;
}

/* What an object that is an error says, or NULL. */
static const char *
error_of_object(const JsonbValue *root)
{
	JsonbValue	error;
	JsonbValue	first;
	const char *text = NULL;
	bool		found = false;

	if (json_get(root, "error", 5, &error) && is_error(&error))
	{
		found = true;
		text = error_text(&error);
	}
	else if (json_get(root, "errors", 6, &error) &&
			 json_get_element(&error, 0, &first))
	{
		found = true;
		text = error_text(&first);
	}
	else
		found = is_false(root, "success") || has_bad_code(root) ||
			has_only_message(root) ||
			((json_get(root, "status", 6, &error) ||
			  json_get(root, "statusCode", 10, &error)) &&
			 is_bad_status(&error));
	if (!found)
		return NULL;
	if (text == NULL)
		text = error_text(root);
	return text !=NULL ? text : "an error without a message";
}

/*
 * payload_error_answer
 *		What a document that is an error says, or the first in a list; NULL if
 *		it is not one.
 */
const char *
payload_error_answer(const JsonbValue *root)
{
	JsonbValue	first;

	if (json_is_array(root))
		return json_get_element(root, 0, &first) ? error_of_object(&first) :
			NULL;
	return error_of_object(root);
}
