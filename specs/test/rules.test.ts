import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import plugin from '../rules/plugin.js'
import { runRedocly } from '../scripts/redocly.ts'
import { broken } from './fixtures/rules/broken.ts'

/**
 * The fixture passes every rule. Each copy of it has one edit that breaks one rule. Redocly can only be run as a command, which
 * takes time to start, so a single run lints all copies.
 */
const fixture = fileURLToPath(new URL('./fixtures/rules/', import.meta.url))
const policy = parse(await readFile(new URL('../redocly.yaml', import.meta.url), 'utf8')) as {
  readonly rules: Readonly<Record<string, unknown>>
}
const ours = Object.entries(policy.rules).filter(([name]) => /^jobscope\/|provenance$/.test(name))

interface Problem {
  readonly ruleId: string
  readonly message: string
  readonly location: readonly { readonly pointer?: string; readonly source: { readonly ref: string } }[]
}
let folder: string
let problemsOf: ReadonlyMap<string, readonly Problem[]>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobscope-rules-'))
  const copies = ['intact', ...broken.map((_, index) => `${index}`)]
  await Promise.all(copies.map(name => cp(fixture, join(folder, name), { recursive: true })))
  await Promise.all(
    broken.map(async ({ file = 'openapi.yaml', from, to }, index) => {
      const path = join(folder, `${index}`, file)
      const text = await readFile(path, 'utf8')
      expect(text, `${file} has ${from}`).toContain(from)
      await writeFile(path, text.replace(from, to))
    }),
  )
  const plugins = [fileURLToPath(new URL('../rules/plugin.js', import.meta.url))]
  const config = join(folder, 'redocly.yaml')
  await writeFile(config, stringify({ telemetry: 'off', plugins, rules: Object.fromEntries(ours) }))
  problemsOf = new Map(lint(copies, config))
})

afterAll(() => rm(folder, { recursive: true }))

/** Redocly prints one JSON document after the other, in the order of the files. */
function lint(copies: readonly string[], config: string): [string, readonly Problem[]][] {
  const files = copies.map(name => join(folder, name, 'openapi.yaml'))
  const { stdout } = runRedocly(['lint', ...files, '--config', config, '--format', 'json'], folder)
  const reports = stdout.split(/(?<=^\})(?=\{)/m).map(text => JSON.parse(text) as { readonly problems: Problem[] })
  return copies.map((name, index) => [name, reports[index]?.problems ?? []])
}

test('the configuration enables each of our rules, and each rule is broken by at least one edit', () => {
  const names = Object.keys(plugin().rules.oas3).map(name => `jobscope/${name}`)
  expect(ours.map(([name]) => name)).toEqual(expect.arrayContaining(names))
  expect([...new Set(broken.map(({ rule }) => rule))].toSorted()).toEqual(ours.map(([name]) => name).toSorted())
})

test('the fixture passes all rules', () => {
  expect(problemsOf.get('intact')).toEqual([])
})

describe.each(broken.map((entry, index) => ({ ...entry, index })))(
  '$rule',
  ({ rule, what, says, also = [], at, index }) => {
    test(what, () => {
      const found = problemsOf.get(`${index}`)?.filter(({ ruleId }) => !also.includes(ruleId))
      expect(found?.map(problem => problem.ruleId)).toEqual([rule])
      expect(found?.[0]?.message).toContain(says)
      if (at) expect(found?.[0]?.location[0]?.pointer).toBe(at)
    })
  },
)
