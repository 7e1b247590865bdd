// #show
import { createMock } from '@jobscope/mock'

// #end
export default async () => {
  // #show
  const mock = await createMock({
    scenario: {
      'dli:batch': 'fail',
      'dli:sql-job': ['LAUNCHING', 'RUNNING', 'SCALING', 'FINISHED'],
    },
  })
  // #end
  await mock.close()
}
