--
-- composition: shares of a whole
--

-- text: labels in the order of their bytes, the total if there is a rest
SELECT '{"DE": 0.6, "AT": 0.2}'::composition AS whole,
       '{"DE": 0.6, "AT": 0.2} / 1'::composition AS cut_off,
       ' { "b" : 1e2, "a":1.50 }/200.0 '::composition AS spaced;
SELECT '{}'::composition AS empty, '{} / 5'::composition AS unknown,
       '{"x": 0}'::composition AS zero, '[]'::composition AS no_list;
-- weights are decimals, with 18 places
SELECT '{"a": 0.1}'::composition + '{"a": 0.2}'::composition AS exact,
       '{"a": 0.0000000000000000014, "b": 0.0000000000000000005}'::composition AS rounded,
       '{"a": 9999999999999999999.999999999999999999}'::composition AS largest;
-- labels with any character
SELECT '{"": 1, "a,b": 2, "\"q\"": 3, "\\": 4, "{x}": 5, "é東": 6, " ": 7, "a/b": 8, "\n": 9}'::composition;
SELECT labels('{"": 1, "a,b": 2, "\"q\"": 3, "é東": 4, "NULL": 5}'::composition);

-- from jsonb: fractions, percentages and counts
SELECT to_composition('{"DE": 0.6, "AT": 0.4}') AS fractions,
       to_composition('{"DE": 60, "AT": 25.2}', 100) AS percentages,
       to_composition('{"DE": 600, "AT": 252}', 1000) AS counts;
-- as the vendors write lists
SELECT to_composition('[{"code": "MALE", "weight": 0.4}, {"code": "FEMALE", "weight": 0.6}]');
SELECT to_composition('[{"name": "real", "value": 70.5}, {"name": "mass_followers", "value": 29.5}]', 100);
SELECT to_composition('[{"value": 61.5, "name": "Germany", "code": "de"}, {"code": null, "name": "Austria", "value": 23.7}]', 100);
SELECT to_composition('[{"label": "a", "percentage": 1}, {"key": "b", "count": 2}, {"title": "c", "prc": 3}]');
-- other keys do not matter, however deep
SELECT to_composition('[{"code": "DE", "geo": {"code": "XX", "weight": [[{"weight": 9}]]}, "weight": 1}]');
-- repeated labels are added up
-- other keys, pairs, lists, and numbers in strings
SELECT to_composition('[{"country": "DE", "percentage": 40}]') AS country, to_composition('[{"city": "Bonn", "country": "DE", "pct": 30}]') AS city, to_composition('[{"lang": "de", "percent": 20}]') AS lang,
	to_composition('[{"id": "ar", "title": "Arabic", "prc": 20}, {"id": "he", "prc": 1}]') AS id, to_composition('[["DE", 3], ["AT", "2.5"], [null, 1], ["CH", null]]') AS pairs,
	to_composition('["fashion", "food", "fashion", null]') AS list, to_composition('{"DE": "45.5%", "AT": " 4 % ", "CH": "1"}') AS strings;
SELECT to_composition('[{"name": "x", "count": 1}, {"name": "y", "count": 1}, {"name": "x", "count": 2}]');
-- an unknown weight is left out, the weight of an unknown label is rest
SELECT to_composition('[{"code": "DE", "weight": null}, {"code": null, "weight": 0.25}, {"code": "AT", "weight": 0.75}]'),
       to_composition('{"DE": null, "AT": 1}');
SELECT to_composition('null') IS NULL AS json_null, to_composition(NULL) IS NULL AS sql_null,
       to_composition('{}', NULL) IS NULL AS unknown_total;
-- rounding: up to 1 % above the total the sum becomes the total
SELECT to_composition('{"a": 50.01, "b": 50}', 100) AS c,
       unknown_share(to_composition('{"a": 50.01, "b": 50}', 100));
SELECT to_composition('{"a": 0.995}', 0.99), to_composition('{"a": 0.99}', 0.99), to_composition('{}', 0), to_composition('{"a": 0}', 0);
SELECT to_composition('{"a": 60, "b": 41.1}', 100);
SELECT to_composition('{"a": 60, "b": 40}', 1);
SELECT to_composition('{"a": 1}', 0);

