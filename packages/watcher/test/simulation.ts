import type { Clock, JobKind } from '@jobscope/core'
import type { ClientJobKind } from '@jobscope/jobs'

/** Creates a generator of pseudorandom numbers from 0 to 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly fire: () => void
}

/** A clock whose time advances only when all code waits for the clock. */
export function createVirtualTime(start: number) {
  let now = start
  let order = 0
  const timers: Timer[] = []
  const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order)
  const push = (timer: Timer) => {
    let index = timers.push(timer) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (isBefore(timers[parent] as Timer, timer)) break
      timers[index] = timers[parent] as Timer
      index = parent
    }
    timers[index] = timer
  }
  const pop = (): Timer | undefined => {
    const first = timers[0]
    const last = timers.pop()
    if (!first || !last || timers.length === 0) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= timers.length) break
      if (child + 1 < timers.length && isBefore(timers[child + 1] as Timer, timers[child] as Timer)) child++
      if (isBefore(last, timers[child] as Timer)) break
      timers[index] = timers[child] as Timer
      index = child
    }
    timers[index] = last
    return first
  }
  const at = (time: number, fire: () => void) => push({ at: Math.max(now, time), order: order++, fire })
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => reject(signal?.reason)
      signal?.addEventListener('abort', abort)
      at(now + ms, () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
    })
  const clock: Clock = { now: () => now, sleep }
  return {
    clock,
    at,
    /**
     * Advances the clock to a time and runs all timers until then. Between two timers, code may only wait for promises, not for the
     * event loop.
     */
    async runUntil(end: number) {
      for (;;) {
        await new Promise(resolve => setImmediate(resolve))
        const next = timers[0]
        if (!next || next.at > end) {
          now = end
          return
        }
        // All timers with the same due time fire together.
        do {
          const timer = pop()
          now = timer?.at ?? now
          timer?.fire()
        } while (timers[0] && timers[0].at <= now)
      }
    },
  }
}

/** A simulated job. Its states depend only on the time. */
export interface SimulatedJob {
  readonly id: string
  readonly createdAt: number
  readonly runningAt: number
  readonly endedAt: number
  readonly lastState: 'success' | 'dead' | 'killed'
  /** When the job is started again. It then waits as long as the first time, and runs without an end. */
  readonly restartedAt?: number
}

export interface ServiceOptions {
  /** All jobs, in any order. The service lists those that exist at the time of the request, the newest first. */
  readonly jobs: readonly SimulatedJob[]
  readonly clock: Clock
  /** Returns how long a request takes, in ms. */
  readonly latency: () => number
  /** Called with each request. To simulate an error response, this function throws the error. */
  readonly onRequest: () => void
}

const pageSize = 100

/** The rules of a kind of job, as codegen emits them. */
const rules: JobKind = {
  key: { id: '/id' },
  get: { operation: 'getBatch', at: '' },
  list: { operation: 'listBatches', at: '/jobs', sortedBy: 'createdAt' },
  fields: { name: '/name', state: '/state', createdAt: '/createdAt', updatedAt: '/updatedAt' },
  polling: { interval: 10, maxInterval: 60 },
  states: { starting: 'starting', running: 'running', success: 'succeeded', dead: 'failed', killed: 'canceled' },
}

/** Simulates a service with one kind of job. Its methods wait only for the clock. */
export function createService({ jobs, clock, latency, onRequest }: ServiceOptions): ClientJobKind {
  const byTime = jobs.toSorted((a, b) => b.createdAt - a.createdAt)
  const byId = new Map(jobs.map(job => [job.id, job]))
  const readState = (job: SimulatedJob) => {
    const { createdAt, runningAt, endedAt, lastState, restartedAt = Number.POSITIVE_INFINITY } = job
    const now = clock.now()
    const runningAgainAt = restartedAt + runningAt - createdAt
    if (now >= runningAgainAt) return ['running', runningAgainAt]
    if (now >= restartedAt) return ['starting', restartedAt]
    return now >= endedAt ? [lastState, endedAt] : now >= runningAt ? ['running', runningAt] : ['starting', createdAt]
  }
  const read = (job: SimulatedJob) => {
    const { id, createdAt } = job
    const [state, updatedAt] = readState(job)
    return { id, name: `job-${id.length}`, state, createdAt, updatedAt }
  }
  /** Returns the index in `byTime` of the newest job that exists now. The jobs before this index will be created later. */
  const findFirst = () => {
    let low = 0
    let high = byTime.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((byTime[middle] as SimulatedJob).createdAt > clock.now()) low = middle + 1
      else high = middle
    }
    return low
  }
  const request = async <T>(respond: () => T): Promise<T> => {
    await clock.sleep(latency())
    onRequest()
    return respond()
  }
  const list = (from: number) =>
    request(() => {
      const first = findFirst()
      return { jobs: byTime.slice(first + from, first + from + pageSize).map(read), total: byTime.length - first }
    })
  interface Cursor {
    next?: number | undefined
  }
  const client = {
    getBatch: ({ id }: { readonly id: string }) => request(() => read(byId.get(id) as SimulatedJob)),
    listBatches: {
      all: (_args: object, { cursor = {} }: { readonly cursor?: Cursor }) => ({
        async *pages() {
          let from = cursor.next ?? 0
          for (;;) {
            const page = await list(from)
            from += page.jobs.length
            cursor.next = from < page.total && page.jobs.length > 0 ? from : undefined
            yield page
            if (cursor.next === undefined) return
          }
        },
      }),
    },
  }
  return { service: 'dli', kind: 'batch', rules, client }
}
