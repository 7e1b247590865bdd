import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { createFolder } from './start-mock.ts'

const url =
  'https://dli.eu-de.otc.t-systems.com/v2.0/0123456789abcdef0123456789abcdef/batches/0a324461-d9d9-45da-a52a-3b3c7a3d809e/state'
const exchange = (state: string, host = url) =>
  `${JSON.stringify({
    request: { method: 'GET', url: host },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e', state }),
    },
  })}\n`

test('check exits with 0 if the traffic fits the specs, and with 7 if the traffic differs from the specs', async () => {
  const cwd = createFolder({ 'good.ndjson': exchange('success'), 'bad.ndjson': exchange('hibernating') })
  const good = await runCommand(['check', 'good.ndjson'], { cwd })
  expect(good).toMatchObject({ exitCode: 0, stderr: '' })
  expect(good.stdout).toContain('1 exchange checked: no findings.')
  const bad = await runCommand(['check', 'good.ndjson', 'bad.ndjson'], { cwd })
  expect(bad).toMatchObject({ exitCode: 7, stderr: '' })
  expect(bad.stdout).toContain(
    [
      'dli.getBatchState',
      '  error unknown-job-state response body /state',
      '    expected one of starting, running, recovering, success, dead, seen hibernating (bad.ndjson:1)',
    ].join('\n'),
  )
  expect((await runCommand(['check', 'bad.ndjson', '--fail-on', 'never'], { cwd })).exitCode).toBe(0)
})

test('check hides the findings of a baseline', async () => {
  const cwd = createFolder({
    'a.ndjson': exchange('hibernating'),
    'b.ndjson': exchange('hibernating') + exchange('asleep'),
  })
  const baseline = ['--baseline', 'known.json']
  expect(await runCommand(['check', 'a.ndjson', ...baseline, '--update-baseline'], { cwd })).toMatchObject({
    exitCode: 0,
  })
  expect((await runCommand(['check', 'a.ndjson', ...baseline], { cwd })).exitCode).toBe(0)
  const { exitCode, stdout } = await runCommand(['check', 'b.ndjson', ...baseline], { cwd })
  expect(exitCode).toBe(7)
  expect(stdout).toContain('seen asleep')
  expect(stdout).not.toContain('seen hibernating')
})

test('check writes machine-readable reports', async () => {
  const cwd = createFolder({ 'a.ndjson': exchange('hibernating') })
  const { stdout } = await runCommand(['check', 'a.ndjson', '--json'], { cwd })
  expect(JSON.parse(stdout)).toMatchObject({
    exchanges: 1,
    findings: [{ rule: 'unknown-job-state', seen: 'hibernating' }],
  })
  await runCommand(['check', 'a.ndjson', '--format', 'junit', '--write', 'report.xml'], { cwd })
  expect(readFileSync(join(cwd, 'report.xml'), 'utf8')).toContain('<testcase name="dli.getBatchState" classname="dli"')
})

test('check reads standard input', async () => {
  const { exitCode, stdout } = await runCommand(['check', '-'], { input: exchange('success') })
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('1 exchange checked')])
})

test('check leaves no empty file if it cannot read the traffic', async () => {
  const cwd = createFolder({ 'known.json': '{"findings":[]}' })
  expect((await runCommand(['check', 'none.ndjson', '--write', 'report.sarif'], { cwd })).exitCode).toBe(2)
  expect(existsSync(join(cwd, 'report.sarif'))).toBe(false)
  const update = ['check', 'none.ndjson', '--update-baseline', '--baseline']
  expect((await runCommand([...update, 'new.json'], { cwd })).exitCode).toBe(2)
  expect(existsSync(join(cwd, 'new.json'))).toBe(false)
  expect((await runCommand([...update, 'known.json'], { cwd })).exitCode).toBe(2)
  expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toBe('{"findings":[]}')
})

test('check accepts an http URL of another host, because check sends no credentials', async () => {
  const cwd = createFolder({
    'a.ndjson': exchange('hibernating', url.replace(/^https:..[^/]+/, 'http://gateway.internal/dli')),
  })
  const { exitCode, stdout } = await runCommand(
    ['check', 'a.ndjson', '--endpoint', 'dli=http://gateway.internal/dli'],
    { cwd },
  )
  expect([exitCode, stdout]).toEqual([7, expect.stringContaining('dli.getBatchState')])
})

