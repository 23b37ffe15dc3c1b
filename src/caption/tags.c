/*-------------------------------------------------------------------------
 *
 * tags.c
 *		The hashtags and the mentions of a caption.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "caption/scan.h"

/* Where a sign, or its fullwidth twin, stands next. */
typedef struct SignFinder
{
	char		sign;
	const char *twin;			/* three bytes */
	const char *end;
	const char *next_sign;
	const char *next_twin;
} SignFinder;

/* Where a string of bytes stands from p on; the end if nowhere. */
static const char *
find_bytes(const char *p, const char *end, const char *bytes, size_t len)
{
	while (p < end && (p = memchr(p, bytes[0], end - p)) != NULL)
	{
		if ((size_t) (end - p) >= len && memcmp(p, bytes, len) == 0)
			return p;
		p++;
	}
	return end;
}

/* The next sign from p on; the end if there is none. */
static const char *
find_sign(SignFinder *finder, const char *p)
{
	if (finder->next_sign < p)
		finder->next_sign = find_bytes(p, finder->end, &finder->sign, 1);
	if (finder->next_twin < p)
		finder->next_twin = find_bytes(p, finder->end, finder->twin, 3);
	return Min(finder->next_sign, finder->next_twin);
}

static void
start_finder(SignFinder *finder, CaptionText caption, char sign,
			 const char *twin)
{
	finder->sign = sign;
	finder->twin = twin;
	finder->end = caption.str + caption.len;
	finder->next_sign = find_bytes(caption.str, finder->end, &sign, 1);
	finder->next_twin = find_bytes(caption.str, finder->end, twin, 3);
}

/*
 * Append a text to what becomes an array.  Error 54000 past the size of a
 * value.
 *
 * Texts are small and can be many, so that a piece of memory and a pointer for
 * each would take several times what the array does.
 */
static void
append_text(StringInfo array, const char *str, size_t len)
{
	text	   *t = caption_to_text(str, len);
	Size		size = INTALIGN(VARSIZE(t));

	if (size > MaxAllocSize - 1 - array->len)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("caption has too many tags or mentions"),
				 errdetail("An array of them is limited to 1 GB.")));
	enlargeStringInfo(array, (int) size);
	memset(array->data + array->len, 0, size);
	memcpy(array->data + array->len, t, VARSIZE(t));
	array->len += size;
	pfree(t);
}

/* An array of so many texts, of which all but the head is there. */
static Datum
finish_array(StringInfo buf, int count)
{
	ArrayType  *array = (ArrayType *) buf->data;

	if (count == 0)
		return PointerGetDatum(construct_empty_array(TEXTOID));
	SET_VARSIZE(array, buf->len);
	array->ndim = 1;
	array->dataoffset = 0;
	array->elemtype = TEXTOID;
	ARR_DIMS(array)[0] = count;
	ARR_LBOUND(array)[0] = 1;
	return PointerGetDatum(array);
}

/*
 * All tokens of a kind that start with a sign, in their order, as an array of
 * text.  What lies between the signs is not read.
 */
static Datum
collect(CaptionText caption, CaptionToken token, char sign, const char *twin)
{
	StringInfoData array;
	int			count = 0;
	CaptionScan scan;
	SignFinder	finder;
	const char *p;

	initStringInfo(&array);
	array.len = ARR_OVERHEAD_NONULLS(1);
	start_finder(&finder, caption, sign, twin);
	caption_scan_start(&scan, caption);
	while ((p = find_sign(&finder, scan.next)) < scan.end)
	{
		caption_scan_skip(&scan, p);
		do
		{
			if (caption_scan_next(&scan) != token)
				continue;
			append_text(&array, scan.str, scan.len);
			count++;
		} while (scan.next <= p);
	}
	return finish_array(&array, count);
}

PG_FUNCTION_INFO_V1(hashtags);

/*
 * hashtags(caption text) -> text[]
 *		The hashtags, without their sign, as they are written and in their
 *		order; one that stands twice is there twice.
 *
 * Empty if there are none, NULL for NULL.  By twitter-text's rules, see
 * scan_tag.c; what stands in an address is no tag.  Error 54000 past 1 GB of
 * them.
 */
Datum
hashtags(PG_FUNCTION_ARGS)
{
	return collect(caption_text(PG_GETARG_TEXT_PP(0)), CAPTION_TAG, '#',
				   "\xEF\xBC\x83");
}

PG_FUNCTION_INFO_V1(mentions);

/*
 * mentions(caption text) -> text[]
 *		The names mentioned with @, without the sign, as they are written and
 *		in their order; one that stands twice is there twice.
 *
 * Empty if there are none, NULL for NULL.  By twitter-text's rules and with
 * Instagram's dots, see scan_tag.c; e-mail and web addresses hold no mention.
 * Error 54000 past 1 GB of them.
 */
Datum
mentions(PG_FUNCTION_ARGS)
{
	return collect(caption_text(PG_GETARG_TEXT_PP(0)), CAPTION_MENTION, '@',
				   "\xEF\xBC\xA0");
}
