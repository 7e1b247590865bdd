import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createConsumer, installed, run } from '../src/consumer.ts'

const consumer = createConsumer()
afterAll(() => consumer.remove())
consumer.write(
  'program.cjs',
  `
const { token, readJob } = require('@jobscope/core')
const { fromEnv } = require('@jobscope/core/node')
const { createDliClient, jobs } = require('@jobscope/dli')
const { createJobs } = require('@jobscope/jobs')

const fetch = async () => Response.json({ id: 'b1', state: 'success' })
const dli = createDliClient({ endpoint: 'http://127.0.0.1/dli', projectId: 'p', credentials: token('t'), fetch })
dli.getBatch({ batch_id: 'b1' }).then(batch => {
  console.log(readJob(jobs.batch, batch).state, typeof fromEnv, typeof createJobs({ dli }).list)
})
`,
)

// The binaries of the other Node versions exist only for Linux on x64. On other platforms, only the Node of this repository is tested.
const nodes = [
  { version: '22', binary: join(installed, 'node-22/bin/node') },
  { version: '24', binary: join(installed, 'node-24/bin/node') },
  { version: '26', binary: process.execPath },
].filter(({ binary }) => existsSync(binary))

test.each(nodes)('Node $version loads the packages with require, without a warning', ({ version, binary }) => {
  expect(run('-p', ['process.versions.node'], consumer.folder, binary).output).toMatch(new RegExp(`^${version}\\.`))
  expect(run('program.cjs', [], consumer.folder, binary)).toEqual({
    status: 0,
    output: 'succeeded function function\n',
  })
})
