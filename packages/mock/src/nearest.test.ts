import { expect, test } from 'vitest'
import { nearest, nearestRoute, slip } from './nearest.ts'

test.each([
  ['sortby', 'sort_by'],
  ['SortBy', 'sort_by'],
  ['ofset', 'offset'],
  ['limit', 'size'],
])('the nearest of "%s" is "%s"', (given, meant) => {
  expect(
    nearest(
      given,
      ['size', 'offset', 'sort_by'].filter(name => given !== 'limit' || name === 'size'),
    ),
  ).toBe(meant)
})

test('a slip is a name that is alike enough', () => {
  expect(slip('pagesize', ['pageSize', 'since'])).toBe('pageSize')
  expect(slip('color', ['pageSize', 'since'])).toBeUndefined()
  expect(slip('x', [])).toBeUndefined()
})

const routes = [
  { method: 'GET', path: '/dli/v2.0/{project_id}/batches/{batch_id}' },
  { method: 'DELETE', path: '/dli/v2.0/{project_id}/batches/{batch_id}' },
  { method: 'GET', path: '/dli/v2.0/{project_id}/batches' },
  { method: 'GET', path: '/cs/v1.0/{project_id}/job/{job_id}' },
]

test.each([
  ['GET', '/dli/v2.0/p/batch/b', 0],
  ['DELETE', '/dli/v2.0/p/batch/b', 1],
  ['GET', '/dli/v2.0/p/batches/b/', 0],
  ['POST', '/dli/v2.0/p/batches/', 2],
  ['GET', '/v2.0/p/batches', 2],
  ['GET', '/cs/v1/p/jobs/7', 3],
  ['GET', '/', 2],
])('the nearest of %s %s', (method, path, index) => {
  expect(nearestRoute({ method, path }, routes)).toBe(routes[index])
})
