/*-------------------------------------------------------------------------
 *
 * quantile.c
 *		Quantiles and probabilities of the normal and Student's distribution.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/quantile.h"

/*
 * certain_below
 *		The probability where nothing varies, that what is always the same is
 *		below what is off it by a logarithm.
 */
double
certain_below(double off)
{
	if (fabs(off) <= EQUAL_LOGS)
		return 0.5;
	return off > 0 ? 1 : 0;
}

/* The probability that a standard normal variable is below z. */
double
normal_below(double z)
{
	return 0.5 * erfc(-z * M_SQRT1_2);
}

/*
 * normal_quantile
 *		The z that a standard normal variable is below with probability p.
 *
 * The starting point is 26.2.23 of Abramowitz and Stegun, right to 4.5e-4,
 * and three steps of Halley's method make it as exact as erfc() is.
 */
double
normal_quantile(double p)
{
	double		tail = Min(p, 1 - p);
	double		t = sqrt(-2 * log(tail));
	double		z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
		(1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));

	for (int i = 0; i < 3; i++)
	{
		double		error = 0.5 * erfc(z * M_SQRT1_2) - tail;
		double		step = error * sqrt(2 * M_PI) * exp(z * z / 2);

		z += step / (1 + z * step / 2);
	}
	return p < 0.5 ? -z : z;
}

/*
 * student_quantile
 *		The same for Student's distribution, which is wider.
 *
 * For one and two degrees of freedom there are closed forms.  For more, it is
 * the expansion 26.7.5 of Abramowitz and Stegun: for 90 % and three degrees
 * .3 % short, and better for more.
 */
double
student_quantile(double p, double freedom)
{
	double		z = normal_quantile(p);
	double		z2 = z * z;
	double		f = 1 / freedom;

	if (freedom == 1)
		return -1 / tan(M_PI * p);
	if (freedom == 2)
		return (2 * p - 1) / sqrt(2 * p * (1 - p));
	return z * (1 + f * ((z2 + 1) / 4 +
						 f * (((5 * z2 + 16) * z2 + 3) / 96 +
							  f * (((3 * z2 + 19) * z2 + 17) * z2 - 15) /
							  384)));
}

/* From so many degrees of freedom on, Student's distribution is normal. */
#define MANY_FREEDOM		2000

/*
 * student_below
 *		The probability that a variable with Student's distribution is below t.
 *
 * 26.7.3 and 26.7.4 of Abramowitz and Stegun, for whole degrees of freedom.
 */
double
student_below(double t, double freedom)
{
	int			f = (int) Min(rint(freedom), MANY_FREEDOM);
	double		angle = atan(t / sqrt(f));
	double		cos2 = cos(angle) * cos(angle);
	double		odd = f % 2 == 1;
	double		term = odd ? cos(angle) : 1;
	double		sum = f == 1 ? 0 : term;
	double		within;

	if (f == MANY_FREEDOM)
		return normal_below(t);
	for (int i = odd ? 2 : 1; i <= f - 3; i += 2)
	{
		term *= cos2 * i / (i + 1);
		sum += term;
	}
	within = sin(angle) * sum;
	if (odd)
		within = 2 / M_PI * (angle + within);
	return 0.5 + within / 2;
}

/* Error 22023 for a confidence that is none. */
void
confidence_check(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be between 0 and 1: %g", confidence),
				 errhint("Write 90 %% as 0.9.")));
}
