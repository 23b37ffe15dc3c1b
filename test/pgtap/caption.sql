--
-- Captions: twitter-text's cases, what others add to them, the same by other
-- means, and texts that are hostile.
--
BEGIN;
SELECT plan(37);
SELECT setseed(.6);

-- Of twitter-text's conformance suite, conformance/extract.yml of
-- github.com/twitter/twitter-text.  Copyright Twitter, Inc. and other
-- contributors, under the Apache License, Version 2.0,
-- https://www.apache.org/licenses/LICENSE-2.0.
CREATE TABLE twitter (kind text, caption text, expected text[]);
INSERT INTO twitter VALUES
	('hashtags', 'a ✌#hashtag here', ARRAY['hashtag']::text[]),
	('hashtags', 'a ✌️#hashtag here', ARRAY['hashtag']::text[]),
	('hashtags', 'a ✌🏿️#hashtag here', ARRAY['hashtag']::text[]),
	('hashtags', 'a #hashtag here', ARRAY['hashtag']::text[]),
	('hashtags', '#1hashtag is this', ARRAY['1hashtag']::text[]),
	('hashtags', '#0', ARRAY[]::text[]),
	('hashtags', 'I''ll write more tests #mañana', ARRAY['mañana']::text[]),
	('hashtags', 'Getting my Oktoberfest on #münchen', ARRAY['münchen']::text[]),
	('hashtags', 'What is #트위터 anyway?', ARRAY['트위터']::text[]),
	('hashtags', 'What is #ашок anyway?', ARRAY['ашок']::text[]),
	('hashtags', '#ひらがな FTW!', ARRAY['ひらがな']::text[]),
	('hashtags', 'Hashtag #カタカナ', ARRAY['カタカナ']::text[]),
	('hashtags', 'Study time #漢字', ARRAY['漢字']::text[]),
	('hashtags', 'Study #ひらがな for fun and profit', ARRAY['ひらがな']::text[]),
	('hashtags', '日本語ハッシュタグテスト #日本語ハッシュタグ', ARRAY['日本語ハッシュタグ']::text[]),
	('hashtags', '#日本語ハッシュタグ。', ARRAY['日本語ハッシュタグ']::text[]),
	('hashtags', '日本語ハッシュタグ#日本語ハッシュタグ', ARRAY[]::text[]),
	('hashtags', '長音ハッシュタグ。#ｻｯｶｰ', ARRAY['ｻｯｶｰ']::text[]),
	('hashtags', 'できましたよー！#日本語ハッシュタグ。', ARRAY['日本語ハッシュタグ']::text[]),
	('hashtags', '#云々 #学問のすゝめ #いすゞ #各〻 #各〃', ARRAY['云々', '学問のすゝめ', 'いすゞ', '各〻', '各〃']::text[]),
	('hashtags', '#メ〜テレ ハッシュタグ内で～が認識されず', ARRAY['メ〜テレ']::text[]),
	('hashtags', 'Here’s a test tweet for you: #İn #ın', ARRAY['İn', 'ın']::text[]),
	('hashtags', ':#hashtag ;#hashtag ,#hashtag .#hashtag !#hashtag ?#hashtag', ARRAY['hashtag', 'hashtag', 'hashtag', 'hashtag', 'hashtag', 'hashtag']::text[]),
	('hashtags', '#http://twitter.com #https://twitter.com', ARRAY[]::text[]),
	('hashtags', '#Azərbaycanca #mûǁae #Čeština #Ċaoiṁín', ARRAY['Azərbaycanca', 'mûǁae', 'Čeština', 'Ċaoiṁín']::text[]),
	('hashtags', '#برنامه_نویسی  #رییس_جمهور  #رئيس_الوزراء, #ثبت_نام. #لس_آنجلس', ARRAY['برنامه_نویسی', 'رییس_جمهور', 'رئيس_الوزراء', 'ثبت_نام', 'لس_آنجلس']::text[]),
	('hashtags', '#ผู้เริ่ม #การเมือง #รายละเอียด #นักท่องเที่ยว #ของขวัญ #สนามบิน #เดินทาง #ประธาน', ARRAY['ผู้เริ่ม', 'การเมือง', 'รายละเอียด', 'นักท่องเที่ยว', 'ของขวัญ', 'สนามบิน', 'เดินทาง', 'ประธาน']::text[]),
	('hashtags', 'የአላህ መልእክተኛ ሰለላሁ ዓለይሂ ወሰለም #ኢትዮሙስሊምስ', ARRAY['ኢትዮሙስሊምስ']::text[]),
	('hashtags', '#۳۴۵هشتگ #هشتگ۶۷۸ #ســـلام_عليكم_٤٠٦', ARRAY['۳۴۵هشتگ', 'هشتگ۶۷۸', 'ســـلام_عليكم_٤٠٦']::text[]),
	('hashtags', '#বাংলা #ગુજરાતી #ಕನ್ನಡ #മലയാളം #ଓଡ଼ିଆ #ਪੰਜਾਬੀ #සිංහල #தமிழ் #తెలుగు', ARRAY['বাংলা', 'ગુજરાતી', 'ಕನ್ನಡ', 'മലയാളം', 'ଓଡ଼ିଆ', 'ਪੰਜਾਬੀ', 'සිංහල', 'தமிழ்', 'తెలుగు']::text[]),
	('hashtags', '#មហាត្មះគន្ធី #မြင့်မြတ်သော #ຊີວະສາດ', ARRAY['មហាត្មះគន្ធី', 'မြင့်မြတ်သော', 'ຊີວະສາດ']::text[]),
	('hashtags', '#Մահաթմա #მაჰათმა', ARRAY['Մահաթմա', 'მაჰათმა']::text[]),
	('hashtags', '#_ #1_2 #122 #〃', ARRAY[]::text[]),
	('hashtags', '#𠀡', ARRAY['𠀡']::text[]),
	('hashtags', '#A𐒠', ARRAY['A𐒠']::text[]),
	('mentions', '@username reply', ARRAY['username']::text[]),
	('mentions', 'mention @username in the middle', ARRAY['username']::text[]),
	('mentions', 'mention @12345', ARRAY['12345']::text[]),
	('mentions', 'の@usernameに到着を待っている', ARRAY['username']::text[]),
	('mentions', '@aliceìnheiro something something', ARRAY[]::text[]),
	('mentions', '@http://twitter.com', ARRAY[]::text[]),
	('mentions', 'RT@username RT:@mention RT @test', ARRAY['username', 'mention', 'test']::text[]),
	('mentions', 'Rt@username Rt:@mention Rt @test', ARRAY['username', 'mention', 'test']::text[]),
	('mentions', 'f!@kn', ARRAY[]::text[]),
	('mentions', 'f#@kn', ARRAY[]::text[]),
	('mentions', 'f%@kn', ARRAY[]::text[]),
	('mentions', 'f*@kn', ARRAY[]::text[]);
