/*-------------------------------------------------------------------------
 *
 * post_metrics.c
 *		Posts and profiles from the answers of platforms, as payload_shape.c
 *		describes these.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/int.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "base/compat.h"
#include "base/json.h"
#include "payload/payload.h"

#define MAX_COLUMNS		POST_COLUMNS

StaticAssertDecl((int) PROFILE_COLUMNS <= (int) MAX_COLUMNS, "a row has room for a profile");

/* What is being read, and the row that comes of it. */
typedef struct Reader
{
	const Platform *platform;
	const Shape *shapes;		/* those of the platform's posts or profiles */
	const Shape *shape;
	JsonbValue	place;			/* element, or container of elements */
	bool		many;			/* of elements */
	int64		number;			/* of the element, from 0; -1 if it is the only one */
	const char *name;			/* its key, NULL in an array */
	int			name_len;
	JsonbContainer *element;
	const char *parent;			/* of the field read last */
	JsonbContainer *inner;		/* the object at it, NULL if there is none */
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} Reader;

/* paths in messages */

static void
append_key(StringInfo buf, const char *key)
{
	if (key == NULL || *key == '\0')
		return;
	if (buf->len > 0)
		appendStringInfoChar(buf, '.');
	appendStringInfoString(buf, key);
}

/* Append the first so many keys of a shape's path. */
static void
append_shape_path(StringInfo buf, const Shape *shape, int nkeys)
{
	for (int i = 0; i < nkeys && shape->path[i] != NULL; i++)
		append_key(buf, shape->path[i]);
}

/* The path of a key of the element at hand. */
static char *
path_of(const Reader *r, const char *parent, const char *key)
{
	StringInfoData buf;

	initStringInfo(&buf);
	append_shape_path(&buf, r->shape, SHAPE_DEPTH);
	if (r->name != NULL)
		appendStringInfo(&buf, "%s%.*s", buf.len > 0 ? "." : "",
						 pg_mbcliplen(r->name, r->name_len, NAMEDATALEN), r->name);
	else if (r->number >= 0)
		appendStringInfo(&buf, "[" INT64_FORMAT "]", r->number);
	append_key(&buf, parent);
	append_key(&buf, key);
	return buf.data;
}

static int
invalid_payload(const Reader *r, int sqlstate)
{
	errcode(sqlstate);
	return errmsg("invalid payload of platform \"%s\"", r->platform->name);
}

pg_noreturn static void
wrong_value(const Reader *r, int sqlstate, const Field *field, const char *problem)
{
	ereport(ERROR,
			(invalid_payload(r, sqlstate),
			 errdetail("\"%s\" %s.", path_of(r, field->parent, field->key), problem)));
}

pg_noreturn static void
missing_path(const Reader *r, const char *path)
{
	ereport(ERROR,
			(invalid_payload(r, ERRCODE_INVALID_PARAMETER_VALUE),
			 errdetail("\"%s\" is missing.", path)));
}

/* The payload has no known shape: name what each would have. */
pg_noreturn static void
missing_shape(const Reader *r)
{
	StringInfoData all;

	initStringInfo(&all);
	for (const Shape *shape = r->shapes; shape->anchor >= 0; shape++)
	{
		StringInfoData path;

		if (shape->mark != NULL)
			continue;
		initStringInfo(&path);
		append_shape_path(&path, shape, SHAPE_DEPTH);
		if (shape->path[0] == NULL || r->shapes == r->platform->profiles)
			append_key(&path, shape->needed);
		appendStringInfo(&all, "%s\"%s\"", all.len > 0 ? " or " : "", path.data);
	}
	ereport(ERROR,
			(invalid_payload(r, ERRCODE_INVALID_PARAMETER_VALUE),
			 errdetail("%s is missing.", all.data)));
}

pg_noreturn static void
wrong_kind(const Reader *r, const Field *field, const JsonbValue *value, const char *expected)
{
	wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field,
				psprintf("is %s, not %s", json_kind(value), expected));
}

/* looking things up */

static bool
find_value(JsonbContainer *object, const char *key, JsonbValue *result)
{
	return JsonContainerIsObject(object) &&
		getKeyJsonValueFromContainer(object, key, strlen(key), result) != NULL;
}

static bool
is_object(const JsonbValue *value)
{
	return value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data);
}

static bool
is_array(const JsonbValue *value)
{
	return value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data);
}

static bool
string_is(const JsonbValue *value, const char *expected)
{
	return value->type == jbvString && (size_t) value->val.string.len == strlen(expected) &&
		memcmp(value->val.string.val, expected, value->val.string.len) == 0;
}

