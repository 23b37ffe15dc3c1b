--
-- Maturity curves against a chain ladder in plain SQL and numeric, against a
-- curve that is known, the same bytes in any order, and hostile input.
--
BEGIN;
SELECT plan(19);
SELECT setseed(.31);

-- Posts that collect up to log-normal totals by a known curve, seen by chance,
-- on three platforms: often while fresh, hourly, and once and a month later.
CREATE FUNCTION share_of(hours float8) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN 1 - exp(-power(hours / 15, .6));
CREATE TABLE post AS
SELECT n, n % 3 AS platform, exp(8 + random() + random() + random()) AS total FROM generate_series(1, 6000) AS n;
CREATE TABLE pair AS
SELECT n, platform, make_interval(secs => round(a * 3600)) AS a, round(total * share_of(a))::bigint AS x,
	make_interval(secs => round(b * 3600)) AS b, round(total * share_of(b))::bigint AS y
FROM (SELECT *, a + CASE platform WHEN 0 THEN 24 * random() WHEN 1 THEN 1 + random() / 10 ELSE 700 END AS b
	FROM (SELECT *, CASE platform WHEN 2 THEN 1 + 71 * random() ELSE exp(ln(.3) + random() * ln(500)) END AS a FROM post) AS p) AS ages;
INSERT INTO pair VALUES (0, 0, '5 h', 7, '5 h', 9), (0, 0, NULL, 1, '1 h', 2), (0, 0, '1 h', NULL, '2 h', 2);
CREATE TABLE fitted AS SELECT platform, maturity(a, x, b, y) AS m FROM pair GROUP BY platform;

-- The same in numeric.  Classes are factors of sqrt(2) from a minute; place is twice log2 of the minutes.
CREATE FUNCTION pg_temp.place(age interval) RETURNS numeric LANGUAGE sql IMMUTABLE
RETURN 2 * ln(greatest(extract(epoch FROM age) / 60, 1)) / ln(2::numeric);
CREATE TABLE cell AS
SELECT platform, floor(pg_temp.place(a))::integer AS i, floor(pg_temp.place(b))::integer AS j, count(*) AS pairs, sum(x) AS x, sum(y) AS y,
	sum(y * pg_temp.place(a)) / sum(y) AS a, sum(y * pg_temp.place(b)) / sum(y) AS b, min(a) AS youngest, max(b) AS oldest
FROM pair WHERE a < b AND x IS NOT NULL GROUP BY 1, 2, 3;
CREATE TABLE knot (platform integer, at numeric, log_share numeric, PRIMARY KEY (platform, at));
CREATE FUNCTION pg_temp.log_share(p integer, place numeric) RETURNS numeric LANGUAGE sql AS $$
	SELECT l.log_share + (place - l.at) * (h.log_share - l.log_share) / (h.at - l.at)
	FROM (SELECT at, log_share, lead(at) OVER w AS next FROM knot WHERE platform = p WINDOW w AS (ORDER BY at)) AS l
		JOIN knot AS h ON h.platform = p AND h.at = l.next
	WHERE place < h.at OR h.at = (SELECT max(at) FROM knot WHERE platform = p) ORDER BY l.at LIMIT 1 $$;
-- What the later counts of class i come to at its ages, for a slope below the last knot.
CREATE FUNCTION pg_temp.expected(p integer, class integer, knot_at numeric, knot_share numeric, knots bigint, slope numeric) RETURNS numeric LANGUAGE sql AS $$
	SELECT sum(y * exp(CASE WHEN b > knot_at THEN knot_share - slope * (knot_at - a) - CASE WHEN knots > 1 THEN pg_temp.log_share(p, b) ELSE 0 END
		ELSE -slope * (b - a) END)) FROM cell WHERE platform = p AND i = class $$;
