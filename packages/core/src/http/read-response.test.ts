import { describe, expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import { catchRejection, createFetchError, createTestClient, respond } from '../../test/test-client.ts'

const ok = { id: 'j' }
const createBrokenResponse = () =>
  new Response(
    new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode('{"id":')),
      pull: controller => controller.error(createFetchError('UND_ERR_SOCKET')),
    }),
  )

describe('a response that the API does not define', () => {
  test.each(['', '<html>', '{"id":'])(
    'makes a creation fail with an error whose mayHaveHappened is true, and without a retry: %j',
    async text => {
      const { client, requests } = createTestClient([new Response(text)])
      expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({
        name: 'ResponseError',
        status: 200,
        mayHaveHappened: true,
      })
      expect(requests).toHaveLength(1)
    },
  )

  test.each([101, 0])('makes a call fail at once if the status of the response is not final: %i', async status => {
    const response = Object.defineProperty(new Response(), 'status', { value: status })
    const { client, requests } = createTestClient([response])
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'ResponseError', status })
    expect(requests).toHaveLength(1)
  })

  test('makes a call retry according to the status if the status is a failure and the body is cut off', async () => {
    const cutOff = Object.defineProperty(createBrokenResponse(), 'status', { value: 429 })
    const { client } = createTestClient([cutOff, respond(ok)])
    expect(await client.createJob({ body: {} })).toEqual(ok)
  })

  test('makes a call fail with an error that contains the status if the body of a successful response is cut off', async () => {
    const { client } = createTestClient([createBrokenResponse()])
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({
      name: 'NetworkError',
      status: 200,
      mayHaveHappened: true,
      message: 'createJob: The response from svc.test broke off (HTTP 200, UND_ERR_SOCKET)',
    })
  })
})

