/*-------------------------------------------------------------------------
 *
 * phrase.c
 *		Phrases looked for in captions: whole words, side by side, and tags.
 *
 * A phrase is written as it stands in a caption: "paid partnership" are these
 * words, in a tag too if it is but one; "#ad" is the tag alone; "ad:" is the
 * word where it stands by itself, between the start of a line or a sign and a
 * sign or the end of a line.  Case and accents don't count.
 *
 * The phrases are a tree of words, in a hash table by the node above and the
 * word.  So the time that a caption takes does not depend on their number.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "caption/phrase.h"

/* The nodes that trees start from: words, and tags. */
#define ROOT_WORDS		0
#define ROOT_TAGS		1
#define NROOTS			2

/* What else a node can end than the phrase of a number. */
#define NO_PHRASE		(-1)
#define NEGATION		(-2)
#define ARTICLE			(-3)

typedef struct PhraseNode
{
	uint32		above;
	uint32		hash;
	uint32		len;
	char	   *word;
	int			phrase;			/* that ends here */
	int			label;			/* that ends here, if no word follows */
} PhraseNode;

struct PhraseSet
{
	uint32		nnodes;
	uint32		capacity;
	PhraseNode *nodes;
	uint32		mask;			/* of the size of the hash table */
	uint32	   *table;			/* numbers of nodes, 0 for none */

	/* Lengths of words that begin phrases, as bits, by their first byte. */
	uint64		lengths[128];
};

/* Longer ones share the last bit. */
#define LENGTH_BIT(len)		(UINT64CONST(1) << Min(len, 63))

typedef struct FoldedWord
{
	size_t		len;			/* 0 if it is too long */
	char		str[MAX_FOLDED_WORD];
} FoldedWord;

/* Append a character in UTF-8; false if it is too long. */
static bool
append_char(FoldedWord *word, uint32 c)
{
	unsigned char *p = (unsigned char *) word->str + word->len;

	if (word->len + 4 > MAX_FOLDED_WORD)
		return false;
	if (c < 0x80)
		*p++ = c;
	else
	{
		int			more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

		*p++ = (0xF0 << (3 - more)) | c >> (6 * more);
		while (more-- > 0)
			*p++ = 0x80 | (c >> (6 * more) & 0x3F);
	}
	word->len = p - (unsigned char *) word->str;
	return true;
}

static void
fold_word(const char *str, size_t len, FoldedWord *word)
{
	const char *end = str + len;

	word->len = 0;
	while (str < end)
	{
		uint32		c;

		str += utf8_decode(str, end, &c);
		c = c < 0x80 ? pg_ascii_tolower(c) : fold_char(c);
		if (c != 0 && !append_char(word, c))
		{
			word->len = 0;
			return;
		}
	}
}

static uint32
word_hash(uint32 above, const FoldedWord *word)
{
	return hash_combine(hash_bytes((const unsigned char *) word->str,
								   word->len),
						murmurhash32(above + 1));
}

/* The node of a word below another; 0 if there is none. */
static uint32
find_node(const PhraseSet *set, uint32 above, const FoldedWord *word,
		  uint32 hash)
{
	uint32		probes = 0;

	for (uint32 slot = hash & set->mask;; slot = (slot + 1) & set->mask)
	{
		uint32		number = set->table[slot];
		const PhraseNode *node = set->nodes + number;

		check_probes(++probes);
		if (number == 0 ||
			(node->hash == hash && node->above == above &&
			 node->len == word->len &&
			 memcmp(node->word, word->str, word->len) == 0))
			return number;
	}
}

static void
enter_node(PhraseSet *set, uint32 number)
{
	uint32		slot = set->nodes[number].hash & set->mask;

	for (uint32 probes = 1; set->table[slot] != 0; probes++)
	{
		check_probes(probes);
		slot = (slot + 1) & set->mask;
	}
	set->table[slot] = number;
}

/* Twice the room for nodes; the table stays at most half full. */
static void
grow(PhraseSet *set)
{
	set->capacity *= 2;
	set->nodes = repalloc_huge(set->nodes,
							   set->capacity * sizeof(PhraseNode));
	pfree(set->table);
	set->mask = 2 * set->capacity - 1;
	set->table = MemoryContextAllocExtended(CurrentMemoryContext,
											(set->mask + 1) * sizeof(uint32),
											MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = NROOTS; i < set->nnodes; i++)
	{
		check_interrupts(i);
		enter_node(set, i);
	}
}

/*
 * phrase_set_make
 *		An empty set, in the current memory context.
 */
