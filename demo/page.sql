--
-- The report as one HTML file, on standard output. What it makes in the database
-- is gone when it ends.
--
--   psql -X -v profiles=... -v candidates=... -v snapshots=... -f demo/page.sql >report.html
--

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
\encoding UTF8
BEGIN;
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO';
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;
\ir chart.sql
SELECT chart.page();
ROLLBACK;
