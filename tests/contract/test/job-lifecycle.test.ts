import { JobFailedError } from '@jobscope/core'
import { createMock, type Mock, type MockOptions } from '@jobscope/mock'
import { defaultFirst, type JobOperation, services } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createArgs } from '../src/args.ts'
import { packages } from '../src/clients.ts'
import { documents } from '../src/document.ts'
import type { Args } from '../src/files.ts'
import { credentialsByKind, type Method, projectId } from '../src/harness.ts'
import { operations } from '../src/operations.ts'

/** Creates a job of every kind with the real client, and waits for it with the clock of the mock. */

const kinds = services.flatMap(service =>
  Object.entries(documents.get(service)?.['x-jobs'] ?? {}).flatMap(([kind, { operations, ...rules }]) => {
    const [create] = defaultFirst(operations.create)
    const [start] = defaultFirst(operations.start)
    const [cancel] = defaultFirst(operations.cancel)
    return create ? [{ service, kind, create: create.operation, start, cancel, rules }] : []
  }),
)

const toPascalCase = (kind: string): string =>
  kind.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

interface SimulatedJob {
  readonly mock: Mock
  readonly key: Args
  /** Calls an operation that starts or cancels the job. */
  callOperation(call: JobOperation | undefined): Promise<void>
  /** Waits for the job and returns the states that the polls returned. */
  wait(until?: 'ended'): Promise<string[]>
}

async function submit({ service, kind, create }: (typeof kinds)[number], options: MockOptions): Promise<SimulatedJob> {
  const mock = await createMock({ services: [service], ...options })
  onTestFinished(() => mock.close())
  const client = packages[service as keyof typeof packages].create({
    endpoint: mock.url(service),
    projectId: projectId,
    credentials: credentialsByKind.token,
    retry: false,
  }) as unknown as { readonly [name: string]: Method }
  const call = (id: string, args: Args): Promise<unknown> => {
    const method = client[id]
    if (!method) throw new TypeError(`@jobscope/${service} has no method ${id}.`)
    return method(args)
  }
  const operation = operations.find(({ service: name, id }) => name === service && id === create)
  if (!operation) throw new Error(`specs/${service} has no operation ${create}.`)
  await call(create, createArgs(operation))
  const key = mock.jobs.list(`${service}:${kind}`)[0]?.key ?? {}
  return {
    mock,
    key,
    async callOperation(rule) {
      if (!rule) return
      const { parameters = [] } =
        operations.find(({ service: name, id }) => name === service && id === rule.operation) ?? {}
      const named = Object.entries(key).filter(([name]) => parameters.some(parameter => parameter.name === name))
      const body = rule.body !== undefined && { body: fillBody(rule.body, key) }
      await call(rule.operation, { ...Object.fromEntries(named), ...rule.args, ...body })
    },
    async wait(until) {
      const polled: string[] = []
      const onPoll = ({ rawState }: { rawState: string }): void => {
        if (polled.at(-1) !== rawState) polled.push(rawState)
      }
      const wait = client[`waitFor${toPascalCase(kind)}`] as unknown as (
        args: Args,
        options: object,
      ) => Promise<unknown>
      const options = { clock: mock.clock, interval: '1s', maxInterval: '1s', onPoll, ...(until && { until }) }
      await wait(key, options).catch((error: unknown) => {
        if (!(error instanceof JobFailedError)) throw error
        polled.push(error.name)
      })
      return polled
    },
  }
}

function fillBody(pattern: unknown, key: Args): unknown {
  if (Array.isArray(pattern)) return pattern.map(inner => fillBody(inner, key))
  if (typeof pattern === 'object' && pattern !== null) {
    return Object.fromEntries(Object.entries(pattern).map(([name, inner]) => [name, fillBody(inner, key)]))
  }
  if (typeof pattern !== 'string' || !pattern.startsWith('$')) return pattern
  const part = String(key[pattern.slice(1)])
  return /^\d{1,15}$/.test(part) ? Number(part) : part
}

const toStrings = (states: readonly unknown[] = []): string[] => states.map(String)

describe.each(kinds.map(kind => [`${kind.service}:${kind.kind}`, kind] as const))('%s', (_, kind) => {
  const { start, cancel, rules } = kind
  const paths = rules.simulation?.paths

  test('the wait resolves when the job has succeeded, or, if jobs of this kind run until they are stopped, when the job is running', async () => {
    const job = await submit(kind, { scenario: 'run' })
    await job.callOperation(paths?.create && start)
    expect(await job.wait()).toEqual(toStrings(paths?.run))
  })

  test('the wait throws when the job fails', async () => {
    const job = await submit(kind, { scenario: 'fail' })
    await job.callOperation(paths?.create && start)
    const until = rules.endsByItself === false ? 'ended' : undefined
    expect(await job.wait(until)).toEqual([...toStrings(paths?.fail), 'JobFailedError'])
  })

  test('the wait throws when the job is canceled', async () => {
    const job = await submit(kind, { scenario: 'hang' })
    await job.callOperation(paths?.create && start)
    await job.callOperation(cancel)
    expect(await job.wait('ended')).toEqual([...toStrings(paths?.cancel), 'JobFailedError'])
  })
})
