// The published postgrest-js client by itself, against a running server: its builders one by one, with the answers its
// documentation and PostgreSQL's rules give.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { PostgrestClient, PostgrestError } from "@supabase/postgrest-js";

const { API_URL, ANON_KEY, SERVICE_ROLE_KEY } = process.env;
const rest = `${API_URL}/rest/v1`;
const client = (key, options = {}) =>
  new PostgrestClient(rest, { ...options, headers: { apikey: key, Authorization: `Bearer ${key}`, ...options.headers } });
const db = client(SERVICE_ROLE_KEY);

function ok(answer) {
  assert.equal(answer.error, null, JSON.stringify(answer.error));
  return answer.data;
}
const ids = async (query) => ok(await query.order("id")).map((row) => row.id);
const books = () => db.from("books").select("id");

before(async () => {
  ok(await db.from("copies").delete().gte("id", 100));
  ok(await db.from("books").delete().gte("id", 100));
});

test("comparisons", async () => {
  assert.deepEqual(await ids(books().eq("title", "Inventions")), [3]);
  assert.deepEqual(await ids(books().eq("title", "Songs, letters")), [4]);
  assert.deepEqual(await ids(books().neq("id", 1)), [2, 3, 4]);
  assert.deepEqual(await ids(books().gt("price", 7)), [1]);
  assert.deepEqual(await ids(books().gte("price", 7)), [1, 2]);
  assert.deepEqual(await ids(books().lt("price", 7)), [4]);
  assert.deepEqual(await ids(books().lte("price", 7)), [2, 4]);
  assert.deepEqual(await ids(books().is("lent", null)), [3]);
  assert.deepEqual(await ids(books().is("lent", true)), [1]);
  assert.deepEqual(await ids(books().not("lent", "is", null)), [1, 2, 4]);
  assert.deepEqual(await ids(books().isDistinct("lent", false)), [1, 3]);
  assert.deepEqual(await ids(books().in("title", ["Songs, letters", 'quo"ted', "Inventions"])), [3, 4]);
  assert.deepEqual(await ids(books().notIn("id", [1, 2])), [3, 4]);
  assert.deepEqual(await ids(books().match({ writer_id: 2, lent: false })), [2]);
  assert.deepEqual(await ids(books().filter("place", "in", '("low","high")')), [1, 2, 4]);
});

test("patterns", async () => {
  assert.deepEqual(await ids(books().like("title", "%own%")), [2]);
  assert.deepEqual(await ids(books().ilike("title", "INV%")), [3]);
  assert.deepEqual(await ids(books().likeAllOf("title", ["%e%", "%s"])), [1, 3, 4]);
  assert.deepEqual(await ids(books().likeAnyOf("title", ["Notes%", "Inv%"])), [1, 3]);
  assert.deepEqual(await ids(books().ilikeAllOf("title", ["%NOTES%", "%ENGINES%"])), [1]);
  assert.deepEqual(await ids(books().ilikeAnyOf("title", ["%NOTES%", "%SONGS%"])), [1, 4]);
  assert.deepEqual(await ids(books().regexMatch("title", "^[NI]")), [1, 3]);
  assert.deepEqual(await ids(books().regexIMatch("title", "^n|letters$")), [1, 4]);
});

test("arrays, ranges, documents and text search", async () => {
  assert.deepEqual(await ids(books().contains("tags", ["science"])), [1, 3]);
  assert.deepEqual(await ids(books().contains("facts", { in: { city: "London" } })), [1]);
  assert.deepEqual(await ids(books().contains("years", "[1842,1843)")), [1, 4]);
  assert.deepEqual(await ids(books().containedBy("tags", ["science", "old"])), [1, 3, 4]);
  assert.deepEqual(await ids(books().containedBy("years", "[1800,1860)")), [1, 4]);
  assert.deepEqual(await ids(books().overlaps("tags", ["peace", "old"])), [1, 2]);
  assert.deepEqual(await ids(books().overlaps("years", "[1843,1845)")), [1, 4]);
  assert.deepEqual(await ids(books().rangeGt("years", "[1840,1850)")), [2]);
  assert.deepEqual(await ids(books().rangeGte("years", "[1842,1844)")), [1, 2]);
  assert.deepEqual(await ids(books().rangeLt("years", "[1889,1890)")), [1, 4]);
  assert.deepEqual(await ids(books().rangeLte("years", "[1842,1850)")), [1, 4]);
  assert.deepEqual(await ids(books().rangeAdjacent("years", "[1844,1889)")), [1, 2]);
  assert.deepEqual(await ids(books().rangeLt("stay", "[2026-02-01 00:00,2026-02-02 00:00)")), [1]);
  assert.deepEqual(await ids(books().textSearch("words", "fat & cat", { config: "english" })), [2]);
  assert.deepEqual(await ids(books().textSearch("words", "cats songs", { type: "plain", config: "english" })), [4]);
  assert.deepEqual(await ids(books().textSearch("words", "analytical engine", { type: "phrase", config: "english" })), [1]);
  assert.deepEqual(await ids(books().textSearch("words", "cat or engine", { type: "websearch", config: "english" })), [1, 2, 4]);
  assert.deepEqual(await ids(books().eq("facts->>pages", "66")), [1]);
  assert.deepEqual(await ids(books().gt("facts->pages", 80)), [2, 4]);
  assert.deepEqual(ok(await db.from("books").select("city:facts->in->>city, pages:facts->pages::text").eq("id", 1)), [{ city: "London", pages: "66" }]);
});

