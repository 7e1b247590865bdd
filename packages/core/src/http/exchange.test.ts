import { describe, expect, test } from 'vitest'
import { catchRejection, createTestClient, respond } from '../../test/test-client.ts'
import type { Credentials } from '../auth/credentials.ts'
import { HeaderMap } from './header-map.ts'
import type { Sender, SendFailure } from './senders/sender.ts'

const framingHeaders = ['connection', 'content-length', 'expect', 'host', 'te', 'transfer-encoding', 'upgrade']
const setHeader = (name: string, value: string): Credentials => ({
  authorize: ({ headers }) => void headers.set(name, value),
})

describe('before anything is sent, rejects', () => {
  test('an invalid header of the credentials, with an error that does not contain its value', async () => {
    const { client, requests } = createTestClient([], { credentials: setHeader('X-Key', 'SECRETabc\ndef') })
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(error).toMatchObject({ name: 'ConfigurationError', option: 'headers.x-key' })
    expect(`${error}`).not.toContain('SECRET')
    expect(requests).toHaveLength(0)
  })

  test.each(framingHeaders)('the header %s of the credentials', async name => {
    const { client, requests } = createTestClient([], { credentials: setHeader(name, '0') })
    const option = `headers.${name}`
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({ name: 'ConfigurationError', option })
    expect(requests).toHaveLength(0)
  })

  test.each(['content-length', 'connection', 'transfer-encoding'])('the header %s of a raw call', async name => {
    const { client, requests } = createTestClient([])
    const params = { path: { project_id: 'p', job_id: 'j' } }
    const call = client.http.GET('/v1/{project_id}/jobs/{job_id}', { params, headers: { [name]: '0' } })
    expect(await catchRejection(call)).toMatchObject({ name: 'ConfigurationError', option: `headers.${name}` })
    expect(requests).toHaveLength(0)
  })
})

test('sends a header of the credentials that contains spaces', async () => {
  const { client, requests } = createTestClient([respond({})], {
    credentials: setHeader('authorization', 'Bearer a b'),
  })
  await client.getJob({ job_id: 'j' })
  expect(requests[0]?.headers.get('authorization')).toBe('Bearer a b')
})

describe('headers that hooks add', () => {
  const createClient = (name: string, value: string, credentials?: Credentials) =>
    createTestClient([respond({ error_code: 'SVC.0023', error_msg: 'no svc. for hush-hush' }, 404)], {
      ...(credentials && { credentials }),
      hooks: {
        onRequest: ({ unsignedHeaders }) => {
          unsignedHeaders[name] = value
        },
      },
    })

  test('are not redacted in an error', async () => {
    const error = await catchRejection(createClient('X-Team', 'svc.').client.getJob({ job_id: 'j' }))
    expect(error).toMatchObject({ code: 'SVC.0023', kind: 'not-found' })
    expect(`${error}`).toContain('no svc. for hush-hush')
  })

  test('are redacted in an error if their names are those of secrets', async () => {
    const error = await catchRejection(createClient('X-Other-Token', 'hush-hush').client.getJob({ job_id: 'j' }))
    expect(`${error}`).toContain('no svc. for REDACTED')
  })

  test('do not replace a header of the credentials', async () => {
    const { client, requests } = createClient('x-token', 'other', setHeader('X-Token', 'mine'))
    await catchRejection(client.getJob({ job_id: 'j' }))
    expect(requests[0]?.headers.get('x-token')).toBe('mine')
  })
})

describe('the failure of a custom sender', () => {
  const createClient = (failure: Partial<SendFailure>) => {
    let sent = 0
    const sender: Sender = async () => {
      if (sent++ === 0) return { cause: new Error('lost'), code: 'ELOST', mayHaveHappened: true, ...failure }
      return { status: 200, headers: new HeaderMap(), text: '{}' }
    }
    return createTestClient([], { sender }).client
  }

  test('is temporary if its isTransient is undefined', async () => {
    expect(await catchRejection(createClient({ isTransient: undefined }).createJob({ body: {} }))).toMatchObject({
      isTransient: true,
      mayHaveHappened: true,
    })
    expect(await createClient({ isTransient: undefined }).getJob({ job_id: 'j' })).toEqual({})
  })
})
