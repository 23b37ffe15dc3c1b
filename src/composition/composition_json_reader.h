/*-------------------------------------------------------------------------
 *
 * composition_json_reader.h
 *		Compositions from json and as text.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_COMPOSITION_JSON_READER_H
#define INFLUENCER_COMPOSITION_JSON_READER_H

#include "lib/stringinfo.h"
#include "utils/jsonb.h"

#include "composition/composition.h"

/*
 * Reading from jsonb: what was read so far, and where errors go: to whoever
 * asks for the problem, or else to escontext, or else they are thrown.
 */
typedef struct CompositionReader
{
	const char *input;			/* the text being read, NULL if jsonb */
	struct Node *escontext;		/* for soft errors */
	bool		lenient;		/* keep a problem, and don't raise it */
	int			sqlstate;
	const char *problem;
	const char *hint;
	LabelWeight *labels;
	uint32		nlabels;
	uint32		capacity;
	Weight		sum;
} CompositionReader;

extern void composition_reader_start(CompositionReader *r, uint32 nlabels);
extern bool composition_reader_value(CompositionReader *r,
									 const JsonbValue *value);
extern bool composition_reader_add(CompositionReader *r,
								   const JsonbValue *label,
								   const JsonbValue *value);
extern bool composition_reader_total(CompositionReader *r, Weight total);
extern Composition *composition_reader_finish(CompositionReader *r);
extern bool composition_reader_fail(CompositionReader *r, int sqlstate,
									const char *detail,
									const char *hint);

/* composition_text.c */
extern void composition_append_object(StringInfo buf, const Composition *c,
									  Weight *sum);

#endif							/* INFLUENCER_COMPOSITION_JSON_READER_H */