/* The first element of an array, if there is one. */
static bool
first_element(const JsonbValue *array, JsonbValue *result)
{
	JsonbValue *found;

	if (!is_array(array))
		return false;
	found = getIthJsonbValueFromContainer(array->val.binary.data, 0);
	if (found == NULL)
		return false;
	*result = *found;
	pfree(found);
	return true;
}

/* Find a field's value; false if it is absent or null. */
static bool
find_field(Reader *r, const Field *field, JsonbValue *value)
{
	JsonbContainer *object = r->element;

	if (field->parent != NULL)
	{
		if (r->parent != field->parent)
		{
			r->parent = field->parent;
			r->inner = NULL;
			if (find_value(r->element, field->parent, value) && value->type != jbvNull)
			{
				if (!is_object(value))
				{
					const Field parent = {field->kind, 0, NULL, field->parent, NULL};

					wrong_kind(r, &parent, value, "an object");
				}
				r->inner = value->val.binary.data;
			}
		}
		object = r->inner;
	}
	return object != NULL && find_value(object, field->key, value) && value->type != jbvNull;
}

/* values */

/*
 * Read a decimal number as a whole one.  Digits after the point may be zeros
 * only.
 */
static int64
whole_number(const Reader *r, const Field *field, const char *str, int len, int overflow)
{
	int64		result = 0;
	int			i = 0;

	if (len > 0 && str[0] == '-')
		wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field, "is negative");
	for (; i < len && str[i] >= '0' && str[i] <= '9'; i++)
	{
		if (pg_mul_s64_overflow(result, 10, &result) ||
			pg_add_s64_overflow(result, str[i] - '0', &result))
			wrong_value(r, overflow, field, "is out of range");
	}
	if (i > 0 && i < len && str[i] == '.')
	{
		for (i++; i < len && str[i] == '0'; i++)
			;
		if (i < len)
			wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field, "is not a whole number");
	}
	if (i == 0 || i < len)
		wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field, "is not a number");
	return result;
}

static int64
number_value(const Reader *r, const Field *field, const JsonbValue *value, int overflow)
{
	char	   *decimal;
	int64		result;

	if (value->type != jbvNumeric)
		wrong_kind(r, field, value, "a number");
	decimal = DatumGetCString(DirectFunctionCall1(numeric_out,
												  NumericGetDatum(value->val.numeric)));
	result = whole_number(r, field, decimal, strlen(decimal), overflow);
	pfree(decimal);
	return result;
}

