import { describe, expect, test } from 'vitest'
import { changed, fixture } from '../../test/fixture.ts'
import type { Document } from '../read/document.ts'
import { readService } from '../read/service.ts'
import { emitSchema } from './schema.ts'

const emit = (document: Document) => emitSchema(readService('toy', document))

describe('schema.gen.ts', () => {
  test('known values are open, with null where the schema has it', async () => {
    const text = await emit(fixture())
    expect(text).toContain('JobState: "NEW" | "RUNNING" | "DONE" | (string & {});')
    expect(text).toContain('JobCode: -1 | 7 | (number & {}) | null;')
  })

  test('a member with a default stays optional', async () => {
    expect(await emit(fixture())).toContain('priority?: "low" | "high";')
  })

  test('binary is a Blob', async () => {
    expect(await emit(fixture())).toContain('file: Blob;')
  })

  test('an object without members is no empty type', async () => {
    expect(await emit(fixture())).toContain('Anything: Record<string, unknown>;')
  })

  test('references are the named interfaces', async () => {
    const text = await emit(fixture())
    expect(text).toContain('jobs: Job[];')
    expect(text).not.toContain('components["schemas"]')
    expect(text).toMatch(/import type \{\n( {2}\w+,\n)+\} from '.\/types.gen.ts'/)
  })

  test('members are described once, by themselves or by what they refer to', async () => {
    const text = await emit(fixture())
    expect(text).toMatch(/\/\*\* 1 to 64 characters\. \*\/\n\s+id: string;/)
    expect(text).toMatch(/State of a job\.\n\s+\*\n\s+\* @example 'NEW'\n\s+\*\/\n\s+state: JobState;/)
    expect(text).not.toContain('@description')
    expect(text).not.toContain('@enum')
  })

  test('a description beside a reference wins', async () => {
    const own = { $ref: '#/components/schemas/JobState', description: 'Where the job stands.' }
    expect(await emit(changed('/components/schemas/Job/properties/state', own))).toContain('Where the job stands.')
  })

  test('a member that only a whole requires is required', async () => {
    const part = { allOf: [{ $ref: '#/components/schemas/Job' }], required: ['name'] }
    const text = await emit(changed('/components/schemas/Anything', part))
    expect(text).toContain('Anything: WithRequired<Job, "name">;')
    expect(text.match(/^type WithRequired</gm)).toHaveLength(1)
  })

  test('what no call is typed by is left out, a member of a schema never', async () => {
    const headers = { type: 'object', properties: { headers: { type: 'string' } } }
    const document = changed('/components/schemas/Anything', headers)
    const text = await emit(document)
    expect(text.match(/headers/g)).toHaveLength(1)
    expect(text).toMatch(/"\/v1\/\{project_id\}\/files": \{\n\s+post: operations\["uploadFile"\];\n\s+\};/)
    expect(text).toMatch(/204: \{\s*\};/)
  })
})
