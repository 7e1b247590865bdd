// #show

import { isCredentialsError } from '@jobscope/core'
import { defaultChain } from '@jobscope/core/node'

// #end

import { createDliClient } from '@jobscope/dli'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId, folder }: SampleContext) => {
  const print = console.error
  console.error = (text: string) => print(text.replace(folder, '/home/me'))
  const dli = createDliClient({
    cloud: 'otc',
    region: 'eu-de',
    projectId,
    credentials: defaultChain(),
  })
  // #show
  try {
    await dli.listBatches()
  } catch (error) {
    if (!isCredentialsError(error)) throw error
    for (const { source, reason } of error.tried)
      console.error(`${source}: ${reason}`)
  }
  // #end
}
// #prints
// environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set
// profile: /home/me/.huaweicloud/credentials does not exist or has no section [basic]
// clouds.yaml: found no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack
// metadata: cannot connect to a metadata service (ENETUNREACH)
