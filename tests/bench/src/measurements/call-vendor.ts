import { startBatchServer } from '../batch-server.ts'
import { callRepeatedly, createClientCall, createVendorCall } from '../calls.ts'
import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'

const rounds = 7
const calls = 1000

export default {
  title: `time of ${calls} calls with the core of the vendor's SDK, 32 at once, divided by the time of ${calls} signed getBatch calls`,
  limit: { atLeast: 2.2 },
  async measure() {
    await using server = await startBatchServer()
    const vendorCall = createVendorCall(server.origin)
    const clientCall = createClientCall(server.origin)
    return await measureRatio(
      {
        subject: () => callRepeatedly(vendorCall, calls),
        baseline: () => callRepeatedly(clientCall, calls),
      },
      rounds,
    )
  },
} satisfies Measurement
