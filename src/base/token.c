/*-------------------------------------------------------------------------
 *
 * token.c
 *		Numbers in pieces of a text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/token.h"

/* Numbers are shorter. */
#define MAX_NUMBER_LEN		32

/* A copy that ends with a zero byte; false for what can't be a number. */
static bool
copy_number(Token token, char *digits)
{
	if (token.len == 0 || token.len >= MAX_NUMBER_LEN ||
		is_blank(token.str[0]))
		return false;
	memcpy(digits, token.str, token.len);
	digits[token.len] = '\0';
	return true;
}

/* The whole number that a token is; false for anything else. */
bool
token_int64(Token token, int64 *number)
{
	char		digits[MAX_NUMBER_LEN];
	char	   *end;

	if (!copy_number(token, digits))
		return false;
	errno = 0;
	*number = strtoi64(digits, &end, 10);
	return errno == 0 && *end == '\0';
}

/*
 * The double that a token is, 0 for -0; false for anything else.  What is past
 * its range is infinite or 0.
 */
bool
token_float8(Token token, double *number)
{
	char		digits[MAX_NUMBER_LEN];
	char	   *end;

	if (!copy_number(token, digits))
		return false;
	*number = strtod(digits, &end) + 0.0;
	return *end == '\0';
}
