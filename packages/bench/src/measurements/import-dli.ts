import { emptyNode, node } from '../command.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

const program = ['--input-type=module', '--eval', "import '@jobscope/dli'"]

export default {
  compared: 'a Node process that imports @jobscope/dli, to an empty one',
  limit: { atMost: 1.2 },
  measure: () => ratioOf(() => node(program), emptyNode, 21),
} satisfies Measurement
