import { readFileSync } from 'node:fs'
import { services, specUrl } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'

const kinds = services.flatMap(service => {
  const { 'x-jobs': jobs = {} } = JSON.parse(readFileSync(specUrl(service), 'utf8')) as {
    'x-jobs'?: { [kind: string]: { states: object } }
  }
  return Object.entries(jobs).map(([kind, { states }]) => ({ name: `${service}:${kind}`, states: Object.keys(states) }))
})

test('every kind of the specs is listed', async () => {
  const { stdout } = await jobscope(['states'])
  const rows = stdout.trimEnd().split('\n').slice(1)
  expect(rows.map(row => row.split(' ')[0])).toEqual(kinds.map(({ name }) => name))
})

test('every state of every kind is an object a line', async () => {
  const { stdout } = await jobscope(['states', '--json'])
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { kind: string; wire: string })
  expect(rows.map(({ kind, wire }) => [kind, wire])).toEqual(
    kinds.flatMap(({ name, states }) => states.map(state => [name, state])),
  )
})

test('a table says what the states of a kind mean', async () => {
  const { code, stdout } = await jobscope(['states', 'dli:batch'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^AS SENT {5}STATE {2,}MEANS$/m)
  expect(stdout).toMatch(/^success {5}✓ succeeded {2,}The program ended well\.$/m)
  expect(stdout).toMatch(/^dead {8}✗ failed {5}ends after 60 s, inferred /m)
})

test('YAML documents', async () => {
  const { stdout } = await jobscope(['states', 'dli:batch', '--yaml'])
  expect(stdout).toMatch(/^---\nkind: dli:batch\nwire: starting\nis: starting\ndescription: .+\n---\n/)
})
