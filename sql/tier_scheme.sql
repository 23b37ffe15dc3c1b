--
-- tier_scheme: the lower bounds of the tiers
--
\set SHOW_CONTEXT never

-- The text form says it all: a name is printed as its bounds.  What a name
-- means is in indexes and tables, and must never change.
SELECT name, name::tier_scheme AS bounds
FROM (VALUES ('instagram'), ('iab_uk'), ('hypeauditor'), ('later_fohr')) AS v (name);

-- Names, labels and suffixes in any case, with blanks anywhere, counts as
-- people write them, and tiers left out.
SELECT written, written::tier_scheme AS read, (written::tier_scheme)::text::tier_scheme = written::tier_scheme AS again
FROM (VALUES
	('Instagram'), ('  IAB_UK '), ('nano=1000'), ('mega=1M'), ('NANO=1k,Micro=10K'),
	(E' nano = 1 000 ,\n\tmicro = 10.000 , mega=1 M '), ('micro=10K,macro=500K'),
	('nano=0'), ('nano=0,micro=1,small=2,mid=3,macro=4,mega=5,celebrity=6'), ('Mid-Tier=50K,Celeb=5M'), ('mega=9223372036854775807'),
	('nano=0.5K,mega=2B')) AS v (written);

-- What is no scheme is an error that names the place.
CREATE FUNCTION pg_temp.failure(written text,
	OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	message := 'accepted: ' || written::tier_scheme;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

CREATE TABLE no_scheme (problem text, written text);
INSERT INTO no_scheme VALUES
	('1 no bounds', ''), ('1 no bounds', '  '), ('1 no bounds', ','),
	('1 no bounds', 'tiktok'), ('1 no bounds', 'nano'), ('1 no bounds', 'nano=1000,'),
	('1 no bounds', ',nano=1000'), ('1 no bounds', 'nano=1,000,micro=10,000'),
	('1 no bounds', 'nano=1000;micro=10000'), ('1 no bounds', 'instagram,mega=2M'),
	('2 no tier', 'giant=1000'), ('2 no tier', 'none=0'), ('2 no tier', '=5'), ('2 no tier', 'na no=5'),
	('3 twice', 'nano=1,nano=2'), ('3 twice', 'mega=1,mega=1'),
	('4 order', 'micro=10K,nano=1K'), ('4 order', 'nano=1,mid=2,micro=3'),
	('5 not above', 'nano=1000,micro=1000'), ('5 not above', 'nano=1000,mega=999'),
	('6 no count', 'nano='), ('6 no count', 'nano=x'), ('6 no count', 'nano=1K=2'), ('6 no count', 'nano==1'),
	('7 negative', 'nano=-1'), ('8 ambiguous', 'nano=1.5'),
	('9 overflow', 'nano=9223372036854775808');

SELECT problem, written, state, detail FROM no_scheme, pg_temp.failure(written) ORDER BY problem, written;
SELECT DISTINCT problem, hint FROM no_scheme, pg_temp.failure(written) ORDER BY problem;
SELECT message FROM pg_temp.failure('giant=1');
SELECT 'nano=10K,micro=1K'::tier_scheme;
DROP TABLE no_scheme;

-- Binary form: how many bounds, then of each its tier and the bound.
SELECT tier_scheme_send('nano=1,mega=1M');
CREATE TABLE schemes (scheme tier_scheme);
INSERT INTO schemes VALUES ('instagram'), ('mega=1M'), ('nano=0,micro=9223372036854775807'), (NULL);
CREATE TABLE schemes_read (LIKE schemes);
\copy schemes TO 'results/tier_scheme.data' (FORMAT binary)
\copy schemes_read FROM 'results/tier_scheme.data' (FORMAT binary)
SELECT * FROM schemes_read;

-- Bounds that no text gives are refused: they would break the order of tiers.
-- A field of COPY BINARY is the bytes of its type, so a bytea makes any.
CREATE FUNCTION pg_temp.bounds(n int, tiers int[], lower bigint[]) RETURNS bytea LANGUAGE SQL AS
	$$ SELECT set_byte('\x00', 0, n) || coalesce(string_agg(set_byte('\x00', 0, t) || int8send(b), ''), '') FROM unnest(tiers, lower) AS u (t, b) $$;
\set try_bytes '\\copy schemes_read FROM ''results/tier_scheme.data'' (FORMAT binary)'
\copy (SELECT pg_temp.bounds(0, '{}', '{}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(8, '{32,64,96,128,160,192,224,255}', '{1,2,3,4,5,6,7,8}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(2, '{32,64}', '{1000,1000}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(2, '{64,32}', '{1000,2000}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(2, '{32,32}', '{1000,2000}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(1, '{0}', '{1000}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(1, '{33}', '{1000}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(1, '{32}', '{-1}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(2, '{32}', '{1}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT pg_temp.bounds(1, '{32,64}', '{1,2}')) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
\copy (SELECT ''::bytea) TO 'results/tier_scheme.data' (FORMAT binary)
:try_bytes
SELECT count(*) AS rows FROM schemes_read;

-- Equality is that of the bounds, whatever was written; the order is total,
-- bound by bound from the smallest, then by its tier, and what has no more comes
-- last.
SELECT 'instagram'::tier_scheme = 'nano=1K,micro=10K,mid=50001,macro=500K,mega=1M' AS eq,
	'instagram'::tier_scheme <> 'iab_uk' AS ne, 'instagram'::tier_scheme = 'iab_uk' AS not_eq;
SELECT a, b, a < b AS "<", a <= b AS "<=", a = b AS "=", a <> b AS "<>", a >= b AS ">=", a > b AS ">",
	tier_scheme_cmp(a, b) AS cmp
FROM (VALUES
	('nano=1'::tier_scheme, 'nano=2'::tier_scheme), ('nano=2', 'nano=1'), ('nano=1', 'nano=1'),
	('nano=1', 'micro=1'), ('nano=1,micro=2', 'nano=1'), ('mega=9223372036854775807', 'macro=1')) AS v (a, b);
SELECT scheme FROM schemes ORDER BY scheme;
SELECT scheme, count(*) FROM (SELECT * FROM schemes UNION ALL SELECT * FROM schemes_read) AS s
GROUP BY scheme ORDER BY scheme;

-- Equal schemes hash alike, and seeds count.
SELECT tier_scheme_hash('iab_uk') = tier_scheme_hash('nano=1K,micro=10K,mid=50K,macro=500K,mega=1M') AS same,
	tier_scheme_hash('iab_uk') <> tier_scheme_hash('instagram') AS differ,
	tier_scheme_hash_extended('iab_uk', 1) <> tier_scheme_hash_extended('iab_uk', 2) AS seeded,
	tier_scheme_hash_extended('iab_uk', 0)::bit(32) = tier_scheme_hash('iab_uk')::bit(32) AS seed_0;

-- A primary key, an array, a default.
CREATE TABLE platforms (scheme tier_scheme PRIMARY KEY DEFAULT 'instagram', also tier_scheme[]);
INSERT INTO platforms VALUES (DEFAULT, '{iab_uk,"nano=1,micro=2"}'), ('iab_uk', NULL);
SELECT * FROM platforms ORDER BY scheme;
INSERT INTO platforms VALUES ('nano=1000,micro=10000,mid=50000,macro=500000,mega=1000000');

DROP TABLE schemes, schemes_read, platforms;
