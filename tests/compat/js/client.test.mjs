// The published supabase-js client against a running server. The server's address, keys and secret come from the
// environment; the same file runs against both engines.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws"; // Node 20 has none of its own

const { API_URL, ANON_KEY, SERVICE_ROLE_KEY, PUBLISHABLE_KEY, SECRET_KEY, JWT_SECRET } = process.env;

const b64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function sign(claims, secret = JWT_SECRET) {
  const body = `${b64({ alg: "HS256", typ: "JWT" })}.${b64(claims)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

const now = () => Math.floor(Date.now() / 1000);
const token = (sub, extra = {}) =>
  sign({ sub, role: "authenticated", aud: "authenticated", exp: now() + 3600, ...extra });

const options = {
  auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  realtime: { transport: WebSocket },
};
const as = (jwt, key = ANON_KEY) =>
  createClient(API_URL, key, { ...options, global: { headers: { Authorization: `Bearer ${jwt}` } } });
const anon = () => createClient(API_URL, ANON_KEY, options);
const service = () => createClient(API_URL, SERVICE_ROLE_KEY, options);

const ada = randomUUID();
const bob = randomUUID();

function ok(answer) {
  assert.equal(answer.error, null, JSON.stringify(answer.error));
  return answer.data;
}

before(async () => {
  ok(await service().from("notes").delete().gte("id", 0));
  ok(await service().from("authors").delete().not("id", "is", null));
  ok(
    await service().from("authors").insert([
      { id: ada, handle: "ada", born: "1815-12-10" },
      { id: bob, handle: "bob", born: null },
    ]),
  );
});

test("a signed-in user creates and reads back a row", async () => {
  const data = ok(
    await as(token(ada))
      .from("notes")
      .insert({ author_id: ada, title: "First", body: "Hello", tags: ["a", "b c"], meta: { z: 1, a: [true, null] }, price: "12.50" })
      .select()
      .single(),
  );
  assert.equal(data.title, "First");
  assert.equal(data.author_id, ada);
  assert.deepEqual(data.tags, ["a", "b c"]);
  assert.deepEqual(data.meta, { a: [true, null], z: 1 });
  assert.equal(data.price, 12.5);
  assert.equal(data.published, false);
  assert.match(data.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
});

test("many rows, embeds both ways, filters, order, ranges and counts", async () => {
  const db = as(token(ada));
  ok(
    await db.from("notes").insert([
      { author_id: ada, title: "Second", published: true, price: 3 },
      { author_id: ada, title: "Third", published: true, price: 7.25 },
      { author_id: ada, title: "Fourth", published: false, price: null },
    ]),
  );
  const notes = ok(
    await db.from("notes").select("title, author:authors(handle, born)").eq("published", true).order("price", { ascending: false }),
  );
  assert.deepEqual(notes, [
    { title: "Third", author: { handle: "ada", born: "1815-12-10" } },
    { title: "Second", author: { handle: "ada", born: "1815-12-10" } },
  ]);
  const authors = ok(
    await db.from("authors").select("handle, notes(title)").eq("handle", "ada").order("title", { referencedTable: "notes" }).limit(2, { referencedTable: "notes" }),
  );
  assert.deepEqual(authors, [{ handle: "ada", notes: [{ title: "First" }, { title: "Fourth" }] }]);
  const inner = ok(await service().from("authors").select("handle, notes!inner(title)").eq("notes.title", "Third"));
  assert.deepEqual(inner, [{ handle: "ada", notes: [{ title: "Third" }] }]);
  const page = await db.from("notes").select("title", { count: "exact" }).order("title").range(1, 2);
  assert.deepEqual(ok(page), [{ title: "Fourth" }, { title: "Second" }]);
  assert.equal(page.count, 4);
  const head = await db.from("notes").select("*", { count: "exact", head: true });
  assert.equal(head.count, 4);
  assert.deepEqual(ok(await db.from("notes").select("title").or("title.eq.First,and(published.is.true,price.gt.5)").order("title")), [
    { title: "First" },
    { title: "Third" },
  ]);
  assert.deepEqual(ok(await db.from("notes").select("title").in("title", ["First", "Nope, none"])), [{ title: "First" }]);
  assert.deepEqual(ok(await db.from("notes").select("title").ilike("title", "%TH%").not("title", "like", "F%")), [{ title: "Third" }]);
  assert.deepEqual(ok(await db.from("notes").select("title").contains("tags", ["b c"])), [{ title: "First" }]);
  assert.deepEqual(ok(await db.from("notes").select("title").contains("meta", { z: 1 })), [{ title: "First" }]);
  assert.deepEqual(ok(await db.from("notes").select("kind:meta->a->>0").not("meta", "is", null)), [{ kind: "true" }]);
});

test("many to many through a junction", async () => {
  const db = service();
  const [label] = ok(await db.from("labels").upsert({ name: "urgent" }, { onConflict: "name" }).select());
  const [note] = ok(await db.from("notes").select("id").eq("title", "First"));
  ok(await db.from("note_labels").upsert({ note_id: note.id, label_id: label.id }));
  assert.deepEqual(ok(await db.from("notes").select("title, labels(name)").eq("id", note.id)), [
    { title: "First", labels: [{ name: "urgent" }] },
  ]);
  assert.deepEqual(ok(await db.from("labels").select("name, notes(title)").eq("name", "urgent")), [
    { name: "urgent", notes: [{ title: "First" }] },
  ]);
});

test("update and delete touch one's own rows and give them back", async () => {
  const db = as(token(ada));
  assert.deepEqual(ok(await db.from("notes").update({ body: "Changed" }).eq("title", "First").select("title, body")), [
    { title: "First", body: "Changed" },
  ]);
  const gone = await db.from("notes").delete().eq("title", "Fourth").select("title");
  assert.deepEqual(ok(gone), [{ title: "Fourth" }]);
  const minimal = await db.from("notes").update({ price: 1 }).eq("title", "Second");
  assert.equal(minimal.status, 204);
  assert.equal(minimal.data, null);
});

test("upsert inserts, merges and ignores", async () => {
  const db = as(token(ada));
  const first = ok(await db.from("settings").upsert({ owner: ada, name: "theme", value: { dark: true } }).select().single());
  assert.deepEqual(first.value, { dark: true });
  const second = ok(await db.from("settings").upsert({ owner: ada, name: "theme", value: { dark: false } }).select().single());
  assert.deepEqual(second.value, { dark: false });
  const ignored = ok(
    await db.from("settings").upsert({ owner: ada, name: "theme", value: 7 }, { ignoreDuplicates: true }).select(),
  );
  assert.deepEqual(ignored, []);
});

test("one sees only one's own rows and published ones", async () => {
  assert.deepEqual(ok(await as(token(bob)).from("notes").select("title").order("title")), [{ title: "Second" }, { title: "Third" }]);
  assert.deepEqual(ok(await anon().from("notes").select("title").order("title")), [{ title: "Second" }, { title: "Third" }]);
  assert.deepEqual(ok(await as(token(bob)).from("notes").update({ title: "mine now" }).eq("title", "First").select()), []);
  assert.deepEqual(ok(await as(token(bob)).from("notes").delete().eq("title", "Third").select()), []);
});

test("another's row is refused with 42501", async () => {
  const refused = await as(token(bob)).from("notes").insert({ author_id: ada, title: "forged" });
  assert.equal(refused.status, 403);
  assert.equal(refused.error.code, "42501");
  assert.equal(refused.error.message, 'new row violates row-level security policy for table "notes"');
  const moved = await as(token(ada)).from("notes").update({ author_id: bob }).eq("title", "First");
  assert.equal(moved.error.code, "42501");
  const nobody = await anon().from("notes").insert({ author_id: ada, title: "forged" });
  assert.equal(nobody.status, 401);
  assert.equal(nobody.error.code, "42501");
  const secret = await anon().from("secrets").select();
  assert.equal(secret.error.code, "42501");
  assert.equal(secret.error.message, "permission denied for table secrets");
});

test("errors read as PostgreSQL's and PostgREST's", async () => {
  const db = as(token(ada));
  const dup = await service().from("authors").insert({ id: randomUUID(), handle: "ada" });
  assert.equal(dup.status, 409);
  assert.deepEqual(dup.error, {
    code: "23505",
    details: "Key (handle)=(ada) already exists.",
    hint: null,
    message: 'duplicate key value violates unique constraint "authors_handle_key"',
  });
  const missing = await service().from("notes").insert({ title: "x" });
  assert.equal(missing.error.code, "23502");
  const orphan = await service().from("notes").insert({ author_id: randomUUID(), title: "x" });
  assert.equal(orphan.status, 409);
  assert.equal(orphan.error.code, "23503");
  assert.match(orphan.error.details, /^Key \(author_id\)=\(.*\) is not present in table "authors"\.$/);
  const long = await db.from("notes").insert({ author_id: ada, title: "" });
  assert.equal(long.error.code, "23514");
  const type = await db.from("notes").select().eq("id", "abc");
  assert.equal(type.error.code, "22P02");
  assert.equal(type.error.message, 'invalid input syntax for type bigint: "abc"');
  const mood = await db.from("notes").insert({ author_id: ada, title: "x", mood: "sad" });
  assert.equal(mood.error.code, "22P02");
  assert.equal(mood.error.message, 'invalid input value for enum mood: "sad"');
  const table = await db.from("nots").select();
  assert.equal(table.status, 404);
  assert.equal(table.error.code, "PGRST205");
  const column = await db.from("notes").select("titel");
  assert.equal(column.error.code, "42703");
  const field = await db.from("notes").insert({ titel: "x" });
  assert.equal(field.error.code, "PGRST204");
  const embed = await db.from("notes").select("*, planets(*)");
  assert.equal(embed.error.code, "PGRST200");
});

test("single and maybeSingle", async () => {
  const db = as(token(ada));
  const none = await db.from("notes").select().eq("title", "No such").single();
  assert.equal(none.status, 406);
  assert.equal(none.error.code, "PGRST116");
  assert.equal(ok(await db.from("notes").select().eq("title", "No such").maybeSingle()), null);
  const many = await db.from("notes").select().single();
  assert.equal(many.error.code, "PGRST116");
});

test("numbers, dates and big integers come back exactly", async () => {
  const db = service();
  const answer = await db.from("exact").upsert({ id: 1, big: "9007199254740993", money: "0.10", at: "2026-02-03 04:05:06.789+02", day: "2026-02-03" }).select().csv();
  assert.equal(ok(answer).trim(), "id,big,money,at,day\n1,9007199254740993,0.10,\"2026-02-03 02:05:06.789+00\",2026-02-03");
});

test("opaque keys stand for their roles", async () => {
  const open = createClient(API_URL, PUBLISHABLE_KEY, options);
  assert.deepEqual(ok(await open.from("notes").select("title").order("title")), [{ title: "Second" }, { title: "Third" }]);
  const secret = createClient(API_URL, SECRET_KEY, options);
  const all = await secret.from("notes").select("*", { count: "exact", head: true });
  assert.equal(all.count, 3);
  assert.deepEqual(ok(await as(token(ada), PUBLISHABLE_KEY).from("notes").select("title").eq("title", "First")), [{ title: "First" }]);
});

test("bad tokens are refused", async () => {
  const forged = await as(sign({ sub: ada, role: "service_role", exp: now() + 60 }, "another secret that is long enough")).from("notes").select();
  assert.equal(forged.status, 401);
  assert.equal(forged.error.code, "PGRST301");
  const late = await as(token(ada, { exp: now() - 120 })).from("notes").select();
  assert.equal(late.status, 401);
  assert.equal(late.error.message, "JWT expired");
  const none = await as(`${b64({ alg: "none" })}.${b64({ role: "service_role" })}.`).from("notes").select();
  assert.equal(none.status, 401);
});
