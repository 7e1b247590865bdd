import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { createOptions } from '../src/config/create-options.ts'
import { parseConfig } from '../src/config/parse-config.ts'
import { createSecretReader } from '../src/config/secret-reader.ts'
import { toWatcherEvent } from '../src/engine/job-event.ts'

const env = {
  TOKEN: 't',
  FTP: 'ftp://marked-5',
  TEXT: 'marked-5',
  LOGIN: 'https://u:marked-5@host',
  LINES: 'marked-5\n1',
}

async function check(text: string): Promise<string> {
  const { config, addPositions } = parseConfig(text, 'f.yaml')
  try {
    await addPositions(() => createOptions(config, createSecretReader(env, new Set())))
    return 'valid'
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  }
}

const account = (keys = '') =>
  `  - { name: a, region: eu-de, project: p, credentials: { token: { env: TOKEN } }, services: [dli]${keys} }\n`

test.each([
  ['an account that watches several kinds', `accounts:\n${account()}`, 'valid'],
  [
    'a missing variable',
    'accounts:\n  - name: a\n    region: eu-de\n    project: p\n    credentials: { token: { env: MISSING } }\n',
    'f.yaml:5:27: The environment variable MISSING is empty or missing. accounts[0].credentials.token refers to it.',
  ],
  [
    'a missing region',
    'accounts:\n  - name: a\n    project: p\n    credentials: { token: { env: TOKEN } }\n',
    'f.yaml:2:5: The account "a" is invalid: region is missing. Use an ID such as `eu-de`.',
  ],
  [
    'a missing project',
    'accounts:\n  - { name: a, region: eu-de, credentials: { token: { env: TOKEN } } }\n',
    'f.yaml:2:5: accounts[0] has no "project". Add the ID of the project.',
  ],
  [
    'an endpoint without TLS',
    `accounts:\n${account(', endpoint: http://example.com')}`,
    'f.yaml:2:110: The account "a" is invalid: endpoint must be an https URL without a user name or a query. Only an endpoint on this machine can use http.',
  ],
  [
    'a URL of another type in a variable',
    `accounts:\n${account()}sinks:\n  - { type: webhook, url: { env: FTP } }\n`,
    'f.yaml:4:27: sinks[0].url begins with ftp://. Use https:// or http://.',
  ],
  [
    'a text instead of a URL in a variable',
    `accounts:\n${account()}sinks:\n  - { type: webhook, url: { env: TEXT } }\n`,
    'f.yaml:4:27: sinks[0].url is not a URL. Use https://….',
  ],
  [
    'a password in the URL in a variable',
    `accounts:\n${account()}sinks:\n  - { type: webhook, url: { env: LOGIN } }\n`,
    'f.yaml:4:27: sinks[0].url contains a user name or a password, which webhooks do not support. Use headers: { authorization: { env: NAME } } instead.',
  ],
  [
    'a header with a line break in a variable',
    `accounts:\n${account()}sinks:\n  - { type: webhook, url: https://host, headers: { x: { env: LINES } } }\n`,
    'f.yaml:4:55: sinks[0].headers.x contains a line break or another character that a header cannot contain. Remove it.',
  ],
  [
    'a rule missing for several kinds',
    `accounts:\n${account()}rules:\n  - { type: missing, matchName: x, by: "06:30" }\n`,
    `f.yaml:4:5: The rule "missing" selects several kinds of jobs (dli:batch, dli:sql-job, dli:flink-job). A rule of the type "missing" must select one kind, for example with kinds: ['dli:batch'].`,
  ],
  [
    'a rule missing for jobs that are not watched',
    `accounts:\n${account()}rules:\n  - { type: missing, matchName: x, by: "06:30", services: [cs] }\n`,
    `f.yaml:4:5: The rule "missing" selects no watched jobs. A rule of the type "missing" must select one kind, for example with kinds: ['dli:batch'].`,
  ],
  [
    'a rule missing for one kind',
    `accounts:\n${account()}rules:\n  - { type: missing, matchName: x, by: "06:30", kinds: [batch] }\n`,
    'valid',
  ],
])('checks %s', async (_, text, message) => {
  expect(await check(text)).toBe(message)
})

test('reports the mistakes of all accounts and sinks', async () => {
  const text = `accounts:\n  - { name: a, credentials: { token: { env: NONE } } }\nsinks:\n  - { type: webhook, url: { env: NO_URL }, secret: { env: NO_KEY } }\n`
  expect((await check(text)).match(/\b(NONE|NO_URL|NO_KEY)\b/g)).toEqual(['NONE', 'NO_URL', 'NO_KEY'])
})

test('reports a profile and a cloud that do not exist, and reads the project of a profile that exists', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const profiles = join(folder, 'credentials')
  const clouds = join(folder, 'clouds.json')
  await writeFile(profiles, '[one]\nak = a\nsk = marked-5\nproject_id = p1\n')
  await writeFile(clouds, JSON.stringify({ clouds: { one: { auth: { token: 'marked-5' } } } }))
  vi.stubEnv('HUAWEICLOUD_SDK_CREDENTIALS_FILE', profiles)
  vi.stubEnv('OS_CLIENT_CONFIG_FILE', clouds)
  onTestFinished(() => void vi.unstubAllEnvs())
  const accountOf = (keys: string) => `accounts:\n  - { name: a, region: eu-de, services: [dli], ${keys} }\n`
  expect(await check(accountOf('credentials: { profile: one }'))).toBe('valid')
  expect(await check(accountOf('project: p, credentials: { profile: two }'))).toBe(
    `f.yaml:2:84: accounts[0].credentials.profile cannot be used: ${profiles} does not exist or has no section [two].`,
  )
  expect(await check(accountOf('project: p, credentials: { cloudsYaml: one }'))).toBe('valid')
  expect(await check(accountOf('project: p, credentials: { cloudsYaml: two }'))).toContain(
    'f.yaml:2:87: accounts[0].credentials.cloudsYaml cannot be used: ',
  )
})

test('a command does not get the environment variables that the configuration refers to', async () => {
  const script = 'console.error(process.env.TOKEN, process.env.HOOK, process.env.OTHER); process.exit(1)'
  const command = JSON.stringify([process.execPath, '-e', script])
  const text = `accounts:\n${account()}sinks:\n  - { type: webhook, url: { env: HOOK } }\n  - { type: command, command: ${command} }\n`
  const { config } = parseConfig(text, 'f.yaml')
  const secrets = createSecretReader({ TOKEN: 't', HOOK: 'https://example.com', OTHER: 'x' }, new Set())
  const { sinks } = await createOptions(config, secrets)
  const event = toWatcherEvent({ shard: 's', seq: 1, ref: 'r', type: 'ended', time: 0, data: {} })
  await expect(sinks?.[1]?.deliver([event], new AbortController().signal)).rejects.toThrow('undefined undefined x')
})
