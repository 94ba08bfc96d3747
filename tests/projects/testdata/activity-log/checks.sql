select tableoid::regclass as part, kind, happened_at from events order by happened_at;

select count(*) from events_2024;

select * from report order by day, kind;

select operation, row_id, old_row ->> 'value' as old, new_row ->> 'value' as new from audit.log order by id;

select * from plain_settings order by key;

delete from plain_settings where key = 'theme' returning value;

-- refused: another partition's row
insert into events_2024 (id, tenant_id, kind, happened_at) values (100, 1, 'x', '2025-05-05');

select policyname, roles, cmd from pg_policies where tablename = 'settings';
