/*-------------------------------------------------------------------------
 *
 * month.h
 *		A month as a stretch of time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MONTH_H
#define INFLUENCER_MONTH_H

/* A twelfth of a year of 365.25 days, in microseconds. */
#define USECS_PER_MONTH		INT64CONST(2629800000000)

#endif							/* INFLUENCER_MONTH_H */
