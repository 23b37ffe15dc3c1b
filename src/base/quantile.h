/*-------------------------------------------------------------------------
 *
 * quantile.h
 *		Quantiles and probabilities of the normal and Student's distribution.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_QUANTILE_H
#define INFLUENCER_QUANTILE_H

/* Logarithms that are nearer than this are equal but for rounding. */
#define EQUAL_LOGS			1e-9

extern double certain_below(double off);
extern double normal_below(double z);
extern double normal_quantile(double p);
extern double student_below(double t, double freedom);
extern double student_quantile(double p, double freedom);
extern void confidence_check(double confidence);

#endif							/* INFLUENCER_QUANTILE_H */
