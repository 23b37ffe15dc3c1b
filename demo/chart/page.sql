--
-- The page: all pictures in one file that needs nothing else. It has no scripts,
-- and its policy forbids the browser to fetch anything.
--

CREATE FUNCTION page() RETURNS text
STABLE PARALLEL SAFE
RETURN (SELECT '<!DOCTYPE html>' || E'\n' || xmlelement(NAME html, xmlattributes('http://www.w3.org/1999/xhtml' AS xmlns,
	'en' AS lang),
	xmlelement(NAME head,
		xmlelement(NAME meta, xmlattributes('utf-8' AS charset)),
		xmlelement(NAME meta, xmlattributes('viewport' AS name, 'width=device-width, initial-scale=1' AS content)),
		xmlelement(NAME meta, xmlattributes('Content-Security-Policy' AS "http-equiv",
			'default-src ''none''; style-src ''unsafe-inline''' AS content)),
		xmlelement(NAME title, s.title),
		xmlelement(NAME style, page_style())),
	xmlelement(NAME body,
		xmlelement(NAME header, xmlelement(NAME h1, s.title),
			CASE WHEN s.source <> '' THEN xmlelement(NAME p, s.source) END),
		xmlelement(NAME main, recommendation_cards(), reach_figure(), shortlist_figure(), overlap_figure(), plan_figure(), ladder_figure(),
			audience_figure(), growth_figure(), forecast_figure(), maturity_figure()),
		xmlelement(NAME footer, xmlelement(NAME p, 'Made in PostgreSQL by the extension influencer: no scripts, nothing is fetched.'))))::text
	FROM setting AS s);
