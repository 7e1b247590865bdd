import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { type RunningServer, startMock, startPrism } from '../servers.ts'

const rounds = 200

/** A third of the seeded jobs are batches, because DLI has three kinds of jobs. */
const jobs = 300_000

interface Page {
  readonly total: number
  readonly sessions: readonly { readonly queue: string }[]
}

async function getPage(server: RunningServer, query: string): Promise<Page> {
  const { status, text } = await server.call(`/v2.0/p/batches?${query}`)
  if (status !== 200) throw new Error(`${query}: ${status} ${text}`)
  return JSON.parse(text) as Page
}

export default {
  title:
    "time of a filtered and sorted page of the mock's 100,000 jobs, divided by the time of a page of this length from Prism",
  limit: { atMost: 2 },
  async measure() {
    const [mock, prism] = await Promise.all([startMock('--seed-jobs', `${jobs}`), startPrism()])
    try {
      // Prism always returns the example of the spec, so the number of batches in this example sets the page size. All seeded batches
      // of the mock use the same queue, so the filter matches all of them.
      const size = (await getPage(prism, 'size=1')).sessions.length
      const { sessions } = await getPage(mock, 'size=1')
      const query = `queue_name=${sessions[0]?.queue}&order=CREATE_TIME_ASC&size=${size}`
      let from = 0
      return await measureRatio(
        {
          subject: async () => {
            from += size
            const page = await getPage(mock, `${query}&from=${from}`)
            if (page.total !== jobs / 3 || page.sessions.length !== size) throw new Error(JSON.stringify(page))
          },
          baseline: () => getPage(prism, `${query}&from=${from}`),
        },
        rounds,
      )
    } finally {
      await Promise.all([mock.stop(), prism.stop()])
    }
  },
} satisfies Measurement
