/*-------------------------------------------------------------------------
 *
 * count.h
 *		Counts as people write them, and counts that can't be.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_COUNT_H
#define INFLUENCER_COUNT_H

/* What can be wrong with a written count. */
typedef enum CountProblem
{
	COUNT_OK,
	COUNT_SYNTAX,				/* not a number */
	COUNT_NEGATIVE,				/* below zero */
	COUNT_GROUPING,				/* separators that don't group by three */
	COUNT_AMBIGUOUS,			/* 1,234K: thousands or decimals? */
	COUNT_TWO_MEANINGS,			/* 1.5 mil: thousand or million? */
	COUNT_FRACTION,				/* not a whole count */
	COUNT_OVERFLOW				/* past bigint */
} CountProblem;

extern CountProblem count_parse(const char *str, size_t len, bool loose,
								int64 *count);
extern const char *count_problem_hint(CountProblem problem);
extern void count_check(int64 count, const char *what);

#endif							/* INFLUENCER_COUNT_H */
