/*-------------------------------------------------------------------------
 *
 * value_benchmark.c
 *		The type value_benchmark: what any figure is at a size, such as a fee,
 *		views of a story, average likes.
 *
 * The logarithm of the figure against that of followers, by least squares:
 * sums of integers, so that the benchmark of the same rows has the same bytes,
 * in whatever order and pieces they were added.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/compat.h"
#include "base/count.h"
#include "base/exact_sums.h"
#include "base/fixed_log.h"
#include "base/quantile.h"
#include "engagement/benchmark/benchmark.h"

/*
 * Exact sums over rows; x is the logarithm of followers, y that of the value.
 */
typedef struct ValueBenchmark
{
	uint8		version;
	uint8		reserved[7];	/* zero */
	uint64		values;
	uint64		x[2];
	uint64		y[2];
	uint64		xx[2];
	uint64		xy[2];
	uint64		yy[2];
} ValueBenchmark;

#define PIECE(member)		SUM_PIECE(ValueBenchmark, member)
#define TWO_LIMBS(member)	2, {PIECE(member[0]), PIECE(member[1])}

/* The sums, in the order of the text form. */
static const SumField value_fields[] = {
	{"values", 1, {PIECE(values)}},
	{"sizes", TWO_LIMBS(x)},
	{"logs", TWO_LIMBS(y)},
	{"size_squares", TWO_LIMBS(xx)},
	{"products", TWO_LIMBS(xy)},
	{"log_squares", TWO_LIMBS(yy)}
};

static const char *value_problem(const void *sums);

StaticAssertDecl(sizeof(ValueBenchmark) == 96, "the type's INTERNALLENGTH");

static const SumType value_type = {
	.name = "value_benchmark",
	.size = sizeof(ValueBenchmark),
	.reserved = 7,
	.fields = value_fields,
	.nfields = lengthof(value_fields),
	.problem = value_problem
};

#define PG_GETARG_VALUES(n)	((ValueBenchmark *) PG_GETARG_POINTER(n))

/* Values that fixed_log() takes, and then some. */
#define LEAST_VALUE			1e-24
#define LARGEST_VALUE		1e24
#define MAX_LOG_VALUE		56

/* What is shown of a line that leads far away: a float8 holds exp of it. */
#define MAX_LOG_SHOWN		700

/* A line goes through any two values: their slope tells nothing. */
#define LINE_VALUES			3

/* n^2 times the variances and the covariance of x and y, exactly. */
typedef struct ValueMoments
{
	uint64		xx[4];
	uint64		yy[4];
	uint64		xy[4];			/* its absolute value */
	bool		falling;		/* xy is negative */
	uint64		residual[8];	/* xx * yy - xy^2 */
} ValueMoments;

/* False if the sums can't be those of pairs. */
static bool
find_value_moments(const ValueBenchmark *v, ValueMoments *m)
{
	uint64		product[8] = {0};

	if (!sums_spread(m->xx, v->values, v->x, v->xx, 2) ||
		!sums_spread(m->yy, v->values, v->y, v->yy, 2))
		return false;
	m->falling = sums_cospread(m->xy, v->values, v->x, v->y, v->xy,
							   2);
	wide_mul(m->residual, m->xx, 4, m->yy, 4);
	wide_mul(product, m->xy, 4, m->xy, 4);
	return !wide_subtract(m->residual, product, 8);
}

/* Why sums can't be those of rows; NULL if they can. */
static const char *
value_problem(const void *sums)
{
	const ValueBenchmark *v = sums;
	ValueBenchmark none = {.version = v->version};
	ValueMoments m;

	if (v->values == 0)
		return memcmp(v, &none, sizeof(none)) == 0 ? NULL :
			"Sums over no values are not 0.";
	if (!sums_mean_within(v->x, v->values, FIXED_LOG(0),
						  FIXED_LOG(MAX_LOG_FOLLOWERS)) ||
		!sums_mean_within(v->y, v->values, FIXED_LOG(-MAX_LOG_VALUE),
						  FIXED_LOG(MAX_LOG_VALUE)))
		return "The sums are not those of logarithms.";
	if (!find_value_moments(v, &m) ||
		(v->values == 1 && !(wide_is_zero(m.xx, 4) && wide_is_zero(m.yy, 4))))
		return "The sums of squares do not fit the sums.";
	return NULL;
}

/* Error 22023 or 22003 for what is no value. */
static void
value_check(double value)
{
	if (isnan(value) || value < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value must not be negative or NaN: %g", value),
				 errhint("A benchmark is of logarithms: of growth, give 1 + growth.")));
	if (value > LARGEST_VALUE || (value > 0 && value < LEAST_VALUE))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is out of range: %g", value),
				 errdetail("Values are from 1e-24 to 1e24.")));
}

