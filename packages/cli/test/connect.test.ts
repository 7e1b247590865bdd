import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { systemClock } from '@jobscope/core/internal'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { runInProcess } from './run-in-process.ts'
import { createFolder, startMock } from './start-mock.ts'
import { startServer } from './start-server.ts'

/** A path without a profile, so that the tests do not read the profile of the user who runs them. */
const noProfile = { HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nowhere/credentials', OS_CLIENT_CONFIG_FILE: '' }

const stagingEnv = {
  OS_TOKEN: 'STAGING',
  OS_PROJECT_ID: 'staging-project',
  OS_REGION_NAME: 'eu-nl',
  JOBSCOPE_CLOUD: 'x',
}
const prodFile = {
  'clouds.yaml': `clouds:
  prod:
    region_name: eu-de
    auth: { auth_url: "https://iam.eu-de.otc.t-systems.com/v3", token: PROD, project_id: prod-project }
`,
}

test('--profile takes precedence over credentials and settings in environment variables', async () => {
  const { mock } = await startMock()
  const args = ['login', '--profile', 'prod', '--json', '--endpoint', mock.origin]
  const { stdout } = await runCommand(args, { env: stagingEnv, cwd: createFolder(prodFile) })
  expect(JSON.parse(stdout)).toMatchObject({
    source: expect.stringMatching(/^clouds\.yaml \(prod in /),
    cloud: 'otc',
    region: 'eu-de',
    project: 'prod-project',
  })
})

test.each([
  ['a clouds.yaml without this profile', prodFile, /clouds\.yaml has no cloud nope\. It lists prod\.\n$/],
  ['no clouds.yaml', {}, /^jobscope: Cannot find the cloud nope: there is no clouds\.yaml in /],
])('if there is %s, rejects a --profile that does not exist', async (_, files, message) => {
  const { exitCode, stderr } = await runCommand(['ls', '--profile', 'nope'], {
    env: stagingEnv,
    cwd: createFolder(files),
  })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(message)
})

test('error messages omit the control characters that a clouds.yaml contains', async () => {
  const cwd = createFolder({ 'clouds.yaml': 'clouds: {"x\\e]0;PWNED\\a": {}, "y": {}}\n' })
  const { stderr } = await runCommand(['ls'], { cwd })
  expect(stderr).toMatch(/lists several clouds: x\]0;PWNED, y\./)
})

/** Starts a server that rejects the placeholder token, as a real service behind a tunnel does. `headers` lists those of all requests. */
async function startService() {
  const headers: IncomingHttpHeaders[] = []
  const paths: string[] = []
  const origin = await startServer((request, response) => {
    headers.push(request.headers)
    paths.push(request.url ?? '')
    const isAccepted = request.headers['x-auth-token'] !== 'any-token'
    const isProjects = request.url?.startsWith('/iam/v3/projects') === true
    response.writeHead(isAccepted ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isProjects ? { projects: [{ id: 'p-of-region', name: 'eu-de' }], links: {} } : {}))
  })
  return { headers, paths, origin }
}

const vendorProfile = (more = '') => {
  const HUAWEICLOUD_SDK_CREDENTIALS_FILE = join(
    createFolder({ credentials: `[basic]\nak = AK\nsk = SK\n${more}` }),
    'credentials',
  )
  return { HUAWEICLOUD_SDK_CREDENTIALS_FILE }
}

test("signs requests to an endpoint on this machine with the keys of the vendor's profile", async () => {
  const { headers, paths, origin } = await startService()
  const env = { ...vendorProfile('project_id = p1\n'), JOBSCOPE_ENDPOINT: origin }
  await runInProcess(['api', 'listBatches'], { env, clock: systemClock })
  expect(headers.map(each => [each['x-auth-token'], each.authorization])).toEqual([
    [undefined, expect.stringContaining('Access=AK')],
  ])
  expect(paths[0]).toContain('/p1/')
})

test('finds the ID of the project through an endpoint on this machine if there are credentials', async () => {
  const { paths, origin } = await startService()
  const env = { ...vendorProfile(), JOBSCOPE_ENDPOINT: origin, OS_REGION_NAME: 'eu-de' }
  await runInProcess(['api', 'listBatches'], { env, clock: systemClock })
  expect(paths).toEqual([expect.stringMatching(/^\/iam\/v3\/projects/), expect.stringContaining('/p-of-region/')])
})

