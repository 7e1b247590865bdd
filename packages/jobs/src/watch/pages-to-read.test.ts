import { expect, test } from 'vitest'
import { bestDepth } from './pages-to-read.ts'

test.each([
  ['nothing', [], 0],
  ['one job: a call is as good as a page', [0], 0],
  ['two on a page', [0, 0], 1],
  ['each on a page of its own', [0, 1, 2], 0],
  ['many on the first page, one far behind', [0, 0, 0, 40], 1],
  ['many far behind', Array.from({ length: 50 }, () => 9), 10],
  ['as many as there are pages before them', Array.from({ length: 10 }, () => 9), 0],
])('%s', (_, pages, depth) => {
  expect(bestDepth(pages)).toBe(depth)
})
