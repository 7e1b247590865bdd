import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Credentials, token } from '@jobscope/core'
import type { ServiceName } from '@jobscope/specs'
import { argsOf } from '../args.ts'
import { packages } from '../clients.ts'
import { type Client, clientOptions } from '../harness.ts'
import type { OperationCase } from '../operations.ts'
import { fateOf } from './plan.ts'
import { randomFor } from './random.ts'
import { type Expected, faultServer } from './server.ts'
import { type Lane, virtualTime } from './time.ts'

export interface Run {
  readonly seed: number
  /** By what the requests go out: the clients' own way, or a `fetch` that they are given. */
  readonly sender: 'own' | 'fetch'
  /** Called in turn. */
  readonly operations: readonly OperationCase[]
  readonly calls: number
  /** Of all attempts, how many fail. */
  readonly rate: number
}

/** How one call went. */
export interface Outcome {
  readonly operation: string
  /** What each of its attempts met. */
  readonly met: readonly (string | undefined)[]
  readonly expected: unknown
  readonly result: { readonly value: unknown } | { readonly error: unknown }
  /** How often the server did what was asked for. */
  readonly done: number
  /** Virtual ms. */
  readonly took: number
}

/** So many calls at a time. */
const width = 32

/** Calls operations of the real clients against a server that fails by plan. Resolves when all calls have ended. */
export async function chaos({
  seed,
  sender,
  operations,
  calls,
  rate,
}: Run): Promise<{ outcomes: Outcome[]; led: number }> {
  const time = virtualTime()
  const expected = new Map<string, Expected>()
  let led = 0
  const other = createServer((_, response) => {
    led++
    response.end('{}')
  })
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const server = await faultServer(time, expected, `http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
  // A port that was free a moment ago, and at which nobody listens now.
  const closed = createServer()
  await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve))
  const nowhere = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise(resolve => closed.close(resolve))

  const outcomes: Outcome[] = []
  let next = 0

  async function work(lane: Lane): Promise<void> {
    /** What the attempts of the call under way are to meet. */
    let current: { call: number; operation: OperationCase; met: (string | undefined)[]; done: number; body: unknown }
    const renewed = token(async () => server.token())
    const credentials: Credentials = {
      ...renewed,
      authorize(request) {
        const { call, operation, met, body } = current
        const attempt = lane.begin()
        const fate = fateOf(seed, call, met.length, rate)
        const key = `${call}.${met.length}`
        met.push(fate.fault)
        expected.set(key, {
          status: operation.successes[0]?.status ?? 200,
          body,
          fault: fate.fault,
          random: randomFor(seed, key),
          done() {
            current.done++
          },
          stalled: is => lane.stalled(attempt, is),
        })
        request.headers.set('X-Chaos', key)
        // What no credentials should do: where the request goes is not theirs to say.
        if (fate.fault === 'refused') Object.assign(request, { url: request.url.replace(server.origin, nowhere) })
        return renewed.authorize(request)
      },
    }
    const clients = Object.fromEntries(
      Object.entries(packages).map(([service, { create }]) => {
        const options = {
          ...clientOptions(service as ServiceName),
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
      current = { call, operation, met: [], done: 0, body }
      const start = time.now()
      lane.call(true)
      const method = clients[operation.service]?.[operation.id]
      const result = await Promise.resolve(method?.(argsOf(operation))).then(
        value => ({ value }),
        (error: unknown) => ({ error }),
      )
      lane.call(false)
      const { met, done } = current
      outcomes.push({
        operation: operation.id,
        met,
        expected: body,
        result,
        done,
        took: Math.round(time.now() - start),
      })
    }
  }

  try {
    const lanes = Array.from({ length: width }, () => time.lane())
    await Promise.all(lanes.map(work))
    return { outcomes, led }
  } finally {
    await Promise.all([server.close(), new Promise(resolve => other.close(resolve))])
  }
}

/** Whether an example can be marked, so that the answer of one call is not that of another. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
