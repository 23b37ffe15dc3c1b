-- Compare the table documented with the catalog, as TAP.

CREATE TEMP VIEW member AS
SELECT classid, objid FROM pg_depend
WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'influencer');

-- Functions that only other objects call are not for users.
CREATE TEMP VIEW inner_function AS
SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typanalyze]::oid[]) AS oid FROM pg_type
UNION SELECT unnest(ARRAY[oprcode, oprrest, oprjoin]::oid[]) FROM pg_operator
UNION SELECT amproc FROM pg_amproc
UNION SELECT prosupport FROM pg_proc
UNION SELECT unnest(ARRAY[aggtransfn, aggcombinefn, aggmtransfn, aggminvtransfn]::oid[]) FROM pg_aggregate
UNION SELECT aggfinalfn FROM pg_aggregate WHERE aggtranstype = ANY ('{top_ids_state,audience_sketch,reach_frequency_state,composition,growth_series,growth_summary[],profile_ratios}'::regtype[])
	OR aggtranstype::regtype::text LIKE 'campaign%'
UNION SELECT castfunc FROM pg_cast JOIN pg_proc AS p ON p.oid = castfunc
	WHERE p.proname IN ('bytea', 'audience_sketch') OR p.proname ~ '_to_jsonb?$';

-- What there is: a function with every number of arguments it can be called
-- with, as name(type,type).
CREATE TEMP VIEW there AS
SELECT format('%s(%s)', proname, array_to_string((proargtypes::regtype[])[0:n - 1], ',')) AS signature,
	CASE WHEN prorettype = 'record'::regtype THEN 'rows' ELSE prorettype::regtype::text END AS result
FROM pg_proc AS p JOIN member ON classid = 'pg_proc'::regclass AND objid = oid,
	generate_series(pronargs - pronargdefaults::integer, pronargs) AS n
WHERE oid NOT IN (SELECT oid FROM inner_function WHERE oid IS NOT NULL)
UNION
SELECT format('%s %s %s', oprleft::regtype, oprname, oprright::regtype), oprresult::regtype::text
FROM pg_operator JOIN member ON classid = 'pg_operator'::regclass AND objid = oid
UNION
SELECT format('%s::%s', castsource::regtype, casttarget::regtype), casttarget::regtype::text
FROM pg_cast JOIN member ON classid = 'pg_cast'::regclass AND objid = oid;

-- The type of an argument is its last word.
CREATE FUNCTION pg_temp.types(arguments text) RETURNS text LANGUAGE SQL AS $$
	SELECT coalesce(string_agg(regexp_replace(trim(argument), '^.* ', '')::regtype::text, ',' ORDER BY place), '')
	FROM string_to_table(arguments, ',') WITH ORDINALITY AS a (argument, place) WHERE trim(argument) <> '' $$;

-- What is documented, in the same form; with [, type] as two signatures.
CREATE TEMP VIEW said AS
SELECT page, CASE
	WHEN signature ~ '::' THEN format('%s::%s', split_part(signature, '::', 1)::regtype, split_part(signature, '::', 2)::regtype)
	WHEN signature ~ '\(' THEN format('%s(%s)', split_part(signature, '(', 1), pg_temp.types((regexp_match(signature, '\((.*)\)'))[1]))
	ELSE format('%s %s %s', split_part(signature, ' ', 1)::regtype, split_part(signature, ' ', 2), split_part(signature, ' ', 3)::regtype)
	END AS signature,
	CASE WHEN result = 'rows' THEN result ELSE nullif(result, '')::regtype::text END AS result
FROM (SELECT page, regexp_replace(signature, '\[((?:[^][]|\[\])+)\]', '\1') AS signature, result FROM documented
	UNION SELECT page, regexp_replace(signature, '\[(?:[^][]|\[\])+\]', ''), result FROM documented) AS d;

CREATE FUNCTION pg_temp.report(number integer, name text, complaints text) RETURNS text LANGUAGE SQL AS $$
	SELECT CASE WHEN complaints IS NULL THEN format('ok %s - %s', number, name)
		ELSE format(E'not ok %s - %s\n# %s', number, name, complaints) END $$;

SELECT pg_temp.report(1, 'all there is is in a reference',
	(SELECT string_agg(signature, E'\n# ' ORDER BY signature) FROM (SELECT signature FROM there EXCEPT SELECT signature FROM said) AS d));
SELECT pg_temp.report(2, 'all that a reference has is there',
	(SELECT string_agg(signature, E'\n# ' ORDER BY signature) FROM (SELECT signature FROM said EXCEPT SELECT signature FROM there) AS d));
SELECT pg_temp.report(3, 'nothing is in two references',
	(SELECT string_agg(signature, E'\n# ' ORDER BY signature) FROM (SELECT signature FROM said GROUP BY signature HAVING count(DISTINCT page) > 1) AS d));
SELECT pg_temp.report(4, 'results are of the types that a reference says',
	(SELECT string_agg(format('%s is %s, said to be %s', signature, t.result, coalesce(s.result, 'nothing')), E'\n# ' ORDER BY signature)
		FROM there AS t JOIN said AS s USING (signature) WHERE t.result IS DISTINCT FROM s.result));
\echo 1..4
