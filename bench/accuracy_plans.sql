-- Plans against the best of all sets, by trying all.
-- usage: dev/server.sh psql -qX -f bench/accuracy_plans.sql [-v cases=400]
--
-- Cases of 13 to 18 candidates, each in one group of size and one of niche, and
-- 40 to 128 people, who are bits.  Nothing is random but setseed().
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
\pset footer off
\if :{?cases}
\else
	\set cases 400
\endif

SELECT setseed(.29) \g /dev/null
CREATE TEMP TABLE candidate AS
SELECT example, id, fee, size, niche, bit_or(1::bit(128) << person::integer) AS people, audience(person) AS audience
FROM (SELECT e AS example, i AS id, (CASE WHEN e % 3 = 0 THEN 1000 ELSE 100 + 1900 * random() END)::integer AS fee,
		(ARRAY['nano', 'micro', 'mid'])[1 + floor(random() * 3)::integer] AS size,
		(ARRAY['beauty', 'travel'])[1 + (random() < .4)::integer] AS niche, density, people
	FROM (SELECT e, 13 + floor(random() * 6)::integer AS n, .05 + random() * .25 AS density, 40 + floor(random() * 89)::integer AS people
			FROM generate_series(1, :cases) AS e) AS s, LATERAL generate_series(1::bigint, n) AS i) AS c,
	LATERAL (SELECT p AS person FROM generate_series(0::bigint, people - 1) AS p
		WHERE hashint8extended(p, example * 1000 + id) & 1023 < density * 1024 OR p = id) AS m
GROUP BY example, id, fee, size, niche;

-- A budget, and rules of all kinds.
CREATE TEMP TABLE example AS
SELECT example, round(sum(fee) * (.15 + .35 * random())) AS budget,
	floor(random() * 4)::integer AS micro_least, 1 + floor(random() * 4)::integer AS nano_most, floor(random() * 3)::integer AS travel_least,
	3 + floor(random() * 6)::integer AS picks, CASE WHEN random() < .5 THEN round((.2 + .6 * random())::numeric, 2) ELSE 1 END AS mid_share,
	CASE WHEN random() < .3 THEN 1 + floor(random() * 4)::integer END AS with_id,
	CASE WHEN random() < .5 THEN 5 + floor(random() * 4)::integer END AS without_id
FROM candidate GROUP BY example;
CREATE FUNCTION pg_temp.rules(e example) RETURNS plan_rules LANGUAGE sql AS $$
	SELECT concat_ws(', ', 'micro >= ' || e.micro_least, 'nano <= ' || e.nano_most, 'travel >= ' || e.travel_least, 'picks <= ' || e.picks,
		'fee_share(mid) <= ' || e.mid_share, 'with ' || e.with_id, 'without ' || e.without_id)::plan_rules $$;

-- All sets within the budget: whom they reach once, twice, three times at least.
CREATE TEMP TABLE tried (cost integer, once bit(128), twice bit(128), thrice bit(128), missed float8,
	n smallint, micro smallint, nano smallint, travel smallint, mid integer, has_it boolean, obeys boolean);
CREATE TEMP TABLE best (example integer, sets bigint, kind text, optimum float8);
CREATE PROCEDURE pg_temp.try_all(e example) LANGUAGE plpgsql AS $$
DECLARE
	c candidate;
BEGIN
	TRUNCATE tried;
	INSERT INTO tried VALUES (0, 0::bit(128), 0::bit(128), 0::bit(128), 1, 0, 0, 0, 0, 0, e.with_id IS NULL, true);
	FOR c IN SELECT * FROM candidate WHERE example = e.example LOOP
		INSERT INTO tried
		SELECT cost + c.fee, once | c.people, twice | (once & c.people), thrice | (twice & c.people), missed * (1 - bit_count(c.people) / 1000.0),
			n + 1, micro + (c.size = 'micro')::integer, nano + (c.size = 'nano')::integer, travel + (c.niche = 'travel')::integer,
			mid + CASE WHEN c.size = 'mid' THEN c.fee ELSE 0 END, has_it OR c.id = e.with_id, obeys AND c.id IS DISTINCT FROM e.without_id
		FROM tried WHERE cost + c.fee <= e.budget;
	END LOOP;
	INSERT INTO best
	SELECT e.example, sets, kind, optimum
	FROM (SELECT count(*) AS sets, max(bit_count(once)) AS plain, max(bit_count(twice)) AS twice, max(bit_count(thrice)) AS thrice,
			1000 * (1 - min(missed)) AS numbers, max(bit_count(once)) FILTER (WHERE obeys AND n <= e.picks AND micro >= e.micro_least
				AND nano <= e.nano_most AND travel >= e.travel_least AND (mid <= e.mid_share * e.budget OR e.mid_share = 1) AND has_it) AS ruled
		FROM tried) AS t,
		LATERAL (VALUES ('a budget', plain), ('rules', ruled), ('reach_at = 2', twice), ('reach_at = 3', thrice), ('by numbers', numbers)) AS v (kind, optimum);
	COMMIT;