test('without credentials, says that a service on this machine has rejected the placeholder token', async () => {
  const { paths, origin } = await startService()
  const env = { ...noProfile, JOBSCOPE_ENDPOINT: origin, OS_REGION_NAME: 'eu-de' }
  const { stderr } = await runInProcess(['ls', '--service', 'dli'], { env, clock: systemClock })
  expect(stderr.match(/the requests have a placeholder token for a mock\. To set credentials, use/g)).toHaveLength(1)
  expect(paths[0]).toContain('/any-project/')
  const { origin: mock } = (await startMock({ services: ['dli'] })).mock
  const accepted = await runInProcess(['ls', '--service', 'dli', '--json'], {
    env: { ...env, JOBSCOPE_ENDPOINT: mock },
    clock: systemClock,
  })
  expect([accepted.exitCode, accepted.stderr]).toEqual([0, ''])
})

test.each([
  [{ OS_TOKEN: 'S3CRETü' }, 'environment (OS_TOKEN): token is missing or contains'],
  [{ OS_TOKEN: 'two\nlines' }, 'environment (OS_TOKEN): token is missing or contains'],
  [{ OS_ACCESS_KEY: 'AK' }, 'environment: OS_SECRET_KEY is missing'],
])('reports invalid credentials in the environment for an endpoint on this machine: %j', async (variables, reason) => {
  const { paths, origin } = await startService()
  const env = { ...noProfile, ...variables, JOBSCOPE_ENDPOINT: origin, OS_REGION_NAME: 'eu-de' }
  const { exitCode, stdout, stderr } = await runInProcess(['ls', '--service', 'dli'], { env, clock: systemClock })
  expect([exitCode, stdout]).toEqual([3, ''])
  expect(stderr).toContain(reason)
  expect(stderr).not.toMatch(/S3CRET|two|lines/)
  expect(paths).toEqual([])
})

