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

/* What came of an element. */
typedef enum ElementResult
{
	ELEMENT_READ,
	ELEMENT_SKIPPED,			/* left out by a rule */
	ELEMENT_FOREIGN,			/* not of this shape */
	ELEMENT_WRONG				/* of this shape, but with something wrong */
} ElementResult;

/* What is wrong with a payload, or with one of its elements. */
typedef struct PayloadProblem
{
	int			sqlstate;
	const char *detail;			/* NULL for no problem */
	const char *hint;
	bool		answer;			/* the payload says that it is an error */
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
	ElementResult result;		/* of the element at hand */

	/* what to say if there is none */
	bool		explain;
	bool		list;			/* there is an array for elements */
	bool		visited;		/* and something in it */
	int			reached;		/* steps of the place that are there */
	int			score;			/* how near the nearest shape is */
	const char *nearest;

	/* the element at hand */
	const JsonPlace *place;
	const Needle *broken;		/* has neither an object nor an array */
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

/* payload_place.c: called for each element at a place; false ends the walk */
typedef bool (*PayloadVisit) (PayloadReader *r, const JsonbValue *element,
							  const JsonPlace *place);

extern bool payload_visit(PayloadReader *r, const MappingPath *path,
						  const JsonbValue *root,
						  const JsonPlace *top, PayloadVisit visit);

/* payload_element.c */
extern ElementResult payload_read_element(PayloadReader *r,
										  const JsonbValue *element,
										  const JsonPlace *place);

/* payload_collect.c */
extern void payload_collect(PayloadReader *r, const Needle *needle,
							const JsonbValue *value);
extern bool payload_step_matches(const PathStep *step,
								 const JsonbValue *element, uint32 number);
extern bool payload_same_start(const JsonbValue *a, const JsonbValue *b,
							   const char *mark);

/* payload_condition.c */
extern bool payload_test_holds(const Test *test, const JsonbValue *value);
extern bool payload_any_test_holds(const PayloadReader *r,
								   const Condition *condition);

/* Does a condition hold of the element at hand?  Mostly there is nothing. */
static inline bool
payload_condition_holds(const PayloadReader *r, const Condition *condition)
{
	if ((condition->slots & r->filled) == 0 &&
		condition->slots != PG_UINT64_MAX)
		return false;
	return payload_any_test_holds(r, condition);
}

/* payload_row.c */
extern bool payload_has_id(const PayloadReader *r);
extern bool payload_read_columns(PayloadReader *r, int from, int to);

/* payload_unread.c */
extern bool payload_is_empty(PayloadReader *r, const JsonbValue *root,
							 const JsonPlace *top);
extern void payload_explain(PayloadReader *r, const JsonbValue *root,
							const JsonPlace *top);

/* payload_value.c: false and a problem for another value */
extern bool payload_value(PayloadReader *r, ColumnKind kind,
						  const Source *source,
						  const char *path, const JsonbValue *value,
						  Datum *result);
extern bool payload_count(PayloadReader *r, const char *path,
						  const JsonbValue *value,
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

extern TimeProblem iso_time(const char *str, int len, bool utc,
							TimestampTz *result);
extern TimeProblem ctime_time(const char *str, int len, TimestampTz *result);
extern TimeProblem epoch_time(int64 value, bool milliseconds,
							  TimestampTz *result);

#endif							/* INFLUENCER_PAYLOAD_READER_H */
