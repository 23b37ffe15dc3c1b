-- overlapping by chance: 1 - (1 - .1)(1 - .2)
SELECT round(duplicated_reach('{1000, 2000}', 10000)::numeric, 10);
SELECT duplicated_reach('{}', 10000), duplicated_reach('{10000}', 10000), duplicated_reach('{0}', 10000);
SELECT duplicated_reach('{1000, NULL}', 10000), duplicated_reach(NULL, 10000), duplicated_reach('{1000}', NULL),
	duplicated_reach('{1000}', 0), duplicated_reach('{1000}', -1), duplicated_reach('{1000}', 'NaN');
SELECT duplicated_reach('{10001}', 10000);
SELECT duplicated_reach('{-1}', 10000);
SELECT duplicated_reach('{NaN}', 10000);
SELECT duplicated_reach('{NULL,-1}', 10000);
SELECT duplicated_reach('{{1000,2000},{0,0}}', 10000) = duplicated_reach('{1000,2000}', 10000);
