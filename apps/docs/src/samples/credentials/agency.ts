// #show

import { agency, password, temporary } from '@jobscope/iam'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  users: [
    { name: 'ci-runner', password: 'your-password', domainName: 'our-account' },
  ],
  services: ['dli', 'iam'],
  env: { OS_PASSWORD: 'your-password' },
}

export default async ({ call }: SampleContext) => {
  // #show
  const location = { cloud: 'otc', region: 'eu-de' } as const
  const user = password({
    ...location,
    userName: 'ci-runner',
    password: process.env.OS_PASSWORD,
    domainName: 'our-account',
  })

  // A token for the other account.
  const otherAccount = agency({
    ...location,
    credentials: user,
    agencyName: 'job-watcher',
    domainName: 'their-account',
  })

  // A temporary access key. Requests then contain a signature instead of the token.
  const temporaryKey = temporary({
    ...location,
    credentials: user,
    duration: '15m',
  })
  // #end
  for (const credentials of [otherAccount, temporaryKey]) await call(credentials)
}
