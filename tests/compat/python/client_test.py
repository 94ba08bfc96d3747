"""The published Python client against a running server, its builders one by one."""

import os
import unittest

from postgrest import APIError, CountMethod, SyncPostgrestClient
from postgrest.types import ReturnMethod

REST = os.environ["API_URL"] + "/rest/v1"


def client(key, schema="public"):
    return SyncPostgrestClient(REST, schema=schema, headers={"apikey": key, "Authorization": "Bearer " + key})


db = client(os.environ["SERVICE_ROLE_KEY"])
anon = client(os.environ["ANON_KEY"])


def books():
    return db.from_("books").select("id")


def ids(query):
    return [row["id"] for row in query.order("id").execute().data]


class Reading(unittest.TestCase):
    def test_comparisons(self):
        self.assertEqual(ids(books().eq("title", "Songs, letters")), [4])
        self.assertEqual(ids(books().neq("id", 1)), [2, 3, 4])
        self.assertEqual(ids(books().gt("price", 7)), [1])
        self.assertEqual(ids(books().gte("price", 7)), [1, 2])
        self.assertEqual(ids(books().lt("price", 7)), [4])
        self.assertEqual(ids(books().lte("price", 7)), [2, 4])
        self.assertEqual(ids(books().is_("lent", None)), [3])
        self.assertEqual(ids(books().is_("lent", True)), [1])
        self.assertEqual(ids(books().not_.is_("lent", None)), [1, 2, 4])
        self.assertEqual(ids(books().in_("title", ["Songs, letters", "Inventions", 'a "b"'])), [3, 4])
        self.assertEqual(ids(books().match({"writer_id": 2, "lent": False})), [2])
        self.assertEqual(ids(books().filter("place", "eq", "high")), [1])
        self.assertEqual(ids(books().or_("id.eq.1,and(lent.is.false,price.lt.5)")), [1, 4])

    def test_patterns(self):
        self.assertEqual(ids(books().like("title", "%own%")), [2])
        self.assertEqual(ids(books().ilike("title", "INV%")), [3])
        self.assertEqual(ids(books().like_any_of("title", "Notes*,Inv*")), [1, 3])
        self.assertEqual(ids(books().like_all_of("title", "*e*,*s")), [1, 3, 4])
        self.assertEqual(ids(books().ilike_any_of("title", "notes*,inv*")), [1, 3])
        self.assertEqual(ids(books().ilike_all_of("title", "*NOTES*,*engines")), [1])

    def test_collections(self):
        self.assertEqual(ids(books().contains("tags", ["science"])), [1, 3])
        self.assertEqual(ids(books().cs("tags", ["science", "old"])), [1])
        self.assertEqual(ids(books().contains("facts", {"in": {"city": "London"}})), [1])
        self.assertEqual(ids(books().contained_by("tags", ["science", "old"])), [1, 3, 4])
        self.assertEqual(ids(books().overlaps("tags", ["peace", "old"])), [1, 2])
        self.assertEqual(ids(books().contains("years", "[1842,1843)")), [1, 4])
        self.assertEqual(ids(books().range_gt("years", (1840, 1850))), [2])
        self.assertEqual(ids(books().range_lt("years", (1888, 1890))), [1, 4])
        self.assertEqual(ids(books().range_gte("years", (1841, 1844))), [1, 2])
        self.assertEqual(ids(books().range_lte("years", (1842, 1850))), [1, 4])
        self.assertEqual(ids(books().range_adjacent("years", (1843, 1889))), [1, 2])
        self.assertEqual(ids(books().fts("words", "fat")), [2])
        self.assertEqual(ids(books().plfts("words", "fat cat")), [2])
        self.assertEqual(ids(books().wfts("words", "song or fat")), [2, 4])
        found = db.from_("books").select("id").text_search("words", "cats songs", {"type": "plain", "config": "english"}).execute()
        self.assertEqual(found.data, [{"id": 4}])

    def test_embedding(self):
        row = db.from_("books").select("title", "writers!writer_id(name)", "topics(name)").eq("id", 4).single().execute().data
        self.assertEqual(row, {"title": "Songs, letters", "writers": {"name": "Clara"}, "topics": [{"name": "music"}]})
        rows = db.from_("books").select("id, copies!inner(state)").eq("copies.state", "worn").execute().data
        self.assertEqual(rows, [{"id": 1, "copies": [{"state": "worn"}]}])
        rows = db.from_("books").select("id, copies(id)").order("id", desc=True, foreign_table="copies").limit(1, foreign_table="copies").eq("id", 1).execute().data
        self.assertEqual(rows, [{"id": 1, "copies": [{"id": 2}]}])
        with self.assertRaises(APIError) as caught:
            db.from_("writers").select("name, books(title)").execute()
        self.assertEqual(caught.exception.code, "PGRST201")

    def test_order_and_pages(self):
        by = lambda **options: [r["id"] for r in db.from_("books").select("id").order("price", **options).order("id").execute().data]
        self.assertEqual(by(), [4, 2, 1, 3])
        self.assertEqual(by(desc=True), [3, 1, 2, 4])
        self.assertEqual(by(desc=True, nullsfirst=False), [1, 2, 4, 3])
        self.assertEqual(by(nullsfirst=True), [3, 4, 2, 1])
        self.assertEqual(ids(books().limit(2)), [1, 2])
        self.assertEqual(ids(books().range(1, 2)), [2, 3])
        self.assertEqual(ids(books().offset(3)), [4])

    def test_counts(self):
        for method in CountMethod:
            self.assertIsInstance(db.from_("books").select("id", count=method).execute().count, int)
        answer = db.from_("books").select("*", count=CountMethod.exact, head=True).execute()
        self.assertEqual(answer.count, 4)
        self.assertEqual(db.from_("books").select("id", count=CountMethod.exact).limit(1).execute().count, 4)

    def test_forms(self):
        self.assertEqual(db.from_("books").select("id").eq("id", 1).single().execute().data, {"id": 1})
        self.assertIsNone(db.from_("books").select("id").eq("id", -1).maybe_single().execute())
        with self.assertRaises(APIError) as caught:
            db.from_("books").select("id").single().execute()
        self.assertEqual(caught.exception.code, "PGRST116")
        self.assertEqual(db.from_("books").select("id, lent").order("id").csv().execute().data, "id,lent\n1,t\n2,f\n3,\n4,f")
        self.assertTrue(db.from_("books").select("id").explain(format="text").execute())
        self.assertIn("Plan", db.from_("books").select("id").explain(format="json", analyze=True).execute().data[0])
        self.assertEqual(db.from_("books").select("id, price").eq("id", 3).strip_nulls().execute().data, [{"id": 3}])

    def test_schema_and_errors(self):
        self.assertEqual(client(os.environ["ANON_KEY"], "archive").from_("cards").select("*").execute().data, [{"id": 1, "label": "first card"}])
        with self.assertRaises(APIError) as caught:
            db.from_("bookz").select("*").execute()
        self.assertEqual(caught.exception.code, "PGRST205")
        self.assertIn("books", caught.exception.hint)
        with self.assertRaises(APIError) as caught:
            db.from_("books").select("nope").execute()
        self.assertEqual((caught.exception.code, caught.exception.message), ("42703", "column books.nope does not exist"))


