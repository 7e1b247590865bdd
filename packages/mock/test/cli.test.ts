import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { start } from './harness.ts'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

interface Run {
  readonly process: ChildProcess
  /** What it wrote to stdout so far, once it matches. */
  output(pattern: RegExp): Promise<string>
  readonly ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }))
  return {
    process: child,
    async output(pattern) {
      while (!pattern.test(stdout)) {
        const ending = ended.then(end => Promise.reject(new Error(`It ended: ${JSON.stringify(end)}`)))
        await Promise.race([once(child.stdout, 'data'), ending])
      }
      return stdout
    },
    ended,
  }
}

test.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, and prints where', async signal => {
  const mock = run('--port', '0', '--services', 'dli')
  const output = await mock.output(/http\S+\n/)
  const url = /dli {2}(http:\/\/127\.0\.0\.1:\d+\/dli)/.exec(output)?.[1] ?? ''
  expect((await fetch(url)).status).toBe(404)
  mock.process.kill(signal)
  expect(await mock.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  await expect(fetch(url)).rejects.toThrow()
})

test('jobs are there from the beginning, and move', async () => {
  const mock = run('--port', '0', '--services', 'dli', '--seed-jobs', '20', '--speed', '1000000')
  const output = await mock.output(/http\S+\n/)
  expect(output).toContain('Mock of 1 services, 20 jobs')
  const url = `${/http\S+/.exec(output)?.[0]}/v2.0/p/batches?state=dead`
  const response = await fetch(url, { headers: { 'X-Auth-Token': 't' } })
  expect(await response.json()).toMatchObject({ sessions: expect.any(Array) })
})

test('calls go wrong, and the page says where jobs are', async () => {
  const mock = run('--port', '0', '--services', 'dli', '--faults', 'throttle', '--seed', '7')
  const output = await mock.output(/_mock\n/)
  const [, url = ''] = /dli {2}(http\S+)/.exec(output) ?? []
  const response = await fetch(`${url}/v2.0/p/batches`, { headers: { 'X-Auth-Token': 't' } })
  expect([response.status, response.headers.get('Retry-After')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  expect(await (await fetch(/jobs +(http\S+)/.exec(output)?.[1] ?? '')).text()).toContain(
    '<title>Jobscope mock</title>',
  )
})

test('--help says how', async () => {
  const { code, stdout } = await run('--help').ended
  expect(code).toBe(0)
  for (const flag of [
    '--port',
    '--host',
    '--services',
    '--scenario',
    '--speed',
    '--seed-jobs',
    '--faults',
    'throttle',
    '/_mock',
    'Prefer',
  ])
    expect(stdout).toContain(flag)
})

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', 'http'], '--port http is not a port: give a number from 0 to 65535.'],
  [['--port', '70000'], '--port 70000 is not a port'],
  [['extra'], "Unexpected argument 'extra'"],
  [['--speed', 'fast'], '--speed fast is neither a number above 0 nor per-poll.'],
  [['--seed-jobs', 'many'], '--seed-jobs many is not a number of jobs.'],
  [['--scenario', 'fial'], 'There is no scenario "fial"; did you mean "fail"?'],
  [['--scenario', 'running>gone'], 'No job kind has the states "running, gone". States of dli:batch: '],
  [['--auth', 'loose'], '--auth loose is neither open nor strict.'],
  [['--seed', 'x'], '--seed x is not a whole number.'],
  [['--faults', 'thottle'], 'There is no fault "thottle"; did you mean "throttle"?'],
  [['--faults', 'getBach:error'], 'There is no operation or service "getBach"; did you mean "getBatch"?'],
  [['--services', 'dli,mdelarts'], 'There is no service "mdelarts"; did you mean "modelarts"?'],
])('%j is wrong use: a message, exit 2', async (args, message) => {
  const { code, stderr } = await run(...args).ended
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(stderr).toContain('See jobscope-mock --help.')
  expect(stderr).not.toContain('    at ')
})

test('a taken port: one sentence, exit 1, no stack trace', async () => {
  const { port } = await start()
  const { code, stderr } = await run('--port', String(port), '--services', 'dli').ended
  expect(code).toBe(1)
  expect(stderr).toBe(
    `jobscope-mock: Port ${port} of 127.0.0.1 is taken: choose another one with --port (in code: the option port); 0 takes any free one.\n`,
  )
})
