import type { Clock } from '@jobscope/core'
import { main } from '../src/main.ts'
import { fakeTerminal } from './fake-terminal.ts'
import type { Result } from './run-command.ts'

export interface InProcessOptions {
  readonly env: { readonly [name: string]: string }
  /** The clock for the pauses between polls, so that a wait takes no real time. */
  readonly clock: Clock
  /** The standard input of the command. @default '' */
  readonly input?: string | undefined
}

/** Runs the command in this process, with an injected clock. */
export async function runInProcess(
  args: readonly string[],
  { env, clock, input = '' }: InProcessOptions,
): Promise<Result> {
  let stdout = ''
  let stderr = ''
  const exitCode = await main(args, {
    ...fakeTerminal(),
    read: async () => input,
    async print(text) {
      stdout += text
    },
    note(line) {
      stderr += `${line}\n`
    },
    env,
    clock,
  })
  return { exitCode, stdout, stderr }
}
