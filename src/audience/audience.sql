--
-- audience_sketch: who is reached, once each
--
-- The costs are those of audiences that are sampled, about 10 ns a unit; of
-- combining and finishing, which many small groups do, those of small ones.
--

CREATE TYPE audience_sketch;

CREATE FUNCTION audience_sketch_in(cstring) RETURNS audience_sketch
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
CREATE FUNCTION audience_sketch_out(audience_sketch) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION audience_sketch_recv(internal) RETURNS audience_sketch
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
CREATE FUNCTION audience_sketch_send(audience_sketch) RETURNS bytea
	AS 'MODULE_PATHNAME', 'audience_to_bytea'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

CREATE TYPE audience_sketch (
	INPUT = audience_sketch_in,
	OUTPUT = audience_sketch_out,
	RECEIVE = audience_sketch_recv,
	SEND = audience_sketch_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = external
);

COMMENT ON TYPE audience_sketch IS
	'a set of members, sampled where it is large: a compact theta sketch of Apache DataSketches, serial version 3';
COMMENT ON FUNCTION audience_sketch_in(cstring) IS 'I/O';
COMMENT ON FUNCTION audience_sketch_out(audience_sketch) IS 'I/O';
COMMENT ON FUNCTION audience_sketch_recv(internal) IS 'I/O';
COMMENT ON FUNCTION audience_sketch_send(audience_sketch) IS 'I/O';

-- the bytes

CREATE FUNCTION audience_sketch(bytes bytea) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_from_bytea'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION audience_sketch(bytea) IS
	'audience from the bytes of a compact theta sketch, serial version 1, 2, 3 or 4, seed 9001';

CREATE FUNCTION bytea(audience audience_sketch) RETURNS bytea
	AS 'MODULE_PATHNAME', 'audience_to_bytea'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION bytea(audience_sketch) IS
	'the bytes of the compact theta sketch, ordered, serial version 3';

CREATE CAST (bytea AS audience_sketch) WITH FUNCTION audience_sketch(bytea);
CREATE CAST (audience_sketch AS bytea) WITH FUNCTION bytea(audience_sketch);

COMMENT ON CAST (bytea AS audience_sketch) IS
	'reads the bytes of a compact theta sketch of Apache DataSketches';
COMMENT ON CAST (audience_sketch AS bytea) IS
	'the bytes that Apache DataSketches reads';

CREATE FUNCTION audience_compress(audience audience_sketch) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;

COMMENT ON FUNCTION audience_compress(audience_sketch) IS
	'the bytes of the sketch compressed, serial version 4, to keep or to send: a tenth to a third less; the cast from bytea reads them';

-- equality

