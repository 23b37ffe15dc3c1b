-- The best ids of every group, against window functions and plain aggregates.

CREATE UNLOGGED TABLE scored AS
SELECT i AS id, (hashint8(i) & 1023) AS grp, random() AS score
FROM generate_series(1, :rows::bigint) AS i;
VACUUM ANALYZE scored;

SELECT bench.compare('`top_ids(id, score, 10)` per group, 1,024 groups', '`row_number() <= 10`', .15,
	'SELECT grp, top_ids(id, score, 10) FROM scored GROUP BY 1',
	'SELECT grp, array_agg(id ORDER BY n) FROM (
		SELECT grp, id, row_number() OVER (PARTITION BY grp ORDER BY score DESC, id) AS n FROM scored) AS r
	WHERE n <= 10 GROUP BY 1', :runs);
SELECT bench.compare('`top_ids(id, score, 10)` per group, 1,024 groups', '`count(*)` per group', 1.3,
	'SELECT grp, top_ids(id, score, 10) FROM scored GROUP BY 1',
	'SELECT grp, count(*) FROM scored GROUP BY 1', :runs);
SELECT bench.compare('the same for text', '`count(id::text)` per group', 1.3,
	'SELECT grp, top_ids(id::text, score, 10) FROM scored GROUP BY 1',
	'SELECT grp, count(id::text) FROM scored GROUP BY 1', :runs);
SELECT bench.compare('`top_ids(id, score, 10)` per group of 20', '`count(*)` per group', NULL,
	'SELECT id % (' || :rows || ' / 20), top_ids(id, score, 10) FROM scored GROUP BY 1',
	'SELECT id % (' || :rows || ' / 20), count(*) FROM scored GROUP BY 1', :runs);

CALL bench.grow('`top_ids(id, score, 10)`, 1,024 groups', 'SELECT grp, top_ids(id, score, 10) FROM bench.sized GROUP BY 1', 'scored', :rows, :runs);
DROP TABLE scored;
