import type { BrowserContext, Page } from '@jobscope/browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBundle, services } from '../src/lib/bundle.ts'
import { buildStateTables } from '../src/lib/state-table.ts'
import { listTestedOperations } from './all-operations.ts'
import { openSite, type Site } from './serve-site.ts'

let site: Site
let context: BrowserContext
let page: Page
beforeAll(async () => {
  site = await openSite()
  context = await site.browser.newContext({ javaScriptEnabled: false })
  page = await context.newPage()
})
afterAll(() => site?.close())

test.each(listTestedOperations())(
  'the page of $service $operationId shows its summary, description, sample, parameters and responses',
  async operation => {
    await page.goto(site.origin + operation.page)
    const main = page.locator('main')
    expect(await main.getByRole('heading', { level: 1 }).textContent()).toBe(operation.summary)
    const text = (await main.innerText()).replace(/\s+/g, ' ')
    // On the page, Markdown syntax is gone and straight quotes have become curved ones. So only the text before the first such character is
    // compared.
    expect(text).toContain(operation.description?.split(/[`*[\n'"]/)[0]?.trim())
    expect(text).toContain(`.${operation.operationId}(`)
    for (const [, name] of operation.path.matchAll(/\{([^}]+)\}/g)) expect(text).toContain(name)
    await main.getByRole('heading', { name: 'Responses' }).waitFor()
  },
)

describe('state table', () => {
  const kinds = services.flatMap(service =>
    buildStateTables(readBundle(service)).map(table => ({ service, kind: table.kind, table })),
  )

  test.each(kinds)('the table of $service $kind has the states of the spec', async ({ service, kind, table }) => {
    await page.goto(`${site.origin}/job-states/`)
    const rows = await page.locator(`table[data-states="${service}-${kind}"] tbody tr`).all()
    const cells = await Promise.all(rows.map(row => row.locator('td').allInnerTexts()))
    expect(cells.map(row => row.slice(0, 3))).toEqual(
      table.rows.map(row => [row.rawState, row.state, row.terminal ? 'yes' : 'no']),
    )
    cells.forEach((rowCells, index) => {
      const row = table.rows[index]
      const notes = rowCells[4] ?? ''
      expect(notes.includes('settles')).toBe(row?.settle !== undefined)
      expect(notes.includes('stable')).toBe(row?.stable)
      expect(notes.includes('inferred')).toBe(row?.inferred)
    })
  })
})

test('the list of error codes links to the entry of each code of each service', async () => {
  await page.goto(`${site.origin}/error-codes/`)
  const codes = await page.locator('main .codes li').allInnerTexts()
  for (const service of services) {
    const kinds = Object.values(readBundle(service)['x-errors']?.kinds ?? {})
    expect(codes).toEqual(expect.arrayContaining(kinds.flat()))
  }
  // Earlier, this page contained the entries. A link to the old address of an entry still leads to its code.
  expect(await page.locator('#DLI\\.0999').innerText()).toBe('DLI.0999')
  await page.getByRole('link', { name: 'DLI.0999', exact: true }).click()
  await page.waitForURL(/\/error-codes\/dli\/#DLI\.0999$/)
})

test('the console shows a message that it requires JavaScript', async () => {
  await page.goto(`${site.origin}/console/dli/`)
  expect(await page.locator('noscript').innerText()).toMatch(/needs JavaScript/)
})
