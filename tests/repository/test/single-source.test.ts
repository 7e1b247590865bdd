import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jobStates } from '@jobscope/core'
import { expect, test } from 'vitest'

/** Tests of the repository rules that no linter checks. Most of the rules ensure that each fact is written in only one file. */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const buildOutput = ['**/node_modules/**', '**/dist/**', 'apps/docs/site/**', '**/.astro/**', '**/.turbo/**']
const generated = ['**/generated/**', '**/*.gen.*', 'tools/api/reports/**']

/** Hand-written files, as paths relative to the repository. */
const list = (pattern: string, excluded: readonly string[] = []): string[] =>
  globSync(pattern, { cwd: root, exclude: [...buildOutput, ...generated, ...excluded] }).sort()

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The places in files that match a pattern, as `file: match`. */
const find = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap(file => [...read(file).matchAll(pattern)].map(([match]) => `${file}: ${match}`))

// The samples of the documentation show code of users, so they can contain hosts.
const code = list('{packages,specs,tools,apps}/**/*.{ts,js,mjs,astro}', ['**/*.test.ts', '**/test/**', '**/samples/**'])

const schemas = list('specs/extensions/*.schema.json')

/** Every `enum` of strings in a JSON Schema. */
function getEnums(schema: unknown): string[][] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, value]) => (name === 'enum' ? [value] : getEnums(value)))
}

test('the job states are listed in one hand-written file', () => {
  const separator = '[\\s`\'",|&;\\[\\]-]*(?:and |or )?'
  // Prose can contain a few states, so only six consecutive states count as the list.
  const sixInARow = new RegExp(`(?:\\b(?:${jobStates.join('|')})\\b${separator}){6}`, 'g')
  const files = find(list('**/*.{ts,js,mjs,astro,json,yaml,md,mdx}', []), sixInARow)
  expect(files.map(place => place.split(':')[0])).toEqual(['specs/extensions/x-jobs.schema.json'])
})

test('no hand-written code lists the values of an enum in specs/extensions', () => {
  const separator = '[\\s`\'",|&;\\[\\]-]*(?:and |or )?'
  const enums = schemas.flatMap(file => getEnums(JSON.parse(read(file)))).filter(values => values.length > 2)
  expect(enums).toContainEqual(['safe', 'unprocessed', 'never'])
  const copies = enums.flatMap(values => find(code, new RegExp(`['"]${values.join(separator)}['"]`, 'g')))
  expect(copies).toEqual([])
})

// JobKind repeats a part of x-jobs, because JobKind is the type of the generated tables of the clients. The compiler checks the tables
// against this type.
test('only JobKind of core repeats properties of x-jobs', () => {
  const { JobKindSpec, JobOperations } = JSON.parse(read('specs/extensions/x-jobs.schema.json')).$defs
  const shapes = [JobKindSpec, JobOperations].map(({ properties }) => Object.keys(properties))
  const copies = code.flatMap(file =>
    [...read(file).matchAll(/^(?:export )?(?:interface|type) (\w+)[^\n]*\{\n([\s\S]*?)^\}/gm)].flatMap(
      ([, type, body]) => {
        const members = new Set([...(body ?? '').matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map(([, name]) => name))
        return shapes.some(names => names.filter(name => members.has(name)).length > 5) ? [`${file}: ${type}`] : []
      },
    ),
  )
  expect(copies).toEqual(['packages/core/src/jobs/job-kind.ts: JobKind'])
})

test('no hand-written code contains a host of a cloud', () => {
  expect(find(code, /[\w.-]*(?:myhuaweicloud\.(?:com|eu)|otc\.t-systems\.com)/g)).toEqual([])
})

test('no hand-written code contains a limit of the gateway', () => {
  expect(find(code, /\b12 MB\b|\b12 \* 1024 \* 1024\b|\b12_?582_?912\b|\b15 minutes off\b|\b900_000\b/g)).toEqual([])
})

test('every package has a tag for its layer, so that turbo can check its dependencies', () => {
  const folders = list('{specs,packages/*,tests/*,tools/*,apps/*}/package.json').map(file => dirname(file))
  const untagged = folders.filter(folder => {
    const file = `${folder}/turbo.json`
    return !existsSync(join(root, file)) || !/"tags": \["\w+"\]/.test(read(file))
  })
  expect(untagged).toEqual([])
})

test('every published package names its repository, bug tracker and author, and contains its changelog', () => {
  const incomplete = list('{specs,packages/*}/package.json').filter(file => {
    const { homepage, bugs, author, repository, files } = JSON.parse(read(file))
    const page = `https://github.com/jobscope/jobscope/tree/main/${dirname(file)}#readme`
    return (
      homepage !== page || !bugs || !author || repository.directory !== dirname(file) || !files.includes('CHANGELOG.md')
    )
  })
  expect(incomplete).toEqual([])
})

test('the README refers to SCOPE.md for the examples that do not validate, and does not claim that every example validates', () => {
  const readme = read('README.md').replace(/\s+/g, ' ')
  expect(readme).toContain('validate against the specs. `specs/*/SCOPE.md` lists the exceptions and their reasons.')
  expect(readme).not.toMatch(/every example/i)
})
