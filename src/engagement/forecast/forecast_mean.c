/*-------------------------------------------------------------------------
 *
 * forecast_mean.c
 *		The logarithm of the mean of some posts' rates.
 *
 * The log rate of a post is about normal, with some skewness.  The mean of two
 * posts has a logarithm again, whose mean, deviation and skewness are
 * integrals over both posts; taken for those of the next distribution, they
 * give four posts, and so on (Schwartz and Yeh 1982, with a third moment).
 * That is right where Fenton's moments are not, with rates that spread by a
 * factor of e^2.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/normal_nodes.h"
#include "engagement/forecast/forecast_mean.h"

static const double post_deviation[POST_DEVIATIONS] = {
	0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1, 1.25, 1.5, 1.8, 2.2, 2.7, 4, 7, 13
};

/* Places of the normal distribution; the outer ones do not weigh anything. */
#define NODES				((int) lengthof(normal_node_15))
#define OUTER_NODES			2

/* A smaller deviation or skewness is none: quotients would be of rounding. */
#define NO_MOMENT			1e-6

/*
 * skewed
 *		The place of a distribution of mean 0 and deviation 1 where a normal
 *		one is at z (Cornish and Fisher 1938, the first term).  It ends where
 *		places would come back.
 */
double
skewed(double z, double skewness)
{
	if (skewness * z < -3)
		z = -3 / skewness;
	return z + skewness / 6 * (z * z - 1);
}

/* unskewed: the inverse */
double
unskewed(double y, double skewness)
{
	double		root;

	if (fabs(skewness) < NO_MOMENT)
		return y;
	root = 1 + 2 * skewness / 3 * (y + skewness / 6);
	return (sqrt(Max(root, 0)) - 1) * 3 / skewness;
}

/* The logarithm of the mean of two numbers that are given by theirs. */
static inline double
log_of_mean(double a, double b)
{
	return Max(a, b) + log1p(exp(-fabs(a - b))) - M_LN2;
}

/* Of two that are distributed alike. */
static Moments
mean_of_two(const Moments *one)
{
	double		place[lengthof(normal_node_15)];
	double		sum[4] = {0};
	Moments		two;

	for (int i = OUTER_NODES; i < NODES - OUTER_NODES; i++)
		place[i] = one->deviation * skewed(normal_node_15[i], one->skewness);
	for (int i = OUTER_NODES; i < NODES - OUTER_NODES; i++)
	{
		for (int j = OUTER_NODES; j <= i; j++)
		{
			double		w = normal_weight_15[i] * normal_weight_15[j] *
				(i == j ? 1 : 2);
			double		x = log_of_mean(place[i], place[j]);

			sum[0] += w;
			sum[1] += w * x;
			sum[2] += w * x * x;
			sum[3] += w * x * x * x;
		}
	}
	for (int i = 1; i <= 3; i++)
		sum[i] /= sum[0];
	two.mean = one->mean + sum[1];
	two.deviation = sqrt(Max(sum[2] - sum[1] * sum[1], 0));
	two.skewness = two.deviation < NO_MOMENT ? 0 :
		(sum[3] - 3 * sum[1] * sum[2] + 2 * sum[1] * sum[1] * sum[1]) /
		pow(two.deviation, 3);
	two.skewness = Max(-MOST_SKEWNESS, Min(MOST_SKEWNESS, two.skewness));
	return two;
}

/* start_post_means: single posts, of one skewness or between two */
void
start_post_means(double skewness, double other, PostMeans *means)
{
	means->doublings = 1;
	means->sides = skewness == other ? 1 : 2;
	means->skewness[0] = skewness;
	means->skewness[1] = other;
	for (int side = 0; side < means->sides; side++)
	{
		for (int i = 0; i < POST_DEVIATIONS; i++)
		{
			means->at[side][i][0].mean = 0;
			means->at[side][i][0].deviation = post_deviation[i];
			means->at[side][i][0].skewness = means->skewness[side];
		}
	}
}

/* More posts, by doublings. */
static void
need_doublings(PostMeans *means, int doublings)
{
	for (; means->doublings < doublings; means->doublings++)
	{
		for (int side = 0; side < means->sides; side++)
		{
			for (int i = 0; i < POST_DEVIATIONS; i++)
				means->at[side][i][means->doublings] =
					mean_of_two(&means->at[side][i][means->doublings - 1]);
		}
	}
}

/* On the line through two. */
static Moments
between_moments(const Moments *a, const Moments *b, double part)
{
	Moments		m;

	m.mean = a->mean + part * (b->mean - a->mean);
	m.deviation = a->deviation + part * (b->deviation - a->deviation);
	m.skewness = a->skewness + part * (b->skewness - a->skewness);
	return m;
}

/* mean_of_posts for deviations that the table has, on one side. */
static Moments
mean_on_side(const Moments (*at)[POST_DOUBLINGS], double deviation,
			 double doublings)
{
	int			level = (int) Min(doublings, POST_DOUBLINGS - 2);
	double		part = Min(doublings - level, 1);
	int			i = 0;
	Moments		low;
	Moments		high;

	while (i < POST_DEVIATIONS - 2 && post_deviation[i + 1] <= deviation)
		i++;
	if (part == 0)
	{
		low = at[i][level];
		high = at[i + 1][level];
	}
	else
	{
		low = between_moments(&at[i][level], &at[i][level + 1], part);
		high = between_moments(&at[i + 1][level], &at[i + 1][level + 1], part);
	}
	return between_moments(&low, &high, (deviation - post_deviation[i]) /
						   (post_deviation[i + 1] - post_deviation[i]));
}

/* The same for a skewness between those of two sides. */
static Moments
mean_in_table(PostMeans *means, double deviation, double skewness,
			  double posts)
{
	double		doublings = log2(posts);
	Moments		m;

	need_doublings(means, Min((int) ceil(doublings) + 1, POST_DOUBLINGS));
	m = mean_on_side(means->at[0], deviation, doublings);
	if (means->sides > 1)
	{
		Moments		other = mean_on_side(means->at[1], deviation, doublings);

		m = between_moments(&m, &other, (skewness - means->skewness[0]) /
							(means->skewness[1] - means->skewness[0]));
	}
	m.skewness = Max(-MOST_SKEWNESS, Min(MOST_SKEWNESS, m.skewness));
	if (doublings > POST_DOUBLINGS - 1)
		m.deviation *= exp2((POST_DOUBLINGS - 1 - doublings) / 2);
	return m;
}

/*
 * mean_of_posts
 *		What the mean of some posts is, relative to a typical post, as a
 *		logarithm.
 *
 * Past the table, deviations fall with the root of the posts.  With larger
 * deviations of one post, the sum is about the largest post, whose logarithm
 * grows with the deviation.
 */
Moments
mean_of_posts(PostMeans *means, double deviation, double skewness,
			  double posts)
{
	double		largest = post_deviation[POST_DEVIATIONS - 1];
	double		times = Max(1, deviation / largest);
	Moments		m = mean_in_table(means, Min(deviation, largest), skewness,
								  posts);

	m.mean = times * (m.mean + log(posts)) - log(posts);
	m.deviation *= times;
	return m;
}
