-- role: statement
g_anon: select * from app.open
g_anon: insert into app.open values (1, 'a')
g_anon: update app.open set v = 'x'
g_anon: delete from app.open
g_anon: select * from app.cols
g_anon: select 1
g_anon: select * from private.hidden
g_outsider: select * from app.open
g_outsider: select * from open
g_outsider: select app.f()
g_auth: select * from open
g_auth: select count(*) from app.cols
g_auth: select id, a from app.cols
g_auth: select id, b from app.cols
g_auth: select a from app.cols where b = 'x'
g_auth: select a from app.cols order by c
g_auth: select a from app.cols group by a, b
g_auth: select cols from app.cols
g_auth: select * from app.cols
g_auth: select count(c) from app.cols
g_auth: select x.a from app.cols x join app.open o on o.id = x.id
g_auth: select x.a from app.cols x join app.open o on o.v = x.c
g_auth: select a from app.cols x natural join app.open o
g_auth: select (select b from app.cols c where c.id = o.id) from app.open o
g_auth: select * from app.open where exists (select from app.cols where c = 'x')
g_auth: select ctid from app.cols
g_auth: with w as (select b from app.cols) select 1 from w
g_auth: insert into app.cols (id, a) values (1, 'x')
g_auth: insert into app.cols (id, b) values (1, 'x')
g_auth: insert into app.cols values (1, 'x')
g_auth: insert into app.cols (id, a) values (1, 'x') returning id
g_auth: insert into app.cols (id, a) values (1, 'x') returning b
g_auth: insert into app.cols (id, a) values (1, 'x') returning *
g_auth: insert into app.cols (id, a) values (1, 'x') on conflict (id) do nothing
g_auth: insert into app.cols (id, a) values (1, 'x') on conflict (id) do update set a = 'y'
g_auth: insert into app.cols (id, a) values (1, 'x') on conflict (id) do update set b = 'y'
g_auth: insert into app.cols (id, a) values (1, 'x') on conflict (id) do update set a = excluded.a where cols.c = 'x'
g_auth: update app.cols set a = 'x'
g_auth: update app.cols set a = 'x' where id = 1
g_auth: update app.cols set a = b
g_auth: update app.cols set b = 'x'
g_auth: update app.cols set a = 'x' where c = 'x'
g_auth: update app.cols set a = 'x' returning b
g_auth: delete from app.cols
g_auth: select a from app.cols for update
g_auth: select * from app.open for update
g_anon: select * from app.open for update
g_auth: select app.f()
g_anon: select app.f()
g_auth: select 1 from app.open where app.f() = id
g_anon: select 1 from app.open where app.f() = id
g_auth: select private.g()
g_auth: select * from private.hidden
g_auth: select app.definer()
g_auth: select app.invoker()
g_auth: select * from app.v
g_auth: select * from app.vi
g_anon: select * from app.v
g_auth: insert into app.v values (1, 'x')
g_auth: insert into app.vi values (1, 'x')
g_auth: update app.upd set v = 'x' where id = 1 returning *
g_anon: update app.upd set v = 'x'
g_auth: select * from app.rls
g_auth: select * from app.viasecret
g_admin: select * from app.viasecret
g_auth: insert into app.viasecret values (1)
g_auth: delete from app.viasecret
g_auth: select * from app.loop_a
g_auth: insert into app.loop_a values (1)
g_auth: select * from app.selfref
g_admin: select * from app.loop_a
g_auth: insert into app.selfref values (1)
g_auth: insert into app.selfref values (1) returning id
g_member: select * from app.open
g_group: select * from app.open
g_member: select * from app.cols
g_owner: select * from app.loop_a
g_auth: select * from app.nopol where id = (select count(*) from app.secret)
g_auth: truncate app.open
g_auth: select * from app.secret
g_auth: select 1 from (select * from app.secret) s
g_auth: select 1 union select id from app.secret
g_auth: values ((select max(id) from app.secret))
g_auth: insert into app.open select id, v from app.secret
g_auth: insert into app.open values (1, 'x') returning (select max(v) from app.secret)
g_auth: update app.open set v = (select max(v) from app.secret)
g_auth: delete from app.open using app.secret s where s.id = open.id
g_auth: with d as (delete from app.secret returning *) select * from d
