// #show

import { createIamClient, findProjectId } from '@jobscope/iam'

// #end

import { token } from '@jobscope/core'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { services: ['iam'] }

const credentials = token('any')

export default async (_: SampleContext) => {
  // #show
  const iam = createIamClient({ cloud: 'otc', region: 'eu-de', credentials })
  const projectId = await findProjectId(iam, 'eu-de')
  // #end
  console.log(projectId)
}
