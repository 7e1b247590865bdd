import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listOperations, readBundle, type ServiceName, services, specUrl } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { compile, generate, readTypeScript, validate } from '../src/tools.ts'

const fileOf = (service: ServiceName) => fileURLToPath(specUrl(service))

/** Returns whether one of the words is the operation ID, or a type of this operation such as `GetBatchData` or `GetBatchStatus200`. */
function isNamed(id: string, words: ReadonlySet<string>): boolean {
  const suffixes = [
    '',
    'data',
    'response',
    'responses',
    'status200',
    'status201',
    'status202',
    'status204',
    'query',
    'mutation',
  ]
  return suffixes.some(suffix => words.has(`${id}${suffix}`))
}

describe.each(['hey-api', 'orval', 'kubb', 'swagger-typescript-api'])('%s', generator => {
  test.each(services)('generates strict TypeScript with every operation of %s', service => {
    const folder = mkdtempSync(join(tmpdir(), 'jobscope-generators-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    generate(generator, fileOf(service), folder)
    const words = new Set(readTypeScript(folder).toLowerCase().match(/\w+/g))
    const ids = listOperations(readBundle(service)).map(({ operation }) => `${operation.operationId}`)
    expect(ids.filter(id => !isNamed(id.toLowerCase(), words))).toEqual([])
    compile(folder)
  })
})

test('compile() throws for a type error, even if the generated file switches off the compiler', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-generators-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'api.ts'), '// @ts-nocheck\nexport const size: number = "text"\n')
  expect(() => compile(folder)).toThrow('TS2322')
})

describe.each(['spectral', 'readme', 'scalar', 'swagger-parser'])('%s', validator => {
  test.each(services)('finds no problem in %s', service => {
    expect(validate(validator, fileOf(service))).toEqual([])
  })

  test('finds the problem of an operation with invalid responses', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jobscope-validators-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'broken.json')
    const info = { title: 'Broken', version: '1' }
    writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths: { '/a': { get: { responses: 'none' } } } }))
    expect(validate(validator, file)).not.toEqual([])
  })
})
