import { describe, expect, test } from 'vitest'
import { type Answer, call, startForFile } from './harness.ts'

/** Whatever comes in: a clear answer, and the mock goes on. */

const mock = await startForFile()
const documents = `${mock.url('docs')}/v1/p/documents`

const fine = async (): Promise<void> => expect((await call(`${documents}/s1`)).status).toBe(200)

const post = (body: RequestInit['body'], type: string): Promise<Answer> =>
  call(documents, { method: 'POST', body: body ?? null, headers: { 'Content-Type': type } })

const MULTIPART = 'multipart/form-data; boundary=XX'
const part = (head: string, value: string): string => `--XX\r\n${head}\r\n\r\n${value}\r\n`
const field = (value: string, disposition = 'form-data; name="format"'): string =>
  part(`Content-Disposition: ${disposition}`, value)

describe('a form', () => {
  test.each([
    ['as a browser sends it', `${field('A4')}${field('9', 'form-data; name="copies"')}--XX--\r\n`],
    ['with text before and after', `Hello\r\n${field('A4')}--XX--\r\nBye`],
    ['with names without quotes', `${field('A4', 'form-data; name=format')}--XX--`],
    ['with a file without a type', `${field('A4', 'form-data; name="format"; filename="a.txt"')}--XX--`],
    ['with a file of a strange name', `${field('A4', 'form-data; name="format"; filename="a;b=\\".txt"')}--XX--`],
    [
      'with a file of an encoded name',
      `${field('A4', 'form-data; name="format"; filename*=UTF-8\'\'%e2%82%ac')}--XX--`,
    ],
    ['with the file first', `${field('A4', 'form-data; filename=x; name=format')}--XX--`],
    [
      'with a type first',
      `${part('Content-Type: text/plain\r\nContent-Disposition: form-data; name="format"', 'A4')}--XX--`,
    ],
  ])('%s is read', async (_, body) => {
    const { status, message } = await post(body, MULTIPART)
    expect([status, message]).toEqual([200, ''])
  })

  test.each([
    ['a wrong value', `${field('A3')}--XX--`, 'body/format must be equal to one of the allowed values: A4, A5'],
    [
      'no name',
      `${field('A4', 'form-data')}--XX--`,
      'part 1 says no name: Content-Disposition: form-data; name="…" is missing',
    ],
    ['no head', `${field('A4')}--XX\r\nA4\r\n--XX--`, 'part 2 says no name'],
    ['no end', field('A4'), 'it does not end with its boundary, --XX--'],
    ['another boundary', '--YY\r\n\r\n--YY--', 'it does not end with its boundary, --XX--'],
    ['a name that nobody has', `${field('A4', 'form-data; name="a;b=c"')}--XX--`, 'no field is called "a;b=c"'],
    ['nothing in it', '--XX--', "must have required property 'format'"],
  ])('with %s is refused', async (_, body, message) => {
    const answer = await post(body, MULTIPART)
    expect([answer.status, answer.message]).toEqual([400, expect.stringContaining(message)])
    await fine()
  })

  test('without a boundary is refused', async () => {
    const { status, message } = await post(field('A4'), 'multipart/form-data')
    expect([status, message]).toEqual([400, expect.stringContaining('the Content-Type gives no boundary')])
  })
})

const MEGABYTES = 1024 * 1024

describe('a body', () => {
  test.each([
    ['of 10 MB that says nothing new', `{"format":"A4"${' '.repeat(10 * MEGABYTES)}}`, 200, ''],
    [
      'of 10 MB that does not fit',
      `{"format":"${'A'.repeat(10 * MEGABYTES)}"}`,
      400,
      'body/format must be equal to one of',
    ],
    ['of 10 MB that is no JSON', 'A'.repeat(10 * MEGABYTES), 400, 'The body is not JSON'],
    ['of 13 MB', `{"format":"A4"${' '.repeat(13 * MEGABYTES)}}`, 413, 'The body is longer than 12582912 bytes'],
  ])('%s', async (_, body, status, message) => {
    const answer = await post(body, 'application/json')
    expect([answer.status, answer.message]).toEqual([status, expect.stringContaining(message)])
    await fine()
  })

  test('with a file of 10 MB', async () => {
    const form = new FormData()
    form.set('format', 'A4')
    form.set('colors', new Blob(['x'.repeat(10 * MEGABYTES)]), 'colors.bin')
    expect((await call(documents, { method: 'POST', body: form })).status).toBe(200)
    await fine()
  })

  test.each(['{"format":', '\u0000', '[1,', '{"format":"\ud800"', 'NaN', "{'format':'A4'}"])(
    'of broken JSON, %j',
    async body => {
      const { status, message } = await post(body, 'application/json')
      expect([status, message]).toEqual([400, expect.stringContaining('The body is not JSON')])
      await fine()
    },
  )

  test.each([
    ['null', 'Body parameter is required'],
    ['[]', 'body must be object'],
    ['"A4"', 'body must be object'],
    ['{"__proto__":{"format":"A4"}}', "body must have required property 'format'"],
  ])('of other JSON, %s', async (body, message) => {
    const answer = await post(body, 'application/json')
    expect([answer.status, answer.message]).toEqual([400, expect.stringContaining(message)])
  })

  test.each([
    ['application/xml', 415],
    ['text/plain', 415],
    ['application/json/x', 415],
    ['application/x-www-form-urlencoded', 415],
    ['', 415],
  ])('of type "%s" is refused with %i', async (type, status) => {
    expect((await post('{"format":"A4"}', type || ' ')).status).toBe(status)
    await fine()
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
])('%s is answered', async path => {
  const { status } = await call(mock.origin + path)
  expect([200, 400, 404]).toContain(status)
  await fine()
})
