-- Figures, with the numbers that the field publishes

SELECT e AS "one post", posts(e), likes(e), comments(e), interactions(e), exposure(e),
	round(pooled_rate(e)::numeric, 6) AS rate
FROM (SELECT engagement(4067, 176, 157625) AS e) AS s;

SELECT likes(e) / posts(e) AS "mean likes", posts(e), hidden_posts(e)
FROM (SELECT engagement(likes, 0, 1000) AS e
	FROM unnest('{100,200,200,300,1000}'::bigint[]) AS likes) AS s;

SELECT round(pooled_rate(e)::numeric, 5) AS pooled,
	round(mean_rate(e)::numeric, 4) AS mean,
	round(rate_stddev(e)::numeric, 6) AS stddev,
	round(typical_rate(e)::numeric, 8) AS typical,
	round(sqrt(500.5 / 5000 * 2000.5 / 400000), 8) AS "by hand"
FROM (SELECT engagement(likes, 0, followers) AS e
	FROM (VALUES (500, 5000), (2000, 400000)) AS p (likes, followers)) AS s;

SELECT shares(e), saves(e), interactions(e), round(comment_share(e)::numeric, 6) AS comment_share,
	pooled_rate(e)
FROM (SELECT engagement(60, 25, 1000, 10, NULL) AS e) AS s;

-- What is a post, and what is hidden

SELECT what, posts(e), hidden_posts(e), pooled_rate(e)
FROM (SELECT n, what, engagement(likes, comments, exposure) AS e
	FROM (VALUES
		(1, 'usable', 1, 2, 100),
		(2, 'no interactions', 0, 0, 100),
		(3, 'likes hidden', NULL, 2, 100),
		(4, 'comments hidden', 1, NULL, 100),
		(5, 'exposure unknown', 1, 2, NULL),
		(6, 'no exposure', 1, 2, 0),
		(7, 'only exposure known', NULL, NULL, 100),
		(8, 'no post', NULL, NULL, NULL)) AS v (n, what, likes, comments, exposure)
	GROUP BY n, what) AS s
ORDER BY n;

SELECT what, posts(e), hidden_posts(e), interactions(e)
FROM (SELECT n, what, engagement(likes, comments, exposure, shares, saves) AS e
	FROM (VALUES
		(1, 'usable', 1, 2, 3, 4, 100),
		(2, 'shares unknown', 1, 2, NULL, 4, 100),
		(3, 'shares and saves unknown', 1, 2, NULL, NULL, 100),
		(4, 'likes hidden', NULL, 2, 3, 4, 100),
		(5, 'only shares known', NULL, NULL, 3, NULL, NULL),
		(6, 'no exposure', 1, 2, 3, 4, 0),
		(7, 'no post', NULL, NULL, NULL, NULL, NULL)) AS v (n, what, likes, comments, shares, saves, exposure)
	GROUP BY n, what) AS s
ORDER BY n;

-- Nothing at all is a value, not NULL; figures of it are

SELECT engagement(l, l, l) = 'posts=0' AS empty, engagement(l, l, l, l, l) IS NULL AS null_5,
	sum(NULL::engagement_summary) AS sum, engagement(l, l, l)::jsonb AS json
FROM (SELECT 1::bigint WHERE false) AS none (l);

SELECT pooled_rate(e), mean_rate(e), rate_stddev(e), typical_rate(e), comment_share(e)
FROM (SELECT 'posts=0'::engagement_summary AS e) AS s;

-- One post has no deviation; without interactions there is no share of them
SELECT rate_stddev(engagement(5, 0, 100)) AS one, comment_share(engagement(0, 0, 100)) AS none;

-- Equal rates have no deviation at all, however many and however small
SELECT rate_stddev(engagement(1, 0, exposure)) AS stddev
FROM generate_series(1, 1000), unnest('{3}'::bigint[]) AS exposure;
SELECT rate_stddev(engagement(1, 0, 9999999999)) AS stddev FROM generate_series(1, 1000);

