import { createIamClient, password } from '@jobscope/iam'

const endpoint = 'http://127.0.0.1:4010/iam' // the mock. For the cloud, use `cloud: 'otc'` instead
const credentials = password({
  endpoint,
  region: 'eu-de',
  userName: 'ci-runner',
  password: 'your-password',
  domainName: 'example-account',
})

const iam = createIamClient({ endpoint, credentials })
for await (const { id, name } of iam.listProjects.all({ name: 'eu-de' })) {
  console.log(`${name} is ${id}`)
}
