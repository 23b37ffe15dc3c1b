-- Does growth_anomalies() find steps, and only those?
--
--	dev/server.sh psql -qX -v daily=daily.csv -v irregular=irregular.csv -f bench/accuracy_growth.sql
--
-- Public series to measure on, which are not part of this repository:
--
--	github.com/mftn-lab/youtube-daily-tracker, youtube_daily_snapshots.csv, is
--	daily.csv as it is: date_utc,channel_id,channel_title,subscribers,views,videos.
--	Subscribers are rounded to three digits, views are exact.
--
--	github.com/decredcommunity/social-media-stats, branch data, made into
--	irregular.csv: account,epoch,count, weekly to monthly, by
--	find accounts -name '*.tsi' | grep -E '/(followers|members|subscribers|likes|watchers|stars).tsi$' |
--		while read f; do sed "s|^|$f,|" "$f"; done
--
-- Steps are put at a random observation of a series and from there on.  The area
-- under the curve is how often a series with a step has a larger z than one
-- without; half where they are equal, as where neither has an anomaly.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS influencer;

CREATE TEMP TABLE daily (at timestamptz, channel text, title text, subscribers bigint, views bigint, videos bigint);
\set load '\\copy daily FROM ' :'daily' ' CSV HEADER'
:load
CREATE TEMP TABLE irregular (account text, epoch bigint, count bigint);
\set load '\\copy irregular FROM ' :'irregular' ' CSV'
:load

CREATE TEMP TABLE series AS
	SELECT *, row_number() OVER (PARTITION BY source, name ORDER BY at) AS place, count(*) OVER (PARTITION BY source, name) AS places
	FROM (SELECT 'subscribers, daily, three digits' AS source, channel AS name, at, subscribers AS count FROM daily
		UNION ALL SELECT 'views, daily, exact', channel, at, views FROM daily
		UNION ALL SELECT 'weekly to monthly', account, to_timestamp(epoch), count FROM irregular) AS s
	WHERE count > 0;
DELETE FROM series WHERE places < 10;
ANALYZE series;

CREATE FUNCTION pg_temp.three_digits(count float8) RETURNS bigint LANGUAGE SQL IMMUTABLE
	RETURN trunc(count::numeric, 2 - floor(log(greatest(count, 1)::numeric))::integer)::bigint;

-- Five steps in each series; part 0 is the series as it is.
CREATE TEMP TABLE scored AS
	SELECT source, part > 0 AS stepped, step, name, part, (SELECT coalesce(max(abs(z)), 0) FROM unnest(anomalies)) AS z
	FROM (SELECT source, step, name, part, growth_anomalies(at, CASE
				WHEN part > 0 AND place > 1 + abs(hashtext(name || part)) % (places - 1) THEN
					CASE WHEN source ~ 'three' THEN pg_temp.three_digits(count * (1 + step)) ELSE round(count * (1 + step))::bigint END
				ELSE count END) AS anomalies
		FROM series, unnest('{.05,.2}'::float8[]) AS step, generate_series(0, 5) AS part
		GROUP BY 1, 2, 3, 4) AS a
	WHERE anomalies IS NOT NULL;

CREATE TEMP VIEW area AS
	SELECT source, step, (sum(rank) FILTER (WHERE stepped) - steps * (steps + 1.0) / 2) / steps / (n - steps) AS area,
		n - steps AS series, avg((z >= 5)::integer) FILTER (WHERE NOT stepped) AS flagged, avg((z >= 5)::integer) FILTER (WHERE stepped) AS found
	FROM (SELECT *, rank() OVER w + (count(*) OVER (PARTITION BY source, step, z) - 1) / 2.0 AS rank,
			count(*) OVER (PARTITION BY source, step) AS n, count(*) FILTER (WHERE stepped) OVER (PARTITION BY source, step) AS steps
		FROM scored WINDOW w AS (PARTITION BY source, step ORDER BY z)) AS r
	GROUP BY source, step, n, steps;
