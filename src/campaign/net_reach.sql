--
-- net_reach: how many people are reached, where no audiences are known
--

CREATE FUNCTION relevant_reach(followers bigint, relevant_share float8, attention_rate float8)
	RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION relevant_reach(bigint, float8, float8) IS
	'followers * relevant_share * attention_rate: people who are relevant and notice; the share and the rate are fractions';

CREATE FUNCTION net_reach(reaches float8[], population float8) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION net_reach(float8[], float8) IS
	'people of a population reached at least once, if audiences overlap by chance (Sainsbury): population * (1 - (1 - r1/population)(1 - r2/population)...)';

CREATE FUNCTION net_reach(reaches float8[], population float8, mean_common float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'net_reach_common'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION net_reach(float8[], float8, float8) IS
	'people of a population reached at least once, if pairs of the audiences have mean_common people in common on average (gamma frailty)';

CREATE FUNCTION net_reach_at(reaches float8[], population float8, k integer) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION net_reach_at(float8[], float8, integer) IS
	'people of a population reached at least k times, if audiences overlap by chance';

CREATE FUNCTION net_reach_at(reaches float8[], population float8, mean_common float8, k integer) RETURNS float8
	AS 'MODULE_PATHNAME', 'net_reach_at_common'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION net_reach_at(float8[], float8, float8, integer) IS
	'people of a population reached at least k times, if pairs of the audiences have mean_common people in common on average';

CREATE FUNCTION net_reach_low(reaches float8[], population float8, mean_common float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'net_reach_low_mean'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION net_reach_low(float8[], float8, float8) IS
	'people reached at least, whatever the audiences, if pairs have mean_common people in common on average (Dawson and Sankoff)';

CREATE FUNCTION net_reach_low(reaches float8[], population float8, common float8[]) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION net_reach_low(float8[], float8, float8[]) IS
	'people reached at least, whatever the audiences, if reaches i and j have common[i][j] people in common (Dawson and Sankoff); NULL for an unknown pair';

CREATE FUNCTION net_reach_high(reaches float8[], population float8, mean_common float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'net_reach_high_mean'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION net_reach_high(float8[], float8, float8) IS
	'people reached at most, whatever the audiences, if pairs have mean_common people in common on average (Kounias)';

CREATE FUNCTION net_reach_high(reaches float8[], population float8, common float8[]) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION net_reach_high(float8[], float8, float8[]) IS
	'people reached at most, whatever the audiences, if reaches i and j have common[i][j] people in common (Hunter); NULL for an unknown pair';
