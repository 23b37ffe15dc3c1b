/*-------------------------------------------------------------------------
 *
 * growing_array.h
 *		Types that are arrays of elements in order, to which an aggregate
 *		appends in place.
 *
 * While an aggregate runs, its state has room for more, and the elements are
 * in the order in which they came.  Combine functions take it as it is;
 * whoever else sees it, as the send function in a distributed query, makes the
 * stored form: no room, and sorted.  So neither the bytes nor sums over them
 * depend on the order of rows.  What such types have in common, text and
 * binary form and the growing, is here; a type brings its elements, in a
 * GrowingType.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_GROWING_ARRAY_H
#define INFLUENCER_GROWING_ARRAY_H

#include "lib/stringinfo.h"

#include "base/aggregate.h"
#include "base/compat.h"
#include "base/interrupt.h"
#include "base/token.h"

#define GROWING_ARRAY_VERSION		1

typedef struct GrowingArray
{
	int32		vl_len_;		/* varlena header */
	uint8		version;
	bool		growing;
	bool		unsorted;
	uint8		reserved;		/* zero */
	uint32		count;
	uint32		capacity;		/* of a growing one, else 0 */
	int64		note;			/* beside the elements; not negative */
	char		elements[FLEXIBLE_ARRAY_MEMBER];
} GrowingArray;

typedef struct GrowingType
{
	const char *name;
	Size		size;			/* of an element, in memory and in binary */

	int			(*compare) (const void *a, const void *b);
	void		(*sort) (void *elements, size_t count);

	/* What is wrong with an element that was read, or NULL. */
	const char *(*problem) (const void *element);
	bool		(*read) (Token text, void *element);
	void		(*print) (StringInfo buf, const void *element);
	void		(*receive) (StringInfo buf, void *element);
	void		(*send) (StringInfo buf, const void *element);

	/* the least note that a text may have; without one, it is 0 */
	int64		least_note;

	/* error messages */
	const char *too_many;
	const char *too_many_detail;
	const char *too_many_hint;
	const char *wrong_form;		/* of a text */
	const char *wrong_element;
	const char *wrong_order;
	const char *wrong_note;
	const char *negative_note;
} GrowingType;

extern GrowingArray *growing_grow(const GrowingType *type,
								  const GrowingArray *a, uint64 more);
extern GrowingArray *growing_first(const GrowingType *type, uint64 room);
extern GrowingArray *growing_sorted(const GrowingType *type, Datum datum);

extern Datum growing_in(FunctionCallInfo fcinfo, const GrowingType *type);
extern Datum growing_out(FunctionCallInfo fcinfo, const GrowingType *type);
extern Datum growing_recv(FunctionCallInfo fcinfo, const GrowingType *type);
extern Datum growing_send(FunctionCallInfo fcinfo, const GrowingType *type);

/*
 * The first argument as the state to change, with room for so many more.  Only
 * an aggregate's own may be changed, so calls from elsewhere are refused.  A
 * NULL state, of an aggregate that somebody made without INITCOND, is empty.
 */
static inline GrowingArray *
growing_state(FunctionCallInfo fcinfo, const GrowingType *type, uint64 more)
{
	GrowingArray *a;

	aggregate_context(fcinfo);
	if (unlikely(PG_ARGISNULL(0)))
		return growing_first(type, more);
	a = (GrowingArray *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	if (likely(a->growing && a->capacity - a->count >= more))
		return a;
	return growing_grow(type, a, more);
}

/* Append an element; there is room. */
static inline void
growing_append(const GrowingType *type, GrowingArray *a, const void *element)
{
	char	   *end = a->elements + a->count * type->size;

	if (!a->unsorted && a->count > 0 &&
		type->compare(end - type->size, element) > 0)
		a->unsorted = true;
	memcpy(end, element, type->size);
	a->count++;
}

/* Append the elements of another; there is room. */
static inline void
growing_append_all(const GrowingType *type, GrowingArray *a,
				   const GrowingArray *other)
{
	for (uint32 i = 0; i < other->count; i++)
	{
		check_interrupts(i);
		growing_append(type, a, other->elements + i * type->size);
	}
}

/*
 * The functions of a type that only pass their arguments on: text and binary
 * input and output.
 */
#define GROWING_FUNCTIONS(name, type) \
GROWING_FUNCTION(name##_in, growing_in(fcinfo, &(type))) \
GROWING_FUNCTION(name##_out, growing_out(fcinfo, &(type))) \
GROWING_FUNCTION(name##_recv, growing_recv(fcinfo, &(type))) \
GROWING_FUNCTION(name##_send, growing_send(fcinfo, &(type))) \
extern int	no_such_variable

#define GROWING_FUNCTION(name, result) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return result; \
}

#endif							/* INFLUENCER_GROWING_ARRAY_H */