static int64
count_value(const Reader *r, const Field *field, const JsonbValue *value)
{
	if (field->kind == FIELD_COUNT_TEXT && value->type == jbvString)
		return whole_number(r, field, value->val.string.val, value->val.string.len,
							ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	return number_value(r, field, value, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
}

static Datum
text_value(const Reader *r, const Field *field, const JsonbValue *value)
{
	if (field->kind == FIELD_ID && value->type == jbvNumeric)
		return CStringGetTextDatum(psprintf(INT64_FORMAT,
											number_value(r, field, value, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)));
	if (value->type != jbvString)
		wrong_kind(r, field, value, "a string");
	return PointerGetDatum(cstring_to_text_with_len(value->val.string.val,
													value->val.string.len));
}

static Datum
time_value(const Reader *r, const Field *field, const JsonbValue *value)
{
	TimestampTz result = 0;
	TimeProblem problem;

	if (field->kind == FIELD_EPOCH)
		problem = epoch_time(number_value(r, field, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
							 &result);
	else if (value->type != jbvString)
		wrong_kind(r, field, value, "a time");
	else
		problem = iso_time(value->val.string.val, value->val.string.len, &result);
	if (problem == TIME_FORM)
		wrong_value(r, ERRCODE_INVALID_DATETIME_FORMAT, field,
					"is not a time of ISO 8601 with a zone");
	if (problem == TIME_RANGE)
		wrong_value(r, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, field, "is out of range");
	return TimestampTzGetDatum(result);
}

static void
set_column(Reader *r, int column, Datum value)
{
	r->values[column] = value;
	r->nulls[column] = false;
}

static void
add_count(Reader *r, const Field *field, int64 more)
{
	int64		sum;

	if (r->nulls[field->column])
		return;
	if (pg_add_s64_overflow(DatumGetInt64(r->values[field->column]), more, &sum))
		wrong_value(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, field, "makes a sum that is out of range");
	r->values[field->column] = Int64GetDatum(sum);
}

/* Instagram insights: a list of metrics, each with a name and a value */

/* Which metric this is, or -1. */
static int
insight_number(const JsonbValue *name)
{
	for (int i = 0; insight_names[i].name != NULL; i++)
	{
		if (string_is(name, insight_names[i].name))
			return i;
	}
	return -1;
}

/* The value of a metric: values[0].value or total_value.value. */
static bool
insight_value(JsonbContainer *metric, JsonbValue *value)
{
	JsonbValue	holder;
	JsonbValue	list;

	if (!(find_value(metric, "values", &list) && first_element(&list, &holder)) &&
		!find_value(metric, "total_value", &holder))
		return false;
	return is_object(&holder) && find_value(holder.val.binary.data, "value", value) &&
		value->type != jbvNull;
}

/*
 * The post's id is the first part of a metric's id, as in
 * 178/insights/reach/lifetime.  All metrics of a list are of one post.
 */
static void
insight_post_id(Reader *r, const Field *field, JsonbContainer *metric)
{
	JsonbValue	id;
	const char *slash;
	int			len;

	if (!find_value(metric, "id", &id) || id.type != jbvString)
		return;
	slash = memchr(id.val.string.val, '/', id.val.string.len);
	if (slash == NULL)
		return;
	len = slash - id.val.string.val;
	if (r->nulls[POST_ID])
		set_column(r, POST_ID, PointerGetDatum(cstring_to_text_with_len(id.val.string.val, len)));
	else
	{
		text	   *post = DatumGetTextPP(r->values[POST_ID]);

		if ((int) VARSIZE_ANY_EXHDR(post) != len ||
			memcmp(VARDATA_ANY(post), id.val.string.val, len) != 0)
			wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field,
						"has metrics of several posts");
	}
}

/*
 * Read one metric.  best[] has the number of the metric that each column is
 * from; of two of the same name the first counts.  The metrics of an account have a period of a day or more.
 */
static void
read_insight(Reader *r, const Field *field, JsonbContainer *metric, int *best)
{
	Field		named = {FIELD_COUNT, 0, NULL, NULL, NULL};
	JsonbValue	value;
	int			number;

	if (find_value(metric, "period", &value) && !string_is(&value, "lifetime"))
		wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field,
					"has metrics of another period than \"lifetime\", which are not of a post");
	insight_post_id(r, field, metric);
	if (!find_value(metric, "name", &value))
		wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field, "has a metric without \"name\"");
	number = insight_number(&value);
	if (number < 0 || number >= best[insight_names[number].column] ||
		!insight_value(metric, &value))
		return;
	best[insight_names[number].column] = number;
	named.column = insight_names[number].column;
	named.parent = field->parent != NULL ? "insights.data" : NULL;
	named.key = insight_names[number].name;
	set_column(r, named.column, Int64GetDatum(count_value(r, &named, &value)));
}

static void
read_insights(Reader *r, const Field *field, JsonbContainer *list)
{
	JsonbIterator *it = JsonbIteratorInit(list);
	JsonbValue	value;
	JsonbIteratorToken token;
	int			best[POST_COLUMNS];

	for (int i = 0; i < POST_COLUMNS; i++)
		best[i] = r->nulls[i] ? INT_MAX : -1;
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token != WJB_ELEM)
			continue;
		CHECK_FOR_INTERRUPTS();
		if (!is_object(&value))
			wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field, "has an element that is not an object");
		read_insight(r, field, value.val.binary.data, best);
	}
}

/* elements */

static void
read_value(Reader *r, const Field *field, JsonbValue *value)
{
	switch (field->kind)
	{
		case FIELD_ID:
		case FIELD_TEXT:
			set_column(r, field->column, text_value(r, field, value));
			break;
		case FIELD_COUNT:
		case FIELD_COUNT_TEXT:
			if (r->nulls[field->column])
				set_column(r, field->column, Int64GetDatum(count_value(r, field, value)));
			break;
		case FIELD_MORE:
			add_count(r, field, count_value(r, field, value));
			break;
		case FIELD_ISO_TIME:
		case FIELD_EPOCH:
			set_column(r, field->column, time_value(r, field, value));
			break;
		case FIELD_HIDES:
			if (value->type != jbvBool)
				wrong_kind(r, field, value, "a boolean");
			if (value->val.boolean)
				r->nulls[field->column] = true;
			break;
		case FIELD_INSIGHTS:
			if (!is_array(value))
				wrong_kind(r, field, value, "an array");
			read_insights(r, field, value->val.binary.data);
			break;
		case FIELD_IS:
			if (!string_is(value, field->expected))
				wrong_value(r, ERRCODE_INVALID_PARAMETER_VALUE, field,
							psprintf("is not \"%s\"", field->expected));
			break;
		case FIELD_NOT:
			missing_path(r, path_of(r, NULL, field->expected));
	}
}

