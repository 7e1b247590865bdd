import type { CallOptions, Clock, Duration, JobLogs, JobPlace } from '@jobscope/core'
import { isApiError } from '@jobscope/core'
import { readPointer, toMilliseconds } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { ended, type Job } from './service-job.ts'

/** A line of a log. */
export interface LogLine {
  /** Without its line break. */
  readonly text: string
  /** Whose log it is, where a job has several: a task, a file. */
  readonly source: string | undefined
}

export interface LogsOptions {
  /** Goes on with what is written until the job has ended. @default false */
  follow?: boolean | undefined
  /** Between two looks at a log that is followed. @default the kind's, from the spec */
  interval?: Duration | undefined
  /** For each call. @default the client's, '60s' */
  timeout?: Duration | undefined
  /** Ends it at once; it rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Time, for tests. @default the one of `createJobs` */
  clock?: Clock | undefined
}

type Args = Readonly<Record<string, unknown>>

/** One of the logs of a job, and how far it was read. */
interface Log {
  readonly source: string | undefined
  readonly args: Args
  /** Index of the next line, where the service counts them. */
  next: number
  /** The whole of it, where the service sends no less. */
  whole: string
  /** Arguments that make the next answer go on. */
  after: Args
  /** A line that has no end yet. */
  rest: string
}

/**
 * The lines of a job's log, or logs.
 *
 * @param look reads the job
 */
export async function* readLogs(
  { service, kind, rules, client }: ClientJobKind,
  key: Args,
  look: () => Promise<Job>,
  { follow = false, interval, clock, ...call }: LogsOptions & { clock: Clock },
): AsyncGenerator<LogLine, void> {
  const { logs } = rules
  if (!logs) throw new TypeError(`Jobs of kind ${service}:${kind} have no logs.`)
  const ask = (op: string, args: Args) => (client as Record<string, Method>)[op]?.(args, call)
  const pause = interval === undefined ? rules.poll.interval * 1000 : toMilliseconds(interval, 'interval')
  const known = new Map<string, Log>()
  for (;;) {
    // The state comes first: what an ended job has written is all there when the log is read.
    const job = await look()
    const over = !follow || ended(job.state)
    try {
      for (const { source, args } of await logsOf(logs, key, job, ask)) {
        const name = JSON.stringify(args)
        const log = known.get(name) ?? { source, args, next: 0, whole: '', after: {}, rest: '' }
        known.set(name, log)
        for await (const text of freshLines(logs, log, ask, over)) yield { text, source }
      }
    } catch (error) {
      // A log that is followed may begin later than the job.
      if (over || !isApiError(error) || error.kind !== 'not-found') throw error
    }
    if (over) return
    await clock.sleep(pause, call.signal)
  }
}

type Method = (args: Args, options: CallOptions) => Promise<unknown>
type Ask = (op: string, args: Args) => Promise<unknown> | undefined

/** The logs that a job has: one, or one for each value of the parameters that the spec names. */
async function logsOf(
  { args, each = {} }: JobLogs,
  key: Args,
  { raw }: Job,
  ask: Ask,
): Promise<Pick<Log, 'source' | 'args'>[]> {
  let all: Pick<Log, 'source' | 'args'>[] = [{ source: undefined, args: { ...key, ...args } }]
  for (const [parameter, place] of Object.entries(each)) {
    const values = (typeof place === 'string' ? readPointer(raw, place) : await read(place, key, ask)) ?? []
    all = all.flatMap(log =>
      (values as unknown[]).map(value => ({ source: `${value}`, args: { ...log.args, [parameter]: value } })),
    )
  }
  return all
}

const read = async ({ op, at: place }: JobPlace, key: Args, ask: Ask) => readPointer(await ask(op, key), place)

/** The lines that a log has had since the last time; `all` also has one without an end. */
async function* freshLines(rule: JobLogs, log: Log, ask: Ask, all: boolean): AsyncGenerator<string, void> {
  for (;;) {
    const { from } = rule
    const answer = await ask(rule.op, { ...log.args, ...log.after, ...(from && { [from.param]: log.next }) })
    const found = readPointer(answer, rule.at) ?? ''
    if (Array.isArray(found)) {
      // A service that does not begin where it was asked to says where it did.
      const fresh = found.slice(Math.max(0, log.next - Number(readPointer(answer, from?.at) ?? log.next)))
      log.next += fresh.length
      yield* fresh.map(String)
      if (from && fresh.length) continue
      return
    }
    const lines = `${log.rest}${freshText(rule, log, `${found}`, answer)}`.split(/\r?\n/)
    log.rest = lines.pop() ?? ''
    yield* lines
    if (all && log.rest) yield log.rest
    return
  }
}

/** What of a text was not there the last time. */
function freshText({ after }: JobLogs, log: Log, text: string, answer: unknown): string {
  if (after) {
    const positions = Object.entries(after).map(
      ([parameter, place]) => [parameter, readPointer(answer, place)] as const,
    )
    if (text) log.after = Object.fromEntries(positions)
    return text
  }
  const { whole } = log
  log.whole = text
  if (text.startsWith(whole)) return text.slice(whole.length)
  // Of a long log the service sends the end: what was there at last is somewhere in it.
  const end = whole.slice(-1000)
  const place = text.lastIndexOf(end)
  return place < 0 ? text : text.slice(place + end.length)
}
