import { expect, test } from 'vitest'
import { findKind } from './kinds.ts'
import { redactJob } from './redact-sensitive.ts'

test('replaces only the token of the web program of a training job', async () => {
  const kind = await findKind('modelarts:training')
  const job = (token: string) => ({
    metadata: { name: 'job', id: '1' },
    endpoints: { jupyter_lab: { url: 'https://example.com', token } },
  })
  expect(redactJob(kind, job('secret'))).toEqual(job('REDACTED'))
})
