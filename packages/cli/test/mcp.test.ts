import { createMock, type Mock } from '@jobscope/mock'
import { Client as ClientV2 } from '@modelcontextprotocol/client'
import { StdioClientTransport as TransportV2 } from '@modelcontextprotocol/client/stdio'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { bin } from './run-command.ts'
import { startServer } from './start-server.ts'

interface ToolResult {
  readonly isError: boolean
  readonly text: string
  readonly value: { readonly [name: string]: unknown }
}

interface McpClient {
  readonly close: () => Promise<void>
  readonly toolNames: readonly string[]
  readonly call: (name: string, args?: object) => Promise<ToolResult>
}

const versions = {
  'v1 client': { Client: ClientV1, Transport: TransportV1 },
  'v2 client': { Client: ClientV2, Transport: TransportV2 },
} as const

const clients = new Map<string, Promise<McpClient>>()

/** Connects a client, or returns the client of an earlier test, because starting a process takes long. */
function connectClient(
  endpoint: string,
  flags: readonly string[] = [],
  version: keyof typeof versions = 'v2 client',
): Promise<McpClient> {
  const key = [endpoint, ...flags, version].join(' ')
  const client = clients.get(key) ?? startClient(endpoint, flags, version)
  clients.set(key, client)
  return client
}

/** Starts the built command and connects a client of the SDK over stdio. */
async function startClient(
  endpoint: string,
  flags: readonly string[],
  version: keyof typeof versions,
): Promise<McpClient> {
  const { Client, Transport } = versions[version]
  const client = new Client({ name: 'test', version: '1' }) as ClientV2
  const transport = new Transport({
    command: process.execPath,
    args: [bin, 'mcp', ...flags],
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', JOBSCOPE_ENDPOINT: endpoint },
  })
  await client.connect(transport as TransportV2)
  const { tools } = await client.listTools()
  return {
    close: () => client.close(),
    toolNames: tools.map(({ name }) => name),
    async call(name, args = {}) {
      const result = (await client.callTool({ name, arguments: args as { [name: string]: unknown } })) as {
        readonly isError?: boolean
        readonly content: readonly { readonly text: string }[]
        readonly structuredContent?: { readonly [name: string]: unknown }
      }
      return {
        isError: result.isError ?? false,
        text: result.content[0]?.text ?? '',
        value: result.structuredContent ?? {},
      }
    },
  }
}

let mock: Mock
beforeAll(async () => {
  mock = await createMock({ seedJobs: 60 })
})
afterAll(async () => {
  for (const client of clients.values()) await (await client).close()
  await mock.close()
})

/**
 * Finds jobs of the mock in several states. `countChanges` returns the number of requests that have changed something since the call
 * of `readMock`.
 */
function readMock() {
  const findRefs = (kind: string, state: string) =>
    mock.jobs.list(kind).flatMap(job => (job.state === state ? [job.ref] : []))
  const [running] = findRefs('modelarts:visualization', 'running')
  const [otherRunning] = findRefs('dli:flink-job', 'running')
  const [failed] = findRefs('dli:batch', 'failed')
  const [succeeded] = findRefs('dli:sql-job', 'succeeded')
  if (!succeeded || !running || !otherRunning || !failed) throw new Error('The seed has no such jobs.')
  const before = mock.requests.filter(isChange).length
  return {
    succeeded,
    running,
    otherRunning,
    failed,
    countChanges: () => mock.requests.filter(isChange).length - before,
  }
}

const isChange = ({ method }: { readonly method: string }): boolean => method !== 'GET'

const readOnlyTools = [
  'list_jobs',
  'get_job',
  'get_logs',
  'wait_for_jobs',
  'list_job_kinds',
  'find_operations',
  'describe_operation',
  'call_read_only_operation',
]

