/*-------------------------------------------------------------------------
 *
 * mapping_path.c
 *		Paths of a mapping, as "insights.data[name=likes].values[0].value".
 *
 *		key			of an object; in single quotes with points in it
 *		[3]			an element of an array, from 0
 *		[name=likes]	the first element with this at a key
 *		[], {}		each element of an array, each value of an object: in the
 *					places of elements only
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/mapping_path.h"

/* Element numbers have at most as many digits. */
#define MAX_NUMBER_DIGITS	9

/* A path being read. */
typedef struct PathText
{
	const char *at;
	const char *end;
	MappingPath *path;
	const char *problem;		/* NULL if there is none */
} PathText;

static PathStep *
add_path_step(PathText *t, StepKind kind)
{
	static PathStep spare;
	PathStep   *step;

	if (t->path->nsteps == MAPPING_MAX_STEPS)
	{
		t->problem = "has too many steps";
		return &spare;
	}
	step = &t->path->steps[t->path->nsteps++];
	memset(step, 0, sizeof(PathStep));
	step->kind = kind;
	return step;
}

/* Copy up to a character of a set, or to the end. */
static const char *
copy_until(PathText *t, const char *set, int *len)
{
	const char *start = t->at;

	while (t->at < t->end && strchr(set, *t->at) == NULL)
		t->at++;
	*len = (int) (t->at - start);
	return pnstrdup(start, *len);
}

/* A key in single quotes, of which one inside is doubled. */
static const char *
copy_quoted(PathText *t, int *len)
{
	char	   *copy = palloc(t->end - t->at + 1);

	*len = 0;
	for (t->at++; t->at < t->end; t->at++)
	{
		if (*t->at == '\'' && (++t->at == t->end || *t->at != '\''))
		{
			copy[*len] = '\0';
			return copy;
		}
		copy[(*len)++] = *t->at;
	}
	t->problem = "has a quote that is not closed";
	return "";
}

static void
read_key(PathText *t)
{
	PathStep   *step = add_path_step(t, STEP_KEY);

	if (t->at < t->end && *t->at == '\'')
		step->key = copy_quoted(t, &step->key_len);
	else
		step->key = copy_until(t, ".[]{}'", &step->key_len);
	if (step->key_len == 0 && t->problem == NULL)
		t->problem = "has an empty key";
}

/* What is in brackets: nothing, a number, or key=value. */
static void
read_bracket(PathText *t)
{
	PathStep   *step = add_path_step(t, STEP_EACH);

	t->at++;
	if (t->at < t->end && *t->at >= '0' && *t->at <= '9')
	{
		int			len;
		const char *digits = copy_until(t, "]", &len);

		step->kind = STEP_NUMBER;
		if (len > MAX_NUMBER_DIGITS ||
			strspn(digits, "0123456789") != (size_t) len)
			t->problem = "has a wrong number in brackets";
		else
			step->number = strtol(digits, NULL, 10);
	}
	else if (t->at < t->end && *t->at != ']')
	{
		step->kind = STEP_WHERE;
		step->key = copy_until(t, "=]", &step->key_len);
		if (t->at < t->end && *t->at == '=')
		{
			t->at++;
			step->equals = copy_until(t, "]", &step->equals_len);
		}
		if (step->key_len == 0 || step->equals == NULL)
			t->problem =
				"has something in brackets that is neither a number nor key=value";
	}
	if (t->at == t->end || *t->at != ']')
		t->problem = "has a bracket that is not closed";
	else
		t->at++;
}

static void
read_braces(PathText *t)
{
	(void) add_path_step(t, STEP_EACH_VALUE);
	if (t->end - t->at < 2 || t->at[1] != '}')
		t->problem = "has braces with something in them";
	t->at += 2;
}

/*
 * mapping_path_read
 *		A path; NULL and a problem for a text that is none.
 */
