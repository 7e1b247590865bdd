import { describe, expect, test } from 'vitest'
import { changed, fixture } from '../../test/fixture.ts'
import type { Document } from '../read/document.ts'
import { getTypeName } from '../read/named-type.ts'
import { readService } from '../read/service.ts'
import { emitTypes } from './types.ts'

const emit = (document: Document) => emitTypes(readService('toy', document))

/** Returns the members of an emitted interface, without comments. */
function members(text: string, name: string): string[] {
  const body = text.match(new RegExp(`export interface ${name}(?: extends \\w+)? \\{\\n(.*?)\\n\\}`, 's'))?.[1] ?? ''
  const code = body.replaceAll(/\/\*\*.*?\*\//gs, '')
  return code.split('\n').flatMap(line => line.trim() || [])
}

describe('types.gen.ts', () => {
  test('arguments are flat, in this order: path parameters, query parameters, body, parameters of the client', () => {
    const text = emit(fixture())
    expect(members(text, 'GetJobArgs')).toEqual(['job_id: string | number', 'project_id?: string | undefined'])
    expect(members(text, 'CreateJobArgs')).toEqual(['body: JobCreate', 'project_id?: string | undefined'])
    expect(members(text, 'ListJobsArgs')).toEqual(['from?: number | undefined'])
    expect(members(text, 'ListJobsAllArgs')).toEqual([
      'size?: number | undefined',
      "order?: 'asc' | 'desc' | undefined",
      "'state-in'?: ('NEW' | 'DONE')[] | undefined",
      'project_id?: string | undefined',
    ])
  })

  test('the type of a job is the type of the get response, the type of a list item, or a union of both', () => {
    expect(members(emit(fixture()), 'ToyJobs')).toEqual(['job: Job', "'night-run': RunItem"])
    const listed = changed('/x-jobs/job/operations/list', { operation: 'searchRuns', at: '/items' })
    expect(members(emit(listed), 'ToyJobs')).toEqual(['job: Job | RunItem', "'night-run': RunItem"])
    expect(emit(changed('/x-jobs', undefined))).not.toContain('ToyJobs')
  })

  test('arguments of .all() omit the page position from the query and from the body', () => {
    const text = emit(fixture())
    expect(text).toContain('export interface ListJobsArgs extends ListJobsAllArgs {')
    expect(members(text, 'SearchRunsAllArgs')).toEqual([
      "body: Omit<RunSearch, 'offset' | 'limit'> & Partial<Pick<RunSearch, 'limit'>>",
      'project_id?: string | undefined',
      'workspace_id?: string | undefined',
    ])
    expect(members(text, 'SearchRunsArgs')).toEqual(['body: RunSearch'])
  })

  test('a required page size is optional in .all()', () => {
    const parameters = '/paths/~1v1~1{project_id}~1jobs/get/parameters'
    const text = emit(changed(`${parameters}/1/required`, true))
    expect(members(text, 'ListJobsAllArgs')).toContain('size?: number | undefined')
    expect(members(text, 'ListJobsArgs')).toEqual(['from?: number | undefined', 'size: number'])
  })

  test('the wait method of a job kind without a get operation takes the key of the job', () => {
    const wanted = ['workspace_id?: string | undefined', 'kind: string | number', 'run_id: string | number']
    expect(members(emit(fixture()), 'WaitForNightRunArgs')).toEqual(wanted)
  })

  test.each([
    [false, "is running, or with `until: 'ended'` until it has ended."],
    [undefined, 'has ended.'],
  ])('if endsByItself is %s, the comment of the method contains: Waits until a job %s', (endsByItself, text) => {
    const source = emit(changed('/x-jobs/job/endsByItself', endsByItself)).replaceAll(/[\s*]+/g, ' ')
    expect(source).toContain(`Waits until a job (${fixture()['x-jobs']?.['job']?.title}) ${text}`)
  })

  test('the type of an array contains parentheses if the items are a union', () => {
    const arrayOf = (items: object) => getTypeName({ type: 'array', items }, 'here')
    const [job, step] = [{ $ref: '#/components/schemas/Job' }, { $ref: '#/components/schemas/Step' }]
    expect(arrayOf(job)).toBe('Job[]')
    expect(arrayOf({ oneOf: [job, step] })).toBe('(Job | Step)[]')
  })

  test('the parameters in x-client-parameters are options of the client', () => {
    expect(members(emit(fixture()), 'ToyClientParameters')).toEqual(['workspaceId?: string | undefined'])
    expect(emit(changed('/x-client-parameters', undefined))).not.toContain('ClientParameters')
  })

  test('a deprecated operation has a @deprecated tag', () => {
    const comment = emit(fixture()).match(/\/\*\*((?!\*\/).)*\*\/\n {2}deleteJobs\(/s)?.[0]
    expect(comment).toContain('@deprecated')
  })

  test('methods return the named success schema, or void if there is no success schema', () => {
    expect(members(emit(fixture()), 'ToyMethods')).toEqual([
      'listJobs: List<ListJobsArgs, ListJobsAllArgs, JobList, Job>',
      'createJob(args: CreateJobArgs, options?: CallOptions): Promise<Job>',
      'deleteJobs(args: DeleteJobsArgs, options?: CallOptions): Promise<void>',
      'getJob(args: GetJobArgs, options?: CallOptions): Promise<Job>',
      'deleteJob(args: DeleteJobArgs, options?: CallOptions): Promise<void>',
      'stopJobs(args: StopJobsArgs, options?: CallOptions): Promise<StopResult[]>',
      'uploadFile(args: UploadFileArgs, options?: CallOptions): Promise<Anything>',
      'searchRuns: ListOf<SearchRunsArgs, SearchRunsAllArgs, RunList, RunItem>',
      'createRun(args: CreateRunArgs, options?: CallOptions): Promise<RunItem | null | undefined>',
      'waitForJob(args: GetJobArgs, options?: WaitOptions<Job>): Promise<Job>',
      'waitForNightRun(args: WaitForNightRunArgs, options?: WaitOptions<RunItem>): Promise<RunItem>',
    ])
  })

  test('the type of a path parameter with a closed enum accepts only the values of the enum', () => {
    const action = { type: 'string', enum: ['START', 'STOP'] }
    const text = emit(changed('/paths/~1v1~1{project_id}~1jobs~1{job_id}/parameters/1/schema', action))
    expect(members(text, 'GetJobArgs')).toContain("job_id: 'START' | 'STOP'")
  })

  test('the cloud type contains the clouds of the servers', () => {
    expect(emit(fixture())).toContain("export type ToyCloud = 'huaweicloud' | 'otc'")
  })

  test('comments of arguments contain limits, default and example', () => {
    const comment = emit(fixture()).match(/\/\*\*((?!\*\/).)*\*\/\n {2}size\?/s)?.[0]
    expect(comment).toContain('Number of jobs per page.')
    expect(comment).toContain('1 to 500.')
    expect(comment).toContain('@default 100')
    expect(comment).toContain('@example 50')
  })

  test('comments of methods contain summary, route, source, errors and an example', () => {
    const comment = emit(fixture()).match(/\/\*\*((?!\*\/).)*\*\/\n {2}getJob\(/s)?.[0]
    expect(comment).toContain('Get a job.')
    expect(comment).toContain('`GET /v1/{project_id}/jobs/{job_id}`')
    expect(comment).toContain('Source: Querying a job, checked 2026-11-21.')
    expect(comment).toContain('- `X-Language` Language of messages.')
    expect(comment).toContain('@throws ApiError for 404')
    expect(comment).toContain("const job = await toy.getJob({ job_id: 'j-1' })")
  })
})
