-- Similar compositions by an index on composition_keys against comparing with
-- everybody: recall of the ten most similar, and time.
-- usage: dev/server.sh psql -qX -f bench/niches.sql [-v profiles=100000]
--
-- Made profiles: 300 niches of 6 to 12 of 500 tags each; a profile uses 30 to
-- 450 tags, two of three from its niche, the first ones more often, and the
-- others from 30 that everybody uses. Chance is a hash of the row.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
\pset footer off
\if :{?profiles}
\else
	\set profiles 100000
\endif

CREATE FUNCTION pg_temp.chance(a bigint, b bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
	$$ SELECT (hashint8extended(a, b) & 16777215) / 16777216.0 $$;
CREATE TEMP TABLE profile AS
SELECT id, compose(CASE WHEN pg_temp.chance(id * 1000 + n, 1) < .67
		THEN 'tag' || floor(500 * pg_temp.chance(id % 300 * 100 + floor((6 + id % 300 % 7) * pg_temp.chance(id * 1000 + n, 2) ^ 1.5)::bigint, 3))
		ELSE 'common' || floor(30 * pg_temp.chance(id * 1000 + n, 4) ^ 2) END) AS topics
FROM generate_series(1::bigint, :profiles) AS id, LATERAL generate_series(1, 30 + (420 * pg_temp.chance(id, 5) ^ 2)::integer) AS n
GROUP BY id;
ANALYZE profile;
CREATE TEMP TABLE searched AS SELECT id, topics FROM profile WHERE id % (:profiles / 20) = 7;

CREATE TEMP TABLE figure (keys integer, compared float8, recall float8, index_ms float8, scan_ms float8);
CREATE TEMP TABLE truth AS SELECT NULL::bigint AS id, NULL::bigint AS other, NULL::float8 AS similarity LIMIT 0;
CREATE PROCEDURE pg_temp.measure(keys integer[]) LANGUAGE plpgsql AS $$
DECLARE
	m integer;
	start timestamptz := clock_timestamp();
	scan_ms float8;
BEGIN
	INSERT INTO truth
	SELECT s.id, b.* FROM searched AS s, LATERAL (SELECT p.id, similarity(p.topics, s.topics) FROM profile AS p
		WHERE p.id <> s.id ORDER BY 2 DESC, 1 LIMIT 10) AS b;
	scan_ms := extract(epoch FROM clock_timestamp() - start) * 1000;
	FOREACH m IN ARRAY keys LOOP
		EXECUTE format('CREATE INDEX by_keys ON profile USING gin (composition_keys(topics, %s))', m);
		EXECUTE format('CREATE TEMP TABLE found AS SELECT s.id, b.* FROM searched AS s, LATERAL (SELECT p.id AS other FROM profile AS p
			WHERE composition_keys(p.topics, %s) && composition_keys(s.topics, %1$s) AND p.id <> s.id
			ORDER BY similarity(p.topics, s.topics) DESC, 1 LIMIT 10) AS b', m);
		DROP TABLE found;
		start := clock_timestamp();
		EXECUTE format('CREATE TEMP TABLE found AS SELECT s.id, b.* FROM searched AS s, LATERAL (SELECT p.id AS other FROM profile AS p
			WHERE composition_keys(p.topics, %s) && composition_keys(s.topics, %1$s) AND p.id <> s.id
			ORDER BY similarity(p.topics, s.topics) DESC, 1 LIMIT 10) AS b', m);
		EXECUTE format('INSERT INTO figure SELECT %s, (SELECT count(*) / 20.0 FROM profile AS p, searched AS s
			WHERE composition_keys(p.topics, %1$s) && composition_keys(s.topics, %1$s)),
			(SELECT count(*) / 200.0 FROM found JOIN truth USING (id, other)), %L, %L', m,
			extract(epoch FROM clock_timestamp() - start) * 1000, scan_ms);
		DROP TABLE found;
		DROP INDEX by_keys;
	END LOOP;
END $$;
CALL pg_temp.measure('{4,8,16,32,64}');
SELECT round(avg(array_length(labels(topics), 1)), 1) AS labels FROM profile;
SELECT round(avg(similarity)::numeric, 3) AS "similarity of the ten", round(min(similarity)::numeric, 3) AS least FROM truth;
SELECT keys, round(compared::numeric) AS compared, recall, round((index_ms / scan_ms)::numeric, 4) AS "time / scan", round(index_ms::numeric / 20, 1) AS index_ms, round(scan_ms::numeric / 20) AS scan_ms FROM figure ORDER BY keys;
