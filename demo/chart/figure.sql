--
-- A section of the page: a title that says what is seen, a sentence on how to read
-- it, the picture, the note that was given for it, and the same figures as a table.
-- Without a picture it says what it would need.
--

CREATE FUNCTION figure(id text, class text, title text, lead text, pictures xml, table_rows xml, missing text) RETURNS xml
STABLE PARALLEL SAFE
RETURN CASE WHEN pictures IS NULL OR title IS NULL THEN
	xmlelement(NAME section, xmlattributes(id AS id, class || ' missing' AS class),
		xmlelement(NAME h2, 'Not drawn: ' || id), xmlelement(NAME p, missing))
ELSE
	xmlelement(NAME section, xmlattributes(id AS id, class AS class),
		xmlelement(NAME h2, title), xmlelement(NAME p, lead), pictures,
		(SELECT xmlelement(NAME p, xmlattributes('aside' AS class), isolated(notes ->> id)) FROM setting WHERE notes ->> id <> ''),
		xmlelement(NAME details, xmlelement(NAME summary, 'The figures as a table'),
			xmlelement(NAME div, xmlattributes('scroll' AS class), table_rows)))
END;
