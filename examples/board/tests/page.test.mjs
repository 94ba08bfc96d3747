// Clicks through the page as a guest would. BASE_URL is the server; CHROMIUM the browser's path.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'

const base = process.env.BASE_URL
let browser, page
const problems = []

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  page = await browser.newPage()
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(base)
  await page.waitForSelector('body[data-ready]')
})
after(() => browser?.close())

const posts = () => page.locator('#posts > li')
const settled = (text) => page.waitForFunction((t) => document.getElementById('count').textContent === t, text)

test('the page lists boards and posts', async () => {
  assert.equal(await page.title(), 'The village board')
  assert.deepEqual(await page.locator('#boards a').allTextContents(), [
    'All boards8', 'Village square3', 'Give and take2', 'Reading circle2', 'Notices1'])
  await settled('8 posts')
  assert.equal(await posts().count(), 8)
  const newest = posts().first()
  assert.equal(await newest.locator('.author').textContent(), 'Mira')
  assert.match(await newest.locator('.body').textContent(), /short chapters/)
  assert.equal(await newest.locator('.where').textContent(), 'Reading circle')
})

test('searching narrows the list, and wildcards are plain text', async () => {
  await page.fill('#search', 'LADDER')
  await settled('1 post with “LADDER”')
  assert.equal(await posts().locator('.author').textContent(), 'Hanne')
  assert.equal(await posts().locator('.badge').isVisible(), true)
  await page.fill('#search', '100%')
  await settled('0 posts with “100%”')
  await page.fill('#search', '')
  await settled('8 posts')
})

test('a guest posts on an open board', async () => {
  await page.click('#boards a:has-text("Village square")')
  await settled('3 posts')
  await page.fill('#name', 'Robin')
  await page.fill('#body', 'Is <b>this</b> seat taken?')
  await page.click('#write button')
  await settled('4 posts')
  const first = posts().first()
  assert.equal(await first.locator('.author').textContent(), 'Robin')
  assert.equal(await first.locator('.body').textContent(), 'Is <b>this</b> seat taken?')
  assert.equal(await page.inputValue('#body'), '')
  assert.equal(await page.locator('#boards a[aria-current] span').textContent(), '4')
  await page.reload()
  await page.waitForSelector('body[data-ready]')
  assert.equal(await posts().first().locator('.author').textContent(), 'Robin')
  assert.equal(await page.inputValue('#name'), 'Robin')
})

test('what the database refuses is said on the page', async () => {
  const before = problems.length
  await page.fill('#body', '   ')
  await page.click('#write button')
  await page.waitForFunction(() => document.getElementById('problem').textContent !== '')
  assert.equal(await page.locator('#problem').textContent(), 'A name has 2 to 40 letters, a message 1 to 2000.')
  problems.length = before // the browser reports the refused request as an error
})

test('guests cannot write on the closed board', async () => {
  await page.click('#boards a:has-text("Notices")')
  await settled('1 post')
  assert.equal(await page.locator('#write').isVisible(), false)
  assert.equal(await page.locator('#closed').isVisible(), true)
})

test('nothing went wrong on the way', () => assert.deepEqual(problems, []))
