import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DEMO_KEY } from '@jobscope/mock'
import pty from '@lydell/node-pty'
import { expect, onTestFinished, test } from 'vitest'
import { bin, runCommand, startCommand } from './run-command.ts'
import { createFolder, startMock } from './start-mock.ts'

const keys = {
  HUAWEICLOUD_SDK_AK: DEMO_KEY.accessKey,
  HUAWEICLOUD_SDK_SK: DEMO_KEY.secretKey,
  HUAWEICLOUD_SDK_PROJECT_ID: 'p',
}

test('record -- runs a program through the proxy, and check finds no problem in the recording', async () => {
  const { run } = await startMock({ auth: 'strict', services: ['dli'], seedJobs: 2 })
  const cwd = createFolder({})
  const args = ['record', '--service', 'dli', '--', process.execPath, bin, 'api', 'listBatches', '--json']
  const { exitCode, stdout, stderr } = await run(args, { cwd, env: keys })
  expect([exitCode, stderr]).toEqual([0, 'Recorded 1 exchange to traffic.ndjson.\n'])
  expect(JSON.parse(stdout)).toHaveProperty('sessions')
  const recorded = readFileSync(join(cwd, 'traffic.ndjson'), 'utf8')
  expect(recorded).not.toContain(DEMO_KEY.accessKey)
  expect(recorded).toContain('"authorization":"REDACTED"')
  const checked = await runCommand(['check', 'traffic.ndjson'], { cwd })
  expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('1 exchange checked: no findings.')])
})

test('record returns the exit code of the program', async () => {
  const { run } = await startMock({ services: ['dli'] })
  const args = ['record', '--service', 'dli', '--', process.execPath, '--eval', 'process.exitCode = 42']
  expect((await run(args, { cwd: createFolder({}) })).exitCode).toBe(42)
})

test('Ctrl-C ends the program that record runs, and the recording is complete', async () => {
  const { mock } = await startMock({ services: ['dli'] })
  const cwd = createFolder({})
  const program = `process.on('SIGINT', () => process.exit(7)); setTimeout(() => {}, 60_000); console.log('program is ready')`
  const args = ['record', '--file', 'a.har', '--endpoint', `dli=${mock.url('dli')}`, '--']
  const { result } = startCommand([...args, process.execPath, '--eval', program], {
    cwd,
    onOutput: (output, interrupt) => {
      if (output.includes('program is ready')) interrupt()
    },
  })
  expect((await result).exitCode).toBe(7)
  expect(JSON.parse(readFileSync(join(cwd, 'a.har'), 'utf8'))).toMatchObject({ log: { entries: [] } })
})

/** Makes the limit of 4 s, after which an interrupted command exits, expire at once. */
const expireExitLimit = `data:text/javascript,${encodeURIComponent(
  'const real = setTimeout; globalThis.setTimeout = (action, ms, ...rest) => real(action, ms === 4000 ? 0 : ms, ...rest)',
)}`

test('after Ctrl-C, records until the program has ended, even if that takes long', async () => {
  const { mock } = await startMock({ services: ['dli'] })
  const program = `process.on('SIGINT', async () => {
    await fetch(process.env.JOBSCOPE_RECORD_DLI + '/v2.0/p/batches', { headers: { 'x-auth-token': 't' } })
    process.exit(7)
  })
  setTimeout(() => {}, 60_000); console.log('program is ready')`
  const args = ['record', '--endpoint', `dli=${mock.url('dli')}`, '--', process.execPath, '--eval', program]
  const { exitCode, stderr } = await runCommand(args, {
    cwd: createFolder({}),
    nodeArgs: ['--import', expireExitLimit],
    onOutput: (output, interrupt) => {
      if (output.includes('program is ready')) interrupt()
    },
  })
  expect([exitCode, stderr]).toEqual([7, expect.stringContaining('Recorded 1 exchange to traffic.ndjson.')])
})

