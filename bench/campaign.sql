-- campaign_plan over 10,000 candidates, about 50 picks, against audience_union
-- over the same sketches
\set ON_ERROR_STOP 1
\set QUIET 1
\pset footer off
SET max_parallel_workers_per_gather = 0;
SET jit = off;

-- Followers come in circles of 1,000 to 4,000 people, 40 circles to a niche, 50
-- niches.  A micro profile has ten circles, seven of them in its niche: 10,000
-- to 40,000 followers, and sketches that overlap.  Fees grow with the size, and
-- are spread by half.
SELECT setseed(.5) \g /dev/null
CREATE TEMP TABLE circle AS
SELECT c AS id, (SELECT audience(c * 10000 + m) FROM generate_series(1, (1000 + 3000 * random())::integer) AS m) AS audience
FROM generate_series(0::bigint, 1999) AS c;
ALTER TABLE circle ADD PRIMARY KEY (id);
CREATE UNLOGGED TABLE bench_candidate AS
SELECT id, round((reach(audience) * .01 * (.75 + .5 * random()))::numeric, 2) AS fee, audience
FROM (SELECT p.id, (SELECT audience_union(c.audience) FROM circle AS c, generate_series(1, 10) AS i
		WHERE c.id = CASE WHEN i <= 7 THEN p.id % 50 * 40 + (hashint8(p.id * 10 + i) & 1023) % 40
			ELSE (hashint8(p.id * 10 + i) & 65535) % 2000 END) AS audience
	FROM generate_series(1::bigint, :candidates) AS p (id)) AS s;
VACUUM ANALYZE bench_candidate;

CREATE TEMP TABLE work (name text, ms float8);

CREATE FUNCTION pg_temp.run(candidates bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	w record;
	start timestamptz;
BEGIN
	FOR w IN SELECT name, query FROM (VALUES
		('audience_union', 'SELECT reach(audience_union(audience)) FROM bench_candidate'),
		('campaign_plan', 'SELECT cardinality(campaign_plan(id, fee, audience, 15500)) FROM bench_candidate'),
		('campaign_plan, weights', 'SELECT cardinality(campaign_plan(id, fee, audience, 15500, .5 + (id % 50) / 100.0)) FROM bench_candidate')
	) AS v (name, query)
	LOOP
		start := clock_timestamp();
		EXECUTE w.query;
		INSERT INTO work VALUES (w.name, 1000 * extract(epoch FROM clock_timestamp() - start));
	END LOOP;
END $$;

\o /dev/null
SELECT pg_temp.run(:candidates) FROM generate_series(1, :runs);
\o

SELECT count(*) AS picks, max(spent) AS spent, round(max(total_reach)) AS total_reach
FROM (SELECT campaign_plan(id, fee, audience, 15500) AS plan FROM bench_candidate) AS p, unnest(plan);

CREATE TEMP VIEW median AS
SELECT name, percentile_cont(.5) WITHIN GROUP (ORDER BY ms) AS ms FROM work GROUP BY name;
SELECT name, round(ms) AS ms FROM median ORDER BY ms;
SELECT a.name || ' / ' || b.name AS ratio, round((a.ms / b.ms)::numeric, 3) AS measured, 3 AS target
FROM median AS a, median AS b WHERE a.name LIKE 'campaign_plan%' AND b.name = 'audience_union'
ORDER BY a.name;
DROP TABLE bench_candidate;
