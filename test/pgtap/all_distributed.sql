-- Not under valgrind: it takes seconds as it is, and would take hours.
--
-- Aggregates over shards, as Citus computes them: a state for each shard, sent
-- as text or in its binary form, read, merged by the combine function and
-- finished gives the bytes of one aggregate over all rows.
--
-- The aggregates come from the catalog.  worker_partial_agg() is an aggregate
-- made of the transition function alone, and coord_combine_agg() one made of
-- the combine and the final function.
--
BEGIN;
SET LOCAL client_min_messages = warning;
-- What workers may have set otherwise: as text, a double of a state must not be cut.
SET LOCAL extra_float_digits = -5;
SET LOCAL datestyle = 'German, DMY';
SET LOCAL timezone = 'Asia/Kolkata';
\ir ../shell/sample/sample.psql

CREATE TEMP TABLE distributed AS
SELECT c.*, row_number() OVER (ORDER BY c.function::text COLLATE "C") AS number, a.aggtransfn, a.aggcombinefn, a.aggfinalfn,
	a.aggtranstype::regtype AS state, a.agginitval, a.aggfinalextra, t.typsend AS state_send,
	pg_get_function_identity_arguments(c.function) AS arguments
FROM callable AS c JOIN pg_aggregate AS a ON a.aggfnoid = c.function JOIN pg_type AS t ON t.oid = a.aggtranstype;

SELECT plan(13 + 7 * (SELECT count(*)::int FROM distributed));

SELECT cmp_ok((SELECT count(*) FROM distributed), '>', 25::bigint, 'there are aggregates');
-- What Citus asks of an aggregate before it splits it, and what a state needs on its way.
SELECT is_empty($$ SELECT function FROM distributed WHERE aggcombinefn = 0 $$, 'every aggregate combines');
SELECT is_empty($$ SELECT function FROM distributed JOIN pg_type AS t ON t.oid = state WHERE typtype = 'p' $$, 'no state is of a pseudo-type');
SELECT is_empty($$ SELECT function FROM distributed JOIN pg_type AS t ON t.oid = state WHERE typsend = 0 OR typreceive = 0 $$, 'every state has binary forms');
SELECT is_empty($$ SELECT function FROM distributed JOIN pg_proc AS p ON p.oid = function WHERE pronargs = 0 OR EXISTS (
	SELECT FROM unnest(proargtypes) AS a JOIN pg_type AS t ON t.oid = a WHERE typtype = 'p') $$, 'every aggregate has arguments, of real types');
-- Not even a state made of others may hold what is written by a setting.
SELECT is_empty($$ WITH RECURSIVE part AS (
		SELECT function, state::oid AS type FROM distributed
		UNION SELECT function, next.oid FROM part JOIN pg_type AS t ON t.oid = type CROSS JOIN LATERAL (
			SELECT t.typelem WHERE t.typelem <> 0 AND t.typlen = -1
			UNION ALL SELECT atttypid FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0) AS next (oid))
	SELECT function, type::regtype FROM part
	WHERE type IN ('float4'::regtype, 'float8'::regtype, 'date'::regtype, 'timestamptz'::regtype, 'interval'::regtype, 'money'::regtype) $$,
	'no state holds what settings write otherwise');

DO $$
DECLARE
	a record;
BEGIN
	FOR a IN SELECT *, coalesce(', INITCOND = ' || quote_literal(agginitval), '') AS initial FROM distributed LOOP
		EXECUTE format('CREATE AGGREGATE partial_%s(%s) (SFUNC = %s, STYPE = %s %s)',
			a.number, a.arguments, a.aggtransfn::regproc, a.state, a.initial);
		EXECUTE format('CREATE AGGREGATE merge_%1$s(%2$s) (SFUNC = %3$s, STYPE = %2$s %4$s)',
			a.number, a.state, a.aggcombinefn::regproc, a.initial);
		EXECUTE format('CREATE AGGREGATE combine_%1$s(%2$s) (SFUNC = %3$s, STYPE = %2$s %4$s %5$s)',
			a.number, a.state, a.aggcombinefn::regproc, a.initial,
			CASE WHEN a.aggfinalfn <> 0 THEN ', FINALFUNC = ' || a.aggfinalfn::regproc END);
	END LOOP;
