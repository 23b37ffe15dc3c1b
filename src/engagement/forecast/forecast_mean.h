/*-------------------------------------------------------------------------
 *
 * forecast_mean.h
 *		The logarithm of the mean of some posts' rates.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_FORECAST_MEAN_H
#define INFLUENCER_FORECAST_MEAN_H

/* Deviations of one post that are worked out, and numbers of posts, 2^i. */
#define POST_DEVIATIONS		16
#define POST_DOUBLINGS		13

/* A distribution that is about normal. */
typedef struct Moments
{
	double		mean;
	double		deviation;
	double		skewness;
} Moments;

/*
 * For one post's skewness, or the least and the greatest that it may have, as
 * far as was asked for.
 */
typedef struct PostMeans
{
	int			doublings;
	int			sides;			/* 1 or 2 */
	double		skewness[2];
	Moments		at[2][POST_DEVIATIONS][POST_DOUBLINGS];
} PostMeans;

/* What skewness may be, so that places keep their order where they matter. */
#define MOST_SKEWNESS		1.2

extern double skewed(double z, double skewness);
extern double unskewed(double y, double skewness);
extern void start_post_means(double skewness, double other, PostMeans *means);
extern Moments mean_of_posts(PostMeans *means, double deviation,
							 double skewness, double posts);

#endif							/* INFLUENCER_FORECAST_MEAN_H */
