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

CREATE FUNCTION audience_parts_missing(source text, sources text[], paths text[]) RETURNS composition
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION audience_parts_missing(text, text[], text[]) IS
	'raises the error of audience_parts(): an unknown source, or none of its paths';

-- Each part is at its path or, where that has nothing, at the other one.  The
-- label is made of the values of some keys, joined by a blank, or else it is what
-- to_composition() reads.  The planner expects far more elements than reports
-- have, and would compile each call.
CREATE FUNCTION audience_parts(source text, payload jsonb, OUT part text, OUT shares composition)
	RETURNS SETOF record
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
	SET jit = off
BEGIN ATOMIC
	WITH place (vendor, part, path, other, keys, total) AS (VALUES
		('modash', 'ages', '{profile,audience,ages}'::text[], NULL::text[], NULL::text[], 1::float8),
		('modash', 'brands', '{profile,audience,brandAffinity}', NULL, NULL, NULL),
		('modash', 'cities', '{profile,audience,geoCities}', NULL, NULL, 1),
		('modash', 'countries', '{profile,audience,geoCountries}', NULL, NULL, 1),
		('modash', 'genders', '{profile,audience,genders}', NULL, NULL, 1),
		('modash', 'genders_per_age', '{profile,audience,gendersPerAge}', NULL, NULL, 1),
		('modash', 'interests', '{profile,audience,interests}', NULL, NULL, NULL),
		('modash', 'languages', '{profile,audience,languages}', NULL, NULL, 1),
		('modash', 'reachability', '{profile,audience,audienceReachability}', NULL, NULL, 1),
		('modash', 'types', '{profile,audience,audienceTypes}', NULL, NULL, 1),
		('iqdata', 'likers.ages', '{match,audience_likers,data,audience_ages}', NULL, NULL, 1),
		('iqdata', 'likers.cities', '{match,audience_likers,data,audience_geo,cities}', NULL, NULL, 1),
		('iqdata', 'likers.countries', '{match,audience_likers,data,audience_geo,countries}', NULL, NULL, 1),
		('iqdata', 'likers.genders', '{match,audience_likers,data,audience_genders}', NULL, NULL, 1),
		('iqdata', 'likers.languages', '{match,audience_likers,data,audience_languages}', NULL, NULL, 1),
		('insightiq', 'ages', '{profile,audience,gender_age_distribution}', NULL, '{age_range}', 100),
		('insightiq', 'cities', '{profile,audience,cities}', NULL, NULL, 100),
		('insightiq', 'countries', '{profile,audience,countries}', NULL, NULL, 100),
		('insightiq', 'genders', '{profile,audience,gender_distribution}',
			'{profile,audience,gender_age_distribution}', '{gender}', 100),
		('insightiq', 'genders_per_age', '{profile,audience,gender_age_distribution}', NULL, '{age_range,gender}', 100),
		('insightiq', 'reachability', '{profile,audience,follower_reachability}', NULL, '{following_range}', 100),
		('insightiq', 'types', '{profile,audience,follower_types}', NULL, NULL, 100),
		('insightiq', 'likers.ages', '{profile,audience_likers,gender_age_distribution}', NULL, '{age_range}', 100),
		('insightiq', 'likers.cities', '{profile,audience_likers,cities}', NULL, NULL, 100),
		('insightiq', 'likers.countries', '{profile,audience_likers,countries}', NULL, NULL, 100),
		('insightiq', 'likers.genders', '{profile,audience_likers,gender_distribution}',
			'{profile,audience_likers,gender_age_distribution}', '{gender}', 100),
		('insightiq', 'likers.genders_per_age', '{profile,audience_likers,gender_age_distribution}', NULL,
			'{age_range,gender}', 100),
		('hypeauditor', 'ages', '{user,demography_by_age}', '{demography_by_age}', NULL, 100),
		('hypeauditor', 'countries', '{user,audience_geography,countries}', '{audience_geography,countries}', NULL, 100),
		('hypeauditor', 'genders', '{user,demography}', '{demography}', '{gender}', 100),
		('hypeauditor', 'genders_per_age', '{user,demography_by_age}', '{demography_by_age}', NULL, 100),
		('hypeauditor', 'languages', '{user,audience_languages,data}', '{audience_languages,data}', NULL, 100),
		('hypeauditor', 'types', '{user,audience_type}', '{audience_type}', NULL, 100),
		('instagram', NULL, '{data}', NULL, NULL, NULL)),
	list AS (
		SELECT vendor, part, keys, total,
			coalesce(nullif(payload #> path, 'null'), nullif(payload #> other, 'null')) AS list
		FROM place WHERE vendor = source),
	-- a list with a label of several keys, or of one that to_composition() does not know
	keyed AS (
		SELECT part, total, jsonb_build_object('code', label, 'weight', element -> 'value') AS entry
		FROM list, jsonb_array_elements(list) AS element,
			LATERAL (SELECT string_agg(element ->> key, ' ' ORDER BY n) AS label
				FROM unnest(keys) WITH ORDINALITY AS k (key, n)) AS labelled
		WHERE keys IS NOT NULL
	-- Modash: {"code": "18-24", "male": 0.1, "female": 0.2}
	UNION ALL
		SELECT part, total, jsonb_build_object('code', (element ->> 'code') || ' ' || gender, 'weight', element -> gender)
		FROM list, jsonb_array_elements(list) AS element, (VALUES ('female'), ('male')) AS g (gender)
		WHERE vendor = 'modash' AND part = 'genders_per_age'
	-- HypeAuditor: the groups of a gender are scaled to what that gender has, be
	-- they percent of it or of all
	UNION ALL
		SELECT part, total, jsonb_build_object('code', (age ->> 'group') ||
				CASE WHEN part = 'ages' THEN '' ELSE ' ' || (element ->> 'gender') END,
			'weight', round((age ->> 'value')::numeric * (element ->> 'value')::numeric /
				nullif(sum((age ->> 'value')::numeric) OVER (PARTITION BY part, n), 0), 9))
		FROM list, jsonb_array_elements(list) WITH ORDINALITY AS e (element, n),
			jsonb_array_elements(element -> 'by_age_group') AS age
		WHERE vendor = 'hypeauditor' AND part IN ('ages', 'genders_per_age')
	-- Instagram: breakdowns of a metric by one or more dimensions
	UNION ALL
		SELECT CASE metric ->> 'name' WHEN 'follower_demographics' THEN ''
				WHEN 'engaged_audience_demographics' THEN 'engaged.'
				WHEN 'reached_audience_demographics' THEN 'reached.'
				ELSE (metric ->> 'name') || '.' END ||
			CASE dimensions WHEN 'age' THEN 'ages' WHEN 'city' THEN 'cities' WHEN 'country' THEN 'countries'
				WHEN 'gender' THEN 'genders' WHEN 'age gender' THEN 'genders_per_age' ELSE replace(dimensions, ' ', '_') END,
			NULL, jsonb_build_object('code', label, 'weight', result -> 'value')
		FROM list, jsonb_array_elements(list) AS metric,
			jsonb_array_elements(metric #> '{total_value,breakdowns}') AS breakdown,
			jsonb_array_elements(breakdown -> 'results') AS result,
			LATERAL (SELECT string_agg(d, ' ' ORDER BY n) AS dimensions
				FROM jsonb_array_elements_text(breakdown -> 'dimension_keys') WITH ORDINALITY AS k (d, n)) AS named,
			LATERAL (SELECT string_agg(d, ' ' ORDER BY n) AS label
				FROM jsonb_array_elements_text(result -> 'dimension_values') WITH ORDINALITY AS v (d, n)) AS labelled
		WHERE vendor = 'instagram'),
	found AS (
		SELECT part, CASE WHEN total IS NULL THEN to_composition(list) ELSE to_composition(list, total) END AS shares
		FROM list
		WHERE list IS NOT NULL AND keys IS NULL AND vendor <> 'instagram' AND part <> 'genders_per_age' AND
			NOT (vendor = 'hypeauditor' AND part = 'ages')
	UNION ALL
		SELECT part, CASE WHEN total IS NULL THEN to_composition(jsonb_agg(entry))
			ELSE to_composition(jsonb_agg(entry), total) END
		FROM keyed GROUP BY part, total)
	SELECT part, shares FROM found
	UNION ALL
	SELECT NULL, audience_parts_missing(source, (SELECT array_agg(DISTINCT vendor ORDER BY vendor) FROM place),
		(SELECT array_agg(array_to_string(path, '.') ORDER BY part) FROM place WHERE vendor = source))
	WHERE NOT EXISTS (SELECT FROM list WHERE list IS NOT NULL);
END;

COMMENT ON FUNCTION audience_parts(text, jsonb) IS
	'parts of an audience report of modash, iqdata, insightiq, hypeauditor or instagram (account insights), by country, gender and so on';
