select slug, username, status from channels c join users u on u.id = c.created_by order by 1;

select role, permission from role_permissions order by id;

select jsonb_pretty(custom_access_token_hook(jsonb_build_object('user_id', id, 'claims', jsonb_build_object('role', 'authenticated'))) -> 'claims') from users;

select set_config('request.jwt.claims', '{"role":"authenticated","user_role":"admin"}', true);
set local role authenticated;
select authorize('channels.delete'), authorize('messages.delete');
delete from messages where channel_id = 2 returning message;
select count(*) from messages;

select set_config('request.jwt.claims', '{"role":"authenticated","user_role":"moderator"}', true);
set local role authenticated;
select authorize('channels.delete'), authorize('messages.delete');
delete from channels returning slug;
