--
-- top_ids: the ids with the best scores
--

CREATE TYPE top_ids_state;

CREATE FUNCTION top_ids_state_in(cstring) RETURNS top_ids_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_state_out(top_ids_state) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_state_recv(internal) RETURNS top_ids_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_state_send(top_ids_state) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE top_ids_state (
	INPUT = top_ids_state_in,
	OUTPUT = top_ids_state_out,
	RECEIVE = top_ids_state_recv,
	SEND = top_ids_state_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE top_ids_state IS
	'state of the aggregate top_ids: the best ids so far with their scores';
COMMENT ON FUNCTION top_ids_state_in(cstring) IS 'I/O';
COMMENT ON FUNCTION top_ids_state_out(top_ids_state) IS 'I/O';
COMMENT ON FUNCTION top_ids_state_recv(internal) IS 'I/O';
COMMENT ON FUNCTION top_ids_state_send(top_ids_state) IS 'I/O';

CREATE FUNCTION top_ids_accum(top_ids_state, id bigint, score float8, k integer)
	RETURNS top_ids_state
	AS 'MODULE_PATHNAME', 'top_ids_accum_bigint'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_accum(top_ids_state, id text, score float8, k integer)
	RETURNS top_ids_state
	AS 'MODULE_PATHNAME', 'top_ids_accum_text'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_accum(top_ids_state, id uuid, score float8, k integer)
	RETURNS top_ids_state
	AS 'MODULE_PATHNAME', 'top_ids_accum_uuid'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_combine(top_ids_state, top_ids_state)
	RETURNS top_ids_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_final_bigint(top_ids_state) RETURNS bigint[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_final_text(top_ids_state) RETURNS text[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION top_ids_final_uuid(top_ids_state) RETURNS uuid[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION top_ids_accum(top_ids_state, bigint, float8, integer) IS
	'aggregate transition function';
COMMENT ON FUNCTION top_ids_accum(top_ids_state, text, float8, integer) IS
	'aggregate transition function';
COMMENT ON FUNCTION top_ids_accum(top_ids_state, uuid, float8, integer) IS
	'aggregate transition function';
COMMENT ON FUNCTION top_ids_combine(top_ids_state, top_ids_state) IS
	'aggregate combine function';
COMMENT ON FUNCTION top_ids_final_bigint(top_ids_state) IS 'aggregate final function';
COMMENT ON FUNCTION top_ids_final_text(top_ids_state) IS 'aggregate final function';
COMMENT ON FUNCTION top_ids_final_uuid(top_ids_state) IS 'aggregate final function';

CREATE AGGREGATE top_ids(id bigint, score float8, k integer) (
	SFUNC = top_ids_accum,
	STYPE = top_ids_state,
	SSPACE = 256,
	FINALFUNC = top_ids_final_bigint,
	COMBINEFUNC = top_ids_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE top_ids(bigint, float8, integer) IS
	'the k ids with the largest scores, best first, ties by id; NULL and NaN scores are left out; empty over no rows';

CREATE AGGREGATE top_ids(id text, score float8, k integer) (
	SFUNC = top_ids_accum,
	STYPE = top_ids_state,
	SSPACE = 512,
	FINALFUNC = top_ids_final_text,
	COMBINEFUNC = top_ids_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE top_ids(text, float8, integer) IS
	'the k ids with the largest scores, best first, ties by id in the order of bytes; NULL and NaN scores are left out; empty over no rows';

CREATE AGGREGATE top_ids(id uuid, score float8, k integer) (
	SFUNC = top_ids_accum,
	STYPE = top_ids_state,
	SSPACE = 512,
	FINALFUNC = top_ids_final_uuid,
	COMBINEFUNC = top_ids_combine,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE top_ids(uuid, float8, integer) IS
	'the k ids with the largest scores, best first, ties by id; NULL and NaN scores are left out; empty over no rows';