/** Starts a proxy that rejects every request. `targets` lists the requested hosts. */
async function startProxy() {
  const targets: (string | undefined)[] = []
  const proxy = createServer().listen(0, '127.0.0.1')
  proxy.on('connect', ({ url }, socket) => {
    targets.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await once(proxy, 'listening')
  onTestFinished(() => void proxy.close())
  return { targets, url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
}

const getBatch = ['api', 'getBatch', 'batch_id=0a324461-d9d9-45da-a52a-3b3c7a3d809e']
const host = 'gateway.invalid'
const env = { OS_TOKEN: 't', OS_PROJECT_ID: 'p' }

test.each(['HTTPS_PROXY', 'https_proxy'])('sends requests through the proxy in %s', async name => {
  const proxy = await startProxy()
  await runCommand([...getBatch, '--endpoint', `https://${host}`], { env: { ...env, [name]: proxy.url } })
  expect(new Set(proxy.targets)).toEqual(new Set([`${host}:443`]))
})

test.each([host, 'invalid', '.invalid', '*'])('with NO_PROXY=%s, sends no request through the proxy', async noProxy => {
  const proxy = await startProxy()
  const proxyEnv = { ...env, HTTPS_PROXY: proxy.url, NO_PROXY: noProxy }
  const { exitCode } = await runCommand([...getBatch, '--endpoint', `https://${host}`], { env: proxyEnv })
  expect(exitCode).toBe(4)
  expect(proxy.targets).toEqual([])
})

test('never uses a proxy for an endpoint on this machine', async () => {
  const { run } = await startMock()
  // Nothing listens on port 9.
  expect(
    await run(getBatch, { env: { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' } }),
  ).toMatchObject({ exitCode: 0, stderr: '' })
})

test.each([
  [
    'HTTPS_PROXY has an unsupported URL',
    { HTTPS_PROXY: 'socks5://ada:hunter2@h:1' },
    /^jobscope: HTTPS_PROXY is not the URL of an HTTP proxy\. Set it to .*\n$/,
  ],
  [
    'only ALL_PROXY is set',
    { ALL_PROXY: 'socks5://h:1' },
    /^jobscope: ALL_PROXY is not supported\. To use the proxy, set HTTPS_PROXY\.\n/,
  ],
])('if %s, says that the proxy cannot be used', async (_, proxyEnv, message) => {
  const { run } = await startMock()
  const { stderr } = await run(getBatch, { env: proxyEnv })
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain('hunter2')
})

test('if this version of Node does not support proxies, names the versions that support them', async () => {
  const { run } = await startMock()
  const oldNode = `Object.defineProperty(process, 'allowedNodeEnvironmentFlags', { value: new Set() })`
  const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(oldNode)}`]
  const { exitCode, stderr } = await run(getBatch, { nodeArgs, env: { HTTPS_PROXY: 'http://h:1' } })
  expect(exitCode).toBe(0)
  expect(stderr).toMatch(
    /^jobscope: HTTPS_PROXY is ignored\. Node \S+ has no support for proxies\. Use Node 22\.21\+ or 24\.5\+\.\n$/,
  )
})

test('if the region belongs to another cloud, names the other cloud and sends no request', async () => {
  const { exitCode, stderr } = await runCommand(['ls', '--region', 'eu-de'], { env })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(
    /^jobscope: Region eu-de does not belong to cloud huaweicloud but to otc\. Use --cloud otc.*\n$/,
  )
})

test('reports an invalid region if a service has no endpoint', async () => {
  const args = ['ls', '--cloud', 'otc', '--region', 'EU-DE', '--endpoint', 'dli=http://127.0.0.1:9']
  const { exitCode, stderr } = await runCommand(args, { env })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/region `EU-DE` is invalid/)
})

test('commands that need one service ask only for the settings of this service', async () => {
  const setup = await startMock({ seedJobs: 9, services: ['dli'] })
  const ref = setup.mock.jobs.list('dli:batch')[0]?.ref as string
  const env = { JOBSCOPE_ENDPOINT: `dli=${setup.mock.origin}/dli` }
  const [, , id = ''] = ref.split(':')
  for (const args of [
    ['get', ref],
    ['get', `batch:${id}`],
    ['get', `dli:batch:${id.slice(0, 18)}`],
    ['get', 'batches'],
    ['get', 'dli'],
    ['get', 'dli:batch'],
    ['describe', ref],
    ['logs', ref],
    ['cancel', ref, '--dry-run'],
    ['stop', ref],
    ['retry', ref, '--dry-run'],
    ['delete', ref, '--dry-run'],
    ['cancel', '--kind', 'batch', '--dry-run'],
    ['ls', '--service', 'dli'],
    ['ls', '--kind', 'dli:batch'],
    ['wait', ref],
    ['watch', ref],
  ]) {
    const { stderr } = await runCommand(args, { env })
    expect([args.join(' '), stderr]).toEqual([args.join(' '), expect.not.stringMatching(/region/)])
  }
  const { exitCode, stderr } = await runCommand(['get', 'nightly'], { env })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^jobscope: modelarts: region is missing/)
})

test('a command that names a service asks for the settings of this service', async () => {
  const env = { JOBSCOPE_ENDPOINT: 'dli=http://127.0.0.1:9' }
  const { exitCode, stderr } = await runCommand(['get', 'cs:job:1'], { env })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^jobscope: cs: region is missing/)
})

test('wait --timeout ends at once behind a proxy that never responds', async () => {
  const proxy = createServer().listen(0, '127.0.0.1')
  proxy.on('connect', (_, socket) => onTestFinished(() => void socket.destroy()))
  await once(proxy, 'listening')
  onTestFinished(() => void proxy.close())
  const args = [
    'wait',
    'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
    '--timeout',
    '300ms',
    '--endpoint',
    `https://${host}`,
  ]
  // Node emits `beforeExit` only if a process ends because nothing keeps it alive. The open connection would delay this by 5 s.
  const hook = `data:text/javascript,process.on('beforeExit',()=>console.error('ended late'))`
  const { exitCode, stderr } = await runCommand(args, {
    nodeArgs: ['--import', hook],
    env: {
      OS_TOKEN: 't',
      OS_PROJECT_ID: 'p',
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    },
  })
  expect(exitCode).toBe(5)
  expect(stderr).toContain(' within 300ms')
  expect(stderr).not.toContain('ended late')
})
