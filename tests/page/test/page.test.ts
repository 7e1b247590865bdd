import { type Browser, type BrowserContext, launchBrowser } from '@jobscope/browser'
import { type Mock, virtualClock } from '@jobscope/mock'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findViolations, type OpenedPage, openPage, openTab } from '../src/open-page.ts'
import { type RunningUi, startUi } from '../src/start-ui.ts'

let browser: Browser
/** The command that is shared by all tests that change nothing. Its requests to the service `cs` fail. */
let shared: RunningUi
/** The browser context in which the first test opens the link of `shared`. After that, all tabs of this context can open the page. */
let admitted: BrowserContext
const rows = '.rows .row'

beforeAll(async () => {
  browser = await launchBrowser()
  const options = { clock: virtualClock(), seedJobs: 90, seed: 3, services: ['dli', 'modelarts', 'cs', 'res', 'iam'] }
  // The jobs of this command do not change, so frequent polls would only slow down the tests.
  shared = await startUi({ ...options, faults: 'cs:error=1' }, ['--interval', '5s'])
  admitted = await browser.newContext()
})
afterAll(async () => {
  await browser?.close()
  await shared?.close()
})

/** Starts a command for one test, and opens its link. */
async function open(...args: Parameters<typeof startUi>): Promise<RunningUi & OpenedPage> {
  const ui = await startUi(...args)
  onTestFinished(() => ui.close())
  return { ...ui, ...(await openPage(browser, ui.link)) }
}

/** Opens a page of the shared command in a new tab. */
async function openShared(path: string): Promise<OpenedPage> {
  const opened = await openTab(admitted, shared.origin + path)
  onTestFinished(() => opened.page.close())
  return opened
}

/** Finds a batch that failed. A canceled batch has the same state, but the log of a canceled batch contains no cause. */
async function findFailedBatch({ jobs, url }: Mock): Promise<string | undefined> {
  for (const { ref, key, state } of jobs.list('dli:batch')) {
    if (state !== 'failed') continue
    const response = await fetch(`${url('dli')}/v2.0/p/batches/${key['batch_id']}`, {
      headers: { 'X-Auth-Token': 't' },
    })
    if ((await response.text()).includes('OutOfMemoryError')) return ref
  }
  return undefined
}

test('the link opens a page with all jobs, and its token is neither in the address nor readable by scripts', async () => {
  const { page, problems } = await openTab(admitted, `${shared.link}&state=failed&view=timeline`)
  await page.waitForSelector(rows)
  expect(page.url()).toBe(`${shared.origin}/?state=failed&view=timeline`)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.getByRole('button', { name: /^All \d/ }).click()
  // The list has no jobs of CS, because they cannot be read, and no jobs of RES workspaces, because they need a parameter.
  const isListed = (kind: string) => !['cs:job', 'res:job-instance'].includes(kind)
  const count = shared.mock.jobs.list().filter(({ kind }) => isListed(kind)).length
  await page.getByRole('button', { name: `All ${count}`, exact: true }).waitFor()
  expect(problems).toEqual([])
  await page.close()
})

test('a second browser cannot use the link again', async () => {
  const { page } = await openPage(browser, shared.link)
  expect(await page.textContent('body')).toContain('This link was already used')
})

test('the address contains filters, order and view, and opening this address shows the same page', async () => {
  const { origin, mock } = shared
  const { page } = await openShared('/')
  await page.waitForSelector(rows)
  await page
    .getByRole('group', { name: 'States' })
    .getByRole('button', { name: /^failed/ })
    .click()
  await page.getByRole('button', { name: /^Spark batch job/ }).click()
  await page.getByRole('searchbox', { name: 'Search jobs' }).fill('batch-')
  await page.getByRole('columnheader', { name: 'Job' }).getByRole('button').click()
  const address = `${origin}/?q=batch-&state=failed&kind=dli:batch&sort=name`
  await expect.poll(() => page.url()).toBe(address)
  const expected = mock.jobs.list('dli:batch').filter(({ state }) => state === 'failed').length
  expect(expected).toBeGreaterThan(0)
  await expect.poll(() => page.locator(rows).count()).toBe(expected)
  const names = await page.locator(`${rows} a`).allTextContents()
  expect(names).toEqual([...names].sort())

  const other = await openShared(address.replace(origin, ''))
  await other.page.waitForSelector(rows)
  await expect.poll(() => other.page.locator(`${rows} a`).allTextContents()).toEqual(names)
  await other.page.getByRole('group', { name: 'Period' }).getByRole('button', { name: '7d' }).click()
  await expect.poll(() => other.page.url()).toBe(`${address.replace('&sort', '&since=7d&sort')}`)
})

test('a change of a job appears without a reload, in every tab', async () => {
  const clock = virtualClock()
  const { origin, mock, page, problems } = await open({ clock, services: ['dli'], seedJobs: 3, seed: 3 })
  const [job] = mock.jobs.list('dli:batch')
  const ref = job?.ref ?? ''
  mock.jobs.setScenario(ref, ['starting', 'running', 'success'])
  const state = (tab: typeof page) =>
    tab.locator(rows, { has: tab.locator(`a[href="/jobs/${ref}"]`) }).locator('.state')
  await state(page).getByText('starting').waitFor()
  const { page: other } = await openTab(page.context(), origin)
  await state(other).getByText('starting').waitFor()
  clock.advance(3_600_000)
  clock.advance(3_600_000)
  await state(page).getByText('succeeded').waitFor()
  await state(other).getByText('succeeded').waitFor()
  expect(problems).toEqual([])
})

