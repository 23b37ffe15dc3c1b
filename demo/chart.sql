--
-- Pictures of an agency's profiles and of a campaign, as SVG made by SQL.
--
-- What they are drawn from are three views, whose names are given to psql:
--
--   psql -v profiles=my_profiles -v candidates=my_candidates -v snapshots=my_snapshots
--
-- doc/report.md has their columns. All is made in a schema of its own, chart, and
-- what it draws is a copy of these views' rows from when this was run. page.sql
-- runs it in a transaction that is rolled back, and so leaves nothing behind.
--

\set defaults ''
\if :{?profiles} \else \set profiles report_profile \set defaults :defaults ',report_profile'
\endif
\if :{?candidates} \else \set candidates report_candidate \set defaults :defaults ',report_candidate'
\endif
\if :{?snapshots} \else \set snapshots report_snapshot \set defaults :defaults ',report_snapshot'
\endif
\if :{?title} \else \set title 'Campaign report'
\endif
\if :{?source} \else \set source ''
\endif
\if :{?budget} \else \set budget 1000
\endif
\if :{?currency} \else \set currency ''
\endif
\if :{?population} \else \set population ''
\endif
\if :{?mean_common} \else \set mean_common ''
\endif
\if :{?rules} \else \set rules ''
\endif
\if :{?notes} \else \set notes '{}'
\endif

-- The demo's views have the names that are taken without any.
SELECT count(*) > 0 AS unnamed FROM unnest(string_to_array(:'defaults', ',')) AS view WHERE view <> '' AND to_regclass(view) IS NULL \gset
\if :unnamed
DO $$
BEGIN
	RAISE 'psql was not told which views to draw'
		USING HINT = 'Name all three: -v profiles=my_profiles -v candidates=my_candidates -v snapshots=my_snapshots. doc/report.md has their columns.';
END
$$;
\endif

DO $$
BEGIN
	PERFORM xmlelement(NAME p);
	IF getdatabaseencoding() <> 'UTF8' THEN
		RAISE 'the pictures need a database whose encoding is UTF8, and this one is in %', getdatabaseencoding()
			USING ERRCODE = 'feature_not_supported';
	END IF;
EXCEPTION WHEN feature_not_supported THEN
	IF SQLERRM LIKE 'unsupported XML%' THEN
		RAISE 'the pictures are made by xmlelement, and this server was built without libxml'
			USING ERRCODE = 'feature_not_supported',
			HINT = 'Take a server that was configured --with-libxml, as those of Debian, Red Hat and postgresql.org are.';
	END IF;
	RAISE;
END
$$;

CREATE SCHEMA chart;
SELECT set_config('search_path', 'chart, ' || current_setting('search_path'), false) AS search_path \gset

\ir chart/draw.sql
\ir chart/data.sql
\ir chart/figure.sql
\ir chart/ladder.sql
\ir chart/reach.sql
\ir chart/shortlist.sql
\ir chart/overlap.sql
\ir chart/plan.sql
\ir chart/audience.sql
\ir chart/growth.sql
\ir chart/forecast.sql
\ir chart/maturity.sql
\ir chart/style.sql
\ir chart/page.sql
