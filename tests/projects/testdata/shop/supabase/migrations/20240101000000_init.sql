create type order_status as enum ('cart', 'placed', 'paid', 'shipped', 'cancelled');
create domain price as numeric(10, 2) check (value >= 0);
create sequence order_number start 1000;

create table categories (
  id int generated always as identity primary key,
  parent_id int references categories on delete restrict,
  name text not null,
  unique nulls not distinct (parent_id, name)
);
create table products (
  id uuid primary key default gen_random_uuid(),
  category_id int references categories on delete set null,
  name text not null,
  description text not null default '',
  price price not null,
  stock int not null default 0 check (stock >= 0),
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  search tsvector generated always as (setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', description), 'B')) stored
);
create index on products using gin (search);
create index on products using gin (tags);
create index on products using gin (attributes jsonb_path_ops);
create table orders (
  id bigint primary key default nextval('order_number'),
  customer uuid not null default auth.uid() references auth.users,
  status order_status not null default 'cart',
  placed_at timestamptz,
  total numeric(12, 2) not null default 0
);
alter sequence order_number owned by orders.id;
create table order_items (
  order_id bigint not null references orders on delete cascade,
  product_id uuid not null references products,
  quantity int not null check (quantity > 0),
  unit_price price not null,
  line_total numeric(12, 2) generated always as (quantity * unit_price) stored,
  primary key (order_id, product_id)
);

create function recompute_total() returns trigger language plpgsql as $$
begin
  update orders set total = coalesce((select sum(line_total) from order_items where order_id = orders.id), 0)
  where id = coalesce(new.order_id, old.order_id);
  return coalesce(new, old);
end $$;
create trigger recompute after insert or update or delete on order_items for each row execute function recompute_total();

create function place_order(order_id bigint) returns orders language plpgsql security definer set search_path = public as $$
declare
  item record;
  result orders%rowtype;
begin
  select * into strict result from orders o where o.id = order_id and o.customer = auth.uid() for update;
  if result.status <> 'cart' then
    raise exception 'order % is already %', order_id, result.status using errcode = 'P0001', hint = 'Start a new order.';
  end if;
  for item in select * from order_items i where i.order_id = place_order.order_id order by product_id loop
    update products set stock = stock - item.quantity where id = item.product_id and stock >= item.quantity;
    if not found then
      raise exception 'not enough in stock' using errcode = 'check_violation', detail = format('product %s', item.product_id);
    end if;
  end loop;
  update orders set status = 'placed', placed_at = now() where id = order_id returning * into result;
  return result;
end $$;

create function category_path(c int) returns text language sql stable as $$
  with recursive up as (
    select id, parent_id, name, 1 as depth from categories where id = c
    union all
    select p.id, p.parent_id, p.name, depth + 1 from categories p join up on p.id = up.parent_id
  )
  select string_agg(name, ' / ' order by depth desc) from up
$$;

create function search_products(query text, max_price numeric default null, variadic only_tags text[] default '{}')
returns table (id uuid, name text, price numeric, rank real) language sql stable as $$
  select p.id, p.name, p.price, ts_rank(p.search, q)
  from products p, websearch_to_tsquery('english', query) q
  where p.search @@ q and (max_price is null or p.price <= max_price) and (only_tags = '{}' or p.tags && only_tags)
  order by 4 desc, 2
$$;

create materialized view bestsellers as
  select product_id, sum(quantity) as sold, rank() over (order by sum(quantity) desc) from order_items group by product_id with no data;
create unique index on bestsellers (product_id);
refresh materialized view bestsellers;

alter table orders enable row level security;
alter table order_items enable row level security;
alter table products enable row level security;
create policy read_products on products for select using (true);
create policy own_orders on orders using (customer = auth.uid()) with check (customer = auth.uid() and status = 'cart');
create policy own_items on order_items using (exists (select from orders o where o.id = order_id and o.customer = auth.uid()))
  with check (exists (select from orders o where o.id = order_id and o.customer = auth.uid() and o.status = 'cart'));
revoke all on products from anon, authenticated;
grant select (id, name, description, price, tags, attributes, category_id, search) on products to anon, authenticated;
