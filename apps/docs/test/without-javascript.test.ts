import type { BrowserContext, Page } from '@jobscope/browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBundle, services } from '../src/lib/bundle.ts'
import { buildStateTables } from '../src/lib/state-table.ts'
import { listAllOperations } from './all-operations.ts'
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

test.each(listAllOperations())('the page of $service $operationId says it all', async operation => {
  await page.goto(site.origin + operation.page)
  const main = page.locator('main')
  expect(await main.getByRole('heading', { level: 1 }).textContent()).toBe(operation.summary)
  const text = (await main.innerText()).replace(/\s+/g, ' ')
  // Prose is Markdown on its way in, and its quotes are curved: a piece without any is compared.
  expect(text).toContain(operation.description?.split(/[`*[\n'"]/)[0]?.trim())
  expect(text).toContain(`.${operation.operationId}(`)
  for (const [, name] of operation.path.matchAll(/\{([^}]+)\}/g)) expect(text).toContain(name)
  await main.getByRole('heading', { name: 'Responses' }).waitFor()
})

describe('job states', () => {
  const kinds = services.flatMap(service =>
    buildStateTables(readBundle(service)).map(table => ({ service, kind: table.kind, table })),
  )

  test.each(kinds)('of $service $kind are those of the spec', async ({ service, kind, table }) => {
    await page.goto(`${site.origin}/job-states/`)
    const rows = await page.locator(`table[data-states="${service}-${kind}"] tbody tr`).all()
    const shown = await Promise.all(rows.map(row => row.locator('td').allInnerTexts()))
    expect(shown.map(cells => cells.slice(0, 3))).toEqual(
      table.rows.map(row => [row.wire, row.state, row.terminal ? 'yes' : 'no']),
    )
    shown.forEach((cells, index) => {
      const row = table.rows[index]
      const marks = cells[4] ?? ''
      expect(marks.includes('settles')).toBe(row?.settle !== undefined)
      expect(marks.includes('rests')).toBe(row?.rests)
      expect(marks.includes('inferred')).toBe(row?.inferred)
    })
  })
})

test('the error codes of each service are there', async () => {
  await page.goto(`${site.origin}/error-codes/`)
  const text = await page.locator('main').innerText()
  for (const service of services) {
    for (const code of Object.values(readBundle(service)['x-errors']?.kinds ?? {}).flat()) expect(text).toContain(code)
  }
})

test('the console says what it needs, and where to go without it', async () => {
  await page.goto(`${site.origin}/console/dli/`)
  expect(await page.locator('noscript').innerText()).toMatch(/needs JavaScript/)
})
