/*-------------------------------------------------------------------------
 *
 * payload_reader.h
 *		Rows from a payload, as a mapping says.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PAYLOAD_READER_H
#define INFLUENCER_PAYLOAD_READER_H

#include "utils/timestamp.h"

#include "base/json.h"
#include "payload/payload_mapping.h"

/* What is wrong with a payload, or with one of its elements. */
typedef struct PayloadProblem
{
	int			sqlstate;
	const char *detail;			/* NULL for no problem */
	const char *hint;
	bool		answer;			/* the payload itself says that it is an error */
} PayloadProblem;

/*
 * What is being read.  For each element, put is called: with values and nulls,
 * or with a problem.  It may raise the problem, or go on.
 */
typedef struct PayloadReader
{
	const Mapping *mapping;
	void		(*put) (struct PayloadReader *r);
	void	   *to;
	MemoryContext cxt;			/* of rows, reset now and then */
	PayloadProblem problem;
	Datum		values[MAPPING_MAX_COLUMNS];
	bool		nulls[MAPPING_MAX_COLUMNS];
	int64		nrows;			/* put so far */

	/* the shape at hand, while one is looked for */
	const Shape *shape;
	bool		lenient;		/* problems of elements are no errors */
	bool		thorough;		/* any element may show the shape */
	bool		found;
	bool		primed;			/* the first element has been read */
	int			result;			/* of the element at hand */

	/* what to say if there is none */
	bool		explain;
	bool		list;			/* there is an array where elements should be */
	bool		visited;		/* and something in it */
	int			reached;		/* steps of the place that are there */
	int			score;			/* how near the nearest shape is */
	const char *nearest;

	/* the element at hand */
	const JsonPlace *place;
	const Needle *broken;		/* has something else than an object or array */
	JsonbValue	breaker;
	const char *differing;		/* path of what should be the same */
	int			seen;			/* figures that are there, known or not */
	uint64		filled;			/* a bit for each slot */
	JsonbValue	kept[MAPPING_MAX_PATHS];
} PayloadReader;

static inline bool
slot_filled(const PayloadReader *r, int slot)
{
	return (r->filled & (UINT64CONST(1) << slot)) != 0;
}

extern void payload_read(PayloadReader *r, Jsonb *payload);

/* payload_value.c: false and a problem for another value */
extern bool payload_value(PayloadReader *r, ColumnKind kind, const Source *source,
						  const char *path, const JsonbValue *value, Datum *result);
extern bool payload_count(PayloadReader *r, const char *path, const JsonbValue *value,
						  bool *hidden, int64 *result);
extern bool payload_wrong(PayloadReader *r, int sqlstate, const char *path,
						  const char *problem);

/* payload_error.c */
extern const char *payload_error_answer(const JsonbValue *root);

/* payload_time.c */
typedef enum TimeProblem
{
	TIME_OK,
	TIME_WRONG_FORM,
	TIME_OUT_OF_RANGE
} TimeProblem;

extern TimeProblem iso_time(const char *str, int len, TimestampTz *result);
extern TimeProblem ctime_time(const char *str, int len, TimestampTz *result);
extern TimeProblem epoch_time(int64 value, bool milliseconds, TimestampTz *result);

#endif							/* INFLUENCER_PAYLOAD_READER_H */
