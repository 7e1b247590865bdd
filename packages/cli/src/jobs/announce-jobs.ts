import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Duration, isTerminal, type WaitEvent } from '@jobscope/core'
import type { ServiceJob, WaitHooks } from '@jobscope/jobs'
import { formatJson } from '../output/print-value.ts'
import { isLoopback } from '../parse-endpoints.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { callWebhook } from './call-webhook.ts'
import { startDeadline } from './deadline.ts'
import { toPlainJob } from './plain-job.ts'

/** What happens when a job has ended. */
export interface AnnounceFlags {
  /** `desktop`, or the URL of a webhook. */
  readonly notify?: string
  /** A command for the shell. */
  readonly exec?: string
}

/** The options of commands that wait for their jobs only with `--wait` or `--follow`. */
interface WaitingFlags extends AnnounceFlags {
  readonly wait?: boolean
  readonly follow?: boolean
  readonly timeout?: Duration
  readonly interval?: Duration
}

/** Announces that jobs have ended. */
export interface Announcer {
  announce(job: ServiceJob): void
  /**
   * Hooks of `createJobs`. They announce each job when its wait has ended. A wait continues while a failed job may still recover, so such
   * a job is not announced yet.
   */
  readonly waitHooks: WaitHooks
  /**
   * Resolves when all announcements were made. Failures are printed.
   *
   * @param timeLeft the time until the `--timeout` of the command, in ms. Announcements are stopped 30 s after the timeout. By default, only
   *   an interruption of the command stops announcements
   */
  finish(timeLeft?: number): Promise<void>
}

/** How long announcements may continue after `--timeout`, in ms. The help of the command names this time. */
const extraTime = 30_000

/**
 * Creates an announcer. Announcements do not delay the caller.
 *
 * @throws UsageError if `--notify` is neither `desktop` nor a URL to which data about jobs may be sent
 */
export function createAnnouncer({ notify, exec }: AnnounceFlags, terminal: Terminal): Announcer {
  if (notify !== undefined && notify !== 'desktop') checkWebhook(notify)
  const pending: Promise<void>[] = []
  const limit = new AbortController()
  const signal = AbortSignal.any([terminal.signal, limit.signal])
  const run = (option: string, action: Promise<void>) => {
    pending.push(
      action.catch((error: unknown) =>
        terminal.note(
          `${terminal.paint('yellow', 'jobscope:')} ${option} failed: ${toOneLine((error as Error).message)}`,
        ),
      ),
    )
  }
  const announce = (job: ServiceJob) => {
    if (notify === 'desktop') run('--notify', notifyDesktop(job, signal))
    else if (notify !== undefined) run('--notify', callWebhook(notify, formatMessage(job), signal))
    if (exec !== undefined) run('--exec', runCommand(exec, job, terminal, signal))
  }
  return {
    announce,
    waitHooks: createWaitHooks(announce),
    async finish(timeLeft) {
      const deadline = timeLeft === undefined ? undefined : startDeadline(timeLeft + extraTime)
      deadline?.signal.addEventListener('abort', () =>
        limit.abort(new Error(`stopped ${extraTime / 1000}s after --timeout`)),
      )
      await Promise.all(pending)
      deadline?.clear()
    },
  }
}

/** @throws UsageError if the command does not wait for its jobs, and an option is set that would have no effect for this reason */
export function checkWaitingFlags(flags: WaitingFlags): void {
  const name = (['notify', 'exec', 'timeout', 'interval'] as const).find(each => flags[each] !== undefined)
  if (flags.wait || flags.follow || name === undefined) return
  throw new UsageError(
    `--${name} requires --wait or --follow, because the command does not wait for the end of the job.`,
  )
}

function createWaitHooks(announce: (job: ServiceJob) => void): WaitHooks {
  const last = new Map<string, ServiceJob>()
  const getKey = ({ waitId, service, kind, jobId }: WaitEvent) => [waitId, service, kind, jobId].join(':')
  return {
    onPoll: event => void last.set(getKey(event), event.job as ServiceJob),
    onWaitEnd(event) {
      const job = last.get(getKey(event))
      const isFinished = event.outcome === 'succeeded' || event.outcome === 'job-failed'
      // The wait for a kind of job that runs until it is stopped is finished when the job is running.
      if (job && isFinished && isTerminal(job.state)) announce(job)
    },
  }
}

function checkWebhook(url: string): void {
  const isSafe = URL.canParse(url) && (url.startsWith('https://') || (url.startsWith('http://') && isLoopback(url)))
  if (!isSafe) throw new UsageError(`Invalid --notify "${url}". Expected desktop, or a URL that begins with https://.`)
}

/** The JSON for a webhook. */
const formatMessage = (job: ServiceJob): string => formatJson({ text: formatText(job), job: toPlainJob(job) })

const formatText = ({ ref, name, state }: ServiceJob): string => toOneLine(`${name ?? ref} ${state}`)

async function notifyDesktop(job: ServiceJob, signal: AbortSignal): Promise<void> {
  const text = formatText(job)
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['osascript', '-e', `display notification ${JSON.stringify(text)} with title "jobscope"`]
      : // A name that begins with `-` is not an option.
        ['notify-send', '--', 'jobscope', text]
  const child = spawn(command as string, args, { stdio: 'ignore', detached: hasProcessGroups })
  const code = await waitForChild(child, signal)
  if (code !== 0) throw new Error(`${command} exited with ${code}`)
}

/** Runs a command. Environment variables contain the data of the job, so that no text of a service becomes a part of the command. */
async function runCommand(
  command: string,
  { ref, name = '', state, rawState }: ServiceJob,
  { env }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(command, {
    shell: true,
    detached: hasProcessGroups,
    // The output of the command goes to standard error, because standard output contains only the results of jobscope.
    stdio: ['ignore', 2, 2],
    env: { ...env, JOBSCOPE_REF: ref, JOBSCOPE_NAME: name, JOBSCOPE_STATE: state, JOBSCOPE_RAW_STATE: rawState },
  })
  const code = await waitForChild(child, signal)
  if (code !== 0) throw new Error(`the command exited with ${code}`)
}

/** Whether a child process with the option `detached` gets its own process group. A signal to the group also ends its child processes. */
const hasProcessGroups = process.platform !== 'win32'

/** Returns the exit code of a child process. If the signal aborts, the child process and its own child processes receive SIGTERM. */
async function waitForChild(child: ChildProcess, signal: AbortSignal): Promise<number | null> {
  const kill = () => {
    // The process of jobscope may end before a child process that ignores the signal.
    child.unref()
    try {
      if (hasProcessGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      else child.kill()
    } catch {
      // The child process has ended.
    }
  }
  // After an abort nobody listens for errors, so without this listener an error would end the process.
  child.on('error', () => {})
  signal.addEventListener('abort', kill)
  try {
    if (signal.aborted) kill()
    const [code] = (await once(child, 'close', { signal })) as [number | null]
    return code
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', kill)
  }
}
