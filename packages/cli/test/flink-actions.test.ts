import { systemClock } from '@jobscope/core/internal'
import { expect, test } from 'vitest'
import { runInProcess } from './run-in-process.ts'
import { startServer } from './start-server.ts'

test.each([
  ['cancel', '[]'],
  ['stop', '[]'],
  ['restore', '[]'],
  ['retry', '[]'],
  ['stop', '{}'],
])('%s reports a response without a result for the job as an error: %s', async (command, body) => {
  const endpoint = await startServer(({ method }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const status = command === 'cancel' || command === 'stop' ? 'job_running' : 'job_cancel_success'
    const job = { is_success: 'true', job_detail: { job_id: 148, name: 'n', status } }
    response.end(method === 'GET' ? JSON.stringify(job) : body)
  })
  const env = { JOBSCOPE_ENDPOINT: endpoint, OS_TOKEN: 't' }
  const confirm = command === 'retry' ? ['--yes'] : []
  const result = await runInProcess([command, 'dli:flink-job:148', ...confirm], { env, clock: systemClock })
  expect(result.exitCode).toBe(4)
})