SELECT is_empty($$ SELECT caption, hashtags(caption), expected FROM twitter WHERE kind = 'hashtags' AND hashtags(caption) <> expected $$, 'twitter-text: hashtags');
SELECT is_empty($$ SELECT caption, mentions(caption), expected FROM twitter WHERE kind = 'mentions' AND mentions(caption) <> expected $$, 'twitter-text: mentions');

-- What else there is on Instagram, TikTok and YouTube.
CREATE TABLE other (caption text, tags text[], names text[]);
INSERT INTO other VALUES
	('by @ann.b_ and @bob.', '{}', '{ann.b_,bob}'),
	('@ann..b @.ann @_x_ @1.2', '{}', '{ann,_x_,1.2}'),
	('.@ann @a@b f@c.de me@ann.com', '{}', '{ann}'),
	('＠ann ＃tag', '{tag}', '{ann}'),
	(E'#tag\u00A0#more\u3000@ann\u00A0@bob', '{tag,more}', '{ann,bob}'),
	(E'#\uFE0F\u20E3 #\u20E3 1\uFE0F\u20E3 #1\uFE0F\u20E3', '{}', '{}'),
	(E'\u2764\uFE0F#love \U0001F469\u200D\U0001F680#space \U0001F1E9\U0001F1EA#de', '{love,space,de}', '{}'),
	('#a#b', '{}', '{}'), ('#a,#b #a', '{a,b,a}', '{}'), ('(#a) "#b" [#c]', '{a,b,c}', '{}'),
	('a#b &#39; &#b', '{}', '{}'),
	('https://example.com/#no http://x.de/@ann?a=#b #yes', '{yes}', '{}'),
	('example.com/#no www.example.com/@ann #yes', '{yes}', '{}'),
	('http://example.com/a_(b)#c)#d', '{d}', '{}'),
	('日本http://example.com/#no 日本example.com/#no', '{}', '{}'),
	('#tag: #tag. #tag! #tag’s', '{tag,tag,tag,tag}', '{}'),
	('#2025 #2025goals #_ #_a', '{2025goals,_a}', '{}'),
	('@ann/list @ann.b/x @ann/1', '{}', '{ann.b,ann}'),
	('@' || repeat('a', 30) || ' @' || repeat('b', 31), '{}', ARRAY[repeat('a', 30)]),
	('#' || repeat('a', 1000), ARRAY[repeat('a', 1000)], '{}'),
	('', '{}', '{}'), ('#', '{}', '{}'), ('@', '{}', '{}'), ('# @', '{}', '{}');