-- a list cut off keeps its unknown rest
CREATE TABLE audience (profile text, countries composition, genders composition);
INSERT INTO audience VALUES
  ('one', to_composition('{"DE": 45.2, "AT": 25, "CH": 10, "US": 5}', 100), '{"female": 0.75, "male": 0.25}'),
  ('two', to_composition('{"US": 70, "DE": 20}', 100), '{"female": 0.5, "male": 0.5}'),
  ('none', '{}', NULL);
SELECT profile, round(unknown_share(countries)::numeric, 6) AS rest, total(countries), weight(countries, 'AT'),
       share(countries, 'DE'), share(countries, 'FR') AS not_listed, dominant(countries)
FROM audience ORDER BY profile;
-- on-target share
SELECT profile, share(countries, 'DE', 'AT', 'CH') * share(genders, 'female') AS on_target
FROM audience ORDER BY on_target DESC NULLS LAST;
-- one label, several, an array; a label in braces is a label
SELECT share(c, 'a'), share(c, VARIADIC ARRAY['a', 'b']), share(c, 'a', 'b'), share(c, 'a', 'a', NULL, 'zzz'),
       share(c, VARIADIC '{}'), share(c, VARIADIC '{{a},{b}}'), share(c, '{x,y}') AS braces, share(c, '{x,y}', 'a'),
       share(c, VARIADIC NULL::text[]) AS unknown
FROM (SELECT '{"a": 1, "b": 2, "c": 3, "{x,y}": 4}'::composition AS c) t;
-- an array without VARIADIC is no label
SELECT share('{"a": 1}'::composition, ARRAY['a', 'b']);
SELECT l, share('{"a": 1, "b": 3}'::composition, l) FROM unnest('{a,"{b}","{a,b}","{a}",b}'::text[]) l;
-- capital and small letters are the same
SELECT share(c, 'female') AS female, share(c, 'FEMALE', 'Female') AS once, weight(c, 'mALE') AS male, labels(c), concentration(c) AS concentration, c
FROM to_composition('{"FEMALE": 0.25, "Male": 0.5, "female": 0.25}') AS c;
SELECT similarity('{"FEMALE": 0.75, "MALE": 0.25}', '{"female": 75, "male": 25}') AS same, similarity('{"DE": 1}', '{"US": 1}') AS nothing_in_common,
	'{"A": 1}'::composition = '{"a": 1}' AS equal, '{"A": 1, "b": 2}'::composition + '{"a": 1, "B": 2}' AS sum;
SELECT labels(compose(label)) FROM unnest('{b,B,a,_,É,é,A,Z}'::text[]) AS label;

-- counts are exact
SELECT total(c), weight(c, 'a'), share(c, 'a') = 123457 / 987654321::float8 AS share
FROM (SELECT '{"a": 123457, "b": 987530864}'::composition AS c) t;
-- nothing known is NULL
SELECT share('{}', 'a'), unknown_share('{}'), total('{}'), weight('{}', 'a'), labels('{}'), dominant('{}'),
       concentration('{}'), diversity('{}'), similarity('{}', '{"a": 1}');
SELECT share(c, 'a'), unknown_share(c), total(c), labels(c), dominant(c), concentration(c), diversity(c), similarity(c, c)
FROM (VALUES ('{} / 5'::composition), ('{"a": 0}'), ('{"a": 0} / 5')) v(c);
-- ties go by the order of bytes, whatever the collation
SELECT dominant('{"b": 1, "a": 1, "Z": 1}'), dominant('{"b": 1, "a": 0.9}');

-- focus: of the known part
SELECT concentration(c), round(diversity(c)::numeric, 9) AS diversity, c
FROM (VALUES ('{"a": 1}'::composition), ('{"a": 1} / 100'), ('{"a": 1, "b": 1, "c": 1, "d": 1}'),
             ('{"a": 0.5, "b": 0.25, "c": 0.25}'), ('{"a": 50, "b": 25, "c": 25, "d": 0} / 200')) v(c);
