--
-- size_benchmark: what any figure is at a size
--

CREATE TYPE value_benchmark;

CREATE FUNCTION value_benchmark_in(cstring) RETURNS value_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_benchmark_out(value_benchmark) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_benchmark_recv(internal) RETURNS value_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_benchmark_send(value_benchmark) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE value_benchmark (
	INPUT = value_benchmark_in,
	OUTPUT = value_benchmark_out,
	RECEIVE = value_benchmark_recv,
	SEND = value_benchmark_send,
	INTERNALLENGTH = 96,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE value_benchmark IS
	'exact sums over profiles: log followers and the log of a figure, such as a fee';
COMMENT ON FUNCTION value_benchmark_in(cstring) IS 'I/O';
COMMENT ON FUNCTION value_benchmark_out(value_benchmark) IS 'I/O';
COMMENT ON FUNCTION value_benchmark_recv(internal) IS 'I/O';
COMMENT ON FUNCTION value_benchmark_send(value_benchmark) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION value_benchmark_eq(value_benchmark, value_benchmark) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION value_benchmark_ne(value_benchmark, value_benchmark) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION value_benchmark_hash(value_benchmark) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION value_benchmark_hash_extended(value_benchmark, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION value_benchmark_eq(value_benchmark, value_benchmark) IS
	'implementation of = operator';
COMMENT ON FUNCTION value_benchmark_ne(value_benchmark, value_benchmark) IS
	'implementation of <> operator';
COMMENT ON FUNCTION value_benchmark_hash(value_benchmark) IS 'hash';
COMMENT ON FUNCTION value_benchmark_hash_extended(value_benchmark, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = value_benchmark, RIGHTARG = value_benchmark,
	FUNCTION = value_benchmark_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = value_benchmark, RIGHTARG = value_benchmark,
	FUNCTION = value_benchmark_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (value_benchmark, value_benchmark) IS 'equal';
COMMENT ON OPERATOR <> (value_benchmark, value_benchmark) IS 'not equal';

CREATE OPERATOR CLASS value_benchmark_ops
	DEFAULT FOR TYPE value_benchmark USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 value_benchmark_hash(value_benchmark),
	FUNCTION 2 value_benchmark_hash_extended(value_benchmark, bigint);

COMMENT ON OPERATOR CLASS value_benchmark_ops USING hash IS
	'default hash of value_benchmark';
COMMENT ON OPERATOR FAMILY value_benchmark_ops USING hash IS
	'hash of value_benchmark';

-- addition

CREATE FUNCTION value_benchmark_add(value_benchmark, value_benchmark)
	RETURNS value_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_benchmark_subtract(value_benchmark, value_benchmark)
	RETURNS value_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION value_benchmark_add(value_benchmark, value_benchmark) IS
	'implementation of + operator';
COMMENT ON FUNCTION value_benchmark_subtract(value_benchmark, value_benchmark) IS
	'implementation of - operator';

CREATE OPERATOR + (
	LEFTARG = value_benchmark, RIGHTARG = value_benchmark,
	FUNCTION = value_benchmark_add,
	COMMUTATOR = +
);
CREATE OPERATOR - (
	LEFTARG = value_benchmark, RIGHTARG = value_benchmark,
	FUNCTION = value_benchmark_subtract
);

COMMENT ON OPERATOR + (value_benchmark, value_benchmark) IS
	'rows of both benchmarks';
COMMENT ON OPERATOR - (value_benchmark, value_benchmark) IS
	'rows of the first without those of the second, which it must contain';

-- aggregates

CREATE FUNCTION size_benchmark_accum(state value_benchmark, value float8, followers bigint)
	RETURNS value_benchmark
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION size_benchmark_accum_inv(state value_benchmark, value float8, followers bigint)
	RETURNS value_benchmark
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION size_benchmark_accum(value_benchmark, float8, bigint) IS
	'aggregate transition function';
COMMENT ON FUNCTION size_benchmark_accum_inv(value_benchmark, float8, bigint) IS
	'inverse of the aggregate transition function';

CREATE AGGREGATE size_benchmark(value float8, followers bigint) (
	SFUNC = size_benchmark_accum,
	STYPE = value_benchmark,
	INITCOND = 'values=0',
	COMBINEFUNC = value_benchmark_add,
	MSFUNC = size_benchmark_accum,
	MINVFUNC = size_benchmark_accum_inv,
	MSTYPE = value_benchmark,
	MINITCOND = 'values=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE size_benchmark(float8, bigint) IS
	'what a figure above 0, such as a fee or views, is at a size; a row without value or followers is left out; empty over none';

CREATE AGGREGATE sum(value_benchmark) (
	SFUNC = value_benchmark_add,
	STYPE = value_benchmark,
	INITCOND = 'values=0',
	COMBINEFUNC = value_benchmark_add,
	MSFUNC = value_benchmark_add,
	MINVFUNC = value_benchmark_subtract,
	MSTYPE = value_benchmark,
	MINITCOND = 'values=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(value_benchmark) IS
	'rows of all benchmarks, exactly; empty over none';

-- what it says

CREATE FUNCTION profiles(value_benchmark)
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'value_benchmark_profiles'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION slope(value_benchmark)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'value_benchmark_slope'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION expected_value(benchmark value_benchmark, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_ratio(benchmark value_benchmark, value float8, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_percentile(benchmark value_benchmark, value float8, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_low(benchmark value_benchmark, followers bigint, confidence float8 DEFAULT 0.9)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION value_high(benchmark value_benchmark, followers bigint, confidence float8 DEFAULT 0.9)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION profiles(value_benchmark) IS
	'rows with a value and followers';
COMMENT ON FUNCTION slope(value_benchmark) IS
	'change of the expected log value per unit of log followers: 1 is proportional to followers; 0 below three rows or without spread in followers; NULL over none';
COMMENT ON FUNCTION expected_value(value_benchmark, bigint) IS
	'typical value of profiles of a size, in the unit of the values; NULL over none or for 0 followers';
COMMENT ON FUNCTION value_ratio(value_benchmark, float8, bigint) IS
	'value / expected value: 1.5 is 50 % more than the size explains';
COMMENT ON FUNCTION value_percentile(value_benchmark, float8, bigint) IS
	'share, 0 to 1, of profiles of the size with a smaller value; NULL where the spread is unknown';
COMMENT ON FUNCTION value_low(value_benchmark, bigint, float8) IS
	'lower bound of a profile''s value at a size, at a two-sided confidence (0.9), in the unit of the values; NULL where the spread is unknown';
COMMENT ON FUNCTION value_high(value_benchmark, bigint, float8) IS
	'upper bound of a profile''s value at a size, at a two-sided confidence (0.9), in the unit of the values; NULL where the spread is unknown';

CREATE FUNCTION value_benchmark_to_json(value_benchmark) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION value_benchmark_to_jsonb(value_benchmark) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION value_benchmark_to_json(value_benchmark) IS
	'size, slope and deviation of the values, for people to read; the text form is the exact one';
COMMENT ON FUNCTION value_benchmark_to_jsonb(value_benchmark) IS
	'size, slope and deviation of the values, for people to read; the text form is the exact one';

-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (value_benchmark AS json) WITH FUNCTION value_benchmark_to_json(value_benchmark);
CREATE CAST (value_benchmark AS jsonb) WITH FUNCTION value_benchmark_to_jsonb(value_benchmark);

COMMENT ON CAST (value_benchmark AS json) IS
	'size, slope and deviation of the values, for people to read; the text form is the exact one';
COMMENT ON CAST (value_benchmark AS jsonb) IS
	'size, slope and deviation of the values, for people to read; the text form is the exact one';
