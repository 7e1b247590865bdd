import { expect, test } from 'vitest'
import { startMock, submitExample } from './start-mock.ts'

test('requests the cancellation and prints the references', async () => {
  const setup = await startMock({ scenario: 'hang' })
  const ref = await submitExample(setup, 'submitSqlJob')
  setup.mock.clock.advance(10_000)
  expect(await setup.run(['cancel', ref])).toMatchObject({ exitCode: 0, stdout: `${ref}\n` })
  setup.mock.clock.advance(60_000)
  expect(setup.mock.jobs.get(ref)?.state).toBe('canceled')
})
