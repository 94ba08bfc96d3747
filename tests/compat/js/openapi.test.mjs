// The OpenAPI 3.1 document against the specification's own schema, and what it tells each role.
import assert from "node:assert/strict";

import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";

const { API_URL, PUBLISHABLE_KEY, SECRET_KEY } = process.env;

async function document(key) {
  const answer = await fetch(`${API_URL}/rest/v1/openapi.json`, { headers: { apikey: key } });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^application\/openapi\+json/);
  const text = await answer.text();
  return JSON.parse(text);
}

for (const [who, key] of [["anon", PUBLISHABLE_KEY], ["service_role", SECRET_KEY]]) {
  test(`the document of ${who} is valid`, async () => {
    const doc = await document(key);
    const { valid, errors } = await new Validator().validate(structuredClone(doc));
    assert.equal(valid, true, JSON.stringify(errors));
    assert.equal(doc.openapi, "3.1.0");
    const ids = Object.values(doc.paths).flatMap((item) => Object.values(item).map((op) => op.operationId));
    assert.equal(new Set(ids).size, ids.length, "operationId is not unique");
  });
}

test("a role reads of what it may use alone", async () => {
  const anon = await document(PUBLISHABLE_KEY);
  const service = await document(SECRET_KEY);
  assert.equal(anon.paths["/secrets"], undefined);
  assert.equal(JSON.stringify(anon).includes("word"), false);
  assert.ok(service.paths["/secrets"].get);
});

test("types, keys, enums, defaults and references are described", async () => {
  const { components, paths } = await document(SECRET_KEY);
  const row = components.schemas.notes;
  assert.deepEqual(row.properties.mood.enum, ["glad", "calm", null]);
  assert.deepEqual(row.properties.title.type, "string");
  assert.deepEqual(row.properties.body.type, ["string", "null"]);
  assert.equal(row.properties.created_at.format, "date-time");
  assert.deepEqual(row.properties.tags.items.type, "string");
  assert.equal(row.properties.id["x-primary-key"], true);
  assert.deepEqual(row.properties.author_id["x-references"], { table: "authors", column: "id" });
  const insert = components.schemas["notes.insert"];
  assert.deepEqual(insert.required, ["title"]);
  assert.equal(insert.properties.id, undefined);
  assert.equal(insert.properties.published.default, false);
  assert.deepEqual(Object.keys(paths["/notes"]).sort(), ["delete", "get", "patch", "post"]);
});
