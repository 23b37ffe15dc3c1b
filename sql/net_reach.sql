-- overlapping by chance: 1 - (1 - .1)(1 - .2)
SELECT round(net_reach('{1000, 2000}', 10000)::numeric, 6);
SELECT net_reach('{}', 10000), net_reach('{10000}', 10000), net_reach('{0}', 10000);
SELECT net_reach('{1000, NULL}', 10000), net_reach(NULL, 10000), net_reach('{1000}', NULL),
	net_reach('{1000}', 0), net_reach('{1000}', -1), net_reach('{1000}', 'NaN');
SELECT net_reach('{10001}', 10000);
SELECT net_reach('{-1}', 10000);
SELECT net_reach('{NaN}', 10000);
SELECT net_reach('{NULL,-1}', 10000);
SELECT net_reach('{{1000,2000},{0,0}}', 10000) = net_reach('{1000,2000}', 10000);

-- two audiences: what they have in common is known, whatever the model
SELECT round(net_reach('{1000,2000}', 10000, c)::numeric, 6), round(net_reach_at('{1000,2000}', 10000, c, 2)::numeric, 6) FROM unnest('{0,100,200,500,1000}'::float8[]) AS c;
SELECT net_reach('{1000,2000}', 10000, 1001);
SELECT net_reach('{6000,7000}', 10000, 2999);
-- between its bounds; nested audiences; a single one
SELECT net_reach_low(r, 10000, 700) < net_reach(r, 10000, 700) AND net_reach(r, 10000, 700) < net_reach_high(r, 10000, 700) AS between
FROM (SELECT '{1000,2000,3000,4000,100}'::float8[] AS r) AS s;
SELECT round(net_reach('{1000,1000,1000}', 10000, 1000)::numeric), net_reach('{1000}', 10000, 5), net_reach('{}', 10000, 5), net_reach('{10000,500}', 10000, 500);
-- at least k times: the sum over k is all that was reached
SELECT round(sum(net_reach_at('{1000,2000,3000,4000,100}', 10000, c, k))::numeric, 4), round(sum(net_reach_at('{1000,2000,3000,4000,100}', 10000, k))::numeric, 4)
FROM generate_series(1, 5) AS k, unnest('{400,700}'::float8[]) AS c;
SELECT round(net_reach_at('{1000,2000,3000}', 10000, 3)::numeric, 6), net_reach_at('{1000}', 10000, 2), net_reach_at('{1000,2000}', 10000, 1) = net_reach('{1000,2000}', 10000);
SELECT net_reach_at('{1000}', 10000, 0);
-- bounds by pairs: three audiences of 10, of which two pairs share 4
SELECT net_reach_low('{10,10,10}', 100, '{{0,4,4},{4,0,0},{4,0,0}}'::float8[]), net_reach_high('{10,10,10}', 100, '{{NULL,4,4},{NULL,NULL,0},{NULL,NULL,NULL}}'::float8[]),
	net_reach_low('{10,10,10}', 100, '{{NULL,4,4},{NULL,NULL,NULL},{NULL,NULL,NULL}}'::float8[]) AS one_unknown;
SELECT net_reach_low('{10,10}', 100, '{{0,11},{11,0}}'::float8[]);
SELECT net_reach_low('{10,10}', 100, '{{0,1},{2,0}}'::float8[]);
SELECT net_reach_low('{10,10}', 100, '{0,1,1,0}'::float8[]);

-- shares are fractions
SELECT relevant_reach(20000, .6, .3), relevant_reach(20000, NULL, .3);
SELECT relevant_reach(20000, 60, 30);
SELECT relevant_reach(20000, .6, 1.5);
SELECT relevant_reach(-1, .6, .5);
