/*-------------------------------------------------------------------------
 *
 * scan_address.c
 *		Where addresses of the web and of e-mail end.
 *
 * The parts are those of twitter-text 3.1 (js/src/regexp, extractUrl and what
 * it is made of).  Its list of some 1,500 top-level domains is not: after a
 * scheme, after "www." and before a path any word will do for one, and else
 * the common ones do, without those that are words: "love it.is that you" is
 * no address.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/compat.h"
#include "base/token.h"
#include "caption/scan.h"

/* Top-level domains of addresses that come without scheme and path. */
static const char *const top_level_domains[] = {
	"com", "net", "org", "info", "biz", "edu", "gov",
	"ac", "ai", "app", "ar", "au", "bg", "bio", "blog", "br", "ca", "cc",
	"ch", "club", "cl", "cn", "co", "cz", "de", "dk", "ee", "eu", "fm", "fr",
	"gg", "gl", "gr", "hk", "hr", "hu", "id", "ie", "il", "io", "ir", "jp",
	"ke", "kr", "link", "lt", "lu", "lv", "ly", "md", "mx", "mu", "my", "ng",
	"nl", "nu", "nz", "online", "pe", "ph", "pk", "pl", "pt", "ro", "rs", "ru",
	"sg", "shop", "si", "site", "sk", "store", "th", "tk", "tr", "tv", "tw",
	"ua", "uk", "vn", "xyz", "za"
};

#define MAX_TOP_LEVEL	24

/* After https:// or http://; p if there is neither. */
static const char *
after_scheme(const char *p, const char *end)
{
	if (*p != 'h' && *p != 'H')
		return p;
	if (end - p > 8 && pg_strncasecmp(p, "https://", 8) == 0)
		return p + 8;
	if (end - p > 7 && pg_strncasecmp(p, "http://", 7) == 0)
		return p + 7;
	return p;
}

/*
 * The end of a label of a domain: letters, digits, - and _, with letters of
 * all scripts if any is true, else Latin ones.
 */
static const char *
label_end(CaptionScan *scan, const char *p, bool any)
{
	while (p < scan->end)
	{
		uint32		c;
		int			len = utf8_decode(p, scan->end, &c);

		if (c < 0x80 ? !ascii_is_alnum(c) && c != '-' && c != '_' :
			!is_latin_accent(c) &&
			!(any && is_word_class(scan_class(scan, c))))
			break;
		p += len;
	}
	return p;
}

static bool
is_ascii_word(Token label)
{
	for (size_t i = 0; i < label.len; i++)
	{
		if (!ascii_is_letter(label.str[i]))
			return false;
	}
	return label.len >= 2 && label.len <= MAX_TOP_LEVEL;
}

static bool
is_top_level(Token label, bool any)
{
	if (label.len > 4 && pg_strncasecmp(label.str, "xn--", 4) == 0)
		return true;
	if (any)
		return is_ascii_word(label);
	for (size_t i = 0; i < lengthof(top_level_domains); i++)
	{
		if (token_equals(label, top_level_domains[i]))
			return true;
	}
	return false;
}

/*
 * The end of a domain that comes without a scheme, and of all its labels in
 * *run; NULL if it is none.  The longest one that ends in a top-level domain.
 */
static const char *
domain_end(CaptionScan *scan, const char *p, const char **run)
{
	const char *result = NULL;
	Token		label = {p, label_end(scan, p, false) - p};
	bool		any = token_equals(label, "www");

	*run = p + label.len;
	while (label.len > 0 && *run + 1 < scan->end && **run == '.')
	{
		label.str = *run + 1;
		label.len = label_end(scan, label.str, false) - label.str;
		if (label.len == 0)
			break;
		*run = label.str + label.len;
		if (is_top_level(label, any ||
						 (*run < scan->end && **run == '/')))
			result = *run;
	}
	return result;
}

/*
 * The end of a host after a scheme: labels of any script, up to ASCII's end.
 */
static const char *
host_end(CaptionScan *scan, const char *p)
{
	bool		any = IS_HIGHBIT_SET(*p);
	const char *end = label_end(scan, p, any);

	while (end > p && end + 1 < scan->end && *end == '.')
	{
		const char *next = end + 1;
		const char *after = label_end(scan, next,
									  any || IS_HIGHBIT_SET(*next));

		if (after == next)
			break;
		end = after;
	}
	return end;
}

static bool
is_path_letter(uint32 c)
{
	return ascii_is_alnum(c) || is_latin_accent(c) ||
		(c >= 0x400 && c <= 0x4FF);
}

static bool
is_path_char(uint32 c)
{
	if (c > 0x7F)
		return is_path_letter(c) || c == 0x2013;
	return ascii_is_alnum(c) ||
		(c != 0 && strchr("!*';:=+,.$/%#[]-_~@|&", c) != NULL);
}

static bool
is_path_ending(uint32 c)
{
	return is_path_letter(c) ||
		(c > 0 && c < 0x80 && strchr("+-=_#/", c) != NULL);
}

