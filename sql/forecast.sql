-- A cohort of 2,000 profiles whose truth is known: log rates -3.5 - .2 (log
-- followers - 9) + .6 u, posts .9 around them; normal numbers from a hash.
CREATE FUNCTION normal(a bigint, b bigint) RETURNS float8 LANGUAGE SQL IMMUTABLE
	RETURN sqrt(-2 * ln(((hashint8extended(a, b) & 4294967295) + .5) / 4294967296.0))
		* cos(2 * pi() * ((hashint8extended(a, b + 1000000) & 4294967295) / 4294967296.0));
CREATE TABLE post AS
SELECT id, place, followers, round(exp(ln(followers) - 3.5 - .2 * (ln(followers) - 9) + .6 * normal(id, 1) + .9 * normal(id * 100 + place, 2)))::bigint AS n
FROM (SELECT id, round(exp(9 + normal(id, 3)))::bigint AS followers FROM generate_series(1, 2000) AS id) AS p, generate_series(1, 23) AS place;
CREATE TABLE profile AS
SELECT id, followers, engagement(n, 0, followers) FILTER (WHERE place <= 12) AS e,
	sum(n) FILTER (WHERE place = 13) AS one, sum(n) FILTER (WHERE place > 13) AS ten
FROM post GROUP BY id, followers;
CREATE TABLE norm AS SELECT benchmark(e, followers) AS b FROM profile;

-- Ranges hold what they say; means are those of what came.
SELECT confidence, abs(avg((one BETWEEN (f1).low AND (f1).high)::integer) - confidence::numeric) < .04 AS one,
	abs(avg((ten BETWEEN (f10).low AND (f10).high)::integer) - confidence::numeric) < .04 AS ten,
	abs(avg((ten < (f10).median)::integer) - .5) < .03 AS half, abs(ln(sum((f10).mean) / sum(ten))) < .05 AS mean
FROM (SELECT *, forecast(b, e, followers, 1, confidence) AS f1, forecast(b, e, followers, 10, confidence) AS f10
	FROM profile, norm, unnest('{.5,.9}'::float8[]) AS confidence) AS f GROUP BY confidence ORDER BY 1;

-- Campaigns of ten profiles.
SELECT confidence, abs(avg((came BETWEEN (f).low AND (f).high)::integer) - confidence) < .06 AS held, abs(ln(sum((f).mean) / sum(came))) < .05 AS mean
FROM (SELECT .5 AS confidence, campaign_forecast(b, e, followers, 10, .5) AS f, sum(ten) AS came FROM profile, norm GROUP BY id % 200
	UNION ALL SELECT .9, campaign_forecast(b, e, followers, 10), sum(ten) FROM profile, norm GROUP BY id % 200) AS c
GROUP BY confidence ORDER BY 1;

-- Posts that are skewed, and the more so the smaller a profile is, with half of its
-- variance: means are those of what came, of small and big ones, and of those
-- whose posts seen differ little or much.
CREATE TABLE skewed AS
SELECT id, followers, engagement(n, 0, followers) FILTER (WHERE place <= 8) AS e, var_samp(ln(n + .5)) FILTER (WHERE place <= 8) AS s2,
	sum(n) FILTER (WHERE place > 8)::float8 AS came, ntile(2) OVER (ORDER BY followers) AS size
FROM (SELECT id, place, followers, round(exp(ln(followers) - 2 - .2 * (ln(followers) - 9) + .6 * normal(id, 1)
			+ .9 * (1.4 - share) * (share * normal(id * 100 + place, 2) + sqrt(1 - share ^ 2) * (normal(id * 100 + place, 5) ^ 2 - 1) / sqrt(2))))::bigint AS n
		FROM post, LATERAL (SELECT least(.95, greatest(.7, .8 + .1 * (ln(followers) - 9))) AS share) AS s WHERE place <= 18) AS p
GROUP BY id, followers;
SELECT size, abs(ln(sum((f).mean / usual) / sum(came / usual))) < .06 AS mean, abs(avg((came BETWEEN (f).low AND (f).high)::integer) - .9) < .03 AS held
FROM (SELECT *, forecast(b, e, followers, 10) AS f, followers * expected_rate(b, followers) AS usual FROM skewed, (SELECT benchmark(e, followers) AS b FROM skewed) AS n) AS f
GROUP BY size ORDER BY size;
SELECT differ, abs(ln(sum((f).mean / usual) / sum(came / usual))) < .06 AS mean, abs(avg((came < (f).median)::integer) - .5) < .1 AS half
FROM (SELECT *, ntile(3) OVER (ORDER BY s2 / exp(-.2 * ln(followers))) AS differ, forecast(b, e, followers, 10) AS f, followers * expected_rate(b, followers) AS usual
	FROM skewed, (SELECT benchmark(e, followers) AS b FROM skewed) AS n) AS f
