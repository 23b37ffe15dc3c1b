/*-------------------------------------------------------------------------
 *
 * mapping_rows.c
 *		The columns of posts and of profiles.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "payload/payload_mapping.h"

static const Column post_columns[POST_COLUMNS] = {
	{"post_id", COLUMN_TEXT, false},
	{"published_at", COLUMN_TIME, false},
	{"likes", COLUMN_COUNT, true},
	{"comments", COLUMN_COUNT, true},
	{"shares", COLUMN_COUNT, true},
	{"saves", COLUMN_COUNT, true},
	{"views", COLUMN_COUNT, true},
	{"reach", COLUMN_COUNT, true},
	{"caption", COLUMN_TEXT, false},
	{"media_type", COLUMN_TEXT, false},
	{"permalink", COLUMN_TEXT, false},
	{"is_sponsored", COLUMN_FLAG, false}
};

/* A profile is known by its followers. */
static const Column profile_columns[PROFILE_COLUMNS] = {
	{"profile_id", COLUMN_TEXT, false},
	{"username", COLUMN_TEXT, false},
	{"followers", COLUMN_COUNT, true},
	{"following", COLUMN_COUNT, false},
	{"posts", COLUMN_COUNT, false},
	{"views", COLUMN_COUNT, false},
	{"created_at", COLUMN_TIME, false}
};

const RowKind post_rows = {"posts", "post", POST_COLUMNS, POST_ID,
post_columns};
const RowKind profile_rows = {"profile", "profile", PROFILE_COLUMNS, -1,
profile_columns};
