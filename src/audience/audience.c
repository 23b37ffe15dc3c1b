/*-------------------------------------------------------------------------
 *
 * audience.c
 *		The type audience_sketch: input, output, casts, equality, and what a
 *		sketch says of itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "audience/audience.h"
#include "base/bytes.h"
#include "base/compat.h"
#include "base/invalid.h"

/*
 * audience_view
 *		Read a stored value, detoasted, perhaps with a short header.
 */
void
audience_view(const void *datum, AudienceView *view)
{
	const char *bytes = VARDATA_ANY(datum);
	int			preamble = bytes[THETA_BYTE_PREAMBLE];

	view->theta = THETA_MAX;
	view->count = 0;
	view->ordered = true;
	view->lg_k = (unsigned char) bytes[THETA_BYTE_LG_K];
	view->empty = (bytes[THETA_BYTE_FLAGS] & THETA_FLAG_EMPTY) != 0;
	view->hashes = bytes + (size_t) preamble * THETA_WORD;
	if (preamble > 1)
		view->count = (int) bytes_get32(bytes + THETA_BYTE_COUNT);
	else if (!view->empty)
		view->count = 1;
	if (preamble > 2)
		view->theta = bytes_get64(bytes + THETA_BYTE_THETA);
}

/* audience_argument: the same of an argument that is a sketch */
void
audience_argument(FunctionCallInfo fcinfo, int argno, AudienceView *view)
{
	audience_view(PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(argno)), view);
}

/* audience_estimate: the number of members, exact while theta is 1 */
double
audience_estimate(const AudienceView *view)
{
	return view->count / theta_fraction(view->theta);
}

/* audience_count_below: how many of the hashes lie below theta */
int
audience_count_below(const AudienceView *view, uint64 theta)
{
	int			low = 0;
	int			high = view->count;

	if (theta >= view->theta)
		return view->count;
	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (audience_hash(view, middle) < theta)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * audience_make
 *		A new value with room for its hashes, and where they go.
 */
struct varlena *
audience_make(int count, uint64 theta, int lg_k, char **hashes)
{
	size_t		size = VARHDRSZ + theta_size(count, theta);
	struct varlena *result = palloc(size);

	SET_VARSIZE(result, size);
	*hashes = theta_write_header(VARDATA(result), count, theta, lg_k);
	return result;
}

/*
 * audience_lg_k_argument: an lg_k that a user gave; error 22023 out of range
 */
int
audience_lg_k_argument(int lg_k)
{
	if (lg_k < THETA_LG_K_MIN || lg_k > THETA_LG_K_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lg_k must be between %d and %d: %d",
						THETA_LG_K_MIN, THETA_LG_K_MAX, lg_k),
				 errhint("A sketch holds 2^lg_k members exactly; the default is %d.",
						 THETA_LG_K_DEFAULT)));
	return lg_k;
}

/*
 * The canonical value of an image in any serial version; NULL if it is bad,
 * and then *problem says why.
 */
static struct varlena *
canonical(const unsigned char *bytes, size_t len, const char **problem)
{
	ThetaImage	image;
	struct varlena *result;
	char	   *hashes;
	uint64	   *sorted;

	*problem = theta_image_check(bytes, len, &image);
	if (*problem)
		return NULL;
	result = audience_make(image.count, image.theta, image.lg_k, &hashes);
	theta_image_hashes(&image, hashes);
	if (image.ordered)
		return result;

	sorted = MemoryContextAllocHuge(CurrentMemoryContext,
									((size_t) image.count + 1) *
									sizeof(uint64));
	for (int i = 0; i < image.count; i++)
		sorted[i] = bytes_get64(hashes + (size_t) i * sizeof(uint64));
	theta_sort(sorted, image.count);
	for (int i = 0; i < image.count; i++)
	{
		if (i > 0 && sorted[i] == sorted[i - 1])
		{
			*problem = "A hash is there twice.";
			return NULL;
		}
		bytes_put64(hashes + (size_t) i * sizeof(uint64), sorted[i]);
	}
	pfree(sorted);
	return result;
}

PG_FUNCTION_INFO_V1(audience_sketch_in);

/*
 * audience_sketch_in
 *		Text input: the image in hexadecimal, as bytea writes it.
 *
 * Error 22P02, soft where the server has soft errors.
 */
