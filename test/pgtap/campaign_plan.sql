-- Not under valgrind: it takes seconds as it is, and would take hours.
-- campaign_plan against exact optima, its rules, and serial against parallel
BEGIN;
SELECT plan(30);

-- Small cases: up to 16 candidates and 63 people, who are bits.  Three levels
-- of relevance.
CREATE TABLE candidate (
	example integer, id bigint, fee numeric, weight float8, people bigint, audience audience_sketch);
CREATE TABLE example (example integer, budget numeric);

SELECT setseed(.42);
INSERT INTO candidate
SELECT example, id, fee, weight, bit_or(1::bigint << person::integer), audience(person)
FROM (SELECT example, id, density, people, weight,
		CASE WHEN equal_fees THEN 10 WHEN free THEN 0 ELSE fee END AS fee
	FROM (SELECT e AS example, 4 + (random() * 12)::integer AS n,
			.05 + random() * .3 AS density, 20 + (random() * 43)::integer AS people,
			random() < .2 AS equal_fees FROM generate_series(1, 150) AS e) AS s,
		LATERAL (SELECT i AS id, round((1 + 19 * random())::numeric, (e.example % 3)) AS fee,
			random() < .05 AS free, 1 / (1 << (random() * 2)::integer)::float8 AS weight
			FROM generate_series(1, n) AS i, (SELECT s.example) AS e) AS c) AS d,
	LATERAL (SELECT p::bigint AS person FROM generate_series(0, people - 1) AS p
		WHERE hashint8extended(p, example * 1000 + id) & 1023 < density * 1024) AS m
GROUP BY example, id, fee, weight;
INSERT INTO example
SELECT example, round(sum(fee) * (.1 + .4 * random())::numeric, 1) FROM candidate GROUP BY example;

CREATE TEMP TABLE picked (cost numeric, a bigint, b bigint, c bigint);

-- All sets that can be paid, with the people that they reach at each level.
CREATE FUNCTION optimum(this integer, weighted boolean) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	c candidate;
	allowed numeric = (SELECT budget FROM example WHERE example = this);
BEGIN
	TRUNCATE picked;
	INSERT INTO picked VALUES (0, 0, 0, 0);
	FOR c IN SELECT * FROM candidate WHERE example = this LOOP
		INSERT INTO picked
		SELECT p.cost + c.fee,
			p.a | CASE WHEN c.weight = 1 OR NOT weighted THEN c.people ELSE 0 END,
			p.b | CASE WHEN c.weight = .5 AND weighted THEN c.people ELSE 0 END,
			p.c | CASE WHEN c.weight = .25 AND weighted THEN c.people ELSE 0 END
		FROM picked AS p WHERE p.cost + c.fee <= allowed;
	END LOOP;
	RETURN (SELECT max(bit_count(p.a::bit(64)) + .5 * bit_count((p.b & ~p.a)::bit(64))
		+ .25 * bit_count((p.c & ~p.a & ~p.b)::bit(64))) FROM picked AS p);
END $$;

CREATE TABLE result AS
SELECT example, weighted, budget, optimum(example, weighted) AS optimum,
	(SELECT CASE WHEN weighted THEN campaign_plan(id, fee, audience, budget, weight)
		ELSE campaign_plan(id, fee, audience, budget) END
		FROM candidate AS c WHERE c.example = e.example) AS plan
FROM example AS e, (VALUES (false), (true)) AS w (weighted);
CREATE VIEW ratio AS
SELECT example, weighted, coalesce((SELECT max(total_reach) FROM unnest(plan)), 0) / optimum AS ratio
FROM result WHERE optimum > 0;

SELECT cmp_ok((SELECT avg(ratio) FROM ratio WHERE NOT weighted), '>=', .98::float8, 'close to the optimum');
SELECT cmp_ok((SELECT avg(ratio) FROM ratio WHERE weighted), '>=', .98::float8, 'close to the weighted optimum');
SELECT cmp_ok((SELECT min(ratio) FROM ratio), '>=', (1 - exp(-1)) / 2, 'never under the guarantee');
SELECT cmp_ok((SELECT max(ratio) FROM ratio), '<=', 1 + 1e-9::float8, 'never above the optimum');

