insert into auth.users (id, email) values ('00000000-0000-0000-0000-00000000000a', 'a@example.com'), ('00000000-0000-0000-0000-00000000000b', 'b@example.com');
insert into lists (id, name, owner) values ('00000000-0000-0000-0000-0000000000f1', 'Home', '00000000-0000-0000-0000-00000000000a');
insert into list_members values ('00000000-0000-0000-0000-0000000000f1', '00000000-0000-0000-0000-00000000000b');
insert into todos (user_id, task) values ('00000000-0000-0000-0000-00000000000a', 'buy milk'), ('00000000-0000-0000-0000-00000000000b', 'write');
set local role authenticated;
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000b"}', true);
select name from lists;
select task from todos;
update todos set is_complete = true returning task, is_complete;
select count(*) from list_members;

-- refused: not one's own
set local role authenticated;
insert into todos (user_id, task) values ('00000000-0000-0000-0000-00000000000a', 'not mine');

-- refused: too short
insert into todos (user_id, task) values ('00000000-0000-0000-0000-00000000000a', 'x');
