--
-- payloads: what platforms answer, and what reports say of audiences
--

-- Where anynonarray stands, an enum or a domain over one: anyenum takes no
-- domains.

-- post_metrics

CREATE FUNCTION post_metrics(platform text, payload jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint,
		OUT caption text, OUT media_type text, OUT permalink text, OUT is_sponsored boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 25;
COMMENT ON FUNCTION post_metrics(text, jsonb) IS
	'posts in an answer of instagram, youtube, tiktok, x or a vendor; what is absent or hidden is NULL';

CREATE FUNCTION post_metrics(platform anynonarray, payload jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint,
		OUT caption text, OUT media_type text, OUT permalink text, OUT is_sponsored boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'post_metrics_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50 ROWS 25;
COMMENT ON FUNCTION post_metrics(anynonarray, jsonb) IS
	'posts in an answer of the platform that an enum names; what is absent or hidden is NULL';

CREATE FUNCTION post_metrics(payload jsonb, mapping jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint,
		OUT caption text, OUT media_type text, OUT permalink text, OUT is_sponsored boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'post_metrics_mapping' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 25;
COMMENT ON FUNCTION post_metrics(jsonb, jsonb) IS
	'posts in a document of the shapes of a mapping; what is absent or hidden is NULL';

-- profile_metrics

CREATE FUNCTION profile_metrics(platform text, payload jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION profile_metrics(text, jsonb) IS
	'the profile in an answer of instagram, youtube, tiktok, x or a vendor; what is absent or hidden is NULL';

CREATE FUNCTION profile_metrics(platform anynonarray, payload jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz)
	RETURNS record
	AS 'MODULE_PATHNAME', 'profile_metrics_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION profile_metrics(anynonarray, jsonb) IS
	'the profile in an answer of the platform that an enum names; what is absent or hidden is NULL';

CREATE FUNCTION profile_metrics(payload jsonb, mapping jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz)
	RETURNS record
	AS 'MODULE_PATHNAME', 'profile_metrics_mapping' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION profile_metrics(jsonb, jsonb) IS
	'the profile in a document of the shapes of a mapping; what is absent or hidden is NULL';

-- try_post_metrics

CREATE FUNCTION try_post_metrics(platform text, payload jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint,
		OUT caption text, OUT media_type text, OUT permalink text, OUT is_sponsored boolean, OUT skipped text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 25;
COMMENT ON FUNCTION try_post_metrics(text, jsonb) IS
	'posts in an answer of instagram, youtube, tiktok, x or a vendor; what can''t be read is a row that says why in skipped';

CREATE FUNCTION try_post_metrics(platform anynonarray, payload jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint,
		OUT caption text, OUT media_type text, OUT permalink text, OUT is_sponsored boolean, OUT skipped text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'try_post_metrics_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50 ROWS 25;
COMMENT ON FUNCTION try_post_metrics(anynonarray, jsonb) IS
	'posts in an answer of the platform that an enum names; what can''t be read is a row that says why in skipped';

CREATE FUNCTION try_post_metrics(payload jsonb, mapping jsonb,
		OUT post_id text, OUT published_at timestamptz, OUT likes bigint, OUT comments bigint,
		OUT shares bigint, OUT saves bigint, OUT views bigint, OUT reach bigint,
		OUT caption text, OUT media_type text, OUT permalink text, OUT is_sponsored boolean, OUT skipped text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'try_post_metrics_mapping' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 25;
COMMENT ON FUNCTION try_post_metrics(jsonb, jsonb) IS
	'posts in a document of the shapes of a mapping; what can''t be read is a row that says why in skipped';

-- try_profile_metrics

CREATE FUNCTION try_profile_metrics(platform text, payload jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz, OUT skipped text)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION try_profile_metrics(text, jsonb) IS
	'the profile in an answer of instagram, youtube, tiktok, x or a vendor; what can''t be read is a row that says why in skipped';

CREATE FUNCTION try_profile_metrics(platform anynonarray, payload jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz, OUT skipped text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'try_profile_metrics_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION try_profile_metrics(anynonarray, jsonb) IS
	'the profile in an answer of the platform that an enum names; what can''t be read is a row that says why in skipped';

CREATE FUNCTION try_profile_metrics(payload jsonb, mapping jsonb,
		OUT profile_id text, OUT username text, OUT followers bigint, OUT following bigint,
		OUT posts bigint, OUT views bigint, OUT created_at timestamptz, OUT skipped text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'try_profile_metrics_mapping' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION try_profile_metrics(jsonb, jsonb) IS
	'the profile in a document of the shapes of a mapping; what can''t be read is a row that says why in skipped';

CREATE FUNCTION payload_mapping(platform text) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
CREATE FUNCTION payload_mapping(platform anynonarray) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'payload_mapping_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION payload_mapping(text) IS
	'the shapes that are read for a platform, as a mapping that post_metrics() and profile_metrics() take';
COMMENT ON FUNCTION payload_mapping(anynonarray) IS
	'the shapes that are read for the platform that an enum names';

-- audience reports

CREATE FUNCTION audience_metrics(source text, payload jsonb, OUT part text, OUT composition composition)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
CREATE FUNCTION audience_metrics(source anynonarray, payload jsonb, OUT part text, OUT composition composition)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'audience_metrics_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
CREATE FUNCTION try_audience_metrics(source text, payload jsonb,
		OUT part text, OUT composition composition, OUT skipped text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
CREATE FUNCTION try_audience_metrics(source anynonarray, payload jsonb,
		OUT part text, OUT composition composition, OUT skipped text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'try_audience_metrics_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50 ROWS 10;

COMMENT ON FUNCTION audience_metrics(text, jsonb) IS
	'parts of an audience report of modash, iqdata, insightiq, hypeauditor or instagram (account insights), by country, gender and so on';
COMMENT ON FUNCTION audience_metrics(anynonarray, jsonb) IS
	'parts of an audience report of the source that an enum names';
COMMENT ON FUNCTION try_audience_metrics(text, jsonb) IS
	'parts of an audience report; for one that can''t be read there is a row that says why in skipped';
COMMENT ON FUNCTION try_audience_metrics(anynonarray, jsonb) IS
	'parts of an audience report of the source that an enum names; for one that can''t be read there is a row that says why in skipped';

CREATE FUNCTION audience_profile(source text, payload jsonb,
		OUT countries composition, OUT cities composition, OUT genders composition, OUT ages composition,
		OUT genders_ages composition, OUT languages composition, OUT interests composition,
		OUT types composition, OUT reachability composition, OUT brands composition)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
CREATE FUNCTION audience_profile(source anynonarray, payload jsonb,
		OUT countries composition, OUT cities composition, OUT genders composition, OUT ages composition,
		OUT genders_ages composition, OUT languages composition, OUT interests composition,
		OUT types composition, OUT reachability composition, OUT brands composition)
	RETURNS record
	AS 'MODULE_PATHNAME', 'audience_profile_enum' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION audience_profile(text, jsonb) IS
	'an audience report in one row, with a column for each part; NULL for a part that is not in it';
COMMENT ON FUNCTION audience_profile(anynonarray, jsonb) IS
	'an audience report of the source that an enum names in one row';
