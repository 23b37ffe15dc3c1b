--
-- What the demo's report is of (doc/report.md).
--

\set title 'Which three pages to book'
\set source 'Facebook pages and their posts of 2015. Followers, comments and shares are real; the likes of posts are not in the data, so rates are lower than one is used to. Fees, audiences and counts over time are made up, and each picture says so.'
\set budget 1000
\set currency '€'
\set rules 'picks <= 3'
SELECT jsonb_build_object(
	'shortlist', 'Candidates are the micro pages of three posts and more whose rate is surely above what is expected at their size.',
	'overlap', 'Made up here: who follows whom, for as many followers as each page has in reality.',
	'plan', 'Made up here: fees, audiences and their share in the target group, women in Germany, Austria and Switzerland.',
	'audience', 'Made up here: the whole report on the audience.',
	'growth', 'Made up here: all counts but the last.',
	'forecast', 'Of comments and shares, as the likes of posts are not in this data. Made up here: fees.') AS notes \gset
