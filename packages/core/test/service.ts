import { encodeForm } from '../src/http/form-data.ts'
import type { Service } from '../src/http/service.ts'

/** A small service for the tests of the runtime. */
export const service = {
  name: 'svc',
  servers: {
    huaweicloud: {
      url: 'https://svc.{region}.example.com',
      regions: { 'eu-west-101': 'https://svc.eu-west-101.example.org' },
    },
  },
  operations: {
    getJob: ['GET /v1/{project_id}/jobs/{job_id}'],
    listJobs: ['GET /v1/{project_id}/jobs'],
    createJob: ['POST /v1/{project_id}/jobs'],
    deleteJob: ['DELETE /v1/{project_id}/jobs/{job_id}', { empty: true }],
    queryMetrics: ['POST /v1/{project_id}/metrics', { retry: 'safe' }],
    uploadJar: ['POST /v1/{project_id}/jars', { form: encodeForm }],
    listInstances: ['GET /v2/{project_id}/workspaces/{workspace_id}/jobs'],
    listProjects: ['GET /v3/projects'],
    chargeOnce: ['POST /v1/{project_id}/charge', { retry: 'never' }],
  },
  errors: {
    failure: { at: '/is_success', is: /^false$/ },
    code: ['/error_code', '/error/code'],
    message: ['/error_message', '/error_msg', '/error/message'],
    requestId: ['/request_id'],
    kinds: {
      auth: /^SVC\.0013$/i,
      'not-found': /^SVC\.0023$/i,
      transient: /^SVC\.0999$/i,
      'auth-expired': /^APIGW?\.0307$/i,
      'rate-limit': /^APIGW?\.0308$/i,
    },
  },
} as const satisfies Service

type Args = { project_id?: string; job_id?: string | number; body?: unknown; [query: string]: unknown }

export interface Methods
  extends Record<
    keyof typeof service.operations,
    (args?: Args, options?: import('../src/http/client-options.ts').CallOptions) => Promise<unknown>
  > {}
