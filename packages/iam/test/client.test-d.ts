import { token } from '@jobscope/core'
import { createIamClient } from '../src/index.ts'

createIamClient({ region: 'eu-de', cloud: 'otc' })
createIamClient({ region: 'global', credentials: token('t'), timeout: '30s', retry: false })
// @ts-expect-error this cloud does not exist
createIamClient({ region: 'eu-de', cloud: 'elsewhere' })

export async function tokenOf() {
  const iam = createIamClient({ region: 'eu-de', cloud: 'otc' })
  const body = {
    auth: {
      identity: {
        methods: ['password' as const],
        password: { user: { name: 'u', password: 'p', domain: { name: 'd' } } },
      },
      scope: { project: { name: 'eu-de' } },
    },
  }
  const { response, data, error } = await iam.http.POST('/v3/auth/tokens', { body })
  response.headers.get('X-Subject-Token') satisfies string | null
  data?.token.expires_at satisfies string | undefined
  if (error && 'error' in error) error.error.code satisfies number
  for await (const project of iam.listProjects.all({ name: 'eu-de' })) project.id satisfies string
}