-- likeness: units and the rest do not matter
SELECT similarity(a, b), similarity(a, b) = similarity(b, a) AS symmetric
FROM (VALUES ('{"a": 0.6, "b": 0.4}'::composition, '{"a": 60, "b": 40} / 200'::composition),
             ('{"a": 1}', '{"b": 1}'), ('{"a": 1, "b": 0}', '{"b": 3, "a": 0}'),
             ('{"a": 0.1, "b": 0.2, "c": 0.7}', '{"d": 0.3, "e": 0.3, "f": 0.4}')) v(a, b);
SELECT round(similarity('{"a": 0.5, "b": 0.5}', '{"a": 1}')::numeric, 12) AS jensen_shannon,
       round((1 - sqrt(0.5 * (0.5 * ln(0.5 / 0.75) + 0.5 * ln(0.5 / 0.25) + ln(1 / 0.75)) / ln(2.0)))::numeric, 12) AS by_hand,
       1 - similarity('{"a": 1, "b": 1}', '{"a": 1.000001, "b": 1}') BETWEEN 1e-7 AND 1e-6 AS nearly_equal;

-- aggregates
SELECT compose(x) AS text, compose(x::varchar) AS varchar, compose(x::char(3)) AS char, compose(DISTINCT x)
FROM unnest('{a,b,a,NULL,c,a}'::text[]) x;
SELECT compose(x, w) FROM (VALUES ('a', 0.1), ('b', 0.2), ('a', 0.2), (NULL, 0.5), ('c', NULL), (NULL, NULL)) v(x, w);
SELECT compose(x), compose(x, 1), sum(NULL::composition) FROM unnest('{}'::text[]) x;
SELECT sum(countries), sum(genders) FROM audience;
SELECT '{"a": 1, "c": 2} / 4'::composition + '{"b": 1, "c": 3}'::composition;
-- aggregates over the same rows share a state, and a window asks it often
SELECT x, compose(x) OVER w, dominant(compose(x) OVER w)
FROM unnest('{b,a,a}'::text[]) WITH ORDINALITY AS u(x, n) WINDOW w AS (ORDER BY n);
SELECT x, compose(x) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM unnest('{b,a,a,c}'::text[]) WITH ORDINALITY AS u(x, n);
-- thousands of labels
SELECT count(*), sum(share(c, l)) = 1 AS all, total(c), min(l), octet_length(composition_send(c)) = 21 + 5000 * 24
FROM (SELECT compose(to_char(i % 5000, 'FM0000'), i) AS c FROM generate_series(1, 50000) i) t, unnest(labels(c)) l
GROUP BY c;

-- casts
SELECT '{"b": 0.25, "a": 1}'::composition::jsonb AS jsonb, ('{"b": 0.25, "a": 1} / 2'::composition)::jsonb AS without_total,
       to_composition(c::jsonb, total(c)) = c AS again, '[{"code": "x", "value": 3}]'::jsonb::composition
FROM (SELECT '{"b": 0.25, "a": 1} / 2'::composition AS c) t;

-- equality and hash
SELECT a = b AS eq, a <> b AS ne, composition_hash(a) = composition_hash(b) AS hash,
       composition_hash_extended(a, 7) = composition_hash_extended(b, 7) AS extended
FROM (VALUES ('{"a": 1.0, "b": 2}'::composition, '{"b": 2, "a": 1}'::composition), ('{"a": 1}', '{"a": 1} / 2'), ('{"a": 1}', '{"a": 1, "b": 0}')) v(a, b);
SELECT c, count(*) FROM (VALUES ('{"a": 1}'::composition), ('{"a": 1.0}'), ('{}')) v(c) GROUP BY c ORDER BY c::text;