-- Small ones: 10^-10 and three times as much
SELECT round((rate_stddev(engagement(likes, 0, 10000000000)) * 1e10)::numeric, 6) AS stddev,
	round(sqrt(2)::numeric, 6) AS "by hand"
FROM (VALUES (1), (3)) AS p (likes);

-- Negative counts say what to do about them
SELECT engagement(-1, 2, 100);
SELECT engagement(1, -2, 100);
SELECT engagement(1, 2, -100);
SELECT engagement(1, 2, 100, -3, 4);
SELECT engagement(1, 2, 100, 3, -4);
SELECT engagement(NULL, -2, NULL);

-- One absurd row neither ends a report nor drowns it: above 65,536 interactions
-- per follower, 10^12 interactions, an exposure of 10^14, a post is hidden
SELECT posts(e), hidden_posts(e), likes(e), mean_rate(e) FROM (
	SELECT engagement(likes, 0, exposure) AS e
	FROM (VALUES (9223372036854775807, 1), (65537, 1), (300, 10000)) AS p (likes, exposure)) AS s;
SELECT posts(engagement(65536, 0, 1)), posts(engagement(1000000000000, 0, 100000000000000)), hidden_posts(engagement(m, m, 1, m, m))
FROM (SELECT 9223372036854775807) AS max (m);
SELECT posts(e), hidden_posts(e), likes(e), comments(e), exposure(e) FROM (VALUES (engagement(1000000000001, 3, 1000000000001)),
	(engagement(1, 1, 100000000000001)), (engagement(1, 1, 1000, 1000000000000, 0))) AS s (e);
SELECT posts(engagement(m, m, m, m, m)) FROM (SELECT 9223372036854775807) AS max (m), generate_series(1, 1000);

-- Sums past bigint are held; the function that can't tell them says so
SELECT e::jsonb -> 'likes' AS likes, e::jsonb -> 'interactions' AS interactions FROM (
	SELECT e + e AS e FROM (SELECT regexp_replace(engagement(5, 6, 100)::text, ',likes=5,comments=6', ',likes=9000000000000000000,comments=9000000000000000000')::engagement_summary AS e) AS s) AS t;
SELECT likes(e + e) FROM (SELECT regexp_replace(engagement(5, 6, 100)::text, ',likes=5', ',likes=9000000000000000000')::engagement_summary AS e) AS s;
SELECT exposure(e + e) FROM (SELECT regexp_replace(engagement(5, 6, 100)::text, 'exposure=100', 'exposure=9000000000000000000')::engagement_summary AS e) AS s;
SELECT interactions(e + e) FROM (SELECT regexp_replace(engagement(5, 6, 100)::text, ',likes=5', ',likes=9000000000000000000')::engagement_summary AS e) AS s;

-- Past what is held exactly
SELECT likes(e + e + e) FROM (SELECT regexp_replace(engagement(5, 6, 100)::text, ',likes=5', ',likes=9000000000000000000')::engagement_summary AS e) AS s;
SELECT posts(engagement(65536, 0, 1)) FROM generate_series(1, 255);
SELECT posts(engagement(65536, 0, 1)) FROM generate_series(1, 256);
SELECT posts(engagement(1, 1, 1000000000000, 900000000000, 0)) FROM generate_series(1, 313);
SELECT 'posts=0,hidden_posts=4294967295'::engagement_summary + 'posts=0,hidden_posts=1';
CREATE AGGREGATE from_full(bigint, bigint, bigint) (
	SFUNC = engagement_accum, STYPE = engagement_summary, INITCOND = 'posts=0,hidden_posts=4294967295');
SELECT from_full(NULL, 1, 1);
DROP AGGREGATE from_full(bigint, bigint, bigint);

-- What is known of hidden posts is not lost, and rates are of the others alone:
-- 1,000 paid for 9,000 and 10,000 views
SELECT posts(e), hidden_posts(e), exposure(e), likes(e), comments(e), interactions(e), pooled_rate(e),
	round(cost_per_mille(1000, exposure(e)), 2) AS cpm
