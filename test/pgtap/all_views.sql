--
-- Which views a dump loses: those whose definition can't be read with the
-- empty search_path that a dump sets.  It is as doc/tier.md says.
--
BEGIN;
CREATE SCHEMA own;
CREATE TABLE own.page (id bigint, followers bigint, size tier, scheme tier_scheme, sizes tier[], e engagement_summary);
CREATE TABLE own.deal (deal bigint, size tier, scheme tier_scheme);
CREATE TYPE own.pair AS (id bigint, size tier);
CREATE DOMAIN own.some_size AS tier;

CREATE TABLE own.query (n integer GENERATED ALWAYS AS IDENTITY, kept boolean, query text);
INSERT INTO own.query (kept, query) VALUES
-- PostgreSQL prints no operator for these.
	(false, $$ SELECT CASE size WHEN 'micro' THEN 1 END FROM page $$),
	(false, $$ SELECT CASE tier(followers) WHEN 'micro' THEN 1 END FROM page $$),
	(false, $$ SELECT size IS DISTINCT FROM 'micro' AS c FROM page $$),
	(false, $$ SELECT size IS NOT DISTINCT FROM 'micro' AS c FROM page $$),
	(false, $$ SELECT size::some_size IS DISTINCT FROM 'micro' AS c FROM page $$),
	(false, $$ SELECT (id, size) IS DISTINCT FROM (1, 'micro') AS c FROM page $$),
	(false, $$ SELECT (id, size)::pair IS DISTINCT FROM (2, 'mid')::pair AS c FROM page $$),
	(false, $$ SELECT nullif(size, 'micro') AS c FROM page $$),
	(false, $$ SELECT nullif(scheme, 'instagram') AS c FROM page $$),
	(false, $$ SELECT nullif(e, e) AS c FROM page $$),
	(false, $$ SELECT size FROM page JOIN deal USING (size) $$),
	(false, $$ SELECT size FROM page LEFT JOIN deal USING (size) $$),
	(false, $$ SELECT size FROM page FULL JOIN deal USING (size) $$),
	(false, $$ SELECT deal FROM page NATURAL JOIN deal $$),
-- Of these, it prints one for all columns.
	(false, $$ SELECT (id, size) < (1, 'micro') AS c FROM page $$),
	(false, $$ SELECT (size, id) < ('micro', 1) AS c FROM page $$),
	(false, $$ SELECT (id, size) IN (SELECT deal, size FROM deal) AS c FROM page $$),
	(false, $$ SELECT (size, id) NOT IN (SELECT size, deal FROM deal) AS c FROM page $$),
	(false, $$ SELECT (id, size) = (SELECT deal, size FROM deal LIMIT 1) AS c FROM page $$),
-- What doc/tier.md writes instead.
	(true, $$ SELECT CASE WHEN size = 'micro' THEN 1 END FROM page $$),
	(true, $$ SELECT coalesce(p.size <> d.size, (p.size IS NULL) <> (d.size IS NULL)) AS c FROM page AS p, deal AS d $$),
	(true, $$ SELECT CASE WHEN size = 'micro' THEN NULL ELSE size END AS c, id < 1 OR (id = 1 AND size < 'micro') AS d FROM page $$),
	(true, $$ SELECT d.size FROM page AS p LEFT JOIN deal AS d ON d.size = p.size $$),
	(true, $$ SELECT CASE size::text WHEN 'micro' THEN 1 END, size::text IS DISTINCT FROM 'micro' AS c FROM page $$),
	(true, $$ SELECT EXISTS (SELECT FROM deal AS d WHERE d.deal = p.id AND d.size = p.size) AS c FROM page AS p $$),
