--
-- How much of what it will get a post has at an age.
--

-- 90 min, 6 h, 4 days.
CREATE FUNCTION age_text(age interval) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN age < interval '1 hour' THEN extract(epoch FROM age)::integer / 60 || ' min'
	WHEN age < interval '96 hours' THEN extract(epoch FROM age)::integer / 3600 || ' h'
	ELSE extract(epoch FROM age)::integer / 86400 || ' days' END;

CREATE FUNCTION maturity_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH point AS (
		SELECT extract(epoch FROM age)::float8 AS seconds, share, age FROM matured
	), frame AS (
		SELECT min(seconds) AS x0, max(seconds) AS x1, 260::float8 AS h FROM point
	), line AS (
		SELECT xmlconcat(mark_path('growth', array_agg(log_place(seconds, x0, x1) ORDER BY seconds), array_agg(h * (1 - share) ORDER BY seconds), h),
			xmlagg(mark_dot('dot accent', log_place(seconds, x0, x1), h * (1 - share), 3.6, age_text(age) || ': ' || share_text(share)) ORDER BY seconds)) AS marks
		FROM point, frame GROUP BY h HAVING count(*) > 1
	), words AS (
		SELECT 'After ' || age_text(age) || ' a post has ' || share_text(share) || ' of what it will have after ' || (SELECT age_text(max(age)) FROM matured) AS title
		FROM matured ORDER BY abs(extract(epoch FROM age) - 86400) LIMIT 1
	)
	SELECT figure('maturity', 'half', w.title,
		'The share of its later count that a post has at an age, learnt from posts that were counted twice. Rates of fresh posts are low for this reason alone, and can be raised by it.',
		CASE WHEN line.marks IS NOT NULL THEN picture(w.title, 'A curve that rises with the age of a post to 100 percent.', h, 62, 20,
			(SELECT axis_x(array_agg(log_place(seconds, x0, x1) ORDER BY seconds), array_agg(age_text(age) ORDER BY seconds), h, 'age of the post, log scale')
				FROM point WHERE age IN ('1 min', '5 min', '1 h', '3 h', '6 h', '12 h', '24 h', '48 h', '96 h', '14 days', '30 days', '90 days')),
			(SELECT axis_y(array_agg(h * (1 - t / 4.0)), array_agg(25 * t || ' %'), 62, 'share of its later count, %') FROM generate_series(0, 4) AS t),
			line.marks) END,
		(SELECT table_of('{"Age of the post","Share"}', xmlagg(table_row(age_text(age), percent_text(share, 3)) ORDER BY age)) FROM matured),
		'no post was counted at two ages.')
	FROM frame LEFT JOIN line ON true LEFT JOIN words AS w ON true;
END;