FROM (SELECT engagement(likes, comments, views) AS e
	FROM (VALUES (500, 50, 10000), (NULL, 12, 9000), (80, NULL, NULL)) AS p (likes, comments, views)) AS s;
SELECT exposure(engagement(NULL, 2000000000000, 7)), comments(engagement(NULL, 2000000000000, 7));

-- Posts without interactions: lost ones do not move the typical rate of a profile
-- that has many, and count where all have few
SELECT zero_posts(e), posts(e), round(typical_rate(e)::numeric, 6) AS typical, round(mean_rate(e)::numeric, 6) AS mean, by_hand
FROM (SELECT n, engagement(likes, 0, 1000) AS e
	FROM (VALUES (1, 500), (1, 0), (1, 600), (2, 2), (2, 0), (2, 3), (3, 0), (3, 0)) AS p (n, likes) GROUP BY n) AS s
	JOIN (VALUES (1, round(sqrt(500.5 * 600.5) / 1000, 6)), (2, round((2.5 * 0.5 * 3.5) ^ (1 / 3.0) / 1000, 6)), (3, 0)) AS h (n, by_hand) USING (n)
ORDER BY n;

-- Posts that are known by average only
SELECT posts(e), likes(e), comments(e), exposure(e), pooled_rate(e), mean_rate(e), rate_stddev(e), typical_rate(e), zero_posts(e), e
FROM (SELECT engagement_from_averages(12, 300.25, 20.5, 10000) AS e) AS s;
SELECT interactions(e), shares(e), saves(e) FROM (SELECT engagement_from_averages(10, 5, 1, 1000, 2, 3.5) AS e) AS s;
SELECT posts(e), hidden_posts(e), round(pooled_rate(e)::numeric, 6) AS pooled, rate_stddev(e), typical_rate(e), e - a = b AS parts
FROM (SELECT a + b AS e, a, b FROM (SELECT engagement_from_averages(2, 30, 0, 1000) AS a, engagement(60, 0, 1000) AS b) AS s) AS t;
-- unknown
SELECT posts(e), hidden_posts(e), likes(e), exposure(e) FROM (VALUES (engagement_from_averages(10, NULL, 1, 1000)),
	(engagement_from_averages(10, 5, NULL, 1000)), (engagement_from_averages(10, 5, 1, NULL)), (engagement_from_averages(10, 5, 1, 0)),
	(engagement_from_averages(NULL, 5, 1, 1000)), (engagement_from_averages(3, 1e9, 0, 1))) AS s (e);
-- wrong
SELECT engagement_from_averages(0, 5, 1, 1000);
SELECT engagement_from_averages(-3, 5, 1, 1000);
SELECT engagement_from_averages(3, -5, 1, 1000);
SELECT engagement_from_averages(3, 5, 'NaN', 1000);
SELECT engagement_from_averages(3, 5, 1, 1000, 'Infinity');
SELECT engagement_from_averages(3, 5, 1, -1);
SELECT engagement_from_averages(3, 4e18, 1, 1000);
SELECT engagement_from_averages(3, 4, 1, 9223372036854775807);

-- Integer columns are read as they are
SELECT engagement(likes, 3, 1000) = engagement(likes::bigint, 3::bigint, 1000::bigint) AS integers,
	engagement(likes, 3, 1000, 1, NULL) = engagement(likes::bigint, 3::bigint, 1000::bigint, 1::bigint, NULL::bigint) AS all_integers
FROM unnest('{1,2,NULL,0}'::integer[]) AS likes;
SELECT engagement(NULL::integer, NULL::integer, NULL::integer), engagement(-1::integer, 0, 1);

-- Addition and subtraction
SELECT a + b = engagement AS sum, engagement - a = b AS difference,
	a - a = 'posts=0' AS nothing, a + 'posts=0' = a AS same,
	a = b AS equal, a <> b AS different