PhraseSet *
phrase_set_make(void)
{
	PhraseSet  *set = palloc0(sizeof(PhraseSet));

	set->capacity = 64;
	set->nnodes = NROOTS;
	set->nodes = palloc0(set->capacity * sizeof(PhraseNode));
	set->mask = 2 * set->capacity - 1;
	set->table = palloc0((set->mask + 1) * sizeof(uint32));
	return set;
}

/* The node of a word below another, new if need be. */
static uint32
make_node(PhraseSet *set, uint32 above, const FoldedWord *word)
{
	uint32		hash = word_hash(above, word);
	uint32		number = find_node(set, above, word, hash);
	PhraseNode *node;

	if (number != 0)
		return number;
	if (set->nnodes == set->capacity)
		grow(set);
	number = set->nnodes++;
	node = set->nodes + number;
	node->above = above;
	node->hash = hash;
	node->len = word->len;
	node->word = pnstrdup(word->str, word->len);
	node->phrase = NO_PHRASE;
	node->label = NO_PHRASE;
	enter_node(set, number);
	if (above == ROOT_WORDS && !IS_HIGHBIT_SET(word->str[0]))
		set->lengths[(unsigned char) word->str[0]] |= LENGTH_BIT(word->len);
	return number;
}

/* Go down by the words of a phrase; 0 if it can't be one. */
static uint32
make_path(PhraseSet *set, CaptionScan *scan, bool *label)
{
	uint32		node = ROOT_WORDS;
	int			nwords = 0;

	*label = false;
	for (CaptionToken token = scan->token; token != CAPTION_END;
		 token = caption_scan_next(scan))
	{
		FoldedWord	word;

		if (token == CAPTION_SIGN || token == CAPTION_BLANK)
		{
			*label = token == CAPTION_SIGN && scan->c == ':';
			continue;
		}
		if (token != CAPTION_WORD || nwords++ == MAX_PHRASE_WORDS)
			return 0;
		*label = false;
		fold_word(scan->str, scan->len, &word);
		if (word.len == 0)
			return 0;
		node = make_node(set, node, &word);
	}
	return node;
}

static CaptionToken
next_but_blank(CaptionScan *scan)
{
	CaptionToken token;

	do
		token = caption_scan_next(scan);
	while (token == CAPTION_BLANK);
	return token;
}

/*
 * phrase_set_add
 *		Look for a phrase too; false if it is neither words nor a tag.
 *
 * Of equal phrases, the first one's number is reported.
 */
bool
phrase_set_add(PhraseSet *set, CaptionText phrase, int number)
{
	CaptionScan scan;
	FoldedWord	word;
	uint32		node;
	bool		label = false;
	int		   *place;

	caption_scan_start(&scan, phrase);
	if (next_but_blank(&scan) == CAPTION_TAG)
	{
		fold_word(scan.str, scan.len, &word);
		if (word.len == 0 || next_but_blank(&scan) != CAPTION_END)
			return false;
		node = make_node(set, ROOT_TAGS, &word);
	}
	else
		node = make_path(set, &scan, &label);
	if (node == 0)
		return false;
	place = label ? &set->nodes[node].label : &set->nodes[node].phrase;
	if (*place == NO_PHRASE)
		*place = number;
	return true;
}

/*
 * phrase_set_negations
 *		Phrases count no longer after words like "not": "not sponsored", "keine
 *		Werbung", "isn't an ad".
 */
void
phrase_set_negations(PhraseSet *set)
{
	/* "t" is that of isn't; the others say it in the languages of the list */
	static const char *const negations[] = {
		"not", "no", "non", "never", "without", "t", "isnt", "nicht", "kein",
		"keine", "keinerlei", "ohne", "pas", "sans", "sin", "senza", "geen",
		"niet", "zonder", "inte", "ej", "ingen", "utan", "ikke", "uden", "uten",
		"ei", "ilman", "sem", "nao", "nie", "bez"
	};
	static const char *const articles[] = {
		"a", "an", "any", "the", "in", "eine", "einer", "un", "une", "una",
		"um", "uma", "de", "da", "es", "e", "est", "en", "een", "et", "som",
		"c", "paid", "bezahlte", "be", "being"
	};

	for (size_t i = 0; i < lengthof(negations); i++)
		phrase_set_add(set, caption_literal(negations[i]), NEGATION);
	for (size_t i = 0; i < lengthof(articles); i++)
		phrase_set_add(set, caption_literal(articles[i]), ARTICLE);
}