CREATE FUNCTION audience_eq(audience_sketch, audience_sketch) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1000;
CREATE FUNCTION audience_ne(audience_sketch, audience_sketch) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1000;
CREATE FUNCTION audience_hash(audience_sketch) RETURNS integer
	AS 'MODULE_PATHNAME', 'audience_hash_key'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION audience_hash_extended(audience_sketch, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'audience_hash_key_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION audience_eq(audience_sketch, audience_sketch) IS
	'implementation of = operator';
COMMENT ON FUNCTION audience_ne(audience_sketch, audience_sketch) IS
	'implementation of <> operator';
COMMENT ON FUNCTION audience_hash(audience_sketch) IS 'hash';
COMMENT ON FUNCTION audience_hash_extended(audience_sketch, bigint) IS
	'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = audience_sketch, RIGHTARG = audience_sketch, FUNCTION = audience_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = audience_sketch, RIGHTARG = audience_sketch, FUNCTION = audience_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (audience_sketch, audience_sketch) IS
	'same sketch: the same theta and the same retained hashes';
COMMENT ON OPERATOR <> (audience_sketch, audience_sketch) IS 'not the same sketch';

CREATE OPERATOR CLASS audience_sketch_ops
	DEFAULT FOR TYPE audience_sketch USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 audience_hash(audience_sketch),
	FUNCTION 2 audience_hash_extended(audience_sketch, bigint);

COMMENT ON OPERATOR CLASS audience_sketch_ops USING hash IS
	'default hash of audience_sketch';
COMMENT ON OPERATOR FAMILY audience_sketch_ops USING hash IS
	'hash of audience_sketch';

-- what a sketch says

CREATE FUNCTION reach(audience audience_sketch) RETURNS float8
	AS 'MODULE_PATHNAME', 'audience_reach'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION reach(audience_sketch) IS
	'number of members, each counted once; exact while the sketch is';

CREATE FUNCTION reach_low(audience audience_sketch, deviations float8 DEFAULT 2) RETURNS float8
	AS 'MODULE_PATHNAME', 'audience_reach_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION reach_low(audience_sketch, float8) IS
	'lower bound of the number of members at so many standard deviations (2: 97.7 % are above it)';

CREATE FUNCTION reach_high(audience audience_sketch, deviations float8 DEFAULT 2) RETURNS float8
	AS 'MODULE_PATHNAME', 'audience_reach_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION reach_high(audience_sketch, float8) IS
	'upper bound of the number of members at so many standard deviations (2: 97.7 % are below it)';

CREATE FUNCTION audience_retained(audience audience_sketch) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION audience_retained(audience_sketch) IS
	'number of hashes that the sketch holds';

CREATE FUNCTION audience_theta(audience audience_sketch) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION audience_theta(audience_sketch) IS
	'fraction of the members whose hashes the sketch holds, 1 for all';

CREATE FUNCTION audience_is_exact(audience audience_sketch) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION audience_is_exact(audience_sketch) IS
	'whether the sketch holds the hash of every member, so that its reach is exact';

-- sets

CREATE FUNCTION audience_or(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION audience_or(audience_sketch, audience_sketch) IS
	'implementation of | operator';

CREATE OPERATOR | (
	LEFTARG = audience_sketch, RIGHTARG = audience_sketch, FUNCTION = audience_or,
	COMMUTATOR = |
);

COMMENT ON OPERATOR | (audience_sketch, audience_sketch) IS
	'members of either audience; at most 4,096 hashes stay, or as many as the lg_k of an operand asks for';

CREATE FUNCTION audience_and(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION audience_and(audience_sketch, audience_sketch) IS
	'implementation of & operator';

CREATE OPERATOR & (
	LEFTARG = audience_sketch, RIGHTARG = audience_sketch, FUNCTION = audience_and,
	COMMUTATOR = &
);

COMMENT ON OPERATOR & (audience_sketch, audience_sketch) IS
	'members of both audiences';

CREATE FUNCTION audience_minus(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION audience_minus(audience_sketch, audience_sketch) IS
	'implementation of - operator';

CREATE OPERATOR - (
	LEFTARG = audience_sketch, RIGHTARG = audience_sketch, FUNCTION = audience_minus
);

COMMENT ON OPERATOR - (audience_sketch, audience_sketch) IS
	'members of the first audience that are not in the second';

CREATE FUNCTION common_reach(a audience_sketch, b audience_sketch) RETURNS float8
	AS 'MODULE_PATHNAME', 'audience_common_reach'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION common_reach(audience_sketch, audience_sketch) IS
	'number of members that both audiences have; never above the smaller reach';

CREATE FUNCTION jaccard(a audience_sketch, b audience_sketch) RETURNS float8
	AS 'MODULE_PATHNAME', 'audience_jaccard'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION jaccard(audience_sketch, audience_sketch) IS
	'share of the members of either audience that are in both (Jaccard), a fraction; NULL if there are none';

CREATE FUNCTION overlap_coefficient(a audience_sketch, b audience_sketch) RETURNS float8
	AS 'MODULE_PATHNAME', 'audience_overlap_coefficient'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;

COMMENT ON FUNCTION overlap_coefficient(audience_sketch, audience_sketch) IS
	'share of the smaller audience that is in the other as well, a fraction; NULL if it is empty';

CREATE FUNCTION audience_trim(audience audience_sketch, lg_k integer DEFAULT 12)
	RETURNS audience_sketch
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION audience_trim(audience_sketch, integer) IS
	'the audience with at most 2^lg_k hashes, 5 to 26: smaller, less accurate, and the same however it was built';

CREATE FUNCTION audience_keys(audience audience_sketch, m integer DEFAULT 64)
	RETURNS bigint[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION audience_keys(audience_sketch, integer) IS
	'the m smallest hashes of an audience, for a GIN index: audiences that have none in common are hardly alike';

-- aggregates

CREATE FUNCTION audience_accum(audience_sketch, bigint) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_accum_bigint'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 3;
CREATE FUNCTION audience_accum(audience_sketch, bigint, integer) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_accum_bigint'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 3;
CREATE FUNCTION audience_accum(audience_sketch, text) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_accum_text'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 3;
CREATE FUNCTION audience_accum(audience_sketch, text, integer) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_accum_text'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 3;
CREATE FUNCTION audience_accum(audience_sketch, uuid) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_accum_uuid'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 3;
CREATE FUNCTION audience_accum(audience_sketch, uuid, integer) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_accum_uuid'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 3;
CREATE FUNCTION audience_union_accum(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_union_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION audience_union_accum(audience_sketch, audience_sketch, integer) RETURNS audience_sketch
	AS 'MODULE_PATHNAME', 'audience_union_accum'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000;
CREATE FUNCTION audience_intersection_combine(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500;
CREATE FUNCTION audience_combine(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10;
CREATE FUNCTION audience_union_combine(audience_sketch, audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100;
CREATE FUNCTION audience_final(audience_sketch) RETURNS audience_sketch
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION audience_accum(audience_sketch, bigint) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_accum(audience_sketch, bigint, integer) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_accum(audience_sketch, text) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_accum(audience_sketch, text, integer) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_accum(audience_sketch, uuid) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_accum(audience_sketch, uuid, integer) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_union_accum(audience_sketch, audience_sketch) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_union_accum(audience_sketch, audience_sketch, integer) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_intersection_combine(audience_sketch, audience_sketch) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_combine(audience_sketch, audience_sketch) IS 'aggregate combine function';
COMMENT ON FUNCTION audience_union_combine(audience_sketch, audience_sketch) IS 'aggregate combine function';
COMMENT ON FUNCTION audience_final(audience_sketch) IS 'aggregate final function';

CREATE AGGREGATE audience(user_id bigint) (
	SFUNC = audience_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience(bigint) IS
	'the users as an audience, exact up to 4,096 members, then about 1.6 % off; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience(user_id bigint, lg_k integer) (
	SFUNC = audience_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience(bigint, integer) IS
	'the users as an audience, exact up to 2^lg_k members, lg_k 5 to 26; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience(user_id text) (
	SFUNC = audience_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience(text) IS
	'the users, by the bytes of their ids (case counts), as an audience, exact up to 4,096 members, then about 1.6 % off; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience(user_id text, lg_k integer) (
	SFUNC = audience_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience(text, integer) IS
	'the users, by the bytes of their ids (case counts), as an audience, exact up to 2^lg_k members, lg_k 5 to 26; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience(user_id uuid) (
	SFUNC = audience_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience(uuid) IS
	'the users as an audience, exact up to 4,096 members, then about 1.6 % off; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience(user_id uuid, lg_k integer) (
	SFUNC = audience_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience(uuid, integer) IS
	'the users as an audience, exact up to 2^lg_k members, lg_k 5 to 26; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience_union(audience audience_sketch) (
	SFUNC = audience_union_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_union_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience_union(audience_sketch) IS
	'members of any of the audiences, at most 4,096 hashes; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience_union(audience audience_sketch, lg_k integer) (
	SFUNC = audience_union_accum,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_union_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience_union(audience_sketch, integer) IS
	'members of any of the audiences, at most 2^lg_k hashes, lg_k 5 to 26; NULL is left out; over no rows the empty audience';

CREATE AGGREGATE audience_intersection(audience audience_sketch) (
	SFUNC = audience_intersection_combine,
	STYPE = audience_sketch,
	SSPACE = 8192,
	FINALFUNC = audience_final,
	COMBINEFUNC = audience_intersection_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience_intersection(audience_sketch) IS
	'members of all of the audiences; NULL is left out; over no rows the empty audience';
