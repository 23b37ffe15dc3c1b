/*-------------------------------------------------------------------------
 *
 * plan_rules_read.c
 *		Rules for a campaign plan, read from text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>
#include <math.h>

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "campaign/plan_rules.h"

/* A text being read. */
typedef struct Reader
{
	const char *all;
	const char *at;
	const char *problem;		/* what is wrong; NULL: nothing yet */
	PlanRules  *rules;
	int			groups_room;
	int			ids_room;
} Reader;

#define FIRST_ROOM			8

static void
skip_blanks(Reader *reader)
{
	while (*reader->at != '\0' && strchr(" \t\n\r\f\v", *reader->at) != NULL)
		reader->at++;
}

static bool
fail(Reader *reader, const char *problem)
{
	reader->problem = problem;
	return false;
}

/* Go past a token, if it is next. */
static bool
take(Reader *reader, const char *token)
{
	skip_blanks(reader);
	if (strncmp(reader->at, token, strlen(token)) != 0)
		return false;
	reader->at += strlen(token);
	return true;
}

/* A text in double quotes, which stand twice inside. */
static char *
read_quoted(Reader *reader)
{
	StringInfoData text;

	initStringInfo(&text);
	for (reader->at++; *reader->at != '\0'; reader->at++)
	{
		check_interrupts(text.len);
		if (*reader->at == '"')
		{
			reader->at++;
			if (*reader->at != '"')
				return text.data;
		}
		appendStringInfoChar(&text, *reader->at);
	}
	fail(reader, "A quoted name does not end.");
	return NULL;
}

/* A name, and whether it was quoted; NULL if there is none. */
static char *
read_name(Reader *reader, bool *quoted)
{
	const char *start;

	skip_blanks(reader);
	*quoted = *reader->at == '"';
	if (*quoted)
		return read_quoted(reader);
	start = reader->at;
	while (!plan_rules_end_word(*reader->at))
		reader->at++;
	if (reader->at == start)
	{
		fail(reader, "A name is missing.");
		return NULL;
	}
	return pnstrdup(start, reader->at - start);
}

/* A number from 0 on, without a sign. */
static bool
read_decimal(Reader *reader, float8 *number)
{
	const char *start;
	char	   *digits;
	char	   *end;

	skip_blanks(reader);
	start = reader->at;
	while (isdigit((unsigned char) *reader->at) || *reader->at == '.')
		reader->at++;
	digits = pnstrdup(start, reader->at - start);
	if (strpbrk(digits, "0123456789") == NULL ||
		!plan_rules_end_word(*reader->at))
		return fail(reader, "A number is missing, or is none.");
	*number = strtod(digits, &end);
	if (*end != '\0' || isinf(*number))
		return fail(reader, "A number is missing, or is none.");
	pfree(digits);
	return true;
}

static bool
read_integer(Reader *reader, int *number)
{
	float8		value;

	if (!read_decimal(reader, &value))
		return false;
	if (value >= PG_INT32_MAX || value != floor(value))
		return fail(reader, "A number of picks is not whole, or too large.");
	*number = (int) value;
	return true;
}

static GroupRule *
add_group(Reader *reader, char *name)
{
	PlanRules  *rules = reader->rules;
	GroupRule  *group;

	if (rules->ngroups == reader->groups_room)
	{
		reader->groups_room = Max(2 * reader->groups_room, FIRST_ROOM);
		rules->groups = rules->groups == NULL ?
			palloc(reader->groups_room * sizeof(GroupRule)) :
			repalloc_huge(rules->groups,
						  (Size) reader->groups_room * sizeof(GroupRule));
	}
	group = &rules->groups[rules->ngroups++];
	group->name = name;
	group->least = 0;
	group->most = PG_INT32_MAX;
	group->fee_share = 1;
	return group;
}

