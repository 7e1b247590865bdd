import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { start } from './harness.ts'

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

interface Run {
  readonly process: ChildProcess
  /** Resolves with the output to stdout as soon as it matches. */
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

test.each(['SIGINT', 'SIGTERM'] as const)('prints its URLs and serves until %s', async signal => {
  const mock = run('--port', '0', '--services', 'dli')
  const output = await mock.output(/http\S+\n/)
  const url = /dli {2}(http:\/\/127\.0\.0\.1:\d+\/dli)/.exec(output)?.[1] ?? ''
  expect((await fetch(url)).status).toBe(404)
  mock.process.kill(signal)
  expect(await mock.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  await expect(fetch(url)).rejects.toThrow()
})

test('--seed-jobs creates jobs', async () => {
  const mock = run('--port', '0', '--services', 'dli', '--seed-jobs', '20', '--speed', '1000000')
  const output = await mock.output(/http\S+\n/)
  expect(output).toContain('Mock of 1 services with 20 jobs.')
  const url = `${/http\S+/.exec(output)?.[0]}/v2.0/p/batches?state=dead`
  const response = await fetch(url, { headers: { 'X-Auth-Token': 't' } })
  expect(await response.json()).toMatchObject({ sessions: expect.any(Array) })
})

test('--faults injects faults, and the output has the URL of the page', async () => {
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
  [['--speed', 'fast'], '--speed fast is not a speed. Pass a number above 0 or per-poll.'],
  [['--seed-jobs', 'many'], '--seed-jobs many is not a number of jobs.'],
  [['--scenario', 'fial'], 'Unknown scenario "fial". Did you mean "fail"?'],
  [['--scenario', 'running>gone'], 'No job kind has the states "running, gone". Known states of dli:batch: '],
  [['--auth', 'loose'], '--auth loose is unknown. Pass open or strict.'],
  [['--seed', 'x'], '--seed x is not a seed. Pass a whole number'],
  [['--faults', 'thottle'], 'Unknown fault "thottle". Did you mean "throttle"?'],
  [['--faults', 'getBach:error'], 'Unknown operation or service "getBach". Did you mean "getBatch"?'],
  [['--services', 'dli,mdelarts'], 'Unknown service "mdelarts". Did you mean "modelarts"?'],
])('rejects %j with a message and exit code 2', async (args, message) => {
  const { code, stderr } = await run(...args).ended
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(stderr).toContain('See jobscope-mock --help.')
  expect(stderr).not.toContain('    at ')
})

test('reports a taken port without a stack trace, with exit code 1', async () => {
  const { port } = await start()
  const { code, stderr } = await run('--port', String(port), '--services', 'dli').ended
  expect(code).toBe(1)
  expect(stderr).toBe(
    `jobscope-mock: Port ${port} of 127.0.0.1 is taken. Choose another one with --port (in code: the option port). 0 chooses a free port.\n`,
  )
})
