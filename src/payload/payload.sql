--
-- payloads: what platforms answer, and what reports say of audiences
--

CREATE FUNCTION post_metrics(platform text, payload jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 25;

COMMENT ON FUNCTION post_metrics(text, jsonb) IS
	'posts in an answer of a platform''s API: instagram, youtube, tiktok or x; an absent count is NULL';

CREATE FUNCTION profile_metrics(platform text, payload jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION profile_metrics(text, jsonb) IS
	'the profile in an answer of a platform''s API: instagram, youtube, tiktok or x; an absent count is NULL';

CREATE FUNCTION audience_metrics(source text, payload jsonb, OUT part text, OUT composition composition)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;

COMMENT ON FUNCTION audience_metrics(text, jsonb) IS
	'parts of an audience report of modash, iqdata, insightiq, hypeauditor or instagram (account insights), by country, gender and so on';
