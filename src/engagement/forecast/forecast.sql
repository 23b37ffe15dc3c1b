--
-- forecast: what the next posts of a profile, or of a campaign, will bring
--

CREATE TYPE engagement_forecast AS (
	low float8,
	median float8,
	high float8,
	mean float8
);

COMMENT ON TYPE engagement_forecast IS 'interactions of future posts together, as a range';
COMMENT ON COLUMN engagement_forecast.low IS 'lower of two bounds that hold the interactions with the confidence asked for';
COMMENT ON COLUMN engagement_forecast.median IS 'interactions: as likely more as less';
COMMENT ON COLUMN engagement_forecast.high IS 'upper of two bounds that hold the interactions with the confidence asked for';
COMMENT ON COLUMN engagement_forecast.mean IS 'interactions on average, which is above the median: posts that go viral count in it';

CREATE FUNCTION forecast(benchmark engagement_benchmark, engagement engagement_summary, followers bigint, posts integer, confidence float8 DEFAULT 0.9)
	RETURNS engagement_forecast
	AS 'MODULE_PATHNAME', 'engagement_benchmark_forecast'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION forecast(engagement_benchmark, engagement_summary, bigint, integer, float8) IS
	'interactions of a profile''s next posts together, at the mean exposure of its posts and a two-sided confidence (0.9); those of its size for a profile without posts; NULL for 0 followers and where rate_low is';

CREATE TYPE campaign_forecast_state;

CREATE FUNCTION campaign_forecast_state_in(cstring) RETURNS campaign_forecast_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION campaign_forecast_state_out(campaign_forecast_state) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION campaign_forecast_state_recv(internal) RETURNS campaign_forecast_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION campaign_forecast_state_send(campaign_forecast_state) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

CREATE TYPE campaign_forecast_state (
	INPUT = campaign_forecast_state_in,
	OUTPUT = campaign_forecast_state_out,
	RECEIVE = campaign_forecast_state_recv,
	SEND = campaign_forecast_state_send,
	INTERNALLENGTH = 592,
	ALIGNMENT = double,
	STORAGE = plain
);

COMMENT ON TYPE campaign_forecast_state IS
	'exact sums over the profiles of a campaign: means, and log chances that their interactions stay below';
COMMENT ON FUNCTION campaign_forecast_state_in(cstring) IS 'I/O';
COMMENT ON FUNCTION campaign_forecast_state_out(campaign_forecast_state) IS 'I/O';
COMMENT ON FUNCTION campaign_forecast_state_recv(internal) IS 'I/O';
COMMENT ON FUNCTION campaign_forecast_state_send(campaign_forecast_state) IS 'I/O';

-- equality: the same sums, so the same bytes; there is no order

CREATE FUNCTION campaign_forecast_state_eq(campaign_forecast_state, campaign_forecast_state) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION campaign_forecast_state_ne(campaign_forecast_state, campaign_forecast_state) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION campaign_forecast_state_hash(campaign_forecast_state) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;
CREATE FUNCTION campaign_forecast_state_hash_extended(campaign_forecast_state, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 1;

COMMENT ON FUNCTION campaign_forecast_state_eq(campaign_forecast_state, campaign_forecast_state) IS
	'implementation of = operator';
COMMENT ON FUNCTION campaign_forecast_state_ne(campaign_forecast_state, campaign_forecast_state) IS
	'implementation of <> operator';
COMMENT ON FUNCTION campaign_forecast_state_hash(campaign_forecast_state) IS 'hash';
COMMENT ON FUNCTION campaign_forecast_state_hash_extended(campaign_forecast_state, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
	LEFTARG = campaign_forecast_state, RIGHTARG = campaign_forecast_state,
	FUNCTION = campaign_forecast_state_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
CREATE OPERATOR <> (
	LEFTARG = campaign_forecast_state, RIGHTARG = campaign_forecast_state,
	FUNCTION = campaign_forecast_state_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

COMMENT ON OPERATOR = (campaign_forecast_state, campaign_forecast_state) IS 'equal';
COMMENT ON OPERATOR <> (campaign_forecast_state, campaign_forecast_state) IS 'not equal';

CREATE OPERATOR CLASS campaign_forecast_state_ops
	DEFAULT FOR TYPE campaign_forecast_state USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 campaign_forecast_state_hash(campaign_forecast_state),
	FUNCTION 2 campaign_forecast_state_hash_extended(campaign_forecast_state, bigint);

COMMENT ON OPERATOR CLASS campaign_forecast_state_ops USING hash IS 'default hash of campaign_forecast_state';
COMMENT ON OPERATOR FAMILY campaign_forecast_state_ops USING hash IS 'hash of campaign_forecast_state';

-- the aggregate

CREATE FUNCTION campaign_forecast_accum(state campaign_forecast_state,
		benchmark engagement_benchmark, engagement engagement_summary,
		followers bigint, posts integer)
	RETURNS campaign_forecast_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10;
CREATE FUNCTION campaign_forecast_accum(state campaign_forecast_state,
		benchmark engagement_benchmark, engagement engagement_summary,
		followers bigint, posts integer, confidence float8)
	RETURNS campaign_forecast_state
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10;
CREATE FUNCTION campaign_forecast_combine(campaign_forecast_state, campaign_forecast_state)
	RETURNS campaign_forecast_state
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
CREATE FUNCTION campaign_forecast_final(campaign_forecast_state)
	RETURNS engagement_forecast
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION campaign_forecast_accum(campaign_forecast_state, engagement_benchmark, engagement_summary, bigint, integer) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_forecast_accum(campaign_forecast_state, engagement_benchmark, engagement_summary, bigint, integer, float8) IS
	'aggregate transition function';
COMMENT ON FUNCTION campaign_forecast_combine(campaign_forecast_state, campaign_forecast_state) IS
	'aggregate combine function';
COMMENT ON FUNCTION campaign_forecast_final(campaign_forecast_state) IS
	'aggregate final function';

CREATE AGGREGATE campaign_forecast(benchmark engagement_benchmark, engagement engagement_summary, followers bigint, posts integer) (
	SFUNC = campaign_forecast_accum,
	STYPE = campaign_forecast_state,
	INITCOND = 'profiles=0',
	COMBINEFUNC = campaign_forecast_combine,
	FINALFUNC = campaign_forecast_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE campaign_forecast(benchmark engagement_benchmark, engagement engagement_summary, followers bigint, posts integer, confidence float8) (
	SFUNC = campaign_forecast_accum,
	STYPE = campaign_forecast_state,
	INITCOND = 'profiles=0',
	COMBINEFUNC = campaign_forecast_combine,
	FINALFUNC = campaign_forecast_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE campaign_forecast(engagement_benchmark, engagement_summary, bigint, integer) IS
	'interactions of the next posts of all profiles together, at their posts'' mean exposures, with confidence 0.9; a profile whose forecast is NULL is left out; NULL over none';
COMMENT ON AGGREGATE campaign_forecast(engagement_benchmark, engagement_summary, bigint, integer, float8) IS
	'interactions of the next posts of all profiles together, at their posts'' mean exposures and a two-sided confidence; a profile whose forecast is NULL is left out; NULL over none';
