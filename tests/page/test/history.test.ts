import { type Browser, launchBrowser } from '@jobscope/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findViolations, openPage } from '../src/open-page.ts'
import { startStubServer } from '../src/stub-server.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const day = 86_400_000
const until = Date.UTC(2026, 10, 29, 12)
const minute = 60_000

/** A week in which `nightly` fails more and more often, and `hourly` always succeeds. */
const history = {
  since: until - 7 * day,
  until,
  period: day,
  periods: Array.from({ length: 7 }, (_, index) => {
    const from = Math.floor(until / day - 6 + index) * day
    return [
      {
        name: 'nightly',
        from,
        count: 10,
        succeeded: 10 - index,
        p50: (30 + index) * minute,
        p95: (60 + 10 * index) * minute,
      },
      { name: 'hourly', from, count: 24, succeeded: 24, p50: 2 * minute, p95: 3 * minute },
      ...(index === 3 ? [{ from, count: 1, succeeded: 0 }] : []),
    ]
  }).flat(),
  failures: [
    { reason: 'java.lang.OutOfMemoryError: Java heap space\n\tat org.example.Rollup.main(Rollup.java:42)', count: 15 },
    { count: 7 },
  ],
}

test('the page shows success rates and durations by name, and reasons of failures, each list with the most frequent entry first', async () => {
  const { origin } = await startStubServer([], history)
  const { page, problems } = await openPage(browser, `${origin}/history?days=30`)
  const rows = page.getByRole('region', { name: 'Jobs by name' }).locator('tbody tr')
  await rows.first().waitFor()
  const texts = (await rows.allInnerTexts()).map(text => text.split(/\s*\t\s*/).filter(Boolean))
  expect(texts).toEqual([
    ['hourly', '168', '100%', '2m, 3m'],
    ['nightly', '70', '70%', '36m, 2h'],
    ['Without a name', '1', '0%', '–, –'],
  ])
  expect(
    await rows
      .nth(1)
      .locator('svg')
      .first()
      .locator('.bad')
      .evaluateAll(bars => bars.map(bar => bar.getAttribute('height'))),
  ).toHaveLength(7)
  expect(await page.locator('.failures tbody tr').allInnerTexts()).toEqual([
    expect.stringMatching(/^15\s+java\.lang\.OutOfMemoryError/),
    expect.stringMatching(/^7\s+The service gave no reason\.$/),
  ])
  await page.getByRole('button', { name: '1d' }).click()
  await expect.poll(() => page.url()).toBe(`${origin}/history?days=1`)
  expect(problems).toEqual([])
})

test.each([
  [1280, 'light'],
  [390, 'dark'],
  [390, 'light'],
  [1280, 'dark'],
] as const)(
  'the history at %i pixels in %s has no violations of accessibility rules, and only the table scrolls sideways',
  async (width, colorScheme) => {
    const { origin } = await startStubServer([], history)
    const { page } = await openPage(browser, `${origin}/history`, { viewport: { width, height: 800 }, colorScheme })
    await page.getByRole('row', { name: /nightly/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    const folder = process.env['JOBSCOPE_SCREENSHOTS']
    if (folder) await page.screenshot({ path: `${folder}/history-${width}-${colorScheme}.png`, fullPage: true })
  },
)

test('the page shows a message if no job has ended, or if the history cannot be read', async () => {
  const { origin } = await startStubServer([], { ...history, periods: [], failures: [] })
  const { page } = await openPage(browser, `${origin}/history`)
  await page.getByText('No job ended in this period.').waitFor()
  await page.getByText('No job failed in this period.').waitFor()
  await page.route('**/api/history*', route => route.fulfill({ status: 502, body: 'The connection was refused.\n' }))
  await page.getByRole('button', { name: '30d' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toContain('The connection was refused.')
})
