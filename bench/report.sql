-- doc/performance.md, from what was measured.
\pset footer off
\echo '# Performance'
\echo
\echo 'Written by `make bench`; every ratio is of two queries timed by turns in one session, ours first. Ratios hold from machine'
\echo 'to machine; times don''t.'
\echo
SELECT format('PostgreSQL %s; %s; %s.', split_part(current_setting('server_version'), ' ', 1), :'machine', :'today');
-- What was set for this run, by the server's options or those of the session.
SELECT coalesce('Settings of memory, of the planner and of what is written that are not the default: '
	|| string_agg(format('`%s = %s`', name, current_setting(name)), ', ' ORDER BY name) || '.', 'All settings are the default.')
FROM pg_settings
WHERE setting IS DISTINCT FROM boot_val AND source IN ('configuration file', 'command line', 'database', 'user', 'client', 'session')
	AND category ~ '^(Query Tuning|Resource Usage|Write-Ahead Log)';
SELECT format('Largest table: %s rows. Median of the ratios of %s turns; in brackets the least and the greatest.',
	to_char(:rows, 'FM999,999,999,999'), :runs);
\echo
\echo '## Ratios'
\echo
\echo '| | work | against | measured | | at most | ours, ms | theirs, ms |'
\echo '|---|---|---|---|---|---|---|---|'
SELECT format('| %s | %s | %s | %s | %s | %s | %s | %s |', place, work, reference, round(ratio::numeric, 2),
	CASE WHEN runs > 1 THEN format('(%s to %s)', round(low::numeric, 2), round(high::numeric, 2)) ELSE 'one turn' END,
	target, round(ms), round(reference_ms))
FROM bench.ratio ORDER BY place;
\echo
SELECT coalesce('Past their limit in this run: '
	|| string_agg(format('%s (%s)', place, round(ratio::numeric, 2)), ', ' ORDER BY place) || '.',
	'No row is past its limit in this run.')
FROM bench.ratio WHERE ratio > target;
\echo
\echo 'Notes on these figures, dated and by hand, also on rows past their limit, are in [bench/README.md](../bench/README.md#notes-by-hand).'
\echo
\echo '## Cost against the number of rows'
\echo
\echo 'Nanoseconds a row, serial; and how much faster two workers are than one, the leader taking no part. At least 1.7 is asked for.'
\echo
\echo '| work | rows | ns a row | two workers |'
\echo '|---|---|---|---|'
SELECT format('| %s | %s | %s | %s × |', work, to_char(rows, 'FM999,999,999,999'), round(serial_ms * 1e6 / rows), round((one_ms / two_ms)::numeric, 2))
FROM bench.growth ORDER BY place;
\echo
\echo '## Plans'
\echo
\echo 'Of the rows above, by number: ours, then the other way.'
SELECT format(E'\n%s. %s\n\n```\n%s\n```\n```\n%s\n```', place, work, plan, reference_plan) FROM bench.ratio ORDER BY place;
