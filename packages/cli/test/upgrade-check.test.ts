import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import { createFolder } from './start-mock.ts'

const spec = readFileSync(createRequire(import.meta.url).resolve('@jobscope/specs/dli.json'), 'utf8')
/** The version of the specs that the command uses. */
const { version } = createRequire(import.meta.url)('@jobscope/specs/package.json') as { readonly version: string }
const url =
  'https://dli.eu-de.otc.t-systems.com/v2.0/0123456789abcdef0123456789abcdef/batches/0a324461-d9d9-45da-a52a-3b3c7a3d809e/state'
const body = JSON.stringify({ id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e', state: 'dead' })
const traffic = `${JSON.stringify({ request: { method: 'GET', url }, response: { status: 200, body } })}\n`

/** Changes a copy of the spec of DLI. */
function changeSpec(
  change: (bundle: { 'x-jobs': { batch: { states: Record<string, { is: string }> } } }) => void,
): string {
  const bundle = JSON.parse(spec) as Parameters<typeof change>[0]
  change(bundle)
  return JSON.stringify(bundle)
}

test('upgrade-check exits with 7 if the new specs change the meaning of a job state that the traffic contains', async () => {
  const cwd = createFolder({
    'traffic.ndjson': traffic,
    'dli.json': changeSpec(({ 'x-jobs': { batch } }) => {
      batch.states = { ...batch.states, dead: { is: 'canceled' }, paused: { is: 'running' } }
    }),
  })
  const { exitCode, stdout } = await runCommand(['upgrade-check', '--traffic', 'traffic.ndjson', '--to', 'dli.json'], {
    cwd,
  })
  expect([exitCode, stdout]).toEqual([
    7,
    [
      'Breaks your traffic (1)',
      '  dli: batch: the state dead means canceled instead of failed.',
      '    The traffic has jobs in the state dead.',
      'May break your traffic (1)',
      '  dli: batch: the state paused (running) is new.',
      '    The traffic reads jobs of the kind batch, which can be in this state.',
      'Number of checked exchanges in the traffic: 1.',
      '',
    ].join('\n'),
  ])
})

test('if the specs have no changes, upgrade-check exits with 0, and --json prints nothing', async () => {
  const cwd = createFolder({ 'traffic.ndjson': traffic, 'dli.json': spec })
  const args = ['upgrade-check', '--traffic', 'traffic.ndjson', '--to', 'dli.json']
  expect(await runCommand(args, { cwd })).toMatchObject({ exitCode: 0, stdout: 'The specs have no changes.\n' })
  expect(await runCommand([...args, '--json'], { cwd })).toMatchObject({ exitCode: 0, stdout: '' })
})

test.each([
  ['the next release, so its changes.json is used', version, 'Breaks your traffic (1)\n  dli: From changes.json.'],
  ['a later release, so the bundles are compared', `${version}-other`, 'The specs have no changes.'],
])('upgrade-check compares with %s', async (_, from, expected) => {
  const change = {
    ...{ size: 'breaking', subject: 'job-state', direction: 'response', name: 'batch:dead' },
    ...{ pointer: '/x-jobs/batch/states/dead', owner: '/x-jobs/batch', what: 'From changes.json.' },
  }
  const cwd = createFolder({
    'traffic.ndjson': traffic,
    'dli.json': spec,
    'changes.json': JSON.stringify({ from, to: 'next', services: { dli: [change] } }),
  })
  const { stdout } = await runCommand(['upgrade-check', '--traffic', 'traffic.ndjson', '--to', '.'], { cwd })
  expect(stdout).toContain(expected)
})

test.each([
  ['a version', ['--to', '1.2.3'], 'Run npm pack @jobscope/specs@1.2.3'],
  ['a folder without bundles', ['--to', '.'], '. has no bundles.'],
  ['a file that is not a bundle', ['--to', 'traffic.ndjson'], 'traffic.ndjson is not a bundle'],
])('upgrade-check exits with 2 for %s', async (_, args, message) => {
  const cwd = createFolder({ 'traffic.ndjson': traffic })
  const { exitCode, stderr } = await runCommand(['upgrade-check', '--traffic', 'traffic.ndjson', ...args], { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('upgrade-check exits with 2 if a part of the traffic cannot be read', async () => {
  const cwd = createFolder({ 'traffic.ndjson': `${traffic}{"request"\n`, 'dli.json': spec })
  const args = ['upgrade-check', '--traffic', 'traffic.ndjson', '--to', 'dli.json']
  const { exitCode, stderr } = await runCommand(args, { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('traffic.ndjson:2: not an exchange:')])
})

test('upgrade-check accepts an http URL of another host, because upgrade-check sends no credentials', async () => {
  const cwd = createFolder({
    'traffic.ndjson': traffic.replace(/https:..[^/]+/, 'http://gateway.internal'),
    'dli.json': spec,
  })
  const args = ['upgrade-check', '--traffic', 'traffic.ndjson', '--to', 'dli.json']
  const { exitCode, stderr } = await runCommand([...args, '--endpoint', 'dli=http://gateway.internal'], { cwd })
  expect([exitCode, stderr]).toEqual([0, ''])
})

test('upgrade-check exits with 2 if the versions have no service in common', async () => {
  const cwd = createFolder({ 'traffic.ndjson': traffic, 'dli.json': spec })
  const args = ['upgrade-check', '--traffic', 'traffic.ndjson', '--to', 'dli.json', '--service', 'cs']
  const { exitCode, stderr } = await runCommand(args, { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('no service in common. Older: cs. Newer: dli.')])
})

test.each([
  [[], 'Found no exchanges with a known service in other.ndjson, more.ndjson. Expected NDJSON or HAR.'],
  [['--service', 'dli,cs'], 'Found no exchanges with dli, cs in other.ndjson, more.ndjson. Expected NDJSON or HAR.'],
])('upgrade-check with %j exits with 2 if no exchange belongs to a selected service', async (more, message) => {
  const other = traffic.replace(/https:..[^/]+/, 'https://shop.example.com')
  const cwd = createFolder({
    'other.ndjson': other,
    'more.ndjson': other,
    'dli.json': spec,
  })
  const args = ['upgrade-check', '--traffic', 'other.ndjson,more.ndjson', '--to', 'dli.json', ...more]
  const { exitCode, stderr } = await runCommand(args, { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('upgrade-check exits with 0 for changes that do not affect traffic, and lists them only with --all', async () => {
  const changed = changeSpec(bundle => {
    const { 'sql-job': job } = bundle['x-jobs'] as unknown as { 'sql-job': { states: Record<string, { is: string }> } }
    job.states = { ...job.states, PAUSED: { is: 'running' } }
  })
  const cwd = createFolder({ 'traffic.ndjson': traffic, 'dli.json': changed })
  const args = ['upgrade-check', '--traffic', 'traffic.ndjson', '--to', 'dli.json']
  const short = await runCommand(args, { cwd })
  expect([short.exitCode, short.stdout]).toEqual([
    0,
    'Does not affect your traffic (1). Use --all to list these changes.\nNumber of checked exchanges in the traffic: 1.\n',
  ])
  const { stdout } = await runCommand([...args, '--all'], { cwd })
  expect(stdout).toMatch(/^Does not affect your traffic \(1\)\n {2}dli: sql-job: the state PAUSED .* is new\.\n {4}\S/)
  const { stdout: json } = await runCommand([...args, '--json'], { cwd })
  expect(JSON.parse(json)).toMatchObject({ service: 'dli', verdict: 'unaffected' })
})