SELECT is_empty('SELECT caption, hashtags(caption), tags FROM other WHERE hashtags(caption) IS DISTINCT FROM tags', 'other hashtags');
SELECT is_empty('SELECT caption, mentions(caption), names FROM other WHERE mentions(caption) IS DISTINCT FROM names', 'other mentions');

-- ASCII without dots, by PostgreSQL's regular expressions: another engine, other
-- code.
CREATE FUNCTION pg_temp.random_text(pieces text[], most int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(pieces[1 + floor(random() * cardinality(pieces))::int], '') FROM generate_series(0, floor(random() * most)::int) $$;
CREATE TABLE ascii AS SELECT pg_temp.random_text('{#,#,#,@,a,B,1,_," ",&,!,",",-,://,(,*,rt,RT}', 12) AS caption FROM generate_series(1, 30000) AS n;
SELECT is_empty($$ SELECT * FROM (SELECT caption, hashtags(caption), ARRAY(SELECT m[1] FROM regexp_matches(caption,
		'(?<![A-Za-z0-9_&])#([A-Za-z0-9_]*[A-Za-z][A-Za-z0-9_]*)(?![A-Za-z0-9_#]|://)', 'g') AS m) AS expected FROM ascii) AS a WHERE hashtags <> expected $$, 'hashtags by a regular expression');
SELECT is_empty($$ SELECT * FROM (SELECT caption, mentions(caption), ARRAY(SELECT m[1] FROM regexp_matches(caption,
		'(?:(?<![A-Za-z0-9_!#$%&*@])|(?<=^[rR][tT])|(?<=[^A-Za-z0-9_+~.-][rR][tT]))@([A-Za-z0-9_]+)(?![A-Za-z0-9_@]|://)', 'g') AS m) AS expected
	FROM ascii WHERE caption !~ '@\w+@') AS a WHERE mentions <> expected $$, 'mentions by a regular expression');

-- Pieces of text that know nothing of each other.
CREATE TABLE piece AS
SELECT n, pg_temp.random_text('{#,#,@,@,＃,＠,tag,ann.b,é,漢字,١,_,1,😍,❤️,👩‍🚀,1️⃣," "," ","  ",.,..,…,?,?,？,؟,!,"\"",(,),-,/,:,http://,example.com,/path?x=1,ad,#ad,werbung,paid,partnership,not," ",wow,check out,·}', 15) AS caption
FROM generate_series(1, 20000) AS n;
CREATE TABLE pair AS SELECT a.caption AS a, b.caption AS b FROM piece AS a JOIN piece AS b ON b.n = a.n + 1;
SELECT is_empty($$ SELECT * FROM pair WHERE hashtags(a || ' ' || b) <> hashtags(a) || hashtags(b) $$, 'a blank parts hashtags');
SELECT is_empty($$ SELECT * FROM pair WHERE mentions(a || ' ' || b) <> mentions(a) || mentions(b) $$, 'a blank parts mentions');
SELECT is_empty($$ SELECT * FROM pair WHERE asks(a || E'\n' || b) <> (asks(a) OR asks(b)) $$, 'the end of a line parts sentences');
SELECT is_empty($$ SELECT * FROM pair WHERE asks(a) <> asks('Once! ' || a) $$, 'a sentence before says nothing');
SELECT is_empty($$ SELECT * FROM pair, generate_series(0, 8) AS n WHERE length(a) % 3 = 0 AND asks(a) <> asks(repeat('x', n) || E'\n' || a || repeat(' ', n)) $$, 'where a question stands says nothing');
SELECT is_empty($$ SELECT n, m FROM generate_series(0, 20) AS n, generate_series(0, 20) AS m WHERE NOT asks(repeat('a', n) || repeat('α', m) || 'α;') OR asks(repeat('α', n) || repeat('a', m) || 'a;') $$, 'a semicolon asks after Greek');
SELECT is_empty($$ SELECT * FROM pair WHERE ends_asking(b) AND NOT ends_asking(a || E'\n' || b) $$, 'the last question is the last');
SELECT is_empty($$ SELECT * FROM pair WHERE ends_asking(a) AND NOT asks(a) OR ends_asking(a || ' no') $$, 'who ends asking asks');
SELECT is_empty($$ SELECT * FROM pair WHERE is_sponsored(a || E'\n' || b) <> (is_sponsored(a) OR is_sponsored(b)) $$, 'the end of a line parts disclosures');
SELECT is_empty($$ SELECT * FROM pair WHERE is_sponsored(a) <> (cardinality(sponsored_reasons(a)) > 0) $$, 'sponsored means that there are reasons');
SELECT is_empty($$ SELECT * FROM pair WHERE sponsored_reasons(a) <> sponsored_reasons(a, (SELECT array_agg(indicator) FROM sponsored_indicators())) $$, 'the list as an argument');
SELECT is_empty($$ SELECT * FROM pair WHERE sponsored_reasons(a) <> sponsored_reasons(translate(a, 'adwerbungpaidpartnershipnot', 'ADWERBUNGPAIDPARTNERSHIPNOT')) AND a !~ 'http|example' $$, 'case says nothing');
SELECT cmp_ok((SELECT least(count(*) FILTER (WHERE asks(a)), count(*) FILTER (WHERE is_sponsored(a)), count(*) FILTER (WHERE hashtags(a) <> '{}'),
	count(*) FILTER (WHERE ends_asking(a)), count(*) FILTER (WHERE mentions(a) <> '{}')) FROM pair), '>', 200::bigint, 'there is something to find');
SELECT set_eq($$ SELECT DISTINCT comment_kind(a) FROM pair WHERE a !~ '^ *$' $$, '{emoji,mention,one_word,promotion,substantive}'::text[], 'every comment has a kind, and there are all');
SELECT is_empty($$ SELECT * FROM pair WHERE (comment_kind(a) = 'promotion' OR comment_kind(b) = 'promotion') AND comment_kind(a || E'\n' || b) <> 'promotion' $$, 'promotion stays promotion');

-- Indicators: each is found alone and between others' words, in capitals; not as
-- a part of a word, of a name or of an address, nor after "not".
CREATE TABLE indicator AS SELECT indicator, indicator LIKE '#%' AS tag, indicator LIKE '%:' AS label, translate(indicator, ' #:', '') AS word FROM sponsored_indicators();
SELECT is_empty($$ SELECT indicator FROM indicator WHERE NOT is_sponsored(indicator) OR NOT is_sponsored(upper(indicator COLLATE "C"))
	OR is_sponsored('so ' || indicator || ' yes') = label $$, 'found');
SELECT is_empty($$ SELECT indicator FROM indicator WHERE is_sponsored(rtrim(indicator, ':') || 'xx', ARRAY[indicator]) OR is_sponsored('xx' || rtrim(indicator, ':'), ARRAY[indicator]) $$, 'not as parts of words');
SELECT is_empty($$ SELECT indicator FROM indicator WHERE word ~ '^[a-z]+$' AND (is_sponsored('http://example.com/' || word) OR is_sponsored('@' || word)) $$, 'not in addresses and names');
SELECT is_empty($$ SELECT indicator, n FROM indicator, unnest('{not,keine,"not an",no es,"isn''t a"}'::text[]) AS n WHERE NOT tag AND is_sponsored(n || ' ' || indicator, ARRAY[indicator]) $$, 'not after a negation');
SELECT is_empty('SELECT indicator FROM sponsored_indicators() GROUP BY indicator, language HAVING count(*) > 1', 'none is listed twice in a language');
SELECT is_empty('SELECT indicator FROM indicator WHERE cardinality(sponsored_reasons(indicator)) > (SELECT count(DISTINCT indicator) FROM indicator)
	OR EXISTS (SELECT FROM unnest(sponsored_reasons(indicator)) AS r GROUP BY r HAVING count(*) > 1)', 'and none is found twice');

-- What ICU takes for a letter or a digit, of its version of Unicode, belongs to a
-- tag; what it takes for a blank does not.
CREATE FUNCTION pg_temp.complaints() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') THEN
		RETURN;
	END IF;
	RETURN QUERY EXECUTE $q$ SELECT to_hex(code) FROM generate_series(160, 1114111) AS code
		WHERE code NOT BETWEEN 55296 AND 57343 AND CASE WHEN chr(code) COLLATE "und-x-icu" ~ '[[:alpha:]]' THEN hashtags('#' || chr(code)) <> ARRAY[chr(code)]
			WHEN chr(code) COLLATE "und-x-icu" ~ '[[:digit:]]' THEN hashtags('#x' || chr(code)) <> ARRAY['x' || chr(code)]
			WHEN chr(code) COLLATE "und-x-icu" ~ '[[:space:]]' THEN hashtags('#x' || chr(code) || '#y') <> '{x,y}' END $q$;
END $$;
SELECT is_empty('SELECT * FROM pg_temp.complaints()', 'letters, digits and blanks are ICU''s');

-- A megabyte of what takes a careless reader a megabyte each time.
CREATE TABLE hostile AS
SELECT unit, repeat(unit, 1000000 / octet_length(unit)) AS caption
FROM unnest(ARRAY['#', '@', 'a', 'a.', 'a-', 'a.com%', 'a@', 'a@b.', '#a', '#a ', '@a ', '@a.', '@a/b-', '?', 'a? ', 'a?" ', 'http', 'http://', 'http://x.com/(', '(', '(a', 'aé', 'é.', '1', '1️⃣', '👩‍🚀',
	'＃a ＃', 'not ', 'paid ', 'paid partnership ', 'ad: ', 'x.com?!', 'x.com/!', '-', E'\n', '.', '. ', 'a_', 'https:', 'RT@a', 'a%+', 'a.b@c.d@', 'α;', '#1', '漢a', 'www.', 'x.y.z/(', ' ']) AS unit;
-- Twenty times what as much of plain words takes is plenty, on any machine.
DO $$
DECLARE
	start timestamptz := clock_timestamp();
BEGIN
	PERFORM count(hashtags(words)) + count(asks(words)) + count(is_sponsored(words)) + count(sponsored_reasons(words)) + count(comment_kind(words))
	FROM (SELECT repeat('word ', octet_length(caption) / 5) AS words FROM hostile OFFSET 0) AS h;
	PERFORM set_config('statement_timeout', (20000 * extract(epoch FROM clock_timestamp() - start))::int::text, true);
END $$;
SELECT is((SELECT count(hashtags(caption)) + count(mentions(caption)) FROM hostile), 96::bigint, 'tags of long texts');
SELECT is((SELECT count(asks(caption)) + count(ends_asking(caption)) FROM hostile), 96::bigint, 'questions of long texts');
SELECT is((SELECT count(is_sponsored(caption)) + count(sponsored_reasons(caption)) + count(comment_kind(caption)) FROM hostile), 142::bigint, 'words of long texts');
-- And what it looks through for a sign at the end.
CREATE TABLE hostile_end AS SELECT left(caption, 200000) || sign AS caption
FROM (TABLE hostile UNION ALL SELECT unit, repeat(unit, 100000) FROM unnest('{a+,a%,a&,a/,a=}'::text[]) AS unit) AS h, unnest(ARRAY['@', '@b.com', '.', '.com', 'é', ')', '#']) AS sign;
SELECT ok(count(hashtags(caption)) = count(*) AND count(mentions(caption)) = count(*), 'tags of long texts before a sign') FROM hostile_end;
SELECT ok(count(asks(caption)) = count(*) AND count(is_sponsored(caption)) = count(*), 'words of long texts before a sign') FROM hostile_end;
SELECT is((SELECT cardinality(hashtags(repeat('#tag ', 100000)))), 100000, '100,000 tags');
-- An array of short texts takes eight bytes each; all that is taken for it, no
-- more than some times that.
CREATE FUNCTION pg_temp.most_kb() RETURNS int LANGUAGE sql AS $$ SELECT substring(pg_read_file('/proc/self/status', 0, 5000) FROM 'VmHWM:\s+(\d+) kB')::int $$;
SELECT CASE WHEN pg_stat_file('/proc/self/status', true) IS NULL THEN skip('no /proc here', 1) ELSE (
	SELECT cmp_ok(after - before, '<', 90000, format('memory of two million tags: %s kB', after - before))
	FROM (SELECT pg_temp.most_kb() AS before) AS b, LATERAL (SELECT cardinality(hashtags(repeat('#a ', 2000000 + 0 * before))) AS n OFFSET 0) AS h, LATERAL (SELECT pg_temp.most_kb() + 0 * n AS after) AS a) END;
SELECT is((SELECT sponsored_reasons('x w99999 w1', array_agg('w' || n)) FROM generate_series(1, 100000) AS n), '{w99999,w1}'::text[], '100,000 indicators');
SELECT throws_ok($$ SELECT is_sponsored('x', array_agg('indicator' || n)) FROM generate_series(1, 300000) AS n $$, '54000', 'too many indicators', 'a limit on their size');
RESET statement_timeout;
SELECT * FROM finish();
ROLLBACK;
