import { token } from '@jobscope/core'
import { createResClient } from '../src/index.ts'

const options = { projectId: 'p', credentials: token('t') }

createResClient({ ...options, region: 'cn-north-4' })
createResClient({ ...options, region: 'cn-north-4', cloud: 'huaweicloud', timeout: '30s', retry: false })
// @ts-expect-error RES exists only on Huawei Cloud
createResClient({ ...options, region: 'eu-de', cloud: 'otc' })
// @ts-expect-error a duration has a unit, or is a number of milliseconds
createResClient({ ...options, region: 'cn-north-4', timeout: '30' })
// @ts-expect-error the credentials are missing
createResClient({ projectId: 'p', region: 'cn-north-4' })

export async function raw() {
  const res = createResClient({ ...options, region: 'cn-north-4' })
  const path = { project_id: 'p', job_id: 'j' }
  const { data, error } = await res.http.GET('/v1/{project_id}/jobs/{job_id}', { params: { path } })
  data?.job.job_status satisfies string | undefined
  error?.error_code satisfies string | undefined
  // @ts-expect-error this path does not exist
  await res.http.GET('/v1/{project_id}/job/{job_id}', { params: { path } })
  // @ts-expect-error job_id is missing
  await res.http.GET('/v1/{project_id}/jobs/{job_id}', { params: { path: { project_id: 'p' } } })
  // @ts-expect-error parameters are missing
  await res.http.GET('/v1/{project_id}/jobs/{job_id}')
  // @ts-expect-error this path does not have the method POST
  await res.http.POST('/v1/{project_id}/jobs/{job_id}', { params: { path } })
  const text = await res.http.GET('/v1/{project_id}/jobs/{job_id}', { params: { path }, parseAs: 'text' })
  text.data satisfies string | undefined
}
