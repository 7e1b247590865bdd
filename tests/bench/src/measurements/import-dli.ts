import { emptyNode, node } from '../command.ts'
import { installed } from '../installed.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

const program = ['--input-type=module', '--eval', "import '@jobscope/dli'"]

export default {
  compared: 'a Node process that imports @jobscope/dli, to an empty one',
  limit: { atMost: 1.1 },
  async measure() {
    using packages = installed('@jobscope/dli', '@jobscope/core')
    return await ratioOf(() => node(program, {}, packages.folder), emptyNode, 31)
  },
} satisfies Measurement
