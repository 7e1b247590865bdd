import { createMock } from '@jobscope/mock'
import { emptyNode, jobscope } from '../command.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

export default {
  compared: 'jobscope ls --json over four services, to an empty Node process',
  limit: { atMost: 3 },
  async measure() {
    await using mock = await createMock({ seedJobs: 40 })
    const env = { JOBSCOPE_ENDPOINT: mock.origin }
    return await ratioOf(() => jobscope(['ls', '--json'], env), emptyNode, 15)
  },
} satisfies Measurement
