// #show

import type { Hooks } from '@jobscope/core'

// #end

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import type { SampleContext } from '../../lib/sample-context.ts'

const credentials = token('any')

export default async ({ projectId }: SampleContext) => {
  // #show
  const hooks: Hooks = {
    onRequest: ({ attributes }) => console.log(attributes['url.full']),
    query: ['page-size'],
  }
  // #end
  const location = { cloud: 'otc', region: 'eu-de', projectId } as const
  const dli = createDliClient({ ...location, credentials, hooks })
  await dli.listSqlJobs({ 'page-size': 10, db_name: 'sales' })
}
// #prints
// https://dli.eu-de.otc.t-systems.com/v1.0/0123456789abcdef0123456789abcdef/jobs?page-size=10&db_name=REDACTED
