/*-------------------------------------------------------------------------
 *
 * plan_rules.c
 *		The type plan_rules: what a campaign plan must obey.
 *
 *		micro >= 3, nano <= 2, fee_share(nano) <= 0.2, picks <= 10,
 *		with 17, without "page 9", reach >= 100000, reach_at = 2
 *
 * A value is stored as its text, in one form for all ways to write it, and
 * read again where it is used: that is once for a plan, and there is no other
 * format to get wrong.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "base/numeric.h"
#include "campaign/plan_rules.h"

/* Whether a name must be quoted to be read as one. */
static bool
needs_quotes(const char *name, bool is_group)
{
	static const char *const words[] = {
		"with", "without", "picks", "fee_share", "reach", "reach_at"
	};

	if (name[0] == '\0')
		return true;
	for (const char *c = name; *c != '\0'; c++)
	{
		if (plan_rules_end_word(*c))
			return true;
	}
	for (size_t i = 0; is_group && i < lengthof(words); i++)
	{
		if (pg_strcasecmp(name, words[i]) == 0)
			return true;
	}
	return false;
}

static void
append_name(StringInfo text, const char *name, bool is_group)
{
	if (!needs_quotes(name, is_group))
	{
		appendStringInfoString(text, name);
		return;
	}
	appendStringInfoChar(text, '"');
	for (const char *c = name; *c != '\0'; c++)
	{
		check_interrupts(text->len);
		if (*c == '"')
			appendStringInfoChar(text, '"');
		appendStringInfoChar(text, *c);
	}
	appendStringInfoChar(text, '"');
}

/* A number as it is read: digits, without an exponent. */
static void
append_number(StringInfo text, float8 number)
{
	char		shortest[DOUBLE_SHORTEST_DECIMAL_LEN];
	Datum		decimal;

	double_to_shortest_decimal_buf(number, shortest);
	decimal = DirectFunctionCall3(numeric_in, CStringGetDatum(shortest),
								  ObjectIdGetDatum(InvalidOid),
								  Int32GetDatum(-1));
	appendStringInfoString(text, numeric_to_decimal(DatumGetNumeric(decimal)));
}

static void
append_comma(StringInfo text)
{
	if (text->len > 0)
		appendStringInfoString(text, ", ");
}

static void
append_group_rule(StringInfo text, const GroupRule *group, const char *op,
				  int number)
{
	append_comma(text);
	if (group->name == NULL)
		appendStringInfoString(text, "picks");
	else
		append_name(text, group->name, true);
	appendStringInfo(text, " %s %d", op, number);
}

static void
append_group(StringInfo text, const GroupRule *group)
{
	if (group->least > 0 && group->least == group->most)
		append_group_rule(text, group, "=", group->least);
	else
	{
		if (group->least > 0)
			append_group_rule(text, group, ">=", group->least);
		if (group->most < PG_INT32_MAX)
			append_group_rule(text, group, "<=", group->most);
	}
	if (group->fee_share < 1)
	{
		append_comma(text);
		appendStringInfoString(text, "fee_share(");
		append_name(text, group->name, true);
		appendStringInfoString(text, ") <= ");
		append_number(text, group->fee_share);
	}
}

/* The one text of some rules. */
static char *
rules_text(const PlanRules *rules)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < rules->ngroups; i++)
		append_group(&text, &rules->groups[i]);
	for (int i = 0; i < rules->nids; i++)
	{
		append_comma(&text);
		appendStringInfoString(&text,
							   rules->ids[i].with ? "with " : "without ");
		append_name(&text, rules->ids[i].id, false);
	}
	if (rules->least_reach > 0)
	{
		append_comma(&text);
		appendStringInfoString(&text, "reach >= ");
		append_number(&text, rules->least_reach);
	}
	if (rules->reach_at > 1)
	{
		append_comma(&text);
		appendStringInfo(&text, "reach_at = %d", rules->reach_at);
	}
	return text.data;
}

PG_FUNCTION_INFO_V1(plan_rules_in);

/* plan_rules_in: error 22P02, soft where the server has soft errors */
Datum
plan_rules_in(PG_FUNCTION_ARGS)
{
	PlanRules	rules;

	if (!plan_rules_read(PG_GETARG_CSTRING(0), &rules, fcinfo->context))
		return (Datum) 0;
	PG_RETURN_TEXT_P(cstring_to_text(rules_text(&rules)));
}

PG_FUNCTION_INFO_V1(plan_rules_out);

/* plan_rules_out: the text */
Datum
plan_rules_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(text_to_cstring(PG_GETARG_TEXT_PP(0)));
}

PG_FUNCTION_INFO_V1(plan_rules_recv);

/* plan_rules_recv: the text, in the client's encoding; error 22P02 */
Datum
plan_rules_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len;
	PlanRules	rules;

	(void) plan_rules_read(pq_getmsgtext(buf, buf->len - buf->cursor, &len),
						   &rules, NULL);
	PG_RETURN_TEXT_P(cstring_to_text(rules_text(&rules)));
}

PG_FUNCTION_INFO_V1(plan_rules_send);

/* plan_rules_send: the text */
Datum
plan_rules_send(PG_FUNCTION_ARGS)
{
	text	   *rules = PG_GETARG_TEXT_PP(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, VARDATA_ANY(rules), VARSIZE_ANY_EXHDR(rules));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
