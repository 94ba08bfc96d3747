-- reset
-- Amounts of money.
select '12.34'::money, '$1,234.5'::money, '-5'::money, '(7.25)'::money, 12::money, 12.345::money, 1000000::int8::money, '0.005'::money;
select 'abc'::money;
select '92233720368547758.08'::money;
select 1.5::float8::money;
select '10.00'::money + '2.50', '10.00'::money - '12.50', '10.00'::money * 2, 3 * '1.50'::money, '10.00'::money * 1.5, '10.00'::money / 4, '10.00'::money / 3, '10.00'::money / '4.00'::money, '1.00'::money / 0.3::float8;
select '1.00'::money / 0;
select '1.00'::money / '0'::money;
select '92233720368547758.07'::money + '0.01'::money;
select '52093.89'::money::numeric, '52093.89'::money::numeric::float8, '-0.01'::money::numeric;
select '1.00'::money::int;
select '1.00'::money < '2.00', '1.00'::money = '1', '-1'::money > '0', greatest('1'::money, '3', '2');
select cash_words('123.45'), cash_words('1'), cash_words('-1000000.01'), cash_words('0');
create table orders (id int primary key, total money not null default 0);
insert into orders values (1, 10), (2, '5.5'), (3, default), (4, '-2');
select * from orders order by total;
select sum(total), min(total), max(total) from orders;
select avg(total) from orders;
select avg(total::numeric), sum(total) / 4 from orders;
select to_json(total), to_jsonb(total), total::text from orders order by id;
select id from orders where total > '5'::money order by id;
select id from orders where total > 5;
