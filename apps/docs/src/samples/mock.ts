// #show
const dli = createDliClient({
  endpoint: 'http://127.0.0.1:4010/dli',
  projectId,
  credentials: token('any-text-will-do'),
})

// #end
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

declare const projectId: string

export { dli }
