/*-------------------------------------------------------------------------
 *
 * phrase.h
 *		Phrases looked for in captions: whole words, side by side, and tags.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_CAPTION_PHRASE_H
#define INFLUENCER_CAPTION_PHRASE_H

#include "caption/scan.h"

/* Words in a phrase, at most. */
#define MAX_PHRASE_WORDS	8

/* Most bytes of a word without case and accents; longer ones match none. */
#define MAX_FOLDED_WORD		96

typedef struct PhraseSet PhraseSet;

/* A phrase whose first words were read. */
typedef struct PhraseBegun
{
	uint32		node;
	bool		negated;		/* it follows a word like "not" */
	bool		at_edge;		/* no word stood before */
} PhraseBegun;

/* Where a search is: phrases begun, and what is in doubt. */
typedef struct PhraseSearch
{
	const PhraseSet *set;
	CaptionScan scan;
	int			nbegun;
	PhraseBegun begun[MAX_PHRASE_WORDS];
	bool		negated;		/* a word like "not" was the last one */
	bool		at_edge;		/* no word stands before, in the line */
	int			label;			/* found, if no word follows it; or -1 */
	const char *label_end;
	int			nfound;
	int			found[MAX_PHRASE_WORDS + 2];
} PhraseSearch;

extern PhraseSet *phrase_set_make(void);
extern bool phrase_set_add(PhraseSet *set, CaptionText phrase, int number);
extern void phrase_set_negations(PhraseSet *set);
extern void phrase_search_start(PhraseSearch *search, const PhraseSet *set,
								CaptionText caption);
extern CaptionToken phrase_search_next(PhraseSearch *search);

#endif							/* INFLUENCER_CAPTION_PHRASE_H */