class Writing(unittest.TestCase):
    def tearDown(self):
        db.from_("books").delete().gte("id", 200).execute()

    def test_insert(self):
        rows = db.from_("books").insert([{"id": 200, "title": "One"}, {"id": 201, "title": "Two", "price": 1}]).execute().data
        self.assertEqual([(r["id"], r["price"], r["place"]) for r in rows], [(200, None, "middle"), (201, 1, "middle")])
        rows = db.from_("books").insert([{"id": 202, "title": "Three"}, {"id": 203, "title": "Four", "place": "low"}], default_to_null=False).execute().data
        self.assertEqual([r["place"] for r in rows], ["middle", "low"])
        answer = db.from_("books").insert({"id": 204, "title": "Five"}, count=CountMethod.exact, returning=ReturnMethod.minimal).execute()
        self.assertEqual((answer.data, answer.count), ([], 1))
        with self.assertRaises(APIError) as caught:
            db.from_("books").insert({"id": 204, "title": "Five"}).execute()
        self.assertEqual((caught.exception.code, caught.exception.details), ("23505", "Key (id)=(204) already exists."))

    def test_upsert(self):
        db.from_("books").insert({"id": 200, "title": "One"}).execute()
        self.assertEqual(db.from_("books").upsert({"id": 200, "title": "Uno"}).execute().data[0]["title"], "Uno")
        rows = db.from_("books").upsert([{"id": 200, "title": "no"}, {"id": 201, "title": "Two"}], ignore_duplicates=True, on_conflict="id").execute().data
        self.assertEqual([r["id"] for r in rows], [201])

    def test_update_and_delete(self):
        db.from_("books").insert([{"id": 200, "title": "One"}, {"id": 201, "title": "Two"}]).execute()
        answer = db.from_("books").update({"price": 2.5}, count=CountMethod.exact).gte("id", 200).execute()
        self.assertEqual((answer.count, [r["price"] for r in answer.data]), (2, [2.5, 2.5]))
        with self.assertRaises(APIError) as caught:
            db.from_("books").update({"price": 3}).gte("id", 200).max_affected(1).execute()
        self.assertEqual(caught.exception.code, "PGRST124")
        self.assertEqual(db.from_("books").delete(returning=ReturnMethod.minimal).eq("id", 201).execute().data, [])
        self.assertEqual([r["id"] for r in db.from_("books").delete().eq("id", 200).execute().data], [200])

    def test_refused(self):
        with self.assertRaises(APIError) as caught:
            client(os.environ["ANON_KEY"], "archive").from_("cards").insert({"id": 2, "label": "x"}).execute()
        self.assertEqual(caught.exception.code, "42501")


class Calling(unittest.TestCase):
    def test_calls(self):
        self.assertEqual(db.rpc("add_up", {"a": 1, "b": 2}).execute().data, 3)
        self.assertEqual(db.rpc("add_up", {"a": 1}, get=True).execute().data, 11)
        self.assertEqual(db.rpc("tag_list", {"list": ["a", "b c"]}).execute().data, "a/b c")
        self.assertEqual(db.rpc("books_of", {"writer": 2}).select("id").order("id", desc=True).limit(1).execute().data, [{"id": 3}])
        self.assertEqual(db.rpc("books_of", {"writer": 2}, count=CountMethod.exact).execute().count, 2)
        self.assertEqual(db.rpc("first_book", {}).single().execute().data["id"], 1)
        with self.assertRaises(APIError) as caught:
            db.rpc("add_upp", {"a": 1}).execute()
        self.assertEqual(caught.exception.code, "PGRST202")


if __name__ == "__main__":
    unittest.main()
