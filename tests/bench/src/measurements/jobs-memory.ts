import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createJobs } from '@jobscope/jobs'
import type { Measurement } from '../measurement.ts'

const count = 100_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use, when nothing is left that is not. */
async function used(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage()
    await new Promise(resolve => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}

const id = (index: number) => `0a324461-d9d9-45da-a52a-${index.toString().padStart(12, '0')}`

/** Lists all jobs, page by page, each as long as in the documentation. */
const list = async (input: string | URL | Request): Promise<Response> => {
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

/** A watch that has seen all jobs, and sleeps. */
async function watchAll(): Promise<AsyncIterator<unknown>> {
  const credentials = token('any')
  const dli = createDliClient({ endpoint: 'http://127.0.0.1', projectId: 'p', credentials, fetch: list })
  let asleep = () => {}
  const slept = new Promise<void>(resolve => {
    asleep = resolve
  })
  const clock = {
    now: () => 0,
    sleep() {
      asleep()
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
  compared: 'kilobytes that a watch holds, to the jobs that it watches',
  limit: { atMost: 2 },
  async measure() {
    await watchAll()
    const before = await used()
    const watch = await watchAll()
    const kilobytes = ((await used()) - before) / 1000
    // Until here the watch is in use.
    if (!watch.next) throw new Error('no watch')
    return { ratio: kilobytes / count, ms: [kilobytes, count], units: ['kB', 'jobs'] }
  },
} satisfies Measurement
