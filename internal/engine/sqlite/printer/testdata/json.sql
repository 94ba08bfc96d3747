'{"a":1}'::json -> 'a', '{"a":"x"}'::json ->> 'a', '[1,2]'::json -> 1, '[1,2]'::json ->> -1, '{"a":{"b":[1,2]}}'::json #> '{a,b,1}', '{"a":{"b":"q"}}'::json #>> '{a,b}'
'{"a":1}'::jsonb -> 'a', '{"a":"x"}'::jsonb ->> 'a', '[1,2]'::jsonb -> 1, '[1,2]'::jsonb ->> -1, '{"a":{"b":[1,2]}}'::jsonb #> '{a,b,1}', '{"a":{"b":"q"}}'::jsonb #>> '{a,b}'
'{"a":null}'::jsonb -> 'a', '{"a":null}'::jsonb ->> 'a', '{"a":null}'::jsonb -> 'b', '[1]'::jsonb -> 5, '"s"'::jsonb -> 'a', '{"a":1}'::jsonb -> 0
'{ "a" : [ 1 , 2 ] , "b" : { "c" : 1 } }'::json -> 'a', '{ "a" : [ 1 , 2 ] , "b" : { "c" : 1 } }'::json -> 'b'
'{"a":1,"a":2}'::json -> 'a', '{"a":1,"a":2}'::jsonb -> 'a', '{"é":"\u00e9\n"}'::jsonb ->> 'é', '{"\u00e9":1}'::json -> 'é'
'{"a":1,"b":2}'::jsonb ? 'a', '{"a":1,"b":2}'::jsonb ?| array['c','b'], '{"a":1,"b":2}'::jsonb ?& array['a','c'], '["a"]'::jsonb ? 'a', '"a"'::jsonb ? 'a', '[1]'::jsonb ? '1'
'{"a":1,"b":[1,2,{"c":3}]}'::jsonb @> '{"b":[{"c":3}]}', '[1,2,3]'::jsonb @> '[3,1]', '[1,2]'::jsonb @> '1', '{"a":1}'::jsonb <@ '{"a":1,"b":2}', '[[1,2]]'::jsonb @> '[1]', '{"a":1.0}'::jsonb @> '{"a":1}'
'{"a":1}'::jsonb || '{"b":2,"a":3}', '[1]'::jsonb || '[2]', '[1]'::jsonb || '2', '1'::jsonb || '2', '{}'::jsonb || '{"a":1}', '[]'::jsonb || '[]', '{"a":1}'::jsonb || '[1]'
'{"a":1,"b":2}'::jsonb - 'a', '["a","b"]'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '[1,2,3]'::jsonb - (-1), '{"a":1,"b":2,"c":3}'::jsonb - array['a','c'], '{"a":{"b":1,"c":2}}'::jsonb #- '{a,b}', '[1,[2,3]]'::jsonb #- '{1,0}'
'"x"'::jsonb - 'a'
'{"a":1}'::jsonb - 1
jsonb_set('{"a":{"b":1}}', '{a,b}', '2'), jsonb_set('{"a":1}', '{b}', '"n"'), jsonb_set('{"a":1}', '{b}', '"n"', false), jsonb_set('[1,2]', '{0}', '9'), jsonb_set('[1,2]', '{5}', '9'), jsonb_set('[1,2]', '{-1}', '9'), jsonb_set('[1,2]', '{-5}', '9')
jsonb_insert('{"a":[0,1,2]}', '{a,1}', '"n"'), jsonb_insert('{"a":[0,1,2]}', '{a,1}', '"n"', true), jsonb_insert('{"a":1}', '{b}', '2')
jsonb_insert('{"a":1}', '{a}', '2')
jsonb_set('1', '{a}', '2')
jsonb_set('[1]', '{x}', '2')
jsonb_set_lax('{"a":1}', '{a}', null), jsonb_set_lax('{"a":1}', '{a}', null, true, 'delete_key'), jsonb_set_lax('{"a":1}', '{a}', null, true, 'return_target')
json_typeof('{}'), json_typeof('[]'), json_typeof('"a"'), json_typeof('1'), json_typeof('true'), json_typeof('null'), jsonb_typeof('{}'), jsonb_typeof('1.5')
json_array_length('[1,2,3]'), jsonb_array_length('[]'), jsonb_array_length('[[1,2],3]')
jsonb_array_length('{}')
json_array_length('1')
json_strip_nulls('{"a":null,"b":[1,null,{"c":null}]}'), jsonb_strip_nulls('{"a":null,"b":[1,null,{"c":null,"d":1}]}')
jsonb_pretty('{"a":[1,{"b":null}],"c":{}}')
json_extract_path('{"a":{"b":1}}', 'a', 'b'), jsonb_extract_path_text('{"a":{"b":"x"}}', 'a', 'b'), json_extract_path_text('{"a":1}', 'z')
json_object('{a,1,b,2}'), json_object('{{a,1},{b,null}}'), jsonb_object('{a,b}', '{1,2}'), json_object('{}')
json_object('{a}')
select * from json_each('{"a":1,"b":"x","c":null}')
select * from jsonb_each_text('{"a":1,"b":"x","c":null}')
select * from json_array_elements('[1,"x",null,{"a": 1}]')
select * from jsonb_array_elements_text('[1,"x",null,{"a":1}]') with ordinality
select * from jsonb_object_keys('{"bb":1,"a":2}')
select jsonb_array_elements('[1,2]'), 'k'
select jsonb_object_keys('[1]')
select * from jsonb_array_elements('{}')
select * from json_array_elements('1')
select * from jsonb_to_record('{"a":1,"b":[1,2],"c":"x","d":{"e":null}}') as x(a int, b int[], c text, d jsonb, z text)
select * from json_to_recordset('[{"a":1,"b":"foo"},{"a":"2","c":"bar"}]') as x(a int, b text)
select * from jsonb_to_recordset('[{"t":"2020-01-02T03:04:05Z","n":1.50,"f":1e3,"u":"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"}]') as x(t timestamptz, n numeric, f float8, u uuid)
select * from jsonb_to_recordset('{"a":1}') as x(a int)
select * from jsonb_to_record('[1]') as x(a int)
select * from jsonb_to_record('{"a":"x"}') as x(a int)
select x->>'k' from (values ('{"k":"v"}'::jsonb),('{"k":1}')) t(x) where x->'k' = '1'
select x from (values ('{"k":1.0}'::jsonb),('{"k":1.00}'),('{"a":2}')) t(x) order by x
select distinct x from (values ('{"a": 1}'::jsonb),('{"a":1}')) t(x)
('{"a":5}'::jsonb -> 'a')::int, ('{"a":true}'::jsonb -> 'a')::bool, ('{"a":1.5}'::jsonb -> 'a')::numeric, '{"a":1}'::jsonb::text, '{"b":1,  "a":2}'::json::jsonb, '[1, 2]'::jsonb::json
('{"a":"5"}'::jsonb -> 'a')::int
'{"a": 1}'::jsonb = '{"a":1}'::jsonb, '{"a":1}'::jsonb <> '{"a":2}', '[1,2]'::jsonb < '[1,3]', '1'::jsonb > '"a"', 'null'::jsonb < '1'
'{bad'::json
'{"a":1} x'::jsonb
('{"a":[1,{"b":2}]}'::jsonb)['a'][1]['b'], ('[1,2]'::jsonb)[0]
to_jsonb(row(1,'x')), to_json(array[[1,2],[3,4]]), row_to_json(row(1,null,'a"b')), array_to_json(array[1,2,null])
to_json('2020-01-02 03:04:05.678+02'::timestamptz), to_json('2020-01-02 03:04:05'::timestamp), to_json('12:00'::time), to_json('1 day'::interval), to_json('a'::varchar), to_json('{}'::jsonb), to_json(1e20::float8), to_json('NaN'::float8), to_json('\x01'::bytea)
jsonb_build_object('a', 'NaN'::numeric, 'b', '1 day'::interval, 'c', array[true,null])
json_build_object('a')
json_build_object(null, 1)
json_build_object('x', json_build_array(1, json_build_object('y', null)))
json_build_object(1, 2, true, 3.50)
select json_agg(x) from (values ('{"a": 1}'::json), (null)) t(x)
select jsonb_agg(x order by x desc) from (values ('{"a": 1}'::jsonb), ('[1]')) t(x)
select jsonb_agg(distinct x) from (values (3),(1),(3)) t(x)
select json_object_agg(k, v) from (values (null, 1)) t(k, v)
select jsonb_object_agg(k, v) from (values ('a', array[1,2]), ('b', null)) t(k, v)
select json_agg(json_build_object('n', a, 'sub', (select json_agg(b) from (values (1),(2)) u(b)))) from (values (1),(2)) t(a)
select row_to_json(t) from (select 1 as a, (select json_agg(u) from (select 2 as b, null as c union all select 3, 'x') u) as s, '{"z": 1}'::jsonb as j, array[1,2] as arr) t
select row_to_json(t, true) from (select 1 as a, 2 as b) t
select json_agg(t.*) from (values (1,2)) t(a,b)
'5'::jsonb -> 0, '5'::jsonb -> 1, '"x"'::jsonb ->> -1, '5'::json -> 0, '5'::jsonb #> '{0}'
