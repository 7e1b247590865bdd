import { token } from '@jobscope/core'
import { createIamClient } from '@jobscope/iam'

const endpoint = 'http://127.0.0.1:4010/iam' // the mock; for the cloud give `region: 'eu-de', cloud: 'otc'` instead
const user = { name: 'ci-runner', password: 'your-password', domain: { name: 'example-account' } }

const { data, response } = await createIamClient({ endpoint }).http.POST('/v3/auth/tokens', {
  params: { query: { nocatalog: 'true' } },
  body: { auth: { identity: { methods: ['password'], password: { user } }, scope: { project: { name: 'eu-de' } } } },
})
const credentials = token(response.headers.get('X-Subject-Token') ?? undefined)

const iam = createIamClient({ endpoint, credentials })
for await (const { id, name } of iam.listProjects.all({ name: 'eu-de' })) {
  console.log(`${name} is ${id}; the token is good until ${data?.token.expires_at}`)
}