void
phrase_search_start(PhraseSearch *search, const PhraseSet *set,
					CaptionText caption)
{
	memset(search, 0, sizeof(PhraseSearch));
	search->set = set;
	search->at_edge = true;
	search->label = NO_PHRASE;
	caption_scan_start(&search->scan, caption);
}

/* Phrases don't go on. */
static void
break_off(PhraseSearch *search)
{
	search->nbegun = 0;
	search->negated = false;
	search->at_edge = true;
}

/* What ends at a node. */
static void
note_found(PhraseSearch *search, const PhraseNode *node,
		   const PhraseBegun *begun)
{
	if (begun->negated)
		return;
	if (node->phrase >= 0)
		search->found[search->nfound++] = node->phrase;
	else if (node->label >= 0 && begun->at_edge)
	{
		search->label = node->label;
		search->label_end = search->scan.next;
	}
}

/* Phrases begun that a word goes on with, and those that it begins. */
static void
search_word(PhraseSearch *search, const FoldedWord *word)
{
	const PhraseSet *set = search->set;
	int			nbegun = search->nbegun;
	int			kept = 0;
	int			kind = NO_PHRASE;

	search->begun[nbegun].node = ROOT_WORDS;
	search->begun[nbegun].negated = search->negated;
	search->begun[nbegun++].at_edge = search->at_edge;
	for (int i = 0; i < nbegun; i++)
	{
		PhraseBegun *begun = &search->begun[i];
		uint32		node = word->len == 0 ? 0 :
			find_node(set, begun->node, word, word_hash(begun->node, word));

		if (node == 0)
			continue;
		note_found(search, set->nodes + node, begun);
		if (begun->node == ROOT_WORDS)
			kind = set->nodes[node].phrase;
		search->begun[kept] = *begun;
		search->begun[kept++].node = node;
	}
	search->nbegun = Min(kept, MAX_PHRASE_WORDS - 1);
	search->negated = kind == NEGATION || (kind == ARTICLE && search->negated);
	search->at_edge = false;
}

/*
 * A word that begins no phrase, as most are seen to be by its first letter and
 * its length, where none is begun that it could go on with.
 */
static bool
skip_word(PhraseSearch *search)
{
	const CaptionScan *scan = &search->scan;

	if (search->nbegun > 0 || !scan->ascii ||
		(search->set->lengths[pg_ascii_tolower(scan->str[0])] &
		 LENGTH_BIT(scan->len)) != 0)
		return false;
	search->negated = false;
	search->at_edge = false;
	return true;
}

/* A tag is looked up as such, and as a word that stands alone. */
static void
search_tag(PhraseSearch *search, const FoldedWord *word)
{
	const PhraseSet *set = search->set;
	uint32		node;

	break_off(search);
	if (word->len == 0)
		return;
	node = find_node(set, ROOT_TAGS, word, word_hash(ROOT_TAGS, word));
	if (node == 0)
		node = find_node(set, ROOT_WORDS, word, word_hash(ROOT_WORDS, word));
	if (node != 0 && set->nodes[node].phrase >= 0)
		search->found[search->nfound++] = set->nodes[node].phrase;
}

/* Signs that may stand between the words of a phrase: "paid-partnership". */
static bool
joins_words(uint32 c)
{
	return c == '-' || c == '/' || c == '\'' || c == '_' ||
		c == 0x2019 || c == 0x2010 || c == 0x2011;
}

/* A label is one unless a word follows, or part of its own: "ad-free". */
static void
settle_label(PhraseSearch *search, CaptionToken token)
{
	bool		joined = token == CAPTION_SIGN &&
		joins_words(search->scan.c) && search->scan.str == search->label_end;

	if (search->label >= 0 && token != CAPTION_WORD && !joined)
		search->found[search->nfound++] = search->label;
	search->label = NO_PHRASE;
}

/*
 * phrase_search_next
 *		Read the next token; found[] is left with the phrases that it ended.
 */
CaptionToken
phrase_search_next(PhraseSearch *search)
{
	CaptionToken token = caption_scan_next(&search->scan);
	FoldedWord	word;

	search->nfound = 0;
	if (token == CAPTION_BLANK)
		return token;
	settle_label(search, token);
	if (token == CAPTION_WORD && skip_word(search))
		return token;
	if (token == CAPTION_WORD || token == CAPTION_TAG)
		fold_word(search->scan.str, search->scan.len, &word);
	if (token == CAPTION_WORD)
		search_word(search, &word);
	else if (token == CAPTION_TAG)
		search_tag(search, &word);
	else if (token != CAPTION_SIGN || !joins_words(search->scan.c))
		break_off(search);
	return token;
}
