'[1,5)'::int4range, '[1,5]'::int4range, '(1,5)'::int4range, 'empty'::int4range, '[3,3)'::int4range, '(,5]'::int8range, '[1.5,2.5]'::numrange, '[2020-01-01,2020-01-05]'::daterange, '[2020-01-01 10:00,)'::tsrange
'[5,1]'::int4range
'[1,2'::int4range
int4range(1, 5), int4range(1, 5, '[]'), numrange(null, 2.5), daterange('2020-01-01', '2020-02-01'), tstzrange('2020-01-01 00:00+00', null)
int4range(1, 5, 'x')
lower(int4range(1,5)), upper(int4range(1,5)), isempty('empty'::int4range), lower_inc(int4range(1,5)), upper_inc(int4range(1,5)), lower_inf(int4range(null,5)), upper_inf(int4range(1,null)), lower('empty'::int4range)
int4range(1,5) @> 3, 5 <@ int4range(1,5), int4range(1,10) @> int4range(2,3), int4range(1,5) && int4range(4,8), int4range(1,2) << int4range(3,4), int4range(5,6) >> int4range(1,2), int4range(1,5) -|- int4range(5,6), int4range(1,5) &< int4range(2,6), int4range(3,5) &> int4range(2,6)
int4range(1,5) + int4range(4,8), int4range(1,5) * int4range(4,8), int4range(1,5) - int4range(4,8), range_merge(int4range(1,2), int4range(7,8))
int4range(1,2) + int4range(5,6)
int4range(1,5) = '[1,4]', int4range(1,5) < int4range(2,3), int4range(1,5) <> int4range(1,6)
select x from (values (int4range(3,5)),(int4range(1,9)),('empty'),(int4range(1,2)),(null)) t(x) order by x
daterange('2020-01-01','2020-01-10') @> '2020-01-05'::date, tstzrange('2020-01-01 00:00+00','2020-02-01 00:00+00') @> '2020-01-15 00:00+00'::timestamptz, numrange(1.1, 2.2) @> 1.5
lower(tstzrange('2020-01-01 00:00+00','2020-02-01 00:00+00')), upper(daterange('2020-01-01','2020-01-10', '[]'))
'{[1,3),[5,7)}'::int4multirange, '{[1,3),[2,7)}'::int4multirange, '{}'::int4multirange, multirange(int4range(1,2)), int4multirange(int4range(1,2), int4range(5,6))
'{[1,3),[5,7)}'::int4multirange @> 6, '{[1,3)}'::int4multirange && int4range(2,4), lower('{[1,3),[5,7)}'::int4multirange), isempty('{}'::int4multirange), '{[1,3)}'::int4multirange + '{[3,5)}', '{[1,9)}'::int4multirange - '{[3,5)}', '{[1,9)}'::int4multirange * '{[3,15)}'
select range_agg(x), range_intersect_agg(x) from (values (int4range(1,5)),(int4range(4,8))) t(x)
select * from unnest('{[1,3),[5,7)}'::int4multirange)
row_to_json(t) from (select int4range(1,3) r, '{[1,3)}'::int4multirange m) t
