import { ApiError, NetworkError, ResponseError } from '@jobscope/core'
import { expect, test } from 'vitest'
import { toFailure } from './failure.ts'
import { InterruptedError } from './terminal/interrupted-error.ts'
import { UsageError } from './usage-error.ts'

test.each([
  ['an ApiError with status 403', new ApiError('getBatch', 'HTTP 403', { kind: 'forbidden' }), 3],
  ['a ResponseError', new ResponseError('getBatch', 'The response is not JSON', {}), 4],
  ['a NetworkError', new NetworkError('getBatch', 'ECONNREFUSED', { mayHaveHappened: false }), 4],
  ['a UsageError', new UsageError('wrong'), 2],
  ['an InterruptedError', new InterruptedError('Interrupted.'), 130],
  ['an unknown error', new RangeError('Invalid time value'), 1],
])('toFailure returns the documented exit code for %s', (_, error, exitCode) => {
  expect(toFailure(error).exitCode).toBe(exitCode)
})

test('removes control characters from file names and keys that a message quotes', () => {
  const { lines } = toFailure(
    new UsageError('a\u001b]0;title\u0007.yaml:1:1: fi\u202ele is unknown', 'b\u009b.yaml\nc'),
  )
  expect(lines).toEqual(['a]0;title.yaml:1:1: file is unknown', 'b.yaml c'])
  expect(toFailure(new InterruptedError('To resume, run: \u001b[2J')).lines).toEqual(['To resume, run: [2J'])
})
