// Sign-in through the published supabase-js client. The same file runs against both engines.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws"; // Node 20 has none of its own

const { API_URL, ANON_KEY, SERVICE_ROLE_KEY, PUBLISHABLE_KEY, SECRET_KEY } = process.env;

const client = (key = PUBLISHABLE_KEY) =>
  createClient(API_URL, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: WebSocket },
  });
const admin = client(SECRET_KEY).auth.admin;
const password = "correct-horse-1";
const address = () => `u${randomUUID()}@example.com`;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function ok(answer) {
  assert.equal(answer.error, null, JSON.stringify(answer.error));
  return answer.data;
}
function refused(answer, status, code) {
  assert.ok(answer.error, "no error");
  assert.deepEqual([answer.error.status, answer.error.code], [status, code], answer.error.message);
  return answer.error;
}
async function fresh(data) {
  const c = client();
  const email = address();
  const { user, session } = ok(await c.auth.signUp({ email, password, options: { data } }));
  return { c, email, user, session };
}
const refresh = (token) => client().auth.refreshSession({ refresh_token: token });

test("signing up gives a session, a profile by the trigger, and rows of one's own", async () => {
  const { c, email, user, session } = await fresh({ name: "Ada" });
  assert.equal(user.email, email);
  assert.equal(user.aud, "authenticated");
  assert.equal(user.role, "authenticated");
  assert.equal(user.is_anonymous, false);
  assert.deepEqual(user.app_metadata, { provider: "email", providers: ["email"] });
  assert.equal(user.user_metadata.name, "Ada");
  assert.equal(user.identities.length, 1);
  assert.equal(user.identities[0].provider, "email");
  assert.equal(user.identities[0].identity_data.email, email);
  assert.ok(user.email_confirmed_at && user.last_sign_in_at);
  assert.equal(session.token_type, "bearer");
  assert.equal(session.expires_in, 3600);
  assert.deepEqual(ok(await c.from("profiles").select()), [{ id: user.id, email, name: "Ada" }]);
  ok(await c.from("notes").insert({ body: "mine" }));
  const other = await fresh();
  ok(await other.c.from("notes").insert({ body: "theirs" }));
  assert.deepEqual(ok(await c.from("notes").select("body")), [{ body: "mine" }]);
  assert.deepEqual(ok(await client().from("notes").select("body")), []);
});

test("the access token has the claims and a signature that everybody can check", async () => {
  const { c, email, user } = await fresh();
  const { claims, header } = ok(await c.auth.getClaims());
  assert.equal(header.alg, "ES256");
  assert.equal(claims.iss, `${API_URL}/auth/v1`);
  assert.deepEqual(
    [claims.sub, claims.aud, claims.role, claims.email, claims.phone, claims.aal, claims.is_anonymous],
    [user.id, "authenticated", "authenticated", email, "", "aal1", false],
  );
  assert.equal(claims.exp - claims.iat, 3600);
  assert.equal(claims.amr[0].method, "password");
  assert.match(claims.session_id, /^[0-9a-f-]{36}$/);
  const { keys } = await (await fetch(`${API_URL}/auth/v1/.well-known/jwks.json`)).json();
  assert.deepEqual(keys.map((k) => [k.kty, k.alg, k.kid, k.d]), [["EC", "ES256", header.kid, undefined]]);
});

test("signing in with a password", async () => {
  const { email, user } = await fresh();
  const c = client();
  const data = ok(await c.auth.signInWithPassword({ email: email.toUpperCase(), password }));
  assert.equal(data.user.id, user.id);
  assert.equal(ok(await c.auth.getUser()).user.id, user.id);
  assert.equal(data.weakPassword ?? null, null);
  const wrong = refused(await client().auth.signInWithPassword({ email, password: "wrong" }), 400, "invalid_credentials");
  const nobody = refused(await client().auth.signInWithPassword({ email: address(), password }), 400, "invalid_credentials");
  assert.equal(wrong.message, "Invalid login credentials");
  assert.equal(nobody.message, wrong.message);
});

test("what cannot be signed up", async () => {
  const { email } = await fresh();
  const up = (email, password, data) => client().auth.signUp({ email, password, options: { data } });
  refused(await up(email, password), 422, "user_already_exists");
  refused(await up("nonsense", password), 400, "validation_failed");
  const weak = refused(await up(address(), "short"), 422, "weak_password");
  assert.deepEqual(weak.reasons, ["length", "characters"]);
  const later = address();
  const error = refused(await up(later, password, { name: "refused" }), 500, undefined); // one to try again, for the client
  assert.equal(error.message, "Database error saving new user");
  ok(await up(later, password));
  refused(await client().auth.signUp({ phone: "+15550100", password }), 400, "phone_provider_disabled");
});

