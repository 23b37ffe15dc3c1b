/*-------------------------------------------------------------------------
 *
 * reach_model.h
 *		How audiences overlap where only their sizes are known.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_REACH_MODEL_H
#define INFLUENCER_REACH_MODEL_H

/*
 * A model of how the audiences of one population overlap; see reach_model.c.
 * Shares are those of the population.
 */
typedef struct ReachModel
{
	float8		theta;			/* above 0: more than by chance */
	float8		apart;			/* above 0: less; the share that keeps apart */
	float8		scale;			/* terms are divided by exp(scale) */
} ReachModel;

/* What a model can be asked of some audiences that come one by one. */
typedef struct ReachSums
{
	float8		shares;
	float8		terms;			/* of reach_model_term() */
} ReachSums;

/*
 * The same where who is reached several times counts: for each node, how
 * probable it is to be reached 0, 1 ... often - 1 times, and often enough.  Of
 * fewer audiences than often, nobody is; then as many times as there are of
 * these are the last.
 */
typedef struct ReachTimes
{
	int			often;
	int			nodes;
	float8	   *rate;			/* of a node: how often people are reached */
	float8	   *weight;			/* of a node: how many people it stands for */
	int			last;			/* times that a node knows: often, or fewer */
	float8	   *times;			/* of a node: last + 1 probabilities */
	float8		shares;
} ReachTimes;

extern void reach_model_init(ReachModel *model);
extern bool reach_model_fit(ReachModel *model, const float8 *shares, int count,
							float8 mean_common, float8 *least, float8 *most);
extern float8 reach_model_term(const ReachModel *model, float8 share);
extern float8 reach_model_share(const ReachModel *model,
								const ReachSums *sums);

extern void reach_times_init(ReachTimes *times, const ReachModel *model,
							 const float8 *shares, int count, int often);
extern void reach_times_clear(ReachTimes *times);
extern void reach_times_add(ReachTimes *times, const ReachModel *model,
							float8 share);
extern float8 reach_times_gain(const ReachTimes *times,
							   const ReachModel *model, float8 share);
extern float8 reach_times_nearer(const ReachTimes *times,
								 const ReachModel *model, float8 share);

#endif							/* INFLUENCER_REACH_MODEL_H */
