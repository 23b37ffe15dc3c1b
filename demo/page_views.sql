--
-- The three views that the report's pictures are drawn from (doc/report.md), over
-- the demo's tables. Followers, posts and comments are real; what vendors and
-- clients would say is made up, here and in campaign.sql: audiences, fees, ages and
-- the counts of followers over time.
--

CREATE VIEW report_profile AS
SELECT e.profile_id, 'page ' || e.profile_id AS name, e.tier, e.followers, e.engagement, m.maturity
FROM profile_engagement AS e
	LEFT JOIN (
		SELECT profile_id, maturity(make_interval(hours => hours_since_published), comments,
			make_interval(hours => later_hours), later_comments) AS maturity
		FROM post GROUP BY profile_id
	) AS m USING (profile_id);

-- Who comes into question: of the campaign's shortlist, pages whose rate is surely
-- above what is normal for their size.
CREATE VIEW report_candidate AS
SELECT c.profile_id, c.fee, t.on_target, c.audience,
	to_composition(r.report->'countries', 100) AS countries,
	to_composition(jsonb_build_object('13-17', 3 + c.profile_id % 5, '18-24', 19 + c.profile_id % 17,
		'25-34', 30 + c.profile_id % 7, '35-44', 12 + c.profile_id % 6, '45+', 5 + c.profile_id % 4), 100) AS ages,
	to_composition(r.report->'genders', 100) AS genders
FROM candidate AS c
	JOIN audience_report AS r USING (profile_id)
	JOIN target_share AS t USING (profile_id)
	JOIN profile_rank AS k USING (profile_id)
WHERE k.rate_low > k.shrunk_rate / k.lift; -- what is expected at its size

-- A hundred days of each candidate, to its real count on the last: steady growth,
-- and a page that bought followers, of whom half were removed later.
CREATE VIEW report_snapshot AS
SELECT profile_id, timestamptz '2015-03-01 00:00+00' + make_interval(days => day) AS observed_at,
	round(followers * exp(0.0006 * (day - 100)) + 0.0004 * followers * (day * 7919 % 7 - 3)
		+ CASE WHEN profile_id = 454 AND day >= 38 THEN 0.07 * followers * CASE WHEN day >= 71 THEN 0.5 ELSE 1 END ELSE 0 END
		- CASE WHEN profile_id = 454 THEN 0.035 * followers ELSE 0 END)::bigint AS followers
FROM shortlist, generate_series(0, 100) AS day;
