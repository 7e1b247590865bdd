import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'

test('a sleep resolves after its time', async () => {
  const before = systemClock.now()
  await systemClock.sleep(1)
  expect(systemClock.now()).toBeGreaterThan(before)
})

test('an aborted sleep rejects with the reason at once', async () => {
  const controller = new AbortController()
  const sleep = systemClock.sleep(2 ** 40, controller.signal)
  controller.abort('mine')
  await expect(sleep).rejects.toBe('mine')
  await expect(systemClock.sleep(2 ** 40, controller.signal)).rejects.toBe('mine')
})
