import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, projectId, batch_id }: SampleContext) => {
  // #show
  const { data, error, response } = await dli.http.GET(
    '/v2.0/{project_id}/batches/{batch_id}',
    { params: { path: { project_id: projectId, batch_id } } },
  )
  console.log(response.status, data?.state ?? error?.error_code)
  // #end
}
// #prints
// 200 starting