FROM (SELECT engagement(likes, 7, 1000) FILTER (WHERE likes < 30) AS a,
		engagement(likes, 7, 1000) FILTER (WHERE likes >= 30) AS b,
		engagement(likes, 7, 1000) AS engagement
	FROM generate_series(1, 100) AS likes) AS s;
SELECT engagement(1, 1, 100) - engagement(2, 1, 100);
SELECT a - b FROM (SELECT engagement(50, 1, 100) AS a, engagement(50, 1, 50) AS b) AS s;
SELECT engagement(1, 1, 100) - engagement(NULL, 1, 100);
-- Larger in every sum, yet not with this post in it
SELECT (a + a) - b FROM (
	SELECT engagement(20, 0, 1000) AS a, engagement(10, 0, 1000) AS b) AS s;
SELECT (a + c) - b FROM (
	SELECT engagement(10, 0, 1000) AS a, engagement(20, 0, 1000) AS b, engagement(30, 0, 1000) AS c) AS s;

-- Operators change none of their arguments; transition functions are for aggregates only
CREATE TABLE stored AS SELECT engagement(1, 2, 100) AS e;
SELECT posts(e + e), posts(e - e), posts(e) FROM stored;
SELECT posts(e) FROM stored;
SELECT engagement_accum(e, 1, 2, 100) FROM stored;
SELECT e AS one FROM stored \gset
CREATE AGGREGATE taken_away(bigint, bigint, bigint) (
	SFUNC = engagement_accum_inv, STYPE = engagement_summary, INITCOND = :'one');
SELECT taken_away(1, 2, 100);
SELECT taken_away(5, 2, 100);
DROP AGGREGATE taken_away(bigint, bigint, bigint);

-- Equality makes groups and joins
SELECT count(*), sum(posts(e)) FROM (
	SELECT engagement(i % 3, 0, 100) AS e FROM generate_series(1, 30) AS i GROUP BY i) AS s
GROUP BY e ORDER BY 1;
SELECT count(DISTINCT e::text), count(*) FROM (SELECT DISTINCT e FROM stored UNION ALL SELECT e FROM stored) AS s;
SELECT count(*) FROM stored AS a JOIN stored AS b USING (e);

-- The text form: exact, and nothing else is read
SELECT e, e::text::engagement_summary = e AS same FROM stored;
SELECT ' POSTS = 0 , hidden_posts = 007 '::engagement_summary;
SELECT ''::engagement_summary;
SELECT 'posts'::engagement_summary;
SELECT 'posts=-1'::engagement_summary;
SELECT 'posts=1.5'::engagement_summary;
SELECT 'posts=1099511627776'::engagement_summary;
SELECT 'posts=18446744073709551616'::engagement_summary;
SELECT 'posts=0,likes=1'::engagement_summary;
SELECT 'hidden_posts=1,posts=0'::engagement_summary;
SELECT 'posts=0,posts=0'::engagement_summary;
SELECT 'posts=0,'::engagement_summary;
SELECT 'posts=1,exposure=100'::engagement_summary;
SELECT replace(e::text, 'exposure=100', 'exposure=0')::engagement_summary FROM stored;
SELECT regexp_replace(e::text, 'log_squares=\d+', 'log_squares=1')::engagement_summary FROM stored;
SELECT regexp_replace(e::text, 'rate_squares=\d+', 'rate_squares=1')::engagement_summary FROM stored;
SELECT regexp_replace(e::text, 'likes=\d+', 'likes=340282366920938463463374607431768211456')::engagement_summary FROM stored;

-- jsonb is for reading
SELECT e::jsonb - 'mean_rate' - 'rate_stddev' - 'typical_rate' - 'pooled_rate' FROM (
	SELECT engagement(60, 20, 1000, 10, 10) + engagement(NULL, 1, 1) AS e) AS s;

-- Type properties that can't be changed later
SELECT typlen, typalign, typstorage, typbyval FROM pg_type WHERE typname = 'engagement_summary';
DROP TABLE stored;
