import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import type { WatcherEvent } from '../src/index.ts'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const batch = { body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } }

test('an embedded database is intact after kill -9, and rejects a second process with an error message', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const mock = await createMock({ services: ['dli'], requestLimit: 1_000_000 })
  onTestFinished(() => mock.close())
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p1', credentials: token('any') })
  const config = join(folder, 'jobscope.yaml')
  await writeFile(
    config,
    `accounts: [{ name: a, region: r, project: p1, endpoint: '${mock.origin}', services: [dli], kinds: [dli:batch], interval: 100ms, credentials: { token: { env: TOKEN } } }]
sinks: [{ type: stdout }]
http: { port: 0 }
`,
  )
  const start = (): ChildProcess & { readonly lines: AsyncIterator<string> } => {
    const args = [cli, '--config', config, '--database', join(folder, 'data')]
    const child = spawn(process.execPath, args, {
      env: { ...process.env, TOKEN: 'any' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return Object.assign(child, { lines: createInterface(child.stdout as never)[Symbol.asyncIterator]() })
  }
  const bodies = new Map<string, string>()
  const readUntil = async (
    lines: AsyncIterator<string>,
    matches: (event: WatcherEvent) => boolean,
  ): Promise<WatcherEvent> => {
    for (;;) {
      const { value } = await lines.next()
      const event = JSON.parse(value) as WatcherEvent
      expect(bodies.get(event.id) ?? value).toBe(value)
      bodies.set(event.id, value)
      if (matches(event)) return event
    }
  }

  const first = start()
  const { id } = await dli.createBatch(batch)
  await readUntil(first.lines, ({ subject }) => subject === `dli:batch:${id}`)

  const second = start()
  let message = ''
  second.stderr?.on('data', chunk => {
    message += chunk
  })
  expect(await once(second, 'close')).toEqual([2, null])
  expect(message).toMatch(/^Cannot open the database. Another process uses the folder .*\n$/)

  const status = await readFile(`/proc/${first.pid}/status`, 'utf8').catch(() => '')
  console.log('memory of the process:', /VmRSS:\s*(.*)/.exec(status)?.[1])
  first.kill('SIGKILL')
  await once(first, 'close')
  mock.clock.advance(600_000)
  const { id: later } = await dli.createBatch(batch)
  mock.clock.advance(600_000)

  const startedAt = Date.now()
  const restarted = start()
  const missing = new Set([`dli:batch:${id}`, `dli:batch:${later}`])
  await readUntil(restarted.lines, ({ type, subject = '' }) => {
    if (type === 'jobscope.job.ended') missing.delete(subject)
    return missing.size === 0
  })
  console.log('time to the first events after a restart:', Date.now() - startedAt, 'ms')
  restarted.kill('SIGTERM')
  expect(await once(restarted, 'close')).toEqual([0, null])
}, 300_000)
