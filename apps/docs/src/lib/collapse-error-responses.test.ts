import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { folded, foldFailures } from './fold-failures.ts'

const starlightOpenApi = createRequire(import.meta.url).resolve('starlight-openapi/package.json')
const component = starlightOpenApi.replace('package.json', 'components/response/Response.astro')

test('the component of the installed version can be folded', () => {
  expect(folded(readFileSync(component, 'utf8'))).toContain('<details>')
  expect(foldFailures().load(component)).toContain('<details>')
  expect(foldFailures().load('/elsewhere/Response.astro')).toBeUndefined()
})

test('one that has changed is an error', () => {
  expect(() => folded('<Section />')).toThrow(/adapt src\/lib\/fold-failures.ts/)
})
