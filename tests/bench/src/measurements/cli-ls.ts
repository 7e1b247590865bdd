import { createMock } from '@jobscope/mock'
import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { runEmptyNode, runJobscope } from '../run-node.ts'

export default {
  title: 'time of jobscope ls --json over four services, divided by the time of an empty Node process',
  limit: { atMost: 6 },
  async measure() {
    await using mock = await createMock({ seedJobs: 40 })
    const env = { JOBSCOPE_ENDPOINT: mock.origin }
    return await measureRatio({ subject: () => runJobscope(['ls', '--json'], env), baseline: runEmptyNode }, 15)
  },
} satisfies Measurement
