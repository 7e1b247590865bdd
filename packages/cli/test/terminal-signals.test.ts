import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import pty from '@lydell/node-pty'
import { expect, test } from 'vitest'
import { bin, runCommand } from './run-command.ts'
import { createFolder, startMock, submitExample } from './start-mock.ts'

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'

test.each(['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGINT'])('watch shows the cursor again after %s', async signal => {
  const setup = await startMock({ scenario: 'hang' })
  const ref = await submitExample(setup, 'submitSqlJob')
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', JOBSCOPE_ENDPOINT: setup.mock.origin }
  const terminal = pty.spawn(process.execPath, [bin, 'watch', ref], { cols: 80, rows: 24, env })
  const output = await new Promise<string>(resolve => {
    let text = ''
    let sent = false
    terminal.onData(data => {
      text += data
      const isShown = text.includes(ref.slice(0, 'dli:sql-job:'.length + 8))
      if (!sent && isShown) terminal.kill(signal)
      sent ||= isShown
    })
    terminal.onExit(() => resolve(text))
  })
  expect(output).toContain(hideCursor)
  expect(output.lastIndexOf(showCursor)).toBeGreaterThan(output.lastIndexOf(hideCursor))
})

test('Ctrl-D at a question ends the command with exit code 130, and sends nothing', async () => {
  const setup = await startMock({ scenario: 'hang', services: ['dli'] })
  const ref = await submitExample(setup, 'submitSqlJob')
  const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', JOBSCOPE_ENDPOINT: setup.mock.origin }
  const terminal = pty.spawn(process.execPath, [bin, 'cancel', '--kind', 'sql-job'], { cols: 80, rows: 24, env })
  const result = await new Promise<{ readonly exitCode: number; readonly text: string }>(resolve => {
    let text = ''
    let sent = false
    terminal.onData(data => {
      text += data
      const isAsked = text.includes('[y/N] ')
      if (!sent && isAsked) terminal.write('\u0004')
      sent ||= isAsked
    })
    terminal.onExit(({ exitCode }) => resolve({ exitCode, text }))
  })
  expect(result).toEqual({
    exitCode: 130,
    text: expect.stringMatching(/jobscope: Interrupted: the input has ended\. Nothing was sent\.\r\n$/),
  })
  expect(setup.mock.jobs.get(ref)?.state).not.toBe('canceled')
})

const runInShell = (script: string) => {
  const env = { PATH: process.env['PATH'] ?? '', NODE: process.execPath, BIN: bin }
  const { status, stderr } = spawnSync('sh', ['-c', script], { env, cwd: createFolder({}), encoding: 'utf8' })
  return { status, stderr }
}

test.skipIf(!existsSync('/dev/full'))('reports an error if the disk is full', () => {
  expect(runInShell('"$NODE" "$BIN" api > /dev/full')).toEqual({
    status: 1,
    stderr: 'jobscope: Cannot write to standard output: The disk is full (ENOSPC).\n',
  })
})

test.skipIf(process.platform === 'win32')('reports an error if the system truncates the output file', () => {
  // The limit is a few blocks, so the system writes only the beginning of the output.
  expect(runInShell('ulimit -f 2; "$NODE" "$BIN" api > output.txt')).toEqual({
    status: 1,
    stderr: 'jobscope: Cannot write to standard output: The file is too large (EFBIG).\n',
  })
})

test('succeeds if the reader closes the pipe early', () => {
  expect(runInShell('{ "$NODE" "$BIN" api; echo "exit $?" >&2; } | head -n 1').stderr).toBe('exit 0\n')
})

test('if the version of Node is too old, prints one sentence before it loads other files', async () => {
  const oldNode = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`
  const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(oldNode)}`]
  expect(await runCommand(['ls'], { nodeArgs })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'jobscope: Node 20.20.2 is too old: jobscope needs Node 22.12 or newer.\n',
  })
})
