import { describe, expect, test } from 'vitest'
import { type Methods, service } from '../../test/service.ts'
import { catchRejection, createFetchError, createTestClient, noCredentials, respond } from '../../test/test-client.ts'
import { ApiError, isApiError } from '../errors/api-error.ts'
import { isJobscopeError } from '../errors/jobscope-error.ts'
import { createClient } from './client.ts'

const ok = { id: 'j' }

describe('a method', () => {
  test('sends arguments in the path, the query and the body', async () => {
    const { client, requests } = createTestClient([respond(ok), respond(ok)])
    await client.listJobs({ 'page-size': 10, status: 'a b&c', absent: undefined })
    await client.createJob({ body: { name: 'x' }, dry_run: true })
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://svc.test/v1/p1/jobs?page-size=10&status=a%20b%26c',
      body: '',
    })
    expect(requests[1]).toMatchObject({
      method: 'POST',
      url: 'https://svc.test/v1/p1/jobs?dry_run=true',
      body: '{"name":"x"}',
    })
  })

  test.each(['createJob', 'uploadJar'] as const)('sends no body if the call passes no body: %s', async operation => {
    const { client, requests } = createTestClient([respond({ error_code: 'SVC.1' }, 400)])
    await expect(client[operation]()).rejects.toThrow('HTTP 400')
    expect([requests[0]?.body, requests[0]?.headers.get('content-type')]).toEqual(['', null])
  })

  test('uses the project of the client, unless the call sets another project', async () => {
    const { client, requests } = createTestClient([respond(ok), respond(ok)])
    await client.getJob({ job_id: 7 })
    await client.getJob({ job_id: 7, project_id: 'p2' })
    expect(requests.map(({ url }) => url)).toEqual(['https://svc.test/v1/p1/jobs/7', 'https://svc.test/v1/p2/jobs/7'])
  })

  test('sends the project of the call in the header X-Project-Id', async () => {
    const { client, requests } = createTestClient([respond(ok), respond(ok)])
    await client.getJob({ job_id: 7 })
    await client.getJob({ job_id: 7, project_id: 'p2' })
    expect(requests.map(({ headers }) => headers.get('x-project-id'))).toEqual(['p1', 'p2'])
  })

  test('rejects a call without a project, and suggests passing the project to the call or the client', async () => {
    const { client, requests } = createTestClient([], { projectId: undefined })
    await expect(client.getJob({ job_id: 7 })).rejects.toThrow(
      'getJob: path parameter project_id is missing or invalid. Pass it to the call or client.',
    )
    expect(requests).toHaveLength(0)
  })

  test('sends no project for an operation without the parameter project_id', async () => {
    const { client, requests } = createTestClient([respond(ok)], { projectId: undefined })
    await client.listProjects({ name: 'eu-de' })
    expect(requests[0]?.url).toBe('https://svc.test/v3/projects?name=eu-de')
    expect(requests[0]?.headers.has('x-project-id')).toBe(false)
  })

  test('uses other path parameters of the client, unless the call sets them', async () => {
    const urls: string[] = []
    const fetch = async (url: unknown) => {
      urls.push(`${url}`)
      return respond(ok)
    }
    const options = {
      endpoint: 'https://svc.test',
      projectId: 'p1',
      credentials: noCredentials,
      fetch: fetch as typeof globalThis.fetch,
    }
    const client = createClient<Methods, object>(service, options, { workspace_id: 'w1' })
    await client.listInstances()
    await client.listInstances({ workspace_id: 'w2' })
    expect(urls.map(url => url.slice(16))).toEqual(['/v2/p1/workspaces/w1/jobs', '/v2/p1/workspaces/w2/jobs'])
  })

  test('percent-encodes path parameters', async () => {
    const { client, requests } = createTestClient([respond(ok)])
    await client.getJob({ job_id: 'a/b?c=d#e é' })
    expect(requests[0]?.url).toBe('https://svc.test/v1/p1/jobs/a%2Fb%3Fc%3Dd%23e%20%C3%A9')
  })

  test.each([undefined, null, '', '.', '..', {}, []])(
    'rejects the path parameter %j and sends nothing',
    async job_id => {
      const { client, requests } = createTestClient([])
      await expect(client.deleteJob({ job_id: job_id as never })).rejects.toMatchObject({
        name: 'ArgumentError',
        operation: 'deleteJob',
        parameter: 'job_id',
        message: 'deleteJob: path parameter job_id is missing or invalid. Pass it to the call.',
      })
      expect(requests).toHaveLength(0)
    },
  )

  const loop: { self?: object } = {}
  loop.self = loop

  test.each<
    [parameter: string, operation: 'getJob' | 'listJobs' | 'createJob' | 'uploadJar', args: Record<string, unknown>]
  >([
    ['job_id', 'getJob', { job_id: '\ud800' }],
    ['job_id', 'getJob', { job_id: Symbol('j') }],
    ['project_id', 'getJob', { job_id: 'j', project_id: 'a\nb' }],
    ['status', 'listJobs', { status: '\udc00' }],
    ['owner', 'listJobs', { owner: Object.create(null) }],
    ['body', 'createJob', { body: loop }],
    ['body', 'createJob', { body: 1n }],
    ['body', 'uploadJar', { body: null }],
  ])(
    'rejects an argument that cannot be sent with an error that names the argument: %s of %s',
    async (parameter, operation, args) => {
      const { client, requests } = createTestClient([])
      const error = await catchRejection(client[operation](args as never))
      expect(error).toMatchObject({ name: 'ArgumentError', operation, parameter })
      expect(requests).toHaveLength(0)
    },
  )

  test.each(['Content-Length', 'host', 'Transfer-Encoding', 'a b', ''])('rejects the header %j', async name => {
    const { client, requests } = createTestClient([])
    const error = await catchRejection(client.getJob({ job_id: 'j' }, { headers: { [name]: '1' } }))
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      option: `headers.${name}`,
      message: `header ${JSON.stringify(name)} cannot be set`,
    })
    expect(requests).toHaveLength(0)
  })

  test('sends additional headers', async () => {
    const { client, requests } = createTestClient([respond(ok)])
    await client.getJob({ job_id: 'j' }, { headers: { 'X-Language': 'en-us' } })
    expect(requests[0]?.headers.get('x-language')).toBe('en-us')
  })

  test.each([204, 200])('resolves to undefined for an empty response body (HTTP %i)', async status => {
    const { client } = createTestClient([new Response(null, { status })])
    expect(await client.deleteJob({ job_id: 'j' })).toBeUndefined()
  })

  test('rejects a response that is HTML', async () => {
    const { client } = createTestClient([new Response('<html>login</html>')])
    await expect(client.getJob({ job_id: 'j' }, { retry: false })).rejects.toMatchObject({
      name: 'ResponseError',
      status: 200,
    })
  })
})

