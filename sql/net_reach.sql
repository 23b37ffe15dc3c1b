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
