select full_name, username is null as no_name from profiles order by 1;

select email, encrypted_password = crypt('password', encrypted_password) as right, encrypted_password = crypt('passwort', encrypted_password) as wrong from auth.users order by 1;

select set_config('request.jwt.claims', json_build_object('sub', id)::text, true) is not null as who from profiles where full_name = 'User 2';
set local role authenticated;
update profiles set website = 'https://example.com', username = 'second';
select full_name, username, website from profiles order by 1;

-- refused: too short
update profiles set username = 'ab' where full_name = 'User 1';

select count(*) from auth.identities where email like 'user%';
