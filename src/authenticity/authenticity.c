/*-------------------------------------------------------------------------
 *
 * authenticity.c
 *		Followers by type, and how much an account looks bought.
 *
 * By published rules; doc/authenticity.md names the source of each, of its
 * threshold and of its points.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/compat.h"
#include "base/count.h"

/* follower_type, see there. */
#define MASS_FOLLOWING			1500
#define INFLUENCER_FOLLOWERS	5000

/* The rules of a fake account, see doc/authenticity.md. */
#define FOLLOWING_RATIO			5
#define FEW_FOLLOWERS			30
#define FEW_POSTS				50
#define MANY_DIGITS				3

/*
 * What a rule says: its reason and its points if it fires, and its points if
 * it doesn't.  Points are ln(share of fake accounts / share of real accounts)
 * for which that is so.
 */
typedef struct Rule
{
	const char *reason;
	double		fired;
	double		not_fired;
} Rule;

static const Rule mass_following = {"follows over 1500 accounts", 3.11, -0.66};
static const Rule following_ratio = {"follows over 5 times its followers",
3.37, -1.83};
static const Rule few_followers = {"under 30 followers", 3.57, -0.68};
static const Rule few_posts = {"under 50 posts", 0.45, -3.61};
static const Rule no_posts = {"no posts", 2.16, -0.80}; /* of under 50 */
static const Rule no_picture = {"no picture", 3.41, -0.49};
static const Rule no_biography = {"no biography", 0.63, -0.83};
static const Rule many_digits = {"3 digits or more in username", 2.18, -0.34};

#define MAX_RULES				8

/* The rules that an account could be held against. */
typedef struct Verdict
{
	int			asked;
	int			fired;
	double		points;
	const char *reasons[MAX_RULES];
} Verdict;

/*
 * A count among the arguments, bigint or integer; false if it is unknown.
 * Error 22023 if it is negative.
 */
static bool
get_count(FunctionCallInfo fcinfo, int argno, bool wide, const char *what,
		  int64 *count)
{
	if (PG_ARGISNULL(argno))
		return false;
	*count = wide ? PG_GETARG_INT64(argno) : PG_GETARG_INT32(argno);
	count_check(*count, what);
	return true;
}

PG_FUNCTION_INFO_V1(follower_type);

/*
 * follower_type(followers bigint, following bigint, suspicious boolean)
 *		-> text
 *		What kind of follower an account is, by the first rule that holds:
 *		follows over 1,500 accounts: mass; has over 5,000 followers:
 *		influencer; is held suspicious: suspicious; else real.
 *
 * NULL if an argument that has to be asked is NULL.  Error 22023 for a
 * negative count.  The rules are HypeAuditor's, help.hypeauditor.com,
 * "Audience type".
 */
Datum
follower_type(PG_FUNCTION_ARGS)
{
	int64		followers;
	int64		following;
	bool		has_followers = get_count(fcinfo, 0, true, "followers",
										  &followers);
	const char *type;

	if (!get_count(fcinfo, 1, true, "following", &following))
		PG_RETURN_NULL();
	if (following > MASS_FOLLOWING)
		type = "mass";
	else if (!has_followers)
		PG_RETURN_NULL();
	else if (followers > INFLUENCER_FOLLOWERS)
		type = "influencer";
	else if (PG_ARGISNULL(2))
		PG_RETURN_NULL();
	else
		type = PG_GETARG_BOOL(2) ? "suspicious" : "real";
	PG_RETURN_TEXT_P(cstring_to_text(type));
}

/* Hold an account against a rule. */
static void
ask(Verdict *verdict, const Rule *rule, bool fires)
{
	verdict->asked++;
	verdict->points += fires ? rule->fired : rule->not_fired;
	if (fires)
		verdict->reasons[verdict->fired++] = rule->reason;
}

/*
 * Hold an account, the arguments of fake_score, against all rules whose inputs
 * are known.
 */
static void
judge(FunctionCallInfo fcinfo, Verdict *verdict)
{
	int64		followers;
	int64		following;
	int64		count;
	bool		has_followers = get_count(fcinfo, 0, true, "followers",
										  &followers);
	bool		has_following = get_count(fcinfo, 1, true, "following",
										  &following);

	memset(verdict, 0, sizeof(Verdict));
	if (has_following)
		ask(verdict, &mass_following, following > MASS_FOLLOWING);
	if (has_following && has_followers) /* following > 5 * followers */
		ask(verdict, &following_ratio,
			following > 0 && followers <= (following - 1) / FOLLOWING_RATIO);
	if (has_followers)
		ask(verdict, &few_followers, followers < FEW_FOLLOWERS);
	if (get_count(fcinfo, 2, true, "posts", &count))
	{
		ask(verdict, &few_posts, count < FEW_POSTS);
		if (count < FEW_POSTS)
			ask(verdict, &no_posts, count == 0);
	}
	if (!PG_ARGISNULL(3))
		ask(verdict, &no_picture, !PG_GETARG_BOOL(3));
	if (get_count(fcinfo, 4, false, "biography length", &count))
		ask(verdict, &no_biography, count == 0);
	if (get_count(fcinfo, 5, false, "username digits", &count))
		ask(verdict, &many_digits, count >= MANY_DIGITS);
}

PG_FUNCTION_INFO_V1(fake_score);

/*
 * fake_score(followers bigint, following bigint, posts bigint,
 *			  has_picture boolean, biography_length integer,
 *			  username_digits integer) -> float8
 *		How much an account looks bought, 0 to 1: the chance that it is fake,
 *		at even odds before it is looked at, if the rules were independent.
 *
 * 1 / (1 + exp(-points)), with the points of all rules whose inputs are known;
 * a rule whose input is NULL is not asked.  NULL if none can be asked.  Error
 * 22023 for a negative count.
 */
Datum
fake_score(PG_FUNCTION_ARGS)
{
	Verdict		verdict;

	judge(fcinfo, &verdict);
	if (verdict.asked == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1 / (1 + exp(-verdict.points)));
}

PG_FUNCTION_INFO_V1(fake_reasons);

/*
 * fake_reasons(as fake_score) -> text[]
 *		The rules that fired, in the order of doc/authenticity.md.
 *
 * Empty if none did, NULL if none can be asked.  Error 22023 for a negative
 * count.
 */
Datum
fake_reasons(PG_FUNCTION_ARGS)
{
	Verdict		verdict;
	Datum		reasons[MAX_RULES];

	judge(fcinfo, &verdict);
	if (verdict.asked == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < verdict.fired; i++)
		reasons[i] = CStringGetTextDatum(verdict.reasons[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(reasons, verdict.fired, TEXTOID, -1,
										  false, TYPALIGN_INT));
}
