-- The publication that projects add the tables to whose changes clients may follow.
create publication supabase_realtime;
