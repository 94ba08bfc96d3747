1 + 1, 2::int2 + 1::int2, 1::int8 + 1, 5 - 7, 3 * 4, 1::int2 * 2::int8
32767::int2 + 1::int2
2147483647 * 2
-2147483648 - 1
9223372036854775807 * 2
(-2147483648)::int4 / -1
(-9223372036854775808)::int8 / -1
abs(-5), abs(-5.5), abs(-5::float8), sign(-3.2), sign(0::float8), -(-3), +5
abs((-2147483648)::int4)
10 / 3, -10 / 3, 10 % 3, -10 % 3, mod(10, 3), mod(-10.5, 3), div(10.5, 3), 10.0 / 3, 1 / 3.0, 1.5 / 0.5
1 % 0
1.0 / 0
1.0::float8 / 0
2 ^ 3, 2.0 ^ 0.5, 2::numeric ^ 10, power(2, 3), power(2.0, 3), |/ 25.0, sqrt(2), sqrt(2.0), exp(1), exp(1.0), ln(10), ln(10.0), log(100), log(100.0), log(2, 8), log10(1000)
sqrt(-1)
ln(0)
power(0, -1)
power(-1::float8, 0.5)
exp(1000::float8)
ceil(1.2), floor(-1.2), ceil(1.2::float8), floor(-1.2::float8), round(1.5), round(2.5), round(1.5::float8), round(2.5::float8), round(1.2345, 2), round(1234.5, -2), trunc(1.99), trunc(-1.99::float8), trunc(1.239, 2)
gcd(12, 18), lcm(4, 6), gcd(12.0, 18), factorial(5), scale(1.500), min_scale(1.500), trim_scale(1.500), width_bucket(5.35, 0.024, 10.06, 5), width_bucket(5::float8, 10, 0, 4)
pi(), degrees(pi()), radians(180), sin(1), cos(1), asin(0.5), atan(1), atan2(1, 2), sinh(1), cosh(1), tanh(1)
5 & 3, 5 | 3, 5 # 3, ~5, 1 << 10, -8 >> 1, 1::int8 << 40, 1::int2 << 3
1.10 + 2.205, 1.10 - 2.205, 1.10 * 2.205, 100000000000000000000 + 1, 0.1 + 0.2, 1e3, 1.5e-3, 1e20::numeric
0.1::float8 + 0.2::float8, 1e15::float8, 1e14::float8, 123456789012345678::float8, 1e-5::float8, 0.0001::float8, 1.5::float4, 0.1::float4, 1e10::float4, 'NaN'::float8, '-Infinity'::float8
0.1::float4::float8, 0.1::float4 + 0.2::float8, 1::float4 / 3
'NaN'::float8 = 'NaN'::float8, 'NaN'::float8 > 'inf', 'NaN'::numeric = 'NaN', 1 < 'NaN'::numeric
1 = 1.0, 1::int8 = 1::int2, 1.0 = 1.00, 1 = 1::float8, 2 > 1.5, 0.1::float4 = 0.1::float8
1.5::int, 2.5::int, -1.5::int, 1.5::float8::int, 2.5::float8::int, 3.99::int8, '12'::int2, ' 12 '::int, 12.5::float4, 1e3::int, 100::text, 1.0::text, 1e20::float8::text
40000::int2
3000000000::int4
'abc'::int
'1.5'::int
''::int
1e400::float8
'1e400'::numeric::float8
12345.678::numeric(7,2), 0.005::numeric(3,2), 1::numeric(5,3)
12345.678::numeric(5,2)
true::int, 0::bool, 5::bool, 'yes'::bool, 'f'::bool, 1::text::bool, false::text, true and 't'::bool
'maybe'::bool
random() between 0 and 1
select sum(x), avg(x), min(x), max(x), count(x), stddev(x), variance(x), stddev_pop(x), var_pop(x) from (values (1),(2),(4),(null)) t(x)
select sum(x), avg(x), stddev(x), variance(x), var_pop(x) from (values (1.5),(2.25),(4)) t(x)
select sum(x), avg(x), stddev(x), variance(x), var_samp(x) from (values (1.5::float8),(2.25),(4)) t(x)
select sum(x), avg(x) from (values (0.1::float4),(0.2),(0.3)) t(x)
select sum(x), avg(x), min(x) from (select 1 where false) t(x)
select sum(x), avg(x) from (values (1::int8),(2)) t(x)
select sum(x) from (values (9223372036854775807::int8),(1)) t(x)
select sum(x), sum(distinct x), avg(distinct x) from (values (1),(1),(3)) t(x)
select bit_and(x), bit_or(x), bit_xor(x) from (values (12),(10)) t(x)
select corr(y, x), covar_pop(y, x), covar_samp(y, x), regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x), regr_count(y, x), regr_avgx(y, x) from (values (1::float8,2::float8),(2,4.5),(3,5)) t(x,y)
select percentile_cont(0.5) within group (order by x), percentile_disc(0.5) within group (order by x), mode() within group (order by x) from (values (1),(2),(2),(10)) t(x)
select percentile_cont(array[0.25,0.75]) within group (order by x), percentile_disc(0.9) within group (order by x desc) from (values (1),(2),(3),(10)) t(x)
select percentile_cont(1.5) within group (order by x) from (values (1)) t(x)
select x from (values (10.5),(9.75),(100),(-1)) t(x) order by x
select x from (values ('10'::numeric),('NaN'),('9')) t(x) order by x desc
select x + y, x * y from (values (2147483647, 0), (1, 1)) t(x, y) order by 1
select x + y from (values (2147483647, 1)) t(x, y)
select (x + 1) * (y + 1) - x from (values (3, 4)) t(x, y)
select * from generate_series(1.0, 2.0, 0.5)
select * from generate_series(1, 10, 0)
select * from generate_series(3, 1)
select coalesce(null::int, 5), nullif(5, 5.0), 5 between 1 and 10, greatest(1, 2.5)
'12'::money, 1 in (1.0, 2), 7 = any(array[1,7]), 7.0 = any(array[1.5,7])
'-0'::float8, 0::float8 = '-0'::float8, round(-0.4), -0.0
'0x1F'::float8
int4 '5', int8 '7', float8 '1.5', numeric '1.50', smallint '3'
1::oid, 4294967295::oid, 16::regtype, 'int4'::regtype, 'pg_catalog.text'::regtype::oid
