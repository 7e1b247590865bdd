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
  const where = { cloud: 'otc', region: 'eu-de' } as const
  const user = password({
    ...where,
    userName: 'ci-runner',
    password: process.env.OS_PASSWORD,
    domainName: 'our-account',
  })

  // A token of the other account.
  const theirs = agency({
    ...where,
    credentials: user,
    agencyName: 'job-watcher',
    domainName: 'their-account',
  })

  // A key that lives a quarter of an hour, so that no call carries the token.
  const short = temporary({ ...where, credentials: user, duration: '15m' })
  // #end
  for (const credentials of [theirs, short]) await call(credentials)
}
