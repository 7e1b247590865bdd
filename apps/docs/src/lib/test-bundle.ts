import type { ErrorsSpec, JobKindSpec } from '@jobscope/specs'
import type { Bundle } from './bundle.ts'

/** Creates a bundle for tests with one operation and the given job kinds and errors. */
export function createBundle(
  given: { jobs?: Record<string, JobKindSpec>; errors?: ErrorsSpec; title?: string } = {},
): Bundle {
  return {
    openapi: '3.1.0',
    info: { title: given.title ?? 'Some Service (SOS) jobs', summary: 'Jobs.', description: 'All about jobs.' },
    tags: [{ name: 'Jobs', description: 'Things that run.' }],
    servers: [{ url: 'https://sos.example' }],
    paths: {
      '/v1/{project_id}/jobs/{job_id}': {
        parameters: [{ $ref: '#/components/parameters/ProjectId' }, { name: 'job_id', in: 'path', example: 'a/b' }],
        get: { operationId: 'getJob', summary: 'Get a job', tags: ['Jobs'] },
      },
    },
    components: {
      schemas: {
        Job: { type: 'object', properties: { state: { type: 'string', 'x-known-values': ['on', 'off'] } } },
        Named: { title: 'A name', type: 'object' },
      },
      ...{ parameters: { ProjectId: { name: 'project_id', in: 'path', example: 'p1' } } },
    },
    ...(given.jobs ? { 'x-jobs': given.jobs } : {}),
    ...(given.errors ? { 'x-errors': given.errors } : {}),
  }
}

export const createJobKind = (states: JobKindSpec['states'], more: Partial<JobKindSpec> = {}): JobKindSpec => ({
  title: 'Job',
  key: { job_id: '/id' },
  operations: { get: { operation: 'getJob', at: '' } },
  fields: { state: '/state' },
  states,
  polling: { interval: 5, maxInterval: 60 },
  ...more,
})
