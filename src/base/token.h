/*-------------------------------------------------------------------------
 *
 * token.h
 *		Pieces of a text being read, without copying it.
 *
 * Blanks are those of ASCII, whatever the locale: what a text form means must
 * not depend on where it is read.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_TOKEN_H
#define INFLUENCER_TOKEN_H

#include "base/interrupt.h"

typedef struct Token
{
	const char *str;
	size_t		len;
} Token;

extern bool token_int64(Token token, int64 *number);
extern bool token_float8(Token token, double *number);

static inline Token
token_of(const char *str, size_t len)
{
	Token		token = {str, len};

	return token;
}

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
		c == '\v';
}

/* Without the blanks around it. */
static inline Token
token_trim(Token token)
{
	while (token.len > 0 && is_blank(token.str[0]))
	{
		check_interrupts(token.len);
		token.str++;
		token.len--;
	}
	while (token.len > 0 && is_blank(token.str[token.len - 1]))
	{
		check_interrupts(token.len);
		token.len--;
	}
	return token;
}

/*
 * Cut off what stands before the first mark, or everything if there is none,
 * and return it trimmed.  *rest is left with what follows the mark.
 */
static inline Token
token_cut(Token *rest, char mark, bool *found)
{
	const char *at = rest->len > 0 ? memchr(rest->str, mark, rest->len) : NULL;
	Token		head = *rest;

	*found = (at != NULL);
	if (at != NULL)
		head.len = at - rest->str;
	rest->str += head.len + (*found ? 1 : 0);
	rest->len -= head.len + (*found ? 1 : 0);
	return token_trim(head);
}

/* Compare without regard to ASCII case. */
static inline bool
token_equals(Token token, const char *word)
{
	return strlen(word) == token.len &&
		pg_strncasecmp(word, token.str, token.len) == 0;
}

#endif							/* INFLUENCER_TOKEN_H */