Datum
audience_sketch_in(PG_FUNCTION_ARGS)
{
	size_t		len;
	unsigned char *bytes = hex_read(PG_GETARG_CSTRING(0), &len);
	const char *problem;
	struct varlena *result;

	if (bytes == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "audience_sketch"),
				 errhint("Write the bytes of the sketch in hexadecimal, as bytea does: \\x0103030000...")));
	result = canonical(bytes, len, &problem);
	if (result == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input for type %s", "audience_sketch"),
				 errdetail("%s", problem)));
	pfree(bytes);
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(audience_sketch_out);

/* audience_sketch_out: the image in hexadecimal, whatever bytea_output says */
Datum
audience_sketch_out(PG_FUNCTION_ARGS)
{
	struct varlena *sketch = PG_GETARG_VARLENA_PP(0);

	PG_RETURN_CSTRING(hex_write(VARDATA_ANY(sketch),
								VARSIZE_ANY_EXHDR(sketch)));
}

/* The value of an image that came in binary; error 22P03. */
static Datum
from_binary(const char *bytes, size_t len)
{
	const char *problem;
	struct varlena *result = canonical((const unsigned char *) bytes, len,
									   &problem);

	if (result == NULL)
		invalid_binary("audience_sketch", problem);
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(audience_sketch_recv);

/* audience_sketch_recv: the image as it is; error 22P03 */
Datum
audience_sketch_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len = buf->len - buf->cursor;

	return from_binary(pq_getmsgbytes(buf, len), len);
}

PG_FUNCTION_INFO_V1(audience_from_bytea);

/*
 * bytea -> audience_sketch: an image in any serial version; error 22P03
 *
 * Byte 3, where states of aggregates have their lg_k, becomes 0: what comes
 * from elsewhere is no state, and equal sketches are to have equal bytes.
 */
Datum
audience_from_bytea(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	Datum		sketch = from_binary(VARDATA_ANY(bytes),
									 VARSIZE_ANY_EXHDR(bytes));

	VARDATA(DatumGetPointer(sketch))[3] = 0;
	return sketch;
}

PG_FUNCTION_INFO_V1(audience_to_bytea);

/* audience_sketch -> bytea, and send: the image as it is */
Datum
audience_to_bytea(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(PG_GETARG_BYTEA_P_COPY(0));
}

PG_FUNCTION_INFO_V1(audience_compress);

/*
 * audience_compress(audience_sketch) -> bytea
 *		The sketch as DataSketches' serializeCompressed() writes it: in serial
 *		version 4, the hashes packed by their differences; what is empty or of
 *		one member exactly, and nothing could be saved on, in version 3.
 */
Datum
audience_compress(PG_FUNCTION_ARGS)
{
	struct varlena *sketch = PG_GETARG_VARLENA_PP(0);
	AudienceView view;
	size_t		size;
	int			entry_bits;
	struct varlena *result;
	char	   *hashes;

	audience_view(sketch, &view);
	if (view.count == 0 || (view.count == 1 && view.theta == THETA_MAX))
	{
		result = audience_make(view.count, view.theta, 0, &hashes);
		memcpy(hashes, view.hashes, (size_t) view.count * sizeof(uint64));
		PG_RETURN_POINTER(result);
	}
	entry_bits = theta_entry_bits(view.hashes, view.count);
	size = VARHDRSZ + theta_packed_size(view.count, view.theta, entry_bits);
	result = palloc(size);
	SET_VARSIZE(result, size);
	theta_write_packed(VARDATA(result), view.hashes, view.count, view.theta,
					   entry_bits);
	PG_RETURN_POINTER(result);
}

/*
 * The first bytes of a stored value: preamble, count and theta.  Fetches no
 * more of a toasted one.
 */
static void
view_header(Datum sketch, AudienceView *view)
{
	audience_view(PG_DETOAST_DATUM_SLICE(sketch, 0,
										 THETA_PREAMBLE_THETA * THETA_WORD),
				  view);
}

PG_FUNCTION_INFO_V1(audience_reach);

/*
 * reach(audience_sketch) -> float8
 *		The number of members: retained hashes / theta.
 *
 * A count, exact while theta is 1.
 */
Datum
audience_reach(PG_FUNCTION_ARGS)
{
	AudienceView view;

	view_header(PG_GETARG_DATUM(0), &view);
	PG_RETURN_FLOAT8(audience_estimate(&view));
}

/* The argument deviations; error 22023 out of range. */
/* Bounds further out are not told apart from what can't be. */
#define MOST_DEVIATIONS		6

