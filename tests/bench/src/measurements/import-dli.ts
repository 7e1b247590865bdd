import { installPackages } from '../install-packages.ts'
import type { Measurement } from '../measurement.ts'
import { measureRatio } from '../ratio.ts'
import { runEmptyNode, runNode } from '../run-node.ts'

const program = ['--input-type=module', '--eval', "import '@jobscope/dli'"]

export default {
  title: 'time of a Node process that imports @jobscope/dli, divided by the time of an empty Node process',
  limit: { atMost: 1.35 },
  async measure() {
    using packages = installPackages('@jobscope/dli', '@jobscope/core')
    return await measureRatio({ subject: () => runNode(program, {}, packages.folder), baseline: runEmptyNode }, 31)
  },
} satisfies Measurement
