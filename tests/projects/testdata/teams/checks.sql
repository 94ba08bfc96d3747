insert into auth.users (id, email) values ('00000000-0000-0000-0000-00000000000a', 'a@example.com'), ('00000000-0000-0000-0000-00000000000b', 'b@example.com');
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000a"}', true);
set local role authenticated;
insert into app.accounts (name, slug) values ('Team', 'Our Team!') returning slug;
select account_role from app.account_user;
select length(create_invitation(id, 'member', 'one_time') ->> 'token') > 10 from app.accounts;
reset role;
select set_config('test.token', token, true) is not null from app.invitations;
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000b"}', true);
set local role authenticated;
select get_accounts()::text;
select accept_invitation(current_setting('test.token')) - 'account_id';
select e ->> 'slug', e ->> 'account_role', e -> 'is_primary_owner' from json_array_elements(get_accounts()) e;
update app.accounts set name = 'Mine' returning name;

-- refused: no such invitation
select accept_invitation('nothing');

-- refused: only its owner's fields
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000a"}', true);
set local role authenticated;
update app.accounts set primary_owner_user_id = '00000000-0000-0000-0000-00000000000b';
