// #show

import { createDliClient } from '@jobscope/dli'
import { password } from '@jobscope/iam'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  services: ['dli', 'iam'],
  users: [
    { name: 'ci-runner', password: 'your-password', domainName: 'example-account' },
  ],
  env: { OS_PASSWORD: 'your-password' },
}

export default async ({ mock, projectId }: SampleContext) => {
  // #show
  const credentials = password({
    cloud: 'otc',
    region: 'eu-de',
    userName: 'ci-runner',
    password: process.env.OS_PASSWORD,
    domainName: 'example-account', // the account that owns the user
  })
  const dli = createDliClient({
    cloud: 'otc',
    region: 'eu-de',
    projectId,
    credentials,
  })
  // #end
  await Promise.all([dli.listBatches(), dli.listBatches()])
  const tokenRequests = mock.requests.filter(
    ({ operation }) => operation === 'createToken',
  )
  if (tokenRequests.length !== 1)
    throw new Error(`IAM received ${tokenRequests.length} requests`)
}
