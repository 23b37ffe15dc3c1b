/*-------------------------------------------------------------------------
 *
 * payload_condition.c
 *		Do the rules of a mapping hold of an element?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/numeric.h"
#include "payload/payload_reader.h"

static bool
same_scalar(const JsonbValue *a, const JsonbValue *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type)
	{
		case jbvNull:
			return true;
		case jbvBool:
			return a->val.boolean == b->val.boolean;
		case jbvNumeric:
			return numeric_compare(a->val.numeric, b->val.numeric) == 0;
		default:
			return json_is_string(a, b->val.string.val, b->val.string.len);
	}
}

/*
 * payload_test_holds
 *		Does a test hold of a value?  Nothing at all is as null.
 */
bool
payload_test_holds(const Test *test, const JsonbValue *value)
{
	JsonbValue	nothing;

	nothing.type = jbvNull;
	if (value == NULL)
		value = &nothing;
	if (test->nvalues == 0)
		return value->type != jbvNull &&
			!(value->type == jbvBool && !value->val.boolean);
	for (int i = 0; i < test->nvalues; i++)
	{
		if (value->type != jbvBinary && same_scalar(value, &test->values[i]))
			return true;
	}
	return false;
}

/*
 * payload_any_test_holds
 *		Does any test of a condition hold of the element at hand?
 */
bool
payload_any_test_holds(const PayloadReader *r, const Condition *condition)
{
	for (int i = 0; i < condition->ntests; i++)
	{
		const Test *test = &condition->tests[i];

		if (payload_test_holds(test,
							   slot_filled(r, test->slot) ?
							   &r->kept[test->slot] : NULL))
			return true;
	}
	return false;
}
