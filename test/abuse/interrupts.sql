--
-- A query that takes long ends when its time is up, wherever it is: each of
-- these would go on for longer than it is late at most.
--
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;

CREATE FUNCTION pg_temp.late(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN extract(epoch FROM clock_timestamp() - start - current_setting('statement_timeout')::interval);
END $$;

-- Large values, as they are made and not compressed, so that the server is at
-- them at once.
CREATE AGGREGATE pg_temp.top_ids_state_of(bigint, float8, int) (SFUNC = top_ids_accum, STYPE = top_ids_state);
DROP TABLE IF EXISTS large, page, profile, listed;
CREATE UNLOGGED TABLE large (ids top_ids_state, labels composition, members audience_sketch);
ALTER TABLE large ALTER ids SET STORAGE EXTERNAL, ALTER labels SET STORAGE EXTERNAL, ALTER members SET STORAGE EXTERNAL;
INSERT INTO large
SELECT pg_temp.top_ids_state_of(n, hashint8(n), 3000000), compose(n::text) FILTER (WHERE n <= 700000), audience(n, 20)
FROM generate_series(1, 3000000) AS n;
CREATE UNLOGGED TABLE page AS SELECT jsonb_object_agg(n, n) AS labels, jsonb_agg(jsonb_build_object('code', n::text, 'weight', n)) AS list,
	jsonb_build_object('data', jsonb_agg(jsonb_build_object('id', n, 'like_count', n))) AS posts
FROM generate_series(1, 300000) AS n;
CREATE UNLOGGED TABLE profile AS
SELECT id, audience(hashint4(n) % (id * 997)) AS a, compose((n * id % 1000)::text) AS c FROM generate_series(1, 1500) AS id, generate_series(1, 2000) AS n GROUP BY id;

CREATE TEMP TABLE work AS SELECT * FROM (VALUES
	('top_ids, sorted', 'SELECT top_ids_final_bigint(ids) FROM large'),
	('top_ids, as bytes', 'SELECT top_ids_state_send(ids) FROM large'),
	('top_ids, from text', 'SELECT count(ids::text::top_ids_state) FROM large, generate_series(1, 9)'),
	('top_ids, rows', 'SELECT top_ids(n, -n, 1000000000) FROM generate_series(1, 20000000) AS n'),
	('engagement', 'SELECT engagement(n, n, n) FROM generate_series(1, 1000000000) AS n'),
	('benchmark', 'SELECT benchmark(engagement(1, 1, 10), n) OVER (ORDER BY n ROWS 10 PRECEDING) FROM generate_series(1, 10000000) AS n GROUP BY n'),
	('benford_deviation', 'SELECT benford_deviation(n) FROM generate_series(1, 1000000000) AS n'),
	('growth', 'SELECT growth(now() + n * interval ''1 second'', n) FROM generate_series(1, 1000000000) AS n'),
	('growth_anomalies, rows', 'SELECT growth_anomalies(now() + n * interval ''1 second'', n) FROM generate_series(1, 40000000) AS n'),
	('growth_anomalies of a large one', 'SELECT growth_anomalies(now() - n * n % 1000003 * interval ''1 second'', n) FROM generate_series(1::bigint, 3000000) AS n'),
	('maturity', 'SELECT maturity(n * interval ''1 second'', n, n * interval ''90 seconds'', n + 5) FROM generate_series(1, 1000000000) AS n'),
	('composition, rows', 'SELECT compose(n::text) FROM generate_series(1, 100000000) AS n'),
	('composition, to text', 'SELECT count(labels::text) FROM large, generate_series(1, 400)'),
	('composition, as bytes', 'SELECT count(composition_send(labels)) FROM large, generate_series(1, 100)'),
	('composition, labels', 'SELECT count(labels(labels)) FROM large, generate_series(1, 100)'),
	('composition, sum', 'SELECT sum(labels) FROM large, generate_series(1, 1000)'),
	('composition, +', 'SELECT sum(total(labels + labels)) FROM large, generate_series(1, 1000)'),
	('composition, from an object', 'SELECT sum(total(to_composition(labels))) FROM page, generate_series(1, 100)'),
	('composition, from a list', 'SELECT sum(total(to_composition(list))) FROM page, generate_series(1, 100)'),
	('similarity of large ones', 'SELECT sum(similarity(labels, labels)) FROM large, generate_series(1, 1000)'),
	('similarity of all pairs', 'SELECT sum(similarity(a.c, b.c)) FROM profile AS a, profile AS b'),
	('caption, words', 'SELECT comment_kind(t), is_sponsored(t), asks(t || ''?'') FROM (SELECT repeat(''a, '', 50000000) AS t) AS c'),
	('caption, tags', 'SELECT hashtags(repeat(''#a '', 5000000)), mentions(repeat(''@a '', 5000000)) FROM generate_series(1, 1000)'),
	('caption, indicators', 'SELECT sponsored_reasons(''#ad'', a || n::text) FROM (SELECT array_agg(m || '' a '' || m) AS a FROM generate_series(1, 100000) AS m) AS c, generate_series(1, 1000) AS n'),
	('parse_count of digits', 'SELECT parse_count(t) FROM (SELECT repeat(''0'', 400000000) AS t) AS c, generate_series(1, 10)'),
	('parse_count of blanks', 'SELECT parse_count(t) FROM (SELECT repeat('' '', 400000000) || ''1'' AS t) AS c, generate_series(1, 10)'),
	('audience', 'SELECT audience(n, 26) FROM generate_series(1, 1000000000) AS n'),
	('audience_union', 'SELECT audience_union(members, 20) FROM large, generate_series(1, 10000)'),
	('audience_union of many', 'SELECT audience_union(a) FROM profile, generate_series(1, 100000)'),
	('audience_intersection', 'SELECT audience_intersection(members) FROM large, generate_series(1, 10000)'),
	('audience, | & -', 'SELECT count((members | members) & (members - members)) FROM large, generate_series(1, 10000)'),
	('overlap', 'SELECT sum(jaccard(members, members)) FROM large, generate_series(1, 10000)'),
	('overlap of all pairs', 'SELECT sum(jaccard(a.a, b.a)) FROM profile AS a, profile AS b'),
	('audience, from text', 'SELECT count(members::text::audience_sketch) FROM large, generate_series(1, 10000)'),
	('campaign_plan', 'SELECT campaign_plan(id, 1 + id % 97, a, 20000) FROM profile'),
	('post_metrics', 'SELECT count(*) FROM page, generate_series(1, 100), post_metrics(''instagram'', posts)'),
	('tier', 'SELECT count(tier(n)) FROM generate_series(1, 1000000000) AS n')) AS v (name, query);

CREATE TEMP TABLE stopped (name text, late float8);
SET statement_timeout = '100ms';
-- Three times: something else may have kept the machine busy.
SELECT format('INSERT INTO stopped VALUES (%L, pg_temp.late(%L))', name, query) FROM work, generate_series(1, 3) \gexec
RESET statement_timeout;

-- What is read and sorted before anything else is done with it: at its times one
-- of these is read, another sorted, whatever the machine.
CREATE UNLOGGED TABLE listed (reaches float8[], budgets numeric[], parts growth_summary[], ids text, groups text);
ALTER TABLE listed ALTER reaches SET STORAGE EXTERNAL, ALTER budgets SET STORAGE EXTERNAL, ALTER parts SET STORAGE EXTERNAL, ALTER ids SET STORAGE EXTERNAL, ALTER groups SET STORAGE EXTERNAL;
INSERT INTO listed (reaches) SELECT array_agg((hashint4(n) & 1048575)::float8) FROM generate_series(1, 12000000) AS n;
INSERT INTO listed (budgets) SELECT array_agg((hashint4(n) & 1048575)::numeric) FROM generate_series(1, 4000000) AS n;
INSERT INTO listed (parts) SELECT array_agg(g ORDER BY hashint4(n)) FROM (SELECT n, growth('2020-01-01Z'::timestamptz + n * interval '1 second', n) AS g FROM generate_series(1, 1000000) AS n GROUP BY n) AS s;
INSERT INTO listed (ids, groups) SELECT string_agg('with ' || (hashint4(n) & 1048575), ','), string_agg('g' || (hashint4(n) & 1048575) || ' <= 3', ',') FROM generate_series(1, 3000000) AS n;
CREATE TEMP TABLE list_work AS SELECT * FROM (VALUES
	('net_reach', 'SELECT net_reach(reaches, 1e7, 1000::float8) FROM listed, generate_series(1, 9) WHERE reaches IS NOT NULL'),
	('net_reach_at', 'SELECT net_reach_at(reaches, 1e7, 1000::float8, 3) FROM listed, generate_series(1, 9) WHERE reaches IS NOT NULL'),
	('campaign_curve of many budgets', 'SELECT campaign_curve(n::bigint, 5, 10::float8, budgets, 100::float8) FROM listed, generate_series(1, 3) AS n WHERE budgets IS NOT NULL'),
	('sum(growth_summary)', 'SELECT growth_summary_sum(parts) FROM listed, generate_series(1, 99) WHERE parts IS NOT NULL'),
	('plan_rules of ids', 'SELECT ids::plan_rules FROM listed, generate_series(1, 9) WHERE ids IS NOT NULL'),
	('plan_rules of groups', 'SELECT groups::plan_rules FROM listed, generate_series(1, 9) WHERE groups IS NOT NULL')) AS v (name, query);
CREATE TEMP TABLE list_stopped (name text, after text, late float8);
SELECT format('SET statement_timeout = %L', after), format('INSERT INTO list_stopped VALUES (%L, %L, pg_temp.late(%L))', name, after, query)
FROM list_work, unnest('{300ms,1s,3s}'::text[]) AS after, generate_series(1, 2) \gexec
RESET statement_timeout;

SELECT no_plan();
SELECT ok(max(late) < 1 AND count(late) > 1, format('lists: %s: at most %s s late, of %s times', name, round(max(late)::numeric, 2), count(late)))
FROM (SELECT name, after, min(late) AS late FROM list_stopped GROUP BY name, after) AS s GROUP BY name ORDER BY name;
SELECT ok(coalesce(min(late) < 1, false), CASE WHEN count(late) = 0 THEN format('%s: took less than its time', name)
	ELSE format('%s: %s s late', name, round(min(late)::numeric, 2)) END)
FROM work JOIN stopped USING (name) GROUP BY name ORDER BY name;
SELECT * FROM finish();
DROP TABLE large, page, profile, listed;
