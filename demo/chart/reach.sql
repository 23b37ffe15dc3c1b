--
-- Reach against engagement, both on log scales: every profile, what is expected of
-- its size, and the candidates. Beside it their tier enlarged.
--

-- At most so many dots are drawn of others; more say no more, and fill the page.
CREATE VIEW drawn_profile AS
SELECT r.*, c.place, p.pick
FROM (
	SELECT *, row_number() OVER (ORDER BY md5(profile_id), profile_id) AS n
	FROM profile_rate WHERE typical_rate > 0 AND followers > 0
) AS r
	LEFT JOIN candidate AS c ON c.profile_id = r.profile_id
	LEFT JOIN plan AS p ON p.profile_id = r.profile_id
WHERE r.n <= 1500 OR c.place IS NOT NULL;

CREATE FUNCTION profile_hint(name text, followers bigint, posts bigint, typical_rate float8) RETURNS text
IMMUTABLE PARALLEL SAFE
RETURN name || ': ' || count_text(followers) || ' followers, typically ' || rate_text(typical_rate)
	|| ' on ' || posts_text(posts);

-- Followers from left to right and rates upwards, both logarithmic.
CREATE FUNCTION reach_axes(x_low float8, x_high float8, y_low float8, y_high float8, height float8) RETURNS xml
IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT xmlconcat(
		(SELECT axis_x(array_agg(log_place(t, x_low, x_high) ORDER BY t), array_agg(axis_text(t) ORDER BY t), height, 'followers')
		FROM log_ticks(x_low, x_high) AS t),
		(SELECT axis_y(array_agg(height * (1 - log_place(t, y_low, y_high)) ORDER BY t), array_agg(percent_text(t, 1) ORDER BY t), 62,
			'typical engagement rate, % of followers')
		FROM log_ticks(y_low, y_high) AS t));
END;

-- The expected line and its band within a frame, x and y logarithmic.
CREATE FUNCTION band_marks(x_low float8, x_high float8, y_low float8, y_high float8, height float8) RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH point AS (
		SELECT log_place(followers, x_low, x_high) AS x, height * (1 - log_place(expected_rate, y_low, y_high)) AS y,
			height * (1 - log_place(band_low, y_low, y_high)) AS low,
			height * (1 - log_place(band_high, y_low, y_high)) AS high, followers
		FROM expected_band
	)
	SELECT xmlconcat(
		mark_path('band', array_agg(x ORDER BY followers) || array_agg(x ORDER BY followers DESC),
			array_agg(high ORDER BY followers) || array_agg(low ORDER BY followers DESC), height),
		mark_path('expected', array_agg(x ORDER BY followers), array_agg(y ORDER BY followers), height))
	FROM point;
END;

CREATE FUNCTION reach_picture(title text) RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH frame AS (
		SELECT min(followers) / 1.3::float8 AS x0, max(followers) * 1.3 AS x1,
			min(typical_rate) / 1.5 AS y0, max(typical_rate) * 1.5 AS y1, 430::float8 AS h
		FROM drawn_profile
	), dots AS (
		SELECT xmlagg(mark_dot(CASE WHEN place IS NOT NULL THEN 'dot accent' WHEN posts < 3 THEN 'dot few' ELSE 'dot other' END,
			log_place(followers, x0, x1), h * (1 - log_place(typical_rate, y0, y1)), CASE WHEN place IS NULL THEN 2.4 ELSE 3.6 END,
			profile_hint(name, followers, posts, typical_rate)) ORDER BY place IS NOT NULL, posts >= 3, n) AS marks
		FROM drawn_profile, frame
	)
	SELECT picture(title, 'A cloud of dots, one for each profile, by followers from left to right and by engagement rate from bottom to top, '
		|| 'with the line of what is expected at each size and a band around it. The tier of the candidates is marked.', h, 62, 14,
		(SELECT xmlconcat(mark_bar('zone', log_place(smallest, x0, x1), 0, log_place(largest, x0, x1) - log_place(smallest, x0, x1), h),
			mark_text('zonename mid', (log_place(smallest, x0, x1) + log_place(largest, x0, x1)) / 2, 14, tiers)) FROM candidate_tier),
		reach_axes(x0, x1, y0, y1, h), band_marks(x0, x1, y0, y1, h), dots.marks)
	FROM frame, dots;
END;

