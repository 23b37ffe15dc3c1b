-- Lookalikes by an index on audience_keys against comparing with everybody:
-- time, and recall of the ten most alike.
-- usage: dev/server.sh psql -qX -f bench/lookalikes.sql [-v profiles=100000]
--
-- The profiles are made up: 30 to 8,000 followers, lognormal with a median of 400;
-- a niche for each, 200 profiles to a niche, and of these 20 that are closer; 40 % of
-- the followers are of the 400 people of those, 30 % of the niche's 20,000, some
-- far more active than others, 30 % of all. 100 people follow a quarter of all
-- profiles.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
\pset footer off
\if :{?profiles}
\else
	\set profiles 100000
\endif
SELECT setseed(.3) \g /dev/null
CREATE TEMP TABLE account AS
SELECT id, (SELECT audience(CASE WHEN n < 0 THEN n
		WHEN n % 10 < 4 THEN 2000000000000 + id % (:profiles / 20) * 400 + floor(400 * power((hashint8extended(n, id) & 1048575) / 1048576.0, 2))
		WHEN n % 10 < 7 THEN id % (:profiles / 200) * 20000 + floor(20000 * power((hashint8extended(n, id) & 1048575) / 1048576.0, 3))
		ELSE 1000000000 + (hashint8extended(n, -id) & 1048575) * (:profiles / 200) END::bigint, 10)
	FROM (SELECT generate_series(1::bigint, size) AS n
		UNION ALL SELECT -m FROM generate_series(1::bigint, 100) AS m WHERE hashint8extended(m, id) & 3 = 0) AS s) AS audience
FROM (SELECT id, least(8000, greatest(30, exp(6 + sqrt(-2 * ln(1 - random())) * cos(6.2831853 * random()))))::bigint AS size
	FROM generate_series(1::bigint, :profiles) AS id OFFSET 0) AS s;
-- without who follows many
ALTER TABLE account ADD COLUMN rest audience_sketch;
UPDATE account SET rest = audience - (SELECT audience(-m, 10) FROM generate_series(1::bigint, 100) AS m);
VACUUM FULL ANALYZE account;
ALTER TABLE account ADD PRIMARY KEY (id);
CREATE TEMP TABLE found (m integer, way text, id bigint, ms float8, ids bigint[], compared bigint);

-- The ten most alike of 20 profiles; m is 0 for a comparison with all.
CREATE PROCEDURE pg_temp.find(m integer, way text) LANGUAGE plpgsql AS $$
DECLARE
	one bigint;
	started timestamptz;
	best bigint[];
	compared bigint;
	query text := format('SELECT array_agg(id ORDER BY jaccard DESC, id), max(n) FROM (SELECT o.id, jaccard(o.%1$s, p.%1$s) AS jaccard, count(*) OVER () AS n
		FROM (SELECT id, %1$s, %2$s AS keys FROM account WHERE id = $1 OFFSET 0) AS p
			JOIN account AS o ON o.id <> p.id %3$s ORDER BY jaccard(o.%1$s, p.%1$s) DESC, o.id LIMIT 10) AS s',
		CASE way WHEN 'all but them' THEN 'rest' ELSE 'audience' END,
		CASE WHEN way = 'common keys skipped' THEN format('ARRAY(SELECT unnest(audience_keys(audience, %s)) EXCEPT SELECT key FROM common_key)', m)
			WHEN m > 0 THEN format('audience_keys(%I, %s)', CASE way WHEN 'all but them' THEN 'rest' ELSE 'audience' END, m) ELSE 'NULL' END,
		CASE WHEN m > 0 THEN format('AND audience_keys(o.%I, %s) && p.keys', CASE way WHEN 'all but them' THEN 'rest' ELSE 'audience' END, m) END);
BEGIN
	FOR one IN SELECT id FROM account ORDER BY hashint8(id) LIMIT 20 LOOP
		started := clock_timestamp();
		EXECUTE query INTO best, compared USING one;
		INSERT INTO found VALUES (m, way, one, 1000 * extract(epoch FROM clock_timestamp() - started), best, compared);
	END LOOP;
END $$;
CALL pg_temp.find(0, 'all');
CALL pg_temp.find(0, 'all but them');
CREATE PROCEDURE pg_temp.find_by_keys(m integer, profiles integer) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE INDEX by_keys ON account USING gin (audience_keys(audience, %s))', m);
	EXECUTE format('CREATE TEMP TABLE common_key AS SELECT key FROM account, unnest(audience_keys(audience, %s)) AS key GROUP BY key HAVING count(*) > %s', m, profiles / 50);
	RAISE INFO '% keys: % of too many profiles, index %, table %', m, (SELECT count(*) FROM common_key), pg_size_pretty(pg_relation_size('by_keys')), pg_size_pretty(pg_table_size('account'));
	CALL pg_temp.find(m, 'all');
	CALL pg_temp.find(m, 'common keys skipped');
	DROP INDEX by_keys;
	EXECUTE format('CREATE INDEX by_keys ON account USING gin (audience_keys(rest, %s))', m);
	CALL pg_temp.find(m, 'all but them');
	DROP INDEX by_keys;
	DROP TABLE common_key;
END $$;
CALL pg_temp.find_by_keys(32, :profiles);
CALL pg_temp.find_by_keys(64, :profiles);
SELECT f.m, f.way, round(percentile_cont(.5) WITHIN GROUP (ORDER BY f.ms)::numeric, 1) AS ms, round((percentile_cont(.5) WITHIN GROUP (ORDER BY f.ms / a.ms))::numeric, 4) AS ratio,
	round(avg(f.compared)) AS compared, round(avg((SELECT count(*) FROM unnest(f.ids) AS i WHERE i = ANY (a.ids)) / 10.0), 3) AS recall_of_ten,
	round(avg((SELECT max(jaccard(x.audience, y.audience)) FROM account AS x, account AS y WHERE x.id = f.id AND y.id = ANY (a.ids)))::numeric, 3) AS best_jaccard
FROM found AS f JOIN found AS a ON a.m = 0 AND a.id = f.id AND a.way = CASE f.way WHEN 'all but them' THEN f.way ELSE 'all' END
GROUP BY f.m, f.way ORDER BY f.m, f.way;
