/*-------------------------------------------------------------------------
 *
 * payload.h
 *		What is read from the answers of platforms, and from where.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PAYLOAD_H
#define INFLUENCER_PAYLOAD_H

#include "utils/jsonb.h"
#include "utils/timestamp.h"

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

/* What a place of a payload holds, and what becomes of it. */
typedef enum FieldKind
{
	FIELD_ID,					/* a string, or a whole number, to text */
	FIELD_TEXT,
	FIELD_COUNT,				/* a number */
	FIELD_MORE,					/* a number to add to what the column has */
	FIELD_COUNT_TEXT,			/* a string of digits, or a number */
	FIELD_ISO_TIME,				/* 2019-04-05T07:56:32+0000 */
	FIELD_EPOCH,				/* seconds since 1970 */
	FIELD_HIDES,				/* true: the column is unknown */
	FIELD_INSIGHTS,				/* list of metrics, each with name and value */
	FIELD_IS,					/* if there, it is the expected string */
	FIELD_NOT					/* not there: the expected path is missing */
} FieldKind;

/*
 * One place.  Where several of FIELD_COUNT and the like fill a column, the
 * first that is there counts.
 */
typedef struct Field
{
	FieldKind	kind;
	int			column;
	const char *parent;			/* object in the element, or NULL */
	const char *key;
	const char *expected;
} Field;

#define SHAPE_DEPTH		3

/*
 * One documented shape.  At the path is an element, or an array of them, each
 * a post or a profile.
 */
typedef struct Shape
{
	const char *path[SHAPE_DEPTH];
	int			anchor;			/* with as many keys there, it is this shape */
	const char *needed;			/* key that each element has */
	const Field *fields;		/* ends with a key of NULL */
	const char *mark;			/* all elements are one post; the first has this */
	bool		by_id;			/* or an object of ids and elements */
} Shape;

typedef struct Platform
{
	const char *name;
	const Shape *posts;			/* the last shape has no path */
	const Shape *profiles;
	const char *found_parent;	/* where the number of results is */
	const char *found_key;
} Platform;

/* Metrics of an Instagram insights list. */
typedef struct InsightName
{
	const char *name;
	int			column;
} InsightName;

typedef enum TimeProblem
{
	TIME_OK,
	TIME_FORM,
	TIME_RANGE
} TimeProblem;

extern const Platform platforms[];
extern const InsightName insight_names[];

extern TimeProblem iso_time(const char *str, int len, TimestampTz *result);
extern TimeProblem epoch_time(int64 seconds, TimestampTz *result);

#endif							/* INFLUENCER_PAYLOAD_H */
