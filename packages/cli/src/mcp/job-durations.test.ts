import { expect, test } from 'vitest'
import { jobTools } from './job-tools.ts'

const start = Date.parse('2026-11-22T12:00:00Z')

test.each(['wait_for_jobs', 'get_job'])(
  '%s computes the duration of a job with the time after the job was read',
  async name => {
    let time = start
    const ref = 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'
    // The job starts 10 s after the call and is read 30 s after the call.
    const read = () => {
      time = start + 30_000
      const startedAt = new Date(start + 10_000)
      return { ref, service: 'dli', kind: 'batch', state: 'running', rawState: 'running', startedAt, raw: {} }
    }
    const jobs = {
      kinds: [],
      get: async () => read(),
      wait: async (_: unknown, { onChange }: { onChange: (job: object) => void }) => onChange(read()),
    }
    const tool = jobTools.find(each => each.name === name)
    const context = { jobs, now: () => time, signal: new AbortController().signal }
    const result = await tool?.run({ refs: [ref], ref, timeoutSeconds: 1, any: false } as never, context as never)
    const { job, jobs: [first] = [job] } = result as { job?: object; jobs?: object[] }
    expect(first).toMatchObject({ durationSeconds: 20 })
  },
)
