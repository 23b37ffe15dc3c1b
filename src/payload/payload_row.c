/*-------------------------------------------------------------------------
 *
 * payload_row.c
 *		The columns of a row, from the values that were kept of an element.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "payload/payload_reader.h"

/*
 * Read the counts of a source: one, or the sum of all.  Sets *found, if it is
 * known, and r->seen, if it is there at all: a part of a sum without the
 * others is no figure.
 */
static bool
read_source_counts(PayloadReader *r, const Source *source, int64 *result,
				   bool *found)
{
	bool		all = true;

	*result = 0;
	for (int i = 0; i < source->nslots; i++)
	{
		int			slot = source->slots[i];
		bool		hidden = false;
		int64		count;

		if (!slot_filled(r, slot))
		{
			all = false;
			continue;
		}
		if (r->kept[slot].type == jbvNull)
		{
			r->seen++;
			all = false;
			continue;
		}
		if (!payload_count(r, r->shape->slots[slot].path, &r->kept[slot],
						   &hidden, &count))
			return false;
		if (!source->sum || hidden)
			r->seen++;
		if (!source->sum)
			*result = count;
		else if (pg_add_s64_overflow(*result, count, result))
			return payload_wrong(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								 r->shape->slots[slot].path,
								 "makes a sum that is out of range");
		all = all && !hidden;
		if (!source->sum && !hidden)
		{
			*found = true;
			return true;
		}
	}
	*found = source->sum && all;
	return true;
}

static bool
read_count_column(PayloadReader *r, const ColumnMapping *column)
{
	for (int i = 0; i < column->nsources; i++)
	{
		const Source *source = &column->sources[i];
		int64		count;
		bool		found = false;

		if (!read_source_counts(r, source, &count, &found))
			return false;
		if (payload_condition_holds(r, &source->null_if))
		{
			r->seen++;
			return true;
		}
		if (!found && payload_condition_holds(r, &source->zero_if))
		{
			count = 0;
			found = true;
		}
		if (found)
		{
			r->values[column->column] = Int64GetDatum(count);
			r->nulls[column->column] = false;
			r->seen++;
			return true;
		}
	}
	return true;
}

/* May a value be taken?  Not an object of which other paths go on. */
static inline bool
slot_is_usable(const PayloadReader *r, int slot)
{
	const Needle *needle = r->shape->slots[slot].needle;

	if (!slot_filled(r, slot) || r->kept[slot].type == jbvNull)
		return false;
	return r->kept[slot].type != jbvBinary ||
		needle->nkeys + needle->nitems == 0;
}

/* A constant, unless its condition says otherwise. */
static void
read_constant_column(PayloadReader *r, int column, const JsonbValue *constant)
{
	const char *str = constant->val.string.val;
	int			len = constant->val.string.len;

	r->nulls[column] = false;
	if (constant->type == jbvBool)
		r->values[column] = BoolGetDatum(constant->val.boolean);
	else
		r->values[column] =
			PointerGetDatum(cstring_to_text_with_len(str, len));
}

/* Of values that are to be the same, all have been seen to be. */
static bool
check_values_agree(PayloadReader *r, const Source *source)
{
	int			first = -1;

	for (int i = 0; i < source->nslots && r->differing == NULL; i++)
	{
		int			slot = source->slots[i];

		if (!slot_is_usable(r, slot))
			continue;
		if (first < 0)
			first = slot;
		else if (!payload_same_start(&r->kept[first], &r->kept[slot],
									 source->before))
			r->differing = r->shape->slots[slot].path;
	}
	if (r->differing != NULL)
		return payload_wrong(r, ERRCODE_INVALID_PARAMETER_VALUE, r->differing,
							 "is of another post than the others");
	return true;
}

static bool
read_other_column(PayloadReader *r, const ColumnMapping *column)
{
	ColumnKind	kind = r->mapping->rows->columns[column->column].kind;

	for (int i = 0; i < column->nsources; i++)
	{
		const Source *source = &column->sources[i];

		if (payload_condition_holds(r, &source->null_if))
			return true;
		if (source->constant != NULL)
		{
			read_constant_column(r, column->column, source->constant);
			return true;
		}
		if (source->same && !check_values_agree(r, source))
			return false;
		for (int j = 0; j < source->nslots; j++)
		{
			int			slot = source->slots[j];

			if (!slot_is_usable(r, slot))
				continue;
			r->nulls[column->column] = false;
			return payload_value(r, kind, source, r->shape->slots[slot].path,
								 &r->kept[slot], &r->values[column->column]);
		}
	}
	return true;
}

/* Is there a value where a column mostly has it? */
static inline bool
has_direct(const PayloadReader *r, const ColumnMapping *column)
{
	return column->direct >= 0 && slot_is_usable(r, column->direct);
}

/* Read that value.  A count that is hidden may be elsewhere. */
static bool
read_direct(PayloadReader *r, const ColumnMapping *column, bool *done)
{
	ColumnKind	kind = r->mapping->rows->columns[column->column].kind;
	const char *path = r->shape->slots[column->direct].path;
	const JsonbValue *value = &r->kept[column->direct];
	bool		hidden = false;
	int64		count;

	*done = true;
	r->nulls[column->column] = false;
	if (kind != COLUMN_COUNT)
		return payload_value(r, kind, &column->sources[0], path, value,
							 &r->values[column->column]);
	if (!payload_count(r, path, value, &hidden, &count))
		return false;
	r->values[column->column] = Int64GetDatum(count);
	r->nulls[column->column] = hidden;
	r->seen++;
	*done = !hidden;
	return true;
}

/*
 * payload_has_id
 *		Is the id there that makes an element one?
 */
bool
payload_has_id(const PayloadReader *r)
{
	const ColumnMapping *id = r->shape->id;

	if (id == NULL || has_direct(r, id))
		return true;
	for (int i = 0; i < id->nsources; i++)
	{
		if (id->sources[i].constant != NULL)
			return true;
		for (int j = 0; j < id->sources[i].nslots; j++)
		{
			if (slot_is_usable(r, id->sources[i].slots[j]))
				return true;
		}
	}
	return false;
}

/*
 * payload_read_columns
 *		Fill some columns; false and a problem if one is wrong.
 */
bool
payload_read_columns(PayloadReader *r, int from, int to)
{
	for (int i = from; i < to; i++)
	{
		const ColumnMapping *column = &r->shape->columns[i];
		bool		done = false;

		if ((column->slots & r->filled) == 0)
			continue;
		if (has_direct(r, column) && !read_direct(r, column, &done))
			return false;
		if (done)
			continue;
		if (r->mapping->rows->columns[column->column].kind == COLUMN_COUNT ?
			!read_count_column(r, column) : !read_other_column(r, column))
			return false;
	}
	return true;
}
