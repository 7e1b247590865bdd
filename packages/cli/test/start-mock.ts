import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMock, type Mock, type MockOptions } from '@jobscope/mock'
import { onTestFinished } from 'vitest'
import { jobscope, type Outcome, type RunOptions } from './run-command.ts'

export interface World {
  readonly mock: Mock
  /** Runs the command against the mock. */
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>
}

/** A mock, and the command that calls it. The mock is closed when the test ends. */
export async function world(options?: MockOptions): Promise<World> {
  const mock = await createMock(options)
  onTestFinished(() => mock.close())
  return {
    mock,
    run: (args, { env, ...rest } = {}) => jobscope(args, { ...rest, env: { JOBSCOPE_ENDPOINT: mock.origin, ...env } }),
  }
}

/** A folder with these files, which is gone when the test ends. */
export function folder(files: { readonly [name: string]: string }): string {
  const path = mkdtempSync(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content)
  return path
}
