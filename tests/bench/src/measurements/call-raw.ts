import { startBatchServer } from '../batch-server.ts'
import { callRepeatedly, createFetchCall, createRawCall } from '../calls.ts'
import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'

const rounds = 15
const calls = 2000

export default {
  title: `time of ${calls} requests with fetch alone, 32 at once, divided by the time of ${calls} signed raw calls`,
  limit: { atLeast: 0.5 },
  async measure() {
    await using server = await startBatchServer()
    const fetchCall = createFetchCall(server.origin)
    const clientCall = createRawCall(server.origin)
    return await measureRatio(
      {
        subject: () => callRepeatedly(fetchCall, calls),
        baseline: () => callRepeatedly(clientCall, calls),
      },
      rounds,
    )
  },
} satisfies Measurement
