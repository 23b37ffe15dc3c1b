/*-------------------------------------------------------------------------
 *
 * country.h
 *		The code of a country by its name.
 *
 *-------------------------------------------------------------------------
 */
#ifndef INFLUENCER_COUNTRY_H
#define INFLUENCER_COUNTRY_H

typedef struct CountryName
{
	const char *name;			/* its ASCII letters, in lower case */
	char		code[3];		/* ISO 3166 alpha-2 */
} CountryName;

/* country_table.c, in the order of names */
extern const CountryName country_names[];
extern const int country_name_count;

/* country.c */
extern const char *country_code(const char *name, size_t len);

#endif							/* INFLUENCER_COUNTRY_H */
