// The board's API through the published client: what guests and people may and may not do. BASE_URL is the server; KEY
// the publishable key; SECRET_KEY the secret one; JWT_SECRET signs the tokens of people.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { createClient } from '@supabase/supabase-js'

const { BASE_URL: url, KEY: key, SECRET_KEY: secretKey, JWT_SECRET: secret } = process.env
// Nothing here listens for changes, and older Nodes have no WebSocket of their own.
const options = { auth: { persistSession: false, autoRefreshToken: false }, realtime: { transport: class {} } }
const mira = '0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a01'
const jonas = '0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a02'

const part = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
function token(sub) {
  const now = Math.floor(Date.now() / 1000)
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 3600 })}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const guest = createClient(url, key, options)
const person = (sub) => createClient(url, key, { ...options, accessToken: async () => token(sub) })

test('a guest reads, with embeds and a count', async () => {
  const { data, count, error } = await guest.from('posts')
    .select('body, author:profiles(name)', { count: 'exact' }).not('author_id', 'is', null).order('id').limit(1)
  assert.equal(error, null)
  assert.equal(count, 6)
  assert.equal(data[0].author.name, 'Mira')
})

test('a guest posts, but not as a person, not on a closed board, not elsewhere', async () => {
  const fine = await guest.from('posts').insert({ board_id: 2, guest_name: 'Kim', body: 'Cake?' })
  assert.equal(fine.error, null)
  assert.equal(fine.status, 201)
  const asPerson = await guest.from('posts').insert({ board_id: 2, author_id: mira, body: 'x' })
  assert.equal(asPerson.error.code, '42501')
  assert.equal(asPerson.status, 401)
  const closed = await guest.from('posts').insert({ board_id: 4, guest_name: 'Kim', body: 'x' })
  assert.equal(closed.error.code, '42501')
  assert.match(closed.error.message, /row-level security/)
  assert.equal((await guest.from('boards').insert({ slug: 'x', title: 'x' })).error.code, '42501')
  assert.equal((await guest.from('posts').delete().eq('id', 1)).error.code, '42501')
  const nowhere = await guest.from('posts').insert({ board_id: 99, guest_name: 'Kim', body: 'x' })
  assert.equal(nowhere.error.code, '42501')
})

test('people post as themselves, and change and delete only their own', async () => {
  const me = person(jonas)
  const made = await me.from('posts').insert({ board_id: 1, body: 'The bucket is mended.' }).select('id, author_id, guest_name').single()
  assert.equal(made.error, null)
  assert.equal(made.data.author_id, jonas)
  assert.equal((await me.from('posts').insert({ board_id: 1, author_id: mira, body: 'x' })).error.code, '42501')
  const changed = await me.from('posts').update({ body: 'The bucket is mended twice.' }).eq('id', made.data.id).select('body')
  assert.deepEqual(changed.data, [{ body: 'The bucket is mended twice.' }])
  const others = await person(mira).from('posts').update({ body: 'x' }).eq('id', made.data.id).select()
  assert.deepEqual([others.error, others.data], [null, []])
  assert.deepEqual((await me.from('posts').delete().eq('id', made.data.id).select('id')).data, [{ id: made.data.id }])
})

test('errors carry the code of the database', async () => {
  const short = await guest.from('posts').insert({ board_id: 1, guest_name: 'K', body: 'x' })
  assert.equal(short.error.code, '23514')
  assert.match(short.error.message, /violates check constraint "posts_guest_name_check"/)
  assert.equal((await guest.from('psots').select()).error.code, 'PGRST205')
  assert.equal((await guest.from('posts').select('nothing')).error.code, '42703')
})

test('the secret key passes row security', async () => {
  const service = createClient(url, secretKey, options)
  const made = await service.from('boards').insert({ slug: 'attic', title: 'Attic' }).select().single()
  assert.equal(made.error, null)
  assert.equal((await service.from('boards').upsert({ slug: 'attic', title: 'The attic' }, { onConflict: 'slug' }).select('title').single()).data.title, 'The attic')
  assert.equal((await service.from('boards').delete().eq('slug', 'attic')).status, 204)
})
