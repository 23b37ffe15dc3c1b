--
-- tier_scheme: the lower bounds of the tiers
--

CREATE TYPE tier_scheme;

CREATE FUNCTION tier_scheme_in(cstring) RETURNS tier_scheme
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_scheme_out(tier_scheme) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_scheme_recv(internal) RETURNS tier_scheme
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_scheme_send(tier_scheme) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE tier_scheme (
	INPUT = tier_scheme_in,
	OUTPUT = tier_scheme_out,
	RECEIVE = tier_scheme_recv,
	SEND = tier_scheme_send,
	INTERNALLENGTH = 64,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE tier_scheme IS
	'lower bounds of the tiers, in followers: a name (instagram, iab_uk, hypeauditor, later_fohr) or nano=1000,micro=10K,...';
COMMENT ON FUNCTION tier_scheme_in(cstring) IS 'I/O';
COMMENT ON FUNCTION tier_scheme_out(tier_scheme) IS 'I/O';
COMMENT ON FUNCTION tier_scheme_recv(internal) IS 'I/O';
COMMENT ON FUNCTION tier_scheme_send(tier_scheme) IS 'I/O';

-- comparison

CREATE FUNCTION tier_scheme_eq(tier_scheme, tier_scheme) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_ne(tier_scheme, tier_scheme) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_lt(tier_scheme, tier_scheme) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_le(tier_scheme, tier_scheme) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_gt(tier_scheme, tier_scheme) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_ge(tier_scheme, tier_scheme) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_cmp(tier_scheme, tier_scheme) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_hash(tier_scheme) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_scheme_hash_extended(tier_scheme, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier_scheme_eq(tier_scheme, tier_scheme) IS 'implementation of = operator';
COMMENT ON FUNCTION tier_scheme_ne(tier_scheme, tier_scheme) IS 'implementation of <> operator';
COMMENT ON FUNCTION tier_scheme_lt(tier_scheme, tier_scheme) IS 'implementation of < operator';
COMMENT ON FUNCTION tier_scheme_le(tier_scheme, tier_scheme) IS 'implementation of <= operator';
COMMENT ON FUNCTION tier_scheme_gt(tier_scheme, tier_scheme) IS 'implementation of > operator';
COMMENT ON FUNCTION tier_scheme_ge(tier_scheme, tier_scheme) IS 'implementation of >= operator';
COMMENT ON FUNCTION tier_scheme_cmp(tier_scheme, tier_scheme) IS 'btree comparison';
COMMENT ON FUNCTION tier_scheme_hash(tier_scheme) IS 'hash';
COMMENT ON FUNCTION tier_scheme_hash_extended(tier_scheme, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = tier_scheme, RIGHTARG = tier_scheme, FUNCTION = tier_scheme_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
CREATE OPERATOR <> (
	LEFTARG = tier_scheme, RIGHTARG = tier_scheme, FUNCTION = tier_scheme_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
	LEFTARG = tier_scheme, RIGHTARG = tier_scheme, FUNCTION = tier_scheme_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
	LEFTARG = tier_scheme, RIGHTARG = tier_scheme, FUNCTION = tier_scheme_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
	LEFTARG = tier_scheme, RIGHTARG = tier_scheme, FUNCTION = tier_scheme_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
	LEFTARG = tier_scheme, RIGHTARG = tier_scheme, FUNCTION = tier_scheme_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (tier_scheme, tier_scheme) IS 'equal';
COMMENT ON OPERATOR <> (tier_scheme, tier_scheme) IS 'not equal';
COMMENT ON OPERATOR < (tier_scheme, tier_scheme) IS 'less than, bound by bound';
COMMENT ON OPERATOR <= (tier_scheme, tier_scheme) IS 'less than or equal, bound by bound';
COMMENT ON OPERATOR > (tier_scheme, tier_scheme) IS 'greater than, bound by bound';
COMMENT ON OPERATOR >= (tier_scheme, tier_scheme) IS 'greater than or equal, bound by bound';

CREATE OPERATOR CLASS tier_scheme_ops
	DEFAULT FOR TYPE tier_scheme USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 tier_scheme_cmp(tier_scheme, tier_scheme),
	FUNCTION 4 pg_catalog.btequalimage(oid);

CREATE OPERATOR CLASS tier_scheme_ops
	DEFAULT FOR TYPE tier_scheme USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 tier_scheme_hash(tier_scheme),
	FUNCTION 2 tier_scheme_hash_extended(tier_scheme, bigint);

COMMENT ON OPERATOR CLASS tier_scheme_ops USING btree IS 'default order of tier_scheme';
COMMENT ON OPERATOR CLASS tier_scheme_ops USING hash IS 'default hash of tier_scheme';
COMMENT ON OPERATOR FAMILY tier_scheme_ops USING btree IS 'order of tier_scheme';
COMMENT ON OPERATOR FAMILY tier_scheme_ops USING hash IS 'hash of tier_scheme';
