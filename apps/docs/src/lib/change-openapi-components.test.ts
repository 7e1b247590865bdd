import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { applyChange } from './change-openapi-components.ts'
import { componentChanges } from './openapi-components.ts'

const folder = createRequire(import.meta.url)
  .resolve('starlight-openapi/package.json')
  .replace(/package\.json$/, '')

test.each(componentChanges)(
  'applies the change of $component to the installed version of starlight-openapi',
  change => {
    const source = readFileSync(`${folder}components/${change.component}`, 'utf8')
    expect(applyChange(change, source)).not.toBe(source)
  },
)

test('throws if a component does not contain the text to replace', () => {
  const [change] = componentChanges
  if (!change) throw new Error('There are no changes')
  expect(() => applyChange(change, '<p>new</p>')).toThrow(/has changed components\/response\/Response\.astro/)
})
