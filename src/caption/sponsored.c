/*-------------------------------------------------------------------------
 *
 * sponsored.c
 *		Is a post disclosed as paid?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "base/compat.h"
#include "caption/phrase.h"
#include "caption/sponsored.h"

/*
 * Bytes of an array of indicators, at most: some 200,000 of them.  The tree of
 * phrases takes up to 40 times as much.
 */
#define MAX_INDICATORS_SIZE	(4 * 1024 * 1024)

/* The indicators looked for, kept from call to call. */
typedef struct Indicators
{
	PhraseSet  *set;
	int			count;
	CaptionText *phrases;
	ArrayType  *array;			/* they were given as this; NULL if built in */
} Indicators;

static void
use_built_in(Indicators *indicators)
{
	indicators->count = sponsored_indicator_count;
	indicators->phrases = palloc(indicators->count * sizeof(CaptionText));
	for (int i = 0; i < indicators->count; i++)
		indicators->phrases[i] =
			caption_literal(sponsored_indicator_list[i].indicator);
}

static void
use_array(Indicators *indicators, ArrayType *array)
{
	Datum	   *elements;
	bool	   *nulls;

	if (VARSIZE(array) > MAX_INDICATORS_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many indicators"),
				 errdetail("The array has %zu bytes; at most %d are allowed.",
						   (size_t) VARSIZE(array), MAX_INDICATORS_SIZE)));
	indicators->array = DatumGetArrayTypePCopy(PointerGetDatum(array));
	deconstruct_array(indicators->array, TEXTOID, -1, false, TYPALIGN_INT,
					  &elements, &nulls, &indicators->count);
	indicators->phrases = MemoryContextAllocHuge(CurrentMemoryContext,
												 Max(indicators->count, 1) *
												 sizeof(CaptionText));
	for (int i = 0; i < indicators->count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("indicators must not contain NULL")));
		indicators->phrases[i] = caption_text(DatumGetTextPP(elements[i]));
	}
}

static void
refuse(CaptionText phrase)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid indicator: \"%s\"",
					text_to_cstring(caption_to_text(phrase.str, phrase.len))),
			 errdetail("An indicator is a tag, or one to %d words, with a colon after them where they have to stand alone.",
					   MAX_PHRASE_WORDS),
			 errhint("Write it as '#ad', 'paid partnership' or 'ad:'.")));
}

/* Made in the current memory context; array is NULL for those built in. */
static Indicators *
make_indicators(ArrayType *array)
{
	Indicators *indicators = palloc0(sizeof(Indicators));

	if (array == NULL)
		use_built_in(indicators);
	else
		use_array(indicators, array);
	indicators->set = phrase_set_make();
	for (int i = 0; i < indicators->count; i++)
	{
		if (!phrase_set_add(indicators->set, indicators->phrases[i], i))
			refuse(indicators->phrases[i]);
	}
	phrase_set_negations(indicators->set);
	return indicators;
}

static bool
is_same_array(ArrayType *a, ArrayType *b)
{
	return a == NULL || b == NULL ? a == b :
		VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

/*
 * The indicators of a call: those of the call before, unless other ones are
 * given.  They live in a memory context of their own.
 */
static const Indicators *
get_indicators(FunctionCallInfo fcinfo)
{
	ArrayType  *array = PG_NARGS() > 1 ? PG_GETARG_ARRAYTYPE_P(1) : NULL;
	Indicators *indicators = fcinfo->flinfo->fn_extra;
	MemoryContext context;
	MemoryContext old;

	if (indicators != NULL && is_same_array(indicators->array, array))
		return indicators;
	if (indicators != NULL)
	{
		fcinfo->flinfo->fn_extra = NULL;
		MemoryContextDelete(GetMemoryChunkContext(indicators));
	}
	context = AllocSetContextCreate(CurrentMemoryContext, "indicators",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	indicators = make_indicators(array);
	MemoryContextSwitchTo(old);
	MemoryContextSetParent(context, fcinfo->flinfo->fn_mcxt);
	fcinfo->flinfo->fn_extra = indicators;
	return indicators;
}

PG_FUNCTION_INFO_V1(is_sponsored);

/*
 * is_sponsored(caption text [, indicators text[]]) -> boolean
 *		Whether a caption says that the post is paid for: holds one of the
 *		indicators, or of those built in, as whole words or as a tag.
 *
 * NULL for NULL.  What follows a word like "not" doesn't count.  Errors: 22004
 * for a NULL among the indicators, 22023 for what is none, 54000 for more than
 * 4 MB of them.
 */
Datum
is_sponsored(PG_FUNCTION_ARGS)
{
	const Indicators *indicators = get_indicators(fcinfo);
	PhraseSearch search;

	phrase_search_start(&search, indicators->set,
						caption_text(PG_GETARG_TEXT_PP(0)));
	for (;;)
	{
		CaptionToken token = phrase_search_next(&search);

		if (search.nfound > 0)
			PG_RETURN_BOOL(true);
		if (token == CAPTION_END)
			PG_RETURN_BOOL(false);
	}
}

/* Add an indicator to the array, unless it is there. */
static void
add_reason(ArrayBuildState *reasons, bool *seen, const Indicators *indicators,
		   int i)
{
	CaptionText phrase = indicators->phrases[i];

	if (seen[i])
		return;
	seen[i] = true;
	accumArrayResult(reasons,
					 PointerGetDatum(caption_to_text(phrase.str, phrase.len)),
					 false, TEXTOID, CurrentMemoryContext);
}

PG_FUNCTION_INFO_V1(sponsored_reasons);

/*
 * sponsored_reasons(caption text [, indicators text[]]) -> text[]
 *		The indicators that a caption holds, as they are in the list, each
 *		once, in the order in which they come.
 *
 * Empty if there are none, NULL for NULL.  As is_sponsored().
 */
Datum
sponsored_reasons(PG_FUNCTION_ARGS)
{
	const Indicators *indicators = get_indicators(fcinfo);
	ArrayBuildState *reasons = initArrayResult(TEXTOID, CurrentMemoryContext,
											   false);
	bool	   *seen = palloc0(Max(indicators->count, 1));
	PhraseSearch search;
	CaptionToken token;

	phrase_search_start(&search, indicators->set,
						caption_text(PG_GETARG_TEXT_PP(0)));
	do
	{
		token = phrase_search_next(&search);
		for (int i = 0; i < search.nfound; i++)
			add_reason(reasons, seen, indicators, search.found[i]);
	} while (token != CAPTION_END);
	return makeArrayResult(reasons, CurrentMemoryContext);
}

PG_FUNCTION_INFO_V1(sponsored_indicators);

/*
 * sponsored_indicators() -> table (indicator text, language text, authority
 *		text)
 *
 *		The indicators built in, with whose rule or advice they are.
 *
 * Those that the database's encoding can't write are left out.
 */
Datum
sponsored_indicators(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < sponsored_indicator_count; i++)
	{
		const SponsoredIndicator *row = &sponsored_indicator_list[i];
		const char *columns[] = {row->indicator, row->language,
		row->authority};
		Datum		values[lengthof(columns)];
		bool		nulls[lengthof(columns)] = {0};

		if (!caption_is_representable(row->indicator))
			continue;
		for (size_t j = 0; j < lengthof(columns); j++)
			values[j] = PointerGetDatum(caption_to_text(columns[j],
														strlen(columns[j])));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}
