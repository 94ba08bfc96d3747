select name, price, stock, tags, search from products order by name;

select id, status, total, placed_at is not null as placed from orders;

select quantity, unit_price, line_total from order_items order by unit_price;

-- refused: placed already
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-000000000001"}', false);
select place_order(1000);

select category_path(id) from categories order by id;

select name, price, rank from search_products('whale or match');

select name from search_products('a man', 100, 'sea', 'garden');

refresh materialized view bestsellers;

select sold, rank from bestsellers order by product_id limit 1;

-- refused: below zero
update products set price = -1 where name = 'Emma';

-- refused: a second of that name beside it
insert into categories (name) values ('Books');

-- refused: no right on the column
set role anon;
select stock from products;
