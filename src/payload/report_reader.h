/*-------------------------------------------------------------------------
 *
 * report_reader.h
 *		Reports on audiences: their parts, and what is read of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_REPORT_READER_H
#define INFLUENCER_REPORT_READER_H

#include "lib/stringinfo.h"

#include "base/json.h"
#include "composition/composition_json_reader.h"

/* What labels stand for, which decides what they are called. */
typedef enum LabelKind
{
	LABEL_OTHER,
	LABEL_COUNTRY,				/* ISO 3166 alpha-2, capitals */
	LABEL_GENDER,				/* female, male */
	LABEL_AGE,					/* 18-24, 65+ */
	LABEL_LANGUAGE,				/* ISO 639, small letters */
	LABEL_TYPE					/* real, influencers, mass_followers,
								 * suspicious */
} LabelKind;

/* How a part is written. */
typedef enum PartForm
{
	PART_LIST,					/* what to_composition() reads */
	PART_KEYED,					/* [{"gender": .., "age_range": .., "value":
								 * ..}] */
	PART_GENDERED,				/* [{"code": age, "female": .., "male": ..}] */
	PART_BY_AGE,				/* {age: {"female": .., "male": ..}} */
	PART_GROUPED,				/* [{"gender": .., "value": ..,
								 * "by_age_group": [{"group": age, "value":
								 * ..}]}] */
	PART_METRICS				/* Instagram's; named by themselves */
} PartForm;

/*
 * A part: its name, the path below the section, and its total, which is 0 for
 * the sum.  A label is made of one or two kinds, with a blank between; in
 * PART_KEYED they are at the keys.  Of parts of the same name, which stand
 * together, the first that is there counts.
 */
typedef struct Part
{
	const char *name;
	const char *path;
	PartForm	form;
	double		total;
	LabelKind	kinds[2];		/* the second: LABEL_OTHER for none */
	const char *keys[2];
} Part;

/*
 * A section: what its parts' names start with, and where it is, at the first
 * of the paths where a part is.  Of sections of one source and start, the
 * first that has a part counts.
 */
typedef struct Section
{
	const char *source;
	const char *start;
	const char *paths[5];
	const Part *parts;
} Section;

extern const Section report_sections[];

/* What is being read: put is called for each part, or for what is wrong. */
typedef struct ReportReader
{
	void		(*put) (struct ReportReader *r, const char *name,
						Composition *c);
	void	   *to;
	const char *source;
	int			sqlstate;		/* of what is wrong */
	const char *problem;		/* NULL if nothing is */
	const char *hint;

	const Section *section;
	const Part *part;
	const char *path;			/* the part's, whole */
	StringInfoData label;		/* at hand */
	CompositionReader labels;
} ReportReader;

extern void report_read(ReportReader *r, const char *source,
						Jsonb *payload);

/* report_sections.c */
extern const char *report_source(const char *name, int len);

/* report_label.c */
extern bool report_append_label(StringInfo buf, LabelKind kind,
								const char *str, int len);

/* report_weights.c */
extern bool report_wrong(ReportReader *r, const JsonPlace *place,
						 const char *problem);
extern bool report_wrong_composition(ReportReader *r,
									 const JsonPlace *place);
extern bool report_need_key(ReportReader *r, const JsonPlace *place,
							const JsonbValue *object,
							const char *key, JsonbValue *value);
extern bool report_need_array(ReportReader *r, const JsonPlace *place,
							  const JsonbValue *value);
extern bool report_add_label(ReportReader *r, const JsonPlace *place,
							 LabelKind kind,
							 const JsonbValue *value, bool *known);
extern bool report_add_weight(ReportReader *r, const JsonPlace *place,
							  bool known,
							  const JsonbValue *weight);
extern bool report_put_part(ReportReader *r, const char *name);

/* report_forms.c */
extern bool report_read_part(ReportReader *r, const JsonbValue *value);

/* report_instagram.c */
extern bool report_read_metrics(ReportReader *r, const JsonbValue *list);

#endif							/* INFLUENCER_REPORT_READER_H */