CREATE FUNCTION pg_temp.climb_down(p integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	class integer;
	k knot;
	n bigint;
	low numeric;
	high numeric;
BEGIN
	INSERT INTO knot SELECT p, max(pg_temp.place(oldest)), 0 FROM cell WHERE platform = p;
	FOR class IN SELECT DISTINCT i FROM cell WHERE platform = p ORDER BY i DESC LOOP
		SELECT * INTO k FROM knot WHERE platform = p ORDER BY at LIMIT 1;
		SELECT count(*) INTO n FROM knot WHERE platform = p;
		low := -20;
		high := 20;
		FOR step IN 1 .. 40 LOOP
			IF pg_temp.expected(p, class, k.at, k.log_share, n, (low + high) / 2) > (SELECT sum(x) FROM cell WHERE platform = p AND i = class) THEN
				low := (low + high) / 2;
			ELSE
				high := (low + high) / 2;
			END IF;
		END LOOP;
		INSERT INTO knot SELECT p, at, k.log_share - low * (k.at - at)
		FROM (SELECT sum(y * a) / sum(y) AS at FROM cell WHERE platform = p AND i = class) AS c;
	END LOOP;
END $$;
SELECT pg_temp.climb_down(p) FROM generate_series(0, 2) AS p;

SELECT cmp_ok((SELECT min(n) FROM (SELECT count(*) AS n FROM knot GROUP BY platform) AS k), '>', 9::bigint, 'there is something to test');
SELECT is_empty($$ SELECT * FROM fitted JOIN (SELECT platform, sum(pairs) AS n, min(youngest) AS first, max(oldest) AS last FROM cell GROUP BY 1) AS e USING (platform)
	WHERE (pairs(m), extract(epoch FROM first_age(m)), extract(epoch FROM last_age(m))) IS DISTINCT FROM (n::bigint, extract(epoch FROM first), extract(epoch FROM last)) $$, 'pairs, first and last age');
SELECT is_empty($$ SELECT platform, hours, matured_share(m, make_interval(secs => hours * 3600)) AS share, exp(pg_temp.log_share(platform, 2 * ln(hours * 60) / ln(2::numeric))) AS expected
	FROM fitted, unnest('{.3,.5,1,1.5,2,3,4,6,8,10,12,18,24,36,48,60,72,90,120,500}'::numeric[]) AS hours
	WHERE matured_share(m, make_interval(secs => hours * 3600)) IS NOT NULL AND hours > (CASE platform WHEN 2 THEN 1.3 ELSE .5 END)
		AND abs(matured_share(m, make_interval(secs => hours * 3600)) / exp(pg_temp.log_share(platform, 2 * ln(hours * 60) / ln(2::numeric)))::float8 - 1) > 1e-3 $$,
	'a chain ladder in numeric');
-- The curve that made the counts: within what straight lines between classes allow;
-- a hundred steps of an hour each add up to more.
SELECT is_empty($$ SELECT platform, hours, matured_share(m, age) AS share, share_of(hours) / share_of(extract(epoch FROM last_age(m)) / 3600) AS truth
	FROM fitted, unnest('{1.5,2,3,6,12,24,48,72}'::float8[]) AS hours, make_interval(secs => hours * 3600) AS age
	WHERE abs(ln(matured_share(m, age) / (share_of(hours) / share_of(extract(epoch FROM last_age(m)) / 3600)))) > CASE platform WHEN 1 THEN .07 ELSE .03 END $$, 'the curve that made the counts');
SELECT is_empty($$ SELECT * FROM fitted, unnest(ARRAY[first_age(m) - interval '1 s', last_age(m) + interval '1 s', '10 years']) AS age WHERE matured_share(m, age) IS NOT NULL $$, 'ages that were never seen');
SELECT is_empty($$ SELECT * FROM fitted WHERE matured_share(m, last_age(m)) <> 1 OR matured_share(m, first_age(m)) IS NULL $$, 'the ends');
-- Any pair alone says its ratio, whatever its ages.
CREATE FUNCTION pg_temp.curve(interval, bigint, interval, bigint) RETURNS maturity_curve LANGUAGE sql AS 'SELECT maturity($1, $2, $3, $4)';
SELECT is_empty($$ SELECT * FROM pair, LATERAL pg_temp.curve(a, x, b, y) AS m
	WHERE x > 0 AND b > a + interval '1 min' AND abs(matured_share(m, a) / (x::float8 / y) - 1) > 1e-9 $$, 'one pair is its ratio');

-- the same bytes in any order, from parts, and in parallel
SELECT is((SELECT maturity_curve_send(maturity(a, x, b, y ORDER BY random())) FROM pair), (SELECT maturity_curve_send(maturity(a, x, b, y)) FROM pair), 'any order');
SELECT is((SELECT maturity_curve_send(sum(m ORDER BY random())) FROM (SELECT maturity(a, x, b, y) AS m FROM pair GROUP BY n % 100) AS s),
	(SELECT maturity_curve_send(maturity(a, x, b, y)) FROM pair), 'a sum of parts');
SELECT is_empty('SELECT * FROM fitted AS a, fitted AS b WHERE a.m + b.m <> b.m + a.m', 'addition commutes');
SELECT is_empty('SELECT * FROM fitted WHERE maturity_curve_send(m::text::maturity_curve) <> maturity_curve_send(m)', 'text reads back');
CREATE TABLE weekly AS SELECT n, maturity(a, x, b, y) OVER (ORDER BY n ROWS 20 PRECEDING) AS m FROM pair WHERE n < 300;
SELECT is_empty($$ SELECT * FROM weekly AS w WHERE n % 50 = 0 AND m <> (SELECT maturity(a, x, b, y) FROM (SELECT * FROM pair WHERE n BETWEEN w.n - 20 AND w.n AND n < 300) AS p)
	AND n > 20 $$, 'in a window');

-- bytes read back, or are refused
CREATE TABLE file (path text);
INSERT INTO file SELECT current_setting('data_directory') || '/influencer_maturity.data';
CREATE TABLE bytes_of (m maturity_curve);
CREATE FUNCTION pg_temp.outcome(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	share float8;
BEGIN
	TRUNCATE bytes_of;
	EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', bytes, (SELECT path FROM file));
	EXECUTE format('COPY bytes_of FROM %L (FORMAT binary)', (SELECT path FROM file));
	FOR share IN SELECT matured_share(m, make_interval(hours => h)) FROM bytes_of, generate_series(0, 200, 7) AS h LOOP
		IF share = 'NaN' OR share <= 0 OR share = 'infinity' THEN
			RETURN 'absurd';
		END IF;
	END LOOP;
	RETURN CASE WHEN (SELECT maturity_curve_send(m) = bytes AND maturity_curve_send(m::text::maturity_curve) = bytes FROM bytes_of) THEN 'read back' ELSE 'changed' END;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE good AS SELECT maturity_curve_send(m) AS bytes FROM fitted WHERE platform = 0;
SELECT is((SELECT pg_temp.outcome(bytes) FROM good), 'read back', 'bytes that were sent');
SELECT is_empty($$ SELECT name FROM good, LATERAL (VALUES ('version', set_byte(bytes, 0, 2)), ('reserved', set_byte(bytes, 1, 1)), ('cells', set_byte(bytes, 3, 1)),
	('cut short', substr(bytes, 1, length(bytes) - 1)), ('too long', bytes || '\x00'), ('nothing', ''::bytea), ('class', set_byte(bytes, 11, 80)),
	('pairs', set_byte(bytes, 20, 255)), ('order', substr(bytes, 1, 4) || substr(bytes, 93, 88) || substr(bytes, 5, 88) || substr(bytes, 181))) AS v (name, bad)
	WHERE pg_temp.outcome(bad) NOT IN ('22P03', '08P01') $$, 'malformed bytes are refused');
SELECT is_empty($$ SELECT * FROM (SELECT pg_temp.outcome(set_byte(bytes, (random() * (length(bytes) - 1))::int, (random() * 255)::int)) AS state
	FROM good, generate_series(1, 400)) AS t WHERE state NOT IN ('read back', '22P03') $$, 'one byte changed: read, or refused as such');

-- errors
SELECT throws_ok($$ SELECT maturity('1 h', 1, '30 min', 2) $$, '22023', NULL, 'later before earlier');
SELECT throws_ok($$ SELECT maturity('-1 day', 1, '30 min', 2) $$, '22023', NULL, 'a negative age');
SELECT throws_ok($$ SELECT maturity('1 h', -1, '2 h', 2) $$, '22023', NULL, 'a negative count');
CREATE FUNCTION pg_temp.age_error(age text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM matured_share('{}', age::interval);
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT is_empty($$ SELECT * FROM unnest(ARRAY['-1 us', '1 month -31 days', '-178000000 years', '178000000 years', '292278 years', '2147483647 months 2147483647 days 100000000 h'] ||
	CASE WHEN current_setting('server_version_num')::int >= 170000 THEN ARRAY['infinity', '-infinity'] ELSE '{}' END) AS age
	WHERE pg_temp.age_error(age) IS DISTINCT FROM '22023' $$, 'ages that can''t be');

SELECT * FROM finish();
ROLLBACK;
