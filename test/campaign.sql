-- campaign_plan against exact optima, its rules, and serial against parallel
BEGIN;
SELECT plan(24);

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

-- All sets that can be paid, with the people that they reach at each level.
CREATE FUNCTION optimum(this integer, weighted boolean) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	c candidate;
	allowed numeric = (SELECT budget FROM example WHERE example = this);
BEGIN
	CREATE TEMP TABLE IF NOT EXISTS picked (cost numeric, a bigint, b bigint, c bigint);
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
