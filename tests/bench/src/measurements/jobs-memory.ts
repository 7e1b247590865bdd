import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createJobs } from '@jobscope/jobs'
import type { Measurement } from '../measurement.ts'

const count = 100_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of the heap in use after garbage collection. */
async function measureHeap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage()
    await new Promise(resolve => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}

const id = (index: number) => `0a324461-d9d9-45da-a52a-${index.toString().padStart(12, '0')}`

/** Returns the requested page of batches. Each batch has about the size of the example in the documentation. */
const sendList = async (input: string | URL | Request): Promise<Response> => {
  const query = new URL(input instanceof Request ? input.url : input).searchParams
  const from = Number(query.get('from'))
  const sessions = Array.from({ length: Math.min(Number(query.get('size')), count - from) }, (_, index) => ({
    id: id(from + index),
    name: `job ${from + index}`,
    state: 'running',
    owner: 'someone',
    queue: 'etl',
    log: Array.from({ length: 10 }, (_, line) => `line ${line} of the log of job ${from + index}`),
    create_time: 1_720_000_000_000 - from - index,
    update_time: 1_720_000_000_000,
  }))
  return Response.json({ from, total: count, sessions })
}

/** Starts a watch. Resolves when the watch has reported all jobs and waits for its next poll. */
async function watchAll(): Promise<AsyncIterator<unknown>> {
  const credentials = token('any')
  const dli = createDliClient({ endpoint: 'http://127.0.0.1', projectId: 'p', credentials, fetch: sendList })
  let reportSleep = () => {}
  const slept = new Promise<void>(resolve => {
    reportSleep = resolve
  })
  const clock = {
    now: () => 0,
    sleep() {
      reportSleep()
      return new Promise<void>(() => {})
    },
  }
  const refs = Array.from({ length: count }, (_, index) => `dli:batch:${id(index)}`)
  const watch = createJobs({ dli }, { clock }).watch(refs)
  for (let seen = 0; seen < count; seen++) await watch.next()
  await slept
  return watch
}

export default {
  title: 'kilobytes of memory per watched job',
  limit: { atMost: 2 },
  async measure() {
    await watchAll()
    const before = await measureHeap()
    const watch = await watchAll()
    const kilobytes = ((await measureHeap()) - before) / 1000
    // Keeps a reference to the watch. Without it, the watch could be garbage-collected before the second measurement.
    if (!watch.next) throw new Error('The watch has no next().')
    return { ratio: kilobytes / count, amounts: [kilobytes, count], units: ['kB', 'jobs'] }
  },
} satisfies Measurement
