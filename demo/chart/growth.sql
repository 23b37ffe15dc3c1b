--
-- Growth of a profile, with the changes that are out of proportion to its own.
--

CREATE FUNCTION growth_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH seen AS (
		SELECT s.observed_at AS at, s.followers FROM snapshot AS s JOIN growth_profile USING (profile_id)
		WHERE s.observed_at IS NOT NULL AND s.followers IS NOT NULL
	), found AS (
		SELECT a.* FROM anomaly AS a JOIN growth_profile USING (profile_id)
	), frame AS (
		SELECT extract(epoch FROM min(at))::float8 AS x0, extract(epoch FROM max(at))::float8 AS x1,
			min(followers) - 0.08 * (max(followers) - min(followers)) AS y0, max(followers) + 0.3 * (max(followers) - min(followers)) + 1 AS y1, 260::float8 AS h
		FROM seen
	), line AS (
		SELECT mark_path('growth', array_agg(even_place(extract(epoch FROM at)::float8, x0, x1) ORDER BY at),
			array_agg(h * (1 - even_place(followers, y0, y1)) ORDER BY at), h) AS marks
		FROM seen, frame GROUP BY h HAVING count(*) > 1
	), flags AS (
		SELECT xmlagg(xmlconcat(mark_line('flag', x, 0, x, h, kind || ' of ' || percent_text(change, 2)),
			mark_text('mark warn strong' || CASE WHEN x > 0.6 THEN ' end' ELSE '' END, x, 13 + 17 * (n % 2), kind || ' ' || CASE WHEN change > 0 THEN '+' ELSE '' END || percent_text(change, 2),
				CASE WHEN x > 0.6 THEN -6 ELSE 6 END)) ORDER BY at) AS marks
		FROM (SELECT found.*, h, even_place(extract(epoch FROM at)::float8, x0, x1) AS x, row_number() OVER (ORDER BY at) - 1 AS n FROM found, frame) AS f
	), words AS (
		SELECT 'Growth of ' || p.name || CASE (SELECT count(*) FROM found) WHEN 0 THEN ': no change out of proportion to the usual ones'
			WHEN 1 THEN ': one change out of proportion to the usual ones' ELSE ': ' || (SELECT count(*) FROM found) || ' changes out of proportion to the usual ones' END AS title,
			count(DISTINCT s.profile_id) AS profiles, count(DISTINCT s.profile_id) FILTER (WHERE a.profile_id IS NOT NULL) AS with_anomaly
		FROM growth_profile AS p, snapshot AS s LEFT JOIN anomaly AS a ON a.profile_id = s.profile_id
		GROUP BY p.name
	)
	SELECT figure('growth', 'half', w.title,
		'Followers over time; the vertical scale does not begin at 0. A step is a rise that stays, a purge a fall that stays, a sawtooth is taken back: they say where to look, not who is guilty. '
		|| 'Of ' || w.profiles || ' profiles with counts over time, ' || w.with_anomaly || CASE WHEN w.with_anomaly = 1 THEN ' has' ELSE ' have' END || ' any.',
		CASE WHEN line.marks IS NOT NULL THEN picture(w.title, 'A line of followers over time, with a mark at each change out of proportion.', h, 62, 38,
			(SELECT axis_x(array_agg(n / 3.0::float8 ORDER BY n), array_agg(to_char(timestamptz 'epoch' + make_interval(secs => x0 + n / 3.0 * (x1 - x0)), 'YYYY-MM-DD') ORDER BY n), h, 'day, UTC')
				FROM generate_series(0, 3) AS n),
			(SELECT axis_y(array_agg(h * (1 - even_place(t, y0, y1)) ORDER BY t), array_agg(count_text(t) ORDER BY t), 62, 'followers') FROM even_ticks(y0, y1) AS t),
			line.marks, flags.marks) END,
		xmlconcat(
			CASE WHEN EXISTS (SELECT FROM found) THEN
				(SELECT table_of('{Day,Kind,Change,"Usual deviations"}', xmlagg(table_row(to_char(at, 'YYYY-MM-DD'), kind, percent_text(change, 2), round(z::numeric, 1)::text) ORDER BY at)) FROM found) END,
			(SELECT table_of('{Day,Followers}', xmlagg(table_row(to_char(at, 'YYYY-MM-DD'), count_text(followers)) ORDER BY at))
				FROM (SELECT *, row_number() OVER (ORDER BY at DESC) AS n, count(*) OVER () AS seen FROM seen) AS s WHERE (n - 1) % greatest(1, seen / 20) = 0)),
		'no profile has counts of followers at two times.')
	FROM frame LEFT JOIN line ON true LEFT JOIN flags ON true LEFT JOIN words AS w ON true;
END;
