-- campaign_plan with rules against the best of all sets that obey them.
BEGIN;
SELECT plan(16);

-- Small cases: 4 to 12 candidates, each in one group of size and one of niche,
-- and up to 62 people, who are bits; some reach nobody.
CREATE TABLE candidate (
	example integer, id bigint, fee numeric, size text, niche text, people bigint, audience audience_sketch);
SELECT setseed(.17);
INSERT INTO candidate
SELECT example, id, fee, size, niche, coalesce(bit_or(1::bigint << person::integer), 0), audience(person)
FROM (SELECT e AS example, i AS id, round((1 + 19 * random())::numeric, e % 3) AS fee,
		(ARRAY['nano', 'micro', 'mid'])[1 + (random() * 3 - .5)::integer % 3] AS size,
		(ARRAY['beauty', 'travel'])[1 + (random() < .4)::integer] AS niche, density, people
	FROM (SELECT e, 4 + (random() * 8)::integer AS n, .05 + random() * .3 AS density, 20 + (random() * 42)::integer AS people
			FROM generate_series(1, 200) AS e) AS s, LATERAL generate_series(1, n) AS i) AS c
	LEFT JOIN LATERAL (SELECT p::bigint AS person FROM generate_series(0, people - 1) AS p
		WHERE hashint8extended(p, example * 1000 + id) & 1023 < density * 1024 OR p = id) AS m
	ON hashint8(example * 1000 + id) & 7 > 0
GROUP BY example, id, fee, size, niche;

-- Rules of all kinds, at random; many can't be obeyed, and some budgets pay
-- nobody.
CREATE TABLE example AS
SELECT example, CASE WHEN example % 20 = 7 THEN .5 ELSE round(sum(fee) * (.2 + .4 * random())::numeric, 1) END AS budget,
	(random() * 2.6)::integer AS micro_least, 1 + (random() * 3)::integer AS nano_most, (random() * 1.6)::integer AS travel_least,
	2 + (random() * 5)::integer AS picks, CASE WHEN random() < .5 THEN round((.2 + .6 * random())::numeric, 2) ELSE 1 END AS mid_share,
	CASE WHEN random() < .3 THEN 1 + (random() * 3)::integer END AS with_id,
	CASE WHEN random() < .5 THEN 1 + (random() * 3)::integer END AS without_id
FROM candidate GROUP BY example;
UPDATE example SET without_id = NULL WHERE with_id = without_id;

CREATE FUNCTION rules(e example) RETURNS plan_rules LANGUAGE sql AS $$
	SELECT concat_ws(', ', 'micro >= ' || e.micro_least, 'nano <= ' || e.nano_most, 'travel >= ' || e.travel_least, 'picks <= ' || e.picks,
		'fee_share(mid) <= ' || e.mid_share, 'with ' || e.with_id, 'without ' || e.without_id)::plan_rules $$;

-- All sets that obey, and how many people the best reaches so often; NULL if there is none.
CREATE TEMP TABLE picked (cost numeric, people bigint, twice bigint, n integer, micro integer, nano integer, travel integer, mid numeric, has_it boolean);
CREATE FUNCTION optimum(e example, often integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	c candidate;
BEGIN
	TRUNCATE picked;
	INSERT INTO picked VALUES (0, 0, 0, 0, 0, 0, 0, 0, e.with_id IS NULL);
	FOR c IN SELECT * FROM candidate WHERE example = e.example AND id IS DISTINCT FROM e.without_id LOOP
		INSERT INTO picked
		SELECT cost + c.fee, people | c.people, twice | (people & c.people), n + 1, micro + (c.size = 'micro')::integer, nano + (c.size = 'nano')::integer,
			travel + (c.niche = 'travel')::integer, mid + CASE WHEN c.size = 'mid' THEN c.fee ELSE 0 END, has_it OR c.id = e.with_id
		FROM picked WHERE cost + c.fee <= e.budget AND n < e.picks;
	END LOOP;
	RETURN (SELECT max(bit_count((CASE often WHEN 1 THEN people ELSE twice END)::bit(64))) FROM picked
		WHERE micro >= e.micro_least AND nano <= e.nano_most AND travel >= e.travel_least AND (mid <= e.mid_share * e.budget OR e.mid_share = 1) AND has_it);
END $$;

CREATE FUNCTION plan_of(e example, often integer) RETURNS campaign_pick[] LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT campaign_plan(id, fee, audience, e.budget, 1, ARRAY[size, niche], (rules(e) || ', reach_at = ' || often)::plan_rules ORDER BY random()) FROM candidate WHERE example = e.example);
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;
CREATE TABLE result AS
SELECT e.*, optimum(e, 1) AS optimum, plan_of(e, 1) AS plan, (SELECT max(p.total_reach) FROM unnest(plan_of(e, 1)) AS p) AS reach FROM example AS e;
CREATE TABLE twice AS
SELECT e.example, optimum(e, 2) AS optimum, p.* FROM example AS e, LATERAL (SELECT max(p.total_reach) AS reach, min(p.reach_bound) AS bound FROM unnest(plan_of(e, 2)) AS p) AS p;
CREATE VIEW pick AS
SELECT r.*, p.id, p.fee, p.reach_bound, c.size, c.niche FROM result AS r, unnest(r.plan) AS p JOIN candidate AS c ON c.id = p.id WHERE c.example = r.example;

