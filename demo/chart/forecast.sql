--
-- What one post of each pick will bring, as a range, and all of them together.
--

CREATE FUNCTION forecast_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH line AS (
		SELECT *, (26 * row_number() OVER (ORDER BY pick) - CASE WHEN pick IS NULL THEN 1 ELSE 13 END)::float8 AS y
		FROM plan_forecast WHERE coalesce(pick, 0) <= 16
	), frame AS (
		SELECT least(min(low) FILTER (WHERE low > 0), min(median) FILTER (WHERE median > 0), min(high) FILTER (WHERE high > 0)) / 1.15 AS x0,
			greatest(max(high), max(mean)) * 1.15 AS x1, max(y) + 13 AS h
		FROM line
	), placed AS ( -- what is 0 stands at the left edge
		SELECT *, coalesce(log_place(low, x0, x1), 0) AS at_low, coalesce(log_place(median, x0, x1), 0) AS at_median,
			coalesce(log_place(high, x0, x1), 0) AS at_high, coalesce(log_place(mean, x0, x1), 0) AS at_mean,
			CASE WHEN pick IS NULL THEN ' strong' ELSE '' END AS weight
		FROM line, frame WHERE x0 IS NOT NULL
	), shown AS (
		SELECT xmlagg(xmlconcat(
			mark_text('rowname end' || weight, 0, y + 4, label, -10),
			mark_line('interval' || weight, at_low, y, at_high, y, label || ': between ' || count_text(low) || ' and ' || count_text(high)),
			mark_dot('dot mean', at_mean, y, 3.4, 'on average ' || count_text(mean)),
			mark_dot('dot accent', at_median, y, 4.6, label || ': median ' || count_text(median)),
			mark_text('value' || weight, 1, y + 4, count_text(median), 8)) ORDER BY pick) AS marks
		FROM placed
	), words AS (
		SELECT CASE count(pick) WHEN 1 THEN 'One post of the pick' ELSE 'One post of each pick, together,' END
				|| ' will bring ' || count_text(max(low) FILTER (WHERE pick IS NULL)) || ' to ' || count_text(max(high) FILTER (WHERE pick IS NULL))
				|| ' interactions, nine of ten times' AS title,
			'The range holds what comes nine of ten times; half of the time it is more than the median. '
				|| 'The average is above it, since posts that go viral count in it.'
				|| CASE WHEN count(pick) > 1 THEN ' Ranges do not add up, since luck evens out: added, they would go from '
					|| count_text(sum(low) FILTER (WHERE pick IS NOT NULL)) || ' to ' || count_text(sum(high) FILTER (WHERE pick IS NOT NULL))
					|| '.' ELSE '' END
				|| coalesce(' For ' || s.currency || count_text(max(fee) FILTER (WHERE pick IS NULL)::float8) || ', an interaction costs '
					|| s.currency || fee_text(max(fee_per_median) FILTER (WHERE pick IS NULL)) || ' at the median, and '
					|| s.currency || fee_text(max(fee_per_low) FILTER (WHERE pick IS NULL)) || ' at the lower end.', '')
				|| CASE WHEN min(low) = 0 THEN ' A range from 0 begins at the left edge.' ELSE '' END
				|| CASE WHEN max(pick) > 16 THEN ' The first 16 picks are drawn.' ELSE '' END AS lead
		FROM plan_forecast, setting AS s GROUP BY s.currency
	)
	SELECT figure('forecast', 'half', w.title, w.lead,
		CASE WHEN shown.marks IS NOT NULL THEN xmlconcat(key_of('bar', 'nine of ten times', 'dot', 'median', 'ring grey', 'on average'),
			picture(w.title, 'A row for each pick with the range of the interactions of its next post, their median and their average; '
				|| 'and a row for all of them together.', h, 104, 46,
			(SELECT axis_x(array_agg(log_place(t, x0, x1) ORDER BY t), array_agg(axis_text(t) ORDER BY t), h,
				'interactions, log scale') FROM log_ticks(x0, x1) AS t),
			mark_text('name end', 1, -10, 'median', 40), shown.marks)) END,
		(SELECT table_of('{Profile,Fee,"At least",Median,"At most","On average","Fee per interaction, at the median"}',
			xmlagg(table_row(name, fee::text, count_text(low), count_text(median), count_text(high), count_text(mean),
				fee_text(fee_per_median)) ORDER BY pick))
		FROM plan_forecast),
		'this needs a plan, and posts of the profiles in it.')
	FROM frame, shown LEFT JOIN words AS w ON true;
END;
