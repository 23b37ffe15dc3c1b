-- Sponsored posts against organic ones.  Plenty of interactions: typical rates
CREATE TABLE side AS
SELECT engagement(likes, 0, 10000) FILTER (WHERE sponsored) AS a, engagement(likes, 0, 10000) FILTER (WHERE NOT sponsored) AS b
FROM (VALUES (true, 149), (true, 210), (true, 180), (false, 99), (false, 400), (false, 120), (false, 0)) AS p (sponsored, likes);

-- The same by hand, with the quantile of Student's t for 4 degrees of freedom
WITH post (sponsored, y) AS (VALUES (true, ln(149.5)), (true, ln(210.5)), (true, ln(180.5)), (false, ln(99.5)), (false, ln(400.5)), (false, ln(120.5))),
	sides AS (SELECT avg(y) FILTER (WHERE sponsored) - avg(y) FILTER (WHERE NOT sponsored) AS d,
		(var_pop(y) FILTER (WHERE sponsored) * 3 + var_pop(y) FILTER (WHERE NOT sponsored) * 3) / 4 AS s FROM post)
SELECT round(exp(d), 6) AS ratio, round(exp(d - 2.131847 * sqrt(s * 2 / 3)), 2) AS low, round(exp(d + 2.131847 * sqrt(s * 2 / 3)), 2) AS high FROM sides;
SELECT round(rate_ratio(a, b)::numeric, 6) AS ratio, round(rate_ratio_low(a, b)::numeric, 2) AS low, round(rate_ratio_high(a, b)::numeric, 2) AS high FROM side;
SELECT round((rate_ratio(a, b) * rate_ratio(b, a))::numeric, 12) AS inverse,
	round((rate_ratio_low(a, b) * rate_ratio_high(b, a))::numeric, 9) AS inverse_bounds,
	rate_ratio_low(a, b, 0.5) > rate_ratio_low(a, b, 0.99) AS wider FROM side;

-- Few: pooled rates, posts without interactions among them
SELECT round(rate_ratio(a, b)::numeric, 4) AS ratio, rate_ratio_low(a, b) < 1.5 AND rate_ratio_high(a, b) > 1.5 AS open
FROM (SELECT engagement(x, 0, 100) FILTER (WHERE i % 2 = 0) AS a, engagement(x, 0, 100) FILTER (WHERE i % 2 = 1) AS b
	FROM unnest('{2,3,0,1,1,2,4,0}'::bigint[]) WITH ORDINALITY AS p (x, i)) AS s;
-- A side without any is not 0
SELECT round(rate_ratio(a, b)::numeric, 4) AS ratio FROM (SELECT engagement(0, 0, 100) AS a, engagement(1, 0, 100) AS b) AS s;

-- One post each tells no bounds, averages neither
SELECT rate_ratio(e, e), rate_ratio_low(e, e), rate_ratio_high(e, e) FROM (SELECT engagement(500, 0, 1000) AS e) AS s;
SELECT rate_ratio(v, e), rate_ratio_low(v, e), rate_ratio_high(v, e)
FROM (SELECT engagement_from_averages(10, 250, 0, 1000) AS v, engagement(500, 0, 1000) AS e FROM generate_series(1, 5)) AS s;
-- Unknown
SELECT rate_ratio(a, 'posts=0'), rate_ratio('posts=0,hidden_posts=2', a), rate_ratio_low(a, 'posts=0'), rate_ratio(NULL, a), rate_ratio_high(a, b, NULL) FROM side;
SELECT rate_ratio_low(a, b, 0) FROM side;
SELECT rate_ratio_high(a, b, 90) FROM side;
SELECT rate_ratio_high(a, b, 'NaN') FROM side;
DROP TABLE side;