-- bad input
SELECT to_composition('3');
SELECT to_composition('"DE"');
SELECT to_composition('[1]');
SELECT to_composition('[[1]]');
SELECT to_composition('[{"code": "DE"}]');
SELECT to_composition('[{"code": "DE", "weight": 1}, {"weight": 1}]');
SELECT to_composition('[{"code": 5, "weight": 1}]');
SELECT to_composition('[{"code": "DE", "weight": "half"}]');
SELECT to_composition('[{"code": "DE", "weight": "5 % of"}]'), to_composition('{"DE": "1."}'), to_composition('{"DE": "NaN"}');
SELECT to_composition('{"DE": "-1"}');
SELECT to_composition('[["DE", 1], ["AT"]]');
SELECT to_composition('[["DE", 1], {"code": "AT", "weight": 1}]');
SELECT to_composition('["DE", 5]');
SELECT to_composition('[[5, "DE"]]');
-- fractions are not taken for percentages
SELECT to_composition('{"DE": 0.6, "AT": 0.25}', 100);
SELECT to_composition('[["DE", 0.6], [null, 99.4]]', 100), to_composition('{}', 100), to_composition('{"DE": 0}', 100), to_composition('{"DE": 1.02}', 100);
SELECT to_composition('{"DE": {"weight": 1}}');
SELECT to_composition('{"DE": true}');
SELECT to_composition('{"DE": -0.1}');
SELECT to_composition('{"DE": 1e19}');
SELECT to_composition('{"DE": 9e18, "AT": 9e18}');
SELECT to_composition('{"DE": 1e100000}');
SELECT to_composition('{"DE": 1}', -1);
SELECT to_composition('{"DE": 1}', 'NaN');
SELECT '{"DE": 1} / 0.5'::composition;
SELECT '{"DE": -1}'::composition;
SELECT '{"DE": 1} / -1'::composition;
SELECT '{"DE": 1} / NaN'::composition;
SELECT compose('a', -1);
SELECT compose('a', 'NaN');
SELECT compose('a', 'Infinity');
SELECT compose('a', 1e19);
SELECT compose('a', 5e18) FROM generate_series(1, 2);
SELECT '{"a": 6e18}'::composition + '{"b": 6e18}'::composition;
SELECT compose_accum('{}', 'a'::text);
SELECT compose_combine('{}', '{}');

-- zeros before a number, as many as there are
SELECT to_composition(jsonb_build_object('a', repeat('0', 40000) || '5.25', 'b', repeat('0', 40000) || '.5'));

DROP TABLE audience;

-- keys: two have each in common with the probability J^3, where they draw the
-- same label with J; by their shares, whatever the unit, case and rest
SELECT cardinality(composition_keys('{"a": 1, "b": 2}')) AS m, composition_keys('{"a": 1, "b": 2}', 4) <@ composition_keys('{"A": 50, "b": 100} / 200', 5) AS same,
	composition_keys('{"a": 1}') && composition_keys('{"b": 1}') AS others, composition_keys('{}') AS nothing, composition_keys('{"a": 0} / 1') AS unknown;
SELECT composition_keys('{"a": 1, "b": 2}', 2) AS on_all_machines;
WITH pair AS (SELECT x::composition, y::composition FROM (VALUES ('{"a": 1, "b": 1}', '{"a": 1}'), ('{"a": 5, "b": 3, "c": 2}', '{"a": 2, "b": 3, "c": 5}'),
		('{"a": 8, "b": 1, "c": 1}', '{"a": 8, "b": 1, "d": 1}'), ('{"a": 0.5, "b": 0.3, "c": 0.2}', '{"a": 45, "b": 35, "c": 15, "d": 5}')) AS v (x, y)),
	drawn AS (SELECT x, y, (SELECT sum(1 / greater) FROM unnest(labels(x)) AS i, LATERAL (SELECT sum(greatest(share(x, j) / share(x, i), share(y, j) / share(y, i))) AS greater
			FROM (SELECT unnest(labels(x)) UNION SELECT unnest(labels(y))) AS l (j)) AS g WHERE share(y, i) > 0) AS jaccard,
		(SELECT count(*) FROM unnest(composition_keys(x, 1024)) AS k WHERE k = ANY (composition_keys(y, 1024))) / 1024.0 AS common FROM pair)
SELECT round(jaccard::numeric, 4) AS jaccard, round((jaccard ^ 3)::numeric, 3) AS expected, common BETWEEN jaccard ^ 3 - 4 * sqrt(jaccard ^ 3 * (1 - jaccard ^ 3) / 1024)
	AND jaccard ^ 3 + 4 * sqrt(jaccard ^ 3 * (1 - jaccard ^ 3) / 1024) AS within_4_deviations FROM drawn;
SELECT composition_keys('{"a": 1}', 0);
SELECT composition_keys('{"a": 1}', 1025);