MappingPath *
mapping_path_read(const char *str, int len, const char **problem)
{
	PathText	t = {str, str + len, NULL, NULL};

	t.path = palloc(offsetof(MappingPath, steps) +
					MAPPING_MAX_STEPS * sizeof(PathStep));
	t.path->text = pnstrdup(str, len);
	t.path->nsteps = 0;
	while (t.at < t.end && t.problem == NULL)
	{
		if (*t.at == '[')
			read_bracket(&t);
		else if (*t.at == '{')
			read_braces(&t);
		else if (t.path->nsteps == 0)
			read_key(&t);
		else if (*t.at == '.' && ++t.at < t.end)
			read_key(&t);
		else
			t.problem = "has something wrong between its steps";
	}
	*problem = t.problem;
	if (t.problem != NULL)
		return NULL;
	return repalloc(t.path, offsetof(MappingPath, steps) +
					t.path->nsteps * sizeof(PathStep));
}

/* Is it of many values? */
bool
mapping_path_is_list(const MappingPath *path)
{
	for (int i = 0; i < path->nsteps; i++)
	{
		if (path->steps[i].kind == STEP_EACH ||
			path->steps[i].kind == STEP_EACH_VALUE)
			return true;
	}
	return false;
}

/* trees of paths */

static Needle *
make_needle(const char *path)
{
	Needle	   *needle = palloc0(sizeof(Needle));

	needle->slot = -1;
	needle->path = path;
	return needle;
}

/* needle_root: the tree of no path */
Needle *
needle_root(void)
{
	return make_needle("");
}

/* The order in which jsonb has keys: shorter ones first. */
static int
compare_keys(const PathStep *a, const PathStep *b)
{
	if (a->key_len != b->key_len)
		return a->key_len < b->key_len ? -1 : 1;
	return memcmp(a->key, b->key, a->key_len);
}

static bool
same_item(const PathStep *a, const PathStep *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == STEP_NUMBER)
		return a->number == b->number;
	return compare_keys(a, b) == 0 && a->equals_len == b->equals_len &&
		memcmp(a->equals, b->equals, a->equals_len) == 0;
}

/* The path of what is at the end of a step. */
static const char *
path_below(const char *above, const PathStep *step)
{
	if (step->kind == STEP_NUMBER)
		return psprintf("%s[" INT64_FORMAT "]", above, step->number);
	if (step->kind == STEP_WHERE)
		return psprintf("%s[%.*s=%.*s]", above, step->key_len, step->key,
						step->equals_len, step->equals);
	return psprintf("%s%s%.*s", above, *above != '\0' ? "." : "",
					step->key_len, step->key);
}

/* A branch at a place of a list of branches. */
static Needle *
insert_branch(Branch **branches, int *n, int at, const PathStep *step,
			  const char *above)
{
	*branches = *n == 0 ? palloc(sizeof(Branch)) :
		repalloc(*branches, (*n + 1) * sizeof(Branch));
	memmove(*branches + at + 1, *branches + at, (*n - at) * sizeof(Branch));
	(*branches)[at].step = *step;
	(*branches)[at].below = make_needle(path_below(above, step));
	(*n)++;
	return (*branches)[at].below;
}

/* The needle at the end of a step, new or not. */
static Needle *
follow_step(Needle *needle, const PathStep *step)
{
	int			at = 0;

	if (step->kind == STEP_KEY)
	{
		while (at < needle->nkeys &&
			   compare_keys(&needle->keys[at].step, step) < 0)
			at++;
		if (at < needle->nkeys &&
			compare_keys(&needle->keys[at].step, step) == 0)
			return needle->keys[at].below;
		return insert_branch(&needle->keys, &needle->nkeys, at, step,
							 needle->path);
	}
	while (at < needle->nitems && !same_item(&needle->items[at].step, step))
		at++;
	if (at < needle->nitems)
		return needle->items[at].below;
	return insert_branch(&needle->items, &needle->nitems, at, step,
						 needle->path);
}

/*
 * needle_add
 *		Add a path to a tree; what is at its end.
 */
Needle *
needle_add(Needle *needle, const MappingPath *path)
{
	for (int i = 0; i < path->nsteps; i++)
		needle = follow_step(needle, &path->steps[i]);
	return needle;
}
