/*-------------------------------------------------------------------------
 *
 * report_reader.c
 *		The parts of a report on an audience.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/payload_reader.h"
#include "payload/report_reader.h"

/* What vendors say of an account with too few followers. */
#define EMPTY_AUDIENCE		"empty_audience"

static char *
join_paths(const char *above, const char *below)
{
	return psprintf("%s%s%s", above,
					*above != '\0' && *below != '\0' ? "." : "", below);
}

/* What is above the last key of a path, if it is an object. */
static bool
find_above(const JsonbValue *from, const char *path, JsonbValue *above)
{
	const char *point = strrchr(path, '.');

	return json_get_path(from,
						 point == NULL ? "" : pnstrdup(path, point - path),
						 above) &&
		json_is_object(above);
}

/* Does the object above a part say that the part is switched off? */
static bool
is_disabled(const JsonbValue *section, const char *path)
{
	JsonbValue	above;
	JsonbValue	flag;

	return find_above(section, path, &above) &&
		json_get(&above, "disabled", 8, &flag) &&
		flag.type == jbvBool && flag.val.boolean;
}

/*
 * Say what is wrong with the part at hand; Instagram's have their own names.
 */
static bool
put_problem(ReportReader *r)
{
	const char *name = join_paths(r->section->start, r->part->name);

	r->put(r, *name == '\0' ? NULL : name, NULL);
	return true;
}

/*
 * Is there something else where the object should be that holds the part?
 * PHP writes an empty object as an array.
 */
static bool
is_broken(ReportReader *r, const JsonbValue *section, const char *above)
{
	const char *point = strchr(r->part->path, '.');
	const char *path;
	JsonPlace	place;
	JsonbValue	value;

	if (point == NULL)
		return false;
	path = pnstrdup(r->part->path, point - r->part->path);
	if (!json_get_path(section, path, &value) || json_is_object(&value) ||
		value.type == jbvNull ||
		(json_is_array(&value) &&
		 JsonContainerSize(value.val.binary.data) == 0))
		return false;
	path = join_paths(above, path);
	place = json_place_key(NULL, path, (int) strlen(path));
	(void) report_wrong(r, &place,
						psprintf("is %s, not an object", json_kind(&value)));
	return true;
}

/* Read the part at hand, at the first path of its section; false without. */
static bool
find_part(ReportReader *r, const JsonbValue *report)
{
	for (int i = 0;
		 i < (int) lengthof(r->section->paths) &&
		 r->section->paths[i] != NULL; i++)
	{
		JsonbValue	above;
		JsonbValue	value;

		if (!json_get_path(report, r->section->paths[i], &above))
			continue;
		if (is_disabled(&above, r->part->path))
			return true;
		if (is_broken(r, &above, r->section->paths[i]))
			return put_problem(r);
		if (!json_get_path(&above, r->part->path, &value))
			continue;
		r->path = join_paths(r->section->paths[i], r->part->path);
		return report_read_part(r, &value) || put_problem(r);
	}
	return false;
}

/* Does the report say at the section that there is no audience? */
static bool
section_says_empty(const JsonbValue *report, const Section *section)
{
	for (int i = 0;
		 i < (int) lengthof(section->paths) && section->paths[i] != NULL; i++)
	{
		JsonbValue	above;
		JsonbValue	error;

		if (*section->paths[i] != '\0' &&
			find_above(report, section->paths[i], &above) &&
			json_get(&above, "error", 5, &error) &&
			json_is_string(&error, EMPTY_AUDIENCE,
						   (int) strlen(EMPTY_AUDIENCE)))
			return true;
	}
	return false;
}

/* Read the section at hand; false if it is not in the report. */
static bool
read_section(ReportReader *r, const JsonbValue *report)
{
	const char *done = NULL;

	for (r->part = r->section->parts; r->part->name != NULL; r->part++)
	{
		if ((done == NULL || strcmp(done, r->part->name) != 0) &&
			find_part(r, report))
			done = r->part->name;
	}
	return done != NULL || section_says_empty(report, r->section);
}

/* All paths of a source, one of which should have been there. */
static const char *
all_paths(const char *source)
{
	StringInfoData paths;

	initStringInfo(&paths);
	for (const Section *s = report_sections; s->source != NULL; s++)
	{
		for (const Part *part = s->parts;
			 strcmp(s->source, source) == 0 && part->name != NULL; part++)
			appendStringInfo(&paths, "%s\"%s\"", paths.len > 0 ? ", " : "",
							 join_paths(s->paths[0], part->path));
	}
	return paths.data;
}

/* A report without any part: an error, or of another shape. */
static void
put_nothing(ReportReader *r, const JsonbValue *report, const char *source)
{
	const char *answer = payload_error_answer(report);

	if (answer != NULL && strcmp(answer, EMPTY_AUDIENCE) == 0)
		return;
	r->sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	r->hint = NULL;
	r->problem = answer != NULL ? psprintf("It reports an error: %s", answer) :
		psprintf("None of these is there: %s.", all_paths(source));
	r->put(r, NULL, NULL);
}

/*
 * report_read
 *		Put the parts of a report of a source of report_source().
 */
void
report_read(ReportReader *r, const char *source, Jsonb *payload)
{
	JsonbValue	report;
	const Section *found = NULL;

	json_root(payload, &report);
	if (report.type == jbvNull)
		return;
	initStringInfo(&r->label);
	r->source = source;
	r->labels.lenient = true;
	for (r->section = report_sections; r->section->source != NULL;
		 r->section++)
	{
		const Section *section = r->section;

		if (strcmp(section->source, source) == 0 &&
			(found == NULL || strcmp(found->start, section->start) != 0) &&
			read_section(r, &report))
			found = section;
	}
	if (found == NULL)
		put_nothing(r, &report, source);
}
