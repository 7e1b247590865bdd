import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listOperations, readBundle, type ServiceName, services, specUrl } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { compile, generate, readTypeScript, validate } from '../src/tools.ts'

const fileOf = (service: ServiceName) => fileURLToPath(specUrl(service))

describe.each(['hey-api', 'orval', 'kubb', 'swagger-typescript-api'])('%s', generator => {
  test.each(services)('generates strict TypeScript with every operation of %s', service => {
    const folder = mkdtempSync(join(tmpdir(), 'jobscope-generators-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    generate(generator, fileOf(service), folder)
    const text = readTypeScript(folder).toLowerCase()
    const ids = listOperations(readBundle(service)).map(({ operation }) => `${operation.operationId}`)
    expect(ids.filter(id => !text.includes(id.toLowerCase()))).toEqual([])
    compile(folder)
  })
})

describe.each(['spectral', 'readme', 'scalar', 'swagger-parser'])('%s', validator => {
  test.each(services)('finds no problem in %s', service => {
    expect(validate(validator, fileOf(service))).toEqual([])
  })
})
