/*-------------------------------------------------------------------------
 *
 * plan_groups.c
 *		The groups of a plan: which candidates the rules speak of.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/uuid.h"

#include "base/compat.h"
#include "base/interrupt.h"
#include "campaign/campaign_state.h"

/* The text of an id, as rules name it. */
static char *
id_text(Datum id, Oid id_type)
{
	if (id_type == INT8OID)
		return DatumGetCString(DirectFunctionCall1(int8out, id));
	if (id_type == UUIDOID)
		return DatumGetCString(DirectFunctionCall1(uuid_out, id));
	return TextDatumGetCString(id);
}

/* Write the ids of rules as the type does. */
static void
canonical_rule_ids(PlanRules *rules, Oid id_type)
{
	for (int i = 0; i < rules->nids; i++)
	{
		char	  **id = &rules->ids[i].id;

		if (id_type == INT8OID)
			*id = id_text(DirectFunctionCall1(int8in, CStringGetDatum(*id)),
						  id_type);
		else if (id_type == UUIDOID)
			*id = id_text(DirectFunctionCall1(uuid_in, CStringGetDatum(*id)),
						  id_type);
	}
}

static void
init_group(PlanGroup *group, const char *name, int least, int most,
		   float8 fee_share)
{
	group->name = name;
	group->least = least;
	group->most = most;
	group->fee_share = fee_share;
	group->members = 0;
	group->last_member = NULL;
	group->is_id = false;
}

/*
 * The groups that rules name: all picks, labels, and ids that must be picked.
 */
static void
make_groups(PlanProblem *problem)
{
	const PlanRules *rules = &problem->rules;

	problem->groups =
		MemoryContextAllocHuge(CurrentMemoryContext,
							   ((Size) rules->ngroups + rules->nids + 1) *
							   sizeof(PlanGroup));
	for (int i = 0; i < rules->ngroups; i++)
	{
		const GroupRule *rule = &rules->groups[i];

		init_group(&problem->groups[problem->ngroups++],
				   rule->name ? rule->name : "picks", rule->least, rule->most,
				   rule->fee_share);
	}
	for (int i = 0; i < rules->nids; i++)
	{
		if (!rules->ids[i].with)
			continue;
		init_group(&problem->groups[problem->ngroups], rules->ids[i].id, 1,
				   PG_INT32_MAX, 1);
		problem->groups[problem->ngroups++].is_id = true;
	}
}

/* Join a group, unless that was done before: for labels come twice. */
static void
join_group(PlanProblem *problem, Candidate *candidate, int number)
{
	PlanGroup  *group = &problem->groups[number];

	if (group->last_member == candidate)
		return;
	group->last_member = candidate;
	group->members++;
	candidate->groups[candidate->ngroups++] = number;
}

/* Join the groups of a candidate's labels. */
static void
join_labels(PlanProblem *problem, Candidate *candidate, ArrayType *labels)
{
	Datum	   *elems = NULL;
	bool	   *nulls = NULL;
	int			count = 0;

	if (labels != NULL && ARR_ELEMTYPE(labels) != TEXTOID)
		campaign_fail_null();
	if (labels != NULL)
		deconstruct_array(labels, TEXTOID, -1, false, TYPALIGN_INT, &elems,
						  &nulls, &count);
	candidate->groups = palloc((Min(count, problem->ngroups) + 2) *
							   sizeof(int));
	candidate->ngroups = 0;
	if (problem->rules.ngroups > 0 && problem->rules.groups[0].name == NULL)
		join_group(problem, candidate, 0);
	for (int i = 0; i < count; i++)
	{
		const GroupRule *rule = nulls[i] ? NULL :
			plan_rules_group(&problem->rules,
							 VARDATA_ANY(DatumGetPointer(elems[i])),
							 VARSIZE_ANY_EXHDR(DatumGetPointer(elems[i])));

		CHECK_FOR_INTERRUPTS();
		if (rule != NULL)
			join_group(problem, candidate, rule - problem->rules.groups);
	}
}

/* The rule for an id; -1 if there is none. */
static int
find_id_rule(const PlanRules *rules, const char *id)
{
	for (int low = 0, high = rules->nids; low < high;)
	{
		int			middle = low + (high - low) / 2;
		int			order = strcmp(id, rules->ids[middle].id);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

static int
compare_rule_ids(const void *a, const void *b)
{
	return strcmp(((const IdRule *) a)->id, ((const IdRule *) b)->id);
}

/* The group of an id that must be picked. */
static int
id_group(const PlanProblem *problem, int rule)
{
	int			group = problem->rules.ngroups;

	for (int i = 0; i < rule; i++)
		group += problem->rules.ids[i].with;
	return group;
}

/*
 * Join a candidate to the group of its id; returns false if it must not be
 * picked.
 */
static bool
obey_id_rule(PlanProblem *problem, Candidate *candidate, Oid id_type)
{
	int			rule;

	if (problem->rules.nids == 0)
		return true;
	rule = find_id_rule(&problem->rules, id_text(candidate->id, id_type));
	if (rule < 0)
		return true;
	if (problem->rules.ids[rule].with)
		join_group(problem, candidate, id_group(problem, rule));
	return problem->rules.ids[rule].with;
}

/* plan_leave_groups: somebody is no candidate any more */
void
plan_leave_groups(PlanProblem *problem, const Candidate *candidate)
{
	for (int i = 0; i < candidate->ngroups; i++)
		problem->groups[candidate->groups[i]].members--;
}

/*
 * plan_make_groups
 *		Read the rules, which may be NULL, and sort the candidates, whose
 *		labels are given, into the groups that these name; leave out who must
 *		not be picked.
 */
void
plan_make_groups(PlanProblem *problem, const text *rules_text,
				 ArrayType *const *labels, Oid id_type)
{
	PlanRules  *rules = &problem->rules;
	int			kept = 0;

	plan_rules_none(rules);
	if (rules_text != NULL)
		(void) plan_rules_read(text_to_cstring(rules_text), rules, NULL);
	canonical_rule_ids(rules, id_type);
	if (rules->nids > 0)
		sort_interruptible(rules->ids, rules->nids, sizeof(IdRule),
						   compare_rule_ids);
	make_groups(problem);
	for (int i = 0; i < problem->count; i++)
	{
		Candidate  *candidate = &problem->candidates[i];

		CHECK_FOR_INTERRUPTS();
		join_labels(problem, candidate, labels[i]);
		if (obey_id_rule(problem, candidate, id_type))
			problem->candidates[kept++] = *candidate;
		else
			plan_leave_groups(problem, candidate);
	}
	problem->count = kept;
}
