insert into auth.users (id) values ('00000000-0000-0000-0000-00000000000a');
insert into storage.objects (id, bucket_id, name, owner) values ('00000000-0000-0000-0000-0000000000f1', 'files', '00000000-0000-0000-0000-00000000000a/a.md', '00000000-0000-0000-0000-00000000000a');
insert into documents (name, storage_object_id, created_by) values ('a.md', '00000000-0000-0000-0000-0000000000f1', '00000000-0000-0000-0000-00000000000a');
insert into document_sections (document_id, content, embedding) select 1, 'section ' || n, array_fill(n / 10.0, array[384])::extensions.vector from generate_series(1, 5) n;
select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-00000000000a"}', true);
set local role authenticated;
select content from match_document_sections(array_fill(1.0, array[384])::extensions.vector, 100);
select name, storage_object_path from documents_with_storage_path;

select private.uuid_or_null('x') is null, private.uuid_or_null('00000000-0000-0000-0000-0000000000f1');
