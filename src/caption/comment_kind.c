/*-------------------------------------------------------------------------
 *
 * comment_kind.c
 *		What kind of a comment it is.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/compat.h"
#include "caption/phrase.h"
#include "caption/promotion_list.h"

/* Letters in a row that are one word in a script without spaces, at most. */
#define MAX_UNSPACED_WORD	4

/* What was counted in a comment. */
typedef struct CommentParts
{
	int64		words;			/* two are as good as more */
	int64		mentions;
	int64		signs;			/* emoji and other signs */
	bool		promotes;		/* an address, or a phrase of the list */
} CommentParts;

/* The promoting phrases, made once a query. */
static const PhraseSet *
promotion_set(FunctionCallInfo fcinfo)
{
	PhraseSet  *set = fcinfo->flinfo->fn_extra;

	if (set == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		set = phrase_set_make();
		for (int i = 0; i < promotion_phrase_count; i++)
			phrase_set_add(set, caption_literal(promotion_phrases[i]), i);
		MemoryContextSwitchTo(old);
		fcinfo->flinfo->fn_extra = set;
	}
	return set;
}

/*
 * Chinese, Japanese, Thai, Lao, Burmese and Khmer put no spaces in a sentence.
 */
static bool
is_unspaced(uint32 c)
{
	return (c >= 0xE00 && c <= 0xEFF) || (c >= 0x1000 && c <= 0x109F) ||
		(c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x30FF) ||
		(c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
		(c >= 0x20000 && c <= 0x3FFFF);
}

/* The words in a token: one, or two if a script without spaces goes on. */
static int
words_in(const CaptionScan *scan)
{
	const char *p = scan->str;
	const char *end = p + scan->len;
	int			unspaced = 0;

	if (scan->ascii)
		return 1;
	while (p < end && unspaced <= MAX_UNSPACED_WORD)
	{
		uint32		c;

		p += utf8_decode(p, end, &c);
		if (is_unspaced(c))
			unspaced++;
	}
	return unspaced > MAX_UNSPACED_WORD ? 2 : 1;
}

/*
 * Is the word, which follows a sign without a blank, the rest of one (don't),
 * or the mouth of a face (:D, <3)?
 */
static bool
belongs_to_sign(const CaptionScan *scan, uint32 sign)
{
	if (sign == '\'' || sign == 0x2019)
		return true;
	return scan->len == 1 && sign != 0 && sign < 0x80 &&
		strchr(":;=<-^", sign) != NULL;
}

static void
count_token(CommentParts *parts, const PhraseSearch *search, uint32 sign)
{
	switch (search->scan.token)
	{
		case CAPTION_WORD:
			if (!belongs_to_sign(&search->scan, sign))
				parts->words += words_in(&search->scan);
			break;
		case CAPTION_TAG:
			parts->words++;
			break;
		case CAPTION_MENTION:
			parts->mentions++;
			break;
		case CAPTION_ADDRESS:
			parts->promotes = true;
			break;
		case CAPTION_EMOJI:
		case CAPTION_SIGN:
			parts->signs++;
			break;
		default:
			break;
	}
	parts->promotes = parts->promotes || search->nfound > 0;
}

static CommentParts
count_parts(const PhraseSet *set, CaptionText comment)
{
	CommentParts parts = {0};
	PhraseSearch search;
	uint32		sign = 0;

	phrase_search_start(&search, set, comment);
	while (!parts.promotes && phrase_search_next(&search) != CAPTION_END)
	{
		count_token(&parts, &search, sign);
		sign = search.scan.token == CAPTION_SIGN ? search.scan.c : 0;
	}
	return parts;
}

PG_FUNCTION_INFO_V1(comment_kind);

/*
 * comment_kind(comment text) -> text
 *		The first that holds: promotion (it has an address or promoting words),
 *		emoji (there are but signs), mention (but names, and signs), one_word,
 *		substantive.
 *
 * NULL for NULL and for a comment of blanks.  After HypeAuditor's "comments
 * authenticity", doc/captions.md; the words are in promotion_list.c.
 */
Datum
comment_kind(PG_FUNCTION_ARGS)
{
	CommentParts parts = count_parts(promotion_set(fcinfo),
									 caption_text(PG_GETARG_TEXT_PP(0)));
	const char *kind;

	if (parts.promotes)
		kind = "promotion";
	else if (parts.words > 1)
		kind = "substantive";
	else if (parts.words == 1)
		kind = "one_word";
	else if (parts.mentions > 0)
		kind = "mention";
	else if (parts.signs > 0)
		kind = "emoji";
	else
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(kind));
}
