import { describe, expect, test } from 'vitest'
import { changed, fixture } from '../../test/fixture.ts'
import type { Document } from '../read/document.ts'
import { readService } from '../read/service.ts'
import { emitSchema } from './schema.ts'

const emit = (document: Document) => emitSchema(readService('toy', document))

describe('schema.gen.ts', () => {
  test('types known values as an open union, which includes null if the schema allows null', async () => {
    const text = await emit(fixture())
    expect(text).toContain('JobState: "NEW" | "RUNNING" | "DONE" | (string & {});')
    expect(text).toContain('JobCode: -1 | 7 | (number & {}) | null;')
  })

  test('keeps a property optional if it has a default', async () => {
    expect(await emit(fixture())).toContain('priority?: "low" | "high";')
  })

  test('types binary content as Blob', async () => {
    expect(await emit(fixture())).toContain('file: Blob;')
  })

  test('types an object without properties as a record', async () => {
    expect(await emit(fixture())).toContain('Anything: Record<string, unknown>;')
  })

  test('object schemas become interfaces, and other schemas become type aliases', async () => {
    const text = await emit(fixture())
    expect(text).toContain("/** A job. */\nexport interface Job extends Schema<'Job'> {}")
    expect(text).toContain("export type JobState = Schema<'JobState'>")
  })

  test('a union of objects becomes an alias', async () => {
    const union = { oneOf: [{ $ref: '#/components/schemas/Job' }, { $ref: '#/components/schemas/Step' }] }
    expect(await emit(changed('/components/schemas/Anything', union))).toContain(
      "export type Anything = Schema<'Anything'>",
    )
  })

  test('uses named interfaces for references', async () => {
    const text = await emit(fixture())
    expect(text).toContain('jobs: Job[];')
    expect(text).not.toContain('components["schemas"]')
  })

  test('describes a property once, with its own description or the description of the referenced schema', async () => {
    const text = await emit(fixture())
    expect(text).toMatch(/\/\*\* 1 to 64 characters\. \*\/\n\s+id: string;/)
    expect(text).toMatch(/State of a job\.\n\s+\*\n\s+\* @example 'NEW'\n\s+\*\/\n\s+state: JobState;/)
    expect(text).not.toContain('@description')
    expect(text).not.toContain('@enum')
  })

  test('uses the description next to a reference instead of the description of the referenced schema', async () => {
    const own = { $ref: '#/components/schemas/JobState', description: 'Current state of the job.' }
    expect(await emit(changed('/components/schemas/Job/properties/state', own))).toContain('Current state of the job.')
  })

  test('makes a property required if only the list `required` next to `allOf` contains it', async () => {
    const part = { allOf: [{ $ref: '#/components/schemas/Job' }], required: ['name'] }
    const text = await emit(changed('/components/schemas/Anything', part))
    expect(text).toContain('Anything: WithRequired<Job, "name">;')
    expect(text.match(/^type WithRequired</gm)).toHaveLength(1)
  })

  test('omits types that no method uses, and keeps all properties of a schema', async () => {
    const headers = { type: 'object', properties: { headers: { type: 'string' } } }
    const document = changed('/components/schemas/Anything', headers)
    const text = await emit(document)
    expect(text.match(/headers/g)).toHaveLength(1)
    expect(text).toMatch(/"\/v1\/\{project_id\}\/files": \{\n\s+post: operations\["uploadFile"\];\n\s+\};/)
    expect(text).toMatch(/204: \{\s*\};/)
  })
})
