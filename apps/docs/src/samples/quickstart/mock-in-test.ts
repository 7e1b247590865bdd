// #show

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show
  const mock = await createMock()
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId,
    credentials: token('any'),
  })
  // …
  await mock.close()
  // #end
  return dli
}
