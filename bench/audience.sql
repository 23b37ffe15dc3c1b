-- What audiences cost, against the sketches of postgresql-hll, where that is
-- installed, count(DISTINCT) and the exact join.

-- 1,000 accounts, followers drawn from one user in ten rows.
CREATE UNLOGGED TABLE follower AS
	SELECT (hashint8(i) & 2147483647) % 1000 AS account,
		(hashint8extended(i, 1) & 9223372036854775807) % (:rows / 10) AS user_id
	FROM generate_series(1, :rows::bigint) AS i;
VACUUM ANALYZE follower;
CREATE UNLOGGED TABLE account AS
	SELECT account, audience(user_id) AS a FROM follower GROUP BY account;
VACUUM ANALYZE account;

\set built '''SELECT account, audience(user_id) FROM follower GROUP BY 1'''
SELECT count(*) > 0 AS has_hll FROM pg_available_extensions WHERE name = 'hll' \gset
\if :has_hll
CREATE EXTENSION hll;
SELECT bench.compare('`audience(bigint)` per account, 1,000 accounts', '`hll_add_agg(hll_hash_bigint(…))`', 1.0, :built,
	'SELECT account, hll_add_agg(hll_hash_bigint(user_id)) FROM follower GROUP BY 1', :runs);
\endif
SELECT bench.compare('`audience(bigint)` per account, 1,000 accounts', '`count(DISTINCT …)`', 0.5, :built,
	'SELECT account, count(DISTINCT user_id) FROM follower GROUP BY 1', :runs);
SELECT bench.compare('`audience(bigint)` per account of 20 followers', '`count(*)` per account', NULL,
	'SELECT user_id % (' || :rows || ' / 20), audience(user_id) FROM follower GROUP BY 1',
	'SELECT user_id % (' || :rows || ' / 20), count(*) FROM follower GROUP BY 1', :runs);
SELECT bench.compare('`jaccard(a, b)`, all pairs of 1,000 stored sketches', 'the exact self-join of their rows', 0.2,
	'SELECT x.account, y.account, jaccard(x.a, y.a) FROM account AS x JOIN account AS y ON x.account < y.account',
	'SELECT x.account, y.account, count(*) FROM follower AS x JOIN follower AS y USING (user_id) WHERE x.account < y.account GROUP BY 1, 2', 1);

CALL bench.grow('`audience(bigint)`, 1,000 accounts', 'SELECT account, audience(user_id) FROM bench.sized GROUP BY 1', 'follower', :rows, :runs);
DROP TABLE follower, account;
