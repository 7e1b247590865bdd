import { expect, test } from 'vitest'
import { listResources } from './job-resources.ts'
import { findKind } from './kinds.ts'

test('lists the resources that the spec of a kind declares, and omits resources that the job lacks', async () => {
  const raw = { job_config: { cu_number: 2, parallel_number: null, manager_cu_number: 1 } }
  expect(listResources({ raw }, await findKind('dli:flink-job'))).toEqual([
    ['CUs', '2'],
    ['CUs of the job manager', '1'],
  ])
})
