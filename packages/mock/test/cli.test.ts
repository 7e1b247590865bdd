import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../src/run-cli.ts'
import { start } from './harness.ts'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

interface Run {
  readonly process: ChildProcess
  /** Resolves to the text on stdout as soon as this text matches the pattern. */
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
        const ending = ended.then(end => Promise.reject(new Error(`The process ended: ${JSON.stringify(end)}`)))
        await Promise.race([once(child.stdout, 'data'), ending])
      }
      return stdout
    },
    ended,
  }
}

test.each(['SIGINT', 'SIGTERM'] as const)('prints the URLs of the services and serves them until %s', async signal => {
  const mock = run('--port', '0', '--services', 'dli')
  const output = await mock.output(/http\S+\n/)
  const url = /dli {2}(http:\/\/127\.0\.0\.1:\d+\/dli)/.exec(output)?.[1] ?? ''
  expect((await fetch(url)).status).toBe(404)
  mock.process.kill(signal)
  expect(await mock.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  await expect(fetch(url)).rejects.toThrow()
})

test.each(['--faults', '--scenario', '--services', '--speed', '--port', '--auth'])(
  'error messages show the value of %s without control characters',
  async option => {
    let stderr = ''
    const output = {
      stdout() {},
      stderr(text: string) {
        stderr += text
      },
    }
    expect(await runCli([option, 'x\u009b31m\u202e\u001b]0;t\u0007'], output)).toBe(2)
    expect(stderr).toMatch(/^jobscope-mock: .*x31m\]0;t.*\n/)
    expect(stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  },
)

test('--seed-jobs creates jobs', async () => {
  const mock = run('--port', '0', '--services', 'dli', '--seed-jobs', '20', '--speed', '1000000')
  const output = await mock.output(/http\S+\n/)
  expect(output).toContain('Mock of 1 services with 20 jobs.')
  const url = `${/http\S+/.exec(output)?.[0]}/v2.0/p/batches?state=dead`
  const response = await fetch(url, { headers: { 'X-Auth-Token': 't' } })
  expect(await response.json()).toMatchObject({ sessions: expect.any(Array) })
})

test('--speed per-poll moves a job to its next state with each read', async () => {
  const mock = run('--port', '0', '--services', 'dli', '--speed', 'per-poll')
  const url = /dli {2}(http\S+)/.exec(await mock.output(/_mock\n/))?.[1]
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { 'X-Auth-Token': 't', 'Content-Type': 'application/json' }
    return (await (await fetch(`${url}/v2.0/p/batches${path}`, { ...init, headers })).json()) as {
      readonly id: string
      readonly state: string
    }
  }
  const { id } = await call('', { method: 'POST', body: '{"file":"obs://b/a.jar","className":"A"}' })
  const states = [(await call(`/${id}`)).state, (await call(`/${id}`)).state, (await call(`/${id}`)).state]
  expect(states).toEqual(['starting', 'running', 'success'])
})

test('--faults injects faults, and the output contains the URL of the page of the mock', async () => {
  const mock = run('--port', '0', '--services', 'dli', '--faults', 'throttle', '--seed', '7')
  const output = await mock.output(/_mock\n/)
  const [, url = ''] = /dli {2}(http\S+)/.exec(output) ?? []
  const response = await fetch(`${url}/v2.0/p/batches`, { headers: { 'X-Auth-Token': 't' } })
  expect([response.status, response.headers.get('Retry-After')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  expect(await (await fetch(/jobs +(http\S+)/.exec(output)?.[1] ?? '')).text()).toContain(
    '<title>Jobscope mock</title>',
  )
})

test('--help lists the options', async () => {
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
  [['--port', 'http'], '--port http is not a port. Pass a number from 0 to 65535.'],
  [['--port', '70000'], '--port 70000 is not a port'],
  [['extra'], "Unexpected argument 'extra'"],
  [['--speed', 'fast'], '--speed fast is not a speed. Pass per-poll or a number above 0.'],
  [['--speed', '0'], '--speed 0 is not a speed'],
  [['--speed', ''], '--speed  is not a speed'],
  [['--speed', 'Infinity'], '--speed Infinity is not a speed'],
  [['--port', '65536'], '--port 65536 is not a port'],
  [['--port', ''], '--port  is not a port'],
  [['--seed-jobs', '1000000'], '--seed-jobs 1000000 is not a number of jobs. Pass a whole number up to 999999.'],
  [['--seed', '1000000000'], '--seed 1000000000 is not a seed. Pass a whole number up to 999999999.'],
  [['--seed-jobs', 'many'], '--seed-jobs many is not a number of jobs.'],
  [['--scenario', 'fial'], 'Unknown scenario "fial". Did you mean "fail"?'],
  [['--scenario', 'running>gone'], 'No job kind has the states "running, gone". Known states of dli:batch: '],
  [['--auth', 'loose'], '--auth loose is unknown. Pass open or strict.'],
  [['--seed', 'x'], '--seed x is not a seed. Pass a whole number'],
  [['--faults', 'thottle'], 'Unknown fault "thottle". Did you mean "throttle"?'],
  [['--faults', 'getBach:error'], 'Unknown operation or service "getBach". Did you mean "getBatch"?'],
  [['--services', 'dli,mdelarts'], 'Unknown service "mdelarts". Did you mean "modelarts"?'],
])('rejects %j with a message and exit code 2', async (args, message) => {
  const errors: string[] = []
  const code = await runCli(args, { stdout: () => expect.unreachable(), stderr: text => void errors.push(text) })
  const stderr = errors.join('')
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(stderr).toContain('See jobscope-mock --help.')
  expect(stderr).not.toContain('    at ')
})

test('the process ends with exit code 2 and one message after an invalid argument', async () => {
  const { code, stdout, stderr } = await run('--port', 'http').ended
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toBe(
    'jobscope-mock: --port http is not a port. Pass a number from 0 to 65535.\nSee jobscope-mock --help.\n',
  )
})

test('reports a taken port without a stack trace, with exit code 1', async () => {
  const { port } = await start()
  const { code, stderr } = await run('--port', String(port), '--services', 'dli').ended
  expect(code).toBe(1)
  expect(stderr).toBe(
    `jobscope-mock: Port ${port} of 127.0.0.1 is taken. Choose another port with --port (in code: the option port). 0 chooses a free port.\n`,
  )
})
