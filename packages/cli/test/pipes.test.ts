import { spawnSync } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type RunningCommand, runCommand, startCommand } from './run-command.ts'
import { createFolder } from './start-mock.ts'

const env = { JOBSCOPE_ENDPOINT: 'http://127.0.0.1:9' }

/** Creates a named pipe in a temporary folder. */
function createPipe(): string {
  const path = join(createFolder({}), 'pipe')
  expect(spawnSync('mkfifo', [path]).status).toBe(0)
  return path
}

interface PipeReader extends RunningCommand {
  /** The writing end of the pipe. */
  readonly writer: FileHandle
}

/** Starts a command that reads a pipe. Resolves when the command has opened the pipe. When the test ends, the command is killed. */
async function startReader(args: readonly string[], pipe: string): Promise<PipeReader> {
  const command = startCommand(args, { env })
  const opening = open(pipe, 'w')
  onTestFinished(async () => {
    command.child.kill('SIGKILL')
    // If the command has not opened the pipe, this call ends the other one.
    const reader = await open(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    await (await opening).close().catch(() => {})
    await reader.close()
  })
  return { ...command, writer: await opening }
}

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  test.each([
    ['submit', ['submit', 'dli:batch']],
    ['check', ['check']],
    ['check --baseline', ['check', '/dev/null', '--baseline']],
  ])('Ctrl-C ends %s at once, although the writer of the pipe sends nothing', async (_, args) => {
    const pipe = createPipe()
    const { child, result } = await startReader([...args, pipe], pipe)
    child.kill('SIGINT')
    expect(await result).toEqual({ exitCode: 130, stdout: '', stderr: 'jobscope: Interrupted.\n' })
  })

  test('submit reads the request body to the end of the pipe', async () => {
    const pipe = createPipe()
    const { result, writer } = await startReader(['submit', 'dli:batch', pipe, '--dry-run'], pipe)
    for (const line of ['file: obs://bucket/job.jar\n', 'className: Main\n']) await writer.write(line)
    await writer.close()
    expect(await result).toMatchObject({ exitCode: 0, stderr: '' })
  })

  test('check ends when it has reported that the pipe has an unknown format, although the writer continues', async () => {
    const pipe = createPipe()
    const { result, writer } = await startReader(['check', pipe], pipe)
    await writer.write('[{}, {}]\n')
    expect(await result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('The file is a JSON array.') })
  })
})

test.skipIf(process.platform === 'win32')('submit rejects a device that is larger than a request body', async () => {
  expect(await runCommand(['submit', 'dli:batch', '/dev/zero'], { env })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'jobscope: Cannot read /dev/zero: It is larger than 16 MB.\n',
  })
})
