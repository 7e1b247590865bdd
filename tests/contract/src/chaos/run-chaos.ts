import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Credentials, token } from '@jobscope/core'
import type { ServiceName } from '@jobscope/specs'
import { createArgs } from '../args.ts'
import { packages } from '../clients.ts'
import { type Client, getClientOptions } from '../harness.ts'
import type { OperationCase } from '../operations.ts'
import { chooseFault, connectionRefused } from './choose-fault.ts'
import { type ExpectedRequest, startFaultServer } from './fault-server.ts'
import { createRandom } from './random.ts'
import { createVirtualTime, type Lane } from './virtual-time.ts'

export interface ChaosOptions {
  readonly seed: number
  /** Whether the clients use their default sender or the option `fetch`. */
  readonly sender: 'default' | 'fetch'
  /** The operations that the calls use in turn. */
  readonly operations: readonly OperationCase[]
  readonly calls: number
  /** The share of attempts with a fault. */
  readonly rate: number
}

/** The result of one call. */
export interface Outcome {
  readonly operation: string
  /** The fault of each attempt. */
  readonly faults: readonly (string | undefined)[]
  readonly expected: unknown
  readonly result: { readonly value: unknown } | { readonly error: unknown }
  /** How often the server processed the request. */
  readonly executions: number
  /** Duration in virtual milliseconds. */
  readonly duration: number
}

/** Number of concurrent calls. */
const concurrency = 32

/** Calls operations with real clients while the server injects faults. Resolves when all calls have completed. */
export async function runChaos({
  seed,
  sender,
  operations,
  calls,
  rate,
}: ChaosOptions): Promise<{ outcomes: Outcome[]; redirected: number }> {
  const time = createVirtualTime()
  const expected = new Map<string, ExpectedRequest>()
  let redirected = 0
  const redirectTarget = createServer((_, response) => {
    redirected++
    response.end('{}')
  })
  await new Promise<void>(resolve => redirectTarget.listen(0, '127.0.0.1', resolve))
  const server = await startFaultServer(
    time,
    expected,
    `http://127.0.0.1:${(redirectTarget.address() as AddressInfo).port}/`,
  )
  // Finds a port on which no server listens, by opening a server on a free port and closing it at once.
  const closed = createServer()
  await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve))
  const closedOrigin = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise(resolve => closed.close(resolve))

  const outcomes: Outcome[] = []
  let next = 0

  async function work(lane: Lane): Promise<void> {
    /** The current call. */
    let current: {
      call: number
      operation: OperationCase
      faults: (string | undefined)[]
      executions: number
      body: unknown
    }
    const currentToken = token(async () => server.token())
    const credentials: Credentials = {
      ...currentToken,
      authorize(request) {
        const { call, operation, faults, body } = current
        const attempt = lane.beginAttempt()
        const fault = chooseFault({ seed, call, attempt: faults.length }, rate)
        const key = `${call}.${faults.length}`
        faults.push(fault)
        expected.set(key, {
          status: operation.successes[0]?.status ?? 200,
          body,
          fault,
          random: createRandom(seed, key),
          execute() {
            current.executions++
          },
          setStalled: stalled => lane.setStalled(attempt, stalled),
        })
        request.headers.set('X-Chaos', key)
        // The test changes the URL so that the connection is refused. In production, credentials must not change the URL.
        if (fault === connectionRefused)
          Object.assign(request, { url: request.url.replace(server.origin, closedOrigin) })
        return currentToken.authorize(request)
      },
    }
    const clients = Object.fromEntries(
      Object.entries(packages).map(([service, { create }]) => {
        const options = {
          ...getClientOptions(service as ServiceName),
          clock: lane.clock,
          credentials,
          fetch: sender === 'fetch' ? fetch : undefined,
        }
        return [service, create({ ...options, endpoint: server.origin } as never) as object as Client]
      }),
    )
    while (next < calls) {
      const call = next++
      const operation = operations[call % operations.length] as OperationCase
      const example = operation.successes.find(({ value }) => isObject(value))?.value as object
      const body = { ...example, 'x-call': call }
      current = { call, operation, faults: [], executions: 0, body }
      const start = time.now()
      lane.setRunning(true)
      const method = clients[operation.service]?.[operation.id]
      const result = await Promise.resolve(method?.(createArgs(operation))).then(
        value => ({ value }),
        (error: unknown) => ({ error }),
      )
      lane.setRunning(false)
      const { faults, executions } = current
      outcomes.push({
        operation: operation.id,
        faults,
        expected: body,
        result,
        executions,
        duration: Math.round(time.now() - start),
      })
    }
  }

  try {
    const lanes = Array.from({ length: concurrency }, () => time.createLane())
    await Promise.all(lanes.map(work))
    return { outcomes, redirected }
  } finally {
    await Promise.all([server.close(), new Promise(resolve => redirectTarget.close(resolve))])
  }
}

/** Whether an example is an object. The property that identifies the response of a call can be added only to an object. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
