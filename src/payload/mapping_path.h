/*-------------------------------------------------------------------------
 *
 * mapping_path.h
 *		Paths of a mapping, and trees of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MAPPING_PATH_H
#define INFLUENCER_MAPPING_PATH_H

#include "payload/payload_mapping.h"

extern MappingPath *mapping_path_read(const char *str, int len,
									  const char **problem);
extern bool mapping_path_is_list(const MappingPath *path);
extern Needle *needle_root(void);
extern Needle *needle_add(Needle *needle, const MappingPath *path);

#endif							/* INFLUENCER_MAPPING_PATH_H */
