/*-------------------------------------------------------------------------
 *
 * plan_rules.h
 *		What a campaign plan must obey, beside its budget.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_PLAN_RULES_H
#define INFLUENCER_PLAN_RULES_H

#include "nodes/nodes.h"

/* How many picks a group may have, and what share of the budget. */
typedef struct GroupRule
{
	char	   *name;			/* NULL: all picks */
	int			least;
	int			most;			/* PG_INT32_MAX: any number */
	float8		fee_share;		/* 1: all of the budget */
} GroupRule;

/* A profile that must be picked, or must not. */
typedef struct IdRule
{
	char	   *id;
	bool		with;
} IdRule;

/* All rules; groups and ids are in the order of their bytes, each once. */
typedef struct PlanRules
{
	int			ngroups;
	GroupRule  *groups;
	int			nids;
	IdRule	   *ids;
	float8		least_reach;	/* 0: any */
	int			reach_at;		/* who counts is reached so many times */
} PlanRules;

/* plan_rules_read.c */
extern void plan_rules_none(PlanRules *rules);
extern bool plan_rules_read(const char *str, PlanRules *rules,
							Node *escontext);
extern GroupRule *plan_rules_group(const PlanRules *rules, const char *name,
								   size_t len);

/* What ends a word of rules that is not quoted. */
static inline bool
plan_rules_end_word(char c)
{
	return c == '\0' || strchr(" \t\n\r\f\v,;\"'()<>=", c) != NULL;
}

#endif							/* INFLUENCER_PLAN_RULES_H */
