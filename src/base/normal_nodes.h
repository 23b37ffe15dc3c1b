/*-------------------------------------------------------------------------
 *
 * normal_nodes.h
 *		A standard normal variable in a few places, with their weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_NORMAL_NODES_H
#define INFLUENCER_NORMAL_NODES_H

extern const double normal_node_5[5];
extern const double normal_weight_5[5];
extern const double normal_node_7[7];
extern const double normal_weight_7[7];
extern const double normal_node_15[15];
extern const double normal_weight_15[15];

#endif							/* INFLUENCER_NORMAL_NODES_H */
