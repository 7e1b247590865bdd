import {
  ArgumentError,
  type CallOptions,
  type Clock,
  type Duration,
  isApiError,
  isTerminal,
  type JobLogs,
} from '@jobscope/core'
import {
  defaultNotFoundGrace,
  minInterval,
  notFoundInterval,
  readPointer,
  toMilliseconds,
} from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import type { ServiceJob } from './service-job.ts'

/** A line of a log. */
export interface LogLine {
  /** The text without its line break. */
  readonly text: string
  /** The log that contains the line, for example a task or a file. Undefined if the job has only one log. */
  readonly source: string | undefined
}

export interface LogsOptions {
  /**
   * Whether to keep reading new lines until the job has ended. A service can report a new job late. So with `follow`, a job that is not
   * found is requested again for 5 seconds. @default false
   */
  follow?: boolean | undefined
  /** Time between two polls of the log with `follow`, at least 100 ms. @default the polling interval of the kind of job */
  interval?: Duration | undefined
  /** Timeout of each request. @default the timeout of the client, which is '60s' by default */
  timeout?: Duration | undefined
  /** Aborts the iteration, which then rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Replaces the system's clock in tests. @default the clock of `createJobs` */
  clock?: Clock | undefined
}

type Args = Readonly<Record<string, unknown>>
type Method = (args: Args, options: CallOptions) => Promise<unknown>
type Call = (operation: string, args: Args) => Promise<unknown>

/** One of the logs of a job, and the part of it that was read so far. */
interface Log {
  readonly source: string | undefined
  readonly args: Args
  /** The lines of the previous response. Used if the service returns the newest lines of the log as an array. */
  lines: readonly string[]
  /** The arguments that request the text after the previous response. Used if the service returns positions in the log. */
  continuation: Args
  /** The text of the previous response. Used if the service always returns the whole log, or the end of a long log. */
  text: string
  /** The beginning of a line whose line break has not arrived yet. */
  incompleteLine: string
}

/** The job whose logs are read. */
export interface LogTarget {
  readonly kind: ClientJobKind
  readonly key: Args
  readonly getJob: () => Promise<ServiceJob>
}

/**
 * Reads the lines of all logs of a job.
 *
 * @throws ArgumentError if jobs of the kind have no logs
 */
export async function* readLogs(
  { kind, key, getJob }: LogTarget,
  { follow = false, interval, clock, ...callOptions }: LogsOptions & { clock: Clock },
): AsyncGenerator<LogLine, void> {
  const { rules, client } = kind
  if (!rules.logs) throw new ArgumentError(undefined, 'ref', `Jobs of kind ${kind.service}:${kind.kind} have no logs.`)
  const call: Call = async (operation, args) => (client as Record<string, Method>)[operation]?.(args, callOptions)
  const pause = Math.max(minInterval, toMilliseconds(interval ?? rules.polling.interval * 1000, 'interval'))
  const logs = new Map<string, Log>()
  const isTolerable = (error: unknown) => follow && isApiError(error) && error.kind === 'not-found'
  const graceEnd = clock.now() + defaultNotFoundGrace
  let isFound = false
  for (;;) {
    // The state is read before the log. So if the job has ended, the log is complete.
    const job = await getJob().catch((error: unknown) => {
      if (isFound || clock.now() >= graceEnd || !isTolerable(error)) throw error
    })
    if (!job) {
      await clock.sleep(Math.min(pause, notFoundInterval), callOptions.signal)
      continue
    }
    isFound = true
    const isLastPoll = !follow || isTerminal(job.state)
    try {
      for (const { source, args } of await findLogs(rules.logs, { key, job, call })) {
        const id = JSON.stringify(args)
        const log = logs.get(id) ?? createLog(source, args)
        logs.set(id, log)
        for (const text of await readNewLines(rules.logs, log, call)) yield { text, source }
        if (isLastPoll && log.incompleteLine) yield { text: log.incompleteLine, source }
      }
    } catch (error) {
      // A job may start before its log exists. In this case, the next poll tries again.
      if (isLastPoll || !isTolerable(error)) throw error
    }
    if (isLastPoll) return
    await clock.sleep(pause, callOptions.signal)
  }
}

const createLog = (source: string | undefined, args: Args): Log => ({
  source,
  args,
  lines: [],
  continuation: {},
  text: '',
  incompleteLine: '',
})

interface LogSearch {
  readonly key: Args
  readonly job: ServiceJob
  readonly call: Call
}

/**
 * Finds the logs of a job. A job has one log, or one log for each combination of the values of the parameters in `each`. These values are
 * in the job, or in the response of another operation.
 */
async function findLogs(
  { args, each = {} }: JobLogs,
  { key, job, call }: LogSearch,
): Promise<Pick<Log, 'source' | 'args'>[]> {
  let logs: Pick<Log, 'source' | 'args'>[] = [{ source: undefined, args: { ...key, ...args } }]
  for (const [parameter, place] of Object.entries(each)) {
    const found =
      typeof place === 'string' ? readPointer(job.raw, place) : readPointer(await call(place.operation, key), place.at)
    const values = (found ?? []) as readonly unknown[]
    logs = logs.flatMap(log => values.map(value => ({ source: `${value}`, args: { ...log.args, [parameter]: value } })))
  }
  return logs
}

/** Reads the lines of a log that have become complete since the last poll. */
async function readNewLines(rules: JobLogs, log: Log, call: Call): Promise<readonly string[]> {
  const response = await call(rules.operation, { ...log.args, ...log.continuation })
  const content = readPointer(response, rules.at) ?? ''
  if (Array.isArray(content)) return takeNewLines(log, content.map(formatLine))
  const lines = `${log.incompleteLine}${takeNewText(rules, log, response)}`.split(/\r?\n/)
  log.incompleteLine = lines.pop() ?? ''
  return lines
}

/**
 * Returns the lines that the previous response did not contain. Each response contains only the last lines that the log had at that
 * time. So the new lines follow the lines that both responses have in common.
 */
function takeNewLines(log: Log, lines: readonly string[]): readonly string[] {
  const previous = log.lines
  log.lines = lines
  const isCommon = (count: number) => lines.slice(0, count).every((line, i) => line === previous.at(i - count))
  let common = Math.min(previous.length, lines.length)
  while (!isCommon(common)) common--
  return lines.slice(common)
}

const formatLine = (line: unknown): string => (typeof line === 'object' ? JSON.stringify(line) : `${line}`)

/** Returns the part of a text log that earlier responses did not contain. */
function takeNewText({ at, after }: JobLogs, log: Log, response: unknown): string {
  const text = `${readPointer(response, at) ?? ''}`
  if (after) {
    const positions = Object.entries(after).map(([parameter, pointer]) => [parameter, readPointer(response, pointer)])
    const continuation = Object.fromEntries(positions) as Args
    // The same position means that the service sent the same text again.
    const isRepeated = JSON.stringify(continuation) === JSON.stringify(log.continuation)
    if (!text || isRepeated) return ''
    log.continuation = continuation
    return text
  }
  const previous = log.text
  log.text = text
  if (text.startsWith(previous)) return text.slice(previous.length)
  // The service returns only the end of a long log. So the end of the previous text is somewhere in the new text.
  const overlap = previous.slice(-overlapLength)
  const position = text.lastIndexOf(overlap)
  return position < 0 ? text : text.slice(position + overlap.length)
}

/** `takeNewText` searches the new text for the end of the previous text. This is the maximum length of the text to search for. */
const overlapLength = 1000
