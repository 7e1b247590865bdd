import { expectContract, replayFailures } from '@jobscope/contract'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { runNightlyRollup } from './pipeline.ts'

async function startMock() {
  const mock = await createMock({ services: ['dli'], record: true })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('any'), retry: false })
  return { mock, run: () => runNightlyRollup(dli, mock.clock) }
}

test('the pipeline sends only documented requests', async () => {
  const { mock, run } = await startMock()
  await using _ = mock
  expect(await run()).toBe('success')
  expectContract(mock, { operations: ['createBatch', 'getBatch'] })
})

test('the pipeline reacts to every documented failure and every job state', async () => {
  const { mock, run } = await startMock()
  await using _ = mock
  const replays = await replayFailures(mock, run)
  expect(replays.map(({ state, example }) => state ?? example)).toContain('recovering')
})
