--
-- tier: the size class of a profile
--
\set SHOW_CONTEXT never

-- The boundaries of the default scheme.  Both ends of micro are included.
SELECT followers, tier(followers)
FROM (VALUES
	(-9223372036854775808), (-1), (0), (999), (1000), (9999), (10000), (50000), (50001),
	(499999), (500000), (999999), (1000000), (9223372036854775807), (NULL)) AS v (followers);

-- The same counts in other schemes, and with tiers left out.
SELECT followers, tier(followers, 'iab_uk') AS iab_uk, tier(followers, 'hypeauditor') AS hypeauditor,
	tier(followers, 'later_fohr') AS later_fohr, tier(followers, 'micro=10K,mega=1M') AS two,
	tier(followers, 'mega=9223372036854775807') AS last
FROM (VALUES (-1), (0), (999), (9999), (10000), (49999), (50000), (50001), (99999), (100000),
	(999999), (1000000), (1000001), (9223372036854775806), (9223372036854775807)) AS v (followers);
SELECT tier(NULL::bigint, 'iab_uk') IS NULL AS followers, tier(5, NULL) IS NULL AS scheme;

-- Seven bands, as some agencies have: each of the labels.
SELECT followers, tier(followers, 'nano=0,micro=1K,small=10K,mid=50K,macro=100K,mega=500K,celebrity=1M')
FROM (VALUES (-1), (0), (999), (1000), (9999), (10000), (49999), (50000), (99999), (100000), (499999), (500000), (999999), (1000000)) AS v (followers);

-- Columns of every integer type, and named arguments.
SELECT tier(10000::smallint), tier(10000::integer), tier(10000::bigint),
	tier(followers => 10000, scheme => 'iab_uk');

-- Text form, whatever its case and the blanks around it.
SELECT label, label::tier FROM (VALUES ('none'), ('Nano'), ('MICRO'), ('Small'), ('  mid '), (E'\tmacro\n'), ('mEGa'), ('Celebrity')) AS v (label);
-- What else they are called.
SELECT label, label::tier FROM (VALUES ('mid-tier'), ('Mid Tier'), ('MID_TIER'), ('midtier'), ('celeb'), (' CELEB ')) AS v (label);
SELECT 'micro '::tier::text AS label, tier('micro') AS by_name;

-- A wrong label lists the right ones.
SELECT 'giant'::tier;
\echo :SQLSTATE
SELECT ''::tier;
SELECT 'micr'::tier;
SELECT 'micro1'::tier;
SELECT 'mid  tier'::tier;
-- A count that is text is no label.
SELECT '2'::tier;
SELECT tier('48.5K');
SELECT tier(parse_count('48.5K'));

-- Binary form: a byte that is no place; the cast is the place, for tools that sort.
SELECT t, tier_send(t), t::integer FROM unnest('{none,nano,micro,small,mid,macro,mega,celebrity}'::tier[]) AS t;
CREATE TABLE labels (t tier);
INSERT INTO labels SELECT unnest('{mega,none,celebrity,micro,NULL,nano,macro,small,mid}'::tier[]);
CREATE TABLE labels_read (LIKE labels);
\copy labels TO 'results/tier.data' (FORMAT binary)
\copy labels_read FROM 'results/tier.data' (FORMAT binary)
SELECT * FROM labels_read;

-- Any other byte would be a tier without a label, and of no order.
\set try_bytes '\\copy labels_read FROM ''results/tier.data'' (FORMAT binary)'
\copy (SELECT '\x06'::bytea) TO 'results/tier.data' (FORMAT binary)
:try_bytes
\copy (SELECT '\xff'::bytea) TO 'results/tier.data' (FORMAT binary)
:try_bytes
\copy (SELECT ''::bytea) TO 'results/tier.data' (FORMAT binary)
:try_bytes
\copy (SELECT '\x4003'::bytea) TO 'results/tier.data' (FORMAT binary)
:try_bytes
SELECT count(*) AS rows FROM labels_read;

-- The order is that of size, not of the alphabet.
SELECT t FROM labels ORDER BY t;
SELECT t FROM labels ORDER BY t DESC;
SELECT min(t), max(t) FROM labels;
SELECT min(t), max(t) FROM labels WHERE false;
SELECT a.t AS a, b.t AS b, a.t < b.t AS "<", a.t <= b.t AS "<=", a.t = b.t AS "=", a.t <> b.t AS "<>",
	a.t >= b.t AS ">=", a.t > b.t AS ">", tier_cmp(a.t, b.t) AS cmp,
	tier_smaller(a.t, b.t) AS smaller, tier_larger(a.t, b.t) AS larger
FROM labels AS a, labels AS b WHERE a.t IN ('none', 'micro', 'mega') AND b.t IN ('none', 'micro', 'mega')
ORDER BY a.t, b.t;
SELECT t, t BETWEEN 'nano' AND 'mid' AS small FROM labels ORDER BY t;