describe('a 200 whose body has an error code', () => {
  test.each([
    { error_code: 'SVC.0023', error_msg: 'no such job' },
    { error_code: 'SVC.0023' },
    { error: { code: 'SVC.0023', message: 'no such job' } },
  ])('is an ApiError if the body has only the fields of an error: %j', async body => {
    const { client } = createTestClient([respond(body)])
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({
      name: 'ApiError',
      status: 200,
      code: 'SVC.0023',
      kind: 'not-found',
    })
  })

  test.each([
    { error_code: 'SVC.0023', error_msg: 'no such queue', sessions: [] },
    { error_code: 'SVC.0023', sessions: null, total: 0, name: '', details: {} },
  ])('is an ApiError if all other fields are empty: %j', async body => {
    const { client } = createTestClient([respond(body)])
    expect(await catchRejection(client.listJobs())).toMatchObject({ name: 'ApiError', code: 'SVC.0023' })
  })

  test.each([
    [{ error_code: 'SVC.0023', error_msg: 'no such job' }],
    [{ id: 'j' }, { error_code: 'SVC.0023', error_msg: 'no such job' }],
    [{ is_success: true }, { is_success: 'False', error_code: 'SVC.0023', error_msg: 'no such job' }],
  ])('is an ApiError if an item of the body reports a failure: %j, %j', async (...items) => {
    const { client } = createTestClient([respond(items)])
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({
      name: 'ApiError',
      code: 'SVC.0023',
      message: 'createJob: SVC.0023 no such job (HTTP 200)',
      body: items,
    })
  })

  test.each([
    { error_code: 'SVC.0023', state: 'failed' },
    { error_code: '200', sessions: [] },
    { error_msg: '' },
    { error_code: '' },
    { error_code: '', sessions: [] },
    {},
  ])('is a success if the body has other fields or no code: %j', async body => {
    const { client } = createTestClient([respond(body)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(body)
  })
})

describe('maxResponseBytes', () => {
  const createEndlessResponse = (status: number, onCancel: () => void) => {
    const body = new ReadableStream({
      pull: controller => controller.enqueue(new Uint8Array(1024).fill(32)),
      cancel: onCancel,
    })
    return new Response(body, { status })
  }

  test('does not affect retries: a 503 with a larger body is repeated', async () => {
    const large = () => respond({ text: 'x'.repeat(100) }, 503)
    const { client, requests } = createTestClient([large(), respond(ok)], { maxResponseBytes: 50 })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests).toHaveLength(2)
  })

  test.each([200, 302])(
    'rejects a larger body with a ResponseError and does not repeat the request: HTTP %i',
    async status => {
      const { client, requests } = createTestClient(
        [
          (_, { signal }) => {
            const response = createEndlessResponse(status, () => {})
            signal?.addEventListener('abort', () => response.body?.cancel().catch(() => {}))
            return response
          },
        ],
        { maxResponseBytes: 10_000 },
      )
      expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({
        name: 'ResponseError',
        status,
        isTransient: false,
        message: `getJob: The response body is too large (HTTP ${status}). Increase maxResponseBytes.`,
      })
      expect(requests).toHaveLength(1)
    },
  )

  test('allows a body of exactly maxResponseBytes', async () => {
    const { client } = createTestClient([respond(ok)], { maxResponseBytes: JSON.stringify(ok).length })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
  })

  test.each([1, 500 * 2 ** 20])('can be %i', maxResponseBytes => {
    expect(() => createTestClient([], { maxResponseBytes })).not.toThrow()
  })

  test.each([0, -1, 1.5, Number.NaN, 500 * 2 ** 20 + 1, 2 ** 30, '1 MB' as never])('cannot be %s', maxResponseBytes => {
    expect(() => createTestClient([], { maxResponseBytes })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', option: 'maxResponseBytes' }),
    )
  })
})

describe('a large body', () => {
  const length = 1_048_577

  test('is not parsed if the status is a failure: the error contains the start of the text', async () => {
    const text = JSON.stringify({ error_code: 'SVC.1', error_msg: 'x'.repeat(length) })
    const { client } = createTestClient([new Response(text, { status: 400 })])
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({
      code: '400',
      message: 'getJob: HTTP 400',
      body: text.slice(0, length - 2),
    })
  })

  test('does not prevent the abort of a call while it is parsed', async () => {
    const controller = new AbortController()
    const parse = (text: string) => {
      // Stands for the timer of a caller that is due while the body is parsed.
      setImmediate(() => controller.abort('enough'))
      return JSON.parse(text)
    }
    const definition = { ...service, json: { parse, stringify: JSON.stringify } }
    const { client } = createTestClient([respond({ text: 'x'.repeat(length) })], {}, definition)
    expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('enough')
  })
})

describe('a successful response without the data that the spec declares', () => {
  const operations = {
    ...service.operations,
    createJob: ['POST /v1/{project_id}/jobs', { returns: ['/job/id'] }],
    stopJobs: ['POST /v1/{project_id}/jobs/stop', { returns: ['/is_success'] }],
    previewLog: ['GET /v1/{project_id}/log', { empty: 204 }],
  } as const
  type Call = (args?: object) => Promise<unknown>
  const createStrictClient = (response: Response) => {
    const created = createTestClient([response], { retry: false }, { ...service, operations })
    return created.client as unknown as Record<keyof typeof operations, Call>
  }
  const invalid = { name: 'ResponseError', mayHaveHappened: true, isTransient: true }

  test.each([204, 205])('is an error if a creation gets the undeclared status %i', async status => {
    const client = createStrictClient(new Response(null, { status }))
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({ ...invalid, status })
  })

  test('is an error if a list gets a 204', async () => {
    const client = createStrictClient(new Response(null, { status: 204 }))
    expect(await catchRejection(client.listJobs())).toMatchObject({ ...invalid, status: 204 })
  })

  test.each(['null', 'false', '7', '"created"'])('is an error if the body is not an object: %s', async text => {
    expect(await catchRejection(createStrictClient(new Response(text)).getJob({ job_id: 'j' }))).toMatchObject(invalid)
  })

  test.each([[null], [{}], [[]], [false], [{ job: {} }], [{ job: { id: '' } }], [{ job: { id: {} } }]])(
    'is an error if a creation returns no ID: %j',
    async body => {
      expect(await catchRejection(createStrictClient(respond(body)).createJob({ body: {} }))).toMatchObject({
        ...invalid,
        message: 'createJob: The response body lacks data that the API always returns (HTTP 200).',
      })
    },
  )

  test.each([{ job: { id: 'j' } }, { job: { id: 0 } }])('does not include an ID: %j', async body => {
    expect(await createStrictClient(respond(body)).createJob({ body: {} })).toEqual(body)
  })

  test.each([[null], [{}], [[]], [[{}]], [[null]]])(
    'is an error if a bulk action returns no result: %j',
    async body => {
      expect(await catchRejection(createStrictClient(respond(body)).stopJobs({ body: {} }))).toMatchObject(invalid)
    },
  )

  test.each([[[{ is_success: 'true' }]], [{ is_success: true }]])(
    'does not include the result of a bulk action: %j',
    async body => {
      expect(await createStrictClient(respond(body)).stopJobs({ body: {} })).toEqual(body)
    },
  )

  test('is an ApiError if the response reports a failure', async () => {
    const client = createStrictClient(respond({ is_success: false, error_code: 'SVC.0023' }))
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({ name: 'ApiError', kind: 'not-found' })
  })

  test('is a success if the spec declares the status without a body', async () => {
    expect(await createStrictClient(new Response(null, { status: 204 })).previewLog()).toBeUndefined()
    expect(await catchRejection(createStrictClient(new Response('')).previewLog())).toMatchObject(invalid)
    expect(await createStrictClient(new Response(null, { status: 202 })).deleteJob({ job_id: 'j' })).toBeUndefined()
  })
})
