import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { runEmptyNode, runJobscope } from '../run-node.ts'

export default {
  title: 'time of jobscope --version, divided by the time of an empty Node process',
  limit: { atMost: 1.4 },
  measure: () => measureRatio({ subject: () => runJobscope(['--version']), baseline: runEmptyNode }, 15),
} satisfies Measurement
