import type { CallOptions, Clock } from '@jobscope/core'
import { cancelJob, getJob } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'
import { getClientJobKinds, type ServiceJobKind } from './client-job-kinds.ts'
import { refOf } from './get-ref.ts'
import { resolveRef } from './job-ref.ts'
import { type ListOptions, listJobs } from './list-jobs.ts'
import { notFound } from './not-found-error.ts'
import { type LogLine, type LogsOptions, readLogs } from './read-logs.ts'
import { progressOf } from './read-progress.ts'
import { type Clients, type Job, type JobAt, type JobOf, jobFrom } from './service-job.ts'
import { type WaitForJobsOptions, waitForJobs } from './wait-for-jobs.ts'
import type { JobEvent } from './watch/job-events.ts'
import { type WatchFilter, type WatchOptions, watchJobs } from './watch-jobs.ts'

/** What a call for one job takes. */
export type JobCallOptions = Pick<CallOptions, 'signal' | 'timeout'>

/** The jobs of a set of clients. */
export interface Jobs<C extends Clients> {
  /** Every kind of job that the clients know. */
  readonly kinds: readonly ServiceJobKind[]
  /**
   * Jobs of all kinds, newest first. The services are asked side by side, page after page as the jobs are taken. Where one
   * fails, the jobs of the others come all the same.
   *
   * @throws ListError, after the last job, if a list failed and nobody was told by `onError`
   * @example
   * for await (const job of jobs.list({ state: 'running', limit: 20 })) console.log(job.ref, job.name)
   */
  list(options?: ListOptions): AsyncIterableIterator<JobOf<C>>
  /**
   * One job. Where the service tells in another call how far a running job is, that is asked, too.
   *
   * @throws RefError if the ref names no client, or no kind of it
   * @throws ApiError of the kind `not-found` if there is no such job
   * @example
   * const { state, raw } = await jobs.get('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e')
   */
  get<Ref extends string>(ref: Ref, options?: JobCallOptions): Promise<JobAt<C, Ref>>
  /**
   * The ref of the job that a call of a client has made; undefined where it made none, or one that ended with the answer.
   *
   * @param service the name under which the client was given
   * @param operation operationId of the call
   * @param answer what the call returned
   * @param args what it was called with, where the answer alone does not identify the job
   * @throws TypeError if the operation makes no jobs
   * @example
   * const ref = jobs.refOf('dli', 'createBatch', await dli.createBatch({ body }))
   */
  refOf(service: keyof C & string, operation: string, answer: unknown, args?: object): string | undefined
  /**
   * Tells what becomes of jobs: of the given ones, until all have ended; or of those that match and have not ended, and all
   * that are still to come, until it is left.
   *
   * Jobs of a kind are looked at together: by a call for each that is due, or by pages of their list, whichever is less. One
   * that moves is looked at often, one that rests is not. Events are made as they are taken: whoever is slow misses states
   * in between, but never an end.
   *
   * @throws RefError if a ref names no client, or no kind of it
   * @example
   * for await (const event of jobs.watch(refs)) {
   *   if (event.type === 'changed') console.log(event.job.ref, event.previous.rawState, '→', event.job.rawState)
   *   if (event.type === 'error') console.error(event.service, event.error)
   * }
   */
  watch(which: readonly string[] | WatchFilter, options?: WatchOptions): AsyncIterableIterator<JobEvent<JobOf<C>>>
  /**
   * Waits until jobs have ended: one, all of them, or any of them.
   *
   * @throws JobsFailedError (a JobFailedError), when the wait is over, if a job failed, was canceled, or rests in a state
   *   that it does not leave by itself
   * @throws WaitTimeoutError if they have not ended in time; they go on, and `handle.args.refs` says which are left
   * @example
   * const job = await jobs.wait('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', { timeout: '2h' })
   */
  wait<Ref extends string>(ref: Ref, options?: WaitForJobsOptions<JobOf<C>>): Promise<JobAt<C, Ref>>
  wait(refs: readonly string[], options: WaitForJobsOptions<JobOf<C>> & { until: 'any' }): Promise<JobOf<C>>
  wait(refs: readonly string[], options?: WaitForJobsOptions<JobOf<C>>): Promise<JobOf<C>[]>
  /**
   * The lines of a job's log, as far as the service gives them out; of several logs one after the other.
   *
   * @throws TypeError if the service has no call for the logs of such jobs
   * @throws RefError if the ref names no client, or no kind of it
   * @throws ApiError if the log cannot be read
   * @example
   * for await (const { text } of jobs.logs(ref, { follow: true })) console.log(text)
   */
  logs(ref: string, options?: LogsOptions): AsyncIterableIterator<LogLine>
  /**
   * Asks the service to end a job. It does not wait for the end.
   *
   * @throws TypeError if jobs of the kind cannot be canceled
   * @throws RefError if the ref names no client, or no kind of it
   */
  cancel(ref: string): Promise<void>
}

export interface JobsOptions {
  /** Time, for tests. */
  clock?: Clock | undefined
}

/**
 * One face for the jobs of several clients. The name that a client is given under is what the refs of its jobs begin with;
 * two of a service (regions, projects) can stand side by side.
 *
 * @throws TypeError if a client knows no jobs, or its name cannot stand in a ref
 * @example
 * const jobs = createJobs({ dli, res })
 * for await (const job of jobs.list({ state: 'failed' })) console.log(job.ref, job.reason)
 */
export function createJobs<const C extends Clients>(clients: C, options: JobsOptions = {}): Jobs<C> {
  const kinds = getClientJobKinds(clients)
  const { clock = systemClock } = options

  const get = async (ref: string, options: JobCallOptions = {}): Promise<Job> => {
    const { kind, args } = resolveRef(kinds, ref)
    const raw = await getJob(kind.client, kind.rules, args, options)
    if (raw === undefined) throw notFound(kind, ref)
    const job = jobFrom(kind, raw, args)
    return { ...job, progress: job.state === 'running' ? await progressOf(kind, args, options) : undefined }
  }

  return {
    kinds: kinds.map(({ service, kind, rules }) => ({ service, kind, rules })),
    list: (options: ListOptions = {}) => listJobs(kinds, options),
    get,
    watch: (which: readonly string[] | WatchFilter, options: WatchOptions = {}) =>
      watchJobs(kinds, which, { ...options, clock: options.clock ?? clock }),
    wait: (refs: string | readonly string[], options: WaitForJobsOptions = {}) =>
      waitForJobs(kinds, refs, { ...options, clock: options.clock ?? clock }),
    refOf: (service: string, operation: string, answer: unknown, args: object = {}) =>
      refOf(kinds, service, operation, answer, args),
    async *logs(ref: string, options: LogsOptions = {}) {
      const { kind, args } = resolveRef(kinds, ref)
      yield* readLogs(kind, args, () => get(ref, options), { ...options, clock: options.clock ?? clock })
    },
    async cancel(ref: string) {
      const { kind, args } = resolveRef(kinds, ref)
      const { service, kind: name, rules, client } = kind
      if (!rules.cancel) throw new TypeError(`cancel: jobs of the kind ${service}:${name} cannot be canceled`)
      await cancelJob(client, rules, args)
    },
  } as unknown as Jobs<C>
}
