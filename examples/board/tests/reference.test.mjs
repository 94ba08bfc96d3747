// The page that shows the API's description, in a browser that enforces its content security policy.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'

let browser, page
const problems = []

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  page = await browser.newPage()
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && problems.push(message.text()))
})
after(() => browser?.close())

test('the page shows what a role may use and sends requests', async () => {
  await page.goto(process.env.BASE_URL + '/_/api/')
  await page.waitForSelector('#document .opblock-tag')
  const tags = await page.locator('#document .opblock-tag').allInnerTexts()
  assert.ok(tags.some((t) => t.startsWith('posts')), tags.join())

  await page.fill('#key', process.env.SECRET_KEY)
  await page.click('#who button')
  await page.waitForSelector('#document .opblock-tag')
  await page.click('#document .opblock-tag[data-tag="posts"]')
  await page.click('#document .opblock-get .opblock-summary-control')
  await page.click('#document .try-out__btn')
  const answer = page.waitForResponse((r) => r.url().includes('/rest/v1/posts'))
  await page.click('#document .execute')
  assert.equal((await answer).status() < 300, true)
  assert.deepEqual(problems, [])
})
