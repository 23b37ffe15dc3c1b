-- top_ids(id, score, 10) per group against row_number() <= 10 and count(*)
\set ON_ERROR_STOP 1
\set QUIET 1
\pset footer off
SET max_parallel_workers_per_gather = 0;
SET work_mem = '1GB';
SET jit = off;

CREATE UNLOGGED TABLE bench_scored AS
SELECT i AS id, (hashint8(i) & 1023) AS grp, random() AS score
FROM generate_series(1, :rows::bigint) AS i;
VACUUM ANALYZE bench_scored;

CREATE TEMP TABLE work (name text, query text, ms float8);

-- The sum around each query keeps the planner from dropping the aggregate.
-- Run all queries once, one after the other, and note the time of each.
CREATE FUNCTION pg_temp.run() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	w record;
	start timestamptz;
BEGIN
	FOR w IN SELECT name, query FROM (VALUES
		('count(*)', 'SELECT sum(n) FROM (SELECT grp, count(*) AS n FROM bench_scored GROUP BY grp) s'),
		('top_ids', 'SELECT sum(cardinality(ids)) FROM (SELECT grp, top_ids(id, score, 10) AS ids FROM bench_scored GROUP BY grp) s'),
		('top_ids, text', 'SELECT sum(cardinality(ids)) FROM (SELECT grp, top_ids(id::text, score, 10) AS ids FROM bench_scored GROUP BY grp) s'),
		('count(id::text)', 'SELECT sum(n) FROM (SELECT grp, count(id::text) AS n FROM bench_scored GROUP BY grp) s'),
		('row_number()', 'SELECT sum(cardinality(ids)) FROM (SELECT grp, array_agg(id ORDER BY n) AS ids FROM (
			SELECT grp, id, row_number() OVER (PARTITION BY grp ORDER BY score DESC, id) AS n
			FROM bench_scored) r WHERE n <= 10 GROUP BY grp) s')) AS v (name, query)
	LOOP
		start := clock_timestamp();
		EXECUTE w.query;
		INSERT INTO work VALUES (w.name, w.query,
			1000 * extract(epoch FROM clock_timestamp() - start));
	END LOOP;
END $$;

\o /dev/null
SELECT pg_temp.run() FROM generate_series(1, :runs);
\o

CREATE TEMP VIEW median AS
SELECT name, percentile_cont(.5) WITHIN GROUP (ORDER BY ms) AS ms FROM work GROUP BY name;
SELECT name, round(ms) AS ms FROM median ORDER BY ms;
SELECT a.name || ' / ' || b.name AS ratio, round((a.ms / b.ms)::numeric, 3) AS measured, target
FROM (VALUES ('top_ids', 'row_number()', .15), ('top_ids', 'count(*)', 1.3),
	('top_ids, text', 'count(id::text)', 1.3)) AS t (a, b, target)
JOIN median AS a ON a.name = t.a JOIN median AS b ON b.name = t.b;
DROP TABLE bench_scored;
