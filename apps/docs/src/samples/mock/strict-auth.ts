// #show
import { aksk } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock, DEMO_KEY } from '@jobscope/mock'

// #end
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show
  const mock = await createMock({ auth: 'strict' })
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId,
    credentials: aksk(DEMO_KEY),
  })
  console.log((await dli.listBatches()).total)
  // #end
  await mock.close()
}
// #prints
// 1