/* Read an element into the row. */
static void
read_element(Reader *r, JsonbContainer *element)
{
	JsonbValue	value;

	memset(r->nulls, true, sizeof(r->nulls));
	r->element = element;
	r->parent = NULL;
	if (r->shape->mark != NULL)
	{
		read_insights(r, r->shape->fields, element);
		return;
	}
	for (const Field *field = r->shape->fields; field->key != NULL; field++)
	{
		if (find_field(r, field, &value))
			read_value(r, field, &value);
		else if (field->kind == FIELD_MORE)
			r->nulls[field->column] = true;
	}
	if (r->shape->needed != NULL &&
		(!find_value(element, r->shape->needed, &value) || value.type == jbvNull))
	{
		if (r->shape->path[0] == NULL && r->number < 0)
			missing_shape(r);
		missing_path(r, path_of(r, NULL, r->shape->needed));
	}
}

/* finding the shape */

/* An object of ids and elements: it has no id itself, and objects only. */
static bool
is_by_id(JsonbContainer *root, const char *needed)
{
	JsonbIterator *it;
	JsonbValue	value;
	JsonbIteratorToken token;

	if (JsonContainerSize(root) == 0 || find_value(root, needed, &value))
		return false;
	it = JsonbIteratorInit(root);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_VALUE && !is_object(&value))
			return false;
	}
	return true;
}

/* Follow the path of a shape; how many of its keys are there. */
static int
follow_path(const Shape *shape, JsonbContainer *root, JsonbValue *place)
{
	place->type = jbvBinary;
	place->val.binary.data = root;
	place->val.binary.len = 0;
	for (int i = 0; i < SHAPE_DEPTH && shape->path[i] != NULL; i++)
	{
		JsonbValue	next;

		if (!is_object(place) || !find_value(place->val.binary.data, shape->path[i], &next) ||
			next.type == jbvNull)
			return i;
		*place = next;
	}
	return SHAPE_DEPTH;
}

/* Does the first element of an array have a key? */
static bool
is_marked(const JsonbValue *place, const char *mark)
{
	JsonbValue	first;
	JsonbValue	value;

	return first_element(place, &first) && is_object(&first) &&
		find_value(first.val.binary.data, mark, &value);
}

/* A search that found nothing has no list of elements, and says so. */
static bool
found_nothing(const Platform *platform, JsonbContainer *root)
{
	JsonbValue	value;
	bool		result = false;

	if (platform->found_key != NULL &&
		find_value(root, platform->found_parent, &value) && is_object(&value) &&
		find_value(value.val.binary.data, platform->found_key, &value) &&
		value.type == jbvNumeric)
	{
		char	   *decimal = DatumGetCString(DirectFunctionCall1(numeric_out,
																  NumericGetDatum(value.val.numeric)));

		result = strcmp(decimal, "0") == 0;
		pfree(decimal);
	}
	return result;
}

/*
 * Find the shape of a payload and the place of its elements.  False if there
 * are none.
 */
static bool
find_shape(Reader *r, JsonbContainer *root)
{
	for (const Shape *shape = r->shapes; shape->anchor >= 0; shape++)
	{
		int			found = follow_path(shape, root, &r->place);

		if (found < shape->anchor ||
			(shape->mark != NULL && !is_marked(&r->place, shape->mark)))
			continue;
		r->shape = shape;
		if (found < SHAPE_DEPTH)
		{
			StringInfoData path;

			initStringInfo(&path);
			append_shape_path(&path, shape, found + 1);
			missing_path(r, path.data);
		}
		break;
	}
	if (r->shape->path[0] == NULL && JsonContainerIsObject(root) &&
		found_nothing(r->platform, root))
		return false;
	if (r->place.type != jbvBinary)
	{
		const Field here = {FIELD_NOT, 0, NULL, NULL, NULL};

		wrong_kind(r, &here, &r->place, "an object or array");
	}
	r->many = r->shape->mark == NULL &&
		(is_array(&r->place) ||
		 (r->shape->by_id && is_by_id(r->place.val.binary.data, r->shape->needed)));
	return true;
}

