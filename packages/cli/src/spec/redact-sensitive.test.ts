import { expect, test } from 'vitest'
import { findKind } from './kinds.ts'
import { redactJob } from './redact-sensitive.ts'

test('replaces the token of JupyterLab in a training job, and no other value', async () => {
  const kind = await findKind('modelarts:training')
  const job = (token: string) => ({
    metadata: { name: 'job', id: '1' },
    endpoints: { jupyter_lab: { url: 'https://example.com', token } },
  })
  expect(redactJob(kind, job('secret'))).toEqual(job('REDACTED'))
})
