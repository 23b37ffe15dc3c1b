/*-------------------------------------------------------------------------
 *
 * report_label.c
 *		One name for one thing, whatever the source calls it.
 *
 * Only ASCII is changed, so that it is the same in every locale and encoding.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/token.h"
#include "payload/country.h"
#include "payload/report_reader.h"

/* A label in small letters, and what it becomes: NULL for unknown. */
typedef struct CommonName
{
	const char *from;
	const char *to;
} CommonName;

static const CommonName genders[] = {
	{"f", "female"}, {"female", "female"}, {"woman", "female"},
	{"women", "female"}, {"females", "female"},
	{"m", "male"}, {"male", "male"}, {"man", "male"}, {"men", "male"},
	{"males", "male"},
	{"u", NULL}, {"unknown", NULL}, {"unspecified", NULL},
	{"user_specified", NULL}, {"", NULL},
	{NULL, NULL}
};

/* ISO 3166 has GB and GR; UK and EL are the European Union's. */
static const CommonName countries[] = {
	{"uk", "GB"}, {"el", "GR"}, {"", NULL}, {"unknown", NULL},
	{NULL, NULL}
};

/* HypeAuditor's words, and bots, for what others spell out. */
static const CommonName types[] = {
	{"susp", "suspicious"}, {"bots", "suspicious"}, {"infs", "influencers"},
	{"influencer", "influencers"},
	{"mass", "mass_followers"}, {"mass followers", "mass_followers"},
	{"mass_follower", "mass_followers"},
	{"real", "real"}, {"suspicious", "suspicious"},
	{"influencers", "influencers"},
	{"mass_followers", "mass_followers"},
	{NULL, NULL}
};

static const CommonName *
find_common_name(Token label, const CommonName *name)
{
	for (; name->from != NULL; name++)
	{
		if (token_equals(label, name->from))
			return name;
	}
	return NULL;
}

static void
append_lower(StringInfo buf, Token label)
{
	for (size_t i = 0; i < label.len; i++)
		appendStringInfoChar(buf, (char) label_fold(label.str[i]));
}

static void
append_upper(StringInfo buf, Token label)
{
	for (size_t i = 0; i < label.len; i++)
	{
		char		c = label.str[i];

		appendStringInfoChar(buf, c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Two letters are a code of ISO 3166, names and codes of three letters become
 * one; other texts stay.
 */
static void
append_country(StringInfo buf, Token label)
{
	const char *code;

	if (label.len == 2 && is_letter(label.str[0]) && is_letter(label.str[1]))
	{
		append_upper(buf, label);
		return;
	}
	code = country_code(label.str, label.len);
	if (code != NULL)
		appendStringInfoString(buf, code);
	else
		appendBinaryStringInfo(buf, label.str, (int) label.len);
}

/*
 * en_US and en-GB are en; what has no two or three letters at its start stays.
 */
static void
append_language(StringInfo buf, Token label)
{
	size_t		letters = 0;

	while (letters < label.len && is_letter(label.str[letters]))
		letters++;
	if ((letters == 2 || letters == 3) &&
		(letters == label.len || label.str[letters] == '_' ||
		 label.str[letters] == '-'))
		append_lower(buf, token_of(label.str, letters));
	else
		appendBinaryStringInfo(buf, label.str, (int) label.len);
}

/*
 * 18-24, 65+: of digits, one or two, and what stands between them.  65-, >65
 * and "65 and over" are 65+; <18 is 0-17, as is -17; age18-24 loses its word.
 */
static bool
append_age(StringInfo buf, Token label)
{
	int			bounds[2] = {0, 0};
	int			nbounds = 0;
	bool		below = label.len > 0 &&
		(label.str[0] == '<' || label.str[0] == '-');

	for (size_t i = 0; i < label.len; i++)
	{
		bool		digit = label.str[i] >= '0' && label.str[i] <= '9';

		if (!digit)
			continue;
		if (nbounds == 0 || label.str[i - 1] < '0' || label.str[i - 1] > '9')
		{
			if (nbounds == 2)
				return false;
			nbounds++;
		}
		bounds[nbounds - 1] = bounds[nbounds - 1] * 10 + (label.str[i] - '0');
		if (bounds[nbounds - 1] > 999)
			return false;
	}
	if (nbounds == 2)
		appendStringInfo(buf, "%d-%d", bounds[0], bounds[1]);
	else if (nbounds == 1 && below)
		appendStringInfo(buf, "0-%d",
						 label.str[0] == '<' ? bounds[0] - 1 : bounds[0]);
	else if (nbounds == 1 &&
			 !(label.str[label.len - 1] >= '0' &&
			   label.str[label.len - 1] <= '9'))
		appendStringInfo(buf, "%d+", bounds[0]);
	else if (nbounds == 1 && label.str[0] == '>')
		appendStringInfo(buf, "%d+", bounds[0]);
	else
		return false;
	return true;
}

/*
 * report_append_label
 *		Append a label by its common name; false if it says that it is unknown.
 */
bool
report_append_label(StringInfo buf, LabelKind kind, const char *str, int len)
{
	Token		label = token_trim(token_of(str, len));
	const CommonName *common = NULL;

	if (kind == LABEL_GENDER)
		common = find_common_name(label, genders);
	else if (kind == LABEL_COUNTRY)
		common = find_common_name(label, countries);
	else if (kind == LABEL_TYPE)
		common = find_common_name(label, types);
	if (common != NULL)
	{
		if (common->to != NULL)
			appendStringInfoString(buf, common->to);
		return common->to != NULL;
	}
	if (kind == LABEL_COUNTRY)
		append_country(buf, label);
	else if (kind == LABEL_LANGUAGE)
		append_language(buf, label);
	else if (kind == LABEL_GENDER)
		append_lower(buf, label);
	else if (kind != LABEL_AGE || !append_age(buf, label))
		appendBinaryStringInfo(buf, str, len);
	return true;
}
