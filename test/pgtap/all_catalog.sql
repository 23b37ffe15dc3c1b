--
-- What the catalog says about the extension's objects, and that it installs
-- where its users need it.
--
BEGIN;
SELECT plan(38);

-- Every object of the extension, but those that come with a type or a table.
CREATE TEMP VIEW members AS
SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS object
FROM pg_depend AS d JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'influencer' AND d.deptype = 'e';
CREATE TEMP VIEW functions AS
SELECT p.*, p.oid::regprocedure AS signature FROM pg_proc AS p JOIN members AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;
CREATE TEMP VIEW operators AS
SELECT o.*, o.oid::regoperator AS signature FROM pg_operator AS o JOIN members AS m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid;
CREATE TEMP VIEW own_types AS
SELECT t.* FROM pg_type AS t JOIN members AS m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE t.typtype = 'b' AND t.typcategory <> 'A';

SELECT cmp_ok((SELECT count(*)::int FROM functions), '>', 40, 'the views find the functions');
SELECT cmp_ok((SELECT count(*)::int FROM operators), '>=', 12, 'the views find the operators');
SELECT cmp_ok((SELECT count(*)::int FROM own_types), '>=', 2, 'the views find the types');

-- \dx+ and \df+ are documentation.
SELECT is_empty($$ SELECT object FROM members
	WHERE obj_description(objid, (SELECT relname FROM pg_class WHERE oid = classid)) IS NULL
	AND NOT (classid = 'pg_type'::regclass AND (SELECT typcategory FROM pg_type WHERE oid = objid) = 'A')
	AND NOT (classid = 'pg_type'::regclass AND (SELECT typrelid FROM pg_type WHERE oid = objid) <> 0) $$,
	'every object has a comment');

-- Parallel query, indexes and generated columns need what these say.
SELECT is_empty($$ SELECT signature FROM functions WHERE proparallel <> 's' $$, 'every function is parallel safe');
SELECT is_empty($$ SELECT signature FROM functions WHERE provolatile <> CASE WHEN 'anynonarray'::regtype = ANY (proargtypes) THEN 's' ELSE 'i' END AND prokind = 'f'
	AND oid NOT IN (SELECT unnest(ARRAY[oprrest, oprjoin]) FROM operators) $$, 'every function is immutable, but what estimates by statistics or reads the label of an enum''s value');
SELECT is_empty($$ SELECT signature FROM functions WHERE prosecdef $$, 'no function runs as its owner');
SELECT is_empty($$ SELECT signature FROM functions AS p JOIN pg_language AS l ON l.oid = p.prolang
	WHERE lanname NOT IN ('c', 'sql', 'internal') $$, 'functions are C or SQL');
SELECT is_empty($$ SELECT signature FROM functions AS p JOIN pg_language AS l ON l.oid = p.prolang
	WHERE lanname = 'sql' AND prosqlbody IS NULL $$, 'SQL functions are parsed when created, not by the search_path of the caller');
SELECT is_empty($$ SELECT signature FROM functions AS p JOIN pg_type AS t ON t.oid = ANY (p.proargtypes)
	WHERE t.typname IN ('anyelement', 'anyarray') AND prokind = 'a' $$, 'no polymorphic aggregate');

-- An aggregate that can't combine runs on one core.
SELECT is_empty($$ SELECT signature FROM functions AS p JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
	WHERE aggcombinefn = 0 AND aggkind = 'n' $$, 'every aggregate combines');
SELECT is_empty($$ SELECT signature FROM functions AS p JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
	WHERE aggtranstype = 'internal'::regtype $$, 'every state is an SQL type');

-- Without, the planner takes a state for 32 bytes, and hashes groups that don't fit.
SELECT is_empty($$ SELECT signature FROM functions AS p JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
	JOIN pg_type AS t ON t.oid = aggtranstype
	WHERE t.typlen < 0 AND aggtransspace = 0 $$, 'every state of variable length says about how large it is');

-- Types travel: text and binary, both ways.
SELECT is_empty($$ SELECT typname FROM own_types WHERE typreceive = 0 OR typsend = 0 $$, 'every type has binary I/O');
SELECT is_empty($$ SELECT typname FROM own_types WHERE typlen > 8 AND typalign <> 'd' $$, 'states are aligned for what they hold');

-- Operators: without these, the planner guesses or can't turn a condition.
SELECT is_empty($$ SELECT signature FROM operators WHERE oprresult = 'bool'::regtype AND (oprcom = 0 OR oprnegate = 0) $$,
	'comparisons have a commutator and a negator');
SELECT is_empty($$ SELECT signature FROM operators WHERE oprresult = 'bool'::regtype AND (oprrest = 0 OR oprjoin = 0) $$,
	'comparisons have selectivity functions');
