/*-------------------------------------------------------------------------
 *
 * mapping_compiler.h
 *		What compiling a mapping consists of.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_MAPPING_COMPILER_H
#define INFLUENCER_MAPPING_COMPILER_H

#include "base/compat.h"
#include "base/json.h"
#include "payload/payload_mapping.h"

/* What is being compiled. */
typedef struct MappingCompiler
{
	const RowKind *rows;		/* of the shape at hand */
	Shape	   *shape;
	int			npaths;
} MappingCompiler;

/* Walk through an array, or take a value for an array of itself. */
typedef struct OneOrMany
{
	bool		many;
	int			count;
	JsonWalk	walk;
	JsonbValue	value;
	JsonPlace	place;
	int64		number;
	const JsonPlace *above;
} OneOrMany;

pg_noreturn extern void mapping_invalid(const JsonPlace *place,
										const char *problem);
pg_noreturn extern void mapping_wrong_kind(const JsonPlace *place,
										   const JsonbValue *value,
										   const char *expected);
extern const char *mapping_string(const JsonPlace *place,
								  const JsonbValue *value);
extern JsonbValue mapping_scalar(const JsonPlace *place,
								 const JsonbValue *value);
extern MappingPath *mapping_path(MappingCompiler *c, const JsonPlace *place,
								 const JsonbValue *value);
extern int	mapping_slot(MappingCompiler *c, const JsonPlace *place,
						 const JsonbValue *value);
extern void one_or_many_start(OneOrMany *m, const JsonPlace *place,
							  const JsonbValue *value);
extern bool one_or_many_next(OneOrMany *m);
extern bool mapping_key_is(const JsonWalk *walk, const char *name);

/* mapping_condition.c */
extern Test mapping_test(MappingCompiler *c, const JsonPlace *place,
						 const JsonbValue *value,
						 MappingPath **doc);
extern Condition mapping_condition(MappingCompiler *c, const JsonPlace *place,
								   const JsonbValue *value);

/* mapping_column.c */
extern void mapping_column(MappingCompiler *c, int column,
						   const JsonPlace *place,
						   const JsonbValue *value);

#endif							/* INFLUENCER_MAPPING_COMPILER_H */
