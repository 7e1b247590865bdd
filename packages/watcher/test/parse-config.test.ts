import { token } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { getClientJobKinds } from '@jobscope/jobs'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import { expect, test } from 'vitest'
import schema from '../src/config/config.schema.json' with { type: 'json' }
import { ConfigError } from '../src/config/config-error.ts'
import { parseConfig } from '../src/config/parse-config.ts'

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
  - { type: missing, accounts: [production], kinds: [dli:batch], matchName: nightly, by: '06:30', timeZone: Europe/Berlin }
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
  ['an empty file', '', 'f.yaml:1:1: The file is empty. Add the key "accounts" and at least one account.'],
  [
    'a list',
    '- a\n',
    'f.yaml:1:1: The file contains ["a"]. Expected keys with values. The key "accounts" is required.',
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
    'f.yaml:3:1: Unknown key "sink". Did you mean "sinks"? Expected one of: database, concurrency, accounts, rules, sinks, http, retention.',
  ],
  [
    'a secret in the file',
    'accounts:\n  - name: a\n    credentials:\n      token: visible-in-the-file-and-very-long\n',
    'f.yaml:4:14: accounts[0].credentials.token must be a reference such as { env: NAME } or { file: /path }, not the value itself.',
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
    'f.yaml:3:15: accounts[0].interval is "5 minutes". Expected a time span longer than 0, such as 30s or 2h.',
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
    'f.yaml:4:59: rules[0] has the unknown time zone "Mars". Use a name such as Europe/Berlin.',
  ],
  ['a webhook without a URL', `${account}sinks:\n  - type: webhook\n`, 'f.yaml:4:5: sinks[0] has no "url". Add it.'],
  [
    'an invalid URL',
    `${account}sinks:\n  - { type: webhook, url: example }\n`,
    'f.yaml:4:27: sinks[0].url is not a URL. Use https://….',
  ],
  [
    'a password in a URL',
    `${account}sinks:\n  - { type: webhook, url: "https://user:marked-5@host" }\n`,
    'f.yaml:4:27: sinks[0].url contains a user name or a password, which webhooks do not support. Use headers: { authorization: { env: NAME } } instead.',
  ],
  [
    'a URL that is not HTTP',
    `${account}sinks:\n  - { type: webhook, url: ftp://host }\n`,
    'f.yaml:4:27: sinks[0].url begins with ftp://. Use https:// or http://.',
  ],
  [
    'a literal secret',
    `${account}sinks:\n  - { type: webhook, url: https://host, secret: marked-5 }\n`,
    'f.yaml:4:49: sinks[0].secret must be a reference such as { env: NAME } or { file: /path }, not the value itself.',
  ],
  [
    'a secret instead of the name of a variable',
    `${account}sinks:\n  - { type: webhook, url: https://host, secret: { env: marked-5 } }\n`,
    'f.yaml:4:56: sinks[0].secret.env is not the name of an environment variable. Use a name such as API_TOKEN.',
  ],
  [
    'a header with an invalid name',
    `${account}sinks:\n  - { type: webhook, url: https://host, headers: { "x y": a } }\n`,
    'f.yaml:4:52: sinks[0].headers has the invalid name "x y". Use letters, digits and "-".',
  ],
  [
    'a header with a line break',
    `${account}sinks:\n  - { type: webhook, url: https://host, headers: { x: "marked\\n5" } }\n`,
    'f.yaml:4:55: sinks[0].headers.x contains a line break or another character that a header cannot contain. Remove it.',
  ],
  [
    'a misspelled kind',
    'accounts:\n  - name: a\n    kinds: [dli:bacth]\n',
    'f.yaml:3:13: accounts[0].kinds[0] is "dli:bacth". Did you mean "dli:batch"? Expected one of: dli:batch, dli:sql-job, dli:flink-job, modelarts:training, modelarts:training-version, modelarts:visualization, cs:job, res:job, res:job-instance, batch, sql-job, flink-job, training, training-version, visualization, job, job-instance.',
  ],
  [
    'a kind of a service that the account does not watch',
    'accounts:\n  - name: a\n    services: [dli]\n    kinds: [cs:job]\n',
    'f.yaml:4:13: accounts[0].kinds[0] is "cs:job", but the account does not watch this service. Add "cs" to "services".',
  ],
  [
    'RES without a workspace',
    'accounts:\n  - name: a\n    services: [res]\n',
    'f.yaml:2:5: accounts[0] watches RES but has no "workspace". Add the ID of the workspace.',
  ],
  [
    'RES without a resource',
    'accounts:\n  - name: a\n    workspace: w\n',
    'f.yaml:2:5: accounts[0] watches jobs of the kind res:job-instance but has no "resource". Add it, or leave out this kind with "kinds".',
  ],
  [
    'a misspelled service of a rule',
    `${account}rules:\n  - { type: failed, services: [dl] }\n`,
    'f.yaml:4:32: rules[0].services[0] is "dl". Did you mean "dli"? Expected one of: dli, modelarts, cs, res.',
  ],
  [
    'an unknown account of a rule',
    `${account}rules:\n  - { type: failed, accounts: [b] }\n`,
    'f.yaml:4:32: rules[0].accounts[0] is "b". Expected one of: a.',
  ],
  [
    'a misspelled type of event',
    `${account}sinks:\n  - { type: stdout, types: [rule.fialed] }\n`,
    'f.yaml:4:29: sinks[0].types[0] is "rule.fialed". Did you mean "rule.failed"? Expected one of: appeared, changed, ended, gone, rule.failed, rule.canceled, rule.longer-than, rule.stuck, rule.queued-too-long, rule.missing.',
  ],
  [
    'the full type of an event',
    `${account}sinks:\n  - { type: stdout, types: [jobscope.job.ended] }\n`,
    'f.yaml:4:29: sinks[0].types[0] is "jobscope.job.ended". Did you mean "ended"? Expected one of: appeared, changed, ended, gone, rule.failed, rule.canceled, rule.longer-than, rule.stuck, rule.queued-too-long, rule.missing.',
  ],
  [
    'a misspelled field of a template',
    `${account}sinks:\n  - { type: webhook, url: https://host, template: "{nmae}" }\n`,
    'f.yaml:4:51: sinks[0].template has the unknown field {nmae}. Did you mean "name"? Expected one of: name, state, reason, ref, type, source, rule, day, owner, rawState, previousState, previousRawState, createdAt, startedAt, finishedAt, duration, id, time.',
  ],
  [
    'a key that the type of rule does not use',
    `${account}rules:\n  - { type: failed, after: 1h }\n`,
    'f.yaml:4:21: rules[0] has "after", but a rule of the type "failed" does not use this key. It uses: type, name, accounts, services, kinds, matchName.',
  ],
  [
    'a key that the type of sink does not use',
    `${account}sinks:\n  - { type: stdout, url: https://host }\n`,
    'f.yaml:4:21: sinks[0] has "url", but a sink of the type "stdout" does not use this key. It uses: type, name, types.',
  ],
  [
    'a misspelled cloud',
    'accounts:\n  - name: a\n    cloud: otcc\n',
    'f.yaml:3:12: accounts[0].cloud is "otcc". Did you mean "otc"? Expected one of: huaweicloud, otc.',
  ],
  [
    'an interval of zero',
    'accounts:\n  - name: a\n    interval: 0s\n',
    'f.yaml:3:15: accounts[0].interval is "0s". Expected a time span longer than 0, such as 30s or 2h.',
  ],
  [
    'a database of another type',
    `${account}database: mysql://user:marked-5@host\n`,
    'f.yaml:3:11: The database begins with mysql://, which is not supported. Use postgres://…, or a folder.',
  ],
  [
    'an alias that refers to itself',
    'accounts: &a [*a]\n',
    'f.yaml:1:15: The alias *a refers to a value that contains this alias. Remove the alias.',
  ],
  ['an alias without an anchor', 'accounts: *a\n', 'f.yaml:1:11: The alias *a has no anchor. Remove the alias.'],
  [
    'aliases that expand to a large file',
    `x0: &x0 [1]\n${Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]\n`).join('')}`,
    'f.yaml:2:10: The aliases expand to a configuration that is too large. Use fewer aliases.',
  ],
  [
    'a file with comments only',
    '# comment\n',
    'f.yaml:1:1: The file is empty. Add the key "accounts" and at least one account.',
  ],
  ['a binary file', 'accounts:\0', 'f.yaml:1:1: The file is not a text file in UTF-8.'],
  [
    'several documents',
    `${account}---\n${account}`,
    'f.yaml:4:1: The file contains several documents. Remove the line "---" and what follows.',
  ],
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
  [
    'a header that is a number',
    `${account}sinks:\n  - { type: webhook, url: https://host, headers: { x-team: 42 } }\n`,
    'f.yaml:4:60: sinks[0].headers.x-team must be a text, or a reference such as { env: NAME } or { file: /path }. Put numbers and other values in quotes.',
  ],
  [
    'a database that is a number',
    `${account}database: 5432\n`,
    'f.yaml:3:11: database must be a text, or a reference such as { env: NAME } or { file: /path }. Put numbers and other values in quotes.',
  ],
  [
    'a header that the webhook sets',
    `${account}sinks:\n  - { type: webhook, url: https://host, headers: { Content-Type: a/b } }\n`,
    'f.yaml:4:52: sinks[0] has the header "Content-Type", which the webhook sets itself. Remove it.',
  ],
  [
    'different rates of one account',
    'accounts:\n  - name: a\n  - { name: a, region: x, rate: 2 }\n',
    'f.yaml:3:33: Accounts with the name "a" share one rate limit, but have rate: 10 and rate: 2. Set the same value.',
  ],
])('reports %s in one line with its position', (_, text, message) => {
  expect(check(text)).toBe(message)
})

test('the schema contains the services and kinds of jobs of all clients', () => {
  const options = { region: 'eu-de', projectId: 'p', credentials: token('t') }
  const clients = {
    dli: createDliClient(options),
    modelarts: createModelArtsClient(options),
    cs: createCsClient(options),
    res: createResClient(options),
  }
  const kinds = getClientJobKinds(clients).filter(({ rules }) => rules.list !== undefined)
  const names = new Set([...kinds.map(({ service, kind }) => `${service}:${kind}`), ...kinds.map(({ kind }) => kind)])
  expect(new Set(schema.$defs.kinds.items.enum)).toEqual(names)
  expect(schema.$defs.services.items.enum).toEqual(Object.keys(clients))
})

test('reports all mistakes, sorted by their position in the file', () => {
  const text = 'accounts:\n  - name: a\n    rate: fast\n    burst: 0\nunknown: 1\n'
  expect(
    check(text)
      .split('\n')
      .map(line => line.split(' ')[0]),
  ).toEqual(['f.yaml:3:11:', 'f.yaml:4:12:', 'f.yaml:5:1:'])
})
