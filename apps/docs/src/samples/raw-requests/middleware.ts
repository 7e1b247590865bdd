import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, projectId }: SampleContext) => {
  // #show
  dli.http.use({
    onRequest({ request }) {
      request.headers.set('X-Language', 'en-us')
    },
    onResponse({ request, response }) {
      console.log(request.method, response.status)
    },
  })
  await dli.http.GET('/v2.0/{project_id}/batches', {
    params: { path: { project_id: projectId }, query: { size: 1 } },
  })
  // #end
}
// #prints
// GET 200
