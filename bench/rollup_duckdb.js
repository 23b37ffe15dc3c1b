// The figures of every profile by DuckDB, on one thread, over an export of the
// posts: the median of several turns, in milliseconds.  Run by bench/run.sh where
// npm's @duckdb/node-api can be found (NODE_PATH).
// usage: node rollup_duckdb.js POSTS.csv TURNS
const { DuckDBInstance } = require('@duckdb/node-api');
const [file, turns] = process.argv.slice(2);

const report = `SELECT profile_id, count(rate), sum(likes), sum(comments), sum(followers),
		sum(likes + comments) / sum(followers), avg(rate), stddev(rate), exp(avg(ln((likes + comments + .5) / followers)))
	FROM (SELECT *, (likes + comments) / followers AS rate FROM posts) GROUP BY profile_id`;

(async () => {
	const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
	await db.run(`CREATE TABLE posts AS FROM read_csv('${file}', header = false, columns = {
		profile_id: 'BIGINT', likes: 'BIGINT', comments: 'BIGINT', followers: 'BIGINT'})`);
	const took = [];
	for (let i = 0; i <= turns; i++) {
		const started = process.hrtime.bigint();
		await db.run(`CREATE OR REPLACE TABLE report AS ${report}`);
		took.push(Number(process.hrtime.bigint() - started) / 1e6);
	}
	took.shift();
	took.sort((a, b) => a - b);
	console.log(took[took.length >> 1]);
})();
