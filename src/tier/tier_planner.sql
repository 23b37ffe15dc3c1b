--
-- tier_planner: conditions on a tier as ranges of follower counts
--

CREATE FUNCTION tier_comparison_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION tier_comparison_support(internal) IS
	'planner support: a tier compared with a constant becomes a range of counts';

ALTER FUNCTION tier_eq(tier, tier) SUPPORT tier_comparison_support;
ALTER FUNCTION tier_ne(tier, tier) SUPPORT tier_comparison_support;
ALTER FUNCTION tier_lt(tier, tier) SUPPORT tier_comparison_support;
ALTER FUNCTION tier_le(tier, tier) SUPPORT tier_comparison_support;
ALTER FUNCTION tier_gt(tier, tier) SUPPORT tier_comparison_support;
ALTER FUNCTION tier_ge(tier, tier) SUPPORT tier_comparison_support;

CREATE FUNCTION in_tiers_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION in_tiers_support(internal) IS
	'planner support: a constant set of tiers becomes ranges of counts; how many rows another one selects';

-- COST: the array is read at each call, where the call isn't rewritten.

CREATE FUNCTION in_tiers(followers bigint, tiers tier[]) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE LEAKPROOF COST 5
	SUPPORT in_tiers_support;

COMMENT ON FUNCTION in_tiers(bigint, tier[]) IS
	'is the tier of a follower count one of these? As tier(followers) = ANY (tiers), but an index on followers serves';

CREATE FUNCTION in_tiers(followers bigint, tiers tier[], scheme tier_scheme)
	RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE LEAKPROOF COST 5
	SUPPORT in_tiers_support;

COMMENT ON FUNCTION in_tiers(bigint, tier[], tier_scheme) IS
	'is the tier of a follower count in a scheme one of these? As tier(followers, scheme) = ANY (tiers), but an index on followers serves';
