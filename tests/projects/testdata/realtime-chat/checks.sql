insert into auth.users (id) values ('00000000-0000-0000-0000-00000000000a');
insert into rooms (topic) values ('tea'), ('coffee');
insert into rooms_users (user_id, room_topic) values ('00000000-0000-0000-0000-00000000000a', 'tea');
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000a"}', true);
set local role authenticated;
insert into chat_messages (room_topic, body) values ('tea', 'The kettle is boiling') returning id, room_topic, edited;
select body from chat_messages where to_tsvector('english', body) @@ websearch_to_tsquery('english', 'boil kettles');
select topic, messages, active_authors from room_activity order by 1;
reset role;
select topic, extension, event, payload -> 'record' ->> 'body' from realtime.messages;
update rooms set topic = 'green tea' where topic = 'tea' returning topic;
select room_topic from chat_messages;
select event, topic from realtime.messages order by event, topic;

-- refused: not in the room
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000a"}', true);
set local role authenticated;
insert into chat_messages (room_topic, body) values ('coffee', 'May I?');
