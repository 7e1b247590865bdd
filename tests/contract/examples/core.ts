import { isApiError, token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

const dli = createDliClient({
  endpoint: 'http://127.0.0.1:4010/dli',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('your-iam-token'),
})
try {
  const headers = { Prefer: 'example=DLI.0023' } // makes the mock return this error
  await dli.getBatch({ batch_id: '7c0b1f52-9d3e-4a68-8c11-5be2f0a94d37' }, { timeout: '10s', headers })
} catch (error) {
  if (!isApiError(error)) throw error // a timeout, a network error, an abort
  console.log(error.kind, error.code, error.status)
}
