import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'
import { startMock, startPrism } from '../servers.ts'

const rounds = 7

export default {
  compared: "the mock's command until it answers, to Prism's own",
  limit: { atMost: 2 },
  measure: () =>
    ratioOf(
      async () => (await startMock()).stop(),
      async () => (await startPrism()).stop(),
      rounds,
    ),
} satisfies Measurement
