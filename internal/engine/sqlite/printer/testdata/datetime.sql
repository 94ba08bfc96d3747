'2020-02-30'::date
'2020-01-02'::date, '2020-01-02 03:04:05'::timestamp, '2020-01-02 03:04:05+02'::timestamptz, '03:04:05.5'::time, '03:04+02'::timetz, '1 year 2 mons 3 days 04:05:06'::interval
'2020-01-31'::date + 1, '2020-01-31'::date - 31, '2020-03-01'::date - '2020-02-01'::date, '2020-01-31'::date + '1 month'::interval, 3 + '2020-01-01'::date, '2020-01-01'::date + '03:00'::time
'2020-01-31 10:00'::timestamp + '1 month', '2020-01-31 10:00'::timestamptz - interval '1 day 2 hours', '2020-01-02'::timestamp - '2020-01-01 12:00'::timestamp, '10:00'::time + '15 hours', '10:00'::time - '09:30'::time
interval '1 day' * 2.5, interval '1 month' / 2, 3 * interval '1 hour', - interval '1 day', interval '1 day' + interval '2 hours', interval '1 day' - interval '25 hours'
interval '30 days' = interval '1 month', interval '1 day' < interval '25 hours', interval '1 year' > interval '364 days'
age('2020-03-01'::timestamp, '2019-12-31'::timestamp), age('2000-01-01'::timestamptz, '1999-02-28'), justify_days('35 days'), justify_hours('27 hours'), justify_interval('1 mon -1 hour')
extract(year from '2020-02-03'::date), extract(dow from date '2020-02-03'), extract(epoch from '2020-01-01'::timestamptz), extract(second from time '10:11:12.345'), extract(week from date '2021-01-01'), extract(quarter from date '2020-05-01'), extract(isoyear from date '2021-01-01'), extract(doy from date '2020-12-31'), extract(century from date '2001-01-01'), extract(hour from interval '27 hours')
date_part('year', timestamp '2020-02-03'), date_part('epoch', interval '1 day'), date_part('month', date '2020-05-06'), date_part('microseconds', time '00:00:01.5')
extract(foo from date '2020-01-01')
date_trunc('month', timestamp '2020-05-17 10:11:12'), date_trunc('hour', timestamptz '2020-05-17 10:11:12+00'), date_trunc('week', date '2020-05-17'), date_trunc('day', interval '1 day 5 hours'), date_trunc('day', timestamptz '2020-05-17 23:00+00', 'Europe/Berlin')
date_bin('15 minutes', timestamp '2020-02-11 15:44:17', timestamp '2001-01-01')
make_date(2020, 2, 3), make_time(8, 15, 23.5), make_timestamp(2020, 2, 3, 4, 5, 6.7), make_timestamptz(2020, 2, 3, 4, 5, 6), make_interval(days => 3, hours => 4), make_timestamptz(2020, 7, 3, 4, 5, 6, 'Europe/Berlin')
make_date(2020, 13, 1)
to_timestamp(1284352323.5), to_timestamp(0)
timestamp '2020-07-01 12:00' at time zone 'Europe/Berlin', timestamptz '2020-07-01 12:00+00' at time zone 'America/New_York', timestamptz '2020-07-01 12:00+00' at time zone '+02', timestamp '2020-01-01' at time zone interval '2 hours', time with time zone '10:00+00' at time zone 'UTC'
timestamp '2020-01-01' at time zone 'Nowhere/Land'
(timestamp '2020-01-01', timestamp '2020-01-10') overlaps (timestamp '2020-01-05', timestamp '2020-02-01'), (date '2020-01-01', interval '5 days') overlaps (date '2020-01-06', interval '1 day')
date '2020-01-01' < timestamp '2020-01-01 00:00:01', date '2020-01-01' = timestamptz '2020-01-01 00:00+00', timestamp '2020-01-01' >= date '2020-01-02', timestamptz '2020-01-01 00:00+00' <> timestamp '2020-01-01'
isfinite(date 'infinity'), isfinite(timestamp '2020-01-01'), 'infinity'::timestamp > '9999-12-31', '-infinity'::date < '4713-01-01 BC', 'infinity'::date::timestamp
'2020-01-02'::date::timestamp, '2020-01-02 23:59'::timestamp::date, '2020-01-02 23:59'::timestamp::time, '2020-01-02 23:59+00'::timestamptz::timestamp, '2020-01-02 23:59'::timestamp::timestamptz, '10:00'::time::interval, '25:30:00'::interval::time
'2020-01-02 03:04:05.678901'::timestamp(2), '2020-01-02 03:04:05.678901'::timestamptz(0), '03:04:05.678'::time(1), '1.23456 seconds'::interval(2)
'0001-01-01 BC'::date, '12020-01-01'::date, '2020-01-01 10:00 BC'::timestamp, '4713-01-01 BC'::date < '0001-01-01'::date
select x from (values ('2020-01-01'::date),('infinity'),('0044-03-15 BC'),('12000-01-01'),('1999-12-31'),('-infinity')) t(x) order by x
select x from (values ('1 mon'::interval),('29 days'),('-1 day'),('1 year'),('31 days')) t(x) order by x
select sum(x), avg(x), min(x), max(x) from (values ('1 day'::interval),('3 hours')) t(x)
select min(x), max(x), count(distinct x) from (values ('2020-01-01'::date),('2020-01-02'),('2020-01-01')) t(x)
select * from generate_series('2020-01-01'::timestamp, '2020-01-03', '1 day')
select * from generate_series('2020-01-31'::date, '2020-04-30'::date, '1 month')
select * from generate_series('2020-01-01 00:00+00'::timestamptz, '2020-01-01 02:00+00', '1 hour') x order by x desc
now() = transaction_timestamp(), now() <= clock_timestamp(), current_timestamp = now(), localtimestamp = now()::timestamp, current_date = now()::date, now() - now()
pg_typeof(now()), pg_typeof(current_date), pg_typeof(current_time), pg_typeof(localtime), pg_typeof(now() - now()), pg_typeof(current_date - current_date)
timezone('UTC', '2020-01-01 00:00'::timestamp), '2020-01-01'::timestamptz, 'epoch'::timestamp, 'tomorrow'::date - 'today'::date
'2020-01-01 10:00:00.100'::timestamp, '2020-01-01 10:00:00.000001'::timestamptz::text, '10:00:00.1200'::time, '2020-1-5'::date, 'January 8, 1999'::date, '19990108'::date, '1999.008'::date
'25:00'::time
'2020-13-01'::timestamp
'xx'::interval
'1 day ago'::interval, 'P1Y2M3DT4H5M6S'::interval, '1-2'::interval, '3 4:05:06'::interval, '1.5 days'::interval, '-1 year -2 mons'::interval, '@ 1 minute'::interval
interval '1' day, interval '5' hour, interval '1-2' year to month, interval '90 minutes'