-- Equal tiers hash alike, and seeds count.
SELECT count(DISTINCT tier_hash(t)) AS hashes, count(DISTINCT tier_hash_extended(t, 0)) AS extended,
	bool_and(tier_hash_extended(t, 1) <> tier_hash_extended(t, 2)) AS seeded,
	bool_and(tier_hash_extended(t, 0)::bit(32) = tier_hash(t)::bit(32)) AS seed_0
FROM labels;

-- A tier takes one byte.
SELECT pg_column_size('mega'::tier) AS bytes;

-- Ranges and ladders; one left out is empty, and the others close the gap.
SELECT tier_range('micro') AS micro, tier_range('none') AS "none", tier_range('mega') AS mega,
	tier_range('mid', 'later_fohr') AS mid;
SELECT tier_range('nano', 'micro=10K') AS left_out, tier_range('none', 'micro=10K') AS below,
	tier_range('micro', 'micro=10K') AS above, tier_range('none', 'nano=0') AS negative;
SELECT tier_range('macro', 'macro=1,mega=9223372036854775807') AS macro,
	tier_range('mega', 'macro=1,mega=9223372036854775807') AS mega;
SELECT tier_range('small') AS small, tier_range('small', 'micro=1K,small=10K,mid=50K') AS small_there;
SELECT tier_range(NULL) IS NULL AS tier, tier_range('mid', NULL) IS NULL AS scheme;
SELECT * FROM tiers();
SELECT * FROM tiers('later_fohr');
SELECT * FROM tiers('micro=10K,macro=500K');
SELECT * FROM tiers('nano=0,micro=1K,small=10K,mid=50K,macro=100K,mega=500K,celebrity=1M');
SELECT * FROM tiers(NULL);

-- The counts of a tier, both ends included; no count lies between those of one
-- that is left out.  The same of several tiers.
SELECT t, tier_first(t), tier_last(t), tier_first(t, 'later_fohr'), tier_last(t, 'micro=10K')
FROM unnest('{none,nano,micro,small,mid,macro,mega,celebrity}'::tier[]) AS t;
SELECT a, b, tiers_first(a, b), tiers_last(a, b), tiers_first(a, b, 'mid=5,mega=7') AS first_there, tiers_last(a, b, 'mid=5,mega=7') AS last_there
FROM (VALUES ('none'::tier, 'celebrity'::tier), ('none', 'micro'), ('micro', 'mid'), ('small', 'small'), ('small', 'macro'), ('celebrity', 'celebrity'), ('mid', 'micro')) AS v (a, b);
SELECT tier_first(NULL), tier_last(NULL), tier_first('mid', NULL), tier_last(NULL, 'iab_uk'), tiers_first(NULL, 'mid'), tiers_last('mid', NULL);

-- A report that shows the empty tiers too.
SELECT l.tier, count(p.followers) AS profiles
FROM tiers() AS l LEFT JOIN (VALUES (500), (20000), (30000), (2000000)) AS p (followers) ON tier(p.followers) = l.tier
GROUP BY l.tier ORDER BY l.tier;

-- Range and function agree at every bound of every scheme.
SELECT scheme, count(*) AS counts, count(*) FILTER (WHERE (followers <@ l.followers_of) IS DISTINCT FROM (tier(followers, scheme) = l.tier)
	OR (followers BETWEEN tier_first(l.tier, scheme) AND tier_last(l.tier, scheme)) IS DISTINCT FROM (tier(followers, scheme) = l.tier)) AS differ
FROM unnest('{instagram,iab_uk,hypeauditor,later_fohr,"nano=0","micro=7,mega=8","mega=9223372036854775806","nano=1,micro=2,small=3,mid=5,macro=6,mega=8,celebrity=9"}'::tier_scheme[]) AS scheme,
	LATERAL (SELECT tier, followers FROM tiers(scheme)) AS l (tier, followers_of),
	LATERAL (SELECT DISTINCT b + d FROM tiers(scheme) AS x,
		unnest(ARRAY[lower(x.followers), upper(x.followers)]) AS b, generate_series(-1, 1) AS d
		WHERE b IS NOT NULL) AS f (followers)
GROUP BY scheme ORDER BY scheme;

-- A BRIN index: large tables by tier.
CREATE TABLE pages AS SELECT tier((2 ^ (n / 1000))::bigint) AS tier, n FROM generate_series(0, 23999) AS n;
CREATE INDEX ON pages USING brin (tier) WITH (pages_per_range = 4);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM pages WHERE tier >= 'macro';
SELECT count(*), min(n) FROM pages WHERE tier >= 'macro';
SELECT count(*), min(n) FROM pages WHERE tier = 'nano';
RESET enable_seqscan;

DROP TABLE labels, labels_read, pages;