test("logic and embedded resources", async () => {
  assert.deepEqual(await ids(books().or("id.eq.1,and(lent.is.false,price.lt.5)")), [1, 4]);
  assert.deepEqual(
    ok(await db.from("writers").select("name, books!books_writer_id_fkey(title)").or("id.eq.2,price.gt.5", { referencedTable: "books" }).eq("id", 2)),
    [{ name: "Bertha", books: [{ title: "Lay down your arms" }] }],
  );
  const ambiguous = await db.from("writers").select("name, books(title)");
  assert.equal(ambiguous.status, 300);
  assert.equal(ambiguous.error.code, "PGRST201");
  assert.deepEqual(
    ok(await db.from("books").select("title, writer:writers!writer_id(name), translator:writers!translator_id(name), topics(name), copies(count)").eq("id", 4)),
    [{ title: "Songs, letters", writer: { name: "Clara" }, translator: { name: "Ada" }, topics: [{ name: "music" }], copies: [{ count: 0 }] }],
  );
  assert.deepEqual(ok(await db.from("books").select("id, copies!inner(state)").eq("copies.state", "worn")), [{ id: 1, copies: [{ state: "worn" }] }]);
  assert.deepEqual(ok(await db.from("books").select("id, ...writers!writer_id(writer:name)").eq("id", 2)), [{ id: 2, writer: "Bertha" }]);
  assert.deepEqual(await ids(db.from("books").select("id, copies()").is("copies", null)), [3, 4]);
  assert.deepEqual(
    ok(await db.from("writers").select("id, books!books_writer_id_fkey(id)").order("id", { referencedTable: "books", ascending: false }).limit(1, { referencedTable: "books" }).order("id")),
    [{ id: 1, books: [{ id: 1 }] }, { id: 2, books: [{ id: 3 }] }, { id: 3, books: [{ id: 4 }] }],
  );
  assert.deepEqual(ok(await db.from("books").select("id, writers!writer_id(name)").order("writers(name)", { ascending: false }).order("id").limit(2)).map((row) => row.id), [4, 2]);
  assert.deepEqual(ok(await db.from("books").select("id, title_length").eq("title_length", 10)), [{ id: 3, title_length: 10 }]);
  assert.deepEqual(ok(await db.from("cheap").select("title, writers(name)").order("price")), [
    { title: "Songs, letters", writers: { name: "Clara" } },
    { title: "Lay down your arms", writers: { name: "Bertha" } },
  ]);
});

test("aggregates", async () => {
  assert.deepEqual(ok(await db.from("books").select("count(), price.sum(), low:price.min(), high:price.max()")), [{ count: 4, sum: 22.75, low: 3.25, high: 12.5 }]);
  assert.deepEqual(ok(await db.from("books").select("writer_id, count()").order("writer_id")), [{ writer_id: 1, count: 1 }, { writer_id: 2, count: 2 }, { writer_id: 3, count: 1 }]);
});

