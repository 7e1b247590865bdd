import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { schedule, systemClock } from './clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a sleep resolves after its time', async () => {
  let ended = false
  const sleep = systemClock.sleep(1000).then(() => {
    ended = true
  })
  await vi.advanceTimersByTimeAsync(999)
  expect(ended).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await sleep
  expect(ended).toBe(true)
})

test('an aborted sleep rejects with the reason at once', async () => {
  const controller = new AbortController()
  const sleep = systemClock.sleep(2 ** 40, controller.signal)
  controller.abort('mine')
  await expect(sleep).rejects.toBe('mine')
  await expect(systemClock.sleep(2 ** 40, controller.signal)).rejects.toBe('mine')
})

test('a negative delay causes no warning', async () => {
  vi.useRealTimers()
  const emitWarning = vi.spyOn(process, 'emitWarning').mockReturnValue()
  await systemClock.sleep(-1)
  await new Promise<void>(resolve => schedule(systemClock, -1, resolve))
  expect(emitWarning).not.toHaveBeenCalled()
})
