-- A plan from 10,000 candidates, about 50 picks, against audience_union over the
-- same sketches.

-- Followers come in circles of 1,000 to 4,000 people, 40 circles to a niche, 50
-- niches.  A micro profile has ten circles, seven of them in its niche: 10,000
-- to 40,000 followers, and sketches that overlap.  Fees grow with the size, and
-- are spread by half.
SELECT setseed(.5) \g /dev/null
CREATE TEMP TABLE circle AS
SELECT c AS id, (SELECT audience(c * 10000 + m) FROM generate_series(1, (1000 + 3000 * random())::integer) AS m) AS audience
FROM generate_series(0::bigint, 1999) AS c;
ALTER TABLE circle ADD PRIMARY KEY (id);
CREATE UNLOGGED TABLE candidate AS
SELECT id, round((reach(audience) * .01 * (.75 + .5 * random()))::numeric, 2) AS fee, audience
FROM (SELECT p.id, (SELECT audience_union(c.audience) FROM circle AS c, generate_series(1, 10) AS i
		WHERE c.id = CASE WHEN i <= 7 THEN p.id % 50 * 40 + (hashint8(p.id * 10 + i) & 1023) % 40
			ELSE (hashint8(p.id * 10 + i) & 65535) % 2000 END) AS audience
	FROM generate_series(1::bigint, :rows / 1000) AS p (id)) AS s;
VACUUM ANALYZE candidate;

SELECT format('%s picks, %s spent, reach %s', count(*), max(spent), round(max(total_reach)))
FROM (SELECT campaign_plan(id, fee, audience, 15500) AS plan FROM candidate) AS p, unnest(plan);
SELECT bench.compare('`campaign_plan`, ' || :rows / 1000 || ' candidates, about 50 picks', '`audience_union` over the same', 2.5,
	'SELECT campaign_plan(id, fee, audience, 15500) FROM candidate',
	'SELECT reach(audience_union(audience)) FROM candidate', :runs);
SELECT bench.compare('the same, every candidate with a weight of its own', '`audience_union` over the same', 3,
	'SELECT campaign_plan(id, fee, audience, 15500, .5 + (id % 50) / 100.0) FROM candidate',
	'SELECT reach(audience_union(audience)) FROM candidate', :runs);
SELECT bench.compare('the same with rules for five groups', '`campaign_plan` without', 1.3,
	'SELECT campaign_plan(id, fee, audience, 15500, 1, ARRAY[''niche '' || id % 5], ''"niche 0" >= 3, "niche 1" <= 5, "niche 2" = 4, fee_share("niche 3") <= 0.2, picks <= 60'') FROM candidate',
	'SELECT campaign_plan(id, fee, audience, 15500) FROM candidate', :runs);
SELECT bench.compare('`campaign_curve`, ten budgets', '`campaign_plan` of the largest', 2,
	'SELECT campaign_curve(id, fee, audience, ''{1550,3100,4650,6200,7750,9300,10850,12400,13950,15500}'') FROM candidate',
	'SELECT campaign_plan(id, fee, audience, 15500) FROM candidate', :runs);
SELECT bench.compare('`audience_frequency`', '`audience_union` over the same', 1.5,
	'SELECT reach_at(audience_frequency(audience), 2) FROM candidate',
	'SELECT reach(audience_union(audience)) FROM candidate', :runs);
DROP TABLE candidate;
