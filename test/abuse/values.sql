--
-- Mutated values: each is accepted, and then it round-trips as text and as
-- bytes, and every function of its type can be called with it; or it is refused
-- with an SQLSTATE that a user may meet.
--
SET client_min_messages = warning;
CREATE TEMP TABLE file AS SELECT current_setting('data_directory') || '/influencer_abuse' AS path;

-- A bytea in a binary COPY file is its bytes, so it makes any value of a type.
-- What is copied never gets into the table: a trigger notes it, and refuses it.
CREATE FUNCTION pg_temp.copied(type regtype, bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('abuse.complaint', '', false);
	EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', bytes, (SELECT path FROM file));
	EXECUTE format('COPY %I FROM %L (FORMAT binary)', 'values of ' || type, (SELECT path FROM file));
	RETURN current_setting('abuse.complaint');
END $$;

-- A call of each function of a type, with the value for one or more arguments of
-- the type and samples for the others, as PL/pgSQL.
CREATE FUNCTION pg_temp.calls(own regtype) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT string_agg(format($call$
			BEGIN
				%s %s(%s);
				IF NOT reads_back(got, %L) THEN
					RETURN %L || 'does not read back';
				END IF;
			EXCEPTION WHEN OTHERS THEN
				IF complaint(SQLSTATE, SQLERRM) IS NOT NULL THEN
					RETURN %L || complaint(SQLSTATE, SQLERRM);
				END IF;
			END;$call$, CASE WHEN set OR result = 'record'::regtype THEN 'PERFORM' ELSE 'got := ' END, function::regproc, arguments,
			CASE WHEN result IN (SELECT type FROM own_type) THEN result ELSE 'cstring'::regtype END, function || ': ', function || ': '), '')
	FROM (SELECT function, set, result, string_agg(before_argument(function, n) || CASE WHEN argument = own AND (n = array_position(callable.arguments, own) OR random() < .5) THEN 'v' ELSE format('%L::%s', literal, argument) END, ', ' ORDER BY n) AS arguments
		FROM callable, unnest(arguments) WITH ORDINALITY AS a (argument, n), LATERAL (
			SELECT literal FROM sample WHERE type = argument AND length(literal) < 2000 ORDER BY hashtext(random()::text || n || function::text) LIMIT 1) AS s
		WHERE kind = 'f' AND own = ANY (callable.arguments) GROUP BY 1, 2, 3) AS f $$;

CREATE FUNCTION pg_temp.make_checks(own regtype, send regproc) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	-- The complaint about a value, or ''.  In an array there may be a float8 whose
	-- bytes are another NaN; what is all ours has the same bytes.
	EXECUTE format('CREATE OR REPLACE FUNCTION pg_temp.check_value(v %1$s) RETURNS text LANGUAGE plpgsql SET search_path = public, pg_temp AS $check$
		DECLARE
			got text;
			sent bytea := %2$s(v);
		BEGIN
			IF %2$s(v::text::%1$s) IS DISTINCT FROM sent AND (%4$L OR v::text::%1$s::text <> v::text) THEN
				RETURN ''differs after text'';
			END IF;%3$s
			RETURN '''';
		END $check$', own, send, pg_temp.calls(own), own IN (SELECT type FROM own_type));
	EXECUTE format('CREATE OR REPLACE FUNCTION pg_temp.note() RETURNS trigger LANGUAGE plpgsql AS $check$
		BEGIN
			PERFORM set_config(''abuse.sent'', encode(%s(NEW.v), ''hex''), false), set_config(''abuse.complaint'', pg_temp.check_value(NEW.v), false);
			RETURN NULL;
		END $check$', send);
	EXECUTE format('CREATE OR REPLACE FUNCTION pg_temp.send(value text) RETURNS bytea LANGUAGE sql AS $check$ SELECT %s(value::%s) $check$', send, own);
	EXECUTE format('CREATE OR REPLACE FUNCTION pg_temp.check_text(value text) RETURNS text LANGUAGE sql AS $check$ SELECT pg_temp.check_value(value::%s) $check$', own);
	EXECUTE format('CREATE OR REPLACE FUNCTION pg_temp.from_bytea(value bytea) RETURNS text LANGUAGE sql AS $check$ SELECT value::%s::text $check$',
		CASE WHEN EXISTS (SELECT FROM pg_cast WHERE castsource = 'bytea'::regtype AND casttarget = own) THEN own ELSE 'text' END);
	EXECUTE format('CREATE TEMP TABLE IF NOT EXISTS %I (v %s)', 'values of ' || own, own);
	EXECUTE format('CREATE OR REPLACE TRIGGER note BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION pg_temp.note()', 'values of ' || own);
END $$;

-- What becomes of one mutant of a type.
CREATE FUNCTION pg_temp.try_value(own regtype, form text, bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value text;
	wrong text;
BEGIN
	IF form = 'binary' THEN
		wrong := pg_temp.copied(own, bytes);
		IF wrong = '' AND current_setting('abuse.sent') <> encode(bytes, 'hex') THEN
			bytes := decode(current_setting('abuse.sent'), 'hex');
			wrong := pg_temp.copied(own, bytes);
		END IF;
	ELSE
		value := CASE form WHEN 'text' THEN convert_from(bytes, 'UTF8') ELSE pg_temp.from_bytea(bytes) END;
		bytes := pg_temp.send(value);
		wrong := pg_temp.check_text(value);
		IF wrong = '' THEN
			wrong := pg_temp.copied(own, bytes);
		END IF;
	END IF;
	IF wrong = '' AND current_setting('abuse.sent') <> encode(bytes, 'hex') THEN
		wrong := 'differs after bytes';
	END IF;
	RETURN coalesce(nullif(wrong, ''), 'accepted');
EXCEPTION WHEN OTHERS THEN
	RETURN coalesce(complaint(SQLSTATE, SQLERRM), 'refused ' || SQLSTATE);
END $$;

-- What becomes of a document or a string, in every function that takes one.
CREATE FUNCTION pg_temp.try_argument(taken regtype, source text, argument text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	f callable;
	one text;
	worst text := 'refused';
	salt int := 0;
BEGIN
	FOR f IN SELECT * FROM callable WHERE kind = 'f' AND taken = ANY (arguments) ORDER BY function::text LOOP
		salt := salt + 1;
		one := outcome('SELECT ' || call_of(f, ARRAY(
			SELECT CASE WHEN type = taken THEN argument WHEN type = 'text'::regtype AND random() < .9 THEN source
				ELSE (SELECT literal FROM sample AS s WHERE s.type = a.type ORDER BY hashint4(s.number + salt + length(argument)) LIMIT 1) END
			FROM unnest(f.arguments) WITH ORDINALITY AS a (type, n) ORDER BY a.n)), f.result);
		IF one = 'ok' AND worst = 'refused' THEN
			worst := 'accepted';
		ELSIF one NOT IN ('ok', 'error') THEN
			worst := f.function || ': ' || one;
		END IF;
	END LOOP;
	RETURN worst;
END $$;

-- In pieces, as functions are called with other samples beside each.  The log
-- tells which mutant was the last, if there is an end to the server.
CREATE PROCEDURE pg_temp.try_mutants(own regtype, send regproc) LANGUAGE plpgsql AS $$
DECLARE
	m mutant;
	n int := 0;
BEGIN
	FOR m IN SELECT * FROM mutant WHERE target = own::text AND form IN ('text', 'binary', 'cast') ORDER BY id LOOP
		IF n % 100 = 0 THEN
			PERFORM pg_temp.make_checks(own, send);
		END IF;
		n := n + 1;
		RAISE LOG 'abuse % % %', m.id, m.target, m.form;
		INSERT INTO result VALUES (m.id, m.target, m.form, pg_temp.try_value(own, m.form, m.bytes));
	END LOOP;
END $$;
CREATE PROCEDURE pg_temp.try_arguments() LANGUAGE plpgsql AS $$
DECLARE
	m mutant;
	argument text;
BEGIN
	FOR m IN SELECT * FROM mutant WHERE form IN ('document', 'string') ORDER BY id LOOP
		RAISE LOG 'abuse % % %', m.id, m.target, m.form;
		BEGIN
			argument := convert_from(m.bytes, 'UTF8');
			INSERT INTO result VALUES (m.id, m.target, m.form, pg_temp.try_argument(m.target::regtype, m.source, argument));
		EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
			INSERT INTO result VALUES (m.id, m.target, m.form, 'refused: no text');
		END;
	END LOOP;
END $$;

SELECT setseed(.42);
DO $$
DECLARE
	t mutable_type;
BEGIN
	FOR t IN SELECT * FROM mutable_type ORDER BY type::text LOOP
		CALL pg_temp.try_mutants(t.type, t.send);
	END LOOP;
	CALL pg_temp.try_arguments();
END $$;

SELECT no_plan();
SELECT is_empty($$ SELECT type FROM mutable_type WHERE type NOT IN (SELECT type FROM sample) $$, 'every type has samples to mutate');
SELECT is((SELECT count(*) FROM result), (SELECT count(*) FROM mutant), 'all mutants were tried');
SELECT is_empty(format($$ SELECT r.outcome, m.id, left(encode(m.bytes, 'escape'), 200) FROM result AS r JOIN mutant AS m USING (id)
		WHERE r.target = %L AND r.form = %L AND r.outcome <> 'accepted' AND r.outcome !~ '^refused' LIMIT 5 $$, target, form),
	format('%s as %s: %s accepted, %s refused', target, form, count(*) FILTER (WHERE outcome = 'accepted'), count(*) FILTER (WHERE outcome ~ '^refused')))
FROM result GROUP BY target, form ORDER BY target, form;
SELECT is_empty($$ SELECT target, form FROM result GROUP BY 1, 2 HAVING count(*) > 100
	AND (count(*) FILTER (WHERE outcome = 'accepted') = 0 OR count(*) FILTER (WHERE outcome ~ '^refused') = 0) $$, 'of each kind, some are accepted, and some are refused');
SELECT * FROM finish();
DO $$ BEGIN EXECUTE format('COPY (SELECT WHERE false) TO PROGRAM %L', 'rm -f ' || quote_literal((SELECT path FROM file))); END $$;
