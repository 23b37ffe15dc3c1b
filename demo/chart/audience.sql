--
-- The audience of a profile by country, age and gender. What its report does not
-- say is unknown, and drawn as such.
--

CREATE FUNCTION audience_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH line AS (
		SELECT *, 24 * row_number() OVER (ORDER BY part, n) + 34 * dense_rank() OVER (ORDER BY part) - 34 AS y,
			row_number() OVER (PARTITION BY part ORDER BY n) = 1 AS first
		FROM audience_share WHERE share > 0
	), shown AS (
		SELECT xmlagg(xmlconcat(
			CASE WHEN first THEN mark_text('name', 0, y - 14, 'by ' || title, -92) END,
			mark_text('rowname end' || CASE WHEN unknown THEN ' quiet' ELSE '' END, 0, y + 9, label, -10),
			mark_bar('bar ' || CASE WHEN unknown THEN 'unknown' ELSE 'accent' END, 0, y, share / (SELECT max(share) FROM line), 13, label || ': ' || share_text(share)),
			mark_text('value', share / (SELECT max(share) FROM line), y + 11, share_text(share), 6)) ORDER BY part, n) AS marks,
			max(y)::float8 + 22 AS h
		FROM line
	), words AS (
		SELECT 'Audience of ' || name || ': ' || coalesce(share_text(share(countries, dominant(countries))) || ' in ' || isolated(dominant(countries)), 'countries are unknown')
			|| coalesce(', ' || share_text(share(genders, dominant(genders))) || ' ' || isolated(dominant(genders)), '')
			|| coalesce('; ' || share_text(unknown_share(countries)) || ' of countries unknown', '') AS title
		FROM audience_profile
	)
	SELECT figure('audience', 'half', w.title,
		'Shares of all its followers. A report that lists the largest countries only leaves a rest: it is unknown, not another country, and drawn as an outline here.',
		picture(w.title, 'Bars of the shares of the audience by country, by age and by gender, the unknown rest of each hatched.', h, 92, 54, shown.marks),
		(SELECT table_of('{Part,By,"Share of followers"}', xmlagg(table_row(label, title, percent_text(share, 3)) ORDER BY part, n)) FROM audience_share),
		'no report on the audience of a candidate is there.')
	FROM shown LEFT JOIN words AS w ON true;
END;
