import { createMock } from '@jobscope/mock'
import { jobscope, node } from '../command.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../ratio.ts'

export default {
  compared: 'jobscope ls --json over four services, to a Node process that makes as many bare fetches at once',
  limit: { atMost: 1.75 },
  async measure() {
    await using mock = await createMock({ seedJobs: 40 })
    const env = { JOBSCOPE_ENDPOINT: mock.origin }
    await jobscope(['ls', '--json'], env)
    const count = mock.requests.length
    const get = `async () => (await fetch('${mock.url('dli')}/v2.0/p/batches', { headers: { 'X-Auth-Token': 't' } })).text()`
    const fetches = `await Promise.all(Array.from({ length: ${count} }, ${get}))`
    return await ratioOf(
      () => jobscope(['ls', '--json'], env),
      () => node(['--input-type=module', '-e', fetches]),
      11,
    )
  },
} satisfies Measurement
