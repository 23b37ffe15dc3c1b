/*-------------------------------------------------------------------------
 *
 * growing_array.c
 *		Types that are arrays of elements in order, to which an aggregate
 *		appends in place.
 *
 * The text form is {element,element,...}, in order; the note stands before it,
 * unless it is 0, as in 3{...}.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "base/growing_array.h"
#include "base/invalid.h"

/*
 * The sizes of growing states: up to 4096 bytes each has four times the room
 * of the one before, since most of the cost of a state is its moves; then
 * twice.
 */
#define FIRST_SIZE			256
#define QUADRUPLED_SIZE		4096

#define HEADER_SIZE			offsetof(GrowingArray, elements)

StaticAssertDecl(HEADER_SIZE == 24, "the stored form");

/* The bytes of a value.  Error 54000 past what one can hold. */
static Size
growing_size(const GrowingType *type, uint64 count)
{
	if (count >= (MaxAllocSize - HEADER_SIZE) / type->size)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s", type->too_many),
				 errdetail("%s", type->too_many_detail),
				 errhint("%s", type->too_many_hint)));
	return HEADER_SIZE + count * type->size;
}

/* A value of so many bytes, without elements. */
static GrowingArray *
make_array(Size size)
{
	GrowingArray *a = palloc(size);

	memset(a, 0, HEADER_SIZE);
	SET_VARSIZE(a, size);
	a->version = GROWING_ARRAY_VERSION;
	return a;
}

/* Put the elements of a value into another one, which has room for them. */
static void
copy_elements(const GrowingType *type, GrowingArray *to,
			  const GrowingArray *from)
{
	to->count = from->count;
	to->note = from->note;
	memcpy(to->elements, from->elements, from->count * type->size);
}

/* The stored form of a value, which stays as it is. */
static GrowingArray *
stored_form(const GrowingType *type, const GrowingArray *a)
{
	GrowingArray *stored = make_array(growing_size(type, a->count));

	copy_elements(type, stored, a);
	if (a->unsorted)
		type->sort(stored->elements, stored->count);
	return stored;
}

/*
 * growing_grow
 *		A growing copy with room for so many more.
 */
GrowingArray *
growing_grow(const GrowingType *type, const GrowingArray *a, uint64 more)
{
	Size		needed = growing_size(type, (uint64) a->count + more);
	Size		size = FIRST_SIZE;
	GrowingArray *larger;

	while (size < needed)
		size *= size < QUADRUPLED_SIZE ? 4 : 2;
	size = Min(size, MaxAllocSize);
	larger = make_array(size);
	larger->growing = true;
	larger->unsorted = a->unsorted;
	larger->capacity = (uint32) ((size - HEADER_SIZE) / type->size);
	copy_elements(type, larger, a);
	return larger;
}

/*
 * growing_first
 *		A growing value without elements, with room for so many.
 */
GrowingArray *
growing_first(const GrowingType *type, uint64 room)
{
	return growing_grow(type, make_array(HEADER_SIZE), room);
}

/*
 * growing_sorted
 *		The stored form of a value, which stays as it is.
 */
GrowingArray *
growing_sorted(const GrowingType *type, Datum datum)
{
	GrowingArray *a = (GrowingArray *) PG_DETOAST_DATUM(datum);

	return a->growing ? stored_form(type, a) : a;
}

/* What is wrong with the last element, or NULL. */
static const char *
last_problem(const GrowingType *type, const GrowingArray *a)
{
	const char *last = a->elements + (a->count - 1) * type->size;
	const char *problem = type->problem(last);

	if (problem != NULL)
		return problem;
	if (a->count > 1 && type->compare(last - type->size, last) > 0)
		return type->wrong_order;
	return NULL;
}

/*
 * Read what stands in the braces; NULL, or what is wrong.  Room is taken as
 * elements are read: commas alone take none.
 */
