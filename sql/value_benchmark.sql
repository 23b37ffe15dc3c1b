-- Fees by followers; the same by hand in plain SQL
CREATE TABLE quote (id integer PRIMARY KEY, followers bigint, fee numeric);
INSERT INTO quote VALUES (1, 12000, 150), (2, 20000, 180), (3, 35000, 420), (4, 48000, 390), (5, 150000, 1900), (6, 900000, 6000),
	(7, NULL, 100), (8, 1000, NULL), (9, 0, 100), (10, 5000, 0);
CREATE TABLE fit AS SELECT size_benchmark(fee::float8, followers) AS s FROM quote;

SELECT profiles(s), round(slope(s)::numeric, 8) AS slope, round(expected_value(s, 60000)::numeric, 4) AS expected,
	round(value_low(s, 60000)::numeric, -1) AS low, round(value_high(s, 60000)::numeric, -1) AS high,
	round(value_ratio(s, 500, 60000)::numeric, 6) AS ratio, round(value_percentile(s, 500, 60000)::numeric, 6) AS percentile
FROM fit;
-- 2.131847 is Student's t with 4 degrees of freedom, at 95 %; its distribution there is 1/2 + (sin + sin cos^2 / 2) / 2
WITH line AS (
	SELECT regr_slope(y, x) AS b, regr_intercept(y, x) AS a, avg(x) AS x, count(*) AS n, regr_sxx(y, x) AS sxx,
		(regr_syy(y, x) - regr_sxy(y, x) ^ 2 / regr_sxx(y, x)) / (count(*) - 2) AS residual
	FROM (SELECT ln(fee::float8) AS y, ln(followers::float8) AS x FROM quote WHERE id <= 6) AS q),
	at AS (SELECT b, a + b * ln(60000::float8) AS y, sqrt(residual * (1 + 1.0 / n + (ln(60000::float8) - x) ^ 2 / sxx)) AS d FROM line),
	score AS (SELECT *, atan((ln(500) - y) / d / 2) AS angle FROM at)
SELECT round(b::numeric, 8) AS slope, round(exp(y)::numeric, 4) AS expected, round(exp(y - 2.131847 * d)::numeric, -1) AS low,
	round(exp(y + 2.131847 * d)::numeric, -1) AS high, round((500 / exp(y))::numeric, 6) AS ratio,
	round((0.5 + (sin(angle) + sin(angle) * cos(angle) ^ 2 / 2) / 2)::numeric, 6) AS percentile FROM score;

-- The percentile of a bound is its probability
SELECT freedom, round(value_percentile(s, value_low(s, 500, c), 500)::numeric, 4) AS low, round(value_percentile(s, value_high(s, 500, c), 500)::numeric, 4) AS high
FROM unnest('{1,2,5,30,2500}'::integer[]) AS freedom, unnest('{0.9}'::float8[]) AS c,
	LATERAL (SELECT size_benchmark(100 + i * 7 % 31, 1000 * i) AS s FROM generate_series(1, freedom + 2) AS i) AS q
ORDER BY freedom;

-- Merged, taken away, as a window, as text
SELECT a + b = s AS merged, s - a = b AS difference, s::text::value_benchmark = s AS text, s
FROM fit, (SELECT size_benchmark(fee::float8, followers) FILTER (WHERE id < 3) AS a, size_benchmark(fee::float8, followers) FILTER (WHERE id >= 3) AS b FROM quote) AS p;
SELECT sum(part) = s AS merged FROM fit, (SELECT size_benchmark(fee::float8, followers) AS part FROM quote GROUP BY id % 3) AS p GROUP BY s;
SELECT bool_and(moved = afresh) AS moving FROM (SELECT id, size_benchmark(fee::float8, followers) OVER (ORDER BY id ROWS 2 PRECEDING) AS moved FROM quote) AS m
	JOIN LATERAL (SELECT size_benchmark(fee::float8, followers) AS afresh FROM quote AS q WHERE q.id BETWEEN m.id - 2 AND m.id) AS a ON true;

-- Cohorts that say little
CREATE FUNCTION figures(s value_benchmark, OUT n bigint, OUT slope float8, OUT expected numeric, OUT low float8, OUT pct float8)
LANGUAGE SQL RETURN (profiles(s), slope(s), round(expected_value(s, 1000)::numeric, 4), value_low(s, 1000), value_percentile(s, 50, 1000));
SELECT f.* FROM figures('values=0') AS f;
SELECT f.* FROM (SELECT size_benchmark(40, 500) AS s) AS b, figures(s) AS f;
SELECT f.n, f.slope, f.expected, f.low > 0 AS low, f.pct FROM (SELECT size_benchmark(v, 500) AS s FROM unnest('{40,60}'::float8[]) AS v) AS b, figures(s) AS f;
SELECT f.* FROM (SELECT size_benchmark(50, 500 * i) AS s FROM generate_series(1, 4) AS i) AS b, figures(s) AS f;
SELECT value_percentile(s, 0, 1000), value_ratio(s, 0, 1000), expected_value(s, 0), expected_value(s, NULL), value_low(s, 1000, NULL) FROM fit;

-- What is not a value
SELECT size_benchmark(-1, 1000);
SELECT size_benchmark('NaN', 1000);
SELECT size_benchmark('Infinity', 1000);
SELECT size_benchmark(1e-300, 1000);
SELECT size_benchmark(1, -1);
SELECT expected_value(s, -1) FROM fit;
SELECT value_ratio(s, -1, 1000) FROM fit;
SELECT value_low(s, 1000, 90) FROM fit;
SELECT 'values=1'::value_benchmark;
SELECT 'values=0,logs=1'::value_benchmark;
SELECT regexp_replace(s::text, 'products=\d+', 'products=1')::value_benchmark FROM fit;
SELECT s - size_benchmark(fee::float8, 7 * followers) FROM fit, quote WHERE id = 1 GROUP BY s;

SELECT typlen, typalign, typstorage FROM pg_type WHERE typname = 'value_benchmark';
DROP TABLE fit, quote;
DROP FUNCTION figures;
