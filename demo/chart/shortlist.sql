--
-- The shortlist as intervals: what the rate of each candidate is at least and at
-- most, and the place that its mean rate would give it.
--

CREATE VIEW shortlist_row AS
SELECT row_number() OVER (ORDER BY place IS NULL, place, naive_place) AS n, s.*
FROM (
	SELECT place, profile_id, name, label, posts, mean_rate, expected_rate, shrunk_rate, rate_low, rate_high, naive_place
		FROM candidate WHERE place <= 16
	UNION ALL
	SELECT NULL, profile_id, name, label, posts, mean_rate, expected_rate, shrunk_rate, rate_low, rate_high, naive_place FROM naive_leader
) AS s
WHERE rate_low > 0 AND rate_high > 0;

CREATE FUNCTION shortlist_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH frame AS (
		SELECT least(min(rate_low), min(expected_rate), min(nullif(mean_rate, 0))) / 1.15 AS x0,
			greatest(max(rate_high), max(mean_rate)) * 1.15 AS x1, 26 * count(*)::float8 AS h
		FROM shortlist_row
	), placed AS (
		SELECT *, 26 * n - 13 AS y, log_place(rate_low, x0, x1) AS low, log_place(rate_high, x0, x1) AS high,
			log_place(shrunk_rate, x0, x1) AS shrunk, log_place(expected_rate, x0, x1) AS expected, log_place(mean_rate, x0, x1) AS mean
		FROM shortlist_row, frame
	), shown AS (
		SELECT xmlagg(xmlconcat(
			mark_text('rowname end' || CASE WHEN place IS NULL THEN ' warn' ELSE '' END, 0, y + 4, label, -10),
			mark_line('interval' || CASE WHEN place IS NULL THEN ' warn' ELSE '' END, low, y, high, y,
				label || ': between ' || rate_text(rate_low) || ' and ' || rate_text(rate_high)),
			mark_line('expectedtick', expected, y - 6, expected, y + 6, 'expected ' || rate_text(expected_rate)),
			mark_dot('dot mean', mean, y, 3.4, 'mean rate ' || rate_text(mean_rate) || ' on ' || posts || ' posts'),
			mark_dot('dot ' || CASE WHEN place IS NULL THEN 'warnfill' ELSE 'accent' END, shrunk, y, 4.6, 'believed '
				|| rate_text(shrunk_rate)),
			mark_text('naive' || CASE WHEN place IS NULL OR naive_place <= 3 THEN ' strong' ELSE '' END
				|| CASE WHEN place IS NULL THEN ' warn' ELSE '' END,
				1, y + 4, ordinal(naive_place), 8)) ORDER BY n) AS marks
		FROM placed
	), words AS (
		SELECT 'The surest rate is that of ' || first.name || ': at least ' || rate_text(first.rate_low) || ', '
			|| CASE WHEN first.naive_place = 1 THEN 'and it is first by mean rate too'
				ELSE 'and it is only ' || ordinal(first.naive_place) || ' by mean rate' END AS title
		FROM shortlist_row AS first WHERE n = 1
	)
	SELECT figure('shortlist', 'half', w.title,
		'Candidates in the order of the rate that they have at least, with 95 % certainty. '
			|| 'On the right is the place that the mean rate gives them, which most tools rank by'
		|| CASE WHEN EXISTS (SELECT FROM naive_leader) THEN '; below, in orange, who leads by it without being a candidate.' ELSE '.' END,
		CASE WHEN h IS NOT NULL THEN xmlconcat(key_of('bar', 'from at least to at most', 'dot', 'believed', 'ring grey', 'mean rate',
			'tick', 'expected at its size'), picture(w.title, 'A row for each candidate with the range of its rate, the rate believed, '
			|| 'the mean rate and the expected one, and its place by mean rate.', h, 104, 46,
			(SELECT axis_x(array_agg(log_place(t, x0, x1) ORDER BY t), array_agg(percent_text(t, 1) ORDER BY t), h,
				'engagement rate, % of followers, log scale') FROM log_ticks(x0, x1) AS t),
			mark_text('name end', 1, -10, 'by mean rate', 40), shown.marks)) END,
		(SELECT table_of('{Profile,Posts,"Rate at least","Believed","At most","Expected at its size","Mean rate","Place by mean rate"}',
			xmlagg(table_row(name, posts::text, rate_text(rate_low), rate_text(shrunk_rate), rate_text(rate_high), rate_text(expected_rate), rate_text(mean_rate), naive_place::text) ORDER BY n))
		FROM shortlist_row),
		'no candidate has a rate.')
	FROM frame, shown LEFT JOIN words AS w ON true;
END;
