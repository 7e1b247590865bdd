import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Watcher } from '../src/index.ts'
import { startHttpServer } from '../src/operations/http-server.ts'
import { createMetrics } from '../src/operations/metrics.ts'
import { parsePrometheus } from './parse-prometheus.ts'

const shards = [
  { id: 'a/p/r/dli/batch', createdAt: Date.now() - 999_000, progress: { nextDue: Date.now() - 60_000 } },
  { id: 'new', createdAt: Date.now() - 3_600_000, progress: {} },
]
const createWatcher = (readShards: () => Promise<unknown>) => ({ query: { shards: readShards } }) as unknown as Watcher

function recordEverything(metrics: ReturnType<typeof createMetrics>) {
  const { onRun, onDelivery, onSinkFailure } = metrics.hooks
  const event = { ref: '', type: 'ended', time: 0, data: {} }
  const account = encodeURIComponent('a "quoted"\\\nname')
  onRun?.(`${account}/p/r/dli/batch`, { requests: 3, events: [event], errors: ['x'], throttled: false, duration: 70 })
  onRun?.(`${account}/p/r/dli/batch`, { requests: 0, events: [], errors: [], throttled: true, duration: 1 })
  onDelivery?.('webhook', 5, 1200)
  onSinkFailure?.('webhook', new Error('x'), true)
}

test('the metrics are valid text for Prometheus, with escaped labels and complete histograms', async () => {
  const metrics = createMetrics(() => createWatcher(async () => shards))
  recordEverything(metrics)
  const parsed = parsePrometheus(await metrics.read())
  const read = (name: string) => parsed.get(name)?.samples ?? []
  const labels = { account: 'a "quoted"\\\nname' }
  expect(read('jobscope_requests_total')).toEqual([{ name: 'jobscope_requests_total', labels, value: 3 }])
  expect(read('jobscope_polls_total')[0]?.value).toBe(2)
  expect(read('jobscope_throttled_polls_total')[0]?.value).toBe(1)
  expect(read('jobscope_poll_errors_total')[0]?.value).toBe(1)
  expect(read('jobscope_events_total')[0]).toMatchObject({ labels: { type: 'ended' }, value: 1 })
  expect(read('jobscope_delivered_events_total')[0]).toMatchObject({ labels: { sink: 'webhook' }, value: 5 })
  expect(read('jobscope_sink_failures_total')[0]?.value).toBe(1)
  expect(read('jobscope_dead_letters_total')[0]?.value).toBe(1)
  const [lag, lagOfNewShard] = read('jobscope_shard_lag_seconds')
  expect(lag?.labels).toEqual({ shard: 'a/p/r/dli/batch' })
  expect(lag?.value).toBeGreaterThanOrEqual(60)
  expect(lag?.value).toBeLessThan(900)
  expect(lagOfNewShard?.value).toBeGreaterThanOrEqual(3600)
  const deliveries = read('jobscope_delivery_lag_seconds').find(({ name }) => name.endsWith('_count'))
  expect(deliveries?.value).toBe(5)
  for (const name of ['jobscope_delivery_lag_seconds', 'jobscope_poll_duration_seconds']) {
    const buckets = read(name).filter(sample => sample.name === `${name}_bucket`)
    const counts = buckets.map(({ value }) => value)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(buckets.at(-1)?.labels['le']).toBe('+Inf')
    expect(read(name).find(sample => sample.name === `${name}_count`)?.value).toBe(counts.at(-1))
  }
  for (const { help } of parsed.values()) expect(help).not.toBe('')
})

test('without a database, /readyz responds with 503, and /healthz and /metrics still work', async () => {
  const fail = async () => {
    throw new Error('The connection was refused.')
  }
  const metrics = createMetrics(() => createWatcher(fail))
  recordEverything(metrics)
  let isReady: () => Promise<boolean> = fail
  const server = await startHttpServer({ host: '127.0.0.1', port: 0, isReady: () => isReady(), metrics })
  onTestFinished(() => void server.close())
  const read = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
    return [response.status, await response.text()] as const
  }
  expect(await read('/readyz')).toEqual([503, 'The database cannot be reached.\n'])
  expect(await read('/healthz')).toEqual([200, 'ok\n'])
  const [status, text] = await read('/metrics')
  expect(status).toBe(200)
  expect(parsePrometheus(text).get('jobscope_requests_total')?.samples).toHaveLength(1)
  isReady = async () => false
  expect(await read('/readyz')).toEqual([503, 'not ready\n'])
  isReady = async () => true
  expect(await read('/readyz')).toEqual([200, 'ready\n'])
})
