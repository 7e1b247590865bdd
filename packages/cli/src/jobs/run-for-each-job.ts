import { exitCodes } from '../exit-codes.ts'
import { reportError } from '../failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * Runs an action for several jobs concurrently and prints the results in the order of the references. If the action fails for a
 * job, the function reports the job and continues with the other jobs.
 *
 * @returns the exit code of the first failure
 */
export async function runForEachJob<T>(
  refs: readonly string[],
  run: (ref: string) => Promise<T>,
  print: (result: T, ref: string, index: number) => Promise<void>,
  terminal: Terminal,
): Promise<number> {
  const results = await Promise.allSettled(refs.map(run))
  let exitCode: number = exitCodes.success.code
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') {
      await print(result.value, refs[index] as string, index)
      continue
    }
    // After Ctrl-C, the results so far are printed, so that the user can see which jobs were canceled.
    if (terminal.signal.aborted) continue
    const failureCode = reportError(result.reason, terminal)
    exitCode ||= failureCode
  }
  terminal.signal.throwIfAborted()
  return exitCode
}