END $$;
CREATE PROCEDURE pg_temp.try_examples() LANGUAGE plpgsql AS $$
DECLARE
	e example;
BEGIN
	FOR e IN SELECT * FROM example ORDER BY example LOOP
		CALL pg_temp.try_all(e);
	END LOOP;
END $$;
CALL pg_temp.try_examples();

CREATE FUNCTION pg_temp.plan_of(e example, kind text) RETURNS campaign_pick[] LANGUAGE plpgsql AS $$
BEGIN
	IF kind = 'by numbers' THEN
		RETURN (SELECT campaign_plan(id, fee, bit_count(people)::float8, e.budget::numeric, 1000::float8) FROM candidate WHERE example = e.example);
	END IF;
	RETURN (SELECT campaign_plan(id, fee, audience, e.budget::numeric, 1, ARRAY[size, niche],
			CASE kind WHEN 'a budget' THEN NULL WHEN 'rules' THEN pg_temp.rules(e) ELSE kind::plan_rules END)
		FROM candidate WHERE example = e.example);
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;
CREATE TEMP TABLE result AS
SELECT e.*, sets, kind, optimum, pg_temp.plan_of(e, kind) AS plan FROM example AS e JOIN best USING (example);
CREATE TEMP TABLE pick AS
SELECT r.example, r.kind, p.pick, p.id, p.fee, p.total_reach, p.reach_bound, c.size, c.niche
FROM result AS r, unnest(r.plan) AS p JOIN candidate AS c ON c.id = p.id WHERE c.example = r.example;

CREATE FUNCTION pg_temp.obeys(r result) RETURNS boolean LANGUAGE sql AS $$
	SELECT coalesce(sum(fee), 0) <= r.budget AND (r.kind <> 'rules'
		OR count(*) <= r.picks AND count(*) FILTER (WHERE size = 'micro') >= r.micro_least AND count(*) FILTER (WHERE size = 'nano') <= r.nano_most
			AND count(*) FILTER (WHERE niche = 'travel') >= r.travel_least
			AND (r.mid_share = 1 OR coalesce(sum(fee) FILTER (WHERE size = 'mid'), 0) <= r.mid_share * r.budget)
			AND count(*) FILTER (WHERE id = r.with_id) = (r.with_id IS NOT NULL)::integer AND count(*) FILTER (WHERE id = r.without_id) = 0)
	FROM pick WHERE example = r.example AND kind = r.kind $$;
\echo Plans of 13 to 18 candidates, within the budget and rules, against the best of all sets that obey them. Of numbers, by chance alone.
\echo
SELECT kind AS plan, count(*) FILTER (WHERE optimum IS NOT NULL) AS cases, round(avg(reach / optimum)::numeric, 5) AS "mean of reach / optimum",
	round(min(reach / optimum)::numeric, 3) AS least, round(avg((reach >= optimum - 1e-9)::integer), 3) AS "optimum found",
	bool_and(pg_temp.obeys(r)) FILTER (WHERE plan IS NOT NULL) AS "rules kept", bool_and((plan IS NULL) = (optimum IS NULL)) AS "what can't be met is named",
	bool_and(bound >= optimum - 1e-9) AS "bound holds", round(avg(bound / optimum)::numeric, 3) AS "bound / optimum"
FROM (SELECT * FROM result WHERE optimum > 0 OR optimum IS NULL) AS r
	LEFT JOIN LATERAL (SELECT max(total_reach) AS reach, max(reach_bound) AS bound FROM pick WHERE example = r.example AND kind = r.kind) AS p ON true
GROUP BY kind ORDER BY array_position('{a budget,by numbers,rules,reach_at = 2,reach_at = 3}', kind);
