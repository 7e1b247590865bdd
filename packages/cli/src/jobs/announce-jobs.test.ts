import type { ServiceJob } from '@jobscope/jobs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createAnnouncer } from './announce-jobs.ts'

test.skipIf(process.platform === 'win32')('stops a command that runs 30 s after the timeout', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const terminal = fakeTerminal()
  const announcer = createAnnouncer({ exec: 'sleep 1000; true' }, { ...terminal, env: process.env })
  announcer.announce({ ref: 'dli:batch:1', state: 'succeeded', rawState: 'success' } as unknown as ServiceJob)
  const finished = announcer.finish(1000)
  await vi.advanceTimersByTimeAsync(30_999)
  expect(terminal.output).toBe('')
  await vi.advanceTimersByTimeAsync(1)
  await finished
  expect(terminal.output).toBe('jobscope: --exec failed: stopped 30s after --timeout\n')
})
