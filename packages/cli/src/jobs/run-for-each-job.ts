import { exitCode } from '../exit-codes.ts'
import { failureOf } from '../failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * Does something for each ref, side by side, and shows the results in their order. One that fails is told, and loses no other.
 *
 * @returns the exit code: that of the first failure
 */
export async function eachRef<T>(
  refs: readonly string[],
  act: (ref: string) => Promise<T>,
  show: (result: T, ref: string, index: number) => Promise<void>,
  terminal: Terminal,
): Promise<number> {
  const results = await Promise.allSettled(refs.map(act))
  terminal.signal.throwIfAborted()
  let code: number = exitCode.done
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') {
      await show(result.value, refs[index] as string, index)
      continue
    }
    const failure = failureOf(result.reason)
    code ||= failure.code
    for (const line of failure.lines) terminal.note(`${terminal.paint('red', 'jobscope:')} ${line}`)
  }
  return code
}