test("order, limit, range", async () => {
  const by = async (options) => ok(await db.from("books").select("id").order("price", options).order("id")).map((row) => row.id);
  assert.deepEqual(await by(), [4, 2, 1, 3]);
  assert.deepEqual(await by({ ascending: false }), [3, 1, 2, 4]);
  assert.deepEqual(await by({ ascending: false, nullsFirst: false }), [1, 2, 4, 3]);
  assert.deepEqual(await by({ nullsFirst: true }), [3, 4, 2, 1]);
  assert.deepEqual(await ids(books().limit(2)), [1, 2]);
  assert.deepEqual(await ids(books().range(1, 2)), [2, 3]);
  const beyond = await db.from("books").select("id", { count: "exact" }).range(50, 60);
  assert.equal(beyond.status, 416);
  assert.equal(beyond.error.code, "PGRST103");
});

test("counts", async () => {
  const exact = await db.from("books").select("id", { count: "exact" }).order("id").range(0, 1);
  assert.equal(exact.count, 4);
  assert.equal(exact.status, 206);
  const head = await db.from("books").select("*", { count: "exact", head: true });
  assert.deepEqual([head.data, head.count, head.status], [null, 4, 200]);
  for (const count of ["planned", "estimated"]) {
    const guess = await db.from("books").select("id", { count });
    assert.equal(typeof guess.count, "number", count);
    assert.equal(ok(guess).length, 4);
  }
});

test("single, maybeSingle, csv, geojson, stripNulls", async () => {
  assert.deepEqual(ok(await db.from("books").select("id").eq("id", 1).single()), { id: 1 });
  const many = await db.from("books").select("id").single();
  assert.equal(many.status, 406);
  assert.equal(many.error.code, "PGRST116");
  assert.equal(many.error.details, "The result contains 4 rows");
  assert.equal((await db.from("books").select("id").eq("id", -1).maybeSingle()).data, null);
  assert.equal((await db.from("books").select("id").maybeSingle()).error.code, "PGRST116");
  assert.equal(ok(await db.from("books").select("id, title, lent").order("id").csv()), 'id,title,lent\n1,"Notes on engines",t\n2,"Lay down your arms",f\n3,Inventions,\n4,"Songs, letters",f');
  const shapes = ok(await db.from("books").select("id, home").lte("id", 2).order("id").geojson());
  assert.equal(shapes.type, "FeatureCollection");
  assert.deepEqual(shapes.features[0], { type: "Feature", geometry: { type: "Point", coordinates: [0, 51.5] }, properties: { id: 1 } });
  assert.deepEqual(ok(await db.from("books").select("id, price, lent").eq("id", 3).stripNulls()), [{ id: 3 }]);
  assert.deepEqual(ok(await db.from("books").select("id, price, lent").eq("id", 3).single().stripNulls()), { id: 3 });
});

test("explain", async () => {
  const text = ok(await db.from("books").select("*").eq("id", 1).explain());
  assert.match(text, /\S/);
  const json = ok(await db.from("books").select("*").explain({ format: "json", analyze: true, verbose: true }));
  assert.ok(Array.isArray(json) && json[0].Plan, JSON.stringify(json));
});

test("insert", async () => {
  const rows = ok(await db.from("books").insert([{ id: 100, title: "One" }, { id: 101, title: "Two", price: 1 }]).select("id, title, price, place").order("id"));
  assert.deepEqual(rows, [
    { id: 100, title: "One", price: null, place: "middle" },
    { id: 101, title: "Two", price: 1, place: "middle" },
  ]);
  const kept = ok(await db.from("books").insert([{ id: 102, title: "Three" }, { id: 103, title: "Four", place: "low" }], { defaultToNull: false }).select("id, place").order("id"));
  assert.deepEqual(kept, [{ id: 102, place: "middle" }, { id: 103, place: "low" }]);
  const counted = await db.from("books").insert({ id: 104, title: "Five" }, { count: "exact" });
  assert.deepEqual([counted.status, counted.count, counted.data], [201, 1, null]);
  const again = await db.from("books").insert({ id: 104, title: "Five" });
  assert.equal(again.status, 409);
  assert.deepEqual({ ...again.error }.code, "23505");
  assert.equal(again.error.details, "Key (id)=(104) already exists.");
});

test("upsert", async () => {
  assert.deepEqual(ok(await db.from("books").upsert({ id: 104, title: "Five again" }).select("title").single()), { title: "Five again" });
  assert.deepEqual(ok(await db.from("books").upsert([{ id: 104, title: "no" }, { id: 105, title: "Six" }], { ignoreDuplicates: true, onConflict: "id" }).select("id")), [{ id: 105 }]);
  assert.deepEqual(ok(await db.from("writers").upsert({ id: 900, name: "Ada", born: 1816 }, { onConflict: "name", ignoreDuplicates: true }).select()), []);
  const counted = await db.from("books").upsert([{ id: 105, title: "Six" }, { id: 106, title: "Seven" }], { count: "exact", defaultToNull: false });
  assert.equal(counted.count, 2);
  assert.deepEqual(ok(await db.from("books").select("place").eq("id", 106).single()), { place: "middle" });
});

