import type { CallOptions } from './client.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { type Duration, milliseconds } from './duration.ts'
import { isApiError, isJobscopeError, type JobscopeError, NetworkError } from './errors.ts'
import { type Job, readJob, ruleOf } from './job.ts'
import type { JobKind } from './job-kind.ts'
import type { Pages } from './pages.ts'
import { at, firstText } from './pointer.ts'
import { JobFailedError, WaitTimeoutError } from './wait-errors.ts'

export interface WaitOptions<Item = unknown> {
  /** `ended`, or `running` for jobs that do not end by themselves. @default 'running' for such kinds, else 'ended' */
  until?: 'ended' | 'running' | undefined
  /** How long to wait. The job goes on afterwards. @default '24h' */
  timeout?: Duration | undefined
  /** Between two looks at the job, at first; it grows by half each time. @default the kind's, see its method */
  interval?: Duration | undefined
  /** The longest time between two looks. @default the kind's */
  maxInterval?: Duration | undefined
  /** Ends the wait at once; it rejects with `signal.reason`. The job goes on, unless `cancelOnAbort`. */
  signal?: AbortSignal | undefined
  /** Cancels the job when the signal aborts. @default false */
  cancelOnAbort?: boolean | undefined
  /** Called after each look at the job. */
  onPoll?: ((job: Job, item: Item) => void) | undefined
  /** Extra headers of each call. */
  headers?: Record<string, string> | undefined
  /** Time, for tests. @default the client's */
  clock?: Clock | undefined
}

type Args = Record<string, unknown>
type Method = ((args: Args, options: object) => Promise<unknown>) & {
  all?: (args: Args, options: object) => Pages<unknown, unknown>
}

/** A client by its methods' names. */
type Methods = { readonly [operation: string]: unknown }

/** So many looks in a row may fail for a passing reason (each has been retried already) before the wait gives up. */
const tolerated = 10

/**
 * Looks at a job until it has ended, and returns it as the service sent it.
 *
 * @param name of the wait, for errors: `waitForBatch`
 * @throws JobFailedError if it failed, was canceled, or rests in a state that it does not leave by itself
 * @throws WaitTimeoutError if it has not ended in time
 * @throws whatever a look throws that does not pass: ApiError (not found, refused credentials …)
 */
export async function wait(
  client: object,
  name: string,
  kind: JobKind,
  args: Args,
  options: WaitOptions = {},
): Promise<unknown> {
  const { signal, clock = systemClock, onPoll, headers } = options
  const until = options.until ?? (kind.ends === false ? 'running' : 'ended')
  const deadline = clock.now() + milliseconds(options.timeout ?? '24h', 'timeout')
  const longest = milliseconds(options.maxInterval ?? kind.poll.max * 1000, 'maxInterval')
  let interval = milliseconds(options.interval ?? kind.poll.interval * 1000, 'interval')
  let job: Job | undefined
  let item: unknown
  let failures = 0
  /** Since when the job shows a state that counts only if it stays. */
  let settling: { state: string; since: number } | undefined
  try {
    for (;;) {
      signal?.throwIfAborted()
      // Up to a tenth more or less, so that many waits do not look at the same moment.
      let pause = Math.min(interval, longest) * (0.9 + Math.random() * 0.2)
      interval *= 1.5
      try {
        // A look may take a minute, as any call, but not outlast the wait by much.
        const timeout = Math.min(60_000, Math.max(1000, deadline - clock.now()))
        item = await lookAtJob(client, kind, args, { signal, headers, timeout })
        failures = 0
        job = readJob(kind, item)
        onPoll?.(job, item)
        const { settle = 0, rests } = ruleOf(kind, job.rawState)
        if (settling?.state !== job.rawState) settling = { state: job.rawState, since: clock.now() }
        const unsettled = settling.since + settle * 1000 - clock.now()
        if (unsettled <= 0) {
          if (job.state === 'succeeded' || (job.state === 'running' && until === 'running')) return item
          if (/failed|canceled/.test(job.state)) throw failed(name, job, item, job.state)
        } else pause = Math.min(pause, unsettled)
        if (rests) throw failed(name, job, item, 'does not leave this state by itself')
      } catch (error) {
        if (!passing(error) || ++failures > tolerated) throw error
      }
      const left = deadline - clock.now()
      if (left <= 0)
        throw new WaitTimeoutError(name, `not ended in time, last seen ${job?.rawState ?? 'never'}`, {
          handle: { wait: name, args },
          job,
        })
      await clock.sleep(Math.min(pause, left), signal)
    }
  } catch (error) {
    if (signal?.aborted && options.cancelOnAbort) await cancelJob(client, kind, args)
    throw error
  }
}

/**
 * One look at a job: the item that `readJob` reads, as the kind's `get` operation returns it. A kind without one is looked
 * for in its list; `undefined` if it is not there.
 *
 * @param args the job's key, and whatever else the operation needs
 * @param options of the call
 * @example
 * const [kind] = Object.values(jobKindsOf(client))
 * const { state } = readJob(kind, await lookAtJob(client, kind, job.key))
 */
export async function lookAtJob(
  client: object,
  { get, key }: JobKind,
  args: Args,
  options: CallOptions = {},
): Promise<unknown> {
  const method = (client as Methods)[get.op] as Method
  if (!get.find) return at(await method(args, options), get.at)
  const others = { ...args }
  for (const parameter of get.find) delete others[parameter]
  const items = method.all?.(others, options) ?? ((at(await method(others, options), get.at) ?? []) as unknown[])
  for await (const item of items) {
    if (get.find.every(parameter => firstText(item, [key[parameter]]) === `${args[parameter]}`)) return item
  }
  return undefined
}

/** Asks for the end of a job, as its kind says; nothing happens where the kind has no way. */
export async function cancelJob(client: object, { cancel }: JobKind, args: Args): Promise<void> {
  if (!cancel) return
  const { op, args: more, body, without = [] } = cancel
  const own = { ...args }
  for (const parameter of without) delete own[parameter]
  await ((client as Methods)[op] as Method)({ ...own, ...more, ...(body && { body: filled(body, args) }) }, {})
}

/** A body with the values of the key: `$name`. One that is all digits is a number there: paths take both, bodies do not. */
const filled = (body: object, key: Args): unknown =>
  JSON.parse(
    JSON.stringify(body).replace(/"\$(\w+)"/g, (_, name: string) => {
      const value = `${key[name]}`
      return /^\d{1,15}$/.test(value) ? value : JSON.stringify(value)
    }),
  )

const failed = (name: string, job: Job, body: unknown, what: string): JobFailedError =>
  new JobFailedError(name, `${job.rawState}: ${what}${job.reason ? `: ${job.reason.slice(0, 300)}` : ''}`, {
    job,
    reason: job.reason,
    body,
  })

/** Whether a look that failed says nothing about the job. */
export function passing(error: unknown): error is JobscopeError {
  if (isApiError(error)) return /transient|rate-limit/.test(error.kind)
  return isJobscopeError(error) && error instanceof NetworkError
}
