package compat

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	postgrest "github.com/supabase-community/postgrest-go"
)

type row = map[string]any

func client(key, schema string) *postgrest.Client {
	value := os.Getenv(key)
	return postgrest.NewClient(os.Getenv("API_URL")+"/rest/v1", schema, map[string]string{"apikey": value, "Authorization": "Bearer " + value})
}

func service() *postgrest.Client { return client("SERVICE_ROLE_KEY", "") }

func ids(t *testing.T, f *postgrest.FilterBuilder) []int {
	t.Helper()
	var rows []struct{ ID int }
	if _, err := f.Order("id", &postgrest.OrderOpts{Ascending: true}).ExecuteTo(&rows); err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return out
}

func books() *postgrest.FilterBuilder { return service().From("books").Select("id", "", false) }

func TestFilters(t *testing.T) {
	for name, c := range map[string]struct {
		query *postgrest.FilterBuilder
		want  []int
	}{
		"eq":           {books().Eq("title", "Songs, letters"), []int{4}},
		"neq":          {books().Neq("id", "1"), []int{2, 3, 4}},
		"gt":           {books().Gt("price", "7"), []int{1}},
		"gte":          {books().Gte("price", "7"), []int{1, 2}},
		"lt":           {books().Lt("price", "7"), []int{4}},
		"lte":          {books().Lte("price", "7"), []int{2, 4}},
		"like":         {books().Like("title", "*own*"), []int{2}},
		"ilike":        {books().Ilike("title", "INV%"), []int{3}},
		"is":           {books().Is("lent", "null"), []int{3}},
		"not":          {books().Not("lent", "is", "null"), []int{1, 2, 4}},
		"in":           {books().In("title", []string{"Songs, letters", "Inventions"}), []int{3, 4}},
		"contains":     {books().Contains("tags", []string{"science"}), []int{1, 3}},
		"contained":    {books().ContainedBy("tags", []string{"science", "old"}), []int{1, 3, 4}},
		"object":       {books().ContainsObject("facts", row{"in": row{"city": "London"}}), []int{1}},
		"inObject":     {books().ContainedByObject("facts", row{"pages": 400}), []int{2}},
		"overlaps":     {books().Overlaps("tags", []string{"peace", "old"}), []int{1, 2}},
		"rangeGt":      {books().RangeGt("years", "[1840,1850)"), []int{2}},
		"rangeGte":     {books().RangeGte("years", "[1842,1844)"), []int{1, 2}},
		"rangeLt":      {books().RangeLt("years", "[1889,1890)"), []int{1, 4}},
		"rangeLte":     {books().RangeLte("years", "[1842,1850)"), []int{1, 4}},
		"adjacent":     {books().RangeAdjacent("years", "[1844,1889)"), []int{1, 2}},
		"text search":  {books().TextSearch("words", "fat & cat", "english", ""), []int{2}},
		"plain search": {books().TextSearch("words", "cats songs", "english", "plain"), []int{4}},
		"web search":   {books().TextSearch("words", "cat or engine", "english", "websearch"), []int{1, 2, 4}},
		"or":           {books().Or("id.eq.1,and(lent.is.false,price.lt.5)", ""), []int{1, 4}},
		"and":          {books().And("id.gt.1,lent.is.false", ""), []int{2, 4}},
		"match":        {books().Match(map[string]string{"writer_id": "2", "lent": "false"}), []int{2}},
		"filter":       {books().Filter("place", "eq", "high"), []int{1}},
		"limit":        {books().Limit(2, ""), []int{1, 2}},
		"range":        {books().Range(1, 2, ""), []int{2, 3}},
	} {
		if got := ids(t, c.query); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestReading(t *testing.T) {
	db := service()
	text, count, err := db.From("books").Select("id, writers!writer_id(name)", "exact", false).Order("id", &postgrest.OrderOpts{Ascending: true}).Limit(1, "").ExecuteString()
	if err != nil || count != 4 || text != `[{"id":1,"writers":{"name":"Ada"}}]` {
		t.Error(text, count, err)
	}
	if text, _, err = db.From("books").Select("id", "", false).Eq("id", "1").Single().ExecuteString(); err != nil || text != `{"id":1}` {
		t.Error(text, err)
	}
	if _, _, err = db.From("books").Select("id", "", false).Single().ExecuteString(); err == nil || !strings.HasPrefix(err.Error(), "(PGRST116) ") {
		t.Error(err)
	}
	if _, count, err = db.From("books").Select("", "exact", true).Execute(); err != nil || count != 4 {
		t.Error(count, err)
	}
	opts := &postgrest.OrderOpts{ForeignTable: "copies"}
	if text, _, err = db.From("books").Select("copies(id)", "", false).Eq("id", "1").Order("id", opts).Limit(1, "copies").ExecuteString(); err != nil || text != `[{"copies":[{"id":2}]}]` {
		t.Error(text, err)
	}
	if text, _, err = client("ANON_KEY", "archive").From("cards").Select("label", "", false).ExecuteString(); err != nil || text != `[{"label":"first card"}]` {
		t.Error(text, err)
	}
	if _, _, err = db.From("bookz").Select("", "", false).Execute(); err == nil || err.Error() != "(PGRST205) Could not find the table 'public.bookz' in the schema cache" {
		t.Error(err)
	}
}

func TestWriting(t *testing.T) {
	db := service()
	defer func() { _, _, _ = db.From("books").Delete("minimal", "").Gte("id", "300").Execute() }()
	var rows []row
	if _, err := db.From("books").Insert([]row{{"id": 300, "title": "One"}, {"id": 301, "title": "Two"}}, false, "", "representation", "exact").ExecuteTo(&rows); err != nil || len(rows) != 2 || rows[0]["title"] != "One" {
		t.Error(rows, err)
	}
	if _, _, err := db.From("books").Insert(row{"id": 300, "title": "One"}, false, "", "", "").Execute(); err == nil || !strings.HasPrefix(err.Error(), "(23505) duplicate key") {
		t.Error(err)
	}
	if _, err := db.From("books").Upsert(row{"id": 300, "title": "Uno"}, "id", "representation", "").ExecuteTo(&rows); err != nil || rows[0]["title"] != "Uno" {
		t.Error(rows, err)
	}
	if _, err := db.From("books").Insert(row{"id": 301, "title": "Due"}, true, "id", "representation", "").ExecuteTo(&rows); err != nil || rows[0]["title"] != "Due" {
		t.Error(rows, err)
	}
	text, count, err := db.From("books").Update(row{"price": 2.5}, "minimal", "exact").Gte("id", "300").ExecuteString()
	if err != nil || text != "" || count != 2 {
		t.Error(text, count, err)
	}
	if _, err := db.From("books").Delete("representation", "").Eq("id", "301").ExecuteTo(&rows); err != nil || len(rows) != 1 || rows[0]["price"] != 2.5 {
		t.Error(rows, err)
	}
	if _, _, err := client("ANON_KEY", "archive").From("cards").Insert(row{"id": 2, "label": "x"}, false, "", "minimal", "").Execute(); err == nil || err.Error() != "(42501) permission denied for table cards" {
		t.Error(err)
	}
}

func TestCalls(t *testing.T) {
	db := service()
	if text := db.Rpc("add_up", "", row{"a": 1, "b": 2}); text != "3" || db.ClientError != nil {
		t.Error(text, db.ClientError)
	}
	var rows []row
	if err := json.Unmarshal([]byte(db.Rpc("books_of", "exact", row{"writer": 2})), &rows); err != nil || len(rows) != 2 {
		t.Error(rows, err)
	}
	if text := db.Rpc("add_upp", "", row{"a": 1}); !strings.Contains(text, `"code":"PGRST202"`) {
		t.Error(text)
	}
}
