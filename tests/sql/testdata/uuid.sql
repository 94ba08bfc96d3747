-- reset
-- The type uuid: input forms, output, order, use as a key.
select 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid;
select '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}'::uuid as braces, 'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid as plain;
select 'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11'::uuid;
select 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1'::uuid;
select 'g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid;
select ''::uuid;
select '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid;
select 1::uuid;
select '00000000-0000-0000-0000-000000000001'::uuid < '00000000-0000-0000-0000-000000000002'::uuid as lt,
  '11111111-0000-0000-0000-000000000000'::uuid >= '0fffffff-ffff-ffff-ffff-ffffffffffff'::uuid as ge;
select pg_typeof(gen_random_uuid()), length(gen_random_uuid()::text), gen_random_uuid() <> gen_random_uuid() as other;
select substr(gen_random_uuid()::text, 15, 1) as version;
-- differs: random
select gen_random_uuid();
create table devices (id uuid primary key, name text not null, owner uuid references devices);
insert into devices values ('10000000-0000-4000-8000-000000000000', 'a', null),
  ('20000000-0000-4000-8000-000000000000', 'b', '10000000-0000-4000-8000-000000000000') returning *;
insert into devices values ('{10000000000040008000000000000000}', 'again', null);
insert into devices values ('30000000-0000-4000-8000-000000000000', 'c', '40000000-0000-4000-8000-000000000000');
insert into devices values ('not a uuid', 'd');
select * from devices where id = '20000000000040008000000000000000';
select name from devices where id in ('10000000-0000-4000-8000-000000000000', '20000000-0000-4000-8000-000000000000') order by id desc;
select name from devices where id = '2000';
select name from devices where id = 2;
select name from devices where id::text like '2%';
select name from devices where id like '2%';
select min(id), max(id) from devices;
select array_agg(id order by id desc) from devices;
select to_json(id), to_jsonb(id) from devices order by id limit 1;
select uuid_send('00112233-4455-6677-8899-aabbccddeeff'::uuid);
select '00112233-4455-6677-8899-aabbccddeeff'::uuid || 'x';
select '{00112233-4455-6677-8899-aabbccddeeff,NULL}'::uuid[] as list, array_length('{00112233445566778899aabbccddeeff}'::uuid[], 1) as n;
