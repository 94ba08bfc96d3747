-- reset
select pg_advisory_lock(1), pg_try_advisory_lock(1), pg_advisory_unlock(1), pg_advisory_unlock(1), pg_advisory_unlock(1);
select pg_advisory_xact_lock(5, 6);
select pg_try_advisory_xact_lock(7), pg_try_advisory_lock_shared(8), pg_advisory_unlock_shared(8), pg_advisory_unlock(8);
select pg_advisory_unlock_all();
select pg_notify('c', 'x');
select pg_notify('', 'x');
select pg_size_pretty(123456789::numeric), pg_size_pretty(10::bigint), pg_size_bytes('1 GB');
select pg_typeof(1::bigint), pg_typeof('x'), pg_typeof(array[1.5]), pg_typeof(null);
select word, catcode, barelabel, catdesc, baredesc from pg_get_keywords() where word in ('select', 'abort', 'between', 'left') order by 1;
select * from pg_options_to_table(array['a=1', 'b=x=y', 'c']);
select pg_is_in_recovery(), pg_trigger_depth(), pg_my_temp_schema() is not null, pg_client_encoding();
select name, setting, unit, vartype, context, min_val, max_val, enumvals, boot_val from pg_settings where name in ('search_path', 'work_mem', 'statement_timeout', 'DateStyle', 'bytea_output') order by 1;
set work_mem = '8MB';
select setting, unit from pg_settings where name = 'work_mem';
select abbrev, utc_offset, is_dst from pg_timezone_abbrevs where abbrev in ('CET', 'UTC', 'EST') order by 1;
select name, is_dst from pg_timezone_names where name in ('UTC', 'Europe/Berlin') order by 1;
select current_schemas(true), current_schemas(false), current_schema();
