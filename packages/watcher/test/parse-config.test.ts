import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from '../src/config/parse-config.ts'

const account = 'accounts:\n  - name: a\n'

const check = (text: string): string => {
  try {
    parseConfig(text, 'f.yaml')
    return 'valid'
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  }
}

test('accepts a configuration with all keys', () => {
  const text = `
database: { env: DATABASE_URL }
concurrency: 4
accounts:
  - name: production
    cloud: otc
    region: eu-de
    project: p1
    credentials: { accessKey: { env: AK }, secretKey: { file: /run/secrets/sk } }
    services: [dli, cs]
    kinds: [dli:batch]
    jobName: nightly
    interval: 30s
    maxInterval: 5m
    rate: 5
    burst: 10
rules:
  - { type: longer-than, after: 2h }
  - { type: missing, matchName: nightly, by: '06:30', timeZone: Europe/Berlin }
sinks:
  - { type: webhook, url: https://example.com/jobs, secret: { env: KEY }, types: [ended] }
  - { type: webhook, name: chat, url: { env: CHAT_URL }, template: '{name} is {state}' }
  - { type: command, command: [logger, -t, jobs] }
  - { type: stdout }
http: { host: 0.0.0.0, port: 9464 }
retention: { events: 168h, history: 2160h }
`
  expect(check(text)).toBe('valid')
})

test.each([
  [
    'a file that is not YAML',
    'accounts: [',
    'f.yaml:1:12: Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
  ['a duplicate key', `${account}accounts: []\n`, 'f.yaml:3:1: Map keys must be unique.'],
  [
    'an empty file',
    '',
    'f.yaml:1:1: The configuration is null. Expected keys with values, or a reference such as { env: NAME }.',
  ],
  [
    'a list',
    '- a\n',
    'f.yaml:1:1: The configuration is ["a"]. Expected keys with values, or a reference such as { env: NAME }.',
  ],
  ['a file without accounts', 'rules: []\n', 'f.yaml:1:1: The configuration has no "accounts". Add it.'],
  [
    'an empty list of accounts',
    'accounts: []\n',
    'f.yaml:1:11: accounts is [], which is invalid: it must NOT have fewer than 1 items.',
  ],
  ['an account without a name', 'accounts:\n  - region: x\n', 'f.yaml:2:5: accounts[0] has no "name". Add it.'],
  [
    'an unknown key',
    `${account}sink: []\n`,
    'f.yaml:3:1: Unknown key "sink". Expected one of: database, concurrency, accounts, rules, sinks, http, retention.',
  ],
  [
    'a secret in the file',
    'accounts:\n  - name: a\n    credentials:\n      token: visible-in-the-file-and-very-long\n',
    'f.yaml:4:14: accounts[0].credentials.token is "visible-in-…. Expected keys with values, or a reference such as { env: NAME }.',
  ],
  [
    'an access key without a secret key',
    'accounts:\n  - name: a\n    credentials: { accessKey: { env: A } }\n',
    'f.yaml:3:18: accounts[0].credentials has "accessKey" but no "secretKey". Add it.',
  ],
  [
    'an unknown service',
    'accounts:\n  - name: a\n    services: [obs]\n',
    'f.yaml:3:16: accounts[0].services[0] is "obs". Expected one of: dli, modelarts, cs, res.',
  ],
  [
    'an invalid duration',
    'accounts:\n  - name: a\n    interval: 5 minutes\n',
    'f.yaml:3:15: accounts[0].interval is "5 minutes". Expected a time span such as 30s or 2h.',
  ],
  [
    'a rate of zero',
    'accounts:\n  - name: a\n    rate: 0\n',
    'f.yaml:3:11: accounts[0].rate is 0, which is invalid: it must be > 0.',
  ],
  [
    'a port that is a text',
    `${account}http: { port: web }\n`,
    'f.yaml:3:15: http.port is "web". Expected a whole number.',
  ],
  [
    'an unknown type of rule',
    `${account}rules:\n  - type: slow\n`,
    'f.yaml:4:11: rules[0].type is "slow". Expected one of: failed, canceled, longer-than, stuck, queued-too-long, missing.',
  ],
  [
    'a rule without its duration',
    `${account}rules:\n  - type: stuck\n`,
    'f.yaml:4:5: rules[0] has no "after". Add it.',
  ],
  [
    'an invalid time of day',
    `${account}rules:\n  - { type: missing, matchName: x, by: 6:30am }\n`,
    'f.yaml:4:40: rules[0].by is "6:30am". Expected a time of day such as 06:30.',
  ],
  [
    'an unknown time zone',
    `${account}rules:\n  - { type: missing, matchName: x, by: '06:30', timeZone: Mars }\n`,
    'f.yaml:4:59: Unknown time zone "Mars". Use a name such as Europe/Berlin.',
  ],
  ['a webhook without a URL', `${account}sinks:\n  - type: webhook\n`, 'f.yaml:4:5: sinks[0] has no "url". Add it.'],
  ['an invalid URL', `${account}sinks:\n  - { type: webhook, url: example }\n`, 'f.yaml:4:27: "example" is not a URL.'],
  [
    'two sinks with the same name',
    `${account}sinks:\n  - type: stdout\n  - type: stdout\n`,
    'f.yaml:5:5: Two sinks have the name "stdout". Set a different "name" for one of them.',
  ],
  [
    'two rules with the same name',
    `${account}rules:\n  - { type: failed }\n  - { type: failed, matchName: x }\n`,
    'f.yaml:5:5: Two rules have the name "failed". Set a different "name" for one of them.',
  ],
  [
    'two accounts with the same name',
    'accounts:\n  - name: a\n  - name: a\n',
    'f.yaml:3:11: Two accounts have the name "a" and the same region and project. Remove one of them.',
  ],
])('reports %s in one line with its position', (_, text, message) => {
  expect(check(text)).toBe(message)
})

test('reports all mistakes, sorted by their position in the file', () => {
  const text = 'accounts:\n  - name: a\n    rate: fast\n    burst: 0\nunknown: 1\n'
  expect(
    check(text)
      .split('\n')
      .map(line => line.split(' ')[0]),
  ).toEqual(['f.yaml:3:11:', 'f.yaml:4:12:', 'f.yaml:5:1:'])
})