SELECT cmp_ok((SELECT count(*) FROM result WHERE optimum IS NOT NULL), '>', 80::bigint, 'rules that can be obeyed');
SELECT cmp_ok((SELECT count(*) FROM result WHERE optimum IS NULL), '>', 20::bigint, 'rules that can not');
SELECT is_empty($$ SELECT example, optimum FROM result WHERE optimum IS NULL <> (plan IS NULL) $$, 'a plan where there is one, an error where there is none');
SELECT cmp_ok((SELECT avg(CASE WHEN optimum > 0 THEN coalesce(reach, 0) / optimum ELSE 1 END) FROM result WHERE optimum IS NOT NULL), '>=', .98::float8,
	format('close to the optimum: %s', (SELECT round(avg(coalesce(reach, 0) / optimum)::numeric, 5) FROM result WHERE optimum > 0)));
SELECT is_empty('SELECT * FROM result WHERE reach > optimum', 'never above it');
SELECT is_empty('SELECT * FROM pick WHERE reach_bound < optimum', 'the bound is never below it');
SELECT is_empty('SELECT example FROM pick GROUP BY example, budget HAVING sum(fee) > budget', 'within the budget');
SELECT is_empty($$ SELECT example FROM pick GROUP BY example, micro_least HAVING count(*) FILTER (WHERE size = 'micro') < micro_least $$, 'at least so many');
SELECT is_empty($$ SELECT example FROM pick GROUP BY example, nano_most HAVING count(*) FILTER (WHERE size = 'nano') > nano_most $$, 'at most so many');
SELECT is_empty($$ SELECT example FROM pick GROUP BY example, travel_least HAVING count(*) FILTER (WHERE niche = 'travel') < travel_least $$, 'in groups of another kind');
SELECT is_empty('SELECT example FROM pick GROUP BY example, picks HAVING count(*) > picks', 'so many picks');
SELECT is_empty($$ SELECT example FROM pick WHERE size = 'mid' AND mid_share < 1 GROUP BY example, mid_share, budget HAVING sum(fee) > mid_share * budget $$, 'a share of the fees');
SELECT is_empty($$ SELECT example FROM pick GROUP BY example, with_id, without_id HAVING bool_or(id = without_id) OR NOT coalesce(bool_or(id = with_id), with_id IS NULL) $$,
	'who must be picked is, and who must not is not');

SELECT cmp_ok((SELECT avg(coalesce(reach, 0) / optimum) FROM twice WHERE optimum > 0), '>=', .98::float8,
	format('reached twice: close to the optimum: %s', (SELECT round(avg(coalesce(reach, 0) / optimum)::numeric, 5) FROM twice WHERE optimum > 0)));
SELECT is_empty('SELECT * FROM twice WHERE reach > optimum', 'reached twice: never above it');
SELECT is_empty('SELECT * FROM twice WHERE bound < optimum', 'reached twice: the bound is never below it');

SELECT * FROM finish();
ROLLBACK;
