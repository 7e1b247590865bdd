import { expect, test } from 'vitest'
import { computePagesToRead } from './pages-to-read.ts'

test.each([
  ['no jobs', [], 0],
  ['one job', [0], 0],
  ['two jobs on the first page', [0, 0], 1],
  ['one job per page', [0, 1, 2], 0],
  ['three jobs on the first page and one far behind', [0, 0, 0, 40], 1],
  ['50 jobs on page 9', Array.from({ length: 50 }, () => 9), 10],
  ['10 jobs on page 9', Array.from({ length: 10 }, () => 9), 0],
])('for %s (page index of each job: %j), the number of pages to read is %i', (_, pages, count) => {
  expect(computePagesToRead(pages)).toBe(count)
})
