import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'

test('a sleep ends when its time is up', async () => {
  const before = systemClock.now()
  await systemClock.sleep(1)
  expect(systemClock.now()).toBeGreaterThan(before)
})

test('a sleep that is aborted ends at once with the reason', async () => {
  const controller = new AbortController()
  const sleep = systemClock.sleep(2 ** 40, controller.signal)
  controller.abort('mine')
  await expect(sleep).rejects.toBe('mine')
  await expect(systemClock.sleep(2 ** 40, controller.signal)).rejects.toBe('mine')
})