test('cancels a job after a confirmation', async () => {
  const { origin, mock, page, problems } = await open({ clock: virtualClock(), services: ['dli'], seedJobs: 30 })
  const job = mock.jobs.list('dli:flink-job').find(({ state }) => state === 'running')
  await page.goto(`${origin}/jobs/${job?.ref}`)
  const details = page.getByRole('complementary', { name: 'Job details' })
  const cancel = details.getByRole('button', { name: 'Cancel job' })
  await cancel.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Keep job' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(mock.jobs.get(job?.ref ?? '')?.state).toBe('running')

  await cancel.click()
  await dialog.getByRole('button', { name: 'Cancel job' }).click()
  await details.getByText('Cancellation requested.').waitFor()
  await details.locator('.summary .state').getByText('stopping').waitFor()
  expect(mock.jobs.get(job?.ref ?? '')?.state).toBe('stopping')
  // A job that is being stopped cannot be canceled again.
  await cancel.waitFor({ state: 'detached' })
  expect(problems).toEqual([])
})

test('runs a job again after a confirmation, and shows the new job', async () => {
  const { origin, mock, page, problems } = await open({ clock: virtualClock(), services: ['dli'], seedJobs: 30 })
  const ended = mock.jobs.list('dli:sql-job').find(({ state }) => state === 'succeeded')
  await page.goto(`${origin}/jobs/${ended?.ref}`)
  const details = page.getByRole('complementary', { name: 'Job details' })
  await details.getByText('Show the request of submitSqlJob').click()
  const body: unknown = JSON.parse((await details.locator('.raw pre').first().textContent()) ?? '')
  await details.getByRole('button', { name: 'Run again' }).click()
  const known = new Set(mock.jobs.list().map(({ ref }) => ref))
  await page.getByRole('dialog').getByRole('button', { name: 'Run again' }).click()
  await expect.poll(() => page.url()).not.toContain(ended?.ref)
  const [created, ...others] = mock.jobs.list().filter(({ ref }) => !known.has(ref))
  expect(others).toEqual([])
  expect(created?.submitted).toMatchObject(body as object)
  expect(page.url()).toBe(`${origin}/jobs/${created?.ref}`)
  await details.locator('.summary .state').getByText('queued').waitFor()
  expect(problems).toEqual([])
})

test('the link of a job shows the states over time, the reason of the failure, the log and the response of the service', async () => {
  const ref = await findFailedBatch(shared.mock)
  const { page, problems } = await openShared(`/jobs/${ref}`)
  const details = page.getByRole('complementary', { name: 'Job details' })
  await details.getByRole('heading', { name: 'States over time' }).waitFor()
  expect(await details.locator('.history b').allTextContents()).toEqual(['queued', 'running', 'failed'])
  expect(await details.locator('.meaning').textContent()).toContain('OutOfMemoryError')
  await details.locator('.line').getByText('stdout').waitFor()
  await details.getByRole('searchbox', { name: 'Search the log' }).fill('STDERR')
  await details.getByText('1 of 1').waitFor()
  expect(await details.locator('mark').allTextContents()).toEqual(['stderr'])
  await details.getByText('Show the job as the service sent it').click()
  expect(JSON.parse((await details.locator('.raw pre').last().textContent()) ?? '')).toMatchObject({ state: 'dead' })
  await page.getByRole('button', { name: 'Close details' }).click()
  expect(new URL(page.url()).pathname).toBe('/')
  expect(problems).toEqual([])
})

test('the page works by keyboard alone', async () => {
  const { page } = await openShared('/')
  await page.waitForSelector(rows)
  await page.keyboard.press('/')
  await page.keyboard.type('flink')
  expect(await page.getByRole('searchbox', { name: 'Search jobs' }).inputValue()).toBe('flink')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.url()).not.toContain('flink')
  // Escape has moved the focus to the list.
  const names = await page.locator(`${rows} a`).allTextContents()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('complementary').locator('.heading h2').textContent()).toBe(names[1])
  await page.keyboard.press('k')
  await expect.poll(() => page.getByRole('complementary').locator('.heading h2').textContent()).toBe(names[0])
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').waitFor({ state: 'detached' })
  await page.keyboard.press('End')
  await expect.poll(() => page.locator('.grid').evaluate(grid => grid.scrollTop)).toBeGreaterThan(0)
  await page.keyboard.press('t')
  await expect.poll(() => page.url()).toContain('view=timeline')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('shows the error of one service and the jobs of the other services', async () => {
  const { page } = await openShared('/')
  await page.getByText('Cannot read jobs of Cloud Stream Service (CS): CS job.').waitFor()
  const count = shared.mock.jobs.list('dli:batch').length
  await page.getByRole('button', { name: `Spark batch job ${count}` }).waitFor()
})

test('shows a message if there are no jobs, or if no job matches the filters', async () => {
  const { origin, page } = await open({ strict: true, services: ['dli'] }, ['--service', 'dli'])
  await page.getByRole('heading', { name: /^No jobs since / }).waitFor()
  await page.goto(`${origin}/?q=nothing`)
  await page.getByRole('heading', { name: 'No job matches the filters' }).waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('heading', { name: /^No jobs since / }).waitFor()
})

describe('accessibility', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const)('axe finds no violations (%s, %i pixels)', async (colorScheme, width) => {
    const { page } = await openShared('/')
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 844 })
    await page.waitForSelector(rows)
    await page.getByText('Cannot read jobs of Cloud Stream Service').waitFor()
    expect(await findViolations(page)).toEqual([])
    // The page does not scroll horizontally: no element is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const job = shared.mock.jobs.list('dli:flink-job').find(({ state }) => state === 'running')
    await page.goto(`${shared.origin}/jobs/${job?.ref}?view=timeline&since=7d`)
    await page.getByRole('heading', { name: 'States over time' }).waitFor()
    await page.waitForSelector(rows)
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Cancel job' }).click()
    expect(await findViolations(page)).toEqual([])
  })
})
