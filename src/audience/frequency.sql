--
-- audience_frequency: how often people are reached
--

CREATE TYPE reach_frequency;

CREATE FUNCTION reach_frequency_in(cstring) RETURNS reach_frequency
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION reach_frequency_out(reach_frequency) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION reach_frequency_recv(internal) RETURNS reach_frequency
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION reach_frequency_send(reach_frequency) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

CREATE TYPE reach_frequency (
	INPUT = reach_frequency_in,
	OUTPUT = reach_frequency_out,
	RECEIVE = reach_frequency_recv,
	SEND = reach_frequency_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE reach_frequency IS
	'how many people were reached how often: {1=2,2=2,3=1}, two once, two twice, one three times; a sample of them where theta is named';
COMMENT ON FUNCTION reach_frequency_in(cstring) IS 'I/O';
COMMENT ON FUNCTION reach_frequency_out(reach_frequency) IS 'I/O';
COMMENT ON FUNCTION reach_frequency_recv(internal) IS 'I/O';
COMMENT ON FUNCTION reach_frequency_send(reach_frequency) IS 'I/O';

CREATE TYPE reach_frequency_state;

CREATE FUNCTION reach_frequency_state_in(cstring) RETURNS reach_frequency_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION reach_frequency_state_out(reach_frequency_state) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION reach_frequency_state_recv(internal) RETURNS reach_frequency_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION reach_frequency_state_send(reach_frequency_state) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

CREATE TYPE reach_frequency_state (
	INPUT = reach_frequency_state_in,
	OUTPUT = reach_frequency_state_out,
	RECEIVE = reach_frequency_state_recv,
	SEND = reach_frequency_state_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE reach_frequency_state IS
	'state of the aggregate audience_frequency';
COMMENT ON FUNCTION reach_frequency_state_in(cstring) IS 'I/O';
COMMENT ON FUNCTION reach_frequency_state_out(reach_frequency_state) IS 'I/O';
COMMENT ON FUNCTION reach_frequency_state_recv(internal) IS 'I/O';
COMMENT ON FUNCTION reach_frequency_state_send(reach_frequency_state) IS 'I/O';

-- Equal frequencies have equal bytes, so the functions of bytea compare and hash
-- them.

CREATE FUNCTION reach_frequency_eq(reach_frequency, reach_frequency) RETURNS boolean
	AS 'byteaeq' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION reach_frequency_ne(reach_frequency, reach_frequency) RETURNS boolean
	AS 'byteane' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION reach_frequency_hash(reach_frequency) RETURNS integer
	AS 'hashvarlena' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION reach_frequency_hash_extended(reach_frequency, bigint) RETURNS bigint
	AS 'hashvarlenaextended' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION reach_frequency_eq(reach_frequency, reach_frequency) IS 'implementation of = operator';
COMMENT ON FUNCTION reach_frequency_ne(reach_frequency, reach_frequency) IS 'implementation of <> operator';
COMMENT ON FUNCTION reach_frequency_hash(reach_frequency) IS 'hash';
COMMENT ON FUNCTION reach_frequency_hash_extended(reach_frequency, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = reach_frequency, RIGHTARG = reach_frequency, FUNCTION = reach_frequency_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = reach_frequency, RIGHTARG = reach_frequency, FUNCTION = reach_frequency_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (reach_frequency, reach_frequency) IS 'the same numbers of people';
COMMENT ON OPERATOR <> (reach_frequency, reach_frequency) IS 'not the same numbers of people';

CREATE OPERATOR CLASS reach_frequency_ops
	DEFAULT FOR TYPE reach_frequency USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 reach_frequency_hash(reach_frequency),
	FUNCTION 2 reach_frequency_hash_extended(reach_frequency, bigint);

COMMENT ON OPERATOR CLASS reach_frequency_ops USING hash IS 'default hash of reach_frequency';
COMMENT ON OPERATOR FAMILY reach_frequency_ops USING hash IS 'hash of reach_frequency';

-- what a frequency says

CREATE FUNCTION reach_at(frequency reach_frequency, k integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'frequency_reach_at'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION average_frequency(frequency reach_frequency) RETURNS float8
	AS 'MODULE_PATHNAME', 'frequency_average'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION gross_reach(frequency reach_frequency) RETURNS float8
	AS 'MODULE_PATHNAME', 'frequency_gross_reach'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION reach_at(reach_frequency, integer) IS
	'people reached at least k times; exact while the audiences are';
COMMENT ON FUNCTION average_frequency(reach_frequency) IS
	'how often those who were reached were, on average; NULL if nobody was';
COMMENT ON FUNCTION gross_reach(reach_frequency) IS
	'everybody as often as reached: the audiences added up';

-- the aggregate

CREATE FUNCTION audience_frequency_accum(reach_frequency_state, audience audience_sketch)
	RETURNS reach_frequency_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
CREATE FUNCTION audience_frequency_combine(reach_frequency_state, reach_frequency_state)
	RETURNS reach_frequency_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100;
CREATE FUNCTION audience_frequency_final(reach_frequency_state) RETURNS reach_frequency
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION audience_frequency_accum(reach_frequency_state, audience_sketch) IS 'aggregate transition function';
COMMENT ON FUNCTION audience_frequency_combine(reach_frequency_state, reach_frequency_state) IS 'aggregate combine function';
COMMENT ON FUNCTION audience_frequency_final(reach_frequency_state) IS 'aggregate final function';

CREATE AGGREGATE audience_frequency(audience audience_sketch) (
	SFUNC = audience_frequency_accum,
	STYPE = reach_frequency_state,
	SSPACE = 262144,
	FINALFUNC = audience_frequency_final,
	COMBINEFUNC = audience_frequency_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE audience_frequency(audience_sketch) IS
	'how many people are in how many of the audiences: exact while they are, up to 65,536 people; NULL is left out; over no rows nobody';
