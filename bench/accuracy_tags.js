// Texts with the hashtags and mentions that twitter-text finds in them, as rows
// for COPY: the lines of standard input, or so many random ones.
// usage: node bench/accuracy_tags.js twitter-text.js [NUMBER [SEED]]
const path = require('path');
const twitter = require(path.resolve(process.argv[2]));

function row(text) {
	const array = (items) => JSON.stringify(items);
	const fields = [text, array(twitter.extractHashtags(text)), array(twitter.extractMentions(text))];
	console.log(fields.map((f) => f.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')).join('\t'));
}

const pieces = ['#', '#', '#', '＃', '@', '@', '＠', 'a', 'Z', '1', '_', 'tag', 'user', 'é', 'ß', 'あ', '漢字', '한국', 'ا', '٣', '\u0301', '\uFE0F',
	'\uFE0E', '\u20E3', '\u200D', '\u200C', '✌', '🏿', '👩', '·', '・', '々', '〜', '～', ' ', ' ', '\n', '\u00A0', '\u3000', '.', ',', '!', '?', ':', '/',
	'://', 'http://', 'https://', 'x.com', '/p', 'example.com/', 'www.', '&', '&amp;', '-', '(', ')', '$', '%', '*', '+', '~', 'RT', 'rt:', '"', '。', '/list',
	'𠀡', '𐒠', '\u202A', '\uFEFF', '=', '|', '[', ']', '0', '9', 'twitter.co.jp', 'de'];
let state = Number(process.argv[4] || 1);

// mulberry32
function random() {
	state = state + 0x6D2B79F5 | 0;
	let t = Math.imul(state ^ state >>> 15, 1 | state);
	t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
	return ((t ^ t >>> 14) >>> 0) / 4294967296;
}

if (process.argv[3]) {
	for (let i = 0; i < Number(process.argv[3]); i++) {
		let text = '';
		for (let n = Math.floor(random() * 9); n >= 0; n--)
			text += pieces[Math.floor(random() * pieces.length)];
		row(text);
	}
} else {
	require('readline').createInterface({ input: process.stdin }).on('line', row);
}
