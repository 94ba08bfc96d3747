'{"a":[1,2,3]}'::jsonb @? '$.a[*] ? (@ > 2)', '{"a":[1,2,3]}'::jsonb @@ '$.a[*] > 5', '{"a":1}'::jsonb @? '$.b', '{"a":1}'::jsonb @@ '$.a', '[1]'::jsonb @? 'strict $.a'
jsonb_path_exists('{"a":1}', '$.a ? (@ == $x)', '{"x":1}'), jsonb_path_match('{"a":1}', '$.a == 1'), jsonb_path_query_array('{"a":[1,{"b":2}]}', '$.a[*].b'), jsonb_path_query_first('[1,2]', '$[*] ? (@ > 1)'), jsonb_path_query_first('[]', '$[*]')
select * from jsonb_path_query('{"a":[1,2,3]}', '$.a[*] ? (@ >= $min)', '{"min":2}')
select jsonb_path_query('[{"n":"x","v":1},{"n":"y","v":2}]', '$[*] ? (@.n like_regex "^[xy]$").v')
jsonb_path_query_array('{"a":{"b":{"c":1}}}', '$.**{2}'), jsonb_path_query_array('[1,2,3]', '$[last]'), jsonb_path_query_array('[1,-2]', '$[*].abs()'), jsonb_path_query_array('{"a":1,"b":"x"}', '$.keyvalue().key'), jsonb_path_query_array('[3]', '$[0] + 2 * 3')
jsonb_path_query_array('{"a":1}', 'strict $.b')
jsonb_path_query_array('{"a":1}', 'strict $.b', '{}', true)
jsonb_path_match('{"a":1}', '$.a')
'$.a[*] ? (@.b > 1 && exists(@.c))'::jsonpath, 'strict $."x y".size()'::jsonpath, '$.a + 1'::jsonpath
'$.a['::jsonpath
select id from people where doc @? '$.b[*] ? (@ == 2)' order by id
