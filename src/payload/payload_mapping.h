/*-------------------------------------------------------------------------
 *
 * payload_mapping.h
 *		Where a payload holds what a row needs, compiled from json.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PAYLOAD_MAPPING_H
#define INFLUENCER_PAYLOAD_MAPPING_H

#include "fmgr.h"
#include "utils/jsonb.h"

/*
 * What a mapping may hold at most: reading is linear in the payload for each.
 */
#define MAPPING_MAX_ELEMENTS	100 /* of an array, as that of shapes */
#define MAPPING_MAX_PATHS		64	/* of a shape: a bit each */
#define MAPPING_MAX_STEPS		16	/* of a path */

/* The columns of a post and of a profile, in the order of the SQL. */
enum
{
	POST_ID,
	POST_PUBLISHED_AT,
	POST_LIKES,
	POST_COMMENTS,
	POST_SHARES,
	POST_SAVES,
	POST_VIEWS,
	POST_REACH,
	POST_CAPTION,
	POST_MEDIA_TYPE,
	POST_PERMALINK,
	POST_IS_SPONSORED,
	POST_COLUMNS
};

enum
{
	PROFILE_ID,
	PROFILE_USERNAME,
	PROFILE_FOLLOWERS,
	PROFILE_FOLLOWING,
	PROFILE_POSTS,
	PROFILE_VIEWS,
	PROFILE_CREATED_AT,
	PROFILE_COLUMNS
};

#define MAPPING_MAX_COLUMNS		POST_COLUMNS

typedef enum ColumnKind
{
	COLUMN_TEXT,				/* a string, or a number as it is written */
	COLUMN_COUNT,				/* a whole number, or a string of one */
	COLUMN_TIME,
	COLUMN_FLAG
} ColumnKind;

typedef enum TimeForm
{
	TIME_FORM_ISO,				/* 2019-04-05T07:56:32+0000 */
	TIME_FORM_ISO_UTC,			/* the same, or without a zone */
	TIME_FORM_EPOCH,			/* seconds since 1970 */
	TIME_FORM_EPOCH_MS,			/* milliseconds since 1970 */
	TIME_FORM_CTIME				/* Fri Apr 05 07:56:32 +0000 2019 */
} TimeForm;

/* What a row has: of posts, or of profiles. */
typedef struct Column
{
	const char *name;
	ColumnKind	kind;
	bool		figure;			/* a row knows something by it */
} Column;

typedef struct RowKind
{
	const char *place;			/* the key of the elements' place */
	const char *what;			/* for messages */
	int			ncolumns;
	int			id;				/* must be there if it is mapped */
	const Column *columns;
} RowKind;

extern const RowKind post_rows;
extern const RowKind profile_rows;

/* paths */

typedef enum StepKind
{
	STEP_KEY,
	STEP_NUMBER,				/* [3] */
	STEP_WHERE,					/* [name=likes]: the first such element */
	STEP_EACH,					/* [] */
	STEP_EACH_VALUE				/* {} */
} StepKind;

typedef struct PathStep
{
	StepKind	kind;
	const char *key;
	int			key_len;
	const char *equals;			/* of STEP_WHERE */
	int			equals_len;
	int64		number;			/* of STEP_NUMBER */
} PathStep;

typedef struct MappingPath
{
	const char *text;
	int			nsteps;
	PathStep	steps[FLEXIBLE_ARRAY_MEMBER];
} MappingPath;

/*
 * The paths of a shape, as a tree: what several have in common is followed
 * once.  Keys are in the order that jsonb has them, so that an object is read
 * by one walk through both.
 */
typedef struct Branch
{
	PathStep	step;
	struct Needle *below;
} Branch;

typedef struct Needle
{
	int			slot;			/* where what is here is kept, or -1 */
	const char *path;			/* for messages */
	int			nkeys;
	int			nitems;
	Branch	   *keys;
	Branch	   *items;			/* of an array */
} Needle;

/* A value kept while an element is read: the first that is found. */
typedef struct Slot
{
	const char *path;
	bool		same;			/* whatever is found later must be the same */
	const char *before;			/* up to this, NULL for all of it */
	const Needle *needle;
} Slot;

/* rules */

/* Is the value at a slot one of these, or, if there are none, true? */
typedef struct Test
{
	int			slot;
	int			nvalues;
	JsonbValue *values;
} Test;

/* Does any of the tests hold? */
typedef struct Condition
{
	int			ntests;
	Test	   *tests;
	uint64		slots;			/* a bit for each of them; all, if a test
								 * holds of nothing */
} Condition;

/* One way to fill a column: the first of its slots that has a value. */
typedef struct Source
{
	int			nslots;
	int		   *slots;
	bool		sum;			/* of all slots */
	bool		same;			/* all that are there must be the same */
	bool		optional;
	TimeForm	time_form;
	const char *before;
	Condition	zero_if;		/* 0 where nothing is found */
	Condition	null_if;
	const JsonbValue *constant;
} Source;

typedef struct ColumnMapping
{
	int			column;
	uint64		slots;			/* a bit for each of them; all for a rule */
	int			direct;			/* a slot that counts if it has one; or -1 */
	int			nsources;
	Source	   *sources;
} ColumnMapping;

/*
 * One shape: where its elements are, what makes them what they are, and how
 * the columns are filled.
 */
typedef struct Shape
{
	const char *name;
	int			nplaces;
	MappingPath **places;
	int			nslots;
	Slot	   *slots;
	Needle	   *needle;
	int			nneeds;
	Condition  *needs;			/* each holds */
	Condition	unless;			/* if it holds, this is something else */
	Condition	skip;			/* if it holds, the element is left out */
	Condition	none;			/* if it holds, there are no figures */
	MappingPath *empty;			/* in the document */
	Test		empty_test;
	bool		has_hidden;
	int64		hidden;			/* a count of a count that is hidden */
	int			ncolumns;
	int			nfigures;		/* which come first */
	ColumnMapping *columns;
	const ColumnMapping *id;	/* that must be there, or NULL */
} Shape;

typedef struct Mapping
{
	const RowKind *rows;
	int			nshapes;
	Shape	  **shapes;
} Mapping;

extern Mapping *mapping_compile(Jsonb *json, const RowKind *rows);

/* payload_shapes_table.c */
typedef struct Platform
{
	const char *name;
	const char *const *shapes;	/* pieces of json, ends with NULL */
} Platform;

extern const Platform platforms[];	/* ends with a name of NULL */

/* payload_enum.c */
extern char *platform_enum_label(FunctionCallInfo fcinfo);

/* payload_shapes.c */
extern const Platform *platform_find(const char *name, int len);
extern Jsonb *platform_shapes(const Platform *platform);
extern const Mapping *platform_mapping(const Platform *platform,
									   const RowKind *rows);

#endif							/* INFLUENCER_PAYLOAD_MAPPING_H */
