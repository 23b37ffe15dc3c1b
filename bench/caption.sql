-- Captions against the same by regular expressions.

-- Captions of some 200 characters: running text, a question in one of five, an
-- address in one of ten, emoji, and up to seven tags; comments of all kinds.
SELECT setseed(.3) \g /dev/null
CREATE UNLOGGED TABLE caption AS
SELECT n, substr(repeat('Morning run with the girls, then coffee at the new place round the corner. Schöne Grüße aus Köln! El mejor día del año ☀️ '
		|| 'We never planned it this way… 今日はいい天気。 Training for the half marathon goes on and on and on. ', 2), 1 + n % 190, 80 + n % 7919 * 13 % 120)
	|| CASE WHEN n % 10 = 0 THEN ' https://example.com/shop?item=' || n ELSE '' END || CASE WHEN n % 5 = 0 THEN ' What do you think?' ELSE ' 😍😍' END
	|| CASE WHEN n % 3 = 0 THEN ' with @ann.b_' || n % 100 ELSE '' END || repeat(' #running #köln #smallyoutuber', n % 4) AS caption,
	(ARRAY['😍😍😍', '@ann_b @bob.c', 'Beautiful!', 'So happy for you, the dress suits you', 'Great video! Check out my channel please', 'Love it 😍 where is this from?',
		'win at https://example.com/?ref=1', 'omg yes!! see you on sunday then, and bring the kids'])[1 + n % 8] AS comment
FROM generate_series(1, :rows / 10) AS n;
VACUUM ANALYZE caption;

SELECT bench.compare('`hashtags(…)`', 'a regular expression', .3,
	'SELECT count(hashtags(caption)) FROM caption',
	$$ SELECT count(ARRAY(SELECT m[1] FROM regexp_matches(caption, '(?:^|[^[:alnum:]_&])[#＃]([[:alnum:]_]*[[:alpha:]][[:alnum:]_]*)', 'g') AS m)) FROM caption $$, :runs);
SELECT bench.compare('`mentions(…)`', 'a regular expression', .3,
	'SELECT count(mentions(caption)) FROM caption',
	$$ SELECT count(ARRAY(SELECT m[1] FROM regexp_matches(caption, '(?:^|[^A-Za-z0-9_!#$%&*@＠])[@＠]([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)', 'g') AS m)) FROM caption $$, :runs);
SELECT bench.compare('`asks(…)`', 'a regular expression, addresses taken out before', .3,
	'SELECT count(*) FROM caption WHERE asks(caption)',
	$$ SELECT count(*) FROM caption WHERE regexp_replace(caption, 'https?://\S+|www\.\S+|[#@]\w+', '', 'g') ~ '\w[^.!?\n]*[?？؟]' $$, :runs);
SELECT bench.compare('`asks(…)`', 'a regular expression for the mark alone', NULL,
	'SELECT count(*) FROM caption WHERE asks(caption)',
	$$ SELECT count(*) FROM caption WHERE caption ~ '[?？؟]' $$, :runs);
SELECT bench.compare('`is_sponsored(…)`', 'a regular expression of ten words', NULL,
	'SELECT count(*) FROM caption WHERE is_sponsored(caption)',
	$$ SELECT count(*) FROM caption WHERE caption ~* '#(ad|sponsored|werbung|anzeige|adv)\M|\m(werbung|anzeige|publicité|publi|paid partnership|advertisement)\M' $$, :runs);
SELECT bench.compare('`comment_kind(…)`', 'regular expressions', .3,
	'SELECT count(comment_kind(comment)) FROM caption',
	$$ SELECT count(CASE WHEN comment ~* 'https?://|www\.|\m(subscribe|my channel|check out|follow me|my video|my music|playlist|giveaway|download|click here|dm me|link in bio)\M' THEN 'promotion'
		WHEN comment !~ '\w' THEN 'emoji' WHEN regexp_replace(comment, '@[\w.]+', '', 'g') !~ '\w' THEN 'mention'
		WHEN comment ~ '^\W*\w+\W*$' THEN 'one_word' ELSE 'substantive' END) FROM caption $$, :runs);
DROP TABLE caption;
