--
-- digit_counts: first digits of numbers, and their distance from Benford's law
--

CREATE TYPE digit_counts;

CREATE FUNCTION digit_counts_in(cstring) RETURNS digit_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION digit_counts_out(digit_counts) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION digit_counts_recv(internal) RETURNS digit_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION digit_counts_send(digit_counts) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE digit_counts (
	INPUT = digit_counts_in,
	OUTPUT = digit_counts_out,
	RECEIVE = digit_counts_recv,
	SEND = digit_counts_send,
	INTERNALLENGTH = 80,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE digit_counts IS
	'how many numbers start with each of the digits 1 to 9';
COMMENT ON FUNCTION digit_counts_in(cstring) IS 'I/O';
COMMENT ON FUNCTION digit_counts_out(digit_counts) IS 'I/O';
COMMENT ON FUNCTION digit_counts_recv(internal) IS 'I/O';
COMMENT ON FUNCTION digit_counts_send(digit_counts) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION digit_counts_eq(digit_counts, digit_counts) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION digit_counts_ne(digit_counts, digit_counts) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION digit_counts_hash(digit_counts) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION digit_counts_hash_extended(digit_counts, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION digit_counts_eq(digit_counts, digit_counts) IS
	'implementation of = operator';
COMMENT ON FUNCTION digit_counts_ne(digit_counts, digit_counts) IS
	'implementation of <> operator';
COMMENT ON FUNCTION digit_counts_hash(digit_counts) IS 'hash';
COMMENT ON FUNCTION digit_counts_hash_extended(digit_counts, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = digit_counts, RIGHTARG = digit_counts,
	FUNCTION = digit_counts_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = digit_counts, RIGHTARG = digit_counts,
	FUNCTION = digit_counts_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (digit_counts, digit_counts) IS 'equal';
COMMENT ON OPERATOR <> (digit_counts, digit_counts) IS 'not equal';

CREATE OPERATOR CLASS digit_counts_ops
	DEFAULT FOR TYPE digit_counts USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 digit_counts_hash(digit_counts),
	FUNCTION 2 digit_counts_hash_extended(digit_counts, bigint);

COMMENT ON OPERATOR CLASS digit_counts_ops USING hash IS 'default hash of digit_counts';
COMMENT ON OPERATOR FAMILY digit_counts_ops USING hash IS 'hash of digit_counts';

-- addition

CREATE FUNCTION digit_counts_add(digit_counts, digit_counts) RETURNS digit_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION digit_counts_add(digit_counts, digit_counts) IS
	'implementation of + operator, aggregate combine and transition function';

CREATE OPERATOR + (
	LEFTARG = digit_counts, RIGHTARG = digit_counts,
	FUNCTION = digit_counts_add,
	COMMUTATOR = +
);

COMMENT ON OPERATOR + (digit_counts, digit_counts) IS
	'counts of the numbers of both';

-- deviation

CREATE FUNCTION benford_deviation(digits digit_counts) RETURNS float8
	AS 'MODULE_PATHNAME', 'digit_counts_deviation'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION benford_deviation(digit_counts) IS
	'mean absolute deviation of first digits from Benford''s law, 0 for none; NULL over no numbers; also aggregate final function';

-- json

CREATE FUNCTION digit_counts_to_json(digit_counts) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION digit_counts_to_jsonb(digit_counts) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION digit_counts_to_json(digit_counts) IS
	'counts by first digit and their deviation, for people to read';
COMMENT ON FUNCTION digit_counts_to_jsonb(digit_counts) IS
	'counts by first digit and their deviation, for people to read';

-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (digit_counts AS json) WITH FUNCTION digit_counts_to_json(digit_counts);
CREATE CAST (digit_counts AS jsonb) WITH FUNCTION digit_counts_to_jsonb(digit_counts);

COMMENT ON CAST (digit_counts AS json) IS
	'counts by first digit and their deviation, for people to read';
COMMENT ON CAST (digit_counts AS jsonb) IS
	'counts by first digit and their deviation, for people to read';

-- aggregates

CREATE FUNCTION digit_counts_accum(digit_counts, bigint) RETURNS digit_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION digit_counts_accum(digit_counts, bigint) IS
	'aggregate transition function';

CREATE AGGREGATE first_digits(number bigint) (
	SFUNC = digit_counts_accum,
	STYPE = digit_counts,
	COMBINEFUNC = digit_counts_add,
	INITCOND = '1=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE first_digits(bigint) IS
	'how many numbers start with each digit; NULL, 0 and negative numbers are left out';

CREATE AGGREGATE benford_deviation(number bigint) (
	SFUNC = digit_counts_accum,
	STYPE = digit_counts,
	FINALFUNC = benford_deviation,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = digit_counts_add,
	INITCOND = '1=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE benford_deviation(bigint) IS
	'mean absolute deviation of first digits from Benford''s law; NULL, 0 and negative numbers are left out; NULL over no numbers';

CREATE AGGREGATE sum(digit_counts) (
	SFUNC = digit_counts_add,
	STYPE = digit_counts,
	COMBINEFUNC = digit_counts_add,
	INITCOND = '1=0',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(digit_counts) IS 'counts of the numbers of all, exactly';
