import { emptyNode, jobscope } from '../command.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

export default {
  compared: 'jobscope --version, to an empty Node process',
  limit: { atMost: 1.5 },
  measure: () => ratioOf(() => jobscope(['--version']), emptyNode, 15),
} satisfies Measurement