static const char *
path_chars_end(const char *p, const char *end)
{
	while (p < end)
	{
		uint32		c;
		int			len = utf8_decode(p, end, &c);

		if (!is_path_char(c))
			break;
		p += len;
	}
	return p;
}

/* After balanced parentheses at p, of which one pair may be inside; else p. */
static const char *
after_parentheses(const char *p, const char *end)
{
	const char *q = path_chars_end(p + 1, end);

	if (q < end && *q == '(')
	{
		q = path_chars_end(q + 1, end);
		if (q == end || *q != ')')
			return p;
		q = path_chars_end(q + 1, end);
	}
	return q < end && *q == ')' && q > p + 1 ? q + 1 : p;
}

/* The end of a path; a full stop behind it is not part of it. */
static const char *
path_end(const char *p, const char *end)
{
	const char *result = p;

	while (p < end)
	{
		uint32		c;
		int			len = utf8_decode(p, end, &c);
		const char *after = c == '(' ? after_parentheses(p, end) : p + len;

		if (c == '(' ? after == p : !is_path_char(c))
			break;
		if (c == '(' || is_path_ending(c))
			result = after;
		p = after;
	}
	return result;
}

static const char *
query_end(const char *p, const char *end)
{
	const char *result = p;

	for (const char *q = p + 1; q < end; q++)
	{
		if (!ascii_is_alnum(*q) && (*q == '\0' ||
									strchr("!?*'@();:&=+$/%#[]-_.,~|", *q) ==
									NULL))
			break;
		if (ascii_is_alnum(*q) || strchr("-_&=#/", *q) != NULL)
			result = q + 1;
	}
	return result;
}

/* What may follow a domain: a port, a path, a query. */
static const char *
after_domain(const char *p, const char *end)
{
	if (end - p >= 2 && p[0] == ':' && ascii_is_digit(p[1]))
	{
		do
			p++;
		while (p < end && ascii_is_digit(*p));
	}
	if (p < end && *p == '/')
		p = path_end(p, end);
	if (p < end && *p == '?')
		p = query_end(p, end);
	return p;
}

/* The end of a domain with a top level, NULL if there is none. */
static const char *
mail_domain_end(CaptionScan *scan, const char *p)
{
	const char *domain = p;
	const char *result = NULL;

	for (;;)
	{
		Token		label = {p, label_end(scan, p, false) - p};

		if (p > domain && is_top_level(label, true))
			result = p + label.len;
		p += label.len;
		if (label.len == 0 || p == scan->end || *p != '.')
			return result;
		p++;
	}
}

/*
 * The end of an e-mail address, NULL if it is none.  RT@name is a mention.
 */
static const char *
mail_end(CaptionScan *scan, const char *p)
{
	const char *start = p;
	const char *result = NULL;

	if (p < scan->no_mail)
		return NULL;
	while (p < scan->end && (ascii_is_alnum(*p) ||
							 (*p != '\0' && strchr("._%+-", *p) != NULL)))
		p++;
	if (p < scan->end && *p == '@' && p[-1] != '.' &&
		!token_equals(token_of(start, p - start), "rt"))
		result = mail_domain_end(scan, p + 1);
	if (result == NULL)
		scan->no_mail = p;
	return result;
}

/* Where no address starts: behind these, whatever follows. */
static bool
after_any_of(CaptionScan *scan, const char *p, const char *signs)
{
	uint32		c;

	if (p == scan->start)
		return false;
	utf8_decode(utf8_before(scan->start, p), p, &c);
	return c == 0xFF03 || c == 0xFF20 ||	/* fullwidth # and @ */
		(c < 0x80 && c > 0 && strchr(signs, c) != NULL);
}

/*
 * An ASCII word is the start of a domain or of an e-mail address only if one
 * of these ends it, which is seen at once.  What starts inside of a run that
 * was looked through ends where that does.
 */
static bool
may_be_address(CaptionScan *scan, const char *p, const char **run)
{
	p = Max(p, scan->run_end);
	while (p < scan->end && (ascii_is_alnum(*p) ||
							 (*p != '\0' && strchr("-_%+", *p) != NULL)))
		p++;
	*run = scan->run_end = p;
	return p < scan->end && (*p == '.' || *p == '@' || IS_HIGHBIT_SET(*p));
}

/*
 * scan_address
 *		The end of an address that starts at p with ASCII, NULL if none does.
 *
 * Where it is seen that none does, that is noted for all that was looked at,
 * so that nothing is looked at twice.
 */
const char *
scan_address(CaptionScan *scan, const char *p)
{
	const char *domain = after_scheme(p, scan->end);
	const char *result;
	const char *run;

	if (domain > p)
	{
		result = after_any_of(scan, p, "@$#") ? p : host_end(scan, domain);
		return result > domain ? after_domain(result, scan->end) : NULL;
	}
	if (p < scan->no_domain || after_any_of(scan, p, "@$#-_./"))
		return NULL;
	if (may_be_address(scan, p, &run))
	{
		result = mail_end(scan, p);
		if (result != NULL)
			return result;
		result = domain_end(scan, p, &run);
		if (result != NULL)
			return after_domain(result, scan->end);
	}
	scan->no_domain = run;
	return NULL;
}
