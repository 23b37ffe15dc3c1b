-- What the benchmarks share: how two queries are compared, how cost grows with
-- the rows, and the tables of results that bench/report.sql writes down.
CREATE EXTENSION IF NOT EXISTS influencer;
CREATE SCHEMA bench;

CREATE TABLE bench.ratio (
	place integer GENERATED ALWAYS AS IDENTITY,
	work text, reference text,
	target numeric,				-- NULL where none is named
	runs integer,
	ratio float8, low float8, high float8,
	ms float8, reference_ms float8,
	query text, plan text, reference_plan text
);
CREATE TABLE bench.growth (
	place integer GENERATED ALWAYS AS IDENTITY,
	work text, rows bigint,
	serial_ms float8, one_ms float8, two_ms float8
);

-- Milliseconds of a query; all its rows are computed and skipped.
CREATE FUNCTION bench.milliseconds(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query || ' OFFSET 1000000000';
	RETURN 1000 * extract(epoch FROM clock_timestamp() - started);
END $$;

CREATE FUNCTION bench.median(numbers float8[]) RETURNS float8 LANGUAGE SQL
	RETURN (SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY n) FROM unnest(numbers) AS n);

CREATE FUNCTION bench.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text[];
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		lines := lines || line;
	END LOOP;
	RETURN array_to_string(lines, E'\n');
END $$;

-- Time two queries by turns, after a turn that does not count, and note the
-- median of the turns' ratios, the least and the greatest.
CREATE FUNCTION bench.compare(work text, reference text, target numeric, query text, other text, runs integer)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	ours float8[];
	theirs float8[];
	r bench.ratio;
BEGIN
	IF runs > 1 THEN
		PERFORM bench.milliseconds(q) FROM unnest(ARRAY[query, other]) AS q;
	END IF;
	FOR i IN 1 .. runs LOOP
		ours[i] := bench.milliseconds(query);
		theirs[i] := bench.milliseconds(other);
	END LOOP;
	INSERT INTO bench.ratio (work, reference, target, runs, ratio, low, high, ms, reference_ms, query, plan, reference_plan)
	SELECT work, reference, target, runs, bench.median(array_agg(o / t)), min(o / t), max(o / t),
		bench.median(ours), bench.median(theirs), query, bench.plan(query), bench.plan(other)
	FROM unnest(ours, theirs) AS turn (o, t)
	RETURNING * INTO r;
	RETURN format('%s / %s: %s (%s to %s)%s; %s ms / %s ms', work, reference,
		round(r.ratio::numeric, 3), round(r.low::numeric, 3), round(r.high::numeric, 3),
		', at most ' || target, round(r.ms), round(r.reference_ms));
END $$;

CREATE FUNCTION bench.median_time(query text, workers integer, runs integer) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	times float8[];
BEGIN
	PERFORM set_config('max_parallel_workers_per_gather', workers::text, false);
	PERFORM bench.milliseconds(query);
	FOR i IN 1 .. runs LOOP
		times[i] := bench.milliseconds(query);
	END LOOP;
	RETURN bench.median(times);
END $$;

-- Time a query over the first rows of a table, from a hundredth of all to all:
-- serial, with one worker and with two.  In the query, the table is bench.sized.
-- Each size is a table of its own, so that workers can read it.
CREATE PROCEDURE bench.grow(work text, query text, source text, all_rows bigint, runs integer) LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
	took bench.growth;
BEGIN
	SET parallel_setup_cost = 0;
	SET parallel_tuple_cost = 0;
	SET min_parallel_table_scan_size = 0;
	SET parallel_leader_participation = off;
	FOREACH n IN ARRAY ARRAY[all_rows / 100, all_rows / 10, all_rows] LOOP
		EXECUTE format('CREATE UNLOGGED TABLE bench.sized WITH (parallel_workers = 2) AS SELECT * FROM %s LIMIT %s', source, n);
		COMMIT;
		ANALYZE bench.sized;
		COMMIT;
		INSERT INTO bench.growth (work, rows, serial_ms, one_ms, two_ms)
		VALUES (work, n, bench.median_time(query, 0, runs), bench.median_time(query, 1, runs), bench.median_time(query, 2, runs))
		RETURNING * INTO took;
		RAISE INFO '%, % rows: % ns a row, two workers % times as fast as one', work, n,
			round(took.serial_ms * 1e6 / n), round((took.one_ms / took.two_ms)::numeric, 2);
		DROP TABLE bench.sized;
		COMMIT;
	END LOOP;
	RESET max_parallel_workers_per_gather;
END $$;