test.skipIf(process.platform === 'win32')('a second Ctrl-C kills record while its program still runs', async () => {
  const { mock } = await startMock({ services: ['dli'] })
  // The program ignores signals, and ends when its standard input ends.
  const program = `process.on('SIGINT', () => console.log('received')); process.stdin.on('end', () => process.exit()).resume(); console.log('program is ready')`
  let signalCount = 0
  const running = startCommand(
    ['record', '--endpoint', `dli=${mock.url('dli')}`, '--', process.execPath, '--eval', program],
    {
      cwd: createFolder({}),
      input: undefined,
      onOutput: output => {
        const expected = signalCount === 0 ? 'program is ready' : 'received'
        if (signalCount < 2 && output.includes(expected)) {
          signalCount++
          running.child.kill('SIGINT')
        }
      },
    },
  )
  const [, signal] = await once(running.child, 'exit')
  running.child.stdin.end()
  expect([signalCount, signal]).toEqual([2, 'SIGINT'])
  await running.result
})

test('record prints the endpoints, and completes the file after Ctrl-C', async () => {
  const { mock } = await startMock({ services: ['dli'] })
  const cwd = createFolder({})
  const { result } = startCommand(['record', '--file', 'a.har', '--endpoint', `dli=${mock.url('dli')}`], {
    cwd,
    onOutput: (output, interrupt) => {
      if (output.includes('Press Ctrl-C')) interrupt()
    },
  })
  const { exitCode, stdout } = await result
  expect([exitCode, stdout]).toEqual([130, expect.stringMatching(/^dli {2}http:\/\/127\.0\.0\.1:\d+\/dli\n$/)])
  expect(JSON.parse(readFileSync(join(cwd, 'a.har'), 'utf8'))).toMatchObject({ log: { entries: [] } })
})