test("a seeded user signs in, and its hash is made anew", async () => {
  for (let i = 0; i < 2; i++) {
    const { user } = ok(await client().auth.signInWithPassword({ email: "seeded@example.com", password: "seeded-password-1" }));
    assert.equal(user.id, "11111111-1111-4111-8111-111111111111");
  }
});

test("refresh tokens: rotation, lost answers, many tabs, theft", async () => {
  const { session: first, user } = await fresh();
  const second = ok(await refresh(first.refresh_token)).session;
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(second.user.id, user.id);
  // The answer was lost: the same token gives the one that followed.
  assert.equal(ok(await refresh(first.refresh_token)).session.refresh_token, second.refresh_token);
  // Many tabs at once all get the same one.
  const tabs = await Promise.all(Array.from({ length: 20 }, () => refresh(second.refresh_token)));
  assert.equal(new Set(tabs.map((t) => ok(t).session.refresh_token)).size, 1);
  const third = tabs[0].data.session;
  // Within the reuse interval an older one still leads to the one in force.
  assert.equal(ok(await refresh(second.refresh_token)).session.refresh_token, third.refresh_token);
  const fourth = ok(await refresh(third.refresh_token)).session;
  await wait(1500);
  // Too late, and not the one before the one in force: somebody has stolen it. The session ends.
  refused(await refresh(first.refresh_token), 400, "refresh_token_already_used");
  refused(await refresh(fourth.refresh_token), 400, "refresh_token_already_used");
  refused(await refresh(third.refresh_token), 400, "refresh_token_already_used");
  refused(await refresh("nonsense"), 400, "refresh_token_not_found");
});

test("updating oneself", async () => {
  const { c, email, user } = await fresh({ name: "Ada", age: 36 });
  const changed = ok(await c.auth.updateUser({ data: { age: null, town: "London" } })).user;
  assert.equal(changed.user_metadata.town, "London");
  assert.equal(changed.user_metadata.name, "Ada");
  assert.ok(!("age" in changed.user_metadata));
  refused(await c.auth.updateUser({ password }), 422, "same_password");
  refused(await c.auth.updateUser({ password: "weak" }), 422, "weak_password");
  const elsewhere = client();
  ok(await elsewhere.auth.signInWithPassword({ email, password }));
  ok(await c.auth.updateUser({ password: "another-horse-2" }));
  // Sessions elsewhere end with the password, this one goes on.
  assert.ok((await elsewhere.auth.getUser()).error);
  ok(await c.auth.getUser());
  refused(await client().auth.signInWithPassword({ email, password }), 400, "invalid_credentials");
  const to = address();
  assert.equal(ok(await c.auth.updateUser({ email: to })).user.email, to);
  assert.equal(ok(await client().auth.signInWithPassword({ email: to, password: "another-horse-2" })).user.id, user.id);
  const { email: taken } = await fresh();
  refused(await c.auth.updateUser({ email: taken }), 422, "email_exists");
});

test("signing out here, elsewhere, everywhere", async () => {
  const { c, email } = await fresh();
  const signIn = async () => {
    const other = client();
    return [other, ok(await other.auth.signInWithPassword({ email, password })).session];
  };
  const gone = "AuthSessionMissingError"; // the client knows the code session_not_found
  const works = async ({ access_token }) => (await client().auth.getUser(access_token)).error?.name ?? "ok";
  const [a, one] = await signIn();
  const [b, two] = await signIn();
  ok({ ...(await a.auth.signOut({ scope: "local" })), data: 1 });
  assert.deepEqual([await works(one), await works(two)], [gone, "ok"]);
  const [, three] = await signIn();
  ok({ ...(await b.auth.signOut({ scope: "others" })), data: 1 });
  assert.deepEqual([await works(two), await works(three)], ["ok", gone]);
  assert.ok((await c.auth.getUser()).error);
  ok({ ...(await b.auth.signOut({ scope: "global" })), data: 1 });
  assert.equal(await works(two), gone);
  refused(await refresh(two.refresh_token), 400, "refresh_token_not_found");
});

test("an anonymous user becomes a permanent one", async () => {
  const c = client();
  const { user } = ok(await c.auth.signInAnonymously({ options: { data: { name: "Guest" } } }));
  assert.equal(user.is_anonymous, true);
  assert.deepEqual([user.email, user.identities], ["", []]);
  assert.equal(ok(await c.auth.getClaims()).claims.is_anonymous, true);
  assert.equal(ok(await c.from("profiles").select()).length, 1);
  assert.equal((await c.from("notes").insert({ body: "x" })).error.code, "42501");
  refused(await c.auth.updateUser({ password }), 422, "validation_failed");
  const email = address();
  const permanent = ok(await c.auth.updateUser({ email, password })).user;
  assert.deepEqual([permanent.id, permanent.is_anonymous, permanent.email], [user.id, false, email]);
  ok(await c.auth.refreshSession());
  ok(await c.from("notes").insert({ body: "x" }));
  ok(await client().auth.signInWithPassword({ email, password }));
});

