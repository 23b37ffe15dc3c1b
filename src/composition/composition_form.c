/*-------------------------------------------------------------------------
 *
 * composition_form.c
 *		The stored form of a composition, made of labels with their weights.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/compat.h"
#include "composition/composition.h"

/* Error 22003: the total is past what a weight can be. */
void
composition_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("total of composition is out of range"),
			 errdetail("%s", weight_problem_detail(WEIGHT_OVERFLOW))));
}

static int
compare_labels(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const LabelWeight *x = a;
	const LabelWeight *y = b;

	return label_compare(x->label, x->len, y->label, y->len);
}

/*
 * labels_sort
 *		Put labels in order and add up repeated ones; returns how many are
 *		left.
 *
 * The caller has seen that the sum of all weights is in range.
 */
uint32
labels_sort(LabelWeight *labels, uint32 nlabels)
{
	uint32		last = 0;

	if (nlabels == 0)
		return 0;
	qsort_interruptible(labels, nlabels, sizeof(LabelWeight), compare_labels,
						NULL);
	for (uint32 i = 1; i < nlabels; i++)
	{
		if (compare_labels(&labels[last], &labels[i], NULL) == 0)
			weight_add(&labels[last].weight, labels[i].weight);
		else
			labels[++last] = labels[i];
	}
	return last + 1;
}

/*
 * composition_make
 *		A composition of labels that are in order, none twice.
 *
 * Error 54000 if it is past the size of a value.
 */
Composition *
composition_make(const LabelWeight *labels, uint32 nlabels, Weight total)
{
	uint64		nbytes = 0;
	uint64		size;
	Composition *c;
	uint32	   *ends;
	char	   *bytes;

	for (uint32 i = 0; i < nlabels; i++)
		nbytes += labels[i].len;
	size = offsetof(Composition, weights) +
		nlabels * (uint64) (sizeof(Weight) + sizeof(uint32)) + nbytes;
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("composition has too many labels"),
				 errdetail("Its labels and weights are limited to 1 GB.")));

	c = palloc(size);
	SET_VARSIZE(c, size);
	c->version = COMPOSITION_VERSION;
	memset(c->reserved, 0, sizeof(c->reserved));
	c->nlabels = nlabels;
	c->nbytes = (uint32) nbytes;
	c->total = total;
	ends = (uint32 *) (c->weights + nlabels);
	bytes = (char *) (ends + nlabels);
	nbytes = 0;
	for (uint32 i = 0; i < nlabels; i++)
	{
		CHECK_FOR_INTERRUPTS();
		memcpy(bytes + nbytes, labels[i].label, labels[i].len);
		nbytes += labels[i].len;
		ends[i] = (uint32) nbytes;
		c->weights[i] = labels[i].weight;
	}
	return c;
}
