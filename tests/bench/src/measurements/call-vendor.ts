import { startBatchServer } from '../batch-server.ts'
import { byClient, byVendor, callOften } from '../calls.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

const rounds = 7
const calls = 1000

export default {
  compared: `${calls} calls by the core of the vendor's SDK, 32 at once, to as many signed calls of getBatch`,
  limit: { atLeast: 3 },
  async measure() {
    await using server = await startBatchServer()
    const vendors = byVendor(server.origin)
    const called = byClient(server.origin)
    return await ratioOf(
      () => callOften(vendors, calls),
      () => callOften(called, calls),
      rounds,
    )
  },
} satisfies Measurement
