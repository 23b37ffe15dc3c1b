/*-------------------------------------------------------------------------
 *
 * invalid.h
 *		The error for bytes that are no value of a type.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_INVALID_H
#define INFLUENCER_INVALID_H

#include "base/compat.h"

/* Error 22P03, with what is wrong as a sentence. */
pg_noreturn static inline void
invalid_binary(const char *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s", type),
			 errdetail("%s", detail)));
}

#endif							/* INFLUENCER_INVALID_H */
