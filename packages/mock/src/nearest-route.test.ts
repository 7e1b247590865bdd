import { expect, test } from 'vitest'
import { findNearestRoute } from './nearest-route.ts'

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
])('finds the route nearest to %s %s', (method, path, index) => {
  expect(findNearestRoute({ method, path }, routes)).toBe(routes[index])
})