describe('errors', () => {
  test('throws an ApiError for a failure, with everything that identifies it', async () => {
    const { client } = createTestClient([
      respond({ error_code: 'SVC.0023', error_msg: 'No such job.' }, 400, { 'x-request-id': 'r-1' }),
    ])
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      status: 400,
      code: 'SVC.0023',
      kind: 'not-found',
      requestId: 'r-1',
      operation: 'getJob',
    })
    expect(`${error}`).toBe('ApiError: getJob: SVC.0023 No such job. (HTTP 400, request ID r-1)')
  })

  test.each([false, 'false'])('treats is_success: %j with HTTP 200 as a failure', async is_success => {
    const { client } = createTestClient([respond({ is_success, error_code: 'SVC.1', error_message: 'no' })])
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({
      status: 200,
      code: 'SVC.1',
      kind: 'invalid',
    })
  })

  test('treats is_success: true as a success', async () => {
    const { client } = createTestClient([respond({ is_success: true })])
    expect(await client.getJob({ job_id: 'j' })).toEqual({ is_success: true })
  })

  test('errors are serialized with everything that identifies the failure, but without the body', async () => {
    const { client } = createTestClient([respond({ error_code: 'SVC.1', error_msg: 'no', password: 'hunter2' }, 400)])
    const text = JSON.stringify(await catchRejection(client.getJob({ job_id: 'j' })))
    expect(JSON.parse(text)).toMatchObject({ name: 'ApiError', code: 'SVC.1', status: 400, operation: 'getJob' })
    expect(text).not.toContain('hunter2')
  })

  test('guards recognize errors and reject other values', async () => {
    const api = await catchRejection(createTestClient([respond({}, 400)]).client.getJob({ job_id: 'j' }))
    const network = await catchRejection(
      createTestClient([createFetchError('ECONNRESET')]).client.getJob({ job_id: 'j' }, { retry: false }),
    )
    expect([isApiError(api), isJobscopeError(api)]).toEqual([true, true])
    expect([isApiError(network), isJobscopeError(network)]).toEqual([false, true])
    for (const other of [new Error('x'), undefined, null, 'text', {}]) expect(isJobscopeError(other)).toBe(false)
  })
})

