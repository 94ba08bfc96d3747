// Queries that must compile, with the types their answers must have.
import { createClient } from "@supabase/supabase-js"
import { Constants, type CompositeTypes, type Database, type Enums, type Json, type Tables, type TablesInsert, type TablesUpdate } from "./database.types.js"

const client = createClient<Database>("http://127.0.0.1:1", "key")

// same<A, B>(true) compiles when the two types are one.
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(_: Same<A, B>): void {}
function rows<T>(answer: { data: T }): NonNullable<T> {
  return answer.data as NonNullable<T>
}

// Rows and columns.
const people = rows(await client.from("people").select("id, name, mood, tags, moods, meta, home, score, born, active"))
same<(typeof people)[number], {
  id: string
  name: string
  mood: "glad" | "so so" | "it's \"fine\""
  tags: string[]
  moods: Enums<"mood">[] | null
  meta: Json
  home: CompositeTypes<"address"> | null
  score: number
  born: string | null
  active: boolean | null
}>(true)
const quoted = rows(await client.from("people").select('"user-id"'))
same<(typeof quoted)[number], { "user-id": number }>(true)
const everything = rows(await client.from("posts").select("*"))
same<(typeof everything)[number], Tables<"posts">>(true)
const renamed = rows(await client.from("posts").select("headline:title, price::text"))
same<(typeof renamed)[number], { headline: string; price: string }>(true)

// Relationships.
const posts = rows(await client.from("posts").select("title, author:people!posts_author_id_fkey(name), tags(label), parent:posts!parent_id(title)"))
same<(typeof posts)[number]["author"], { name: string }>(true)
same<(typeof posts)[number]["tags"], { label: string }[]>(true)
const optional = rows(await client.from("posts").select("editor:people!posts_editor_id_fkey(name)"))
same<(typeof optional)[number]["editor"], { name: string } | null>(true)
const one = rows(await client.from("people").select("name, profiles(bio)"))
same<(typeof one)[number]["profiles"], { bio: string | null } | null>(true)
const many = rows(await client.from("people").select("posts!posts_author_id_fkey(title)"))
same<(typeof many)[number]["posts"], { title: string }[]>(true)
const pairs = rows(await client.from("bookings").select("id, rooms(seats)"))
same<(typeof pairs)[number]["rooms"], { seats: number } | null>(true)
const keys = rows(await client.from("rooms").select("seats, keys(room_number)"))
same<(typeof keys)[number]["keys"], { room_number: number | null } | null>(true)

// Views, and relationships through them.
const listed = rows(await client.from("post_list").select("title, people(name)"))
same<(typeof listed)[number], { title: string | null; people: { name: string } | null }>(true)
const authors = rows(await client.from("posts").select("title, authors!posts_author_id_fkey(loud)"))
same<(typeof authors)[number]["authors"], { loud: string | null }>(true)
await client.from("authors").update({ name: "x" }).eq("id", "y")

// Functions over a row.
const computed = rows(await client.from("people").select("name, full_name, posts_of(title), newest_post(title)"))
same<(typeof computed)[number], {
  name: string
  full_name: string | null
  posts_of: { title: string }[]
  newest_post: { title: string } | null
}>(true)

// Writes.
await client.from("people").insert({ name: "x" })
await client.from("people").insert([{ name: "x", mood: "so so", tags: ["a"], home: null, meta: { a: [1, null] } }])
await client.from("posts").upsert({ author_id: "x", title: "y", slug: "z", id: 3 })
await client.from("posts").update({ price: null, editor_id: null }).eq("id", 1)
const inserted = rows(await client.from("tags").insert({ id: 1, label: "x" }).select().single())
same<typeof inserted, { id: number; label: string }>(true)
const draft: TablesInsert<"posts"> = { author_id: "x", title: "y", slug: "z" }
const change: TablesUpdate<"posts"> = { title: "y" }
await client.from("posts").insert(draft)
await client.from("posts").update(change).eq("id", 1)

// Functions.
same<ReturnType<typeof rows<number | null>>, number>(true)
const sum = rows(await client.rpc("add", { a: 1 }))
same<typeof sum, number>(true)
await client.rpc("add", { a: 1, b: 2 })
const pong = rows(await client.rpc("ping"))
same<typeof pong, string>(true)
const found = rows(await client.rpc("search_posts", { term: "x", kinds: ["glad"] }).select("title"))
same<(typeof found)[number], { title: string }>(true)
const totals = rows(await client.rpc("totals", { since: "2026-01-01" }))
same<(typeof totals)[number], { day: string; "how many": number }>(true)
const person = rows(await client.rpc("one_person", { id: "x" }).select("name"))
same<typeof person, { name: string }>(true)
const numbers = rows(await client.rpc("numbers", { list: [1, 2] }))
same<typeof numbers, number[]>(true)
const place = rows(await client.rpc("where_is", { person: "x" }))
same<(typeof place)["zip"], string | null>(true)
const byId = rows(await client.rpc("describe", { id: 1 }))
same<typeof byId, string>(true)
await client.rpc("describe", { name: "x" })

// Another schema.
const orders = rows(await client.schema("shop").from("orders").select("id, state, items(quantity, size)"))
same<(typeof orders)[number]["state"], Enums<{ schema: "shop" }, "state">>(true)
same<(typeof orders)[number]["items"], { quantity: number; size: "S" | "M" | "L" | null }[]>(true)
same<Tables<{ schema: "shop" }, "items">["line"], number>(true)
same<TablesInsert<{ schema: "shop" }, "items">["quantity"], number | undefined>(true)

// Labels as values.
const moods: readonly Enums<"mood">[] = Constants.public.Enums.mood
same<(typeof Constants.public.Enums.Size)[1], "M">(true)
export { moods }

// A function over the rows of a materialized view, and one over those of a table whose name is quoted.
const moodsOf = rows(await client.from("moods_of").select("mood, people_of(name)"))
same<(typeof moodsOf)[number], { mood: Enums<"mood"> | null; people_of: { name: string | null } }>(true)
const odd = rows(await client.from("Odd Names").select("odd, a10, tags(label)"))
same<(typeof odd)[number], { odd: number | null; a10: number | null; tags: { label: string } | null }>(true)
