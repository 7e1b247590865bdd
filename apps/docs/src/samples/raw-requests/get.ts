import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, projectId, batch_id }: SampleContext) => {
  // #show
  const { data, error, response } = await dli.http.GET(
    '/v2.0/{project_id}/batches/{batch_id}',
    { params: { path: { project_id: projectId, batch_id } } },
  )
  if (error) throw new Error(error.error_msg)
  console.log(data.state, response.headers.get('content-type'))
  // #end
}
// #prints
// starting application/json
