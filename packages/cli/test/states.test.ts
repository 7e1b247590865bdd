import { readFileSync } from 'node:fs'
import { services, specUrl } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const kinds = services.flatMap(service => {
  const { 'x-jobs': jobs = {} } = JSON.parse(readFileSync(specUrl(service), 'utf8')) as {
    'x-jobs'?: { [kind: string]: { states: { [rawState: string]: string | { description?: string } } } }
  }
  return Object.entries(jobs).map(([kind, { states }]) => ({ name: `${service}:${kind}`, states }))
})

test('lists every kind of job in the specs', async () => {
  const { stdout } = await runCommand(['states'])
  const rows = stdout.trimEnd().split('\n').slice(1)
  expect(rows.map(row => row.split(' ')[0])).toEqual(kinds.map(({ name }) => name))
})

test('--json prints one object for each state of each kind', async () => {
  const { stdout } = await runCommand(['states', '--json'])
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { kind: string; rawState: string })
  expect(rows.map(({ kind, rawState }) => [kind, rawState])).toEqual(
    kinds.flatMap(({ name, states }) => Object.keys(states).map(state => [name, state])),
  )
})

test('prints a table that explains the states of a kind', async () => {
  const { exitCode, stdout } = await runCommand(['states', 'dli:batch'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^RAW STATE {2,}STATE {2,}NOTES {2,}MEANING$/m)
  const success = kinds.find(({ name }) => name === 'dli:batch')?.states['success'] as { description: string }
  const row = stdout.split('\n').find(line => line.startsWith('success ')) ?? ''
  expect(row).toMatch(/^success {2,}✓ succeeded {2,}\S/)
  expect(row.endsWith(`  ${success.description}`)).toBe(true)
  expect(stdout).toMatch(/^dead {2,}✗ failed {2,}terminal after 60 s, inferred /m)
})

test('--yaml prints one document for each state', async () => {
  const { stdout } = await runCommand(['states', 'dli:batch', '--yaml'])
  expect(stdout).toMatch(/^---\nkind: dli:batch\nrawState: starting\nstate: starting\ndescription: [\s\S]+?\n---\n/)
})
