'{1,2,3}'::int[], '{a,"b c",NULL,"NULL",""}'::text[], '{{1,2},{3,4}}'::int[], '{}'::int[], '{t,f}'::bool[], '{1.50,2}'::numeric[], '[2:3]={5,6}'::int[]
'{1,2'::int[]
'{1,x}'::int[]
array[1,2,3], array['a',null], array[[1],[2]], array[1.5,2], array[true], array['2020-01-01'::date]
array_length(array[1,2,3], 1), array_length('{}'::int[], 1), array_length(array[[1,2],[3,4]], 2), array_ndims(array[[1]]), array_lower('[5:6]={1,2}'::int[], 1), array_upper(array[1,2], 1), cardinality(array[[1,2],[3,4]]), array_dims(array[[1,2,3]])
array_append(array[1], 2), array_append(null, 1), array_prepend(0, array[1]), array_cat(array[1], array[2,3]), array[1] || null::int, array_append(array['a'], 'b c')
array_position(array['a','b','c'], 'b'), array_position(array[1,2,1], 1, 2), array_position(array[1], 9), array_positions(array[1,2,1], 1), array_remove(array[1,2,1], 1), array_replace(array[1,2,1], 1, 9), array_remove(array['a',null], null)
array_fill(7, array[2]), array_fill('x'::text, array[2,2]), array_fill(1, array[2], array[5]), trim_array(array[1,2,3], 1)
array[1,2] @> array[2], array[1,2] <@ array[1,2,3], array[1,2] && array[3], array['a','b'] @> array['b'], array[1,null] @> array[null]::int[], '{}'::int[] <@ array[1]
array[1,2] = array[1,2], array[1,2] <> array[2,1], array[1,2] < array[1,2,3], array[2] > array[1,9], array['a'] = array['a']::varchar[], array[1.0] = array[1.00]
(array[1,2,3])[1], (array[1,2,3])[0], (array[[1,2],[3,4]])[2][1], (array[1,2,3])[2:3], (array[1,2,3])[:2], (array[1,2,3])[2:], (array[[1,2],[3,4]])[1:1][2:2], (array[1,2])[null]
unnest(array[3,1,2])
select * from unnest(array['x','y']) with ordinality as t(a, n)
select x from unnest('{{1,2},{3,4}}'::int[]) x
select i, (array['a','b','c'])[i] from generate_subscripts(array['a','b','c'], 1) i
select x from (values (array[1,2]),(array[1]),(array[0,5]),(null)) t(x) order by x
select distinct x from (values (array[1.0]),(array[1.00]),(array[2])) t(x) order by x
select count(*) from (values (array[1,2]),(array[3])) t(x) where 1 = any(x)
select count(*) from (values (array[1,2]),(array[3])) t(x) where x = '{3}'
select 'b' = any(string_to_array('a,b', ',')), 5 > all(array[1,2]), 5 < some(array[1,9]), null = any(array[1]), 1 = any(array[null,1]), 2 = any(array[null,1]::int[])
select array_agg(x order by x desc nulls last), array_agg(distinct x order by x) from (values (2),(null),(1),(2)) t(x)
select array_agg(x) filter (where x > 1) from (values (1),(2),(3)) t(x)
array(select generate_series(1,3)), array(select null::int), array(select 'a' where false)
array_to_json(array[1,2]), to_json(array['a',null]), array[1,2]::text, '{1,2}'::text::int[], array['1','2']::int[], array[1,2]::text[], array[1.5,2.5]::int[]
array['2020-01-01 00:00+02'::timestamptz], array['a"b','c\d'], array[null]::text[], array[interval '1 day']
array[array[1,2],array[3]]
'{"a","b"}'::varchar(1)[], array['abc']::varchar(2)[]
pg_typeof(array[1]), pg_typeof(array['a']), pg_typeof(array[1.5]), pg_typeof(array[[1]])
