import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const script = fileURLToPath(new URL('start.ts', import.meta.url))
const running: ChildProcess[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Starts the demo, and collects its output until its servers run or the demo exits. */
async function start(...args: string[]): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let output = ''
  const closed = once(child, 'close')
  const serving = new Promise<void>(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', chunk => {
        output += chunk
        if (output.includes('Serving until Ctrl-C.')) resolve()
      })
    }
  })
  await Promise.race([serving, closed])
  return { child, output }
}

test('prints five jobs, starts three servers, and closes their ports on SIGINT', async () => {
  const { child, output } = await start('--mock-port', '0', '--page-port', '0', '--docs-port', '0')
  const rows = output.split('\n').filter(line => /^(dli|modelarts|cs|res) /.test(line))
  expect(rows.map(line => line.split(/ {2,}/))).toEqual([
    ['dli', 'batch', '0a324461-d9d9-45da-a52a-3b3c7a3d809e', '–', 'starting', 'starting', '2018-07-18 09:27:23'],
    ['modelarts', 'training-version', '48190/51340', 'bert-tune', '10', 'succeeded', '2024-06-10 06:00:00'],
    ['modelarts', 'visualization', '197', 'apiTest-11', '7', 'queued', '2019-08-07 03:48:56'],
    ['cs', 'job', '50320', 'my_job_001', 'job_running', 'running', '2018-01-26 07:45:10'],
    ['res', 'job', 'd7a72d46599e4d32bc79efaf8041b6e5', 'Recall-hotrec-0218-2', 'SUCCEEDED', 'succeeded', '–'],
  ])
  const [mock, link, docs] = ['Mock', 'Jobs', 'Docs'].map(
    name => new RegExp(`^${name} +(\\S+)`, 'm').exec(output)?.[1] as string,
  )
  expect((await fetch(`${docs}/`)).status).toBe(200)
  expect(await (await fetch(`${docs}/`)).text()).toContain('Jobscope')
  expect((await fetch(`${mock}/dli/unknown`)).status).toBe(404)

  const opened = await fetch(link as string, { redirect: 'manual' })
  expect(opened.headers.get('set-cookie')).toContain('HttpOnly')

  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  for (const origin of [mock, link, docs]) await expect(fetch(origin as string)).rejects.toThrow('fetch failed')
})

test.each(['mock-port', 'page-port', 'docs-port'])(
  'the error names the port that is in use and the option that selects another port: --%s',
  async option => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const others = ['mock-port', 'page-port', 'docs-port'].filter(other => other !== option)
    const { child, output } = await start(`--${option}`, `${port}`, ...others.flatMap(other => [`--${other}`, '0']))
    expect(output).toMatch(new RegExp(`^start: Port ${port} .*--${option}`))
    expect(output).not.toContain('    at ')
    expect(child.exitCode).toBe(1)
    server.close()
  },
)

test('rejects a port that is not a number, and the error names the option', async () => {
  const { output, child } = await start('--docs-port', 'http')
  expect(output).toBe('start: Invalid port for --docs-port: http. Expected a number from 0 to 65535.\n')
  expect(child.exitCode).toBe(1)
})
