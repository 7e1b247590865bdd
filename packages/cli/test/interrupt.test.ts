import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { bin, type RunningCommand, runCommand, startCommand } from './run-command.ts'
import { createFolder } from './start-mock.ts'
import { startJsonServer, startServer } from './start-server.ts'

const ref = 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'
const job = 'file: obs://bucket/job.jar\nclassName: Main\n'

/**
 * Runs a command and sends signals to it when the first requests arrive.
 *
 * @param signals the signals. The first request causes the first signal, the second request causes the second signal. The default is
 *   one Ctrl-C
 * @param respond what the server does; by default it never responds
 */
async function interruptRequests(
  args: readonly string[],
  {
    signals = ['SIGINT'],
    respond = () => {},
  }: { readonly signals?: readonly NodeJS.Signals[]; readonly respond?: RequestListener } = {},
) {
  let command: RunningCommand | undefined
  let requestCount = 0
  const endpoint = await startServer((request, response) => {
    const next = signals[requestCount++]
    if (next !== undefined) command?.child.kill(next)
    respond(request, response)
  })
  command = startCommand([...args, '--endpoint', endpoint], { cwd: createFolder({ 'job.yaml': job }) })
  const { child } = command
  return { ...(await command.result), signal: child.signalCode, endpoint }
}

test.each([
  ['cancel', ['cancel', ref]],
  ['get', ['get', ref]],
  ['ls', ['ls']],
  ['watch', ['watch', ref]],
  ['wait', ['wait', ref]],
  ['logs', ['logs', ref]],
  ['login', ['login']],
  ['api', ['api', 'listBatches']],
  ['submit', ['submit', 'dli:batch', 'job.yaml']],
])('Ctrl-C ends %s at once with exit code 130, although the service does not respond', async (_, args) => {
  const { exitCode, stderr } = await interruptRequests(args)
  // If the message is missing, the command ended because of a time limit, and not because of Ctrl-C.
  expect(stderr).toMatch(/^jobscope: Interrupted\./m)
  expect(exitCode).toBe(130)
})

test.skipIf(process.platform === 'win32').each([
  ['get', ['get', ref]],
  ['wait', ['wait', ref]],
  ['submit', ['submit', 'dli:batch', 'job.yaml']],
])('SIGTERM ends %s at once with exit code 143, although the service does not respond', async (_, args) => {
  const { exitCode, stderr } = await interruptRequests(args, { signals: ['SIGTERM'] })
  expect(stderr).toMatch(/^jobscope: Interrupted\./m)
  expect(exitCode).toBe(143)
})

test.skipIf(process.platform === 'win32')('SIGTERM stops the mock with exit code 0', async () => {
  const { child, result } = startCommand(['mock', '--port', '0'])
  child.stdout.on('data', chunk => `${chunk}`.includes('/_mock') && child.kill('SIGTERM'))
  expect((await result).exitCode).toBe(0)
})

test.each([
  ['the mock', ['mock', '--port', '0'], '/_mock'],
  ['ui', ['ui', '--endpoint', 'http://127.0.0.1:9'], 'Press Ctrl-C'],
  ['record', ['record', '--file', 'a.har', '--endpoint', 'http://127.0.0.1:9'], 'Press Ctrl-C'],
])('Ctrl-C ends %s with exit code 130', async (_, args, ready) => {
  const { exitCode } = await runCommand(args, {
    cwd: createFolder({}),
    onOutput: (output, interrupt) => output.includes(ready) && interrupt(),
  })
  expect(exitCode).toBe(130)
})

test('Ctrl-C ends submit while it reads standard input', async () => {
  const { child, result } = startCommand(['submit', 'dli:batch', '-'], { input: undefined })
  // The input is larger than the buffer of a pipe. So the callback runs only after the command has started to read.
  child.stdin.write(`# ${'x'.repeat(2 ** 20)}\n`, () => child.kill('SIGINT'))
  expect(await result).toEqual({ exitCode: 130, stdout: '', stderr: 'jobscope: Interrupted.\n' })
})

test('Ctrl-C ends a command that waits because its output is not read', async () => {
  const endpoint = await startJsonServer({ is_success: true, sessions: [], note: 'x'.repeat(2 ** 22) })
  const child = spawn(process.execPath, [bin, 'api', 'listBatches', '--endpoint', endpoint], { env: {} })
  // The output is larger than the buffer of a pipe. So after the first part, the command waits for the reader.
  child.stdout.once('readable', () => child.kill('SIGINT'))
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  expect(exitCode).toBe(130)
})

test('after Ctrl-C, submit prints that the job may exist and how to check it', async () => {
  const { stderr, endpoint } = await interruptRequests(['submit', 'dli:batch', 'job.yaml'])
  expect(stderr).toBe(
    `jobscope: Interrupted. The job may have been created. To check, run: jobscope ls --kind dli:batch --endpoint ${endpoint}\n`,
  )
})

test.each([
  { name: 'Ctrl-C', signal: 'SIGINT', code: 130 },
  { name: 'SIGTERM', signal: 'SIGTERM', code: 143 },
] as const)(
  'after $name, wait --cancel-on-interrupt requests the cancellation of the jobs and names them',
  async each => {
    const { exitCode, stderr } = await interruptRequests(['wait', ref, '--cancel-on-interrupt'], {
      signals: [each.signal],
      respond: (request, response) => request.method === 'DELETE' && void response.end('{"msg":"deleted"}'),
    })
    expect({ exitCode, stderr }).toEqual({
      exitCode: each.code,
      stderr: `jobscope: Interrupted. Cancellation requested: ${ref}\n`,
    })
  },
)

test('wait --cancel-on-interrupt names the jobs that cannot be canceled', async () => {
  const { exitCode, stderr } = await interruptRequests(['wait', ref, '--cancel-on-interrupt'], {
    respond: (request, response) => request.method === 'DELETE' && void response.writeHead(403).end('{}'),
  })
  expect(exitCode).toBe(130)
  expect(stderr).toMatch(new RegExp(`^jobscope: Interrupted\\. Cannot cancel ${ref}: .*403`))
})

test('a second Ctrl-C kills the command while it requests the cancellation of its jobs', async () => {
  const { exitCode, signal } = await interruptRequests(['wait', ref, '--cancel-on-interrupt'], {
    signals: ['SIGINT', 'SIGINT'],
  })
  expect({ exitCode, signal }).toEqual({ exitCode: null, signal: 'SIGINT' })
})

test.skipIf(process.platform === 'win32')('SIGTERM after Ctrl-C kills the command', async () => {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const { exitCode, signal } = await interruptRequests(['wait', ref, '--cancel-on-interrupt'], { signals })
  expect({ exitCode, signal }).toEqual({ exitCode: null, signal: 'SIGTERM' })
})

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'after %s, wait ends at once and ends the command of --exec',
  async signal => {
    const endpoint = await startJsonServer({ id: ref.split(':')[2], state: 'success' })
    const { child, result } = startCommand([
      'wait',
      ref,
      '--exec',
      'echo ready; sleep 1000; true',
      '--endpoint',
      endpoint,
    ])
    child.stderr.on('data', chunk => `${chunk}`.includes('ready') && child.kill(signal))
    // The result is available only when each process that writes to standard error has ended, including the command of --exec.
    const { exitCode, stderr } = await result
    expect(exitCode).toBe(signal === 'SIGINT' ? 130 : 143)
    expect(stderr).toMatch(/^jobscope: --exec failed: Interrupted\.\njobscope: Interrupted\.$/m)
  },
)