SELECT source, step, series, round(area, 3) AS "area under the curve",
	round(flagged, 3) AS "with an anomaly as they are", round(found, 3) AS "with the step"
FROM area ORDER BY source, step;

-- A purge of 2.5 % that hits every account on one day, and what the median
-- account changed that day, given as cohort_change.
CREATE TEMP TABLE purged AS
	SELECT source, name, at, round(count * CASE WHEN at >= '2026-02-05' THEN .975 ELSE 1 END)::bigint AS count
	FROM series WHERE source ~ 'exact';
CREATE TEMP TABLE changed AS
	SELECT *, count / nullif(lag(count) OVER (PARTITION BY name ORDER BY at), 0)::float8 - 1 AS change FROM purged;
CREATE TEMP TABLE cohort AS
	SELECT at, percentile_cont(.5) WITHIN GROUP (ORDER BY change) AS cohort_change FROM changed GROUP BY at;
\echo
SELECT count(*) AS accounts,
	count(*) FILTER (WHERE EXISTS (SELECT FROM unnest(alone) WHERE at::date = '2026-02-05')) AS "named that day",
	count(*) FILTER (WHERE EXISTS (SELECT FROM unnest(with_cohort) WHERE at::date = '2026-02-05')) AS "with cohort_change",
	count(*) FILTER (WHERE EXISTS (SELECT FROM unnest(unpurged) WHERE at::date = '2026-02-05')) AS "without a purge"
FROM (SELECT name, growth_anomalies(p.at, p.count) AS alone, growth_anomalies(p.at, p.count, cohort_change) AS with_cohort,
		growth_anomalies(p.at, s.count) AS unpurged
	FROM purged AS p JOIN cohort USING (at) JOIN series AS s USING (source, name, at) GROUP BY name) AS a;

-- Who jumped?  2,000 made-up accounts of 60 days, each with a growth and a noise
-- of its own, half of them rounded to three digits; 169 have a step of 15 to 50 %.
SELECT setseed(.5) \g /dev/null
CREATE TEMP TABLE account AS
	SELECT n, n <= 169 AS jumped, 3 + 12 * random() AS log_size, .006 * random() * random() - .0005 AS growth,
		.0003 + .003 * random() * random() AS noise, 5 + (50 * random())::integer AS jump_day, ln(1.15 + .35 * random()) AS jump
	FROM generate_series(1, 2000) AS n;
CREATE TEMP TABLE seen AS
	SELECT n, jumped, '2026-01-01'::timestamptz + day * interval '1 day' AS at,
		CASE WHEN n % 2 = 0 THEN pg_temp.three_digits(exp(size)) ELSE exp(size)::bigint END AS followers
	FROM (SELECT *, 4 + log_size * .8 + growth * day + sum(noise * (random() + random() + random() - 1.5) * 2) OVER (PARTITION BY n ORDER BY day)
			+ CASE WHEN jumped AND day >= jump_day THEN jump ELSE 0 END AS size
		FROM account, generate_series(0, 59) AS day) AS s;
\echo
SELECT count(*) FILTER (WHERE jumped) AS "planted jumps", count(*) FILTER (WHERE jumped AND by_z <= 150) AS "of the first 150 by z",
	count(*) FILTER (WHERE jumped AND by_change <= 150) AS "by change", count(*) FILTER (WHERE jumped AND by_rate <= 150) AS "by growth_rate"
FROM (SELECT n, jumped, row_number() OVER (ORDER BY z DESC NULLS LAST) AS by_z, row_number() OVER (ORDER BY change DESC NULLS LAST) AS by_change,
		row_number() OVER (ORDER BY rate DESC) AS by_rate
	FROM (SELECT n, jumped, growth_rate(growth(at, followers), '1 day') AS rate, growth_anomalies(at, followers) AS a FROM seen GROUP BY n, jumped) AS p,
		LATERAL (SELECT max(z) AS z, max(change) AS change FROM unnest(a)) AS m) AS ranked;
