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

-- As platforms write them in other languages, and people in lists.
SELECT written, parse_count(written)
FROM (VALUES
	('12.345,6K'), ('20K views'), ('10k+'), ('~5k'), ('~ 5k'), ('1M+ followers'), ('3 posts'), ('1,234 Likes'), ('1 view'),
	('48.5 million'), ('1.5bn'), ('2 Thousand'), ('1.000M'), ('1.000K'),
	('1.5 Mio'), ('1,5 Mio.'), ('12,5 Tsd.'), ('12,5TSD'), ('2 Mrd.'), ('1,234 Mio'), ('1.234,5 Tsd.'), ('1.234.567 Tsd'),
	('1,2 Md'), ('3,4 mln'), ('5,6 mld'), ('7 mlrd.'),
	('12,34,567'), ('1,23,45,678'), ('1.5 lakh'), ('3.25 Lakhs'), ('2 crore'), ('1,234 crore'), ('1.234 crores')) AS v (written);
SELECT written, parse_count(written)
FROM (VALUES
	(U&'17,7\00A0k'), (U&'\00A017,7\202Fk\00A0'), (U&'1\2007234'), (U&'\22485k'), (U&'1,5\00A0Mio.'),
	('3.4万'), ('508.3万'), ('1,234万'), ('1.234万'), ('2萬'), ('5만'), ('1.2亿'), ('1.2億'), ('3억'), ('8千'), ('9천'),
	('１２３４'), ('１，２３４'), ('４８．５Ｍ'), ('３．４万'), ('１０ｋ＋'), (U&'5\3000万'),
	('١٢٣٤'), ('١٬٢٣٤'), ('١٢٫٥ ألف'), ('١٫٢٣٤ مليون'), ('٣ مليار'), ('۱۲۳۴'), ('१२३४'),
	('12,5 тыс.'), ('1,5 млн'), ('2 млрд')) AS v (written);

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
	('not a number', '1T'), ('not a number', 'NaN'), ('not a number', '5 years'), ('not a number', '20 percent'),
	('not a number', '20Kviews'), ('not a number', 'views'), ('not a number', '5 viewss'), ('not a number', '1K.'), ('not a number', '5 Mio..'),
	('not a number', '<1K'), ('not a number', '>10k'), ('not a number', '~'), ('not a number', '+'), ('not a number', '~5k+'), ('not a number', '10++'),
	('not a number', '万'), ('not a number', '1万2千'), ('not a number', '五'), ('not a number', '½'), ('not a number', '5€'), ('not a number', E'1\x1f5K'),
	('negative', '-5'), ('negative', '-1,000'), ('negative', '-1K'), ('negative', '-0'), ('negative', U&'\22125'),
	('grouping', '1.5'), ('grouping', '10.00'), ('grouping', '1234,567'),
	('grouping', '1,23,45'), ('grouping', '123,45,678'), ('grouping', '1.23.456'), ('grouping', '1,234,56,789'), ('grouping', '١٫٢٣٤'), ('grouping', '١٫٥'),
	('grouping', '1,234.567'), ('grouping', '1.234,567'),
	('grouping', '1 234.567'), ('grouping', '1234.567.8K'), ('grouping', '1 5K'),
	('ambiguous', '1,234K'), ('ambiguous', '12,345M'), ('ambiguous', '1.234 Mio'), ('ambiguous', '1.500 Tsd.'), ('ambiguous', '1.234 млн'),
	('two meanings', '1.5 mil'), ('two meanings', '12,5 mil'),
	('fraction', '1.2345K'), ('fraction', '3.45678万'), ('fraction', '1.234567 lakh'), ('fraction', '0.0001K'), ('fraction', '1.0000001M'), ('fraction', '9.223372036854775807B'),
	('overflow', '9223372036854775808'), ('overflow', '99999999999999999999'),
	('overflow', '9,223,372,036,854,775,808'), ('overflow', '9223372036854775.808K'),
	('overflow', '10000000000B'), ('overflow', '92233720368547759万');

SELECT problem, written, state, message FROM no_count, pg_temp.failure(written);
SELECT DISTINCT problem, state, detail, hint FROM no_count, pg_temp.failure(written)
ORDER BY problem;

-- The lenient form gives NULL for all of these, and the same count otherwise.
SELECT count(*) AS refused, count(try_parse_count(written)) AS read FROM no_count;
SELECT written, try_parse_count(written) FROM (VALUES ('48.5M'), ('1,234'), ('N/A')) AS v (written);

-- A long text costs no more than its length.
SELECT try_parse_count(repeat('9', 1000000)) AS long,
	try_parse_count(repeat('0', 1000000) || '1') AS zeros,
	try_parse_count(repeat('1,', 1000000)) AS separators, try_parse_count(repeat('万', 1000000)) AS wide;

DROP TABLE no_count;

-- A negative count is somebody's mark for an unknown one.
SELECT engagement_rate(-1, 5, 1000);
