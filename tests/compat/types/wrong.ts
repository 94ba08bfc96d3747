// What must not compile: each line after a comment that expects an error is one.
import { createClient } from "@supabase/supabase-js"
import type { Database, Enums, Tables, TablesInsert, TablesUpdate } from "./database.types.js"

const client = createClient<Database>("http://127.0.0.1:1", "key")

// Relations and columns that do not exist.
// @ts-expect-error
await client.from("peoples").select()
const { data: people } = await client.from("people").select("id, nam")
// @ts-expect-error
people![0].id.toUpperCase()
const { data: names } = await client.from("people").select("name")
// @ts-expect-error
names![0].mood
// @ts-expect-error
const number: number = names![0].name
const { data: nothing } = await client.from("posts").select("rooms(seats)")
// @ts-expect-error
nothing![0].rooms.seats
// @ts-expect-error
await client.from("posts").select().eq("slugg", "x")
// @ts-expect-error
await client.from("posts").select().eq("id", "x")
// @ts-expect-error
await client.from("people").select().eq("mood", "angry")

// Null.
const { data: posts } = await client.from("posts").select("price, editor:people!posts_editor_id_fkey(name), author:people!posts_author_id_fkey(name)").single()
// @ts-expect-error
posts!.price.toFixed()
// @ts-expect-error
posts!.editor.name
posts!.author.name

// Writes.
// @ts-expect-error
await client.from("people").insert({})
// @ts-expect-error
await client.from("people").insert({ name: null })
// @ts-expect-error
await client.from("people").insert({ name: "x", "user-id": 1 })
// @ts-expect-error
await client.from("people").insert({ name: "x", mood: "angry" })
// @ts-expect-error
await client.from("posts").insert({ title: "x", slug: "y" })
// @ts-expect-error
await client.from("posts").update({ title: 1 })
// @ts-expect-error
await client.from("posts").update({ titel: "x" })
// @ts-expect-error
await client.from("post_list").insert({ id: 1 })
// @ts-expect-error
await client.from("authors").update({ loud: "x" })
// @ts-expect-error
const draft: TablesInsert<"posts"> = { title: "y", slug: "z" }
// @ts-expect-error
const change: TablesUpdate<"posts"> = { author_id: null }

// Functions.
// @ts-expect-error
await client.rpc("adds", { a: 1 })
// @ts-expect-error
await client.rpc("add", { a: "x" })
// @ts-expect-error
await client.rpc("add", { b: 1 })
// @ts-expect-error
await client.rpc("touch")
// @ts-expect-error
await client.rpc("two_unnamed", {})
const { data: sum } = await client.rpc("add", { a: 1 })
// @ts-expect-error
sum!.length

// Schemas and helpers.
// @ts-expect-error
await client.schema("stock").from("orders").select()
// @ts-expect-error
await client.from("orders").select()
// @ts-expect-error
type None = Tables<"orders">
// @ts-expect-error
type Other = Tables<{ schema: "shop" }, "people">
// @ts-expect-error
const mood: Enums<"mood"> = "angry"
export type { None, Other }
export { number, draft, change, mood }
