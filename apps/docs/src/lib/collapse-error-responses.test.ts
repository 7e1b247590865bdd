import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { collapse, collapseErrorResponses } from './collapse-error-responses.ts'

const starlightOpenApi = createRequire(import.meta.url).resolve('starlight-openapi/package.json')
const component = starlightOpenApi.replace('package.json', 'components/response/Response.astro')

test('changes the component of the installed starlight-openapi version, and no other file', () => {
  expect(collapse(readFileSync(component, 'utf8'))).toContain('<details>')
  expect(collapseErrorResponses().load(component)).toContain('<details>')
  expect(collapseErrorResponses().load('/elsewhere/Response.astro')).toBeUndefined()
})

test('throws if the component has changed', () => {
  expect(() => collapse('<Section />')).toThrow(/Adapt src\/lib\/collapse-error-responses.ts/)
})
