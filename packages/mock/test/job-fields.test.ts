import { readPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, type Mock, virtualClock } from '../src/index.ts'
import { bundles, operations } from './spec-operations.ts'
import { createRequest, type RequestValues } from './spec-requests.ts'

/** Tests that a list and the operation that gets a job return the same values of the job. Nothing here depends on a specific service. */

// The test leaves out kinds without an operation that gets a job: only the list returns their values, so there is nothing to compare.
const kinds = [...bundles].flatMap(([service, bundle]) =>
  Object.entries(bundle['x-jobs'] ?? {}).flatMap(([name, rules]) =>
    rules.operations.get.find ? [] : [{ service, ref: `${service}:${name}`, rules }],
  ),
)

const START = 1_800_000_000_000
const HOUR = 3_600_000

type Kind = (typeof kinds)[number]

async function call(mock: Mock, service: string, id: string, values: RequestValues): Promise<unknown> {
  const operation = operations.get(`${service}.${id}`)
  if (!operation) throw new Error(`There is no operation ${id}.`)
  const response = await fetch(createRequest(mock.url(service), operation, values))
  expect([id, response.status]).toEqual([id, 200])
  return response.json()
}

/** The names of the values that both the list and the single job have, with their pointers. */
const getPointers = ({ rules: { fields, queue, resources, key } }: Kind): Record<string, string> => ({
  ...key,
  ...fields,
  ...(queue !== undefined && { queue }),
  ...resources,
})

async function listJobs(mock: Mock, kind: Kind): Promise<readonly unknown[]> {
  const { operations, list } = kind.rules
  if (!operations.list) return []
  const [[each, values] = ['', [undefined]]] = Object.entries(list?.each ?? {})
  const pages = [values].flat().map(async value => {
    const body = await call(mock, kind.service, operations.list?.operation ?? '', { ...list?.args, [each]: value })
    return readPointer(body, operations.list?.at ?? '') as unknown[]
  })
  return (await Promise.all(pages)).flat()
}

describe.each(kinds.map(kind => [kind.ref, kind] as const))('%s', (_, kind) => {
  test('at any time, the list and the get operation return the same values of a job', async () => {
    const mock = await createMock({ services: [kind.service], seedJobs: 150, clock: virtualClock(START) })
    onTestFinished(() => mock.close())
    const { rules, service } = kind
    const compared = new Set<string>()
    for (let hour = 0; hour < 3; hour++) {
      const listed = await listJobs(mock, kind)
      expect(listed.length).toBeGreaterThan(5)
      for (const item of listed) {
        const key = Object.fromEntries(Object.entries(rules.key).map(([name, at]) => [name, readPointer(item, at)]))
        const job = readPointer(await call(mock, service, rules.operations.get.operation, key), rules.operations.get.at)
        const shared = Object.entries(getPointers(kind)).filter(
          ([, at]) => readPointer(item, at) !== undefined && readPointer(job, at) !== undefined,
        )
        const read = (from: unknown) => Object.fromEntries(shared.map(([name, at]) => [name, readPointer(from, at)]))
        expect(read(item)).toEqual(read(job))
        for (const [name] of shared) compared.add(name)
      }
      mock.clock.advance(HOUR)
    }
    expect([...compared]).toEqual(expect.arrayContaining(['state', ...Object.keys(rules.key)]))
  })
})

test('lists sort by the durations that the jobs have at the time of the request', async () => {
  const mock = await createMock({ services: ['dli'], seedJobs: 300, clock: virtualClock(START) })
  onTestFinished(() => mock.close())
  for (let hour = 0; hour < 3; hour++) {
    const body = await call(mock, 'dli', 'listBatches', { order: 'DURATION_DESC', page_size: 100 })
    const durations = (body as { sessions: { duration: number }[] }).sessions.map(({ duration }) => duration)
    expect(durations).toHaveLength(100)
    expect(durations).toEqual(durations.toSorted((a, b) => b - a))
    mock.clock.advance(HOUR / 4)
  }
})
