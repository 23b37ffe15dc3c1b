--
-- growth: how a follower count grows, by time
--

CREATE TYPE growth_summary;

CREATE FUNCTION growth_summary_in(cstring) RETURNS growth_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_summary_out(growth_summary) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_summary_recv(internal) RETURNS growth_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_summary_send(growth_summary) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE growth_summary (
	INPUT = growth_summary_in,
	OUTPUT = growth_summary_out,
	RECEIVE = growth_summary_recv,
	SEND = growth_summary_send,
	INTERNALLENGTH = 128,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE growth_summary IS
	'first and last of the observations of a follower count, and exact sums for its trend';
COMMENT ON FUNCTION growth_summary_in(cstring) IS 'I/O';
COMMENT ON FUNCTION growth_summary_out(growth_summary) IS 'I/O';
COMMENT ON FUNCTION growth_summary_recv(internal) IS 'I/O';
COMMENT ON FUNCTION growth_summary_send(growth_summary) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION growth_summary_eq(growth_summary, growth_summary) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION growth_summary_ne(growth_summary, growth_summary) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION growth_summary_hash(growth_summary) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION growth_summary_hash_extended(growth_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION growth_summary_eq(growth_summary, growth_summary) IS
	'implementation of = operator';
COMMENT ON FUNCTION growth_summary_ne(growth_summary, growth_summary) IS
	'implementation of <> operator';
COMMENT ON FUNCTION growth_summary_hash(growth_summary) IS 'hash';
COMMENT ON FUNCTION growth_summary_hash_extended(growth_summary, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = growth_summary, RIGHTARG = growth_summary,
	FUNCTION = growth_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = growth_summary, RIGHTARG = growth_summary,
	FUNCTION = growth_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (growth_summary, growth_summary) IS 'equal';
COMMENT ON OPERATOR <> (growth_summary, growth_summary) IS 'not equal';

CREATE OPERATOR CLASS growth_summary_ops
	DEFAULT FOR TYPE growth_summary USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 growth_summary_hash(growth_summary),
	FUNCTION 2 growth_summary_hash_extended(growth_summary, bigint);

COMMENT ON OPERATOR CLASS growth_summary_ops USING hash IS 'default hash of growth_summary';
COMMENT ON OPERATOR FAMILY growth_summary_ops USING hash IS 'hash of growth_summary';

-- addition

CREATE FUNCTION growth_summary_add(growth_summary, growth_summary) RETURNS growth_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION growth_summary_add(growth_summary, growth_summary) IS
	'implementation of + operator';

CREATE OPERATOR + (
	LEFTARG = growth_summary, RIGHTARG = growth_summary,
	FUNCTION = growth_summary_add,
	COMMUTATOR = +
);

COMMENT ON OPERATOR + (growth_summary, growth_summary) IS
	'summary of the observations of both, parts of one profile''s time; an error if they overlap';

-- figures

CREATE FUNCTION observations(growth growth_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'growth_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION zero_observations(growth growth_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'growth_zero_observations'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION first_at(growth growth_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'growth_first_at'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION last_at(growth growth_summary) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'growth_last_at'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION first_followers(growth growth_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'growth_first_followers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION last_followers(growth growth_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'growth_last_followers'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_rate(growth growth_summary, per interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'growth_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_rate_low(growth growth_summary, per interval, digits integer DEFAULT 3)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_rate_high(growth growth_summary, per interval, digits integer DEFAULT 3)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_trend(growth growth_summary, per interval) RETURNS float8
	AS 'MODULE_PATHNAME', 'growth_trend'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION reaches_at(growth growth_summary, followers bigint) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'growth_reaches_at'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION observations(growth_summary) IS 'number of observations';
COMMENT ON FUNCTION zero_observations(growth_summary) IS
	'number of observations of 0 followers, which have no part in other figures';
COMMENT ON FUNCTION first_at(growth_summary) IS
	'time of the first observation of 1 follower and more; NULL for none';
COMMENT ON FUNCTION last_at(growth_summary) IS
	'time of the last observation of 1 follower and more; NULL for none';
COMMENT ON FUNCTION first_followers(growth_summary) IS
	'followers at the first observation, the largest of several at one instant; NULL for none';
COMMENT ON FUNCTION last_followers(growth_summary) IS
	'followers at the last observation, the largest of several at one instant; NULL for none';
COMMENT ON FUNCTION growth_rate(growth_summary, interval) IS
	'compound growth per interval between the first and the last observation, as a fraction: 1.0 is a doubling; NULL of one instant';
COMMENT ON FUNCTION growth_rate_low(growth_summary, interval, integer) IS
	'growth_rate at least, as a fraction, if counts were rounded down to so many digits';
COMMENT ON FUNCTION growth_rate_high(growth_summary, interval, integer) IS
	'growth_rate at most, as a fraction, if counts were rounded down to so many digits';
COMMENT ON FUNCTION growth_trend(growth_summary, interval) IS
	'growth per interval of the exponential that fits all observations best, as a fraction; NULL of one instant';
COMMENT ON FUNCTION reaches_at(growth_summary, bigint) IS
	'time when followers are reached, from the last observation on at the trend; NULL if never, or if they are already';

-- json

CREATE FUNCTION growth_summary_to_json(growth_summary) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION growth_summary_to_jsonb(growth_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION growth_summary_to_json(growth_summary) IS
	'number of observations, the first and the last, times in UTC, for people to read; the text form is the exact one';
COMMENT ON FUNCTION growth_summary_to_jsonb(growth_summary) IS
	'number of observations, the first and the last, times in UTC, for people to read; the text form is the exact one';

-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (growth_summary AS json) WITH FUNCTION growth_summary_to_json(growth_summary);
CREATE CAST (growth_summary AS jsonb) WITH FUNCTION growth_summary_to_jsonb(growth_summary);

COMMENT ON CAST (growth_summary AS json) IS
	'number of observations, the first and the last, times in UTC, for people to read; the text form is the exact one';
COMMENT ON CAST (growth_summary AS jsonb) IS
	'number of observations, the first and the last, times in UTC, for people to read; the text form is the exact one';

-- aggregates

CREATE FUNCTION growth_accum(growth_summary, timestamptz, bigint) RETURNS growth_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION growth_accum(growth_summary, timestamptz, bigint) IS
	'aggregate transition function';

CREATE FUNCTION growth_summary_combine(growth_summary, growth_summary) RETURNS growth_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION growth_summary_sum(growth_summary[]) RETURNS growth_summary
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION growth_summary_combine(growth_summary, growth_summary) IS
	'aggregate combine function';
COMMENT ON FUNCTION growth_summary_sum(growth_summary[]) IS 'aggregate final function';

CREATE AGGREGATE growth(observed_at timestamptz, followers bigint) (
	SFUNC = growth_accum,
	STYPE = growth_summary,
	COMBINEFUNC = growth_summary_combine,
	INITCOND = 'observations=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE growth(timestamptz, bigint) IS
	'growth summary of the observations of a follower count, in any order; rows with a NULL are left out';

-- The parts are kept until all are there: which ones overlap can't be told before.
CREATE AGGREGATE sum(growth_summary) (
	SFUNC = pg_catalog.array_append,
	STYPE = growth_summary[],
	SSPACE = 512,
	FINALFUNC = growth_summary_sum,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = pg_catalog.array_cat,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(growth_summary) IS
	'growth summary of the observations of all, parts of one profile''s time; an error if two overlap';
