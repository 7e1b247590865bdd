import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { findCommandEntry } from '../program/registry.ts'
import { type FollowUpCommand, formatFollowUpCommand, formatResumeCommand } from './follow-up-command.ts'

const connection = {
  profile: 'production',
  cloud: 'otc',
  region: 'eu-de',
  project: 'p1',
  endpoint: ['http://127.0.0.1:4010', 'cs=https://gateway.example/cs'],
  param: ['workspace_id=a b'],
}
const filters = {
  service: ['dli', 'cs'],
  kind: ['batch'],
  name: "ada's job",
  since: '2h',
  until: '1h',
  queue: ['etl'],
  owner: ['ada'],
  longerThan: '2h' as const,
  fieldSelector: ['job_type=1'],
}

/** Loads the definition of a command, so that the test can read its options. The command does nothing if it is run. */
async function loadCommand(name: string): Promise<Command> {
  const command = new Command(name).exitOverride().configureOutput({ writeErr: () => {} })
  const entry = findCommandEntry(name)
  if (!entry) throw new Error(`There is no command ${name}.`)
  const { definition } = await entry.load()
  definition.define(command, {
    terminal: fakeTerminal(),
    run: async () => {},
    heading: text => text,
    root: command,
    loadCommand: async () => undefined,
  })
  return command
}

/** Splits a command line without escaped quotes, as a shell does. */
const splitWords = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word)

test('the command has the references and options of the interrupted command, quoted for a shell', () => {
  const { endpoint, param } = connection
  const flags = { service: ['dli', 'cs'], name: "ada's job", since: '2h', project: 'p1', endpoint, param }
  expect(formatFollowUpCommand('watch', [], flags)).toBe(
    "jobscope watch --service dli,cs --name 'ada'\\''s job' --since 2h --project p1 --endpoint http://127.0.0.1:4010 " +
      "--endpoint cs=https://gateway.example/cs --param 'workspace_id=a b'",
  )
  expect(formatFollowUpCommand('wait', ['cs:job:1', 'dli:batch:2'], {})).toBe('jobscope wait cs:job:1 dli:batch:2')
})

const followUpCommands: { readonly [command in FollowUpCommand]: readonly string[] } = {
  api: ['dli.getBatchLog', 'batch_id=1'],
  cancel: [],
  events: ['modelarts:training:1'],
  logs: ['dli:batch:1'],
  ls: [],
  retry: ['dli:batch:1'],
  wait: ['dli:batch:1'],
  watch: [],
}

test.each(Object.entries(followUpCommands))(
  '%s accepts all options of its command line, which include those of the connection',
  async (name, args) => {
    const flags = { ...filters, ...connection, name: 'nightly' }
    const [, , ...words] = splitWords(formatFollowUpCommand(name as FollowUpCommand, args, flags))
    const command = await loadCommand(name)
    await command.parseAsync(words, { from: 'user' })
    expect(command.opts()).toMatchObject(connection)
    const acceptsQueue = command.options.some(({ long }) => long === '--queue')
    expect(command.opts()['queue']).toEqual(acceptsQueue ? ['etl'] : undefined)
  },
)

const announce = ['--notify', 'https://hooks.example/x', '--exec', 'echo "$JOBSCOPE_REF" >> done']
const output = ['--json', '--query', 'ref']

test.each([
  ['wait', ['--any', '--timeout', '2h', '--interval', '5s', '--follow', '--fail-fast', ...announce, ...output]],
  ['wait', ['--cancel-on-timeout', '--cancel-on-interrupt']],
  ['watch', ['--until-idle', '--interval', '5s', '--queue', 'etl', ...announce, ...output]],
  [
    'logs',
    ['--follow', '--tail', '5', '--since', '1h', '--grep', 'a b', '--ignore-case', '--interval', '5s', ...output],
  ],
] as const)('the command line that resumes %s has all its options: %j', async (name, options) => {
  const refs = ['dli:batch:1', 'dli:batch:2']
  const interrupted = await loadCommand(name)
  await interrupted.parseAsync([...refs, ...options], { from: 'user' })
  const [, , ...words] = splitWords(formatResumeCommand(name, refs, interrupted.opts()))
  const resumed = await loadCommand(name)
  await resumed.parseAsync(words, { from: 'user' })
  expect(resumed.args).toEqual(refs)
  // `--json` is short for `-o json`, which the command line contains.
  const { json: _, ...expected } = interrupted.opts()
  expect(resumed.opts()).toEqual(expected)
})

test('the command line that resumes a wait has no options of submit and no default timeout', () => {
  const flags = { timeout: '24h', wait: true, start: true, dryRun: false, any: false }
  expect(formatResumeCommand('wait', ['dli:batch:1'], flags)).toBe('jobscope wait dli:batch:1')
})

test.each(['logs', 'wait', 'watch'] as const)('the tests of resumed commands cover all options of %s', async name => {
  const known =
    'any timeout interval follow failFast cancelOnTimeout cancelOnInterrupt notify exec output query untilIdle'
  const others = 'tail since grep ignoreCase json yaml'
  const { options } = await loadCommand(name)
  const names = options.map(option => option.attributeName())
  const shared = [...Object.keys(connection), ...Object.keys(filters)]
  expect(names.filter(each => ![...known.split(' '), ...others.split(' '), ...shared].includes(each))).toEqual([])
})

test('every command line in a message names a command, and only options that this command accepts', async () => {
  const folder = fileURLToPath(new URL('..', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const lines = files.flatMap(file =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(line => !/^\s*(\/?\*|\/\/)/.test(line))
      .flatMap(line => [
        ...line.matchAll(/jobscope ([a-z][a-z-]*)((?: (?:--?[a-z-]+|<[^>]*>|\$\{[^}]*\}|[\w.:,=]+))*)/g),
      ]),
  )
  const withOptions = lines.filter(([, , rest = '']) => / --?[a-z]/.test(rest))
  expect(withOptions.length).toBeGreaterThan(10)
  for (const [line, name = '', rest = ''] of withOptions) {
    const { options } = await loadCommand(name)
    // `mock` and `serve` define no options here, because other packages parse their options.
    if (options.length === 0) continue
    const known = [...options.flatMap(({ long, short }) => [long, short]), '--help']
    // Every option after the name of the command is checked, even if other words are between the name and the option.
    for (const [option] of rest.matchAll(/(?<= )--?[a-z][a-z-]*/g)) expect(known, line).toContain(option)
  }
})
