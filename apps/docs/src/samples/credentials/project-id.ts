// #show

import { createIamClient, findProjectId } from '@jobscope/iam'

// #end

import { token } from '@jobscope/core'
import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { services: ['iam'] }

const credentials = token('any')

export default async (_: Stage) => {
  // #show
  const iam = createIamClient({ cloud: 'otc', region: 'eu-de', credentials })
  const projectId = await findProjectId(iam, 'eu-de')
  // #end
  console.log(projectId)
}
