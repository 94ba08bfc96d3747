insert into categories (name) values ('Books'), ('Music');
insert into categories (parent_id, name) select id, 'Novels' from categories where name = 'Books';
copy products (name, description, price, stock, tags) from stdin with (format csv, header true);
name,description,price,stock,tags
Moby Dick,"A whale, and a man",12.50,3,"{sea,classic}"
Emma,A match is made,8.00,5,{classic}
\.
insert into auth.users (id, email) values ('00000000-0000-0000-0000-000000000001', 'buyer@example.com');
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-000000000001"}', false);
insert into orders default values;
insert into order_items (order_id, product_id, quantity, unit_price) select 1000, id, 2, price from products;
select (place_order(1000)).status;
