/*-------------------------------------------------------------------------
 *
 * payload_collect.c
 *		The values of an element that columns and rules need.
 *
 * One walk through the element's objects, along the tree of the shape's paths,
 * keeps each at its slot.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/jsonb.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

/*
 * payload_same_start
 *		Up to the mark, are two values the same strings?
 */
bool
payload_same_start(const JsonbValue *a, const JsonbValue *b, const char *mark)
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
	return strncmp(x, y, len) == 0 &&
		(y[len] == '\0' || strncmp(y + len, mark, strlen(mark)) == 0);
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
	else if (info->same &&
			 !payload_same_start(&r->kept[slot], value, info->before))
		r->differing = info->path;
}

/*
 * Collect a child, of whose bytes the first and the one behind the last are
 * known; where nothing is below, it goes straight into its slot.
 */
static inline void
collect_child(PayloadReader *r, const Needle *needle,
			  const JsonbContainer *object, uint32 index,
			  uint32 offset, uint32 end)
{
	JsonbValue	value;
	JsonbValue *kept;

	if (needle->nkeys > 0 || needle->nitems > 0 ||
		slot_filled(r, needle->slot))
	{
		json_child(object, index, offset, &value);
		payload_collect(r, needle, &value);
		return;
	}
	r->filled |= UINT64CONST(1) << needle->slot;
	kept = &r->kept[needle->slot];
	if (JBE_ISSTRING(object->children[index]))
	{
		kept->type = jbvString;
		kept->val.string.val =
			(char *) &object->children[2 * JsonContainerSize(object)] + offset;
		kept->val.string.len = (int) (end - offset);
	}
	else
		json_child(object, index, offset, kept);
}

/*
 * Walk through an object and the needle's keys at once: both are in the order
 * of jsonb's keys.
 */
static void
collect_keys(PayloadReader *r, const Needle *needle,
			 const JsonbContainer *object)
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
				collect_child(r, branch->below, object, count + i,
							  value_offset, offset);
		}
	}
}

/*
 * payload_step_matches
 *		Is an element of an array, of that number, what a step asks for?
 */
bool
payload_step_matches(const PathStep *step, const JsonbValue *element,
					 uint32 number)
{
	JsonbValue	value;

	if (step->kind == STEP_NUMBER)
		return step->number == number;
	return json_get(element, step->key, step->key_len, &value) &&
		json_is_string(&value, step->equals, step->equals_len);
}

static void
collect_items(PayloadReader *r, const Needle *needle,
			  const JsonbContainer *array)
{
	JsonWalk	walk;

	json_walk_start(&walk, array);
	while (json_walk_next(&walk))
	{
		for (int i = 0; i < needle->nitems; i++)
		{
			if (payload_step_matches(&needle->items[i].step, &walk.value,
									 walk.next - 1))
				payload_collect(r, needle->items[i].below, &walk.value);
		}
	}
}

/*
 * payload_collect
 *		Keep what is here and below.  PHP writes an empty object as an array.
 */
void
payload_collect(PayloadReader *r, const Needle *needle,
				const JsonbValue *value)
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
			 !(json_is_array(value) &&
			   JsonContainerSize(value->val.binary.data) == 0))
	{
		r->broken = needle;
		r->breaker = *value;
	}
}