SELECT is_empty($$ SELECT a.signature FROM operators AS a JOIN pg_operator AS n ON n.oid = a.oprnegate WHERE n.oprnegate <> a.oid $$,
	'negators are mutual');
SELECT is_empty($$ SELECT signature FROM operators AS o WHERE oprname = '='
	AND NOT (oprcanhash AND oprcanmerge = EXISTS (SELECT FROM pg_amop
		JOIN pg_am AS m ON m.oid = amopmethod
		WHERE amopopr = o.oid AND amname = 'btree')) $$,
	'equality hashes, and merges where there is an order');
SELECT is_empty($$ SELECT o.signature FROM operators AS o JOIN pg_proc AS p ON p.oid = o.oprcode
	WHERE o.oprresult = 'bool'::regtype AND oprname IN ('=', '<>', '<', '<=', '>', '>=') AND NOT p.proleakproof $$,
	'comparisons are leakproof');

-- Operator classes, checked by their access methods.
SELECT is_empty($$ SELECT object FROM members WHERE CASE WHEN classid = 'pg_opclass'::regclass THEN NOT amvalidate(objid) END $$, 'operator classes are valid');
SELECT is_empty($$ SELECT typname FROM own_types AS t WHERE EXISTS (SELECT FROM operators WHERE oprleft = t.oid AND oprname = '<')
	AND 2 > (SELECT count(*) FROM pg_opclass WHERE opcintype = t.oid AND opcdefault) $$, 'ordered types have a btree and a hash class');
SELECT is_empty($$ SELECT c.opcname, f.amprocnum FROM pg_opclass AS c JOIN own_types AS t ON t.oid = c.opcintype
	JOIN pg_am AS a ON a.oid = c.opcmethod CROSS JOIN (VALUES ('hash', 2)) AS f (am, amprocnum)
	WHERE a.amname = f.am AND NOT EXISTS (SELECT FROM pg_amproc WHERE amprocfamily = c.opcfamily AND pg_amproc.amprocnum = f.amprocnum) $$,
	'hash classes hash with a seed');
SELECT is_empty($$ SELECT amopfamily::text FROM pg_amop AS a JOIN operators AS o ON o.oid = a.amopopr
	WHERE amopfamily NOT IN (SELECT objid FROM members WHERE classid = 'pg_opfamily'::regclass) $$, 'no operator joins a family that is not ours');

-- One union of audiences takes as long as thousands of additions.
SELECT is_empty($$ SELECT signature FROM functions WHERE 'audience_sketch'::regtype = ANY (proargtypes::regtype[]) AND prokind = 'f' AND procost <= 1 $$,
	'whatever reads an audience costs more than an addition');

-- What has figures gives them to to_jsonb(), row_to_json() and their like, which
-- look for a cast to json.
CREATE TEMP VIEW json_casts AS
SELECT castsource, casttarget FROM pg_cast JOIN members ON classid = 'pg_cast'::regclass AND objid = oid
WHERE casttarget IN ('json'::regtype, 'jsonb'::regtype);
SELECT is_empty($$ SELECT castsource::regtype FROM json_casts GROUP BY 1 HAVING count(*) <> 2 $$, 'what casts to jsonb casts to json');
SELECT is_empty($$ SELECT t.typname FROM own_types AS t JOIN pg_proc AS p ON p.oid = t.typinput
	JOIN operators AS o ON o.oprleft = t.oid AND o.oprright = t.oid AND o.oprname = '+'
	WHERE t.oid NOT IN (SELECT castsource FROM json_casts) $$, 'what can be added up shows its figures as json');
SELECT is((SELECT jsonb_build_object('e', e, 'b', b, 'g', g, 'd', d, 'c', c)
		FROM (SELECT engagement(5, 1, 100) AS e, growth('2026-01-01', 5) AS g, first_digits(7) AS d, compose('x') AS c) AS one,
			(SELECT benchmark(NULL::engagement_summary, 1) AS b) AS norm),
	(SELECT jsonb_build_object('e', engagement(5, 1, 100)::jsonb, 'b', benchmark(NULL::engagement_summary, 1)::jsonb,
		'g', growth('2026-01-01', 5)::jsonb, 'd', first_digits(7)::jsonb, 'c', compose('x')::jsonb)), 'jsonb_build_object() shows objects');

