--
-- authenticity: followers by type, fake accounts, first digits
--

-- follower types, at the limits
SELECT followers, following, suspicious, follower_type(followers, following, suspicious)
FROM (VALUES (10, 1500, false), (10, 1501, false), (5000, 1500, false), (5001, 1500, false), (5001, 1501, true),
  (5000, 1500, true), (5001, 1500, true), (0, 0, false),
  -- unknown: NULL, unless an earlier rule decides
  (NULL, 1501, NULL), (5001, 1500, NULL), (5000, 1500, NULL), (NULL, 1500, true), (5001, NULL, true), (NULL, NULL, NULL)
) v(followers, following, suspicious);
SELECT follower_type(10, 10), follower_type(10, 2000), follower_type(6000, 10);
SELECT compose(follower_type(followers, following)), share(compose(follower_type(followers, following)), 'mass', 'suspicious') AS poor
FROM (VALUES (10, 2000), (20, 10), (300, 200), (9000, 100), (NULL, NULL)) v(followers, following);

-- fake accounts
SELECT round(fake_score(f, g, p, pic, bio, dig)::numeric, 4) AS score, fake_reasons(f, g, p, pic, bio, dig) AS reasons
FROM (VALUES (25, 1937, 0, false, 0, 4), (12, 4000, 1, false, 10, 0), (324, 4122, 0, true, 0, 4), (30, 150, 50, true, 1, 2), (29, 151, 49, true, 1, 3),
  (1000, 955, 32, true, 53, 0), (2740, 533, 286, true, 44, 0), (0, 0, 0, true, 0, 0),
  (9223372036854775807, 9223372036854775807, 9223372036854775807, true, 2147483647, 2147483647)) v(f, g, p, pic, bio, dig);
-- one rule at a time: points are ln(share of fake / share of real)
SELECT what, round(ln(score / (1 - score))::numeric, 2) AS points, reasons
FROM (VALUES
  ('following', fake_score(NULL, 1501, NULL, NULL, NULL, NULL), fake_reasons(NULL, 1501, NULL, NULL, NULL, NULL)),
  ('following', fake_score(NULL, 1500, NULL, NULL, NULL, NULL), fake_reasons(NULL, 1500, NULL, NULL, NULL, NULL)),
  ('followers', fake_score(29, NULL, NULL, NULL, NULL, NULL), fake_reasons(29, NULL, NULL, NULL, NULL, NULL)),
  ('followers', fake_score(30, NULL, NULL, NULL, NULL, NULL), fake_reasons(30, NULL, NULL, NULL, NULL, NULL)),
  ('both', fake_score(100, 501, NULL, NULL, NULL, NULL), fake_reasons(100, 501, NULL, NULL, NULL, NULL)),
  ('both', fake_score(100, 500, NULL, NULL, NULL, NULL), fake_reasons(100, 500, NULL, NULL, NULL, NULL)),
  ('posts', fake_score(NULL, NULL, 0, NULL, NULL, NULL), fake_reasons(NULL, NULL, 0, NULL, NULL, NULL)),
  ('posts', fake_score(NULL, NULL, 49, NULL, NULL, NULL), fake_reasons(NULL, NULL, 49, NULL, NULL, NULL)),
  ('posts', fake_score(NULL, NULL, 50, NULL, NULL, NULL), fake_reasons(NULL, NULL, 50, NULL, NULL, NULL)),
  ('picture', fake_score(NULL, NULL, NULL, false, NULL, NULL), fake_reasons(NULL, NULL, NULL, false, NULL, NULL)),
  ('picture', fake_score(NULL, NULL, NULL, true, NULL, NULL), fake_reasons(NULL, NULL, NULL, true, NULL, NULL)),
  ('biography', fake_score(NULL, NULL, NULL, NULL, 0, NULL), fake_reasons(NULL, NULL, NULL, NULL, 0, NULL)),
  ('biography', fake_score(NULL, NULL, NULL, NULL, 1, NULL), fake_reasons(NULL, NULL, NULL, NULL, 1, NULL)),
  ('digits', fake_score(NULL, NULL, NULL, NULL, NULL, 3), fake_reasons(NULL, NULL, NULL, NULL, NULL, 3)),
  ('digits', fake_score(NULL, NULL, NULL, NULL, NULL, 2), fake_reasons(NULL, NULL, NULL, NULL, NULL, 2)),
  ('nothing', fake_score(NULL, NULL, NULL, NULL, NULL, NULL), fake_reasons(NULL, NULL, NULL, NULL, NULL, NULL))
) v(what, score, reasons);

