--
-- net_reach: how many people are reached, where no audiences are known
--

CREATE FUNCTION relevant_reach(followers bigint, relevant_share float8, attention_rate float8)
	RETURNS float8
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
	RETURN followers::float8 * relevant_share * attention_rate;

COMMENT ON FUNCTION relevant_reach(bigint, float8, float8) IS
	'followers * relevant_share * attention_rate: people who are relevant and notice; the share and the rate are fractions';

CREATE FUNCTION net_reach(reaches float8[], population float8) RETURNS float8
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION net_reach(float8[], float8) IS
	'people of a population reached at least once, if audiences overlap by chance (Sainsbury): population * (1 - (1 - r1/population)(1 - r2/population)...)';
