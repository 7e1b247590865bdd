import { type Browser, launchBrowser } from '@jobscope/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFirstEvents, createJob } from '../src/many-jobs.ts'
import { openPage } from '../src/open-page.ts'
import { startStubServer } from '../src/stub-server.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

test('the document contains only the visible rows of 5,000 jobs, and scrolling shows all jobs', async () => {
  const now = Date.now()
  const { origin, send } = await startStubServer(createFirstEvents(5000, now))
  const { page, problems } = await openPage(browser, origin, { viewport: { width: 1280, height: 800 } })
  await page.getByText('nightly-0', { exact: true }).waitFor()
  const rows = page.locator('.rows .row')
  expect(await rows.count()).toBeLessThan(40)
  const grid = page.getByRole('grid')
  // The header of the list is 36 pixels high, and each row is 52 pixels high.
  expect(await grid.evaluate(element => element.scrollHeight)).toBe(36 + 5000 * 52)
  await grid.evaluate(element => element.scrollTo(0, element.scrollHeight))
  await page.getByText('nightly-4999', { exact: true }).waitFor()
  expect(await rows.count()).toBeLessThan(40)

  await page.getByRole('button', { name: 'Timeline' }).click()
  await page.getByRole('group', { name: 'Period' }).getByRole('button', { name: 'all' }).click()
  await expect.poll(() => grid.evaluate(element => element.scrollHeight)).toBe(36 + 5000 * 34)

  // The bars stay beside their rows when the list is scrolled.
  await grid.evaluate(element => element.scrollTo(0, 3000))
  const tops = await page.evaluate(() =>
    ['.grid', '.grid canvas'].map(selector => document.querySelector(selector)?.getBoundingClientRect().top),
  )
  expect(tops[1]).toBe(tops[0])

  send('jobs', [createJob(5000, now, 'running')])
  await page.getByRole('button', { name: 'All 5,001' }).waitFor()
  send('removed', ['dli:batch:1', 'dli:batch:2'])
  await page.getByRole('button', { name: 'All 4,999' }).waitFor()
  expect(problems).toEqual([])
})