-- What a plan says of itself.
CREATE VIEW pick AS
SELECT r.example, r.weighted, r.budget, p.*, c.fee AS its_fee, c.people, c.weight
FROM result AS r, unnest(r.plan) AS p JOIN candidate AS c ON c.id = p.id
WHERE c.example = r.example;
SELECT cmp_ok((SELECT count(*) FROM pick), '>', 1000::bigint, 'there are picks');
SELECT is_empty('SELECT * FROM pick WHERE spent > budget', 'within the budget');
SELECT is_empty('SELECT * FROM pick WHERE fee <> its_fee', 'at their fees');
SELECT is_empty('SELECT example, weighted, id FROM pick GROUP BY 1, 2, 3 HAVING count(*) > 1', 'each once');
SELECT is_empty('SELECT * FROM pick WHERE added_reach <= 0', 'all add reach');
SELECT is_empty($$SELECT * FROM (SELECT *, sum(fee) OVER w AS fees, sum(added_reach) OVER w AS added,
		row_number() OVER w AS n
	FROM pick WINDOW w AS (PARTITION BY example, weighted ORDER BY pick)) AS p
	WHERE fees <> spent OR abs(added - total_reach) > 1e-9 OR n <> pick$$,
	'running sums');
SELECT is_empty($$SELECT example FROM pick WHERE NOT weighted GROUP BY example
	HAVING max(total_reach) <> bit_count(bit_or(people)::bit(64))$$,
	'the reach is that of the people');
SELECT is_empty($$SELECT example FROM (SELECT *, lag(fee) OVER (PARTITION BY example, weighted ORDER BY pick) AS before
	FROM pick) AS p WHERE fee = 0 AND before > 0$$, 'who is free comes first');
SELECT is_empty($$SELECT c.example, c.id FROM candidate AS c
	JOIN (SELECT example, bit_or(people) AS reached FROM pick WHERE NOT weighted GROUP BY example) AS p USING (example)
	WHERE c.fee = 0 AND c.people & ~p.reached <> 0$$, 'nobody who is free and adds reach stays out');

-- The order of the rows does not matter, nor do workers, nor the type of the id.
CREATE TABLE large AS
SELECT i AS id, (random() * 50)::integer::numeric AS fee, .25 + (i % 3) / 4.0 AS weight,
	(SELECT audience(hashint8extended(m, i) & 32767, CASE WHEN i % 2 = 0 THEN 12 ELSE 8 END)
		FROM generate_series(1, 100 + i * 10) AS m) AS audience
FROM generate_series(1::bigint, 600) AS i;
ANALYZE large;
CREATE TABLE serial AS
SELECT campaign_plan(id, fee, audience, 200 ORDER BY random()) AS plain,
	campaign_plan(id, fee, audience, 200, weight ORDER BY id DESC) AS weighted,
	campaign_plan(to_char(id, '000'), fee, audience, 200 ORDER BY id DESC) AS texts
FROM large;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_leader_participation = off;
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text = '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END $$;
SELECT matches(plan_of('SELECT campaign_plan(id, fee, audience, 200) FROM large'), 'Partial Aggregate', 'workers collect');
SELECT results_eq($$SELECT campaign_plan(id, fee, audience, 200), campaign_plan(id, fee, audience, 200, weight),
		campaign_plan(to_char(id, '000'), fee, audience, 200) FROM large$$,
	'SELECT * FROM serial', 'parallel as serial');
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is((SELECT campaign_plan(id, fee, audience, 200) FROM large), (SELECT plain FROM serial), 'in any order');
SELECT is((SELECT array_agg((t).id::bigint) FROM serial, unnest(texts) AS t),
	(SELECT array_agg((t).id) FROM serial, unnest(plain) AS t), 'text ids as bigint ids');

-- Estimates: people who can be counted one by one.
CREATE TABLE follower AS
SELECT i AS id, hashint8extended(m, i) & 524287 AS person
FROM generate_series(1::bigint, 30) AS i, generate_series(1, 5000 + 1000 * i) AS m;
CREATE TABLE estimated AS
SELECT p.* FROM (SELECT campaign_plan(id, 1, audience, 10) AS plan
	FROM (SELECT id, audience(person) FROM follower GROUP BY id) AS s) AS c, unnest(plan) AS p;
SELECT is((SELECT max(pick) FROM estimated), 10, 'ten picks');
SELECT cmp_ok((SELECT abs(max(total_reach) / (SELECT count(DISTINCT person) FROM follower
	WHERE id IN (SELECT id FROM estimated)) - 1) FROM estimated), '<', .04::float8, 'the reach is estimated');
SELECT cmp_ok((SELECT count(DISTINCT person) FROM follower WHERE id IN (SELECT id FROM estimated)), '>',
	(SELECT count(DISTINCT person) * 97 / 100 FROM follower WHERE id > 20), 'as good as the ten largest');

