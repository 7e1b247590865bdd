import { createMock } from '@jobscope/mock'
import { jobscope, node } from '../command.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

/** What Node's own `fetch` takes to load, to connect and to read a body is most of what any command with a network takes. */
const bareFetch = (url: string) => node(['--input-type=module', '-e', `await (await fetch('${url}')).text()`])

export default {
  compared: 'jobscope ls --json, which reads every list of four services, to a Node process with one bare fetch',
  limit: { atMost: 3 },
  async measure() {
    await using mock = await createMock({ seedJobs: 40 })
    return await ratioOf(
      () => jobscope(['ls', '--json'], { JOBSCOPE_ENDPOINT: mock.origin }),
      () => bareFetch(`${mock.origin}/_mock/jobs`),
      11,
    )
  },
} satisfies Measurement
