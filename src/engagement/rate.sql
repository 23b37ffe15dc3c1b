--
-- rate: the engagement rate of one post
--

CREATE FUNCTION engagement_rate(likes bigint, comments bigint, exposure bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION engagement_rate(bigint, bigint, bigint) IS
	'(likes + comments) / exposure (followers, reach or views), as a fraction; NULL for an unknown count or no exposure';

CREATE FUNCTION engagement_rate(likes bigint, comments bigint, exposure bigint,
		shares bigint, saves bigint)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'engagement_rate_all'
	LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION engagement_rate(bigint, bigint, bigint, bigint, bigint) IS
	'(likes + comments + shares + saves) / exposure (followers, reach or views), as a fraction; unknown shares and saves count 0';

CREATE FUNCTION percent(rate float8, digits integer DEFAULT 2) RETURNS numeric
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
	RETURN pg_catalog.round(rate::numeric * 100::numeric, digits);

COMMENT ON FUNCTION percent(float8, integer) IS
	'fraction as a percentage, rounded to digits decimals (2): for display only';