END $$;

-- Five shards of one row, seven of many, one with NULLs alone, and two without rows.
INSERT INTO sample (id) VALUES (301), (302);
CREATE FUNCTION shard_of(id bigint) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN CASE WHEN id <= 5 THEN id WHEN id <= 300 THEN 6 + id % 7 ELSE 13 END;
CREATE TABLE shard AS SELECT generate_series(1, 15) AS shard;

-- The states of all shards, as they were made (way is 'kept') and as they
-- arrive; file is on the server.
CREATE FUNCTION pg_temp.make_states(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	a record;
	file text := current_setting('data_directory') || '/distributed_test.bin';
	elsewhere text := $f$LANGUAGE plpgsql SET search_path = pg_catalog SET extra_float_digits = 0
		SET datestyle = 'ISO, MDY' SET timezone = 'America/Lima' AS 'BEGIN RETURN $1; END'$f$;
BEGIN
	SELECT * INTO a FROM distributed AS d WHERE d.number = make_states.number;
	EXECUTE format('CREATE TABLE states_%s AS SELECT %L AS way, shard, (SELECT %s(%s) FROM sample WHERE shard_of(id) = shard) AS state FROM shard',
		number, 'kept', 'partial_' || number, pg_temp.arguments(a.function));
	EXECUTE format('COPY states_%s TO %L (FORMAT binary)', number, file);
	EXECUTE format('CREATE TABLE received AS TABLE states_%s WITH NO DATA', number);
	EXECUTE format('COPY received FROM %L (FORMAT binary)', file);
	EXECUTE format('INSERT INTO states_%s SELECT %L, shard, state FROM received UNION ALL SELECT %L, shard, state::text::%s FROM states_%1$s',
		number, 'binary', 'text', a.state);
	DROP TABLE received;
	-- written here and read by a server of other settings, and the other way round
	EXECUTE format('CREATE FUNCTION %s RETURNS text ' || elsewhere, format('written(%s)', a.state));
	EXECUTE format('CREATE FUNCTION %s RETURNS %s ' || elsewhere, 'read(text)', a.state);
	EXECUTE format('INSERT INTO states_%1$s SELECT %2$L, shard, CASE WHEN shard %% 2 = 0 THEN written(state)::%3$s ELSE read(state::text) END
		FROM states_%1$s WHERE way = %4$L', number, 'elsewhere', a.state, 'kept');
	EXECUTE format('DROP FUNCTION written(%s)', a.state);
	DROP FUNCTION read(text);
	EXECUTE format('COPY (SELECT) TO %L', file);
END $$;
SELECT pg_temp.make_states(number) FROM distributed;

-- The bytes of the result of a query.
CREATE FUNCTION pg_temp.result(query text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	bytes bytea;
BEGIN
	EXECUTE query INTO bytes;
	RETURN bytes;
END $$;
CREATE FUNCTION pg_temp.whole(d distributed) RETURNS bytea LANGUAGE sql AS $$
	SELECT pg_temp.result(format('SELECT %s(%s) FROM sample', d.send, d.call))
$$;
CREATE FUNCTION pg_temp.combined(d distributed, way text, how text DEFAULT 'SELECT state FROM states_%s WHERE way = %L ORDER BY shard')
RETURNS bytea LANGUAGE sql AS $$
	SELECT pg_temp.result(format('SELECT %s(combine_%s(state)) FROM (%s) AS s', d.send, d.number, format(how, d.number, way, d.state)))
$$;

SELECT is((SELECT count(*) FROM distributed AS d WHERE pg_temp.whole(d) IS NOT NULL), (SELECT count(*) FROM distributed), 'every aggregate has a result');
SELECT is(pg_temp.combined(d, 'text'), pg_temp.whole(d), 'states as text: ' || function) FROM distributed AS d ORDER BY number;
SELECT is(pg_temp.combined(d, 'binary'), pg_temp.whole(d), 'states as bytes: ' || function) FROM distributed AS d ORDER BY number;
SELECT is(pg_temp.combined(d, 'text', 'SELECT state FROM states_%s WHERE way = %L ORDER BY shard DESC'), pg_temp.whole(d),
	'states in another order: ' || function) FROM distributed AS d ORDER BY number;
SELECT is(pg_temp.combined(d, 'binary', 'SELECT merge_%1$s(state)::text::%3$s AS state FROM states_%1$s WHERE way = %2$L GROUP BY shard %% 4'), pg_temp.whole(d),
	'states merged in two steps: ' || function) FROM distributed AS d ORDER BY number;
SELECT is(pg_temp.combined(d, 'text', 'SELECT state FROM states_%s WHERE way = %L AND shard > 13'),
	pg_temp.result(format('SELECT %s(%s) FROM sample WHERE false', send, call)), 'empty shards: ' || function) FROM distributed AS d ORDER BY number;
SELECT is(pg_temp.result(format('SELECT string_agg(%s(state), NULL ORDER BY shard) FROM states_%s WHERE way = %L', state_send, number, 'text')),
	pg_temp.result(format('SELECT string_agg(%s(state), NULL ORDER BY shard) FROM states_%s WHERE way = %L', state_send, number, 'binary')),
	'states arrive the same: ' || function) FROM distributed AS d ORDER BY number;
SELECT is(pg_temp.result(format('SELECT string_agg(%s(state), NULL ORDER BY shard) FROM states_%s WHERE way = %L', state_send, number, 'elsewhere')),
	pg_temp.result(format('SELECT string_agg(%s(state), NULL ORDER BY shard) FROM states_%s WHERE way = %L', state_send, number, 'binary')),
	'states arrive the same from other settings: ' || function) FROM distributed AS d ORDER BY number;

-- Audiences that are sampled: what the shards give together is the audience of
-- all rows, trimmed to its lg_k, as it is in a parallel plan.
CREATE FUNCTION audience_of(i integer) RETURNS audience_sketch LANGUAGE sql AS 'SELECT audience(i)';
CREATE FUNCTION pg_temp.sampled(aggregate regprocedure, given text) RETURNS bytea LANGUAGE sql AS $$
	SELECT pg_temp.result(format('SELECT combine_%s(state::text::audience_sketch)::bytea FROM (
		SELECT partial_%1$s(%s) AS state FROM generate_series(1, 30000) AS i GROUP BY i %% 7) AS s', number, given))
	FROM distributed WHERE function = aggregate
$$;
SELECT is(pg_temp.sampled('audience(bigint)', 'i'), (SELECT audience_trim(audience(i))::bytea FROM generate_series(1, 30000) AS i), 'a sampled audience');
SELECT is(pg_temp.sampled('audience(bigint, integer)', 'i, 6'), (SELECT audience_trim(audience(i, 6), 6)::bytea FROM generate_series(1, 30000) AS i),
	'a small sampled audience');
SELECT is(pg_temp.sampled('audience_union(audience_sketch, integer)', 'audience_of(i), 7'),
	(SELECT audience_union(audience_of(i), 7)::bytea FROM generate_series(1, 30000) AS i), 'a sampled union');

-- Sums that fit in each shard and not together, and a shard whose sum does not
-- fit: the error is that of the whole.
CREATE TABLE large (shard integer, likes bigint, digits digit_counts);
INSERT INTO large SELECT s, 9223372036854775807, '1=9223372036854775807' FROM generate_series(1, 2) AS s;
SELECT throws_ok('SELECT sum(digits) FROM large', '22003', NULL, 'an overflow of the whole, and so of a shard that has it all');
SELECT throws_ok('SELECT sum(d::text::digit_counts) FROM (SELECT sum(digits) AS d FROM large GROUP BY shard) AS s', '22003', NULL,
	'the same of shards that fit');
SELECT is((SELECT sum(e::text::engagement_summary) FROM (SELECT engagement(likes / 10000000, 0, likes / 100000) AS e FROM large GROUP BY shard) AS s),
	(SELECT engagement(likes / 10000000, 0, likes / 100000) FROM large), 'large sums travel as well');

SELECT * FROM finish();
ROLLBACK;
