import { expect, test } from 'vitest'
import { wrapTables } from './wrap-tables.ts'

const table = '<table><tr><td>x</td></tr></table>'
const box = (label: string) => `<div class="scroll text" tabindex="0" role="region" aria-label="Table: ${label}">`

test('puts a table into a box that has the name of its heading', () => {
  expect(wrapTables(`<h2 id="a">The <code>"a"</code> table</h2><p></p>${table}<p></p>`)).toBe(
    `<h2 id="a">The <code>"a"</code> table</h2><p></p>${box('The &quot;a&quot; table')}${table}</div><p></p>`,
  )
})

test('gives several tables after one heading different names', () => {
  expect(wrapTables(`<h3>A</h3>${table}${table}`)).toBe(
    `<h3>A</h3>${box('A')}${table}</div>${box('A (2)')}${table}</div>`,
  )
})

test('does not change a table that is already in a box', () => {
  const html = `<div class="scroll" tabindex="0">\n  ${table}</div>`
  expect(wrapTables(html)).toBe(html)
})