static void
add_id(Reader *reader, char *id, bool with)
{
	PlanRules  *rules = reader->rules;

	if (rules->nids == reader->ids_room)
	{
		reader->ids_room = Max(2 * reader->ids_room, FIRST_ROOM);
		rules->ids = rules->ids == NULL ?
			palloc(reader->ids_room * sizeof(IdRule)) :
			repalloc_huge(rules->ids,
						  (Size) reader->ids_room * sizeof(IdRule));
	}
	rules->ids[rules->nids].id = id;
	rules->ids[rules->nids++].with = with;
}

/* After the name of a group, or picks: >= 3, <= 3 or = 3. */
static bool
read_group_rule(Reader *reader, char *name)
{
	bool		at_least = take(reader, ">=");
	bool		at_most = !at_least && take(reader, "<=");
	GroupRule  *group;
	int			number;

	if (!at_least && !at_most && !take(reader, "="))
		return fail(reader, "After the name of a group comes >=, <= or =; before each id, with or without.");
	if (!read_integer(reader, &number))
		return false;
	group = add_group(reader, name);
	if (!at_most)
		group->least = number;
	if (!at_least)
		group->most = number;
	return true;
}

/* After fee_share: (group) <= 0.3 */
static bool
read_fee_share(Reader *reader)
{
	bool		quoted;
	char	   *name;
	float8		share;

	if (!take(reader, "("))
		return fail(reader, "After fee_share comes a group in parentheses.");
	name = read_name(reader, &quoted);
	if (name == NULL)
		return false;
	if (!take(reader, ")") || !take(reader, "<="))
		return fail(reader,
					"A share of the fees is written as fee_share(group) <= 0.3.");
	if (!read_decimal(reader, &share))
		return false;
	if (share > 1)
		return fail(reader, "A share of the fees is a fraction, at most 1.");
	add_group(reader, name)->fee_share = share;
	return true;
}

static bool
read_id_rule(Reader *reader, bool with)
{
	bool		quoted;
	char	   *id = read_name(reader, &quoted);

	if (id == NULL)
		return false;
	add_id(reader, id, with);
	return true;
}

static bool
read_least_reach(Reader *reader)
{
	float8		reach;

	if (!take(reader, ">="))
		return fail(reader, "A least reach is written as reach >= 100000.");
	if (!read_decimal(reader, &reach))
		return false;
	reader->rules->least_reach = Max(reader->rules->least_reach, reach);
	return true;
}

static bool
read_reach_at(Reader *reader)
{
	int			times;

	if (!take(reader, "="))
		return fail(reader,
					"How often somebody must be reached is written as reach_at = 2.");
	if (!read_integer(reader, &times))
		return false;
	if (times < 1 ||
		(reader->rules->reach_at > 1 && reader->rules->reach_at != times))
		return fail(reader, "reach_at is 1 or more, and the same all over.");
	reader->rules->reach_at = times;
	return true;
}

static bool
read_rule(Reader *reader)
{
	bool		quoted;
	char	   *name = read_name(reader, &quoted);

	if (name == NULL)
		return false;
	if (quoted)
		return read_group_rule(reader, name);
	if (pg_strcasecmp(name, "with") == 0)
		return read_id_rule(reader, true);
	if (pg_strcasecmp(name, "without") == 0)
		return read_id_rule(reader, false);
	if (pg_strcasecmp(name, "picks") == 0)
		return read_group_rule(reader, NULL);
	if (pg_strcasecmp(name, "fee_share") == 0)
		return read_fee_share(reader);
	if (pg_strcasecmp(name, "reach") == 0)
		return read_least_reach(reader);
	if (pg_strcasecmp(name, "reach_at") == 0)
		return read_reach_at(reader);
	return read_group_rule(reader, name);
}

static bool
read_rules(Reader *reader)
{
	skip_blanks(reader);
	if (*reader->at == '\0')
		return true;
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();
		if (!read_rule(reader))
			return false;
		skip_blanks(reader);
		if (*reader->at == '\0')
			return true;
		if (!take(reader, ",") && !take(reader, ";"))
			return fail(reader, "Rules are separated by commas.");
	}
}

