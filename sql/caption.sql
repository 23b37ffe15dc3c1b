--
-- caption: hashtags, mentions, questions, disclosures, kinds of comments
--
\pset null NULL
-- how wide an emoji is depends on psql's version
\pset format unaligned

SELECT hashtags('Long run today #running, #köln #2025 #a#b ＃東京 #️⃣ https://example.com/#no #running'),
	mentions('with @ann.b_ and @bob. (photo: ＠eve) ann@example.com https://example.com/@no @ann/list');
SELECT hashtags('none'), mentions(''), hashtags(NULL), mentions(NULL);

-- questions
SELECT caption, asks(caption), ends_asking(caption) FROM (VALUES
	('What do you think?'), ('What do you think? Tell me below.'), ('Which one ❓ #shoes @shop 😍'), ('Vous aimez ?'), ('¿Qué tal?'),
	('好吗？'), ('كيف حالك؟'), ('Τι κάνεις;'), ('a; b'), ('So… ?'), ('Really?!'),
	('???'), ('😂 ???'), ('Done. ???'), ('born 1990 (?) in Rome'), ('"Why?" he said'), ('watch?v=1'), ('https://example.com/?a=b'),
	('see https://example.com/a?b=c for more'), ('#what?'), ('@ann?'), ('Have you tried #keto?'), ('Seen https://example.com/a?'), (''), (NULL)) AS v (caption);

-- disclosures
SELECT caption, is_sponsored(caption), sponsored_reasons(caption) FROM (VALUES
	('New shoes #ad'), ('My #address'), ('Ad | new shoes'), ('AD: new shoes'), ('Ad-free'), ('I love this ad and that'),
	('Anzeige'), ('Anzeigen'), ('Werbung | bezahlte Partnerschaft mit @brand'), ('keine Werbung, selbst gekauft'), ('#unbezahltewerbung'),
	('Paid partnership with @brand #sponsored'), ('This is not a paid partnership'), ('this isn''t sponsored by anybody'),
	('PUBLICITE'), ('publi'), ('publication'), ('#publi'), ('＃ＡＤ'), ('https://example.com/werbung @werbung'), ('#広告'), (''), (NULL)) AS v (caption);
-- as authorities advise in other languages; and what only looks so
SELECT caption, sponsored_reasons(caption) FROM (VALUES
	('Reklam för @brand'), ('Ej reklam'), ('I samarbete med @brand'), ('Reklame | nyt'), ('Annonce for @brand'), ('Annonce: nyt'), ('Grosse annonce demain !'),
	('Annonse @brand'), ('uten reklame'), ('Mainos / Saatu @brand'), ('Kaupallinen yhteistyö @brand'), ('ilman mainos'), ('@brand #İşbirliği #ortaklık'), ('#Reklam #sponsor'),
	('[광고] 신상'), ('[협찬] 여행'), ('#협찬'), ('광고주의 말'), ('【広告】新作'), ('【PR】新作'), ('#プロモーション'), ('广告 | 新品'), ('#广告'), ('这个广告很好'),
	('PUB: praia'), ('#publi'), ('Parceria de anos'), ('Reclame: nieuw'), ('#reclame'), ('reclame aqui'), ('geen advertentie'), ('Betaald partnerschap met @brand'),
	('#współpracareklamowa'), ('Reklama marki X'), ('reklama w telewizji')) AS v (caption);
SELECT indicator, string_agg(language || ' (' || authority || ')', ', ' ORDER BY language) FROM sponsored_indicators() WHERE indicator IN ('reklame', 'reklam', 'publi') GROUP BY indicator ORDER BY indicator;
SELECT is_sponsored('Kooperation mit @brand', '{kooperation}'), sponsored_reasons('pr: x #Gifted', '{#gifted,PR:,x,x}'), is_sponsored('#ad', '{}'),
	is_sponsored('#ad', NULL);
SELECT is_sponsored('#ad', '{#ad,NULL}');
SELECT is_sponsored('#ad', '{""}');
SELECT is_sponsored('#ad', '{"one two three four five six seven eight nine"}');
SELECT is_sponsored('#ad', '{"paid #ad"}');
SELECT is_sponsored(caption, indicators) FROM (VALUES ('a', '{a}'::text[]), ('a', '{b}'), ('b', '{b}'), ('a', '{{a,b},{c,d}}')) AS v (caption, indicators);
SELECT language, count(*), min(indicator COLLATE "C") FROM sponsored_indicators() WHERE language IN ('de', 'en') GROUP BY language ORDER BY language;

-- comments
SELECT comment, comment_kind(comment) FROM (VALUES
	('😍😍'), ('👩‍🚀❤️1️⃣'), ('!!!'), (':D'), ('@ann @bob 😍'), ('wow'), ('Don''t!'), ('@ann wow 😍'), ('#love'), ('好可爱'), ('这件衣服真的很好看'),
	('love it'), ('love it.is this new'), ('Check out my channel'), ('example.com'), ('mail me: ann@example.com'), (' '), (''), (NULL)) AS v (comment);
SELECT compose(comment_kind(c)) FROM unnest('{😍,wow,nice one,"",subscribe to me}'::text[]) AS c;

-- niche: ann uses running 6 times of 8, all 10 times of 80: log2(6); of love,
-- she makes less use than others
SELECT round(niche_weight(6, 8, 10, 80)::numeric, 12), round(log(2, 6), 12), niche_weight(2, 8, 40, 80) AS love, niche_weight(0, 8, 10, 80) AS unused, niche_weight(1, 1, 1, 1) AS alone,
	round(niche_weight(1e300, 1e-300, 1e-300, 1e300)::numeric, 6) AS extreme, round(log(2, 10) * 1200, 6);
SELECT niche_weight(1, 0, 1, 1), niche_weight(1, 1, 0, 1), niche_weight(1, 1, 1, 0), niche_weight(NULL, 1, 1, 1);
SELECT niche_weight(-1, 1, 1, 1);
SELECT niche_weight(1, 1, 'NaN', 1);
SELECT niche_weight(1, 1, 1, 'Infinity');

-- in generated columns and indexes
CREATE TABLE caption_post (caption text, asks boolean GENERATED ALWAYS AS (asks(caption)) STORED);
CREATE INDEX ON caption_post USING gin (hashtags(caption));
INSERT INTO caption_post VALUES ('Really? #running'), ('#yoga');
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT FROM caption_post WHERE hashtags(caption) && '{running}';
SELECT * FROM caption_post WHERE hashtags(caption) && '{running}';
RESET enable_seqscan;
DROP TABLE caption_post;
