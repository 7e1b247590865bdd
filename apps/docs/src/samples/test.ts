// #show
import { createMock } from '@jobscope/mock'

const mock = await createMock()
const dli = createDliClient({ endpoint: mock.url('dli'), projectId, credentials: token('any') })
// …
await mock.close()

// #end
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

declare const projectId: string

export { dli }
