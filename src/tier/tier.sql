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
	'size class of a profile: none < nano < micro < small < mid < macro < mega < celebrity';
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

-- How many rows a comparison selects: by the planner's statistics, so stable.

CREATE FUNCTION tier_sel(internal, oid, internal, integer) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION tier_joinsel(internal, oid, internal, smallint, internal) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION tier_sel(internal, oid, internal, integer) IS
	'restriction selectivity of comparisons of tiers';
COMMENT ON FUNCTION tier_joinsel(internal, oid, internal, smallint, internal) IS
	'join selectivity of comparisons of tiers';

CREATE OPERATOR = (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = tier_sel, JOIN = tier_joinsel,
	HASHES, MERGES
);
CREATE OPERATOR <> (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = tier_sel, JOIN = tier_joinsel
);
CREATE OPERATOR < (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = tier_sel, JOIN = tier_joinsel
);
CREATE OPERATOR <= (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = tier_sel, JOIN = tier_joinsel
);
CREATE OPERATOR > (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = tier_sel, JOIN = tier_joinsel
);
CREATE OPERATOR >= (
	LEFTARG = tier, RIGHTARG = tier, FUNCTION = tier_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = tier_sel, JOIN = tier_joinsel
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

CREATE OPERATOR CLASS tier_minmax_ops
	DEFAULT FOR TYPE tier USING brin AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);

COMMENT ON OPERATOR CLASS tier_ops USING btree IS 'default order of tier';
COMMENT ON OPERATOR CLASS tier_ops USING hash IS 'default hash of tier';
COMMENT ON OPERATOR FAMILY tier_ops USING btree IS 'order of tier';
COMMENT ON OPERATOR FAMILY tier_ops USING hash IS 'hash of tier';
COMMENT ON OPERATOR CLASS tier_minmax_ops USING brin IS 'smallest and largest tier of a range of pages';
COMMENT ON OPERATOR FAMILY tier_minmax_ops USING brin IS 'ranges of tiers in pages';

-- place in the ladder, for tools that sort

CREATE FUNCTION tier_place(tier) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier_place(tier) IS
	'place of a tier among all labels: 0 (none) to 7 (celebrity), whatever its scheme has; for sorting, since a later version may have more labels';

CREATE CAST (tier AS integer) WITH FUNCTION tier_place(tier);

COMMENT ON CAST (tier AS integer) IS 'place in the ladder of all labels, 0 (none) to 7 (celebrity)';

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

CREATE FUNCTION tier_first(tier) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_first(tier, scheme tier_scheme) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_last(tier) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tier_last(tier, scheme tier_scheme) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tiers_first("from" tier, upto tier) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tiers_first("from" tier, upto tier, scheme tier_scheme) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tiers_last("from" tier, upto tier) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION tiers_last("from" tier, upto tier, scheme tier_scheme) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION tier_first(tier) IS
	'smallest follower count of a tier, included; above tier_last() for a tier that the scheme leaves out';
COMMENT ON FUNCTION tier_first(tier, tier_scheme) IS
	'smallest follower count of a tier in a scheme, included; above tier_last() for a tier that the scheme leaves out';
COMMENT ON FUNCTION tier_last(tier) IS
	'largest follower count of a tier, included; below tier_first() for a tier that the scheme leaves out';
COMMENT ON FUNCTION tier_last(tier, tier_scheme) IS
	'largest follower count of a tier in a scheme, included; below tier_first() for a tier that the scheme leaves out';
COMMENT ON FUNCTION tiers_first(tier, tier) IS
	'smallest follower count of the tiers from one to another, both included; above tiers_last() if there is none';
COMMENT ON FUNCTION tiers_first(tier, tier, tier_scheme) IS
	'smallest follower count of the tiers of a scheme from one to another, both included; above tiers_last() if there is none';
COMMENT ON FUNCTION tiers_last(tier, tier) IS
	'largest follower count of the tiers from one to another, both included; below tiers_first() if there is none';
COMMENT ON FUNCTION tiers_last(tier, tier, tier_scheme) IS
	'largest follower count of the tiers of a scheme from one to another, both included; below tiers_first() if there is none';

CREATE FUNCTION tiers(scheme tier_scheme DEFAULT 'instagram')
	RETURNS TABLE (tier tier, followers int8range)
	LANGUAGE SQL IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1 ROWS 6
	BEGIN ATOMIC
		SELECT t, tier_range(t, scheme)
		FROM pg_catalog.unnest('{none,nano,micro,small,mid,macro,mega,celebrity}'::tier[]) AS t
		WHERE NOT pg_catalog.isempty(tier_range(t, scheme));
	END;

COMMENT ON FUNCTION tiers(tier_scheme) IS
	'the tiers that a scheme has, smallest first, with their follower counts; no rows for NULL';

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