/* Start to read a payload; false if it has no elements. */
static bool
reader_start(Reader *r, text *name, Jsonb *payload, bool profiles)
{
	const char *str = VARDATA_ANY(name);
	size_t		len = VARSIZE_ANY_EXHDR(name);

	memset(r, 0, sizeof(*r));
	r->number = -1;
	for (r->platform = platforms; r->platform->name != NULL; r->platform++)
	{
		if (strlen(r->platform->name) == len && memcmp(r->platform->name, str, len) == 0)
			break;
	}
	if (r->platform->name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown platform: \"%s\"", text_to_cstring(name)),
				 errhint("Known are instagram, youtube, tiktok and x.")));
	r->shapes = profiles ? r->platform->profiles : r->platform->posts;
	if (JB_ROOT_IS_SCALAR(payload))
		missing_shape(r);
	return find_shape(r, &payload->root);
}

/*
 * Call a function for each element that is read.  Memory that was taken for a
 * text is given back.
 */
static void
read_many(Reader *r, void (*put) (Reader *r, void *to), void *to)
{
	JsonbIterator *it = JsonbIteratorInit(r->place.val.binary.data);
	JsonbValue	value;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			r->name = value.val.string.val;
			r->name_len = value.val.string.len;
		}
		if (token != WJB_ELEM && token != WJB_VALUE)
			continue;
		CHECK_FOR_INTERRUPTS();
		r->number++;
		if (!is_object(&value))
		{
			const Field here = {FIELD_NOT, 0, NULL, NULL, NULL};

			wrong_kind(r, &here, &value, "an object");
		}
		read_element(r, value.val.binary.data);
		put(r, to);
	}
}

/* Put a post into a tuplestore. */
static void
put_post(Reader *r, void *to)
{
	ReturnSetInfo *rsinfo = to;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, r->values, r->nulls);
	if (!r->nulls[POST_ID])
		pfree(DatumGetPointer(r->values[POST_ID]));
}

PG_FUNCTION_INFO_V1(post_metrics);

/*
 * post_metrics(platform text, payload jsonb) -> SETOF record
 *		The posts in an answer of a platform: id, time, likes, comments, shares,
 *		saves, views and reach, as counts.
 *
 * Absent and null are NULL.  No rows for NULL.  Error 22023 for an unknown
 * platform and a payload of another shape, which names the path missed or
 * wrong, and for a count that is negative or not whole; 22003 for one past
 * bigint, 22007 and 22008 for a time.
 */
Datum
post_metrics(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Reader		reader;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!reader_start(&reader, PG_GETARG_TEXT_PP(0), PG_GETARG_JSONB_P(1), false))
		return (Datum) 0;
	if (reader.many)
		read_many(&reader, put_post, rsinfo);
	else
	{
		read_element(&reader, reader.place.val.binary.data);
		put_post(&reader, rsinfo);
	}
	return (Datum) 0;
}

/* The descriptor of a profile's row, kept from call to call. */
static TupleDesc
profile_descriptor(FunctionCallInfo fcinfo)
{
	TupleDesc	desc = fcinfo->flinfo->fn_extra;

	if (desc == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("function returning record called in context that cannot accept type record")));
		desc = BlessTupleDesc(desc);
		fcinfo->flinfo->fn_extra = desc;
		MemoryContextSwitchTo(old);
	}
	return desc;
}

/* Of many profiles, there may be one. */
static void
put_profile(Reader *r, void *to)
{
	(void) to;
	if (r->number > 0)
		ereport(ERROR,
				(invalid_payload(r, ERRCODE_INVALID_PARAMETER_VALUE),
				 errdetail("It holds more than one profile."),
				 errhint("Pass the elements of \"%s\" one by one.",
						 r->shape->path[0] ? r->shape->path[0] : "the array")));
}

PG_FUNCTION_INFO_V1(profile_metrics);

/*
 * profile_metrics(platform text, payload jsonb) -> record
 *		The profile in an answer of a platform: id, name, followers, following,
 *		posts and views, as counts, and when it was created.
 *
 * Absent and null are NULL; NULL for NULL, a row of NULLs for an answer that
 * found none.  Errors as post_metrics(), and 22023 for several profiles.
 */
Datum
profile_metrics(PG_FUNCTION_ARGS)
{
	TupleDesc	desc = profile_descriptor(fcinfo);
	Reader		reader;

	if (!reader_start(&reader, PG_GETARG_TEXT_PP(0), PG_GETARG_JSONB_P(1), true))
		memset(reader.nulls, true, sizeof(reader.nulls));
	else if (reader.many)
	{
		memset(reader.nulls, true, sizeof(reader.nulls));
		read_many(&reader, put_profile, NULL);
	}
	else
		read_element(&reader, reader.place.val.binary.data);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, reader.values, reader.nulls)));
}