describe('http', () => {
  test('returns failures instead of throwing them', async () => {
    const { client, requests } = createTestClient([respond({}, 503), respond({ error_code: 'SVC.1' }, 400)])
    const params = { path: { project_id: 'p1', job_id: 'j' } }
    const { data, error, response } = await client.http.GET('/v1/{project_id}/jobs/{job_id}', { params })
    expect(data).toBeUndefined()
    expect(error).toEqual({ error_code: 'SVC.1' })
    expect(response.status).toBe(400)
    expect(requests[1]?.headers.get('x-project-id')).toBe('p1')
  })

  test('returns the body of a successful response', async () => {
    const { client } = createTestClient([respond(ok)])
    const { data } = await client.http.GET('/v1/{project_id}/jobs/{job_id}', {
      params: { path: { project_id: 'p', job_id: 'j' } },
    })
    expect(data).toEqual(ok)
  })

  test('runs middleware only for raw calls that are made while the middleware is registered', async () => {
    const { client, requests } = createTestClient([respond(ok), respond(ok), respond(ok)])
    const params = { path: { project_id: 'p', job_id: 'j' } }
    const middleware = {
      onRequest: ({ request }: { request: Request }) => request.headers.set('X-Language', 'en-us'),
    }
    client.http.use(middleware as never)
    const first = client.http.GET('/v1/{project_id}/jobs/{job_id}', { params })
    client.http.eject(middleware as never)
    await first
    await client.http.GET('/v1/{project_id}/jobs/{job_id}', { params })
    client.http.use(middleware as never)
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-language'))).toEqual(['en-us', null, null])
  })

  test('sends a form', async () => {
    const { client, requests } = createTestClient([respond(ok)])
    const body = new FormData()
    body.set('name', 'x')
    await (client.http as never as { POST(path: string, init: object): Promise<unknown> }).POST('/v1/p/jars', { body })
    expect(requests[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
    expect(requests[0]?.body).toContain('name="name"\r\n\r\nx')
  })

  test('rejects a raw call if its signal aborts', async () => {
    const { client } = createTestClient(['hang'])
    const controller = new AbortController()
    const params = { path: { project_id: 'p', job_id: 'j' } }
    const call = catchRejection(
      client.http.GET('/v1/{project_id}/jobs/{job_id}', { params, signal: controller.signal }),
    )
    controller.abort('mine')
    expect(await call).toBe('mine')
  })
})

describe('options', () => {
  const options = { region: 'eu-de', projectId: 'p', credentials: noCredentials }

  test.each([
    ['credentials', { ...options, credentials: undefined as never }, 'credentials are missing'],
    ['credentials', { ...options, credentials: {} as never }, 'credentials are missing'],
    [
      'projectId',
      { ...options, projectId: 'a\nX-Evil: 1' },
      'projectId is missing or contains spaces or other invalid characters',
    ],
    ['region', { ...options, region: undefined }, 'region is missing. Use an ID such as `eu-de`.'],
  ])('rejects missing %s', (option, invalid, message) => {
    const error = expect.objectContaining({ name: 'ConfigurationError', option, message })
    expect(() => createClient(service, invalid)).toThrow(error)
  })

  test('rejects a timeout that is not a duration', async () => {
    const { client } = createTestClient([], { timeout: '1 day' as never })
    await expect(client.getJob({ job_id: 'j' })).rejects.toThrow(
      'timeout is `1 day` but must be a positive duration such as `30s`',
    )
  })
})
