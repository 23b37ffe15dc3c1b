-- What DuckDB took, in ms, beside the report from the rollup: the time of the
-- last row of bench.ratio is measured already.
INSERT INTO bench.ratio (work, reference, target, runs, ratio, low, high, ms, reference_ms, query, plan, reference_plan)
SELECT work, 'the same by DuckDB over an export, one thread', .3, 1, ms / :theirs, ms / :theirs, ms / :theirs, ms, :theirs, query, plan, 'DuckDB'
FROM bench.ratio ORDER BY place DESC LIMIT 1
RETURNING format('%s / %s: %s, at most %s; %s ms / %s ms', work, reference, round(ratio::numeric, 3), target, round(ms), round(reference_ms));
