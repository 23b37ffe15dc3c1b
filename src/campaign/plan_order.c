/*-------------------------------------------------------------------------
 *
 * plan_order.c
 *		The order of candidates, which does not depend on that of their rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/uuid.h"

#include "base/bytes.h"
#include "base/compat.h"
#include "base/numeric.h"
#include "campaign/campaign_state.h"

static int
compare_ids(Datum a, Datum b, Oid id_type)
{
	text	   *x = (text *) DatumGetPointer(a);
	text	   *y = (text *) DatumGetPointer(b);

	if (id_type == INT8OID)
		return (DatumGetInt64(a) > DatumGetInt64(b)) -
			(DatumGetInt64(a) < DatumGetInt64(b));
	if (id_type == UUIDOID)
		return memcmp(DatumGetUUIDP(a)->data, DatumGetUUIDP(b)->data,
					  UUID_LEN);
	return bytes_compare(VARDATA_ANY(x), VARSIZE_ANY_EXHDR(x),
						 VARDATA_ANY(y), VARSIZE_ANY_EXHDR(y));
}

static int
compare_audiences(const AudienceView *a, const AudienceView *b)
{
	if (a->theta != b->theta)
		return a->theta < b->theta ? -1 : 1;
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	return a->count == 0 ? 0 :
		memcmp(a->hashes, b->hashes, a->count * sizeof(uint64));
}

static int
compare_numbers(float8 a, float8 b)
{
	return (a > b) - (a < b);
}

/* What groups two candidates of the same rules are in. */
static int
compare_memberships(const Candidate *a, const Candidate *b)
{
	for (int i = 0; i < Min(a->ngroups, b->ngroups); i++)
	{
		if (a->groups[i] != b->groups[i])
			return a->groups[i] < b->groups[i] ? -1 : 1;
	}
	return compare_numbers(a->ngroups, b->ngroups);
}

/*
 * By id; an id that comes twice, with different offers say, by everything
 * else, so that the plan does not depend on the order of the rows.
 */
static int
compare_candidates(const void *a, const void *b, void *id_type)
{
	const Candidate *x = a;
	const Candidate *y = b;
	int			order = compare_ids(x->id, y->id, *(Oid *) id_type);

	if (order == 0)
		order = numeric_compare(x->fee, y->fee);
	if (order == 0)
		order = compare_numbers(x->weight, y->weight);
	if (order == 0)
		order = compare_numbers(x->reach, y->reach);
	if (order == 0)
		order = compare_numbers(x->share, y->share);
	if (order == 0)
		order = compare_numbers(x->market, y->market);
	if (order == 0)
		order = compare_memberships(x, y);
	return order == 0 ? compare_audiences(&x->audience, &y->audience) : order;
}

/* plan_sort_candidates: by id, which is of a type, and then all else */
void
plan_sort_candidates(PlanProblem *problem, Oid id_type)
{
	qsort_interruptible(problem->candidates, problem->count, sizeof(Candidate),
						compare_candidates, &id_type);
}