GROUP BY differ ORDER BY differ;
DROP TABLE skewed;

-- A campaign of one profile is that profile; of all, the mean is the sum.
SELECT max(abs(ln((c).low / (f).low))) < .1 AS low, max(abs(ln((c).median / (f).median))) < .05 AS median,
	max(abs(ln((c).high / (f).high))) < .1 AS high, max(abs((c).mean / (f).mean - 1)) < 1e-6 AS mean
FROM (SELECT id, forecast(b, e, followers, 5) AS f, campaign_forecast(b, e, followers, 5) AS c
	FROM profile, norm WHERE id <= 100 GROUP BY id, b, e, followers) AS p;
SELECT abs((campaign_forecast(b, e, followers, 3)).mean / sum((forecast(b, e, followers, 3)).mean) - 1) < 1e-9 AS sum FROM profile, norm;

-- More confidence is wider, more posts are more, and relatively narrower.
SELECT (a).low > (c).low AND (a).high < (c).high AND (a).median = (c).median AS confidence,
	(d).median > 9 * (a).median AND (d).high / (d).low < (a).high / (a).low AS posts
FROM (SELECT forecast(b, e, followers, 1, .5) AS a, forecast(b, e, followers, 1, .99) AS c, forecast(b, e, followers, 10, .5) AS d
	FROM profile, norm WHERE id = 7) AS f;

-- Without posts it is the size's, and wider where no such size was seen.
SELECT followers, round(ln((f).median / followers / expected_rate(b, followers))::numeric, 1) AS off,
	round(ln((f).high / (f).low)::numeric, 1) AS width
FROM (SELECT b, followers, forecast(b, 'posts=0', followers, 1) AS f FROM norm, unnest('{10000,100000,10000000,1000000000}'::bigint[]) AS followers) AS p;

-- Small counts: 0 is in the range.
SELECT (f).low, (f).median <= 1 AS median, (f).high > 0 AS high, round((f).mean::numeric, 1) < 2 AS mean
FROM (SELECT forecast(b, engagement(n % 2, 0, 20), 20, 1) AS f FROM norm, generate_series(1, 4) AS n GROUP BY b) AS f;

-- However sure one wants to be, what brings nothing brings no thousands.
SELECT bool_and((f).high < 100) AS near FROM (SELECT forecast(b, engagement(0 * n, 0, 1), 1, 1, confidence) AS f
	FROM norm, generate_series(1, 100) AS n, unnest('{.9,.999,.999999,.9999999999999999}'::float8[]) AS confidence GROUP BY b, confidence) AS f;

-- Order, at all confidences and numbers of posts, of profiles of all kinds: their
-- likes are the same, or swing a millionfold, or are few, or none.
CREATE TABLE grid AS
SELECT kind, posts, confidence, forecast(b, e, followers, posts, confidence) AS f, campaign_forecast(b, e, followers, posts, confidence) AS c
FROM norm, (SELECT kind, followers, engagement(n, 0, followers) AS e FROM (
		VALUES ('same', 10000, 300), ('same', 10000, 300), ('same', 10000, 300), ('one', 5000, 77), ('swings', 10000, 1), ('swings', 10000, 1000000),
			('swings', 10000, 900000), ('few', 20, 0), ('few', 20, 1), ('none', 3000, 0), ('none', 3000, 0), ('hidden', 9000, NULL)) AS v (kind, followers, n)
		GROUP BY kind, followers) AS p, unnest('{1,2,3,10,100,4000}'::integer[]) AS posts, unnest('{1e-300,.01,.5,.9,.99}'::float8[]) AS confidence
GROUP BY kind, posts, confidence, b, e, followers;
SELECT count(*), bool_and((f).low <= (f).median AND (f).median <= (f).high AND (f).low >= 0) AS forecasts,
	bool_and((c).low <= (c).median AND (c).median <= (c).high AND (c).low >= 0) AS campaigns FROM grid;
SELECT bool_and((m.f).low <= (less.f).low AND (m.f).high >= (less.f).high AND (m.f).median = (less.f).median) AS confidence
FROM grid AS m JOIN grid AS less ON less.kind = m.kind AND less.posts = m.posts AND less.confidence < m.confidence;
SELECT bool_and((m.f).low >= (less.f).low AND (m.f).high >= (less.f).high AND (m.f).median >= (less.f).median AND (m.f).mean > (less.f).mean) AS posts
FROM grid AS m JOIN grid AS less ON less.kind = m.kind AND less.confidence = m.confidence AND less.posts < m.posts;
DROP TABLE grid;

