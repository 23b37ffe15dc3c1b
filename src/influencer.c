/*-------------------------------------------------------------------------
 *
 * influencer.c
 *		The module itself: what the server checks when it loads the library.
 *
 * Every concept has a C file of its own, with the SQL that declares it
 * beside it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "base/compat.h"

INFLUENCER_MODULE_MAGIC;