-- The candidates' tier: all its profiles, candidates with what their rate is at
-- least and at most, the picks with their names, and who else seems to lead.
CREATE FUNCTION tier_picture(title text) RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH near AS (
		SELECT d.*, l.profile_id IS NOT NULL AS naive
		FROM drawn_profile AS d LEFT JOIN naive_leader AS l ON l.profile_id = d.profile_id
		WHERE d.tier IN (SELECT tier FROM candidate)
	), frame AS (
		SELECT min(followers) / 1.08::float8 AS x0, max(followers) * 1.08 AS x1,
			least(min(typical_rate), min(rate_low) FILTER (WHERE place IS NOT NULL)) / 1.4 AS y0,
			greatest(max(typical_rate), max(rate_high) FILTER (WHERE place IS NOT NULL)) * 1.4 AS y1, 430::float8 AS h
		FROM near
	), placed AS (
		SELECT *, log_place(followers, x0, x1) AS x, h * (1 - log_place(typical_rate, y0, y1)) AS y,
			h * (1 - log_place(rate_low, y0, y1)) AS low, h * (1 - log_place(rate_high, y0, y1)) AS high
		FROM near, frame
	), others AS (
		SELECT xmlagg(mark_dot(CASE WHEN posts < 3 THEN 'dot few' ELSE 'dot other' END, x, y, 3,
			profile_hint(name, followers, posts, typical_rate)) ORDER BY n) AS marks
		FROM placed WHERE place IS NULL AND NOT naive
	), naive AS (
		SELECT xmlagg(xmlconcat(mark_dot('dot naive', x, y, 4.5, profile_hint(name, followers, posts, typical_rate)),
			mark_text('mark warn' || CASE WHEN x > 0.8 THEN ' end' WHEN x > 0.2 THEN ' mid' ELSE '' END, x, y - 10,
				label || ', ' || posts_text(posts))) ORDER BY n) AS marks
		FROM placed WHERE naive
	), candidates AS (
		SELECT xmlagg(xmlconcat(mark_line('interval' || CASE WHEN pick IS NULL THEN ' soft' ELSE '' END, x, high, x, low,
				label || ': between ' || rate_text(rate_low) || ' and ' || rate_text(rate_high)),
			mark_dot('dot accent', x, y, CASE WHEN pick IS NULL THEN 3.6 ELSE 6 END, profile_hint(name, followers, posts, typical_rate)),
			CASE WHEN pick IS NOT NULL THEN mark_text('mark accent strong' || CASE WHEN leftwards THEN ' end' ELSE '' END, x, y + 4, label,
				CASE WHEN leftwards THEN -11 ELSE 11 END) END) ORDER BY pick IS NOT NULL, place) AS marks
		FROM (
			-- the names of two picks that are near each other go to different sides
			SELECT *, coalesce(lead(x) OVER near_by - x < 0.15, false) OR (x > 0.7 AND coalesce(x - lag(x) OVER near_by >= 0.15, true)) AS leftwards
			FROM placed WHERE place IS NOT NULL
			WINDOW near_by AS (PARTITION BY pick IS NULL ORDER BY x, place)
		) AS p
	)
	SELECT picture(title, 'The same for the tier of the candidates alone. Candidates have a vertical line from what their rate is at least to what it is at most; '
		|| 'the picks of the plan have names, and so have profiles that lead by mean rate on few posts.', h, 62, 14,
		reach_axes(x0, x1, y0, y1, h), band_marks(x0, x1, y0, y1, h), others.marks, naive.marks, candidates.marks)
	FROM frame, others, naive, candidates;
END;

CREATE FUNCTION reach_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH words AS (
		SELECT 'What a rate is worth depends on size: ' || coalesce(tiers || ' ', '') || 'profiles above the line are better than normal' AS title,
			'Each dot is a profile: how many follow it, and what share of them its posts typically bring to react. A rate that is measured on one or two posts is mostly luck. '
			|| count_text(seen - rated) || ' of ' || count_text(seen) || ' profiles have no posts or no interactions, and so no dot'
			|| CASE WHEN drawn < rated THEN '; of the others, ' || count_text(drawn) || ' are drawn.' ELSE '.' END AS lead
		FROM candidate_tier,
			(SELECT count(*) AS seen, count(*) FILTER (WHERE typical_rate > 0 AND followers > 0) AS rated FROM profile_rate) AS r,
			(SELECT count(*) AS drawn FROM drawn_profile) AS d
	)
	SELECT figure('reach', 'wide', w.title, w.lead,
		CASE WHEN EXISTS (SELECT FROM drawn_profile) THEN xmlconcat(
			key_of('line', 'expected at this size', 'area', 'where nine of ten are in the long run', 'dot grey', 'a profile', 'ring grey', 'on one or two posts',
				'dot', 'a candidate, with the range of its rate; the picks are named', 'ring warn', 'leads by mean rate, but is no candidate'),
			xmlelement(NAME div, xmlattributes('pair' AS class),
				xmlelement(NAME div, xmlelement(NAME h3, 'All profiles'), reach_picture('All profiles, by followers and engagement rate')),
				CASE WHEN tiers IS NOT NULL THEN
					xmlelement(NAME div, xmlelement(NAME h3, 'The tier of the candidates: ' || tiers), tier_picture('The tier of the candidates, by followers and engagement rate')) END)) END,
		xmlconcat(
			(SELECT table_of('{"Profile","Followers","Posts","Typical rate","Expected at its size","At least","At most"}',
				xmlagg(table_row(name, count_text(followers), posts::text, rate_text(typical_rate), rate_text(expected_rate), rate_text(rate_low), rate_text(rate_high)) ORDER BY place))
			FROM candidate),
			(SELECT table_of('{"Followers","Expected rate","Band from","Band to"}',
				xmlagg(table_row(count_text(followers), rate_text(expected_rate), rate_text(band_low), rate_text(band_high)) ORDER BY followers))
			FROM (SELECT *, row_number() OVER (ORDER BY followers) AS n FROM expected_band) AS b WHERE n % 10 = 1)),
		'there are no profiles with posts.')
	FROM words AS w, candidate_tier;
END;