test.each([
  ['a folder', 'folder', 'Cannot write folder: it is a folder.'],
  ['a path inside a file', 'a.ndjson/x', 'Cannot write a.ndjson/x: '],
])('check does not write its report to %s', async (_, file, message) => {
  const cwd = createFolder({ 'a.ndjson': exchange('success') })
  mkdirSync(join(cwd, 'folder'))
  const { exitCode, stderr } = await runCommand(['check', 'a.ndjson', '--write', file], { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test.each([
  ['a file that does not exist', ['none.ndjson'], 'Cannot read none.ndjson: the file does not exist.'],
  [
    'traffic of other hosts',
    ['other.ndjson'],
    'The traffic has no exchange with a known host. Other hosts: shop.example.com.',
  ],
  ['a file without exchanges', ['broken.ndjson'], 'broken.ndjson:1: not an exchange:'],
  ['a JSON array', ['array.json'], 'array.json: The file is a JSON array. Write each item on its own line'],
  [
    'traffic of another service',
    ['good.ndjson', '--service', 'iam,cs'],
    'The traffic has no exchange with iam or cs. Other hosts: dli.eu-de.otc.t-systems.com. Check --service.',
  ],
  ['empty files', ['empty.ndjson', 'no.har'], 'Found no exchanges in empty.ndjson, no.har. Expected NDJSON or HAR.'],
  [
    'a new baseline without its name',
    ['good.ndjson', '--update-baseline'],
    'Use --update-baseline together with --baseline',
  ],
  [
    'a baseline whose findings are no texts',
    ['good.ndjson', '--baseline', 'numbers.json'],
    'numbers.json is not a baseline.',
  ],
  ['a baseline that is a folder', ['good.ndjson', '--baseline', '.'], 'it is a folder.'],
  ['a folder', ['.'], 'Cannot read .: it is a folder. Pass its files.'],
  [
    'an output in a missing folder',
    ['good.ndjson', '--write', 'no/x'],
    'Cannot write no/x: its folder does not exist.',
  ],
  ['an output that is an input', ['good.ndjson', '--write', './good.ndjson'], 'would replace an input.'],
  [
    'a baseline that is an input',
    ['good.ndjson', '--baseline', 'good.ndjson', '--update-baseline'],
    'would replace an input.',
  ],
  [
    'two formats',
    ['good.ndjson', '--json', '--format', 'sarif'],
    "option '--json' cannot be used with option '--format <name>'",
  ],
  ['an unknown service', ['good.ndjson', '--service', 'dly'], 'Unknown service "dly". Did you mean dli?'],
  [
    'a baseline that does not exist',
    ['good.ndjson', '--baseline', 'known.json'],
    'known.json does not exist. Create it with --baseline known.json --update-baseline.',
  ],
  ['a file that is not a baseline', ['good.ndjson', '--baseline', 'good.ndjson'], 'good.ndjson is not a baseline.'],
])('check exits with 2 for %s', async (_, args, message) => {
  const cwd = createFolder({
    'good.ndjson': exchange('success'),
    'broken.ndjson': '{',
    'empty.ndjson': '',
    'no.har': '{"log":{"entries":[]}}',
    'numbers.json': '{"findings":["a",7]}',
    'array.json': `[${exchange('success')}]`,
    'other.ndjson': exchange('success', 'https://shop.example.com/'),
  })
  const { exitCode, stderr } = await runCommand(['check', ...args], { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('check exits with 2 if a part of the traffic cannot be read, unless --fail-on is never', async () => {
  const cwd = createFolder({ 'a.ndjson': `${exchange('success')}{\n` })
  const failing = await runCommand(['check', 'a.ndjson'], { cwd })
  expect([failing.exitCode, failing.stdout]).toEqual([2, expect.stringContaining('a.ndjson:2')])
  expect((await runCommand(['check', 'a.ndjson', '--fail-on', 'never'], { cwd })).exitCode).toBe(0)
})

test('check reports how many findings a new baseline has', async () => {
  const cwd = createFolder({ 'a.ndjson': exchange('hibernating'), 'b.ndjson': exchange('success') })
  const update = (file: string) => runCommand(['check', file, '--baseline', 'known.json', '--update-baseline'], { cwd })
  expect((await update('a.ndjson')).stderr).toBe('Wrote 1 finding to known.json.\n')
  expect((await update('b.ndjson')).stderr).toBe('Wrote 0 findings to known.json.\n')
})

test('check names at most five of the hosts that belong to no service', async () => {
  const hosts = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `${name}.example.com`)
  const cwd = createFolder({ 'a.ndjson': hosts.map(host => exchange('success', `https://${host}/`)).join('') })
  const { stderr } = await runCommand(['check', 'a.ndjson'], { cwd })
  expect(stderr).toContain(`Other hosts: ${hosts.slice(0, 5).join(', ')}.`)
})
