--
-- tier: the size class of a profile
--

CREATE TYPE tier;

CREATE FUNCTION tier_in(cstring) RETURNS tier
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_out(tier) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_recv(internal) RETURNS tier
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_send(tier) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE tier (
	INPUT = tier_in,
	OUTPUT = tier_out,
	RECEIVE = tier_recv,
	SEND = tier_send,
	INTERNALLENGTH = 1,
	PASSEDBYVALUE,
	ALIGNMENT = char,
	STORAGE = plain
);

COMMENT ON TYPE tier IS
	'size class of a profile: none < nano < micro < mid < macro < mega';
COMMENT ON FUNCTION tier_in(cstring) IS 'I/O';
COMMENT ON FUNCTION tier_out(tier) IS 'I/O';
COMMENT ON FUNCTION tier_recv(internal) IS 'I/O';
COMMENT ON FUNCTION tier_send(tier) IS 'I/O';

-- comparison

CREATE FUNCTION tier_eq(tier, tier) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_ne(tier, tier) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_lt(tier, tier) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_le(tier, tier) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_gt(tier, tier) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_ge(tier, tier) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_cmp(tier, tier) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_hash(tier) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_hash_extended(tier, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier_eq(tier, tier) IS 'implementation of = operator';
COMMENT ON FUNCTION tier_ne(tier, tier) IS 'implementation of <> operator';
COMMENT ON FUNCTION tier_lt(tier, tier) IS 'implementation of < operator';
COMMENT ON FUNCTION tier_le(tier, tier) IS 'implementation of <= operator';
COMMENT ON FUNCTION tier_gt(tier, tier) IS 'implementation of > operator';
COMMENT ON FUNCTION tier_ge(tier, tier) IS 'implementation of >= operator';
COMMENT ON FUNCTION tier_cmp(tier, tier) IS 'btree comparison';
COMMENT ON FUNCTION tier_sortsupport(internal) IS 'btree sort support';
COMMENT ON FUNCTION tier_hash(tier) IS 'hash';
COMMENT ON FUNCTION tier_hash_extended(tier, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
CREATE OPERATOR <> (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (tier, tier) IS 'equal';
COMMENT ON OPERATOR <> (tier, tier) IS 'not equal';
COMMENT ON OPERATOR < (tier, tier) IS 'smaller tier';
COMMENT ON OPERATOR <= (tier, tier) IS 'smaller tier or equal';
COMMENT ON OPERATOR > (tier, tier) IS 'larger tier';
COMMENT ON OPERATOR >= (tier, tier) IS 'larger tier or equal';

CREATE OPERATOR CLASS tier_ops
	DEFAULT FOR TYPE tier USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 tier_cmp(tier, tier),
	FUNCTION 2 tier_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);

CREATE OPERATOR CLASS tier_ops
	DEFAULT FOR TYPE tier USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 tier_hash(tier),
	FUNCTION 2 tier_hash_extended(tier, bigint);

COMMENT ON OPERATOR CLASS tier_ops USING btree IS 'default order of tier';
COMMENT ON OPERATOR CLASS tier_ops USING hash IS 'default hash of tier';
COMMENT ON OPERATOR FAMILY tier_ops USING btree IS 'order of tier';
COMMENT ON OPERATOR FAMILY tier_ops USING hash IS 'hash of tier';

-- classification

CREATE FUNCTION tier(followers bigint) RETURNS tier
	AS 'MODULE_PATHNAME', 'tier_of'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier(bigint) IS
	'tier of a follower count in the scheme instagram: micro is 10,000 to 50,000, both included';

CREATE FUNCTION tier(followers bigint, scheme tier_scheme) RETURNS tier
	AS 'MODULE_PATHNAME', 'tier_of_scheme'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier(bigint, tier_scheme) IS
	'tier of a follower count in a scheme; none for whatever is below its first bound';

CREATE FUNCTION tier_range(tier tier, scheme tier_scheme DEFAULT 'instagram')
	RETURNS int8range
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION tier_range(tier, tier_scheme) IS
	'follower counts of a tier; empty for a tier that the scheme leaves out';

CREATE FUNCTION tiers(scheme tier_scheme DEFAULT 'instagram')
	RETURNS TABLE (tier tier, followers int8range)
	LANGUAGE SQL IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1 ROWS 6
	BEGIN ATOMIC
		SELECT t, tier_range(t, scheme)
		FROM pg_catalog.unnest('{none,nano,micro,mid,macro,mega}'::tier[]) AS t;
	END;

COMMENT ON FUNCTION tiers(tier_scheme) IS
	'all tiers, smallest first, with their follower counts in a scheme';

-- aggregates

CREATE FUNCTION tier_smaller(tier, tier) RETURNS tier
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_larger(tier, tier) RETURNS tier
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier_smaller(tier, tier) IS 'aggregate transition function';
COMMENT ON FUNCTION tier_larger(tier, tier) IS 'aggregate transition function';

CREATE AGGREGATE min(tier) (
	SFUNC = tier_smaller,
	STYPE = tier,
	COMBINEFUNC = tier_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE min(tier) IS 'smallest tier; NULL over no tiers';

CREATE AGGREGATE max(tier) (
	SFUNC = tier_larger,
	STYPE = tier,
	COMBINEFUNC = tier_larger,
	SORTOP = >,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE max(tier) IS 'largest tier; NULL over no tiers';
