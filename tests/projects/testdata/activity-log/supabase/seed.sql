insert into events (tenant_id, kind, happened_at) values (1, 'login', '2024-03-01'), (1, 'login', '2024-03-02'), (2, 'logout', '2025-06-01 12:00+02');
insert into events (tenant_id, kind, happened_at) values (3, 'import', '2030-01-01');
insert into plain_settings values ('theme', 'dark');
update plain_settings set value = 'light' where key = 'theme';