-- Of few posts seen, ten more are as uncertain as the variance of those seen is:
-- ranges hold, too.
SELECT abs(avg((ten BETWEEN (f).low AND (f).high)::integer) - .9) < .02 AS held
FROM (SELECT ten, forecast(b, e, followers, 10) AS f
	FROM (SELECT id, followers, engagement(n, 0, followers) FILTER (WHERE place <= 1 + id % 3) AS e, sum(n) FILTER (WHERE place > 13) AS ten
		FROM post GROUP BY id, followers) AS p, norm) AS f;

-- Averages have no spread of their own.
SELECT (forecast(b, engagement_from_averages(12, 300, 0, 10000), 10000, 1)).median BETWEEN 150 AND 300 AS averages FROM norm;

-- Nothing known is NULL; in a campaign it is left out.
SELECT forecast(b, e, 0, 1) AS nobody, forecast(b, NULL, 1, 1) AS no_summary, forecast('profiles=0', e, followers, 1) AS no_cohort,
	forecast((SELECT benchmark(e, followers) FROM profile WHERE id = 1), e, followers, 1) AS one_profile FROM profile, norm WHERE id = 1;
SELECT campaign_forecast(b, e, followers, 1) FROM profile, norm WHERE false;
SELECT campaign_forecast(b, e, followers, 2) = campaign_forecast(b, CASE WHEN copy = 1 THEN e END, followers, 2) AS left_out
FROM profile, norm, generate_series(1, 2) AS copy WHERE id < 5 AND copy = 1;
SELECT campaign_forecast(b, e, CASE WHEN id = 1 THEN followers END, 2) = campaign_forecast(b, e, followers, 2) FILTER (WHERE id = 1) AS left_out
FROM profile, norm WHERE id < 5;

-- Exact: the state is the same in any order and pieces, and through its text.
CREATE AGGREGATE raw_forecast(engagement_benchmark, engagement_summary, bigint, integer) (
	SFUNC = campaign_forecast_accum, STYPE = campaign_forecast_state, INITCOND = 'profiles=0');
CREATE AGGREGATE merged(campaign_forecast_state) (
	SFUNC = campaign_forecast_combine, STYPE = campaign_forecast_state, INITCOND = 'profiles=0');
SELECT a = d AS order, a = m AS pieces, a::text::campaign_forecast_state = a AS text,
	campaign_forecast_final(a) = f AS final
FROM (SELECT raw_forecast(b, e, followers, 3 ORDER BY id) AS a, raw_forecast(b, e, followers, 3 ORDER BY id DESC) AS d,
		campaign_forecast(b, e, followers, 3) AS f FROM profile, norm) AS x,
	(SELECT merged(p) AS m FROM (SELECT raw_forecast(b, e, followers, 3) AS p FROM profile, norm GROUP BY id % 7) AS p) AS y;

-- Errors
SELECT forecast(b, e, -1, 1) FROM profile, norm WHERE id = 1;
SELECT forecast(b, e, followers, 0) FROM profile, norm WHERE id = 1;
SELECT forecast(b, e, followers, 1000001) FROM profile, norm WHERE id = 1;
SELECT forecast(b, e, followers, 1, 1) FROM profile, norm WHERE id = 1;
SELECT forecast(b, e, followers, 1, 'NaN') FROM profile, norm WHERE id = 1;
SELECT campaign_forecast(b, e, followers, -3) FROM profile, norm WHERE id = 1;
SELECT campaign_forecast(b, e, followers, 1, NULL) FROM profile, norm WHERE id = 1;
SELECT campaign_forecast(b, e, followers, 1, id / 10.0) FROM profile, norm WHERE id < 3;
SELECT campaign_forecast_accum('profiles=0', b, e, followers, 1) FROM profile, norm WHERE id = 1;
SELECT 'profiles=1'::campaign_forecast_state;
SELECT 'mean=1'::campaign_forecast_state;
SELECT 'profiles=1,confidence=8106479329266893,chance_3=5'::campaign_forecast_state;

DROP AGGREGATE raw_forecast(engagement_benchmark, engagement_summary, bigint, integer);
DROP AGGREGATE merged(campaign_forecast_state);
DROP TABLE post, profile, norm;
DROP FUNCTION normal(bigint, bigint);
