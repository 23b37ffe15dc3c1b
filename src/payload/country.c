/*-------------------------------------------------------------------------
 *
 * country.c
 *		The code of a country by its name.
 *
 * Names are compared by their ASCII letters only, so that it does not matter
 * how a source, or the server's encoding, writes the others: the table has
 * each name with its accents taken off and with its letters left out.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "payload/country.h"

/* Longer than the longest name of the table. */
#define MAX_NAME	64

/*
 * The letters of a name in lower case, without an article; false if there are
 * too many.
 */
static bool
country_key(const char *name, size_t len, char *key)
{
	size_t		n = 0;

	if (len > 4 && pg_strncasecmp(name, "the ", 4) == 0)
	{
		name += 4;
		len -= 4;
	}
	for (size_t i = 0; i < len; i++)
	{
		char		c = name[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c < 'a' || c > 'z')
			continue;
		if (n == MAX_NAME - 1)
			return false;
		key[n++] = c;
	}
	key[n] = '\0';
	return true;
}

static int
compare_name(const void *key, const void *entry)
{
	return strcmp(key, ((const CountryName *) entry)->name);
}

/*
 * country_code
 *		The alpha-2 code of ISO 3166 of a country by its English name or
 *		alpha-3 code, in any case; NULL for another.
 */
const char *
country_code(const char *name, size_t len)
{
	char		key[MAX_NAME];
	const CountryName *found;

	if (!country_key(name, len, key))
		return NULL;
	found = bsearch(key, country_names, country_name_count,
					sizeof(CountryName), compare_name);
	return found != NULL ? found->code : NULL;
}
