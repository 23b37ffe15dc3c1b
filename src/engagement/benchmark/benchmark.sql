--
-- benchmark: what engagement is normal at a size, and who is better than that
--

CREATE TYPE engagement_benchmark;

CREATE FUNCTION engagement_benchmark_in(cstring) RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_benchmark_out(engagement_benchmark) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_benchmark_recv(internal) RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_benchmark_send(engagement_benchmark) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE engagement_benchmark (
	INPUT = engagement_benchmark_in,
	OUTPUT = engagement_benchmark_out,
	RECEIVE = engagement_benchmark_recv,
	SEND = engagement_benchmark_send,
	INTERNALLENGTH = 2656,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE engagement_benchmark IS
	'exact sums over the profiles of a cohort, by class of exposure: log followers, mean log rates and their spread, posts without interactions';
COMMENT ON FUNCTION engagement_benchmark_in(cstring) IS 'I/O';
COMMENT ON FUNCTION engagement_benchmark_out(engagement_benchmark) IS 'I/O';
COMMENT ON FUNCTION engagement_benchmark_recv(internal) IS 'I/O';
COMMENT ON FUNCTION engagement_benchmark_send(engagement_benchmark) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION engagement_benchmark_eq(engagement_benchmark, engagement_benchmark) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION engagement_benchmark_ne(engagement_benchmark, engagement_benchmark) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION engagement_benchmark_hash(engagement_benchmark) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION engagement_benchmark_hash_extended(engagement_benchmark, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION engagement_benchmark_eq(engagement_benchmark, engagement_benchmark) IS
	'implementation of = operator';
COMMENT ON FUNCTION engagement_benchmark_ne(engagement_benchmark, engagement_benchmark) IS
	'implementation of <> operator';
COMMENT ON FUNCTION engagement_benchmark_hash(engagement_benchmark) IS 'hash';
COMMENT ON FUNCTION engagement_benchmark_hash_extended(engagement_benchmark, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = engagement_benchmark, RIGHTARG = engagement_benchmark,
	FUNCTION = engagement_benchmark_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = engagement_benchmark, RIGHTARG = engagement_benchmark,
	FUNCTION = engagement_benchmark_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (engagement_benchmark, engagement_benchmark) IS 'equal';
COMMENT ON OPERATOR <> (engagement_benchmark, engagement_benchmark) IS 'not equal';

CREATE OPERATOR CLASS engagement_benchmark_ops
	DEFAULT FOR TYPE engagement_benchmark USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 engagement_benchmark_hash(engagement_benchmark),
	FUNCTION 2 engagement_benchmark_hash_extended(engagement_benchmark, bigint);

COMMENT ON OPERATOR CLASS engagement_benchmark_ops USING hash IS
	'default hash of engagement_benchmark';
COMMENT ON OPERATOR FAMILY engagement_benchmark_ops USING hash IS
	'hash of engagement_benchmark';

-- addition

CREATE FUNCTION engagement_benchmark_add(engagement_benchmark, engagement_benchmark)
	RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION engagement_benchmark_subtract(engagement_benchmark, engagement_benchmark)
	RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION engagement_benchmark_add(engagement_benchmark, engagement_benchmark) IS
	'implementation of + operator';
COMMENT ON FUNCTION engagement_benchmark_subtract(engagement_benchmark, engagement_benchmark) IS
	'implementation of - operator';

CREATE OPERATOR + (
	LEFTARG = engagement_benchmark, RIGHTARG = engagement_benchmark,
	FUNCTION = engagement_benchmark_add,
	COMMUTATOR = +
);
CREATE OPERATOR - (
	LEFTARG = engagement_benchmark, RIGHTARG = engagement_benchmark,
	FUNCTION = engagement_benchmark_subtract
);

COMMENT ON OPERATOR + (engagement_benchmark, engagement_benchmark) IS
	'profiles of both benchmarks';
COMMENT ON OPERATOR - (engagement_benchmark, engagement_benchmark) IS
	'profiles of the first without those of the second, which it must contain';

-- aggregates

CREATE FUNCTION benchmark_accum(state engagement_benchmark,
		engagement engagement_summary, followers bigint)
	RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION benchmark_accum_inv(state engagement_benchmark,
		engagement engagement_summary, followers bigint)
	RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION benchmark_accum(engagement_benchmark, engagement_summary, bigint) IS
	'aggregate transition function';
COMMENT ON FUNCTION benchmark_accum_inv(engagement_benchmark, engagement_summary, bigint) IS
	'inverse of the aggregate transition function';

CREATE AGGREGATE benchmark(engagement engagement_summary, followers bigint) (
	SFUNC = benchmark_accum,
	STYPE = engagement_benchmark,
	INITCOND = 'profiles=0',
	COMBINEFUNC = engagement_benchmark_add,
	MSFUNC = benchmark_accum,
	MINVFUNC = benchmark_accum_inv,
	MSTYPE = engagement_benchmark,
	MINITCOND = 'profiles=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE benchmark(engagement_summary, bigint) IS
	'what is normal in a cohort, one row per profile; a profile without posts or followers is left out; empty over none';

CREATE AGGREGATE sum(engagement_benchmark) (
	SFUNC = engagement_benchmark_add,
	STYPE = engagement_benchmark,
	INITCOND = 'profiles=0',
	COMBINEFUNC = engagement_benchmark_add,
	MSFUNC = engagement_benchmark_add,
	MINVFUNC = engagement_benchmark_subtract,
	MSTYPE = engagement_benchmark,
	MINITCOND = 'profiles=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(engagement_benchmark) IS
	'profiles of all benchmarks, exactly; empty over none';

-- the cohort without a profile, or with a deviation that is known from elsewhere

CREATE FUNCTION leave_out(benchmark engagement_benchmark, engagement engagement_summary, followers bigint)
	RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME', 'benchmark_leave_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION assume_within(benchmark engagement_benchmark, stddev float8)
	RETURNS engagement_benchmark
	AS 'MODULE_PATHNAME', 'benchmark_assume_within'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION leave_out(engagement_benchmark, engagement_summary, bigint) IS
	'the cohort without one of its profiles, exactly: to judge it by the others; the cohort itself for a profile without posts or followers';
COMMENT ON FUNCTION assume_within(engagement_benchmark, float8) IS
	'the cohort with a standard deviation of one profile''s log rates that is known from elsewhere, for profiles known by averages or with one post each';

-- what is normal

CREATE FUNCTION profiles(engagement_benchmark) RETURNS bigint
	AS 'MODULE_PATHNAME', 'engagement_benchmark_profiles'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION slope(engagement_benchmark) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_slope'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION between_stddev(engagement_benchmark) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_between_stddev'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION within_stddev(engagement_benchmark) RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_within_stddev'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION profiles(engagement_benchmark) IS
	'profiles in the cohort';
COMMENT ON FUNCTION slope(engagement_benchmark) IS
	'change of the expected log rate per unit of log followers: -0.1 is 7 % less engagement at twice the size; 0 below three profiles or without spread in followers; NULL over none';
COMMENT ON FUNCTION between_stddev(engagement_benchmark) IS
	'standard deviation of the log rates of profiles of the same size, luck removed; NULL where it can''t be told from luck';
COMMENT ON FUNCTION within_stddev(engagement_benchmark) IS
	'standard deviation of the log rates of the posts of one profile; NULL if no profile has two and none was assumed';

CREATE FUNCTION expected_rate(benchmark engagement_benchmark, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_expected_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION expected_rate(engagement_benchmark, bigint) IS
	'typical rate of profiles of a size, as a fraction; NULL for an empty cohort or 0 followers';

-- who is better than that

CREATE FUNCTION shrunk_rate(benchmark engagement_benchmark, engagement engagement_summary, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_shrunk_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_low(benchmark engagement_benchmark, engagement engagement_summary, followers bigint, confidence float8 DEFAULT 0.9)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_rate_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_high(benchmark engagement_benchmark, engagement engagement_summary, followers bigint, confidence float8 DEFAULT 0.9)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_rate_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION lift(benchmark engagement_benchmark, engagement engagement_summary, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_lift'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_percentile(benchmark engagement_benchmark, engagement engagement_summary, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_rate_percentile'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_z(benchmark engagement_benchmark, engagement engagement_summary, followers bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_benchmark_rate_z'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION rate_explanation(benchmark engagement_benchmark, engagement engagement_summary, followers bigint)
	RETURNS text
	AS 'MODULE_PATHNAME', 'engagement_benchmark_rate_explanation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rate_explanation(engagement_benchmark, engagement_summary, bigint) IS
	'one line for a client: posts, own rate, what the size explains, what is believed and how sure, rates in percent';
COMMENT ON FUNCTION shrunk_rate(engagement_benchmark, engagement_summary, bigint) IS
	'best estimate of a profile''s long-run typical rate, as a fraction: between its own and the expected one, by how much its posts say';
COMMENT ON FUNCTION rate_low(engagement_benchmark, engagement_summary, bigint, float8) IS
	'lower bound of a profile''s long-run typical rate, as a fraction, at a two-sided confidence (0.9): order a shortlist by it; a single post is often outside';
COMMENT ON FUNCTION rate_high(engagement_benchmark, engagement_summary, bigint, float8) IS
	'upper bound of a profile''s long-run typical rate, as a fraction, at a two-sided confidence (0.9); a single post is often outside';
COMMENT ON FUNCTION lift(engagement_benchmark, engagement_summary, bigint) IS
	'shrunk rate / expected rate: 1.8 is 80 % more engagement than the size explains; NULL without posts';
COMMENT ON FUNCTION rate_percentile(engagement_benchmark, engagement_summary, bigint) IS
	'chance, 0 to 1, that a profile is above a random one of its size; NULL without posts';
COMMENT ON FUNCTION rate_z(engagement_benchmark, engagement_summary, bigint) IS
	'standard deviations by which a profile''s posts are above (below: negative) what is expected at its size and number of posts; leave a member out of a small cohort, or it hides itself: rate_z(leave_out(b, e, f), e, f)';

CREATE FUNCTION engagement_benchmark_to_json(engagement_benchmark) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION engagement_benchmark_to_jsonb(engagement_benchmark) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION engagement_benchmark_to_json(engagement_benchmark) IS
	'size, slope and deviations of the cohort, for people to read; the text form is the exact one';
COMMENT ON FUNCTION engagement_benchmark_to_jsonb(engagement_benchmark) IS
	'size, slope and deviations of the cohort, for people to read; the text form is the exact one';

-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (engagement_benchmark AS json) WITH FUNCTION engagement_benchmark_to_json(engagement_benchmark);
CREATE CAST (engagement_benchmark AS jsonb) WITH FUNCTION engagement_benchmark_to_jsonb(engagement_benchmark);

COMMENT ON CAST (engagement_benchmark AS json) IS
	'size, slope and deviations of the cohort, for people to read; the text form is the exact one';
COMMENT ON CAST (engagement_benchmark AS jsonb) IS
	'size, slope and deviations of the cohort, for people to read; the text form is the exact one';
