-- Documents cut into sections, each with its embedding; a function finds the sections nearest to a question.
create extension if not exists vector with schema extensions;
create schema if not exists private;

insert into storage.buckets (id, name) values ('files', 'files') on conflict do nothing;

create or replace function private.uuid_or_null(str text)
returns uuid
language plpgsql
as $$
begin
  return str::uuid;
  exception when invalid_text_representation then
    return null;
  end;
$$;

create policy "Authenticated users can upload files"
on storage.objects for insert to authenticated with check (
  bucket_id = 'files' and owner = auth.uid() and private.uuid_or_null(path_tokens[1]) is not null
);
create policy "Users can view their own files"
on storage.objects for select to authenticated using (bucket_id = 'files' and owner = auth.uid());

create table documents (
  id bigint primary key generated always as identity,
  name text not null,
  storage_object_id uuid not null references storage.objects (id) on delete cascade,
  created_by uuid not null references auth.users (id) default auth.uid(),
  created_at timestamp with time zone not null default now()
);
create view documents_with_storage_path with (security_invoker = true) as
  select documents.*, storage.objects.name as storage_object_path
  from documents join storage.objects on storage.objects.id = documents.storage_object_id;

create table document_sections (
  id bigint primary key generated always as identity,
  document_id bigint not null references documents (id) on delete cascade,
  content text not null,
  embedding extensions.vector (384)
);
create index on document_sections using hnsw (embedding extensions.vector_ip_ops);

alter table documents enable row level security;
alter table document_sections enable row level security;
create policy "Users can insert documents" on documents for insert to authenticated with check (auth.uid() = created_by);
create policy "Users can query their own documents" on documents for select to authenticated using (auth.uid() = created_by);
create policy "Users can query their own document sections" on document_sections for select to authenticated using (
  document_id in (select id from documents where created_by = auth.uid())
);

create or replace function match_document_sections(embedding extensions.vector(384), match_threshold float)
returns setof document_sections
language plpgsql
set search_path = public, extensions
as $$
#variable_conflict use_variable
begin
  return query
  select *
  from document_sections
  where document_sections.embedding <#> embedding < -match_threshold
  order by document_sections.embedding <#> embedding;
end;
$$;
