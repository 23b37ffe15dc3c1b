/*-------------------------------------------------------------------------
 *
 * caption_text.c
 *		A text of the database as UTF-8, and back.
 *
 * In a database of UTF-8 that is the text itself; so is text of ASCII alone,
 * whatever the encoding.  A database without an encoding (SQL_ASCII) is taken
 * for UTF-8.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "caption/caption_text.h"

/* Bytes converted at a time. */
#define CHUNK_SIZE		8192

/* Room at first; less for a short text, of which there can be a million. */
#define FIRST_ROOM		1024

#define SUBSTITUTE		'\x1A'

static bool
all_ascii(const char *str, size_t len)
{
	for (size_t i = 0; i < len; i++)
	{
		if (IS_HIGHBIT_SET(str[i]))
			return false;
	}
	return true;
}

/*
 * Append what is converted of a chunk; the number of bytes that it took, 0 if
 * the first character has no counterpart.
 */
static int
convert_chunk(StringInfo buf, Oid proc, int from, int to, const char *str,
			  size_t len)
{
	unsigned char converted[CHUNK_SIZE * MAX_CONVERSION_GROWTH + 1];
	int			taken;

	taken = pg_do_encoding_conversion_buf(proc, from, to,
										  (unsigned char *) unconstify(char *,
																	   str),
										  Min(len, CHUNK_SIZE), converted,
										  sizeof(converted), true);
	if (taken > 0)
		appendStringInfoString(buf, (char *) converted);
	return taken;
}

/*
 * Convert between the database's encoding and UTF-8.  A character without a
 * counterpart becomes the control character SUB, which is a sign; *complete
 * tells whether there was none.
 */
static CaptionText
convert(const char *str, size_t len, int from, int to, bool *complete)
{
	CaptionText result = {str, len};
	Oid			proc = FindDefaultConversionProc(from, to);
	StringInfoData buf;

	*complete = true;
	if (!OidIsValid(proc))
		return result;
	buf.maxlen = (int) Min(2 * len + 1, FIRST_ROOM);
	buf.data = palloc(buf.maxlen);
	resetStringInfo(&buf);
	while (len > 0)
	{
		int			taken = convert_chunk(&buf, proc, from, to, str, len);

		CHECK_FOR_INTERRUPTS();
		if (taken <= 0)
		{
			*complete = false;
			appendStringInfoChar(&buf, SUBSTITUTE);
			taken = Min(len, (size_t) pg_encoding_mblen(from, str));
		}
		str += taken;
		len -= taken;
	}
	result.str = buf.data;
	result.len = buf.len;
	return result;
}

static bool
needs_conversion(const char *str, size_t len)
{
	int			encoding = GetDatabaseEncoding();

	return encoding != PG_UTF8 && encoding != PG_SQL_ASCII &&
		!all_ascii(str, len);
}

/*
 * caption_text
 *		The text as UTF-8, valid as long as the text is.
 */
CaptionText
caption_text(const text *t)
{
	CaptionText result = {VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t)};
	bool		complete;

	if (needs_conversion(result.str, result.len))
		result = convert(result.str, result.len, GetDatabaseEncoding(),
						 PG_UTF8, &complete);
	return result;
}

/*
 * caption_to_text
 *		A piece of a caption, as the database writes it.
 */
text *
caption_to_text(const char *str, size_t len)
{
	bool		complete;

	if (needs_conversion(str, len))
	{
		CaptionText converted = convert(str, len, PG_UTF8,
										GetDatabaseEncoding(), &complete);
		text	   *result = cstring_to_text_with_len(converted.str,
													  converted.len);

		if (converted.str != str)
			pfree(unconstify(char *, converted.str));
		return result;
	}
	return cstring_to_text_with_len(str, len);
}

/*
 * caption_is_representable
 *		Can the database hold this text of ours?
 */
bool
caption_is_representable(const char *str)
{
	bool		complete = true;

	if (GetDatabaseEncoding() == PG_SQL_ASCII)
		return true;
	if (needs_conversion(str, strlen(str)))
		(void) convert(str, strlen(str), PG_UTF8, GetDatabaseEncoding(),
					   &complete);
	return complete;
}