test("administration", async () => {
  const email = address();
  const { user } = ok(
    await admin.createUser({ email, password, email_confirm: true, user_metadata: { a: 1 }, app_metadata: { plan: "x" } }),
  );
  assert.deepEqual(user.app_metadata, { plan: "x", provider: "email", providers: ["email"] });
  assert.equal(ok(await admin.getUserById(user.id)).user.email, email);
  refused(await admin.createUser({ email, password }), 422, "email_exists");
  refused(await admin.getUserById(randomUUID()), 404, "user_not_found");
  const c = client();
  ok(await c.auth.signInWithPassword({ email, password }));
  const banned = ok(await admin.updateUserById(user.id, { ban_duration: "1h", user_metadata: { b: [2] } })).user;
  assert.ok(banned.banned_until);
  assert.deepEqual([banned.user_metadata.a, banned.user_metadata.b], [1, [2]]);
  refused(await client().auth.signInWithPassword({ email, password }), 400, "user_banned");
  refused(await c.auth.refreshSession(), 400, "user_banned");
  ok(await admin.updateUserById(user.id, { ban_duration: "none", password: "third-horse-3" }));
  ok(await client().auth.signInWithPassword({ email, password: "third-horse-3" }));
  const list = ok(await admin.listUsers({ page: 1, perPage: 2 }));
  assert.equal(list.users.length, 2);
  assert.ok(list.total > 2 && list.nextPage === 2);
  const unconfirmed = address();
  const second = ok(await admin.createUser({ email: unconfirmed, password })).user;
  refused(await client().auth.signInWithPassword({ email: unconfirmed, password }), 400, "email_not_confirmed");
  ok(await admin.updateUserById(second.id, { email_confirm: true }));
  ok(await client().auth.signInWithPassword({ email: unconfirmed, password }));
  ok(await admin.deleteUser(second.id, true));
  refused(await client().auth.signInWithPassword({ email: unconfirmed, password }), 400, "invalid_credentials");
  assert.ok(ok(await admin.getUserById(second.id)).user.deleted_at);
  ok(await admin.deleteUser(user.id));
  refused(await admin.getUserById(user.id), 404, "user_not_found");
  refused(await client(ANON_KEY).auth.admin.listUsers(), 403, "not_admin");
  ok(await client(SERVICE_ROLE_KEY).auth.admin.listUsers());
  const { c: someone } = await fresh();
  const token = ok(await someone.auth.getSession()).session.access_token;
  const answer = await fetch(`${API_URL}/auth/v1/admin/users`, { headers: { apikey: SECRET_KEY, Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 403);
});

test("errors have the form the client asks for", async () => {
  const call = (headers) => fetch(`${API_URL}/auth/v1/user`, { headers: { apikey: ANON_KEY, ...headers } });
  const old = await call({});
  assert.equal(old.status, 401);
  assert.deepEqual(await old.json(), { code: 401, error_code: "no_authorization", msg: "This endpoint requires a valid Bearer token" });
  const now = await call({ "X-Supabase-Api-Version": "2024-01-01", Authorization: "Bearer x.y.z" });
  assert.equal(now.status, 403);
  assert.equal(now.headers.get("x-supabase-api-version"), "2024-01-01");
  assert.equal(now.headers.get("x-sb-error-code"), "bad_jwt");
  assert.equal((await now.json()).code, "bad_jwt");
  assert.equal((await fetch(`${API_URL}/auth/v1/nothing`)).status, 404);
  assert.equal((await fetch(`${API_URL}/auth/v1/health`)).status, 200);
  const settings = await (await fetch(`${API_URL}/auth/v1/settings`, { headers: { apikey: ANON_KEY } })).json();
  assert.deepEqual(
    [settings.external.email, settings.external.anonymous_users, settings.external.phone, settings.disable_signup, settings.mailer_autoconfirm],
    [true, true, false, false, true],
  );
});

// The last one: it uses up what this address may do.
test("anonymous sign-ins are limited by address", async () => {
  const answers = [];
  for (let i = 0; i < 31; i++) answers.push(await client().auth.signInAnonymously());
  refused(answers.at(-1), 429, "over_request_rate_limit");
});
