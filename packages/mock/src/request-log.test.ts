import { expect, test } from 'vitest'
import { createRequestLog, type LoggedRequest } from './request-log.ts'

const entry = (n: number): LoggedRequest => ({
  ...{ at: n, method: 'GET', path: `/dli/${n}`, query: {}, service: 'dli', operation: 'getBatch' },
  ...{ status: 200, requestId: `${n}`, fault: undefined },
})

test('keeps the latest requests in order', () => {
  const log = createRequestLog(1000)
  for (let n = 1; n <= 100_000; n++) {
    log.add(entry(n))
    if (n === 3) expect(log.list().map(({ at }) => at)).toEqual([1, 2, 3])
  }
  const kept = log.list()
  expect(kept).toHaveLength(1000)
  expect([kept[0]?.at, kept[999]?.at]).toEqual([99_001, 100_000])
  log.clear()
  expect(log.list()).toEqual([])
  log.add(entry(7))
  expect(log.list().map(({ at }) => at)).toEqual([7])
})
