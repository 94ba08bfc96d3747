-- reset
-- xml values.
select '<a>1</a>'::xml, '<a b="1"/>'::xml, 'text'::xml, '<a/><b/>'::xml, xml '<r><c>x</c></r>', '<?xml version="1.0"?><r/>'::xml::text;
select xmlcomment('hello'), xmlcomment('');
select xmlcomment('a--b');
select xml_is_well_formed('<a/>'), xml_is_well_formed('<a>'), xml_is_well_formed_document('<a/>'), xml_is_well_formed_document('text'), xml_is_well_formed_content('text');
create table pages (id int primary key, body xml);
insert into pages values (1, '<p>one</p>'), (2, null), (3, 'plain');
select * from pages order by id;
select body::text, length(body::text) from pages order by id;
select * from pages where body = '<p>one</p>';
select * from pages order by body;
select distinct body from pages;
select xmlagg(body order by id desc) from pages;
select count(body), to_json(max(id)) from pages;
select to_json(body), to_jsonb(body) from pages order by id;
select '<a>1</a>'::xml || 'x';
select body is null as none from pages order by id;