test.each(['v1 client', 'v2 client'] as const)('lists the tools and reads a job with the %s', async version => {
  const { failed } = readMock()
  const { toolNames, call } = await connectClient(mock.origin, [], version)
  expect(toolNames).toEqual(readOnlyTools)
  const { value } = await call('list_jobs', { state: ['failed'], kind: ['dli:batch'] })
  expect(value).toMatchObject({
    jobs: expect.arrayContaining([expect.objectContaining({ ref: failed })]),
    failures: [],
  })
  expect((await call('get_job', { ref: failed })).value).toMatchObject({ job: { ref: failed, state: 'failed' } })
})

test.each(['v1 client', 'v2 client'] as const)(
  'has no tool that changes something without --allow-write, with the %s',
  async version => {
    const { running, failed, countChanges } = readMock()
    const { call } = await connectClient(mock.origin, [], version)
    await expect(tryCall(call, 'cancel_job', { ref: running })).resolves.toContain('cancel_job')
    const { isError, text } = await call('call_read_only_operation', {
      operation: 'cancelBatch',
      arguments: { batch_id: failed.split(':')[2] },
    })
    expect({ isError, text }).toEqual({ isError: true, text: expect.stringContaining('cancelBatch changes something') })
    expect(countChanges()).toBe(0)
  },
)

/** Returns the error message if a call is refused. The message is in an error of the protocol or in the result of the call. */
const tryCall = (call: McpClient['call'], name: string, args: object): Promise<string> =>
  call(name, args).then(
    ({ isError, text }) => (isError ? text : 'accepted'),
    (error: Error) => error.message,
  )

test('cancels a job only after the plan was confirmed, and executes each plan only once', async () => {
  const { running: ref, otherRunning, countChanges } = readMock()
  const { toolNames, call } = await connectClient(mock.origin, ['--allow-write'])
  expect(toolNames).toEqual([...readOnlyTools, 'cancel_job', 'retry_job', 'submit_job', 'call_operation'])
  const { value: plan } = await call('cancel_job', { ref })
  expect(plan).toMatchObject({ executed: false, plan: { action: 'cancel', ref, state: 'running' } })
  const { confirm } = plan
  const wrong = await call('cancel_job', { ref: otherRunning, confirm })
  expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('with other arguments') })
  expect((await call('cancel_job', { ref, confirm: 'yes' })).isError).toBe(true)
  expect(countChanges()).toBe(0)
  const { value } = await call('cancel_job', { ref, confirm })
  expect(value).toEqual({ executed: true, ref, cancellationRequested: true })
  expect((await call('cancel_job', { ref, confirm })).isError).toBe(true)
  expect(countChanges()).toBe(1)
})

test('the plan of a cancellation says whether the job has already ended', async () => {
  const { running, otherRunning: ref } = readMock()
  const { call } = await connectClient(mock.origin, ['--allow-write'])
  expect((await call('cancel_job', { ref: running })).value['plan']).not.toHaveProperty('hasEnded')
  const ended = mock.jobs.list().find(({ ref: each, finishedAt }) => finishedAt !== undefined && each !== ref)
  const { value } = await call('cancel_job', { ref: ended?.ref })
  expect(value['plan']).toMatchObject({
    hasEnded: true,
    note: expect.stringMatching(/ has already ended \(\w+\)\. A confirmation sends no cancellation\.$/),
  })
})

test('does not send a confirmed cancellation if the job has ended since the plan', async () => {
  const { otherRunning: ref, countChanges } = readMock()
  const { call } = await connectClient(mock.origin, ['--allow-write'])
  const { value: plan } = await call('cancel_job', { ref })
  mock.jobs.setScenario(ref, ['job_finish'])
  const { value } = await call('cancel_job', { ref, confirm: plan['confirm'] })
  expect(value).toEqual({ executed: true, ref, cancellationRequested: false, state: 'succeeded' })
  expect(countChanges()).toBe(0)
})

