import type { CallOptions, Clock } from '@jobscope/core'
import { ArgumentError, cancelJob, getJob } from '@jobscope/core'
import { systemClock } from '@jobscope/core/internal'
import { getClientJobKinds, type ServiceJobKind } from './client-job-kinds.ts'
import { createIterator } from './create-iterator.ts'
import { getRef } from './get-ref.ts'
import type { WatchFilter } from './job-filter.ts'
import { resolveRef } from './job-ref.ts'
import { type ListOptions, listJobs } from './list-jobs.ts'
import type { WaitHooks } from './observe-waits.ts'
import { type LogLine, type LogsOptions, readLogs } from './read-logs.ts'
import { readProgress } from './read-progress.ts'
import { type Clients, type JobAt, type JobOf, readServiceJob, type ServiceJob } from './service-job.ts'
import { type WaitForJobsOptions, waitForJobs } from './wait-for-jobs.ts'
import type { JobEvent } from './watch/job-events.ts'
import { type WatchOptions, watchJobs } from './watch-jobs.ts'

/** Options of a call for one job. */
export type JobCallOptions = Pick<CallOptions, 'signal' | 'timeout'>

/** The jobs of a set of clients. */
export interface Jobs<C extends Clients> {
  /** All kinds of jobs of the clients. */
  readonly kinds: readonly ServiceJobKind[]
  /**
   * Lists the jobs of all kinds, newest first. It requests pages of several services concurrently. It requests a page only when the page is
   * needed. If a list fails, the jobs of the other lists are returned.
   *
   * @throws ListError after the last job, if a list failed and `onError` is not set
   * @throws ArgumentError if the filter names an unknown service or kind
   * @example
   * for await (const job of jobs.list({ state: 'running', limit: 20 })) console.log(job.ref, job.name)
   */
  list(options?: ListOptions): AsyncIterableIterator<JobOf<C>>
  /**
   * Gets a job. If the service reports the progress of running jobs in a separate operation, `get` calls this operation too.
   *
   * @throws ArgumentError if the reference is invalid, or names an unknown service or kind
   * @throws ApiError of kind `not-found` if the job does not exist
   * @example
   * const { state, raw } = await jobs.get('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e')
   */
  get<Ref extends string>(ref: Ref, options?: JobCallOptions): Promise<JobAt<C, Ref>>
  /**
   * Returns the reference of the job that a call of a client created. Returns undefined if the response has no job, for example
   * because the service completed an SQL statement at once.
   *
   * @param service the name that the client has in `createJobs`
   * @param operation the `operationId` of the operation that was called
   * @param response the result of the call
   * @param args the arguments of the call. They are needed if the response does not identify the job.
   * @throws ArgumentError if the operation does not create jobs, or if neither the response nor the arguments identify the job
   * @example
   * const ref = jobs.getRef('dli', 'createBatch', await dli.createBatch({ body: { file: 'obs://bucket/etl.jar', className: 'Etl' } }))
   */
  getRef(service: keyof C & string, operation: string, response: unknown, args?: object): string | undefined
  /**
   * Watches jobs and yields an event for each change. If you pass references, it watches these jobs until all have ended. If you pass a
   * filter, it watches the matching jobs that have not ended, and all new matching jobs. It then continues until you leave the loop.
   *
   * Each poll uses whichever needs fewer requests: single GETs or list pages. Jobs whose state changed recently are polled more often. If
   * you consume events slowly, the watch polls less often. It may then miss intermediate states, but it never misses the end of a job.
   *
   * @throws ArgumentError if a reference is invalid, or a service or kind is unknown
   * @example
   * for await (const event of jobs.watch(refs)) {
   *   if (event.type === 'changed') console.log(event.job.ref, event.previous.rawState, '→', event.job.rawState)
   *   if (event.type === 'error') console.error(event.service, event.error)
   * }
   */
  watch(selection: readonly string[] | WatchFilter, options?: WatchOptions): AsyncIterableIterator<JobEvent<JobOf<C>>>
  /**
   * Waits until jobs have ended: one job, all jobs, or the first of several.
   *
   * @throws JobsFailedError (a JobFailedError) if a job failed, was canceled, or is in a state that it does not leave by itself.
   *   With mode `all`, it is thrown when all jobs have ended, unless `failFast` is set.
   * @throws WaitTimeoutError if the jobs have not ended within the timeout. The jobs continue, unless `cancelOnTimeout` is set.
   *   `handle.args.refs` lists the jobs that have not ended.
   * @throws ArgumentError if a reference is invalid, or names an unknown service or kind
   * @example
   * const job = await jobs.wait('dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e', { timeout: '2h' })
   */
  wait<Ref extends string>(ref: Ref, options?: WaitForJobsOptions<JobOf<C>>): Promise<JobAt<C, Ref>>
  wait(refs: readonly string[], options: WaitForJobsOptions<JobOf<C>> & { mode: 'any' }): Promise<JobOf<C>>
  wait(refs: readonly string[], options?: WaitForJobsOptions<JobOf<C>>): Promise<JobOf<C>[]>
  /**
   * Reads the lines of a job's log. If the job has several logs, it reads them one after the other.
   *
   * @throws ArgumentError if jobs of the kind have no logs, or the reference is invalid
   * @throws ApiError if the log cannot be read
   * @example
   * for await (const { text } of jobs.logs(ref, { follow: true })) console.log(text)
   */
  logs(ref: string, options?: LogsOptions): AsyncIterableIterator<LogLine>
  /**
   * Requests the cancellation of a job. This method does not wait until the job has ended. A service may report the job as failed
   * afterwards. In this case, the `wait` method of this `Jobs` object reports the job as canceled.
   *
   * @throws ApiError if the service refuses the cancellation, for example because the job has ended
   * @throws ArgumentError if jobs of the kind cannot be canceled, or the reference is invalid
   */
  cancel(ref: string, options?: JobCallOptions): Promise<void>
}

