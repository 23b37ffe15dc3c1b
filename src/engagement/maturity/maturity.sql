--
-- maturity: how much of its count a post has at an age
--

CREATE TYPE maturity_curve;

CREATE FUNCTION maturity_curve_in(cstring) RETURNS maturity_curve
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION maturity_curve_out(maturity_curve) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION maturity_curve_recv(internal) RETURNS maturity_curve
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION maturity_curve_send(maturity_curve) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE maturity_curve (
	INPUT = maturity_curve_in,
	OUTPUT = maturity_curve_out,
	RECEIVE = maturity_curve_recv,
	SEND = maturity_curve_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE maturity_curve IS
	'exact sums over pairs of counts of one post at two ages: how counts grow with age';
COMMENT ON FUNCTION maturity_curve_in(cstring) IS 'I/O';
COMMENT ON FUNCTION maturity_curve_out(maturity_curve) IS 'I/O';
COMMENT ON FUNCTION maturity_curve_recv(internal) IS 'I/O';
COMMENT ON FUNCTION maturity_curve_send(maturity_curve) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION maturity_curve_eq(maturity_curve, maturity_curve) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION maturity_curve_ne(maturity_curve, maturity_curve) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION maturity_curve_hash(maturity_curve) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION maturity_curve_hash_extended(maturity_curve, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION maturity_curve_eq(maturity_curve, maturity_curve) IS
	'implementation of = operator';
COMMENT ON FUNCTION maturity_curve_ne(maturity_curve, maturity_curve) IS
	'implementation of <> operator';
COMMENT ON FUNCTION maturity_curve_hash(maturity_curve) IS 'hash';
COMMENT ON FUNCTION maturity_curve_hash_extended(maturity_curve, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = maturity_curve, RIGHTARG = maturity_curve,
	FUNCTION = maturity_curve_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = maturity_curve, RIGHTARG = maturity_curve,
	FUNCTION = maturity_curve_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (maturity_curve, maturity_curve) IS 'equal';
COMMENT ON OPERATOR <> (maturity_curve, maturity_curve) IS 'not equal';

CREATE OPERATOR CLASS maturity_curve_ops
	DEFAULT FOR TYPE maturity_curve USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 maturity_curve_hash(maturity_curve),
	FUNCTION 2 maturity_curve_hash_extended(maturity_curve, bigint);

COMMENT ON OPERATOR CLASS maturity_curve_ops USING hash IS 'default hash of maturity_curve';
COMMENT ON OPERATOR FAMILY maturity_curve_ops USING hash IS 'hash of maturity_curve';

-- addition

CREATE FUNCTION maturity_curve_add(maturity_curve, maturity_curve) RETURNS maturity_curve
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION maturity_curve_add(maturity_curve, maturity_curve) IS
	'implementation of + operator, aggregate combine and transition function';

CREATE OPERATOR + (
	LEFTARG = maturity_curve, RIGHTARG = maturity_curve,
	FUNCTION = maturity_curve_add,
	COMMUTATOR = +
);

COMMENT ON OPERATOR + (maturity_curve, maturity_curve) IS 'curve of the pairs of both';

-- aggregates

CREATE FUNCTION maturity_accum(maturity_curve, earlier_age interval, earlier bigint,
		later_age interval, later bigint)
	RETURNS maturity_curve
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION maturity_accum(maturity_curve, interval, bigint, interval, bigint) IS
	'aggregate transition function';

CREATE AGGREGATE maturity(earlier_age interval, earlier bigint, later_age interval, later bigint) (
	SFUNC = maturity_accum,
	STYPE = maturity_curve,
	SSPACE = 4096,
	COMBINEFUNC = maturity_curve_add,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE maturity(interval, bigint, interval, bigint) IS
	'curve of pairs of counts of one post at two ages; rows with a NULL, or with equal ages, are left out';

CREATE AGGREGATE sum(maturity_curve) (
	SFUNC = maturity_curve_add,
	STYPE = maturity_curve,
	SSPACE = 4096,
	COMBINEFUNC = maturity_curve_add,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(maturity_curve) IS 'curve of the pairs of all, exactly';

-- what a curve says

CREATE FUNCTION matured_share(maturity maturity_curve, age interval) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION pairs(maturity maturity_curve) RETURNS bigint
	AS 'MODULE_PATHNAME', 'maturity_pairs'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION first_age(maturity maturity_curve) RETURNS interval
	AS 'MODULE_PATHNAME', 'maturity_first_age'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION last_age(maturity maturity_curve) RETURNS interval
	AS 'MODULE_PATHNAME', 'maturity_last_age'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;

COMMENT ON FUNCTION matured_share(maturity_curve, interval) IS
	'part that a post''s count at an age is of its count at last_age, as a fraction; NULL for an age that was never seen';
COMMENT ON FUNCTION pairs(maturity_curve) IS 'number of pairs of counts';
COMMENT ON FUNCTION first_age(maturity_curve) IS 'least age of a post that has a share; NULL for none';
COMMENT ON FUNCTION last_age(maturity_curve) IS
	'greatest age of a post that was seen, whose share is 1; NULL for none';

-- json

CREATE FUNCTION maturity_curve_to_json(maturity_curve) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION maturity_curve_to_jsonb(maturity_curve) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION maturity_curve_to_json(maturity_curve) IS
	'shares at ages, as fractions, for people to read; the text form is the exact one';
COMMENT ON FUNCTION maturity_curve_to_jsonb(maturity_curve) IS
	'shares at ages, as fractions, for people to read; the text form is the exact one';

-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (maturity_curve AS json) WITH FUNCTION maturity_curve_to_json(maturity_curve);
CREATE CAST (maturity_curve AS jsonb) WITH FUNCTION maturity_curve_to_jsonb(maturity_curve);

COMMENT ON CAST (maturity_curve AS json) IS
	'shares at ages, as fractions, for people to read; the text form is the exact one';
COMMENT ON CAST (maturity_curve AS jsonb) IS
	'shares at ages, as fractions, for people to read; the text form is the exact one';
