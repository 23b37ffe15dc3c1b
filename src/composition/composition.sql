--
-- composition: shares of a whole
--

CREATE TYPE composition;

CREATE FUNCTION composition_in(cstring) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION composition_out(composition) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION composition_recv(internal) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION composition_send(composition) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

CREATE TYPE composition (
	INPUT = composition_in,
	OUTPUT = composition_out,
	RECEIVE = composition_recv,
	SEND = composition_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE composition IS
	'weights of labels and their total, as fractions, percentages or counts: {"AT": 0.2, "DE": 0.6} / 1';
COMMENT ON FUNCTION composition_in(cstring) IS 'I/O';
COMMENT ON FUNCTION composition_out(composition) IS 'I/O';
COMMENT ON FUNCTION composition_recv(internal) IS 'I/O';
COMMENT ON FUNCTION composition_send(composition) IS 'I/O';

-- from and to jsonb

CREATE FUNCTION to_composition(payload jsonb) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION to_composition(jsonb) IS
	'composition of {"DE": 0.6} or [{"code": "DE", "weight": 0.6}], the total being the sum of the weights';

CREATE FUNCTION to_composition(payload jsonb, total float8) RETURNS composition
	AS 'MODULE_PATHNAME', 'to_composition_total'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION to_composition(jsonb, float8) IS
	'composition of a list that may be cut off; total is in the unit of the weights: 1, 100 or a count';

CREATE FUNCTION composition_to_json(composition) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION composition_to_jsonb(composition) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION composition_to_json(composition) IS
	'object of labels and weights, in the unit of the source, without the total';
COMMENT ON FUNCTION composition_to_jsonb(composition) IS
	'object of labels and weights, in the unit of the source, without the total';

CREATE CAST (jsonb AS composition) WITH FUNCTION to_composition(jsonb);
-- to_json() and its like use the cast to json, also where they make jsonb
CREATE CAST (composition AS json) WITH FUNCTION composition_to_json(composition);
CREATE CAST (composition AS jsonb) WITH FUNCTION composition_to_jsonb(composition);

COMMENT ON CAST (jsonb AS composition) IS 'as to_composition(jsonb)';
COMMENT ON CAST (composition AS json) IS
	'object of labels and weights, in the unit of the source, without the total';
COMMENT ON CAST (composition AS jsonb) IS
	'object of labels and weights, in the unit of the source, without the total';

-- accessors

CREATE FUNCTION share(composition composition, label text) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION share(composition composition, VARIADIC labels text[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_share_array'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION unknown_share(composition composition) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_unknown_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION weight(composition composition, label text) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_weight'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION total(composition composition) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_total'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION labels(composition composition) RETURNS text[]
	AS 'MODULE_PATHNAME', 'composition_labels'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION dominant(composition composition) RETURNS text
	AS 'MODULE_PATHNAME', 'composition_dominant'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;

COMMENT ON FUNCTION share(composition, text) IS
	'fraction of the total known to be of a label; 0 for one not listed, NULL for a total of 0';
COMMENT ON FUNCTION share(composition, text[]) IS
	'fraction of the total known to be of any of the labels; NULL for a total of 0';
COMMENT ON FUNCTION unknown_share(composition) IS
	'fraction of the total whose labels are unknown; NULL for a total of 0';
COMMENT ON FUNCTION weight(composition, text) IS
	'weight of a label, in the unit of the source; 0 for one not listed';
COMMENT ON FUNCTION total(composition) IS
	'total in the unit of the source, the unknown rest included';
COMMENT ON FUNCTION labels(composition) IS
	'labels, in the order of their bytes';
COMMENT ON FUNCTION dominant(composition) IS
	'label of the largest weight, of equal ones the first in the order of bytes; NULL if there is none above 0';

-- measures

CREATE FUNCTION concentration(composition composition) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_concentration'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
CREATE FUNCTION diversity(composition composition) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_diversity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION similarity(a composition, b composition) RETURNS float8
	AS 'MODULE_PATHNAME', 'composition_similarity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION concentration(composition) IS
	'Herfindahl index of the known part: sum of the squared shares, from 1/n to 1 for a single label; NULL if nothing is known';
COMMENT ON FUNCTION diversity(composition) IS
	'exp of the entropy of the known part: number of equal labels that would be as diverse; NULL if nothing is known';
COMMENT ON FUNCTION similarity(composition, composition) IS
	'1 - Jensen-Shannon distance (base 2) of the known parts: 1 for equal shares, 0 for no common label; NULL if nothing is known';

CREATE FUNCTION composition_keys(c composition, m integer DEFAULT 16) RETURNS bigint[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION composition_keys(composition, integer) IS
	'm keys by the shares of the known part, for a GIN index: compositions that are alike have some in common';

-- operators

CREATE FUNCTION composition_eq(composition, composition) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION composition_ne(composition, composition) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION composition_hash(composition) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION composition_hash_extended(composition, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION composition_plus(composition, composition) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION composition_eq(composition, composition) IS 'implementation of = operator';
COMMENT ON FUNCTION composition_ne(composition, composition) IS 'implementation of <> operator';
COMMENT ON FUNCTION composition_hash(composition) IS 'hash';
COMMENT ON FUNCTION composition_hash_extended(composition, bigint) IS 'hash with a seed';
COMMENT ON FUNCTION composition_plus(composition, composition) IS 'implementation of + operator';

CREATE OPERATOR = (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR + (
	LEFTARG = composition, RIGHTARG = composition, FUNCTION = composition_plus,
	COMMUTATOR = +
);

COMMENT ON OPERATOR = (composition, composition) IS 'equal: the same labels, weights and total';
COMMENT ON OPERATOR <> (composition, composition) IS 'not equal';
COMMENT ON OPERATOR + (composition, composition) IS
	'sum label by label and of the totals: of parts of one whole, in one unit';

CREATE OPERATOR CLASS composition_ops
	DEFAULT FOR TYPE composition USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 composition_hash(composition),
	FUNCTION 2 composition_hash_extended(composition, bigint);

COMMENT ON OPERATOR CLASS composition_ops USING hash IS 'default hash of composition';
COMMENT ON OPERATOR FAMILY composition_ops USING hash IS 'hash of composition';

-- aggregates

CREATE FUNCTION compose_accum(composition, text) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION compose_accum_weight(composition, text, float8) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
CREATE FUNCTION compose_combine(composition, composition) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION compose_final(composition) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION compose_accum(composition, text) IS 'aggregate transition function';
COMMENT ON FUNCTION compose_accum_weight(composition, text, float8) IS 'aggregate transition function';
COMMENT ON FUNCTION compose_combine(composition, composition) IS 'aggregate combine and transition function';
COMMENT ON FUNCTION compose_final(composition) IS 'aggregate final function';

CREATE AGGREGATE compose(label text) (
	SFUNC = compose_accum,
	STYPE = composition,
	SSPACE = 600,
	FINALFUNC = compose_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = compose_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE compose(text) IS
	'composition of labels, each counting 1; NULL labels are left out';

CREATE AGGREGATE compose(label text, weight float8) (
	SFUNC = compose_accum_weight,
	STYPE = composition,
	SSPACE = 600,
	FINALFUNC = compose_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = compose_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE compose(text, float8) IS
	'composition of labels by weight; the weight of a NULL label goes to the rest, rows without a weight are left out';

CREATE AGGREGATE sum(composition) (
	SFUNC = compose_combine,
	STYPE = composition,
	SSPACE = 600,
	FINALFUNC = compose_final,
	FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = compose_combine,
	INITCOND = '{}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(composition) IS
	'sum of compositions label by label and of the totals: of parts of one whole, in one unit';
