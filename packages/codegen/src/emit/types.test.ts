import { describe, expect, test } from 'vitest'
import { changed, fixture } from '../../test/fixture.ts'
import type { Document } from '../read/document.ts'
import { readService } from '../read/service.ts'
import { emitTypes } from './types.ts'

const emit = (document: Document) => emitTypes(readService('toy', document))

/** The body of an emitted interface, without comments. */
function members(text: string, name: string): string[] {
  const body = text.match(new RegExp(`export interface ${name} \\{\\n(.*?)\\n\\}`, 's'))?.[1] ?? ''
  const code = body.replaceAll(/\/\*\*.*?\*\//gs, '')
  return code.split('\n').flatMap(line => line.trim() || [])
}

describe('types.gen.ts', () => {
  test('arguments are flat: path, query, body, and last what the client fills in', () => {
    const text = emit(fixture())
    expect(members(text, 'GetJobArgs')).toEqual(['job_id: string | number', 'project_id?: string'])
    expect(members(text, 'CreateJobArgs')).toEqual(['body: JobCreate', 'project_id?: string'])
    expect(members(text, 'ListJobsArgs')).toEqual([
      'from?: number',
      'size?: number',
      "order?: 'asc' | 'desc'",
      "'state-in'?: ('NEW' | 'DONE')[]",
      'project_id?: string',
    ])
  })

  test('methods return the named success schema, nothing where there is none', () => {
    expect(members(emit(fixture()), 'ToyMethods')).toEqual([
      'listJobs(args?: ListJobsArgs, options?: CallOptions): Promise<JobList>',
      'createJob(args: CreateJobArgs, options?: CallOptions): Promise<Job>',
      'getJob(args: GetJobArgs, options?: CallOptions): Promise<Job>',
      'deleteJob(args: DeleteJobArgs, options?: CallOptions): Promise<void>',
      'stopJobs(args: StopJobsArgs, options?: CallOptions): Promise<StopResult[]>',
      'uploadFile(args: UploadFileArgs, options?: CallOptions): Promise<Anything>',
    ])
  })

  test('objects are interfaces, the rest aliases', () => {
    const text = emit(fixture())
    expect(text).toContain("/** A job. */\nexport interface Job extends Schema<'Job'> {}")
    expect(text).toContain("export type JobState = Schema<'JobState'>")
  })

  test('a union of objects is an alias', () => {
    const union = { oneOf: [{ $ref: '#/components/schemas/Job' }, { $ref: '#/components/schemas/Step' }] }
    expect(emit(changed('/components/schemas/Anything', union))).toContain("export type Anything = Schema<'Anything'>")
  })

  test('a closed enum in the path is closed in the type', () => {
    const action = { type: 'string', enum: ['START', 'STOP'] }
    const text = emit(changed('/paths/~1v1~1{project_id}~1jobs~1{job_id}/parameters/1/schema', action))
    expect(members(text, 'GetJobArgs')).toContain("job_id: 'START' | 'STOP'")
  })

  test('the clouds are those of the servers', () => {
    expect(emit(fixture())).toContain("export type ToyCloud = 'huaweicloud' | 'otc'")
  })

  test('arguments say limits, default and example', () => {
    const comment = emit(fixture()).match(/\/\*\*((?!\*\/).)*\*\/\n {2}size\?/s)?.[0]
    expect(comment).toContain('Jobs per page.')
    expect(comment).toContain('1 to 500.')
    expect(comment).toContain('@default 100')
    expect(comment).toContain('@example 50')
  })

  test('methods say what, where from, how it fails and how it is called', () => {
    const comment = emit(fixture()).match(/\/\*\*((?!\*\/).)*\*\/\n {2}getJob\(/s)?.[0]
    expect(comment).toContain('Get a job.')
    expect(comment).toContain('`GET /v1/{project_id}/jobs/{job_id}`')
    expect(comment).toContain('Source: Querying a job, checked 2026-11-21.')
    expect(comment).toContain('- `X-Language` Of messages.')
    expect(comment).toContain('@throws ApiError for 404')
    expect(comment).toContain("const job = await toy.getJob({ job_id: 'j-1' })")
  })
})
