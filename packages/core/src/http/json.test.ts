import { describe, expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import { catchRejection, createTestClient, respond } from '../../test/test-client.ts'
import { exactJson } from './json.ts'

describe('exactJson', () => {
  test.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['1531906043036', 1531906043036],
    ['0.1234567890123456', 0.1234567890123456],
    ['1.234567890123456e20', 1.234567890123456e20],
    ['"9007199254740993"', '9007199254740993'],
    [String.raw`"a \" 9007199254740993 \\"`, 'a " 9007199254740993 \\'],
    ['true', true],
  ])(
    'parses an integer beyond 2^53 to a string of its digits, and any other value like JSON.parse: %s',
    (text, value) => {
      expect(exactJson.parse(`{"a":[{"b":${text}}]}`)).toEqual({ a: [{ b: value }] })
    },
  )

  test('if a body has an integer beyond 2^53, parses all other values like JSON.parse', () => {
    expect(exactJson.parse('{"id":9007199254740993,"n":null,"list":[1,"x",{"__proto__":{"polluted":1}}]}')).toEqual(
      JSON.parse('{"id":"9007199254740993","n":null,"list":[1,"x",{"__proto__":{"polluted":1}}]}'),
    )
  })

  test('serializes bigints as numbers', () => {
    expect(exactJson.stringify({ ids: [9007199254740993n, 1n], name: '9007199254740993' })).toBe(
      '{"ids":[9007199254740993,1],"name":"9007199254740993"}',
    )
  })
})

describe('exactJson in a client', () => {
  const exact = { ...service, json: exactJson }
  const long = (id: string, status = 200) =>
    new Response(`{"job_id":${id},"error_code":"SVC.1"}`, { status, headers: { 'content-type': 'application/json' } })
  const createExactClient = (...responses: Parameters<typeof createTestClient>[0]) =>
    createTestClient(responses, {}, exact)

  test('keeps integers exact in the bodies of successful responses, of failed responses and of raw calls', async () => {
    const { client } = createExactClient(
      long('9007199254740993'),
      long('9007199254740993', 400),
      long('9007199254740993'),
    )
    expect(await client.getJob({ job_id: 'j' })).toMatchObject({ job_id: '9007199254740993' })
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ body: { job_id: '9007199254740993' } })
    const params = { path: { project_id: 'p', job_id: 'j' } }
    expect(await client.http.GET('/v1/{project_id}/jobs/{job_id}', { params })).toMatchObject({
      data: { job_id: '9007199254740993' },
    })
  })

  test('keeps integers exact in request bodies', async () => {
    const { client, requests } = createExactClient(respond({}))
    await client.createJob({ body: { job_ids: [9007199254740993n] } })
    expect(requests[0]?.body).toBe('{"job_ids":[9007199254740993]}')
  })

  test('does not change a form', async () => {
    const { client, requests } = createExactClient(respond({}))
    await client.uploadJar({ body: { name: 'n', file: new Blob(['x']) } })
    expect(requests[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
  })
})

test('a member __proto__ in a body does not change a prototype', async () => {
  const { client } = createTestClient([
    new Response('{"__proto__":{"is_success":false,"polluted":true},"id":"j"}'),
    new Response('{"__proto__":{"error_code":"SVC.0023"}}', { status: 400 }),
  ])
  const body = (await client.getJob({ job_id: 'j' })) as { id: string; polluted?: boolean }
  expect(body.id).toBe('j')
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  const error = await catchRejection(client.createJob({ body: JSON.parse('{"__proto__":{"a":1}}') }))
  expect(error).toMatchObject({ kind: 'invalid' })
  expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
})
