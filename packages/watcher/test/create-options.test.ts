import { expect, test } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { createOptions } from '../src/config/create-options.ts'
import { parseConfig } from '../src/config/parse-config.ts'
import { createSecretReader } from '../src/config/secret-reader.ts'

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
  `  - { name: a, region: eu-de, credentials: { token: { env: TOKEN } }, services: [dli]${keys} }\n`

test.each([
  ['an account that watches several kinds', `accounts:\n${account()}`, 'valid'],
  [
    'a missing variable',
    'accounts:\n  - name: a\n    region: eu-de\n    credentials: { token: { env: MISSING } }\n',
    'f.yaml:4:27: The environment variable MISSING is empty or missing. accounts[0].credentials.token refers to it.',
  ],
  [
    'a missing region',
    'accounts:\n  - name: a\n    credentials: { token: { env: TOKEN } }\n',
    'f.yaml:2:5: The account "a" is invalid: region is missing. Use an ID such as `eu-de`.',
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
    'two accounts with the same shard',
    `accounts:\n${account()}${account(', project: default')}`,
    'f.yaml:3:5: Two accounts have the shard a/default/eu-de/dli/batch. Give the accounts different names.',
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
