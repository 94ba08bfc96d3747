module github.com/basement-project/basement/tests/compat/go

go 1.26.0

require github.com/supabase-community/postgrest-go v0.0.11
