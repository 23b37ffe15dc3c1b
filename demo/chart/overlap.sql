--
-- Who shares whom: the overlap of candidates as a heat map, and what adding them
-- up would have claimed.
--

CREATE FUNCTION overlap_figure() RETURNS xml
STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH frame AS (
		SELECT count(*)::float8 AS n, 30 * count(*)::float8 AS h FROM overlap_order
	), cells AS (
		SELECT xmlagg(xmlconcat(
			mark_bar('cell ' || CASE WHEN x = y THEN 'self' ELSE 'q' || least(5, floor(common_share * 10))::integer END,
				(x - 1) / n, 30 * (y - 1), 1 / n, 30, CASE WHEN x <> y THEN 'Of the people of ' || label || ', ' || share_text(common_share) || ' follow ' || other || ' too' END),
			CASE WHEN x <> y THEN mark_text('cellvalue mid' || CASE WHEN common_share >= 0.3 THEN ' on' WHEN common_share < 0.005 THEN ' quiet' ELSE '' END,
				(x - 0.5) / n, 30 * y - 11, round(100 * common_share::numeric)::text) END) ORDER BY y, x) AS marks
		FROM overlap, frame
	), names AS (
		SELECT xmlagg(xmlconcat(mark_text('rowname end', 0, 30 * o.n - 11, label, -8),
			mark_text('tick mid', (o.n - 0.5) / f.n, h + 16, o.n::text), mark_text('tick end', 0, 30 * o.n - 11, o.n::text, -88)) ORDER BY o.n) AS marks
		FROM overlap_order AS o, frame AS f
	), claim AS (
		SELECT c.*, xmlconcat(
			mark_text('value', 0, 12, 'added up: ' || count_text(added_up)), mark_bar('bar claimed', 0, 18, 1, 12),
			mark_text('value strong', 0, 54, 'people, each once: ' || count_text(people)), mark_bar('bar accent', 0, 60, people / added_up, 12)) AS marks
		FROM overlap_claim AS c
	), words AS (
		SELECT 'Adding the ' || candidates || ' candidates up claims ' || share_text(added_up / nullif(people, 0) - 1) || ' more people than there are' AS title
		FROM overlap_claim
	)
	SELECT figure('overlap', 'half', w.title,
		'Of the people of the profile in a row, the share in percent that follows the one in a column too, for the '
		|| f.n || ' surest candidates; those that share people stand together.',
		CASE WHEN f.n > 1 THEN xmlconcat(
			picture(w.title, 'A square of shares: of the people of each candidate, how many also follow each other one.', h, 112, 12,
				cells.marks, names.marks, mark_text('name end', 1, h + 38, 'column: follows this one too, %')),
			picture('Added up and each once', 'Two bars: the sum of the candidates'' reach, and the people they are.', 78, 112, 12, claim.marks)) END,
		xmlconcat(
			(SELECT table_of(array_prepend('Of the people of', (SELECT array_agg(label ORDER BY n) FROM overlap_order)),
				xmlagg(line ORDER BY y))
			FROM (SELECT y, table_row(VARIADIC array_prepend(min(label), array_agg(CASE WHEN x = y THEN '100 %' ELSE share_text(common_share) END ORDER BY x))) AS line
				FROM overlap GROUP BY y) AS rows),
			table_of('{"All candidates","People"}', xmlconcat(table_row('added up', count_text(claim.added_up)), table_row('each once', count_text(claim.people))))),
		'this needs candidates whose audience is known by a sketch.')
	FROM frame AS f, cells, names, claim, words AS w;
END;
