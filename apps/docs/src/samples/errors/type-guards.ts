// #show

import {
  CredentialsError,
  isApiError,
  isAuthError,
  isJobscopeError,
  isNetworkError,
  isRateLimitError,
  isResponseError,
  isTimeoutError,
} from '@jobscope/core'

function advice(error: unknown): string {
  if (error instanceof CredentialsError) return 'no credentials on this machine'
  if (isAuthError(error)) return 'the service refuses the credentials'
  if (isRateLimitError(error))
    return `too many calls, try again in ${error.retryAfter ?? 1000} ms`
  if (isApiError(error))
    return `${error.kind}: ${error.code}, request ${error.requestId}`
  if (isTimeoutError(error)) return 'no answer in time'
  if (isNetworkError(error)) return 'no connection'
  if (isResponseError(error))
    return 'that was not the service: a proxy, a wrong endpoint?'
  if (isJobscopeError(error)) return error.message
  throw error // an abort, a wrong argument, a mistake of ours
}

// #end

import { strictEqual } from 'node:assert'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  const adviceFor = async (prefer: string) =>
    advice(
      await dli
        .getBatch({ batch_id }, { headers: { Prefer: prefer }, retry: false })
        .catch(error => error),
    )
  strictEqual(await adviceFor('code=401'), 'the service refuses the credentials')
  strictEqual((await adviceFor('code=429')).slice(0, 14), 'too many calls')
  strictEqual(
    (await adviceFor('example=DLI.0023')).slice(0, 19),
    'not-found: DLI.0023',
  )
  mock.faults.set([{ fault: 'reset', on: ['getBatch'] }])
  strictEqual(await adviceFor('code=200'), 'no connection')
}
