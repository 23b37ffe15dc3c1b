-- {1,2,3}, {1,4}, {1,3,5}: 5, 2 and 1 people, 8/5 times
CREATE TEMP TABLE profile AS
SELECT id, audience(member) AS audience FROM (VALUES (1, 1), (1, 2), (1, 3), (2, 1), (2, 4), (3, 1), (3, 3), (3, 5)) AS v (id, member) GROUP BY id;
SELECT f, reach_at(f, 1), reach_at(f, 2), reach_at(f, 3), reach_at(f, 4), average_frequency(f), gross_reach(f) FROM (SELECT audience_frequency(audience) AS f FROM profile) AS s;
SELECT audience_frequency(audience), average_frequency(audience_frequency(audience)), reach_at(audience_frequency(audience), 1), gross_reach(audience_frequency(audience)) FROM profile WHERE false;
SELECT audience_frequency(CASE WHEN id > 1 THEN audience END) FROM profile;
SELECT id, audience_frequency(audience) OVER (ORDER BY id ROWS 1 PRECEDING) FROM profile ORDER BY id;
SELECT reach_at(audience_frequency(audience), 0) FROM profile;

-- a sample: near what it is a sample of; and the sum of all is the sum of all
CREATE TEMP TABLE large AS
SELECT i AS id, audience(m) AS audience FROM generate_series(1, 20) AS i, generate_series(i * 1000, 30000 + i * 500) AS m GROUP BY i;
SELECT abs(reach_at(f, 1) / 39001 - 1) < .04 AS once, abs(reach_at(f, 5) / 33501 - 1) < .04 AS five_times,
	abs(gross_reach(f) / (SELECT sum(reach(audience)) FROM large) - 1) < .04 AS gross,
	abs((SELECT sum(reach_at(f, k)) FROM generate_series(1, 20) AS k) / gross_reach(f) - 1) < 1e-12 AS adds_up
FROM (SELECT audience_frequency(audience) AS f FROM large) AS s;
-- more people than are held exactly, in any order
SELECT abs(reach_at(audience_frequency(a), 1) / 500000 - 1) < .02 AS sampled FROM (SELECT audience(m) AS a FROM generate_series(1, 500000) AS m GROUP BY m % 100) AS s;
SELECT (SELECT audience_frequency(audience ORDER BY id) FROM large) = (SELECT audience_frequency(audience ORDER BY id DESC) FROM large) AS same;

-- as text and back
SELECT f::text::reach_frequency = f AS same FROM (SELECT audience_frequency(audience) AS f FROM large) AS s;
SELECT '{1=2,3=1} theta 4611686018427387904'::reach_frequency, reach_at('{1=2,3=1} theta 4611686018427387904', 1), gross_reach('{1=2,3=1}'), '{}'::reach_frequency <> '{1=1}' AS other;
SELECT '{1=2,1=3}'::reach_frequency;
SELECT '{0=2}'::reach_frequency;
SELECT '{1=0}'::reach_frequency;
SELECT '{1=2} theta 0'::reach_frequency;
SELECT '{1=2'::reach_frequency;
SELECT '\x00'::reach_frequency_state;

-- keys: the smallest hashes
SELECT cardinality(audience_keys(audience)), cardinality(audience_keys(audience, 100)), audience_keys(audience, 2) <@ audience_keys(audience) AS within FROM large WHERE id = 1;
SELECT cardinality(audience_keys(audience)) FROM profile ORDER BY id;
SELECT audience_keys(audience, 0) FROM profile;
SELECT audience_keys(audience, 65537) FROM profile;

-- common_reach: never above the smaller reach
SELECT common_reach(a, b) AS all_of_the_smaller FROM (SELECT audience(i) AS a FROM generate_series(1, 3000) AS i) AS x, (SELECT audience(i) AS b FROM generate_series(1, 1000000) AS i) AS y;
