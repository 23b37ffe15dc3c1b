/*-------------------------------------------------------------------------
 *
 * tags.c
 *		The hashtags and the mentions of a caption.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "caption/scan.h"

/* Most captions have none: is there the sign, or its fullwidth twin? */
static bool
has_sign(CaptionText caption, char sign, const char *twin)
{
	const char *p = caption.str;
	const char *end = p + caption.len;

	if (memchr(p, sign, caption.len) != NULL)
		return true;
	while ((p = memchr(p, twin[0], end - p)) != NULL)
	{
		if (end - p >= 3 && memcmp(p, twin, 3) == 0)
			return true;
		p++;
	}
	return false;
}

/* All tokens of a kind, in their order, as an array of text. */
static Datum
collect(CaptionText caption, CaptionToken token)
{
	ArrayBuildState *texts = initArrayResult(TEXTOID, CurrentMemoryContext,
											 false);
	CaptionScan scan;

	caption_scan_start(&scan, caption);
	while (caption_scan_next(&scan) != CAPTION_END)
	{
		if (scan.token == token)
			accumArrayResult(texts,
							 PointerGetDatum(caption_to_text(scan.text, scan.len)),
							 false, TEXTOID, CurrentMemoryContext);
	}
	return makeArrayResult(texts, CurrentMemoryContext);
}

PG_FUNCTION_INFO_V1(hashtags);

/*
 * hashtags(caption text) → text[]
 *		The hashtags, without their sign, as they are written and in their
 *		order; one that stands twice is there twice.
 *
 * Empty if there are none, NULL for NULL.  By twitter-text's rules, see
 * scan_tag.c; what stands in an address is no tag.
 */
Datum
hashtags(PG_FUNCTION_ARGS)
{
	CaptionText caption = caption_text(PG_GETARG_TEXT_PP(0));

	if (!has_sign(caption, '#', "\xEF\xBC\x83"))
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	return collect(caption, CAPTION_TAG);
}

PG_FUNCTION_INFO_V1(mentions);

/*
 * mentions(caption text) → text[]
 *		The names mentioned with @, without the sign, as they are written and in
 *		their order; one that stands twice is there twice.
 *
 * Empty if there are none, NULL for NULL.  By twitter-text's rules and with
 * Instagram's dots, see scan_tag.c; e-mail and web addresses hold no mention.
 */
Datum
mentions(PG_FUNCTION_ARGS)
{
	CaptionText caption = caption_text(PG_GETARG_TEXT_PP(0));

	if (!has_sign(caption, '@', "\xEF\xBC\xA0"))
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	return collect(caption, CAPTION_MENTION);
}
