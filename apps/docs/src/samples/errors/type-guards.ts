// #show

import {
  isApiError,
  isAuthError,
  isCredentialsError,
  isJobscopeError,
  isNetworkError,
  isRateLimitError,
  isResponseError,
  isTimeoutError,
} from '@jobscope/core'

function describe(error: unknown): string {
  if (isCredentialsError(error)) return 'no credentials on this machine'
  if (isAuthError(error)) return 'the service rejected the credentials'
  if (isRateLimitError(error))
    return `too many requests, retry in ${error.retryAfter ?? 1000} ms`
  if (isApiError(error))
    return `${error.kind}: ${error.code}, request ${error.requestId}`
  if (isTimeoutError(error)) return 'timeout'
  if (isNetworkError(error)) return 'no connection'
  if (isResponseError(error))
    return 'unexpected response: check the endpoint and proxies'
  if (isJobscopeError(error)) return error.message
  throw error // an abort or a bug
}

// #end

import { strictEqual } from 'node:assert'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  const describeResponse = async (prefer: string) =>
    describe(
      await dli
        .getBatch({ batch_id }, { headers: { Prefer: prefer }, retry: false })
        .catch(error => error),
    )
  strictEqual(
    await describeResponse('code=401'),
    'the service rejected the credentials',
  )
  strictEqual(
    (await describeResponse('code=429')).slice(0, 17),
    'too many requests',
  )
  strictEqual(
    (await describeResponse('example=DLI.0023')).slice(0, 19),
    'not-found: DLI.0023',
  )
  mock.faults.set([{ fault: 'reset', on: ['getBatch'] }])
  strictEqual(await describeResponse('code=200'), 'no connection')
}