/* Add a row. */
static void
add_value(ValueBenchmark *v, double value, int64 followers)
{
	uint64		x = fixed_log((double) followers);
	uint64		y = fixed_log(value);
	bool		overflow = v->values++ >= PG_INT64_MAX;

	overflow |= wide_add_limb(v->x, 2, x);
	overflow |= wide_add_limb(v->y, 2, y);
	overflow |= wide_add_product(v->xx, x, x);
	overflow |= wide_add_product(v->xy, x, y);
	overflow |= wide_add_product(v->yy, y, y);
	if (overflow)
		sums_overflow(&value_type);
}

/* The arguments after the state; false for a row that says nothing. */
static bool
read_value(FunctionCallInfo fcinfo, double *value, int64 *followers)
{
	*value = PG_ARGISNULL(1) ? 0 : PG_GETARG_FLOAT8(1);
	*followers = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT64(2);
	value_check(*value);
	count_check(*followers, "followers");
	return *value > 0 && *followers > 0;
}

PG_FUNCTION_INFO_V1(size_benchmark_accum);

/*
 * size_benchmark_accum(value_benchmark, value float8, followers bigint)
 *		The benchmark with one row more.
 *
 * A row whose value or followers are NULL or 0 is left out.  Negative ones,
 * and NaN, are errors, 22023; values past 1e24 and below 1e-24 are 22003.
 */
Datum
size_benchmark_accum(PG_FUNCTION_ARGS)
{
	ValueBenchmark *state = (ValueBenchmark *) sums_state(fcinfo, &value_type);
	double		value;
	int64		followers;

	if (read_value(fcinfo, &value, &followers))
		add_value(state, value, followers);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(size_benchmark_accum_inv);

/* size_benchmark_accum_inv: the inverse, for frames that move */
Datum
size_benchmark_accum_inv(PG_FUNCTION_ARGS)
{
	Sums	   *state = sums_state(fcinfo, &value_type);
	ValueBenchmark one = {.version = SUMS_VERSION};
	double		value;
	int64		followers;

	if (read_value(fcinfo, &value, &followers))
	{
		add_value(&one, value, followers);
		sums_remove(&value_type, state, &one);
	}
	PG_RETURN_POINTER(state);
}

EXACT_SUMS_FUNCTIONS(value_benchmark, value_type);
EXACT_SUMS_ADD(value_benchmark, value_type);
EXACT_SUMS_SUBTRACT(value_benchmark, value_type);

/* The line, and how far values are off it. */
typedef struct Line
{
	double		n;
	double		x;				/* means */
	double		y;
	double		slope;
	double		spread;			/* squared deviations of x; 0 without a line */
	double		freedom;
	double		residual;		/* variance of y around the line */
} Line;

/* False over no values. */
static bool
find_line(const ValueBenchmark *v, Line *line)
{
	double		scale;
	ValueMoments m;

	memset(line, 0, sizeof(Line));
	if (v->values == 0)
		return false;
	line->n = (double) v->values;
	line->x = fixed_log_value(wide_to_double(v->x, 2) / line->n);
	line->y = fixed_log_value(wide_to_double(v->y, 2) / line->n);
	find_value_moments(v, &m);
	scale = line->n * FIXED_LOG_ONE * FIXED_LOG_ONE;
	line->freedom = line->n - 1;
	line->residual = wide_to_double(m.yy, 4) / scale;
	line->spread = wide_to_double(m.xx, 4) / scale;
	if (line->n < LINE_VALUES ||
		sqrt(line->spread / line->n) < MIN_SIZE_DEVIATION)
		line->spread = 0;
	else
	{
		double		xx = wide_to_double(m.xx, 4);

		line->freedom = line->n - 2;
		line->slope = wide_to_double(m.xy, 4) / xx * (m.falling ? -1 : 1);
		line->residual = wide_to_double(m.residual, 8) / xx / scale;
	}
	line->residual = line->freedom > 0 ? line->residual / line->freedom : 0;
	return true;
}

/* What is expected of a size, as a logarithm. */
static double
expected(const Line *line, int64 followers)
{
	return line->y + line->slope * (log((double) followers) - line->x);
}

/* The variance of a row's logarithm around that, with the line's own error. */
static double
variance(const Line *line, int64 followers)
{
	double		off = log((double) followers) - line->x;

	return line->residual *
		(1 + 1 / line->n + (line->spread > 0 ? off * off / line->spread : 0));
}

/* A value from a logarithm, within what a float8 holds. */
static double
value_of_log(double y)
{
	return exp(Max(-MAX_LOG_SHOWN, Min(MAX_LOG_SHOWN, y)));
}

/* The line for followers in an argument; false if nothing is expected. */
static bool
get_line(FunctionCallInfo fcinfo, int n, Line *line)
{
	int64		followers = PG_GETARG_INT64(n);

	count_check(followers, "followers");
	return followers > 0 && find_line(PG_GETARG_VALUES(0), line);
}

PG_FUNCTION_INFO_V1(value_benchmark_profiles);
PG_FUNCTION_INFO_V1(value_benchmark_slope);
PG_FUNCTION_INFO_V1(expected_value);
PG_FUNCTION_INFO_V1(value_ratio);
PG_FUNCTION_INFO_V1(value_percentile);
PG_FUNCTION_INFO_V1(value_low);
PG_FUNCTION_INFO_V1(value_high);

/* profiles(value_benchmark) -> bigint: rows with a value and followers */
Datum
value_benchmark_profiles(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_VALUES(0)->values);
}

