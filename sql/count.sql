--
-- count: counts as people write them
--
\set SHOW_CONTEXT never

-- Written out, a count has no decimals, so every separator groups thousands.
-- Read as a decimal mark, 10.000 would be ten.
SELECT written, parse_count(written)
FROM (VALUES
	('0'), ('7'), ('48500000'), ('007'),
	('1,234,567'), ('1.234.567'), ('1 234 567'), ('1''234''567'), ('1_234_567'),
	('10.000'), ('10,000'), ('999,999'),
	('  1,234 '), (E'\t12\n'),
	('9223372036854775807'), ('9,223,372,036,854,775,807'),
	('000,000,000,000,000,000,001')) AS v (written);

-- The spaces and apostrophes that typography puts between thousands.
SELECT parse_count(U&'1\00A0234') AS no_break, parse_count(U&'1\202F234') AS narrow,
	parse_count(U&'1\2009234') AS thin, parse_count(U&'1\2019234') AS apostrophe;

-- Abbreviated, a count may have decimals; a factor of 1,000 is lost if the
-- mark is taken for the other one.
SELECT written, parse_count(written)
FROM (VALUES
	('48.5M'), ('29.4K'), ('2B'), ('2b'), ('1k'), ('1m'), ('48,5M'), ('1.5 K'),
	('0.5K'), ('0.001K'), ('1.234K'), ('1.234M'), ('1.234567M'), ('1.000K'),
	('1.50000K'), ('1,234.5K'), ('1.234,5K'), ('1,234,567K'), ('1.234.567K'),
	('1 234,5K'), ('9223372036854775.807K')) AS v (written);

-- NULL in, NULL out.
SELECT parse_count(NULL) IS NULL AS parse, try_parse_count(NULL) IS NULL AS try;

-- What is not a count is an error that says why, and never a guess.
CREATE FUNCTION pg_temp.failure(written text,
	OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	message := 'accepted: ' || parse_count(written);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

CREATE TABLE no_count (problem text, written text);
INSERT INTO no_count VALUES
	('not a number', 'N/A'), ('not a number', ''), ('not a number', '   '),
	('not a number', 'K'), ('not a number', '-'), ('not a number', '.'),
	('not a number', '1..000'), ('not a number', '1,'), ('not a number', ',1'),
	('not a number', '+5'), ('not a number', '5%'), ('not a number', '1e6'),
	('not a number', '0x10'), ('not a number', '1M2'), ('not a number', '12KK'),
	('not a number', '1T'), ('not a number', 'NaN'), ('not a number', U&'\0661\0662'),
	('negative', '-5'), ('negative', '-1,000'), ('negative', '-1K'), ('negative', '-0'),
	('grouping', '1.5'), ('grouping', '10.00'), ('grouping', '1234,567'),
	('grouping', '1,23,456'), ('grouping', '1,234.567'), ('grouping', '1.234,567'),
	('grouping', '1 234.567'), ('grouping', '1234.567.8K'), ('grouping', '1 5K'),
	('ambiguous', '1,234K'), ('ambiguous', '12,345M'),
	('fraction', '1.2345K'), ('fraction', '0.0001K'), ('fraction', '1.0000001M'), ('fraction', '9.223372036854775807B'),
	('overflow', '9223372036854775808'), ('overflow', '99999999999999999999'),
	('overflow', '9,223,372,036,854,775,808'), ('overflow', '9223372036854775.808K'),
	('overflow', '10000000000B');

SELECT problem, written, state, message FROM no_count, pg_temp.failure(written);
SELECT DISTINCT problem, state, detail, hint FROM no_count, pg_temp.failure(written)
ORDER BY problem;

-- The lenient form gives NULL for all of these, and the same count otherwise.
SELECT count(*) AS refused, count(try_parse_count(written)) AS read FROM no_count;
SELECT written, try_parse_count(written) FROM (VALUES ('48.5M'), ('1,234'), ('N/A')) AS v (written);

-- A long text costs no more than its length.
SELECT try_parse_count(repeat('9', 1000000)) AS long,
	try_parse_count(repeat('0', 1000000) || '1') AS zeros,
	try_parse_count(repeat('1,', 1000000)) AS separators;

DROP TABLE no_count;
