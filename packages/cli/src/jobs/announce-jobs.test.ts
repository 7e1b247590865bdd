import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createAnnouncer } from './announce-jobs.ts'

test.skipIf(process.platform === 'win32')('stops a command that runs after the time limit', async () => {
  const terminal = fakeTerminal()
  const announcer = createAnnouncer({ exec: 'sleep 1000; true' }, { ...terminal, env: process.env })
  announcer.announce({ ref: 'dli:batch:1', state: 'succeeded', rawState: 'success' } as unknown as ServiceJob)
  await announcer.finish(1)
  expect(terminal.output).toBe('jobscope: --exec failed: stopped 30s after --timeout\n')
})
