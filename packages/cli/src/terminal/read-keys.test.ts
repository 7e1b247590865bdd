import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readKeys } from './read-keys.ts'

/** Replaces standard input by a stream that records its raw mode. */
function replaceInput() {
  const modes: boolean[] = []
  const stdin = Object.assign(new PassThrough(), { setRawMode: (mode: boolean) => modes.push(mode) })
  const replaced = vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never)
  onTestFinished(() => replaced.mockRestore())
  return { stdin, modes }
}

test('special keys have names, and other keys are passed as the typed character', () => {
  const { stdin } = replaceInput()
  const keys: string[] = []
  const stop = readKeys(key => keys.push(key))
  for (const typed of ['q', 'Ä', '\u001b[A', '\r', '\t', '\u007f', '\u0001']) stdin.emit('data', Buffer.from(typed))
  stop()
  expect(keys).toEqual(['q', 'Ä', 'up', 'return', 'tab', 'backspace'])
})

test('Ctrl-C interrupts the process and is not passed as a key', () => {
  const { stdin } = replaceInput()
  const keys: string[] = []
  const onInterrupt = vi.fn()
  process.once('SIGINT', onInterrupt)
  const stop = readKeys(key => keys.push(key))
  stdin.emit('data', Buffer.from('\u0003'))
  stop()
  expect(onInterrupt).toHaveBeenCalledOnce()
  expect(keys).toEqual([])
})

test('after reading is stopped, keys are ignored, and the terminal is no longer in raw mode', () => {
  const { stdin, modes } = replaceInput()
  const onKey = vi.fn()
  const stop = readKeys(onKey)
  expect([modes, stdin.isPaused()]).toEqual([[true], false])
  stop()
  expect([modes, stdin.isPaused()]).toEqual([[true, false], true])
  stdin.emit('keypress', 'q', { name: 'q' })
  expect(onKey).not.toHaveBeenCalled()
})
