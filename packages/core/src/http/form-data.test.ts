import { expect, test } from 'vitest'
import { createTestClient, respond } from '../../test/test-client.ts'
import { toFormData } from './form-data.ts'

test('converts texts, numbers, booleans, arrays and files to parts, and omits undefined values', async () => {
  const jar = new File(['PK'], 'a.jar', { type: 'application/java-archive' })
  const form = toFormData({ name: 'n', cluster_id: 7, log_enabled: false, tags: ['a', 'b'], jar, desc: undefined })
  expect([...form]).toEqual([
    ['name', 'n'],
    ['cluster_id', '7'],
    ['log_enabled', 'false'],
    ['tags', 'a'],
    ['tags', 'b'],
    ['jar', jar],
  ])
})

test('a method with a form body sends multipart/form-data including files', async () => {
  const { client, requests } = createTestClient([respond({ id: 'j' })])
  await client.uploadJar({ body: { name: 'n', jar: new File(['PK'], 'a.jar') } })
  const [{ headers, body }] = requests as [(typeof requests)[0]]
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers.get('content-type') ?? '')?.[1]
  expect(body.split(`--${boundary}`).map(part => part.trim())).toEqual([
    '',
    'Content-Disposition: form-data; name="name"\r\n\r\nn',
    'Content-Disposition: form-data; name="jar"; filename="a.jar"\r\nContent-Type: application/octet-stream\r\n\r\nPK',
    '--',
  ])
})