test.each([
  ['neither a region nor an endpoint', [], 'The services to record are unknown.'],
  ['an unknown region', ['--region', 'mars-1'], 'No service has a host in region mars-1.'],
  ['a folder that does not exist', ['--region', 'eu-de', '--file', 'none/a.ndjson'], 'Cannot write none/a.ndjson'],
  ['a program that does not exist', ['--region', 'eu-de', '--', './no-such-program'], 'Cannot run ./no-such-program'],
  ['a port over 65535', ['--region', 'eu-de', '--port', '99999'], 'Expected a port from 0 to 65535.'],
  [
    '--tls with an endpoint without TLS',
    ['--tls', '--endpoint', 'dli=http://127.0.0.1:1'],
    'http://127.0.0.1:1 is not an HTTPS URL. Record it without --tls.',
  ],
  [
    '--tls behind another proxy',
    ['--tls', '--region', 'eu-de'],
    'cannot send requests through the proxy in HTTPS_PROXY',
  ],
])('record exits with 2 for %s', async (_, args, message) => {
  const env = { HTTPS_PROXY: 'http://127.0.0.1:1' }
  const { exitCode, stderr } = await runCommand(['record', ...args], { cwd: createFolder({}), env })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('Ctrl-C cancels a request without a response, and completes the file', async () => {
  const cwd = createFolder({})
  const service = createServer(() => running.child.kill('SIGINT')).listen(0, '127.0.0.1')
  onTestFinished(() => void service.close())
  await once(service, 'listening')
  const { port } = service.address() as AddressInfo
  let response: Promise<unknown> | undefined
  const running = startCommand(['record', '--file', 'a.har', '--endpoint', `dli=http://127.0.0.1:${port}`], {
    cwd,
    onOutput: output => {
      const url = /Press Ctrl-C/.test(output) && /http:\S+/.exec(output)?.[0]
      if (url) response ??= fetch(`${url}/v2.0/p/batches`, { headers: { 'x-auth-token': 't' } }).catch(String)
    },
  })
  const { exitCode, stderr } = await running.result
  expect([exitCode, await response]).toEqual([130, 'TypeError: fetch failed'])
  expect(stderr).toContain('Canceled 1 request without a response.\nRecorded 0 exchanges to a.har.\n')
  expect(JSON.parse(readFileSync(join(cwd, 'a.har'), 'utf8'))).toMatchObject({ log: { entries: [] } })
})

const waiting = (signal: string) =>
  `let count = 0; process.on('${signal}', () => { count++; setImmediate(() => { console.log('received ' + count); process.exit(7) }) });
  setTimeout(() => {}, 60_000); console.log('program is ready')`

test.each([
  ['a program', ['--', process.execPath, '--eval', waiting('SIGTERM')], 'program is ready', 7],
  ['no program', [], 'Press Ctrl-C', 143],
])('after SIGTERM, record ends %s and completes the file', async (_, command, ready, code) => {
  const { mock } = await startMock({ services: ['dli'] })
  const cwd = createFolder({})
  let sent = false
  const running = startCommand(['record', '--file', 'a.har', '--endpoint', `dli=${mock.url('dli')}`, ...command], {
    cwd,
    onOutput: output => {
      if (!sent && output.includes(ready)) sent = running.child.kill('SIGTERM')
    },
  })
  const { exitCode, stderr } = await running.result
  expect([exitCode, stderr]).toEqual([code, expect.stringContaining('Recorded 0 exchanges to a.har.')])
  expect(JSON.parse(readFileSync(join(cwd, 'a.har'), 'utf8'))).toMatchObject({ log: { entries: [] } })
})

test.skipIf(process.platform === 'win32')('Ctrl-C in a terminal reaches the program once', async () => {
  const { mock } = await startMock({ services: ['dli'] })
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' }
  const args = ['record', '--endpoint', `dli=${mock.url('dli')}`, '--', process.execPath, '--eval']
  // Prints `once` after the first SIGINT, and `twice` after another one. The program ends only when the test has written to the terminal.
  // So a second signal would still reach it.
  const program = `let count = 0; process.on('SIGINT', () => { if (++count === 1) setImmediate(() => setImmediate(() => process.stdout.write('once\\n'))); else console.log('twice') });
  process.stdin.on('data', () => process.exit(count)); console.log('program is ready')`
  const terminal = pty.spawn(process.execPath, [bin, ...args, program], {
    cols: 200,
    rows: 24,
    env,
    cwd: createFolder({}),
  })
  let text = ''
  let step = 0
  await new Promise<void>(resolve => {
    terminal.onData(data => {
      text += data
      if (step === 0 && text.includes('program is ready')) {
        step = 1
        terminal.write('\u0003')
      }
      if (step === 1 && text.includes('once')) {
        step = 2
        terminal.write('end\r')
      }
    })
    terminal.onExit(() => resolve())
  })
  expect(text.match(/once|twice/g)).toEqual(['once'])
})

test('record returns 128 plus the number of the signal that ended the program', async () => {
  const { run } = await startMock({ services: ['dli'] })
  const program = `process.kill(process.pid, 'SIGKILL')`
  const args = ['record', '--service', 'dli', '--', process.execPath, '--eval', program]
  expect((await run(args, { cwd: createFolder({}) })).exitCode).toBe(137)
})

test('record keeps an existing recording if the program does not exist or the port is in use', async () => {
  const cwd = createFolder({ 'traffic.ndjson': 'existing' })
  const { mock, run } = await startMock({ services: ['dli'] })
  const port = new URL(mock.origin).port
  for (const args of [
    ['--', './no-such-program'],
    ['--port', port],
  ])
    expect((await run(['record', '--service', 'dli', ...args], { cwd })).exitCode).toBe(2)
  expect(readFileSync(join(cwd, 'traffic.ndjson'), 'utf8')).toBe('existing')
  await run(['record', '--service', 'dli', '--file', 'new.ndjson', '--port', port], { cwd })
  expect(existsSync(join(cwd, 'new.ndjson'))).toBe(false)
})
