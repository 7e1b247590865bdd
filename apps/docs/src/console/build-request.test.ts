import { expect, test } from 'vitest'
import type { ConsoleOperation } from '../lib/console-operations.ts'
import { buildRequest, formatBody } from './build-request.ts'

const parameter = (name: string, location: string, example: unknown) =>
  ({ name, in: location, required: location === 'path', example, description: '' }) as const

const operation: ConsoleOperation = {
  operationId: 'updateJobs',
  summary: 'Update jobs',
  tag: 'Jobs',
  method: 'PUT',
  path: '/v1/{project_id}/jobs',
  parameters: [
    parameter('project_id', 'path', 'p'),
    parameter('states', 'query', ['a', 'b']),
    parameter('limit', 'query', 10),
    parameter('X-Language', 'header', 'en-us'),
  ],
  body: { json: { name: 'x' } },
}
const origin = 'http://127.0.0.1:4010/dli'

test('sends only values that are set', () => {
  const { url, init } = buildRequest(operation, { origin, token: 't', values: { project_id: 'a b' } })
  expect(url).toBe(`${origin}/v1/a%20b/jobs`)
  expect(init).toEqual({ method: 'PUT', headers: { 'X-Auth-Token': 't' } })
})

test('repeats a query parameter for each value of a list, and sends headers and the body', () => {
  const values = { project_id: 'p', states: 'a,b', limit: '5', 'X-Language': 'en-us' }
  const { url, init } = buildRequest(operation, { origin, token: 't', values, body: '{"name":"y"}' })
  expect(url).toBe(`${origin}/v1/p/jobs?states=a&states=b&limit=5`)
  expect(init.headers).toMatchObject({ 'X-Language': 'en-us', 'Content-Type': 'application/json' })
  expect(init.body).toBe('{"name":"y"}')
})

test('sends all parts of a form, and sends a file part as a file', () => {
  const body = {
    parts: [
      { name: 'jar', value: 'bytes', file: true },
      { name: 'tag', value: 'a', file: false },
      { name: 'tag', value: 'b', file: false },
    ],
  }
  const { init } = buildRequest(
    { ...operation, body },
    { origin, token: 't', values: { project_id: 'p' }, body: formatBody(body) },
  )
  const form = init.body as FormData
  expect(form.get('jar')).toBeInstanceOf(File)
  expect(form.getAll('tag')).toEqual(['a', 'b'])
})
