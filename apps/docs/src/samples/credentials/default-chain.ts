// #show

import { defaultChain, defaultSettings } from '@jobscope/core/node'
import { createDliClient } from '@jobscope/dli'
import { password } from '@jobscope/iam'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  services: ['dli', 'iam'],
  users: [
    { name: 'ci-runner', password: 'your-password', domainName: 'example-account' },
  ],
  env: {
    OS_AUTH_URL: 'https://iam.eu-de.otc.t-systems.com/v3',
    OS_USERNAME: 'ci-runner',
    OS_PASSWORD: 'your-password',
    OS_USER_DOMAIN_NAME: 'example-account',
    OS_PROJECT_NAME: 'eu-de',
    OS_PROJECT_ID: '0123456789abcdef0123456789abcdef',
  },
}

export default async (_: SampleContext) => {
  // #show
  const { cloud, region, projectId } = await defaultSettings()
  const credentials = defaultChain({ password })
  const dli = createDliClient({ cloud, region, projectId, credentials })

  await dli.listBatches()
  console.log(credentials.source)
  // #end
}
// #prints
// environment (OS_USERNAME)