-- Everything else.
	(true, $$ SELECT size IS DISTINCT FROM NULL AS c FROM page $$),
	(true, $$ SELECT size = ANY ('{micro,mid}') AS c, size IN ('micro', 'mid') AS d, size NOT IN ('micro', 'mid') AS f FROM page $$),
	(true, $$ SELECT size = ANY (sizes) AS c, sizes @> '{micro}' AS d, array_position(sizes, 'micro') FROM page $$),
	(true, $$ SELECT sizes IS DISTINCT FROM '{micro}' AS c, nullif(sizes, '{micro}') AS d, CASE sizes WHEN '{micro}' THEN 1 END FROM page $$),
	(true, $$ SELECT size IN (SELECT size FROM deal) AS c, size NOT IN (SELECT size FROM deal) AS d FROM page $$),
	(true, $$ SELECT size > ALL (SELECT size FROM deal) AS c, size = (SELECT max(size) FROM deal) AS d FROM page $$),
	(true, $$ SELECT (id, size) = (1, 'micro') AS c, (id, size) <> (1, 'micro') AS d, (id, size) IN ((1, 'micro'), (2, 'mid')) AS f FROM page $$),
	(true, $$ SELECT (size, size) < ('micro', 'mid') AS c, (id, size)::pair = (2, 'mid')::pair AS d, page IS DISTINCT FROM page AS f FROM page $$),
	(true, $$ SELECT size BETWEEN 'nano' AND 'mid' AS c, size BETWEEN SYMMETRIC 'mid' AND 'nano' AS d FROM page $$),
	(true, $$ SELECT greatest(size, 'micro'), least(size, 'mid'), coalesce(size, 'micro') AS c FROM page $$),
	(true, $$ SELECT size, count(*) FROM page GROUP BY ROLLUP (size) HAVING size > 'nano' ORDER BY size USING > $$),
	(true, $$ SELECT size FROM page EXCEPT SELECT size FROM deal $$),
	(true, $$ SELECT DISTINCT ON (size) size, rank() OVER (PARTITION BY size ORDER BY scheme DESC) FROM page ORDER BY size DESC $$),
	(true, $$ SELECT mode() WITHIN GROUP (ORDER BY size) AS c, percentile_disc(.5) WITHIN GROUP (ORDER BY size) AS d, rank('micro') WITHIN GROUP (ORDER BY size) AS f FROM page $$),
	(true, $$ SELECT 'micro' = size AS c, followers <@ tier_range(size) AS d, (CASE WHEN id > 0 THEN size END) = 'micro' AS f FROM page $$),
	(true, $$ SELECT pooled_rate(sum(e) - sum(e)), sum(e) + sum(e) AS c, bool_or(in_tiers(followers, '{micro}')) AS d FROM page $$),
	(true, $$ WITH RECURSIVE r (id, size) AS (SELECT id, size FROM page UNION SELECT r.id + 1, r.size FROM r WHERE r.id < 5) CYCLE size SET seen USING path SELECT id, size, seen FROM r $$);

SELECT plan((SELECT count(*) + 1 FROM own.query)::integer);

-- Is the view the same one after its definition was read so?
CREATE FUNCTION pg_temp.kept(n integer, query text) RETURNS boolean
LANGUAGE plpgsql SET search_path = own, public AS $$
DECLARE
	definition text;
BEGIN
	EXECUTE format('CREATE VIEW own.view_%s AS %s', n, query);
	PERFORM set_config('search_path', '', true);
	definition := pg_get_viewdef(format('own.view_%s', n)::regclass);
	EXECUTE format('CREATE VIEW own.again_%s AS %s', n, definition);
	RETURN pg_get_viewdef(format('own.again_%s', n)::regclass) = definition;
EXCEPTION WHEN undefined_function THEN
	RETURN false;
END $$;

CREATE TEMP TABLE outcome AS
SELECT n, query, kept AS expected, pg_temp.kept(n, query) AS kept FROM own.query ORDER BY n;
SELECT is(kept, expected, regexp_replace(query, '\s+', ' ', 'g')) FROM outcome ORDER BY n;

-- They are the same, NULL included.
CREATE TEMP TABLE two AS
SELECT a, b, i, j FROM unnest('{nano,micro,mid,NULL}'::tier[]) AS a, unnest('{nano,micro,mid,NULL}'::tier[]) AS b,
	unnest('{1,2,NULL}'::int[]) AS i, unnest('{1,2,NULL}'::int[]) AS j;
SELECT is_empty($$ SELECT * FROM two
	WHERE (a IS DISTINCT FROM b) IS DISTINCT FROM coalesce(a <> b, (a IS NULL) <> (b IS NULL))
		OR nullif(a, b) IS DISTINCT FROM CASE WHEN a = b THEN NULL ELSE a END
		OR ((i, a) < (j, b)) IS DISTINCT FROM (i < j OR (i = j AND a < b)) $$, 'what is written instead means the same');

SELECT * FROM finish();
ROLLBACK;