-- Everything moves with the extension to another schema, and works there
-- while the search_path does not hold it.
CREATE SCHEMA elsewhere;
ALTER EXTENSION influencer SET SCHEMA elsewhere;
SELECT is_empty($$ SELECT signature FROM functions WHERE pronamespace <> 'elsewhere'::regnamespace $$, 'all functions move with the extension');
CREATE FUNCTION pg_temp.works_in(schema text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	got text;
BEGIN
	EXECUTE format('SELECT concat_ws('' '', %1$I.tier(20000), %1$I.tier(20000, ''later_fohr''), %1$I.tier_range(''micro''),
		(SELECT count(*) FROM %1$I.tiers()), %1$I.percent(.5), %1$I.in_tiers(20000, ''{micro}''),
		(SELECT %1$I.max(t) FROM unnest(''{nano,mid}''::%1$I.tier[]) AS t),
		%1$I.tier(20000) OPERATOR(%1$I.=) ''micro'', %1$I.parse_count(''1K''))', schema) INTO got;
	RETURN NEXT is(got, 'micro micro [10000,50001) 6 50.00 t mid t 1000', 'works in schema ' || schema);
END $$;
SELECT pg_temp.works_in('elsewhere');

-- Installed by a role that is no superuser, in a schema of its own.
DROP EXTENSION influencer;
CREATE ROLE influencer_test_owner;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO influencer_test_owner', current_database()); END $$;
SET LOCAL ROLE influencer_test_owner;
CREATE SCHEMA "its own";
CREATE EXTENSION influencer SCHEMA "its own";
SELECT is((SELECT r.rolname FROM pg_extension AS e JOIN pg_roles AS r ON r.oid = e.extowner WHERE extname = 'influencer'),
	'influencer_test_owner', 'a trusted extension: created by an ordinary role');
SELECT pg_temp.works_in('its own');
CREATE SCHEMA "not there";
SELECT throws_ok('ALTER EXTENSION influencer SET SCHEMA "not there"', '42501', NULL, 'moving it takes a superuser, as doc/agency_tables.md says');
RESET ROLE;
ALTER EXTENSION influencer SET SCHEMA elsewhere;
SELECT pg_temp.works_in('elsewhere');

-- Who may create in the schema that it is installed into can plant operators and
-- functions there.  What the bodies and the defaults of our functions call must
-- be an exact match in pg_catalog, or the planted one would be taken: here,
-- of each operator and of whatever the bodies call, one for all arguments.
CREATE TEMP TABLE called_name AS
SELECT DISTINCT m[1]::name AS name
FROM functions AS p JOIN pg_language AS l ON l.oid = p.prolang, regexp_matches(pg_get_functiondef(p.oid), '(\w+)"?\(', 'g') AS m
WHERE lanname = 'sql' AND m[1] IN (SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace);
DROP EXTENSION influencer;
CREATE SCHEMA planted;
CREATE TEMP TABLE plain_type AS
SELECT unnest('{smallint,integer,bigint,numeric,real,float8,text}'::regtype[]) AS type;
CREATE TEMP VIEW planted_arguments AS
SELECT l.type::text AS l, r.type::text AS r FROM plain_type AS l, plain_type AS r
UNION ALL SELECT 'anycompatible', 'anycompatible';
DO $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT name, result, concat_ws(', ', l, r) AS arguments FROM planted_arguments,
			(SELECT name, 'numeric' FROM called_name UNION ALL VALUES ('planted_value', 'numeric'), ('planted_comparison', 'boolean')) AS n (name, result)
		UNION SELECT name, 'numeric', l FROM planted_arguments, called_name
	LOOP
		EXECUTE format('CREATE FUNCTION planted.%I(%s) RETURNS %s LANGUAGE SQL IMMUTABLE AS %L', f.name, f.arguments, f.result, 'SELECT NULL::' || f.result);
	END LOOP;
	FOR f IN SELECT name, l, r, name ~ '[=<>]' AS compares FROM planted_arguments, unnest('{+,-,*,/,%,^,||,=,<>,<,<=,>,>=}'::text[]) AS name
	LOOP
		EXECUTE format('CREATE OPERATOR planted.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = planted.%s)', f.name, f.l, f.r,
			CASE WHEN f.compares THEN 'planted_comparison' ELSE 'planted_value' END);
	END LOOP;
END $$;
SELECT cmp_ok((SELECT count(*)::int FROM called_name WHERE name IN ('round', 'unnest', 'isempty')), '=', 3, 'the names that the bodies call are found');
CREATE EXTENSION influencer SCHEMA planted;
-- Nothing depends on what pg_catalog holds from initdb on.
SELECT is_empty($$ SELECT m.object, pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
	FROM members AS m JOIN pg_depend AS d USING (classid, objid)
	WHERE d.refclassid NOT IN ('pg_extension'::regclass, 'pg_namespace'::regclass)
	AND (d.refclassid, d.refobjid) NOT IN (SELECT classid, objid FROM members
		UNION ALL SELECT classid, typarray FROM members JOIN pg_type AS t ON classid = 'pg_type'::regclass AND objid = t.oid) $$,
	'nothing depends on an object that is neither ours nor pg_catalog''s');
SELECT is_empty($$ SELECT signature, body FROM functions, pg_get_function_sqlbody(oid) AS body WHERE body ~ 'OPERATOR\(|planted\.(?!tier)' $$,
	'no body calls what was planted');
SELECT pg_temp.works_in('planted');

SELECT * FROM finish();
ROLLBACK;
