import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ServiceJob } from '@jobscope/jobs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createFolder } from '../../test/start-mock.ts'
import { startServer } from '../../test/start-server.ts'
import { useProxy } from '../use-proxy.ts'
import { createAnnouncer } from './announce-jobs.ts'

test.skipIf(process.platform === 'win32')('stops a command that runs 30 s after the timeout', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const terminal = fakeTerminal()
  const announcer = createAnnouncer({ exec: 'sleep 1000; true' }, { ...terminal, env: process.env })
  announcer.announce({ ref: 'dli:batch:1', state: 'succeeded', rawState: 'success' } as unknown as ServiceJob)
  const finished = announcer.finish(1000)
  await vi.advanceTimersByTimeAsync(30_999)
  expect(terminal.output).toBe('')
  await vi.advanceTimersByTimeAsync(1)
  await finished
  expect(terminal.output).toBe('jobscope: --exec failed: stopped 30s after --timeout\n')
})

const job = { ref: 'dli:batch:1', name: '-x', state: 'succeeded', rawState: 'success' } as unknown as ServiceJob

test('sends the request to a webhook through the proxy of the command', async () => {
  const agents = [http.globalAgent, https.globalAgent] as const
  onTestFinished(() => {
    ;[http.globalAgent, https.globalAgent] = agents
  })
  const targets: (string | undefined)[] = []
  const proxy = http.createServer().listen(0, '127.0.0.1')
  proxy.on('connect', ({ url }, socket) => {
    targets.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await once(proxy, 'listening')
  onTestFinished(() => void proxy.close())
  const terminal = fakeTerminal()
  useProxy({ ...terminal, env: { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` } })
  const announcer = createAnnouncer({ notify: 'https://hooks.invalid/x' }, terminal)
  announcer.announce(job)
  await announcer.finish()
  expect(targets).toEqual(['hooks.invalid:443'])
  expect(terminal.output).toMatch(/^jobscope: --notify failed: /)
})

test.each([
  [204, ''],
  [302, 'jobscope: --notify failed: the webhook responded with 302\n'],
  [500, 'jobscope: --notify failed: the webhook responded with 500\n'],
])('after the status %s of a webhook, prints %j', async (status, expected) => {
  const notify = await startServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status, { location: '/' }).end())
  })
  const terminal = fakeTerminal()
  const announcer = createAnnouncer({ notify }, terminal)
  announcer.announce(job)
  await announcer.finish()
  expect(terminal.output).toBe(expected)
})

test.skipIf(process.platform !== 'linux')(
  'a desktop notification passes a name that begins with - as a text',
  async () => {
    const folder = createFolder({ 'notify-send': '#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/arguments"\n' })
    chmodSync(join(folder, 'notify-send'), 0o700)
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
    onTestFinished(() => void vi.unstubAllEnvs())
    const announcer = createAnnouncer({ notify: 'desktop' }, fakeTerminal())
    announcer.announce(job)
    await announcer.finish()
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe('--\njobscope\n-x succeeded\n')
  },
)
