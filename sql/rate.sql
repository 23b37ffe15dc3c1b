--
-- rate: the engagement rate of one post
--
\set SHOW_CONTEXT never

-- A rate is a fraction.  4,067 likes and 176 comments of 157,625 followers are
-- published as 2.69 %.
SELECT engagement_rate(4067, 176, 157625) AS rate,
	percent(engagement_rate(4067, 176, 157625)) AS percent;

-- The two posts of a published example.
SELECT engagement_rate(500, 0, 5000), engagement_rate(2000, 0, 400000);

-- Shares and saves are interactions too; unknown ones count 0, since many
-- platforms have none.
SELECT engagement_rate(10, 5, 1000, 3, 2) AS "all",
	engagement_rate(10, 5, 1000, NULL, 2) AS no_shares,
	engagement_rate(10, 5, 1000, 3, NULL) AS no_saves,
	engagement_rate(10, 5, 1000, NULL, NULL) = engagement_rate(10, 5, 1000) AS same;

-- Unknown is NULL, never 0; over no followers there is no rate.
SELECT engagement_rate(NULL, 5, 1000) AS likes, engagement_rate(10, NULL, 1000) AS comments,
	engagement_rate(10, 5, NULL) AS followers, engagement_rate(10, 5, 0) AS nobody;
SELECT engagement_rate(NULL, 5, 1000, 3, 2) AS likes, engagement_rate(10, NULL, 1000, 3, 2) AS comments,
	engagement_rate(10, 5, NULL, 3, 2) AS followers, engagement_rate(10, 5, 0, 3, 2) AS nobody;
SELECT engagement_rate(0, 0, 1000) AS none, engagement_rate(0, 0, 1000, 0, 0) AS none_of_all;

-- Any counts that bigint holds, without overflow.
SELECT engagement_rate(9223372036854775807, 9223372036854775807, 1) AS two,
	engagement_rate(9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807,
		9223372036854775807) AS four,
	engagement_rate(1, 0, 9223372036854775807) AS little;

-- Smaller integers and named arguments.
SELECT engagement_rate(10::smallint, 5::integer, 1000::bigint),
	engagement_rate(likes => 10, comments => 5, followers => 1000);

-- A negative count is somebody's mark for unknown.  Taken for a count, it
-- would lower a rate unseen.
CREATE FUNCTION pg_temp.failure(likes bigint, comments bigint, shares bigint, saves bigint, followers bigint,
	OUT state text, OUT message text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	IF shares = 0 AND saves = 0 THEN
		message := 'accepted: ' || engagement_rate(likes, comments, followers);
	ELSE
		message := 'accepted: ' || engagement_rate(likes, comments, followers, shares, saves);
	END IF;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
END $$;

SELECT f.* FROM (VALUES
	(-1, 5, 0, 0, 1000), (10, -1, 0, 0, 1000), (10, 5, 0, 0, -1000),
	(-1, 5, 1, 1, 1000), (10, -1, 1, 1, 1000), (10, 5, -1, 1, 1000), (10, 5, 1, -1, 1000),
	(10, 5, 1, 1, -1000), (NULL, 5, -1, 1, 1000)) AS v (l, c, h, s, f),
	pg_temp.failure(l, c, h, s, f) AS f;

-- percent is for display: rounded as written, to any number of digits.
SELECT percent(.026918), percent(.026918, 0), percent(.026918, 4), percent(.5), percent(0), percent(1);
SELECT percent(.00125) AS half_up, percent(-.00125) AS away_from_zero, percent(12.345, -2) AS hundreds;
SELECT percent(NULL) IS NULL AS rate, percent(.5, NULL) IS NULL AS digits;
SELECT percent('NaN'), percent('Infinity'), percent(1e300) = 1e302 AS huge;
SELECT percent(rate => .5, digits => 1);

-- It is inlined, so it costs what the arithmetic costs.
CREATE TABLE rates (rate float8);
EXPLAIN (VERBOSE, COSTS OFF) SELECT percent(rate) FROM rates;
DROP TABLE rates;
