import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { startMock, startPrism } from '../servers.ts'

const rounds = 7

export default {
  title: "time until the mock's command accepts requests, divided by the time of Prism's own command",
  limit: { atMost: 2 },
  measure: () =>
    measureRatio(
      {
        subject: async () => (await startMock()).stop(),
        baseline: async () => (await startPrism()).stop(),
      },
      rounds,
    ),
} satisfies Measurement
