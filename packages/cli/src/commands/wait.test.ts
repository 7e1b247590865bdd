import { WaitTimeoutError } from '@jobscope/core'
import type { Clients, Jobs } from '@jobscope/jobs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { startDeadline } from '../jobs/deadline.ts'
import { waitForRefs } from './wait.ts'

const ref = 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'

/** Runs a wait that reaches its timeout. Returns the options of the calls. */
async function runIntoTimeout(cancelError?: Error) {
  const calls: { wait?: object; cancel?: object } = {}
  const jobs = {
    kinds: [],
    async wait(refs: readonly string[], options: object) {
      calls.wait = options
      throw new WaitTimeoutError('wait', 'timeout', { handle: { wait: 'wait', args: { refs } }, job: undefined })
    },
    async cancel(_: string, options: object) {
      calls.cancel = options
      if (cancelError) throw cancelError
    },
  } as unknown as Jobs<Clients>
  const terminal = fakeTerminal()
  const flags = { timeout: '2h', cancelOnTimeout: true } as const
  const exitCode = await waitForRefs([ref], flags, jobs, terminal, {
    deadline: { ...startDeadline('1ms'), timeLeft: () => 1234 },
  })
  return { calls, exitCode, output: terminal.output }
}

test('waits for the rest of --timeout, and limits the time of the cancellation to 30 s', async () => {
  const { calls, exitCode, output } = await runIntoTimeout()
  expect(calls.wait).toMatchObject({ timeout: 1234 })
  expect(calls.wait).not.toHaveProperty('cancelOnTimeout')
  expect(calls.cancel).toMatchObject({ timeout: '30s' })
  expect({ exitCode, output }).toEqual({
    exitCode: 5,
    output: `jobscope: wait: no poll of job ${ref} succeeded within 2h. Cancellation requested: ${ref}\n`,
  })
})

test('if the cancellation after the timeout fails, the exit code is not the code of a timeout', async () => {
  const { exitCode, output } = await runIntoTimeout(new Error('refused'))
  expect(exitCode).toBe(1)
  expect(output).toContain(`within 2h. Cannot cancel ${ref}: `)
})

/** Waits with `--follow` for a job that has ended, while its log is never read to the end. */
async function followStalledLog(deadline: AbortController) {
  const started = Promise.withResolvers<void>()
  const jobs = {
    kinds: [],
    async wait() {
      await started.promise
    },
    async *logs(_: string, { signal }: { readonly signal: AbortSignal }) {
      yield { text: 'first line' }
      started.resolve()
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  } as unknown as Jobs<Clients>
  const terminal = fakeTerminal()
  const waiting = waitForRefs([ref], { timeout: '2h', follow: true }, jobs, terminal, {
    deadline: { signal: deadline.signal, timeLeft: () => 1234, clear() {} },
  })
  return { started: started.promise, result: waiting.then(exitCode => ({ exitCode, output: terminal.output })) }
}

const unreadLog = {
  exitCode: 0,
  output: `first line\nThe log of ${ref} was not read to its end. To read it, run: jobscope logs ${ref}\n`,
}

test('--timeout ends --follow, although the service does not send the log', async () => {
  const deadline = new AbortController()
  const { started, result } = await followStalledLog(deadline)
  await started
  deadline.abort()
  expect(await result).toEqual(unreadLog)
})

test('after the job has ended, --follow reads the rest of the log for at most 60 s', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { started, result } = await followStalledLog(new AbortController())
  await started
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await result).toEqual(unreadLog)
})
