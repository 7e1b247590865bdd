import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { hasBinaries, nodeBinaries } from '../src/runtimes.ts'

/** Starts a mock, submits a job, and advances the clock of the mock until the job has ended. */
const PROGRAM = `
  import { createMock } from '@jobscope/mock'
  const mock = await createMock()
  const headers = { 'X-Auth-Token': 'any', 'Content-Type': 'application/json' }
  const call = async (path, init) => (await fetch(mock.url('dli') + path, { headers, ...init })).json()
  const batch = { file: 'obs://bucket/job.jar', className: 'Main' }
  const { id } = await call('/v2.0/p/batches', { method: 'POST', body: JSON.stringify(batch) })
  mock.clock.advance(60_000)
  const { state } = await call('/v2.0/p/batches/' + id)
  await mock.close()
  console.log(process.versions.node.split('.')[0], state)
`

const testedVersions = Object.entries(nodeBinaries).filter(([name]) => hasBinaries || name === 'Node 26')

test.each(testedVersions)('the mock simulates a job in %s', (name, binary) => {
  const { stdout, stderr } = spawnSync(binary, ['--input-type=module', '--eval', PROGRAM], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
    timeout: 300_000,
  })
  expect([stdout, stderr]).toEqual([`${name.replace('Node ', '')} success\n`, ''])
})
