import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { sendRequests } from '../send-requests.ts'
import { startMock, startPrism } from '../servers.ts'

const rounds = 9
const calls = 1000

export default {
  title: `time of ${calls} getBatch requests to Prism's own command, divided by the time of the same requests to the mock`,
  limit: { atLeast: 1.5 },
  async measure() {
    const [mock, prism] = await Promise.all([startMock(), startPrism()])
    try {
      const { text } = await mock.call('/v2.0/p/batches', 'POST', '{"file":"obs://bucket/job.jar","className":"Main"}')
      const { id } = JSON.parse(text) as { readonly id: string }
      const path = `/v2.0/p/batches/${id}`
      return await measureRatio(
        {
          subject: () => sendRequests(prism.port, path, calls),
          baseline: () => sendRequests(mock.port, mock.prefix + path, calls),
        },
        rounds,
      )
    } finally {
      await Promise.all([mock.stop(), prism.stop()])
    }
  },
} satisfies Measurement