-- The state is a value: written and read, it gives the same plan.
CREATE AGGREGATE collect(bigint, numeric, audience_sketch, numeric) (
	SFUNC = campaign_plan_accum, STYPE = campaign_candidate[]);
CREATE AGGREGATE merge(campaign_candidate[]) (
	SFUNC = campaign_plan_combine, STYPE = campaign_candidate[]);
SELECT is((SELECT campaign_plan_final(merge(part::text::campaign_candidate[])) FROM (
		SELECT collect(id, fee, audience, 200) AS part FROM large GROUP BY id % 7) AS s),
	(SELECT plain FROM serial), 'parts, written and read, merge');
CREATE TABLE stored AS SELECT collect(id, fee, audience, 200) AS part FROM large GROUP BY id % 7;
SELECT is((SELECT campaign_plan_final(merge(part)) FROM stored), (SELECT plain FROM serial), 'stored parts merge');
SELECT is((SELECT campaign_plan_final(merge(part)) FROM (VALUES (NULL), ((SELECT part FROM stored LIMIT 1)), (NULL)) AS v (part)),
	(SELECT campaign_plan_final(part) FROM stored LIMIT 1), 'NULLs beside a state');
SELECT throws_ok('SELECT campaign_plan_combine(part, part) FROM stored', '55000', NULL, 'states are merged by aggregates only');

-- A huge plan ends when it must, also while it searches.
CREATE TABLE huge AS
SELECT collect(id, id % 97, audience, 1000000) AS part
FROM (SELECT i % 200000 AS id, audience(i) AS audience FROM generate_series(1::bigint, 600000) AS i GROUP BY 1) AS s;
CREATE FUNCTION seconds_to_cancel() RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz = clock_timestamp();
BEGIN
	FOR i IN 1 .. 100 LOOP
		PERFORM campaign_plan_final(part) FROM huge;
	END LOOP;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN extract(epoch FROM clock_timestamp() - start);
END $$;
SET LOCAL statement_timeout = '500ms';
CREATE TABLE cancelled AS SELECT seconds_to_cancel() AS seconds;
SET LOCAL statement_timeout = 0;
SELECT cmp_ok((SELECT seconds FROM cancelled), '<', 1.5::float8, 'statement_timeout ends a plan');

-- Hashes that somebody made up: 200,000 that agree in their low 32 bits must
-- not make a table of them slow.
CREATE FUNCTION little_endian(integer) RETURNS text LANGUAGE SQL IMMUTABLE
	RETURN substr(encode(int4send($1), 'hex'), 7, 2) || substr(encode(int4send($1), 'hex'), 5, 2)
		|| substr(encode(int4send($1), 'hex'), 3, 2) || substr(encode(int4send($1), 'hex'), 1, 2);
CREATE TABLE forged AS
SELECT ('\x02030300001acc93' || little_endian(200000) || '00000000'
	|| string_agg('00000000' || little_endian(i), '' ORDER BY i))::audience_sketch AS audience
FROM generate_series(1, 200000) AS i;
SET LOCAL statement_timeout = '20s';
SELECT is((SELECT (campaign_plan(1, 1, audience, 10))[1].total_reach FROM forged), 200000::float8,
	'hashes that were made up take no longer');

-- Nor do as many markets as candidates, as many rules as labels, and both with
-- people who must be reached more often than a market can.
SELECT is(cardinality(campaign_plan(id, 1, 5::float8, 100, 100::float8, NULL, id::text, NULL, NULL)), 100, '100,000 markets') FROM generate_series(1, 100000) AS id;
SELECT is(cardinality(campaign_plan(1, 1, 5::float8, 100, 100::float8, NULL, NULL, labels, rules)), 1, '100,000 groups')
FROM (SELECT array_agg('g' || n) AS labels, string_agg('g' || n || ' <= 1', ',')::plan_rules AS rules FROM generate_series(1, 100000) AS n) AS g;
SELECT is(cardinality(campaign_plan(id, 1, 5::float8, 10, 100::float8, NULL, id::text, NULL, 'reach_at = 3000')), 10, '3,000 markets, to be reached as often') FROM generate_series(1, 3000) AS id;
SET LOCAL statement_timeout = 0;

-- Candidates of no use take no memory; the first stays for the budget and the rules.
SELECT is((SELECT cardinality(collect(id, 1000, audience, 10)) FROM large), 1, 'who costs too much is left out');

SELECT * FROM finish();
ROLLBACK;