export interface JobsOptions {
  /** Replaces the system's clock in tests. */
  clock?: Clock | undefined
  /** Called for each job at the start and at the end of `wait`. To observe requests, set the hooks of the clients. */
  hooks?: WaitHooks | undefined
}

/**
 * Combines the jobs of several clients. The name of a client becomes the first part of the references of its jobs. Several clients
 * of one service can be combined, for example for two regions or projects.
 *
 * @throws ConfigurationError if the service of a client has no job kinds, or the client's name cannot be part of a reference
 * @example
 * const jobs = createJobs({ dli, res })
 * for await (const job of jobs.list({ state: 'failed' })) console.log(job.ref, job.reason)
 */
export function createJobs<const C extends Clients>(clients: C, options: JobsOptions = {}): Jobs<C> {
  const kinds = getClientJobKinds(clients)
  const canceledRefs = new Set<string>()
  const { clock = systemClock, hooks } = options
  const addClock = <Options extends { clock?: Clock | undefined }>(options: Options) => ({
    ...options,
    clock: options.clock ?? clock,
  })

  const get = async (ref: string, options: JobCallOptions = {}): Promise<ServiceJob> => {
    const { kind, args } = resolveRef(kinds, ref)
    const item = await getJob({ client: kind.client, kind: kind.rules, args }, options)
    const job = readServiceJob(kind, item, args)
    return { ...job, progress: job.state === 'running' ? await readProgress(kind, args, options) : undefined }
  }

  return {
    kinds: kinds.map(({ service, kind, rules }) => ({ service, kind, rules })),
    list: (options: ListOptions = {}) => listJobs(kinds, options),
    get,
    watch: (selection: readonly string[] | WatchFilter, options: WatchOptions = {}) =>
      watchJobs(kinds, selection, addClock(options)),
    wait: (refs: string | readonly string[], options: WaitForJobsOptions = {}) =>
      waitForJobs(kinds, refs, { ...addClock(options), hooks, isCanceled: ref => canceledRefs.has(ref) }),
    getRef: (service: string, operation: string, response: unknown, args: object = {}) =>
      getRef(kinds, { service, operation, response, args }),
    logs: (ref: string, options: LogsOptions = {}) =>
      createIterator(async function* (signal) {
        const { kind, args } = resolveRef(kinds, ref)
        const logsOptions = { ...options, signal }
        yield* readLogs({ kind, key: args, getJob: () => get(ref, logsOptions) }, addClock(logsOptions))
      }, options.signal),
    async cancel(ref: string, options: JobCallOptions = {}) {
      const { kind, args, ref: canonicalRef } = resolveRef(kinds, ref)
      if (!kind.rules.cancel) {
        throw new ArgumentError(undefined, 'ref', `Jobs of kind ${kind.service}:${kind.kind} cannot be canceled.`)
      }
      await cancelJob({ client: kind.client, kind: kind.rules, args }, options)
      canceledRefs.add(canonicalRef)
    },
    // The cast is needed because the return type depends on the given clients, but the code does not. The code reads the jobs of every kind
    // by the rules in the spec.
  } as unknown as Jobs<C>
}
