--
-- What all pictures are drawn with.
--
-- A picture is an SVG without a viewBox: as wide as there is room, and as high
-- as it says. So x is in percent of its width, y in pixels, and letters keep
-- their size on a phone and on a wide screen. Axis labels stand outside, in the
-- padding around it. Colours are in style.sql, by the classes that marks have.
-- xmlelement escapes every text and attribute.
--

-- A name as it may stand in XML, and without changing the direction of the text
-- around it: names come from anywhere.
CREATE FUNCTION isolated(name text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	WHEN name ~ '^[ -~]*$' THEN name
	ELSE U&'\2068' || regexp_replace(name, U&'[\0001-\001F\007F-\009F\FFFE\FFFF]', ' ', 'g') || U&'\2069'
END;

-- The first letters of a name, where there is no room for all of it.
CREATE FUNCTION short_name(name text, letters integer) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN isolated(CASE WHEN length(name) > letters THEN left(name, letters - 1) || U&'\2026' ELSE name END);

-- 28783 as 28,783.
CREATE FUNCTION count_text(count float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN to_char(round(count::numeric), 'FM999,999,999,999,999,990');

-- A number as it stands on an axis: 50K, 1.5M.
CREATE FUNCTION axis_text(value float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	WHEN abs(value) >= 1e9 THEN trim_scale(round((value / 1e9)::numeric, 1)) || 'B'
	WHEN abs(value) >= 1e6 THEN trim_scale(round((value / 1e6)::numeric, 1)) || 'M'
	WHEN abs(value) >= 1e3 THEN trim_scale(round((value / 1e3)::numeric, 1)) || 'K'
	ELSE trim_scale(round(value::numeric, 1))::text
END;

-- A fraction in percent, of so many digits that count.
CREATE FUNCTION percent_text(fraction float8, digits integer) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	WHEN fraction = 0 THEN '0'
	ELSE round((100 * fraction)::numeric, least(12, greatest(0, digits - 1 - floor(log(abs(100 * fraction)))::integer)))::text
END || U&'\00A0%';

CREATE FUNCTION rate_text(rate float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN percent_text(rate, 2);

CREATE FUNCTION share_text(share float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN round((100 * share)::numeric)::text || U&'\00A0%';

-- What one of something costs.
CREATE FUNCTION fee_text(fee float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN to_char(round(fee::numeric, 2), 'FM999,999,999,999,990.00');

CREATE FUNCTION posts_text(posts bigint) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN posts || CASE posts WHEN 1 THEN ' post' ELSE ' posts' END;

CREATE FUNCTION ordinal(place bigint) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN place || CASE
	WHEN place % 100 BETWEEN 11 AND 13 THEN 'th'
	WHEN place % 10 = 1 THEN 'st'
	WHEN place % 10 = 2 THEN 'nd'
	WHEN place % 10 = 3 THEN 'rd'
	ELSE 'th'
END;

-- Where a value stands between two others, 0 to 1, on an even and on a
-- logarithmic scale.
CREATE FUNCTION even_place(value float8, low float8, high float8) RETURNS float8
IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN high > low THEN (value - low) / (high - low) ELSE 0.5 END;

CREATE FUNCTION log_place(value float8, low float8, high float8) RETURNS float8
IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN value <= 0 THEN NULL ELSE even_place(ln(value), ln(low), ln(high)) END;

-- Round values between two others: some five of them, 1, 2 or 5 times a power of
-- ten apart; and the powers of ten, with 2 and 5 times them where these are few.
CREATE FUNCTION even_ticks(low float8, high float8) RETURNS SETOF float8
IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT (i * step)::float8
	FROM (SELECT power(10, floor(log((high - low)::numeric / 5))) AS unit) AS u,
		LATERAL (SELECT unit * CASE WHEN (high - low)::numeric / 5 / unit < 1.5 THEN 1
			WHEN (high - low)::numeric / 5 / unit < 3.5 THEN 2
			WHEN (high - low)::numeric / 5 / unit < 7.5 THEN 5 ELSE 10 END AS step) AS s,
		generate_series(ceil(low::numeric / step), floor(high::numeric / step)) AS i
	WHERE high > low;
END;

CREATE FUNCTION log_ticks(low float8, high float8) RETURNS SETOF float8
IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT (first_digit * power(10::numeric, decade))::float8
	FROM generate_series(floor(log(low))::integer, floor(log(high))::integer) AS decade,
		unnest(CASE WHEN log(high / low) > 2.5 THEN '{1}'::integer[] ELSE '{1,2,5}' END) AS first_digit
	WHERE (first_digit * power(10::numeric, decade))::float8 BETWEEN low AND high;
END;

-- A place, 0 to 1, as x in percent; a number of pixels.
CREATE FUNCTION x_text(place float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN trim_scale(round((100 * place)::numeric, 2)) || '%';

CREATE FUNCTION px_text(pixels float8) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE
RETURN trim_scale(round(pixels::numeric, 1))::text;

-- Marks. Places are 0 to 1 from the left, heights in pixels from the top; what
-- hint says is shown by browsers when one points at the mark.
CREATE FUNCTION mark_line(class text, x1 float8, y1 float8, x2 float8, y2 float8, hint text DEFAULT NULL) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME line, xmlattributes(class AS class, x_text(x1) AS x1, px_text(y1) AS y1,
	x_text(x2) AS x2, px_text(y2) AS y2),
	CASE WHEN hint IS NOT NULL THEN xmlelement(NAME title, hint) END);

CREATE FUNCTION mark_dot(class text, x float8, y float8, radius float8, hint text DEFAULT NULL) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME circle, xmlattributes(class AS class, x_text(x) AS cx, px_text(y) AS cy, px_text(radius) AS r),
	CASE WHEN hint IS NOT NULL THEN xmlelement(NAME title, hint) END);

CREATE FUNCTION mark_bar(class text, x float8, y float8, width float8, height float8, hint text DEFAULT NULL) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME rect, xmlattributes(class AS class, x_text(x) AS x, px_text(y) AS y,
	x_text(width) AS width, px_text(height) AS height),
	CASE WHEN hint IS NOT NULL THEN xmlelement(NAME title, hint) END);

-- Words at a place, so many pixels right of it.
CREATE FUNCTION mark_text(class text, x float8, y float8, words text, shift float8 DEFAULT 0) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME text, xmlattributes(class AS class, x_text(x) AS x, px_text(y) AS y,
	nullif(px_text(shift), '0') AS dx), words);

-- A curve, or an area if its class fills it, through points that are in order.
-- It is drawn 1,000 units wide and then stretched.
CREATE FUNCTION mark_path(class text, x float8[], y float8[], height float8) RETURNS xml
IMMUTABLE STRICT PARALLEL SAFE
RETURN xmlelement(NAME svg, xmlattributes('100%' AS width, px_text(height) AS height,
	'0 0 1000 ' || px_text(height) AS "viewBox", 'none' AS "preserveAspectRatio"),
	xmlelement(NAME path, xmlattributes(class AS class, 'non-scaling-stroke' AS "vector-effect",
		(SELECT 'M' || string_agg(px_text(1000 * px) || ' ' || px_text(py), 'L' ORDER BY n)
		FROM unnest(x, y) WITH ORDINALITY AS point (px, py, n)) AS d)));

-- Axes: lines across the picture, and their labels outside of it. Of many labels
-- below, every second one is spare, and left out on narrow screens.
CREATE FUNCTION axis_x(places float8[], labels text[], height float8, title text) RETURNS xml
IMMUTABLE STRICT PARALLEL SAFE
RETURN xmlelement(NAME g, xmlattributes('axis x' AS class),
	(SELECT xmlagg(xmlconcat(mark_line('grid', place, 0, place, height),
		mark_text('tick mid' || CASE WHEN cardinality(places) > 4 AND n % 2 = 0 THEN ' spare'
			ELSE '' END, place, height + 18, label)) ORDER BY n)
	FROM unnest(places, labels) WITH ORDINALITY AS t (place, label, n)),
	mark_text('name end', 1, height + 38, title));

CREATE FUNCTION axis_y(heights float8[], labels text[], left_room float8, title text) RETURNS xml
IMMUTABLE STRICT PARALLEL SAFE
RETURN xmlelement(NAME g, xmlattributes('axis y' AS class),
	(SELECT xmlagg(xmlconcat(mark_line('grid', 0, y, 1, y),
		mark_text('tick end', 0, y + 4, label, -8)) ORDER BY n)
	FROM unnest(heights, labels) WITH ORDINALITY AS t (y, label, n)),
	mark_text('name', 0, -14, title, -left_room));

-- A picture, with room around it for labels; title and description are for
-- those who can't see it.
CREATE FUNCTION picture(title text, description text, height float8, left_room integer, right_room integer, VARIADIC marks xml[])
RETURNS xml IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN height IS NOT NULL THEN xmlelement(NAME div, xmlattributes('plot' AS class,
	'padding-left:' || left_room || 'px;padding-right:' || right_room || 'px' AS style),
	xmlelement(NAME svg, xmlattributes('http://www.w3.org/2000/svg' AS xmlns, 'img' AS role,
		title AS "aria-label", '100%' AS width, px_text(height) AS height),
		xmlelement(NAME desc, description),
		(SELECT xmlagg(mark ORDER BY n) FROM unnest(marks) WITH ORDINALITY AS m (mark, n)))) END;

-- A row of a table, its first cell the row's name; what is NULL is unknown.
CREATE FUNCTION table_row(VARIADIC cells text[]) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME tr, (SELECT xmlagg(CASE n
		WHEN 1 THEN xmlelement(NAME th, xmlattributes('row' AS scope), coalesce(nullif(cell, ''), 'unknown'))
		ELSE xmlelement(NAME td, coalesce(nullif(cell, ''), 'unknown')) END ORDER BY n)
	FROM unnest(cells) WITH ORDINALITY AS c (cell, n)));

CREATE FUNCTION table_of(headings text[], table_rows xml) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME table,
	xmlelement(NAME thead, xmlelement(NAME tr, (SELECT xmlagg(xmlelement(NAME th, xmlattributes('col' AS scope), heading) ORDER BY n)
		FROM unnest(headings) WITH ORDINALITY AS h (heading, n)))),
	xmlelement(NAME tbody, table_rows));

-- What the marks of a picture are: pairs of a class and words.
CREATE FUNCTION key_of(VARIADIC pairs text[]) RETURNS xml
IMMUTABLE PARALLEL SAFE
RETURN xmlelement(NAME ul, xmlattributes('key' AS class),
	(SELECT xmlagg(xmlelement(NAME li, xmlattributes(pairs[n] AS class), pairs[n + 1]) ORDER BY n)
	FROM generate_series(1, cardinality(pairs), 2) AS n));
