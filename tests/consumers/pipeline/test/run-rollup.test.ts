import { expectContract, replayFailures } from '@jobscope/contract'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { runRollup } from '../src/run-rollup.ts'

/** Starts a mock that records requests and responses. The pipeline uses the clock of the mock, so no test waits. */
async function startMock() {
  const mock = await createMock({ services: ['dli'], record: true })
  const credentials = token('any')
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials, retry: false })
  return { mock, run: () => runRollup(dli, mock.clock) }
}

test('the pipeline sends only documented requests', async () => {
  const { mock, run } = await startMock()
  await using _ = mock
  expect(await run()).toBe('success')
  expectContract(mock, { operations: ['createBatch', 'getBatch'] })
})

test('the pipeline reacts to every documented error and every job state', async () => {
  const { mock, run } = await startMock()
  await using _ = mock
  const replays = await replayFailures(mock, run)
  expect(replays.map(({ state, example }) => state ?? example)).toContain('dead')
})