static const char *
read_between_braces(const GrowingType *type, Token rest, GrowingArray **a)
{
	bool		more = rest.len > 0;

	while (more)
	{
		const char *problem;

		CHECK_FOR_INTERRUPTS();
		if ((*a)->count == (*a)->capacity)
		{
			GrowingArray *smaller = *a;

			*a = growing_grow(type, smaller, 1);
			pfree(smaller);
		}
		if (!type->read(token_cut(&rest, ',', &more),
						(*a)->elements + (*a)->count * type->size))
			return type->wrong_element;
		(*a)->count++;
		problem = last_problem(type, *a);
		if (problem != NULL)
			return problem;
	}
	return NULL;
}

/* Read a whole text; NULL, or what is wrong. */
static const char *
read_whole(const GrowingType *type, Token rest, GrowingArray **a)
{
	bool		found;
	Token		note = token_cut(&rest, '{', &found);
	const char *problem;

	if (!found || rest.len == 0 || rest.str[rest.len - 1] != '}')
		return type->wrong_form;
	rest.len--;
	problem = read_between_braces(type, token_trim(rest), a);
	if (problem != NULL)
		return problem;
	if (note.len > 0 && (!token_int64(note, &(*a)->note) ||
						 (*a)->note < type->least_note))
		return type->wrong_note;
	return NULL;
}

/*
 * growing_in
 *		Text input, see the top of the file.
 *
 * Error 22P02, soft where the server has soft errors; 54000 past 1 GB.
 */
Datum
growing_in(FunctionCallInfo fcinfo, const GrowingType *type)
{
	char	   *input = PG_GETARG_CSTRING(0);
	GrowingArray *a = make_array(HEADER_SIZE);
	const char *problem =
		read_whole(type, token_trim(token_of(input, strlen(input))), &a);

	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						type->name, input),
				 errdetail("%s", problem)));
	PG_RETURN_POINTER(stored_form(type, a));
}

/* Text output, see the top of the file. */
Datum
growing_out(FunctionCallInfo fcinfo, const GrowingType *type)
{
	const GrowingArray *a = growing_sorted(type, PG_GETARG_DATUM(0));
	StringInfoData buf;

	initStringInfo(&buf);
	if (a->note != 0)
		appendStringInfo(&buf, INT64_FORMAT, a->note);
	appendStringInfoChar(&buf, '{');
	for (uint32 i = 0; i < a->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoChar(&buf, ',');
		type->print(&buf, a->elements + i * type->size);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

/*
 * growing_recv
 *		Binary input: the version, the note in eight bytes, the number of
 *		elements in four, and the elements.
 *
 * Error 22P03 for another version or length, or elements that can't be.
 */
Datum
growing_recv(FunctionCallInfo fcinfo, const GrowingType *type)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	GrowingArray *a;
	int64		note;
	uint32		count;

	if (pq_getmsgbyte(buf) != GROWING_ARRAY_VERSION)
		invalid_binary(type->name, "The version is unknown.");
	note = pq_getmsgint64(buf);
	count = pq_getmsgint(buf, 4);
	if (note < 0)
		invalid_binary(type->name, type->negative_note);
	if ((uint64) (buf->len - buf->cursor) != (uint64) count * type->size)
		invalid_binary(type->name, "The length is wrong.");
	a = make_array(growing_size(type, count));
	a->note = note;
	while (a->count < count)
	{
		const char *problem;

		CHECK_FOR_INTERRUPTS();
		type->receive(buf, a->elements + a->count * type->size);
		a->count++;
		problem = last_problem(type, a);
		if (problem != NULL)
			invalid_binary(type->name, problem);
	}
	PG_RETURN_POINTER(a);
}

/* Binary output, see growing_recv. */
Datum
growing_send(FunctionCallInfo fcinfo, const GrowingType *type)
{
	const GrowingArray *a = growing_sorted(type, PG_GETARG_DATUM(0));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, a->version);
	pq_sendint64(&buf, a->note);
	pq_sendint32(&buf, a->count);
	for (uint32 i = 0; i < a->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		type->send(&buf, a->elements + i * type->size);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
