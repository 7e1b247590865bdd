import { existsSync, readFileSync } from 'node:fs'
import { connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { createMock, DEMO_KEY } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
// @boundaries-ignore the certificate is also used in tests of core
import { createSelfSignedCertificate } from '../../core/test/self-signed-certificate.ts'
import { runCommand, startCommand } from './run-command.ts'
import { createFolder } from './start-mock.ts'

const programs = fileURLToPath(new URL('record-tls/', import.meta.url))

/** Starts a mock that requires signatures, and a server in front of it that adds TLS. */
async function startTlsMock() {
  const mock = await createMock({ auth: 'strict', services: ['dli'], seedJobs: 3 })
  onTestFinished(() => mock.close())
  const { key, cert } = createSelfSignedCertificate()
  const sockets = new Set<Socket>()
  const server = createServer({ key, cert }, socket => {
    const upstream = connect(Number(new URL(mock.origin).port), '127.0.0.1')
    sockets.add(socket).add(upstream)
    for (const each of [socket, upstream]) each.on('error', () => {})
    socket.pipe(upstream).pipe(socket)
  })
  const port = await listen(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { mock, cert, endpoint: `https://localhost:${port}/dli` }
}

const listen = (server: Server): Promise<number> =>
  new Promise(resolve =>
    server.listen(0, 'localhost', () => resolve((server.address() as { readonly port: number }).port)),
  )

test('record --tls records our client, the SDK of the vendor, curl and Python, and their signatures stay valid', async () => {
  const { mock, cert, endpoint } = await startTlsMock()
  const cwd = createFolder({ 'upstream.pem': cert })
  const temporary = createFolder({})
  // The recorder has no access key, so it cannot sign requests again.
  const { exitCode, stdout, stderr } = await runCommand(
    [
      ...['record', '--tls', '--service', 'dli', '--endpoint', `dli=${endpoint}`],
      ...['--', process.execPath, join(programs, 'all.ts'), endpoint, JSON.stringify(DEMO_KEY)],
    ],
    { cwd, env: { NODE_EXTRA_CA_CERTS: join(cwd, 'upstream.pem'), TMPDIR: temporary, NODE_NO_WARNINGS: '1' } },
  )
  expect(stderr).toBe('Recorded 6 exchanges to traffic.ndjson.\n')
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    jobscope: 'ok',
    sdk: 'ok',
    curl: 'ok',
    python: 'ok',
    curlWithToken: 'APIGW',
    reachableAddresses: [],
    temporaryFiles: ['ca.pem'],
    hasPrivateKey: false,
  })
  expect(mock.requests.map(({ operation, status }) => [operation, status])).toEqual([
    ['createBatch', 200],
    ['getBatch', 200],
    ['listBatches', 200],
    ['listBatches', 200],
    ['listBatches', 200],
    ['listBatches', 401],
  ])

  const recorded = readFileSync(join(cwd, 'traffic.ndjson'), 'utf8')
  const exchanges = recorded
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { readonly request: object; readonly response: { readonly body: string } })
  expect(exchanges[0]?.request).toMatchObject({ method: 'POST', body: expect.stringContaining('"className"') })
  expect(exchanges.map(({ response }) => JSON.parse(response.body))).toEqual([
    expect.objectContaining({ id: expect.any(String), state: 'starting' }),
    expect.objectContaining({ id: expect.any(String) }),
    ...[1, 2, 3].map(() => expect.objectContaining({ sessions: expect.any(Array) })),
    expect.objectContaining({ error_code: expect.any(String) }),
  ])
  expect(recorded).not.toMatch(new RegExp(`${DEMO_KEY.accessKey}|${DEMO_KEY.secretKey}|Signature=|secret-token`))
  const checked = await runCommand(['check', 'traffic.ndjson', '--endpoint', `dli=${endpoint}`], { cwd })
  expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining('6 exchanges checked: no findings.')])
})

test('record --tls prints the variables for other programs, and removes the certificate after Ctrl-C', async () => {
  let existed = false
  const { result } = startCommand(['record', '--tls', '--region', 'eu-de', '--cloud', 'otc'], {
    cwd: createFolder({}),
    onOutput(output, interrupt) {
      // After Ctrl-C, the command removes the certificate and then writes more output.
      if (existed || !output.includes('Press Ctrl-C')) return
      existed = existsSync(findCertificate(output))
      interrupt()
    },
  })
  const { exitCode, stdout } = await result
  expect(exitCode).toBe(130)
  expect(stdout).toMatch(/^HTTPS_PROXY=http:\/\/127\.0\.0\.1:\d+$/m)
  expect([existed, existsSync(findCertificate(stdout))]).toEqual([true, false])
})

const findCertificate = (output: string): string => /^SSL_CERT_FILE=(.+)$/m.exec(output)?.[1] ?? ''
