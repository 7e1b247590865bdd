import { describe, expect, test } from 'vitest'
import { call, type ServiceResponse, startForFile } from './harness.ts'

/** Tests that the mock returns a clear error for a malformed request, and continues to run. */

const mock = await startForFile()
const documents = `${mock.url('docs')}/v1/p/documents`

const expectStillRunning = async (): Promise<void> => expect((await call(`${documents}/s1`)).status).toBe(200)

const post = (body: RequestInit['body'], type: string): Promise<ServiceResponse> =>
  call(documents, { method: 'POST', body: body ?? null, headers: { 'Content-Type': type } })

const MULTIPART = 'multipart/form-data; boundary=XX'
const part = (head: string, value: string): string => `--XX\r\n${head}\r\n\r\n${value}\r\n`
const field = (value: string, disposition = 'form-data; name="format"'): string =>
  part(`Content-Disposition: ${disposition}`, value)

describe('form', () => {
  test.each([
    ['from a browser', `${field('A4')}${field('9', 'form-data; name="copies"')}--XX--\r\n`],
    ['with text before and after', `Hello\r\n${field('A4')}--XX--\r\nBye`],
    ['with unquoted names', `${field('A4', 'form-data; name=format')}--XX--`],
    ['with a file without a type', `${field('A4', 'form-data; name="format"; filename="a.txt"')}--XX--`],
    [
      'with special characters in a file name',
      `${field('A4', 'form-data; name="format"; filename="a;b=\\".txt"')}--XX--`,
    ],
    ['with an encoded file name', `${field('A4', 'form-data; name="format"; filename*=UTF-8\'\'%e2%82%ac')}--XX--`],
    ['with the file name before the name', `${field('A4', 'form-data; filename=x; name=format')}--XX--`],
    [
      'with the type before the name',
      `${part('Content-Type: text/plain\r\nContent-Disposition: form-data; name="format"', 'A4')}--XX--`,
    ],
  ])('accepts a form %s', async (_, body) => {
    const { status, message } = await post(body, MULTIPART)
    expect([status, message]).toEqual([200, ''])
  })

  test.each([
    ['a wrong value', `${field('A3')}--XX--`, 'body/format must be equal to one of the allowed values: A4, A5'],
    [
      'no name',
      `${field('A4', 'form-data')}--XX--`,
      'Part 1 has no name. Send Content-Disposition: form-data; name="…".',
    ],
    ['no part header', `${field('A4')}--XX\r\nA4\r\n--XX--`, 'Part 2 has no name.'],
    ['no final boundary', field('A4'), 'The form does not end with its boundary "--XX--".'],
    ['another boundary', '--YY\r\n\r\n--YY--', 'The form does not end with its boundary "--XX--".'],
    ['a malformed name', `${field('A4', 'form-data; name="a;b=c"')}--XX--`, '"a;b=c" is not a field name.'],
    ['no parts', '--XX--', "must have required property 'format'"],
  ])('rejects a form with %s', async (_, body, message) => {
    const response = await post(body, MULTIPART)
    expect([response.status, response.message]).toEqual([400, expect.stringContaining(message)])
    await expectStillRunning()
  })

  test('rejects a form without a boundary', async () => {
    const { status, message } = await post(field('A4'), 'multipart/form-data')
    expect([status, message]).toEqual([400, expect.stringContaining('The Content-Type has no boundary.')])
  })
})

const MEGABYTES = 1024 * 1024

describe('body', () => {
  test.each([
    ['accepts 10 MB of white space', `{"format":"A4"${' '.repeat(10 * MEGABYTES)}}`, 200, ''],
    [
      'rejects 10 MB that violate the schema',
      `{"format":"${'A'.repeat(10 * MEGABYTES)}"}`,
      400,
      'body/format must be equal to one of',
    ],
    ['rejects 10 MB that are not JSON', 'A'.repeat(10 * MEGABYTES), 400, 'The body is not valid JSON'],
    [
      'rejects 13 MB',
      `{"format":"A4"${' '.repeat(13 * MEGABYTES)}}`,
      413,
      'The body is longer than 11000000 bytes. Send a shorter body.',
    ],
  ])('%s', async (_, body, status, message) => {
    const response = await post(body, 'application/json')
    expect([response.status, response.message]).toEqual([status, expect.stringContaining(message)])
    await expectStillRunning()
  })

  test('accepts a file of 10 MB', async () => {
    const form = new FormData()
    form.set('format', 'A4')
    form.set('colors', new Blob(['x'.repeat(10 * MEGABYTES)]), 'colors.bin')
    expect((await call(documents, { method: 'POST', body: form })).status).toBe(200)
    await expectStillRunning()
  })

  test.each(['{"format":', '\u0000', '[1,', '{"format":"\ud800"', 'NaN', "{'format':'A4'}"])(
    'rejects malformed JSON %j',
    async body => {
      const { status, message } = await post(body, 'application/json')
      expect([status, message]).toEqual([400, expect.stringContaining('The body is not valid JSON')])
      await expectStillRunning()
    },
  )

  test.each([
    ['null', 'Body parameter is required'],
    ['[]', 'body must be object'],
    ['"A4"', 'body must be object'],
    ['{"__proto__":{"format":"A4"}}', "body must have required property 'format'"],
  ])('rejects the JSON value %s', async (body, message) => {
    const response = await post(body, 'application/json')
    expect([response.status, response.message]).toEqual([400, expect.stringContaining(message)])
  })

  test.each([
    ['application/xml', 415],
    ['text/plain', 415],
    ['application/json/x', 415],
    ['application/x-www-form-urlencoded', 415],
    ['', 415],
  ])('rejects the Content-Type "%s" with status %i', async (type, status) => {
    expect((await post('{"format":"A4"}', type || ' ')).status).toBe(status)
    await expectStillRunning()
  })
})

test.each([
  '/docs/v1/p/documents/%E0%A4%A',
  '/docs/v1/p/documents/..%2f..%2fetc%2fpasswd',
  '/docs//v1/p/documents',
  '/docs/v1/p/documents?since=2026&pageSize=%',
  '/_mock/jobs/%E0%A4%A',
  '/_mock/..',
  '/?',
  '//',
])('responds to %s', async path => {
  const { status } = await call(mock.origin + path)
  expect([200, 400, 404]).toContain(status)
  await expectStillRunning()
})
