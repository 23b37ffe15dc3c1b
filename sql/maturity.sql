--
-- maturity: how much of its count a post has at an age
--

CREATE FUNCTION curve(interval, bigint, interval, bigint) RETURNS maturity_curve LANGUAGE sql AS 'SELECT maturity($1, $2, $3, $4)';
-- four posts, counted at 1 h, 6 h, 24 h and 48 h: .25, .5, .8 and all of it
CREATE TABLE snapshot (post integer, age interval, comments bigint);
INSERT INTO snapshot VALUES
  (1, '1 h', 25), (1, '6 h', 50), (1, '24 h', 80), (1, '48 h', 100),
  (2, '1 h', 5), (2, '6 h', 10), (2, '24 h', 16), (2, '48 h', 20),
  (3, '6 h', 100), (3, '48 h', 200),
  (4, '1 h', 50), (4, '24 h', 160);
CREATE VIEW pair AS
  SELECT a.post, a.age, a.comments AS earlier, b.age AS later_age, b.comments AS later
  FROM snapshot a JOIN LATERAL (SELECT * FROM snapshot b WHERE b.post = a.post AND b.age > a.age ORDER BY b.age LIMIT 1) b ON true;
SELECT age, round(matured_share(m, age)::numeric, 9) AS share
FROM (SELECT maturity(age, earlier, later_age, later) AS m FROM pair) s,
  unnest('{59 min,1 h,2 h,6 h,12 h,24 h,36 h,48 h,48 h 1 s,90 days}'::interval[]) age;
SELECT pairs(m), first_age(m), last_age(m) FROM (SELECT maturity(age, earlier, later_age, later) AS m FROM pair) s;
SELECT m - 'shares' AS curve, jsonb_object_agg(age, round(share::numeric, 6)) AS shares
FROM (SELECT maturity(age, earlier, later_age, later)::jsonb AS m FROM pair WHERE age > '1 h') s, jsonb_each_text(m->'shares') AS e (age, share) GROUP BY m;

-- all pairs of a post, not only neighbours: the same
SELECT age, round(matured_share(m, age)::numeric, 9) AS share
FROM (SELECT maturity(a.age, a.comments, b.age, b.comments) AS m FROM snapshot a JOIN snapshot b ON a.post = b.post AND a.age < b.age) s,
  unnest('{1 h,6 h,24 h,48 h}'::interval[]) age;

-- two counts: log share is linear in log age between them
SELECT round(matured_share(m, '1 h')::numeric, 9) AS earlier, round(matured_share(m, '2 h')::numeric, 9) AS share, round(power(.2, 2/3.)::numeric, 9) AS expected, matured_share(m, '8 h')
FROM curve('1 h', 10, '8 h', 50) m;
-- a month is a twelfth of 365.25 days
SELECT curve('1 month', 1, '1 year', 2) = curve('30.4375 days', 1, '365.25 days', 2) AS month;

-- counts that fall: the earlier one is more than all
SELECT round(matured_share(curve('1 day', 12, '2 days', 10), '1 day')::numeric, 9) AS share;
-- equal ages, a NULL, no rows
SELECT maturity(a, x, b, y) FROM (VALUES ('1 h'::interval, 5, '1 h'::interval, 9), ('24 h', 5, '1 day', 9),
  (NULL, 5, '2 h', 9), ('1 h', NULL, '2 h', 9), ('1 h', 5, NULL, 9), ('1 h', 5, '2 h', NULL)) v(a, x, b, y);
SELECT maturity(NULL, NULL, NULL, NULL), sum(NULL::maturity_curve), matured_share('{}', '1 h'), first_age('{}'), last_age('{}'), pairs('{}'), '{}'::maturity_curve::jsonb;
-- nothing can be told from counts of 0
SELECT matured_share(curve('1 h', 0, '2 h', 0), '1 h'), matured_share(curve('1 h', 0, '2 h', 5), '1 h'),
  matured_share(curve('1 h', 5, '2 h', 0), '1 h');
-- pairs that don't meet: the share is of the end of what most of them say, and unknown beyond the hole
SELECT age, round(matured_share(m, age)::numeric, 6) AS share, last_age(m)
FROM (SELECT maturity(a, x, b, y) AS m FROM (VALUES ('1 h'::interval, 5, '2 h'::interval, 10), ('1 d', 9, '3 d', 12), ('25 h', 9, '73 h', 12)) v(a, x, b, y)) s,
  unnest('{1 h,2 h,1 d,3 d}'::interval[]) age;
-- a pair that spans the hole closes it
SELECT age, round(matured_share(m, age)::numeric, 6) AS share
FROM (SELECT maturity(a, x, b, y) AS m FROM (VALUES ('1 h'::interval, 5, '2 h'::interval, 10), ('1 d', 9, '3 d', 12), ('1 h', 5, '1 d', 15), ('2 h', 10, '1 d', 15)) v(a, x, b, y)) s,
  unnest('{1 h,2 h,7 h,1 d,3 d}'::interval[]) age;

-- parts put together in any order
SELECT sum(m) = (SELECT maturity(age, earlier, later_age, later) FROM pair) AS same
FROM (SELECT maturity(age, earlier, later_age, later) AS m FROM pair GROUP BY post) s;
SELECT a + b = b + a AS commutes, a + '{}' = a AS neutral, a <> b AS differ, maturity_curve_hash(a) = maturity_curve_hash(a + '{}') AS hash,
  a::text::maturity_curve = a AS text, a + b AS sum
FROM curve('1 h', 5, '2 h', 10) a, curve('3 h', 7, '1 d', 8) b;

-- bad input
SELECT maturity('-1 h', 5, '2 h', 10);
SELECT maturity('1 h', 5, '300000 years', 10);
SELECT maturity('2 h', 5, '1 h', 10);
SELECT maturity('1 h', -5, '2 h', 10);
SELECT maturity('1 h', 5, '2 h', -10);
SELECT matured_share('{}', '-1 h');
SELECT maturity('1 h', 9223372036854775807, '2 h', 1) FROM generate_series(1, 2);
SELECT '{5 5}'::maturity_curve;
SELECT '5'::maturity_curve;
SELECT '{,}'::maturity_curve;
SELECT maturity_accum('{}', '1 h', 1, '2 h', 2);
SELECT '{11 13 0 0 0 0 0 0 0 3600000000 7200000000}'::maturity_curve;
SELECT '{11 13 1 5 10 531640 0 531640 0 3600000000 7300000000000}'::maturity_curve;
SELECT '{13 13 1 5 10 531640 0 531640 0 3600000000 7200000000}'::maturity_curve;
SELECT '{11 13 1 5 10 655360 0 531640 0 3600000000 7200000000}'::maturity_curve;

DROP VIEW pair;
DROP TABLE snapshot;
DROP FUNCTION curve;