/* The second argument; error 22023 for no deviations, and where bounds end. */
static double
deviations_argument(FunctionCallInfo fcinfo)
{
	double		deviations = PG_GETARG_FLOAT8(1);

	if (!(deviations > 0 && deviations <= MOST_DEVIATIONS))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("deviations must be above 0 and at most %d: %g",
						MOST_DEVIATIONS, deviations),
				 errhint("1, 2 and 3 standard deviations hold 68 %%, 95.4 %% and 99.7 %% of the cases.")));
	return deviations;
}

PG_FUNCTION_INFO_V1(audience_reach_low);
PG_FUNCTION_INFO_V1(audience_reach_high);

/*
 * reach_low(audience_sketch, deviations float8) -> float8
 *		The lower bound of reach at so many standard deviations, a count.
 *
 * Error 22023 for deviations not in (0, 6].  See theta_bounds.c.
 */
Datum
audience_reach_low(PG_FUNCTION_ARGS)
{
	AudienceView view;

	view_header(PG_GETARG_DATUM(0), &view);
	PG_RETURN_FLOAT8(theta_lower_bound(view.count, view.theta,
									   deviations_argument(fcinfo)));
}

/* reach_high(audience_sketch, deviations float8) -> float8: see reach_low */
Datum
audience_reach_high(PG_FUNCTION_ARGS)
{
	AudienceView view;

	view_header(PG_GETARG_DATUM(0), &view);
	PG_RETURN_FLOAT8(theta_upper_bound(view.count, view.theta,
									   deviations_argument(fcinfo)));
}

PG_FUNCTION_INFO_V1(audience_retained);

/* audience_retained(audience_sketch) -> integer: how many hashes it holds */
Datum
audience_retained(PG_FUNCTION_ARGS)
{
	AudienceView view;

	view_header(PG_GETARG_DATUM(0), &view);
	PG_RETURN_INT32(view.count);
}

PG_FUNCTION_INFO_V1(audience_theta);

/*
 * audience_theta(audience_sketch) -> float8: the fraction of members sampled
 */
Datum
audience_theta(PG_FUNCTION_ARGS)
{
	AudienceView view;

	view_header(PG_GETARG_DATUM(0), &view);
	PG_RETURN_FLOAT8(theta_fraction(view.theta));
}

PG_FUNCTION_INFO_V1(audience_is_exact);

/* audience_is_exact(audience_sketch) -> boolean: whether reach is exact */
Datum
audience_is_exact(PG_FUNCTION_ARGS)
{
	AudienceView view;

	view_header(PG_GETARG_DATUM(0), &view);
	PG_RETURN_BOOL(view.theta == THETA_MAX);
}

static bool
views_equal(const AudienceView *a, const AudienceView *b)
{
	return a->theta == b->theta && a->count == b->count &&
		memcmp(a->hashes, b->hashes, (size_t) a->count * sizeof(uint64)) == 0;
}

PG_FUNCTION_INFO_V1(audience_eq);
PG_FUNCTION_INFO_V1(audience_ne);

/* implementation of =: the same theta and the same hashes */
Datum
audience_eq(PG_FUNCTION_ARGS)
{
	AudienceView a;
	AudienceView b;

	audience_argument(fcinfo, 0, &a);
	audience_argument(fcinfo, 1, &b);
	PG_RETURN_BOOL(views_equal(&a, &b));
}

/* implementation of <> */
Datum
audience_ne(PG_FUNCTION_ARGS)
{
	AudienceView a;
	AudienceView b;

	audience_argument(fcinfo, 0, &a);
	audience_argument(fcinfo, 1, &b);
	PG_RETURN_BOOL(!views_equal(&a, &b));
}

PG_FUNCTION_INFO_V1(audience_hash_key);
PG_FUNCTION_INFO_V1(audience_hash_key_extended);

/* hash: of the retained hashes */
Datum
audience_hash_key(PG_FUNCTION_ARGS)
{
	AudienceView view;

	audience_argument(fcinfo, 0, &view);
	return hash_any((const unsigned char *) view.hashes,
					view.count * (int) sizeof(uint64));
}

/* seeded 64-bit hash */
Datum
audience_hash_key_extended(PG_FUNCTION_ARGS)
{
	AudienceView view;

	audience_argument(fcinfo, 0, &view);
	return hash_any_extended((const unsigned char *) view.hashes,
							 view.count * (int) sizeof(uint64),
							 PG_GETARG_INT64(1));
}
