import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'
import { type RunningServer, startMock, startPrism } from '../servers.ts'

const rounds = 200

/** DLI has three kinds of jobs: a third of them are batches. */
const jobs = 300_000

interface Page {
  readonly total: number
  readonly sessions: readonly { readonly queue: string }[]
}

async function page(server: RunningServer, query: string): Promise<Page> {
  const { status, text } = await server.call(`/v2.0/p/batches?${query}`)
  if (status !== 200) throw new Error(`${query}: ${status} ${text}`)
  return JSON.parse(text) as Page
}

export default {
  compared:
    "a page of a list over 100,000 jobs, filtered and sorted, of the mock, to one as long of Prism's own command",
  limit: { atMost: 2 },
  async measure() {
    const [mock, prism] = await Promise.all([startMock('--seed-jobs', `${jobs}`), startPrism()])
    try {
      // Prism shows its example, whatever is asked for; jobs that were seeded have its queue.
      const { sessions } = await page(prism, 'size=1')
      const size = sessions.length
      const query = `queue_name=${sessions[0]?.queue}&order=CREATE_TIME_ASC&size=${size}`
      let from = 0
      return await ratioOf(
        async () => {
          from += size
          const found = await page(mock, `${query}&from=${from}`)
          if (found.total !== jobs / 3 || found.sessions.length !== size) throw new Error(JSON.stringify(found))
        },
        () => page(prism, `${query}&from=${from}`),
        rounds,
      )
    } finally {
      await Promise.all([mock.stop(), prism.stop()])
    }
  },
} satisfies Measurement