/*
 * slope(value_benchmark) -> float8
 *		The change of the log value per unit of log followers; 0 for fewer than
 *		3 rows or followers that do not differ, NULL for none.
 */
Datum
value_benchmark_slope(PG_FUNCTION_ARGS)
{
	Line		line;

	if (!find_line(PG_GETARG_VALUES(0), &line))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(line.slope);
}

/*
 * expected_value(value_benchmark, followers bigint) -> float8
 *		The typical value at a size, in the unit of the values.
 *
 * NULL, as in all that follow, for 0 followers or no values; negative
 * followers are an error, 22023.
 */
Datum
expected_value(PG_FUNCTION_ARGS)
{
	Line		line;

	if (!get_line(fcinfo, 1, &line))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_log(expected(&line, PG_GETARG_INT64(1))));
}

/*
 * value_ratio(value_benchmark, value float8, followers bigint) -> float8
 *		A value over what is expected of its size.
 */
Datum
value_ratio(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(1);
	Line		line;

	value_check(value);
	if (!get_line(fcinfo, 2, &line))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value /
					 value_of_log(expected(&line, PG_GETARG_INT64(2))));
}

/*
 * value_percentile(value_benchmark, value float8, followers bigint) -> float8
 *		The share of profiles of that size with a smaller value, 0 to 1.
 *
 * By Student's distribution, around the line.  NULL also below two values, or
 * three that differ in size.
 */
Datum
value_percentile(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(1);
	int64		followers = PG_GETARG_INT64(2);
	double		off;
	Line		line;

	value_check(value);
	if (!get_line(fcinfo, 2, &line) || line.freedom <= 0)
		PG_RETURN_NULL();
	if (value == 0)
		PG_RETURN_FLOAT8(0);
	off = log(value) - expected(&line, followers);
	if (line.residual <= 0)
		PG_RETURN_FLOAT8(certain_below(off));
	PG_RETURN_FLOAT8(student_below(off / sqrt(variance(&line, followers)),
								   line.freedom));
}

/* A bound at a two-sided confidence; side is -1 or 1. */
static Datum
value_bound(FunctionCallInfo fcinfo, int side)
{
	int64		followers = PG_GETARG_INT64(1);
	double		confidence = PG_GETARG_FLOAT8(2);
	Line		line;

	confidence_check(confidence);
	if (!get_line(fcinfo, 1, &line) || line.freedom <= 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_log(expected(&line, followers) -
								  side *
								  student_quantile((1 - confidence) / 2,
												   line.freedom) *
								  sqrt(variance(&line, followers))));
}

/*
 * value_low(value_benchmark, followers bigint, confidence float8) -> float8
 *		The lower of two bounds between which the value of a profile of that
 *		size is with the given probability.
 *
 * NULL also below two values, or three that differ in size.  A confidence that
 * is not between 0 and 1 is an error, 22023.
 */
Datum
value_low(PG_FUNCTION_ARGS)
{
	return value_bound(fcinfo, -1);
}

/* value_high: the upper bound; see value_low */
Datum
value_high(PG_FUNCTION_ARGS)
{
	return value_bound(fcinfo, 1);
}

/*
 * Figures by the names of their functions, with the typical value and the
 * typical followers that the line goes through, and the deviation of log
 * values around it; null for what is not known.
 */
static void
write_figures(StringInfo buf, const void *sums)
{
	const ValueBenchmark *v = sums;
	Line		line;
	bool		known = find_line(v, &line);

	appendStringInfo(buf, "\"profiles\": " UINT64_FORMAT, v->values);
	sums_json_number(buf, "typical_followers", known, rint(exp(line.x)));
	sums_json_number(buf, "typical_value", known, value_of_log(line.y));
	sums_json_number(buf, "slope", known, line.slope);
	sums_json_number(buf, "stddev", known && line.freedom > 0,
					 sqrt(line.residual));
}

PG_FUNCTION_INFO_V1(value_benchmark_to_json);
PG_FUNCTION_INFO_V1(value_benchmark_to_jsonb);

/*
 * value_benchmark -> json
 *		The figures of a benchmark, for people and other programs.
 */
Datum
value_benchmark_to_json(PG_FUNCTION_ARGS)
{
	return sums_to_json(fcinfo, write_figures);
}

/* value_benchmark -> jsonb: the same */
Datum
value_benchmark_to_jsonb(PG_FUNCTION_ARGS)
{
	return sums_to_jsonb(fcinfo, write_figures);
}