test("update and delete, max affected, rollback", async () => {
  const updated = await db.from("books").update({ price: 2 }, { count: "exact" }).in("id", [100, 101]).select("id").order("id");
  assert.deepEqual(ok(updated), [{ id: 100 }, { id: 101 }]);
  assert.equal(updated.count, 2);
  const over = await db.from("books").update({ price: 3 }).gte("id", 100).maxAffected(2);
  assert.equal(over.status, 400);
  assert.equal(over.error.code, "PGRST124");
  assert.equal(ok(await db.from("books").select("id", { count: "exact" }).eq("price", 3)).length, 0);
  ok(await db.from("books").update({ price: 3 }).eq("id", 100).maxAffected(1));
  assert.equal(ok(await db.from("books").delete().eq("id", 100).rollback().select("id")).length, 1);
  assert.deepEqual(await ids(books().eq("id", 100)), [100]);
  const gone = await db.from("books").delete({ count: "exact" }).gte("id", 100);
  assert.equal(gone.count, 7);
  assert.equal(gone.status, 204);
});

test("rpc", async () => {
  assert.equal(ok(await db.rpc("add_up", { a: 1, b: 2 })), 3);
  assert.equal(ok(await db.rpc("add_up", { a: 1 }, { get: true })), 11);
  assert.deepEqual(ok(await db.rpc("books_of", { writer: 2 }).select("id, title").order("id", { ascending: false }).limit(1)), [{ id: 3, title: "Inventions" }]);
  const page = await db.rpc("books_of", { writer: 2 }, { count: "exact", get: true }).range(0, 0);
  assert.equal(page.count, 2);
  const head = await db.rpc("books_of", { writer: 2 }, { head: true, count: "exact" });
  assert.deepEqual([head.data, head.count], [null, 2]);
  assert.equal(ok(await db.rpc("first_book")).id, 1);
  assert.deepEqual(ok(await db.rpc("first_book").select("id, writers!writer_id(name)").single()), { id: 1, writers: { name: "Ada" } });
  assert.equal(ok(await db.rpc("tag_list", { list: ["a", "b c"] })), "a/b c");
  assert.equal(ok(await db.rpc("tag_list", { list: ["a", "b c"] }, { get: true })), "a/b c");
  assert.deepEqual(ok(await db.rpc("whole", { a: [1, null] })), { a: [1, null] });
  const nothing = await db.rpc("lend", { book: 4 });
  assert.deepEqual([nothing.status, nothing.data], [204, null]);
  assert.equal((await db.rpc("give_back_all").maxAffected(1)).error.code, "PGRST124");
  assert.equal(ok(await db.rpc("give_back_all").maxAffected(2)).length, 2);
  ok(await db.from("books").update({ lent: true }).eq("id", 1));
  const missing = await db.rpc("add_upp", { a: 1 });
  assert.equal(missing.status, 404);
  assert.equal(missing.error.code, "PGRST202");
  assert.match(missing.error.hint, /add_up/);
});

test("schemas, errors, abort", async () => {
  assert.deepEqual(ok(await db.schema("archive").from("cards").select()), [{ id: 1, label: "first card" }]);
  assert.deepEqual(ok(await client(ANON_KEY, { schema: "archive" }).from("cards").select("label").single()), { label: "first card" });
  const none = await db.schema("nowhere").from("cards").select();
  assert.equal(none.status, 406);
  assert.equal(none.error.code, "PGRST106");
  await assert.rejects(async () => await db.from("bookz").select().throwOnError(), (e) => e instanceof PostgrestError && e.code === "PGRST205" && /books/.test(e.hint));
  const refused = await client(ANON_KEY).schema("archive").from("cards").insert({ id: 2, label: "x" });
  assert.equal(refused.status, 401);
  assert.equal(refused.error.code, "42501");
  const stop = new AbortController();
  stop.abort();
  const aborted = await db.from("books").select().abortSignal(stop.signal);
  assert.match(aborted.error.message, /abort/i);
  assert.equal(ok(await db.from("books").select("id").eq("id", 1).setHeader("Prefer", "handling=strict").single()).id, 1);
});
