--
-- Reading a page back, from the variable content, by the server's own parser:
-- the marks of its pictures, and the scales of their axes.
--

CREATE TEMP TABLE page AS SELECT xmlparse(DOCUMENT :'content') AS page;

CREATE TEMP TABLE mark AS
SELECT m.section, m.n, m.picture, m.kind, m.class, rtrim(coalesce(m.x, m.x1, m.cx), '%')::float8 AS x,
	coalesce(m.y, m.y1, m.cy)::float8 AS y, rtrim(m.x2, '%')::float8 AS x2, m.y2::float8 AS y2,
	rtrim(m.width, '%')::float8 AS width, m.words, m.hint, m.d
FROM page, xmltable(
	xmlnamespaces('http://www.w3.org/2000/svg' AS s, 'http://www.w3.org/1999/xhtml' AS h),
	'//h:section//s:svg[@role]//*[self::s:line or self::s:circle or self::s:rect or self::s:text or self::s:path]'
	PASSING page COLUMNS
		n FOR ORDINALITY,
		section text PATH 'ancestor::h:section/@id',
		picture text PATH 'ancestor::s:svg[@role]/@aria-label',
		kind text PATH 'local-name()', class text PATH '@class',
		x text PATH '@x', x1 text PATH '@x1', x2 text PATH '@x2', cx text PATH '@cx',
		y text PATH '@y', y1 text PATH '@y1', y2 text PATH '@y2', cy text PATH '@cy',
		width text PATH '@width', words text PATH 'text()[1]', hint text PATH 's:title/text()', d text PATH '@d') AS m;

-- The value that an axis label stands for: 50K, 0.1 %, 41,000.
CREATE FUNCTION pg_temp.label_value(label text) RETURNS float8
LANGUAGE sql AS $$
	SELECT translate(label, U&'KMB,\00A0% ', '')::float8 * CASE
		WHEN label ~ 'K' THEN 1e3 WHEN label ~ 'M' THEN 1e6 WHEN label ~ 'B' THEN 1e9
		WHEN label ~ '%' THEN 0.01 ELSE 1 END
$$;

-- From two labels or more: value = start + per * place, of logs where the axis is
-- logarithmic. Labels stand 4 pixels below the height that they are of.
CREATE TEMP TABLE scale AS
SELECT section, picture,
	regr_intercept(v, x) FILTER (WHERE axis = 'x') AS x_start, regr_slope(v, x) FILTER (WHERE axis = 'x') AS x_per,
	regr_intercept(v, y - 4) FILTER (WHERE axis = 'y') AS y_start, regr_slope(v, y - 4) FILTER (WHERE axis = 'y') AS y_per
FROM (
	SELECT *, CASE WHEN section IN ('reach', 'shortlist', 'forecast') THEN ln(pg_temp.label_value(words)) ELSE pg_temp.label_value(words) END AS v
	FROM (
		SELECT *, CASE WHEN class LIKE 'tick mid%' THEN 'x' ELSE 'y' END AS axis
		FROM mark WHERE class LIKE 'tick %'
	) AS t
	WHERE section IN ('reach', 'shortlist', 'plan', 'forecast') OR (section IN ('growth', 'maturity') AND axis = 'y')
) AS t
GROUP BY section, picture;

-- Where marks stand, as figures.
CREATE TEMP VIEW read_mark AS
SELECT m.*, x_start + x_per * x AS x_value, x_start + x_per * x2 AS x2_value, y_start + y_per * y AS y_value
FROM mark AS m JOIN scale USING (section, picture);

-- The points of paths, which are drawn 1,000 units wide.
CREATE TEMP VIEW read_path AS
SELECT m.section, m.picture, m.class, p.n, x_start + x_per * split_part(p.point, ' ', 1)::float8 / 10 AS x_value,
	y_start + y_per * split_part(p.point, ' ', 2)::float8 AS y_value
FROM mark AS m JOIN scale USING (section, picture),
	regexp_split_to_table(ltrim(m.d, 'M'), 'L') WITH ORDINALITY AS p (point, n);