-- Golbeck 2015: followers on Twitter, friends on Facebook
SELECT round(benford_deviation('1=26286,2=14395,3=9923,4=7246,5=5737,6=4641,7=3834,8=3348,9=2816'::digit_counts)::numeric, 5) AS twitter,
       round(benford_deviation('1=5913,2=3428,3=2232,4=1692,5=1389,6=1130,7=928,8=811,9=775'::digit_counts)::numeric, 5) AS facebook;
WITH golbeck AS (
  SELECT digit * power(10, i % 15)::bigint + i % 7 AS number
  FROM unnest('{5913,3428,2232,1692,1389,1130,928,811,775}'::int[]) WITH ORDINALITY AS c (count, digit), generate_series(10, count + 9) AS i
  WHERE i % 15 > 0 OR i % 7 = 0
  UNION ALL SELECT digit * 10 FROM unnest('{5913,3428,2232,1692,1389,1130,928,811,775}'::int[]) WITH ORDINALITY AS c (count, digit), generate_series(10, count + 9) AS i
  WHERE i % 15 = 0 AND i % 7 <> 0)
SELECT count(*), round(benford_deviation(number)::numeric, 5), first_digits(number) FROM golbeck;
SELECT first_digits(n), benford_deviation(n) FROM (VALUES (0), (-5), (NULL)) v(n);
SELECT first_digits(n) FROM (VALUES (1::bigint), (9), (10), (19), (99), (9223372036854775807), (1000000000000000000), (999999999999999999), (-9223372036854775808)) v(n);
SELECT round(benford_deviation(9)::numeric, 4) AS nines, benford_deviation(power(10, i / 1000.0)::bigint) < .001 AS powers FROM generate_series(3000, 17999) AS i;
SELECT '1=1,9=2'::digit_counts + '2=5,9=1', sum(d) = '1=3,2=1' AS equal, sum(d) <> '1=3' AS differ, digit_counts_hash(sum(d)) = digit_counts_hash('1=3,2=1') AS hash
FROM (VALUES ('1=1'::digit_counts), ('1=2,2=1'), (NULL)) v(d);
SELECT sum(NULL::digit_counts), benford_deviation(NULL::digit_counts), benford_deviation('1=0'::digit_counts);

-- json is for reading
SELECT d::jsonb - 'benford_deviation' AS counts, d::jsonb ->> 'benford_deviation' = benford_deviation(d)::text AS deviation, to_jsonb(d) = d::jsonb AS same
FROM (VALUES ('1=9223372036854775807,9=9223372036854775807'::digit_counts), ('1=301,2=176')) v(d);
SELECT '1=0'::digit_counts::json;

-- bad input
SELECT follower_type(-1, 1);
SELECT follower_type(1, -1);
SELECT fake_score(-1, 1, 1, true, 1, 1);
SELECT fake_score(1, -1, 1, true, 1, 1);
SELECT fake_reasons(1, 1, -1, true, 1, 1);
SELECT fake_reasons(1, 1, 1, true, -1, 1);
SELECT fake_score(1, 1, 1, true, 1, -1);
SELECT '0=1'::digit_counts;
SELECT '1=-1'::digit_counts;
SELECT '1=1,1=1'::digit_counts;
SELECT '1=9223372036854775808'::digit_counts;
SELECT '1=9223372036854775807'::digit_counts + '1=1';
CREATE AGGREGATE pg_temp.from_full(bigint) (SFUNC = digit_counts_accum, STYPE = digit_counts, INITCOND = '1=9223372036854775807');
SELECT pg_temp.from_full(1);
