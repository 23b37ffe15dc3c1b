/*-------------------------------------------------------------------------
 *
 * payload_shapes.c
 *		The mappings of platforms, by their names.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "payload/payload_mapping.h"

/* Rows of platforms[], and room for more. */
#define MAX_PLATFORMS	20

/*
 * platform_find
 *		The platform of a name, in any case; error 22023 for another.
 */
const Platform *
platform_find(const char *name, int len)
{
	const Platform *platform = platforms;

	while (platform->name != NULL &&
		   ((int) strlen(platform->name) != len ||
			pg_strncasecmp(platform->name, name, len) != 0))
		platform++;
	if (platform->name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown platform: \"%s\"", pnstrdup(name, len)),
				 errhint("Known are instagram, youtube, tiktok and x, and the vendors insightiq, modash, iqdata and hypeauditor. A json text in its place needs a cast to jsonb.")));
	return platform;
}

/* platform_shapes: the mapping of a platform */
Jsonb *
platform_shapes(const Platform *platform)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (const char *const *shapes = platform->shapes; *shapes != NULL;
		 shapes++)
		appendStringInfo(&buf, "%c%s", buf.len == 0 ? '[' : ',', *shapes);
	appendStringInfoChar(&buf, ']');
	return DatumGetJsonbP(DirectFunctionCall1(jsonb_in,
											  CStringGetDatum(buf.data)));
}

/*
 * platform_mapping
 *		The mapping of a platform, compiled; NULL if it has no such rows.  It
 *		stays for the session: there are few.
 */
const Mapping *
platform_mapping(const Platform *platform, const RowKind *rows)
{
	static Mapping *compiled[MAX_PLATFORMS][2];
	Mapping   **mapping = &compiled[platform - platforms][rows ==
														  &profile_rows];
	MemoryContext cxt;
	MemoryContext old;

	Assert(platform - platforms < MAX_PLATFORMS);
	if (*mapping != NULL)
		return *mapping;
	cxt = AllocSetContextCreate(CurrentMemoryContext, "payload mapping",
								ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(cxt);
	*mapping = mapping_compile(platform_shapes(platform), rows);
	MemoryContextSwitchTo(old);
	MemoryContextSetParent(cxt, CacheMemoryContext);
	return *mapping;
}
