import { flood } from '../flood.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'
import { startMock, startPrism } from '../servers.ts'

const rounds = 9
const calls = 1000

export default {
  compared: `${calls} calls of getBatch over ten connections, Prism's own command to the mock with a job in it`,
  limit: { atLeast: 1.5 },
  async measure() {
    const [mock, prism] = await Promise.all([startMock(), startPrism()])
    try {
      const { text } = await mock.call('/v2.0/p/batches', 'POST', '{"file":"obs://bucket/job.jar","className":"Main"}')
      const { id } = JSON.parse(text) as { readonly id: string }
      const path = `/v2.0/p/batches/${id}`
      return await ratioOf(
        () => flood(prism.port, path, calls),
        () => flood(mock.port, mock.prefix + path, calls),
        rounds,
      )
    } finally {
      await Promise.all([mock.stop(), prism.stop()])
    }
  },
} satisfies Measurement
