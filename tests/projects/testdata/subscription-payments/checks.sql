insert into products (id, active, name, metadata) values ('prod_1', true, 'Basic', '{"index":1}');

insert into prices (id, product_id, unit_amount, currency, type, interval) values ('price_1', 'prod_1', 1000, 'usd', 'recurring', 'month');

-- refused: four letters
insert into prices (id, currency) values ('price_2', 'euro');

select p.name, array_agg(pr.interval order by pr.id), sum(unit_amount) from products p join prices pr on pr.product_id = p.id group by p.name;

set local role anon;
select id, metadata ->> 'index' from products;
select count(*) from customers;
