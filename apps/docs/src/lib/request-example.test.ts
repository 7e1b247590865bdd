import { expect, test } from 'vitest'
import type { Bundle, Operation } from './bundle.ts'
import { getCurlValues } from './request-example.ts'
import { createBundle } from './test-bundle.ts'

const components = {
  examples: { form: { value: { name: 'n', jar: 'PK', tags: ['a', 'b'] } } },
  schemas: { Form: { properties: { jar: { type: 'string', format: 'binary' } } } },
  parameters: { Size: { name: 'size', in: 'query', required: true, example: 10 } },
}
const spec: Bundle = { ...createBundle(), components }
const of = (more: object) => getCurlValues(spec, {}, { operationId: 'do', summary: 'Do', ...more } as Operation)

test('uses only required query parameters, and follows references', () => {
  const parameters = [{ $ref: '#/components/parameters/Size' }, { name: 'q', in: 'query', example: 'x' }]
  expect(of({ parameters })).toEqual({ path: {}, query: [['size', '10']], body: undefined })
})

test('uses the first example of a JSON body', () => {
  const content = { 'application/json': { examples: { a: { value: [1] }, b: { value: [2] } } } }
  expect(of({ requestBody: { content } }).body).toEqual({ json: [1] })
})

test('splits a multipart form into parts and marks files', () => {
  const media = {
    schema: { $ref: '#/components/schemas/Form' },
    examples: { a: { $ref: '#/components/examples/form' } },
  }
  expect(of({ requestBody: { content: { 'multipart/form-data': media } } }).body).toEqual({
    parts: [
      { name: 'name', value: 'n', file: false },
      { name: 'jar', value: 'PK', file: true },
      { name: 'tags', value: 'a', file: false },
      { name: 'tags', value: 'b', file: false },
    ],
  })
})