/* By name; all picks come first. */
static int
compare_group_rules(const void *a, const void *b)
{
	const GroupRule *x = a;
	const GroupRule *y = b;

	if (x->name == NULL || y->name == NULL)
		return (x->name != NULL) - (y->name != NULL);
	return strcmp(x->name, y->name);
}

static int
compare_id_rules(const void *a, const void *b)
{
	const IdRule *x = a;
	const IdRule *y = b;
	int			order = strcmp(x->id, y->id);

	return order != 0 ? order : (int) y->with - (int) x->with;
}

/* Make one rule of all of a group: the strictest. */
static bool
merge_groups(Reader *reader)
{
	PlanRules  *rules = reader->rules;
	int			n = 0;

	if (rules->ngroups == 0)
		return true;
	sort_interruptible(rules->groups, rules->ngroups, sizeof(GroupRule),
					   compare_group_rules);
	for (int i = 1; i < rules->ngroups; i++)
	{
		GroupRule  *last = &rules->groups[n];
		GroupRule  *next = &rules->groups[i];

		check_interrupts(i);
		if (compare_group_rules(last, next) != 0)
			rules->groups[++n] = *next;
		else
		{
			last->least = Max(last->least, next->least);
			last->most = Min(last->most, next->most);
			last->fee_share = Min(last->fee_share, next->fee_share);
		}
	}
	rules->ngroups = n + 1;
	for (int i = 0; i < rules->ngroups; i++)
	{
		if (rules->groups[i].least > rules->groups[i].most)
			return fail(reader,
						psprintf("%s must have at least %d and at most %d.",
								 rules->groups[i].name ?
								 rules->groups[i].name : "picks",
								 rules->groups[i].least,
								 rules->groups[i].most));
	}
	return true;
}

static bool
merge_ids(Reader *reader)
{
	PlanRules  *rules = reader->rules;
	int			n = 0;

	if (rules->nids == 0)
		return true;
	sort_interruptible(rules->ids, rules->nids, sizeof(IdRule),
					   compare_id_rules);
	for (int i = 1; i < rules->nids; i++)
	{
		check_interrupts(i);
		if (strcmp(rules->ids[n].id, rules->ids[i].id) != 0)
			rules->ids[++n] = rules->ids[i];
		else if (rules->ids[n].with != rules->ids[i].with)
			return fail(reader, psprintf("%s must be picked and must not.",
										 rules->ids[n].id));
	}
	rules->nids = n + 1;
	return true;
}

/* plan_rules_none: a budget is all there is */
void
plan_rules_none(PlanRules *rules)
{
	memset(rules, 0, sizeof(*rules));
	rules->reach_at = 1;
}

/*
 * plan_rules_read
 *		Read rules.  Returns false after a soft error.
 *
 * Error 22P02 for what can't be read and for rules that contradict each other.
 */
bool
plan_rules_read(const char *str, PlanRules *rules, Node *escontext)
{
	Reader		reader = {.all = str,.at = str,.rules = rules};

	plan_rules_none(rules);
	if (!read_rules(&reader) || !merge_groups(&reader) || !merge_ids(&reader))
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid plan rules: \"%s\"", str),
				 errdetail("%s", reader.problem),
				 errhint("Write rules as micro >= 3, nano <= 2, fee_share(nano) <= 0.2, picks <= 10, with 17, without 9, reach >= 100000, reach_at = 2.")));
	return true;
}

/* plan_rules_group: the rule of a group; NULL if there is none */
GroupRule *
plan_rules_group(const PlanRules *rules, const char *name, size_t len)
{
	int			low = 0;
	int			high = rules->ngroups;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		GroupRule  *group = &rules->groups[middle];
		int			order = group->name == NULL ? 1 :
			strncmp(name, group->name, len);

		if (order == 0 && group->name[len] != '\0')
			order = -1;
		if (order == 0)
			return group;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
