lower('ÀBC İ'), upper('straße é'), initcap('hello wORLD foo-bar 3x x3 é')
length('héllo'), char_length('a'), octet_length('é'), bit_length('é'), length('ab  '::char(5)), length('\x0102'::bytea)
substring('hello' from 2), substring('hello' from 2 for 3), substring('hello' from -1 for 4), substr('hello', 0, 3), substr('hello', 10), substring('héllo', 2, 1), substring('hello' for 2)
substring('hello', 2, -1)
left('hello', 2), left('hello', -2), right('hello', 2), right('hello', -2), left('hé', 10), right('héé', 1), left('abc', 0)
lpad('hi', 5), lpad('hi', 5, 'xy'), rpad('hi', 5, 'xy'), lpad('hello', 2), lpad('a', -1), lpad('x', 3, '')
ltrim('  a '), rtrim(' a  '), btrim('  a '), trim('xxaxx', 'x'), trim(both 'xy' from 'yxaxy'), trim(leading from '  a'), trim(trailing 'a' from 'baa')
replace('abcabc', 'b', 'XX'), replace('abc', '', 'x'), translate('12345', '143', 'ax'), position('b' in 'abc'), strpos('abc', 'z'), strpos('héé', 'é'), position('' in 'abc')
repeat('ab', 3), repeat('x', -1), reverse('héllo'), split_part('a,b,c', ',', 2), split_part('a,b,c', ',', -1), split_part('a,b', ',', 5), split_part('abc', '', 1)
split_part('a', ',', 0)
overlay('Txxxxas' placing 'hom' from 2 for 4), overlay('abcdef' placing 'X' from 3)
starts_with('hello', 'he'), 'hello' ^@ 'lo', chr(233), ascii('é'), ascii(''), chr(65)
chr(0)
concat('a', null, 1, true), concat_ws(',', 'a', null, 'b', 2.50), concat_ws(null, 'a'), concat('x'), concat(array[1,2], '2020-01-01'::date)
format('Hello %s', 'w'), format('%I = %L', 'my col', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('%%'), format('|%10s|%-10s|', 'foo', 'bar'), format('%s', null), format('%L', null), format('no')
format('%I', null)
format('%s %s', 'a')
format('%z', 1)
quote_ident('a b'), quote_ident('select'), quote_ident('abc'), quote_literal('it''s \ x'), quote_literal(42), quote_nullable(null), quote_nullable('x')
md5('abc'), md5('abc'::bytea), encode(sha256('abc'), 'hex'), encode('\x00ff41'::bytea, 'escape'), encode('hello world', 'base64'), decode('aGVsbG8=', 'base64'), decode('0aff', 'hex')
decode('zz', 'hex')
'a' || 1, 1 || 'b', 'a' || null, 'x' || 'y'::varchar, 'x' || true, array['a'] || 'b'::text
'abc' like 'a%', 'abc' like '_b_', 'abc' not like 'A%', 'a%c' like 'a\%c', 'abc' ilike 'ABC', 'ÀB' ilike 'àb', 'a_c' like 'a!_c' escape '!', 'abc' ~~ 'a%', 'abc' !~~* 'AB%'
'a*b' like 'a*%', 'a[b' like 'a[%', 'a?b' like '_?_', 'ab' like '%%', '' like '', 'a' like ''
'abc' like 'ab\'
'abc' ~ 'b', 'abc' ~ '^b', 'ABC' ~* 'b', 'abc' !~ 'z', 'abc' !~* 'B', 'foo123' ~ '\d+$', 'a.c' ~ 'a\.c', E'a\nb' ~ 'a.b', E'a\nb' ~ '^b', 'x' ~ '[[:alpha:]]', 'a b' ~ '\s', 'word' ~ '\yword\y', 'é' ~ '\w'
'abc' ~ '('
'abc' ~ '[a'
'abc' ~ '*a'
'abc' similar to 'a(b|x)c', 'abc' similar to '%b%', 'abc' not similar to 'b%', 'a_c' similar to 'a\_c'
regexp_replace('foobarbaz', 'b..', 'X'), regexp_replace('foobarbaz', 'b..', 'X', 'g'), regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g'), regexp_replace('Hello', 'L', 'x', 'gi'), regexp_replace('abc', '(b)', '[\&]'), regexp_replace('a1b2', '\d', '', 'g')
regexp_match('foobarbequebaz', '(bar)(beque)'), regexp_match('foo', 'x'), regexp_match('foobar', 'o+'), regexp_match('abc', '(x)?b')
regexp_match('foo', 'o', 'g')
select * from regexp_matches('foobarbequebazilbarfbonk', '(b[^b]+)(b[^b]+)', 'g')
select regexp_matches('a1b2', '[a-z]\d', 'g')
regexp_split_to_array('the quick brown', '\s+'), regexp_split_to_array('abc', ''), regexp_split_to_array('a,b,', ','), regexp_split_to_array('', ','), regexp_split_to_array('abc', 'x*')
select * from regexp_split_to_table('a, b,c', ',\s*')
regexp_count('ABCABC', 'B'), regexp_like('ABC', 'b', 'i'), regexp_substr('ABCDEF', 'C.'), regexp_instr('ABCDEF', 'C'), regexp_substr('abcabc', '[bc]', 1, 3), regexp_instr('abcabc', 'c', 1, 2, 1)
substring('foobar' from 'o.b'), substring('foobar' from 'o(.)b'), substring('foobar' similar '%#"o_b#"%' escape '#')
string_to_array('a,b,,c', ','), string_to_array('a,b', null), string_to_array('a,x,b', ',', 'x'), string_to_array('', ','), string_to_array(null, ','), string_to_array('abc', '')
select * from string_to_table('a,b,c', ',')
array_to_string(array[1,null,3], ','), array_to_string(array[1,null,3], ',', '*'), array_to_string(array[true,false], '|')
'a' < 'B', 'a' > 'B', 'abc' = 'abc ', 'a'::char(3) = 'a', 'a'::char(3) = 'a  '::char(3), 'a' <> 'b'
'é' < 'z', 'Z' < 'a', '' < 'a', 'ab' < 'abc'
greatest('a', 'B'), least('a', 'B', null)
'abc'::varchar(2), 'abcdef'::char(3), 'x'::char(3) || '|', 'abc'::name, 'abc'::"char"
'too long'::varchar(3)
text 'a' || 'b', 'it''s', E'tab\there', U&'d\0061t'
convert_from('\x68c3a9', 'UTF8'), convert_to('hé', 'UTF8'), get_byte('\x0aff', 1), substring('\x010203'::bytea from 2 for 1), '\x01'::bytea || '\x02'::bytea, '\x01'::bytea < '\x0100'::bytea
to_hex(255), to_hex(-1), to_hex(9223372036854775807)
select x from (values ('b'),('A'),('a'),('é'),('Z')) t(x) order by x
select x, count(*) from (values ('a'::char(3)),('a'),('b')) t(x) group by x order by x
string_agg(x, '-') from (values ('a'),(null),('b')) t(x)
select min(x), max(x) from (values ('b'),('A'),('z')) t(x)
select x like y from (values ('abc','a%'),('abc','b%'),(null,'a')) t(x,y)
select x ilike '%B%' from (values ('abc'),('xyz'),(null)) t(x)
uuid 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid = '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'
'not-a-uuid'::uuid
length(gen_random_uuid()::text)
replace('a%', '', null), replace('a', 'b', null), replace(null, 'a', 'b'), replace('aXbX', 'X', ''), replace('', 'a', 'b')
