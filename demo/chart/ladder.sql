--
-- The tier ladder: a row for each tier, and in it profiles and posts as bars, the
-- rate as a dot on a scale of its own.
--

CREATE FUNCTION ladder_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH scale AS (
		SELECT max(profiles) AS profiles, max(posts) AS posts, min(median_rate) FILTER (WHERE rated >= 5) / 1.5 AS low,
			max(median_rate) FILTER (WHERE rated >= 5) * 1.5 AS high, 44 * count(*) AS height
		FROM ladder
	), placed AS (
		SELECT *, 44 * (row_number() OVER (ORDER BY tier) - 1) AS y FROM ladder
	), shown AS (
		SELECT xmlagg(xmlconcat(
			mark_line('grid', 0, y + 38, 1, y + 38),
			mark_text('rowname end', 0, y + 24, p.tier::text, -10),
			mark_text('value', 0, y + 16, count_text(p.profiles)),
			mark_bar('bar quiet', 0, y + 21, 0.26 * p.profiles / s.profiles, 9, p.tier || ': ' || count_text(p.profiles) || ' profiles'),
			mark_text('value', 0.34, y + 16, count_text(p.posts)),
			mark_bar('bar quiet', 0.34, y + 21, 0.26 * p.posts / nullif(s.posts, 0), 9, p.tier || ': ' || count_text(p.posts) || ' posts'),
			CASE WHEN rated < 5 THEN mark_text('note', 0.68, y + 24, 'too few to say')
			ELSE xmlconcat(mark_text('value strong', 0.68, y + 16, rate_text(median_rate)),
				mark_line('track', 0.68, y + 26, 1, y + 26),
				mark_dot('dot accent', 0.68 + 0.32 * log_place(median_rate, s.low, s.high), y + 26, 5,
					p.tier || ': ' || rate_text(median_rate))) END) ORDER BY p.tier) AS marks
		FROM placed AS p, scale AS s
	), words AS (
		SELECT CASE WHEN slope(norm) < 0
			THEN 'The smaller the profile, the busier its people: ten times the followers have '
				|| round(power(10, slope(norm))::numeric, 2) || ' times the rate'
			ELSE 'Rates do not fall with size here: ten times the followers have '
				|| round(power(10, slope(norm))::numeric, 2) || ' times the rate' END AS title
		FROM norm
	)
	SELECT figure('ladder', 'half', w.title,
		'Profiles and posts of each tier, and the typical engagement rate of its median profile: interactions of a post per follower. The dots are on a log scale. '
		|| 'A tier with fewer than five profiles that have posts has no rate.',
		picture(w.title, 'A row for each tier with its number of profiles, of posts, and its median engagement rate.', s.height, 66, 12,
			mark_text('name', 0, -10, 'profiles'), mark_text('name', 0.34, -10, 'posts'),
			mark_text('name', 0.68, -10, 'rate, %'), shown.marks),
		(SELECT table_of('{Tier,Profiles,"Smallest, followers","Largest, followers",Posts,Median rate}',
			xmlagg(table_row(tier::text, count_text(profiles), count_text(smallest), count_text(largest), count_text(posts), rate_text(median_rate)) ORDER BY tier))
		FROM ladder),
		'no profile has a tier.')
	FROM scale AS s, shown, words AS w;
END;
