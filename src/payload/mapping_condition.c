/*-------------------------------------------------------------------------
 *
 * mapping_condition.c
 *		The conditions of a mapping.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "payload/mapping_compiler.h"

static void
read_test_values(Test *test, const JsonPlace *place, const JsonbValue *value)
{
	OneOrMany	m;

	one_or_many_start(&m, place, value);
	test->values = palloc(m.count * sizeof(JsonbValue));
	while (one_or_many_next(&m))
		test->values[test->nvalues++] = mapping_scalar(&m.place, &m.value);
}

/*
 * mapping_test
 *		A path, whose value is to be there and not false, or {"path": ..,
 *		"is": ..}.  The path is of the element, or for doc of the document.
 */
Test
mapping_test(MappingCompiler *c, const JsonPlace *place,
			 const JsonbValue *value, MappingPath **doc)
{
	Test		test = {-1, 0, NULL};
	JsonWalk	walk;

	if (!json_is_object(value))
	{
		if (doc != NULL)
			*doc = mapping_path(c, place, value);
		else
			test.slot = mapping_slot(c, place, value);
		return test;
	}
	json_walk_start(&walk, value->val.binary.data);
	while (json_walk_next(&walk))
	{
		JsonPlace	below = json_place_key(place, walk.key.val.string.val,
										   walk.key.val.string.len);

		if (mapping_key_is(&walk, "is"))
			read_test_values(&test, &below, &walk.value);
		else if (!mapping_key_is(&walk, "path"))
			mapping_invalid(&below,
							"is not known: a condition has \"path\" and \"is\"");
		else if (doc != NULL)
			*doc = mapping_path(c, &below, &walk.value);
		else
			test.slot = mapping_slot(c, &below, &walk.value);
	}
	if (doc != NULL ? *doc == NULL : test.slot < 0)
		mapping_invalid(place, "has no \"path\"");
	return test;
}

/* The slot of a test; all, if it holds of nothing. */
static uint64
slots_of_test(const Test *test)
{
	for (int i = 0; i < test->nvalues; i++)
	{
		if (test->values[i].type == jbvNull)
			return PG_UINT64_MAX;
	}
	return UINT64CONST(1) << test->slot;
}

/* mapping_condition: a test, or an array of which any is to hold */
Condition
mapping_condition(MappingCompiler *c, const JsonPlace *place,
				  const JsonbValue *value)
{
	Condition	condition = {0, NULL, 0};
	OneOrMany	m;

	one_or_many_start(&m, place, value);
	condition.tests = palloc(m.count * sizeof(Test));
	while (one_or_many_next(&m))
	{
		Test	   *test = &condition.tests[condition.ntests++];

		*test = mapping_test(c, &m.place, &m.value, NULL);
		condition.slots |= slots_of_test(test);
	}
	return condition;
}
