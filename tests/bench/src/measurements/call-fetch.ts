import { startBatchServer } from '../batch-server.ts'
import { byClient, byFetch, callOften } from '../calls.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

const rounds = 15
const calls = 2000

export default {
  compared: `${calls} calls by fetch alone, 32 at once, to as many signed calls of getBatch`,
  limit: { atLeast: 0.9 },
  async measure() {
    await using server = await startBatchServer()
    const fetched = byFetch(server.origin)
    const called = byClient(server.origin)
    return await ratioOf(
      () => callOften(fetched, calls),
      () => callOften(called, calls),
      rounds,
    )
  },
} satisfies Measurement