test('submits a job from a confirmed plan, and retries it', async () => {
  const { countChanges } = readMock()
  const { call } = await connectClient(mock.origin, ['--allow-write'])
  const invalid = await call('submit_job', { kind: 'dli:batch', body: { file: 'obs://b/a.jar', classname: 'A' } })
  expect(invalid).toMatchObject({ isError: true, text: expect.stringContaining('Did you mean className?') })
  const submission = { kind: 'dli:batch', body: { file: 'obs://b/a.jar', className: 'A' } }
  const { value: plan } = await call('submit_job', submission)
  expect(countChanges()).toBe(0)
  const { value } = await call('submit_job', { ...submission, confirm: plan['confirm'] })
  const { ref } = value
  expect(ref).toMatch(/^dli:batch:/)
  const { value: retryPlan } = await call('retry_job', { ref })
  expect(retryPlan['plan']).toMatchObject({ ref, body: submission.body })
  expect(countChanges()).toBe(1)
  const { value: retried } = await call('retry_job', { ref, confirm: retryPlan['confirm'] })
  expect(retried).toEqual({ executed: true, ref: expect.stringMatching(/^dli:batch:/), retryOf: ref })
  expect(retried['ref']).not.toBe(ref)
  expect(countChanges()).toBe(2)
})

test('waits for a job that has ended', async () => {
  const { succeeded: ref } = readMock()
  const { call } = await connectClient(mock.origin)
  const { value } = await call('wait_for_jobs', { refs: [ref] })
  expect(value).toMatchObject({ hasEnded: true, jobs: [{ ref, state: 'succeeded' }] })
})

test('reads the last lines of a log', async () => {
  const { failed: ref } = readMock()
  const { call } = await connectClient(mock.origin)
  const { value } = await call('get_logs', { ref, tail: 2 })
  expect(value).toMatchObject({ ref, lines: { length: 2 } })
  expect(value['omittedLines']).toBeGreaterThan(0)
})

test('finds, describes and calls a read-only operation', async () => {
  const { call } = await connectClient(mock.origin)
  const { value: found } = await call('find_operations', { text: 'list templates', service: 'dli' })
  expect(found['operations']).toContainEqual(
    expect.objectContaining({ operation: 'dli.listFlinkTemplates', isReadOnly: true }),
  )
  expect((await call('describe_operation', { operation: 'dli.getBatch' })).value).toMatchObject({ method: 'GET' })
  expect((await call('call_read_only_operation', { operation: 'listFlinkTemplates' })).value).toHaveProperty('response')
})

test('rejects operations of IAM, because some of them create credentials', async () => {
  const { call } = await connectClient('http://127.0.0.1:9')
  const { isError, text } = await call('call_read_only_operation', { operation: 'createToken' })
  expect({ isError, text }).toEqual({ isError: true, text: expect.stringContaining('operation of iam') })
})

test('reports arguments that the schema of a tool does not allow, and a service that is unreachable', async () => {
  const { call } = await connectClient('http://127.0.0.1:9')
  expect(await tryCall(call, 'list_jobs', { state: ['runing'] })).toContain('allowed values')
  const text = await tryCall(call, 'get_job', { ref: 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e' })
  expect(text).toContain('ECONNREFUSED')
})

/** Disables all timers of 10 s or more, so that requests have no timeout. Then only a cancellation stops a request. */
const disableLongTimers = `const { setTimeout } = globalThis
globalThis.setTimeout = (callback, ms, ...args) => setTimeout(ms < 10_000 ? callback : () => {}, ms, ...args)`

test('stops the requests of a call that the client cancels', async () => {
  const received = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<void>()
  const endpoint = await startServer((_, response) => {
    response.once('close', stopped.resolve)
    received.resolve()
  })
  const client = new ClientV2({ name: 'test', version: '1' })
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nowhere',
    JOBSCOPE_ENDPOINT: endpoint,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(disableLongTimers)}`,
  }
  await client.connect(new TransportV2({ command: process.execPath, args: [bin, 'mcp'], env }))
  onTestFinished(() => client.close())
  const cancellation = new AbortController()
  const call = client.callTool({ name: 'list_jobs', arguments: {} }, { signal: cancellation.signal })
  await received.promise
  cancellation.abort()
  await expect(call).rejects.toThrow()
  await stopped.promise
})
