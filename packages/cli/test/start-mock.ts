import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMock, type Mock, type MockOptions } from '@jobscope/mock'
import { onTestFinished } from 'vitest'
import { type Result, type RunOptions, runCommand } from './run-command.ts'
import { runInProcess } from './run-in-process.ts'

export interface MockSetup {
  readonly mock: Mock
  /** Runs the command against the mock. */
  run(args: readonly string[], options?: RunOptions): Promise<Result>
  /** Runs the command in this process. The pauses between polls use the clock of the mock, so they take no real time. */
  runOnMockClock(args: readonly string[], input?: string): Promise<Result>
}

/** Starts a mock, and closes it when the test ends. */
export async function startMock(options?: MockOptions): Promise<MockSetup> {
  const mock = await createMock(options)
  onTestFinished(() => mock.close())
  return {
    mock,
    run: (args, { env, ...rest } = {}) =>
      runCommand(args, { ...rest, env: { JOBSCOPE_ENDPOINT: mock.origin, ...env } }),
    runOnMockClock: (args, input) =>
      runInProcess(args, { env: { JOBSCOPE_ENDPOINT: mock.origin }, clock: mock.clock, input }),
  }
}

/** Submits the example job of an operation. Its state changes with the clock of the mock. */
export async function submitExample({ runOnMockClock }: MockSetup, operation: string): Promise<string> {
  const { stdout: input } = await runOnMockClock(['submit', operation, '--example'])
  return (await runOnMockClock(['submit', operation, '-'], input)).stdout.trim()
}

/** Creates a temporary folder with these files, and removes it when the test ends. */
export function createFolder(files: { readonly [name: string]: string }): string {
  const path = mkdtempSync(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content)
  return path
}
